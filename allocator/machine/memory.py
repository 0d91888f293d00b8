"""Decide what memory a machine has, and put it there when it is first touched.

The firmware map says where memory is: usable regions, and the two ACPI kinds, which lie in RAM as well. A
frame that is partly memory counts as memory. Everything else is absent: an access there ends the run.

    address map      called machine                         machine that boots            backed
    0 - FFFFF        what addresses.py draws, less fences   all of it, ROM included       at once
    100000 - 1FFFFF  the same                               what the firmware map says    at once
    the rest         what the firmware map says             the same                      2 MiB at a time, on the
                                                                                          first access

So a machine of 128 GiB costs what one of 64 MiB costs. Memory that nobody wrote reads as zero.

Not modelled: ROM that keeps its contents when it is written to, memory-mapped devices, caches; reserved regions
are absent.
"""

from __future__ import annotations

import ctypes
import threading
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType

from allocator.addresses import FENCES, FIRST_FRAME, STACK, STACK_16, Range, without
from allocator.machine.cpu import Cpu
from allocator.machine.firmware_map import FirmwareMap
from allocator.machine.region import ACPI_DATA, ACPI_NVS, USABLE
from allocator.units import FRAME_SIZE, PAGE_SIZE

_RAM_TYPES = frozenset({USABLE, ACPI_DATA, ACPI_NVS})
SANDBOX = (Range(0, 0x10000), Range(0x100000, 0x200000))
"""What a called machine has whatever its firmware map says: its code, variables, page map and stacks."""
LOW = (Range(0, 0x100000),)
"""What a machine that boots has in any case: the first MiB, with video memory and ROM."""
_rooms = threading.local()
_ZERO = bytes(FRAME_SIZE)


