"""Read and write memory by linear addresses, as the processor itself does it for an interrupt or a descriptor.

What is touched is kept in ``accesses``, the bits that a page walk sets included, so that a recorder can tell of it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from allocator.machine.page_entries import Paging
from allocator.machine.paging import KERNEL_READ, Access, Fault, Walk, walk
from allocator.machine.system_registers import SystemRegisters
from allocator.units import FRAME_SIZE

_WRITE = Access("write")
PhysicalRead = Callable[[int, int], bytes]
PhysicalWrite = Callable[[int, bytes], None]


class MachineAccess(NamedTuple):
    """An access that the machine made: ``by`` is ``interrupt``, ``firmware`` or ``mmu``, ``kind`` read or write."""

    by: str
    kind: str
    address: int
    physical: int
    before: bytes
    after: bytes


class Untranslated(Exception):  # noqa: N818 -- no defect: a page fault, or no memory, at `address`
    """A linear address leads nowhere: `fault` is the exception, None where there is no memory."""

    def __init__(self, address: int, kind: str, fault: Fault | None, reason: str) -> None:
        super().__init__(reason)
        self.address = address
        self.kind = kind
        self.fault = fault
        self.reason = reason


class LinearMemory:
    """Memory as a processor with these registers sees it.

    ``read(address, size)`` takes physical addresses and returns fewer bytes where memory ends.
    """

    def __init__(self, registers: SystemRegisters, read: PhysicalRead, write: PhysicalWrite, by: str) -> None:
        self._paging = Paging.of(registers)
        self._read = read
        self._write = write
        self._by = by
        self.accesses: list[MachineAccess] = []

    @classmethod
    def for_looking(cls, registers: SystemRegisters, read: PhysicalRead) -> LinearMemory:
        """Return memory in which nothing is stored, whatever is done with it."""
        return cls(registers, read, lambda _address, _data: None, "program")

    def walk(self, address: int, access: Access = KERNEL_READ) -> Walk:
        """Return how `address` is translated."""
        return walk(self._paging, address, self._read, access)

    def peek(self, address: int, size: int) -> bytes:
        """Return as many of these bytes as there are, and leave no trace of it."""
        parts = []
        for start, length in _by_frame(address, size):
            physical = self.walk(start).physical
            part = b"" if physical is None else self._read(physical, length)
            parts.append(part)
            if len(part) < length:
                break
        return b"".join(parts)

    def read(self, address: int, size: int) -> bytes:
        """Return these bytes; raises Untranslated."""
        return b"".join(self._read_part(start, length) for start, length in _by_frame(address, size))

    def write(self, address: int, data: bytes) -> None:
        """Store `data`; raises Untranslated, before anything is stored."""
        self.write_all([(address, data)])

    def write_all(self, parts: Iterable[tuple[int, bytes]]) -> None:
        """Store every part at its address; raises Untranslated, before anything is stored."""
        stores = [store for address, data in parts for store in self._stores(address, data)]
        for start, physical, data in stores:
            self.accesses.append(
                MachineAccess(self._by, "write", start, physical, self._read(physical, len(data)), data)
            )
            self._write(physical, data)

    def _stores(self, address: int, data: bytes) -> Iterator[tuple[int, int, bytes]]:
        for start, length in _by_frame(address, len(data)):
            yield start, self._translate(start, length, _WRITE), data[start - address : start - address + length]

    def _read_part(self, start: int, length: int) -> bytes:
        physical = self._translate(start, length, KERNEL_READ)
        data = self._read(physical, length)
        self.accesses.append(MachineAccess(self._by, "read", start, physical, data, data))
        return data

    def _translate(self, address: int, length: int, access: Access) -> int:
        found = self.walk(address, access)
        for update in found.updates:
            before, after = (value.to_bytes(update.size, "little") for value in (update.before, update.after))
            self._write(update.address, after)
            self.accesses.append(MachineAccess("mmu", "write", update.address, update.address, before, after))
        if found.physical is None:
            reason = found.fault.reason if found.fault else found.problem or "there is no memory"
            raise Untranslated(address, access.kind, found.fault, reason)
        if len(self._read(found.physical, length)) < length:
            raise Untranslated(address, access.kind, None, f"there is no memory at {found.physical:#x}")
        return found.physical


def _by_frame(address: int, size: int) -> Iterator[tuple[int, int]]:
    """Yield (address, size) of the parts of a range that lie in one 4 KiB frame each."""
    end = address + size
    while address < end:
        length = min(end, (address // FRAME_SIZE + 1) * FRAME_SIZE) - address
        yield address, length
        address += length