class Memory:
    """The memory of one machine: which ranges exist, and which of them the engine has already."""

    def __init__(
        self,
        cpu: Cpu,
        firmware_map: FirmwareMap,
        fences: tuple[Range, ...] = FENCES,
        always: tuple[Range, ...] = SANDBOX,
    ) -> None:
        """`always` exists beside what the firmware map says; `fences` are taken out of both."""
        self._cpu = cpu
        self.fences = fences
        self.ranges = tuple(without(_merge([*_ram(firmware_map), *always]), fences))
        self._starts = [part.start for part in self.ranges]
        self._mapped: list[Range] = []
        self._backed: set[int] = set()
        self._touched: set[int] | None = set()  # frames that may hold something; None once a guest has run
        self._back(0)

    def exists(self, address: int) -> bool:
        """Tell whether there is memory at physical `address`."""
        return self._range_of(address) is not None

    def fence_at(self, address: int) -> Range | None:
        """Return the fence that `address` lies in, or None."""
        return next((fence for fence in self.fences if address in fence), None)

    def provide(self, address: int, size: int) -> bool:
        """Back the pages that these bytes lie in; tell whether memory that exists there was absent before."""
        was_absent = self.lacks(address, size)
        for page in _pages(address, size):
            if page not in self._backed:
                self._back(page)
        return was_absent

    def lacks(self, address: int, size: int) -> bool:
        """Tell whether memory exists at the first or the last of these bytes that is not backed yet."""
        ends = (address, address + max(size, 1) - 1)
        return any(place // PAGE_SIZE not in self._backed and self.exists(place) for place in ends)

    def read(self, address: int, size: int) -> bytes:
        """Return memory as the guest would read it; what was never touched reads as zero."""
        self.provide(address, size)
        return self._cpu.read(address, size)

    def peek(self, address: int, size: int) -> bytes | None:
        """Return memory without backing it, or None where not all of it exists; for use while the engine runs.

        To map memory from within a hook on an access would end the run.
        """
        if not (self.exists(address) and self.exists(address + size - 1)):
            return None
        return b"".join(self._peek_page(page, address, address + size) for page in _pages(address, size))

    def peek_existing(self, address: int, size: int) -> bytes:
        """Return, likewise, as many of these bytes as exist from `address` on; none where there is no memory."""
        part = self._range_of(address)
        if part is None:
            return b""
        size = min(size, part.end - address)
        if address // PAGE_SIZE in self._backed and (address + size - 1) // PAGE_SIZE == address // PAGE_SIZE:
            return self._cpu.read(address, size)
        return self.peek(address, size) or b""

    def _peek_page(self, page: int, start: int, end: int) -> bytes:
        start, end = max(start, page * PAGE_SIZE), min(end, (page + 1) * PAGE_SIZE)
        return self._cpu.read(start, end - start) if page in self._backed else bytes(end - start)

    def write(self, address: int, data: bytes) -> None:
        """Store `data`; raises MachineError unless all of it is memory."""
        self.provide(address, len(data))
        self._cpu.write(address, data)
        if self._touched is not None:
            self._touched.update(range(address - address % FRAME_SIZE, address + len(data), FRAME_SIZE))

    def let_run(self) -> None:
        """Hear that a guest is about to run, which may store anywhere."""
        self._touched = None

    def frames(self, known: Mapping[int, bytes] | None = None) -> Mapping[int, bytes]:
        """Return every 4 KiB frame that is not all zero, by address; equal frames of `known` are shared."""
        known = known or {}
        return MappingProxyType(dict(self._nonzero_frames(known)))

    def load(self, frames: Mapping[int, bytes]) -> None:
        """Make memory hold exactly `frames`, and zeros elsewhere."""
        for address in frames:
            self.provide(address, FRAME_SIZE)
        for stretch in self._differing(frames):
            addresses = range(stretch.start, stretch.end, FRAME_SIZE)
            self._cpu.write(stretch.start, b"".join(frames.get(address, _ZERO) for address in addresses))
        self._touched = set(frames)

    def _differing(self, frames: Mapping[int, bytes]) -> list[Range]:
        """Return the frames that hold something else, neighbours as one."""
        found: list[Range] = []
        for address, frame in self._held_frames(frames):
            if frame == frames.get(address, _ZERO):
                continue
            if found and found[-1].end == address:
                found[-1] = Range(found[-1].start, address + FRAME_SIZE)
            else:
                found.append(Range(address, address + FRAME_SIZE))
        return found

    def _nonzero_frames(self, known: Mapping[int, bytes]) -> Iterator[tuple[int, bytes]]:
        for address, frame in self._held_frames(()):
            if frame != _ZERO:
                yield address, known[address] if known.get(address) == frame else frame

    def _held_frames(self, others: Iterable[int]) -> Iterator[tuple[int, bytes]]:
        """Yield every frame that may hold something, and the `others`, ascending, with its bytes."""
        if self._touched is None:
            for part in self._mapped:
                yield from self._frames_of(part)
            return
        for address in sorted(self._touched.union(others)):
            yield address, self._cpu.read(address, FRAME_SIZE)

    def _frames_of(self, part: Range) -> Iterator[tuple[int, bytes]]:
        room = _room(part.size)
        self._cpu.read_into(part.start, room)
        content = memoryview(room).cast("B")
        for offset in range(0, part.size, FRAME_SIZE):
            yield part.start + offset, bytes(content[offset : offset + FRAME_SIZE])

    def _range_of(self, address: int) -> Range | None:
        position = bisect_right(self._starts, address) - 1
        return self.ranges[position] if position >= 0 and address in self.ranges[position] else None

    def _back(self, page: int) -> None:
        self._backed.add(page)
        window = Range(page * PAGE_SIZE, (page + 1) * PAGE_SIZE)
        cuts = [Range(max(part.start, window.start), min(part.end, window.end)) for part in self.ranges]
        parts = [cut for cut in cuts if cut.size > 0]
        if parts:
            self._cpu.map(window, without([window], parts))
            self._mapped += parts


def lay_out_sandbox(memory: Memory) -> None:
    """Fill the first frame and the stacks with what nobody means: each word says where it lies."""
    for area, mark in ((FIRST_FRAME, 0x00BADF00), (STACK, 0x00BAD57A), (STACK_16, 0x00BAD57A)):
        memory.write(area.start, _marked(area, mark))


def _marked(area: Range, mark: int) -> bytes:
    return b"".join((mark << 32 | address).to_bytes(8, "little") for address in range(area.start, area.end, 8))


def _room(size: int) -> ctypes.Array[ctypes.c_char]:
    """Return room for at most a page, the same one for each thread: to make it anew takes longer than to fill it."""
    if not hasattr(_rooms, "page"):
        _rooms.page = ctypes.create_string_buffer(PAGE_SIZE)
    return (ctypes.c_char * size).from_buffer(_rooms.page)


def _pages(address: int, size: int) -> range:
    return range(address // PAGE_SIZE, (address + max(size, 1) - 1) // PAGE_SIZE + 1)


def _ram(firmware_map: FirmwareMap) -> Iterator[Range]:
    for region in firmware_map.resolved:
        if region.type in _RAM_TYPES and region.is_enabled:
            yield Range(region.base // FRAME_SIZE * FRAME_SIZE, -(-region.end // FRAME_SIZE) * FRAME_SIZE)


def _merge(ranges: Iterable[Range]) -> list[Range]:
    merged: list[Range] = []
    for part in sorted(ranges):
        if merged and part.start <= merged[-1].end:
            merged[-1] = Range(merged[-1].start, max(merged[-1].end, part.end))
        elif part.size:
            merged.append(part)
    return merged
