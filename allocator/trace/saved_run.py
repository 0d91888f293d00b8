"""Hold what is known of a run whose trace was read from a file: the same questions, answered without a machine."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import AbstractContextManager
from typing import TYPE_CHECKING, NamedTuple

from allocator.addresses import PAGE_MAP
from allocator.assembly.image import Image
from allocator.errors import TraceError
from allocator.instructions.anatomy import LONGEST_INSTRUCTION
from allocator.machine.firmware_map import FirmwareMap
from allocator.machine.processor_state import ProcessorState
from allocator.machine.run import Change, PageChange, Registers, Run, Stop
from allocator.trace.schema import BOOT

if TYPE_CHECKING:
    from allocator.machine.machine import Machine
    from allocator.machine.replay import CallEntry

EXCERPT_BYTES = 64
"""How much of the stack is saved: what a report shows of it, and some more."""
GDT_BYTES = 1024
"""The same of the GDT."""


class Beginning(NamedTuple):
    """What is known of a run when it begins: all that the first part of a saved trace tells."""

    image: Image
    firmware_map: FirmwareMap
    routine: str
    entry: int
    registers: Registers
    given: Mapping[str, int] = {}

    @staticmethod
    def of(run: Run, firmware_map: FirmwareMap) -> Beginning:
        """Return the beginning of a finished run."""
        return Beginning(run.image, firmware_map, run.routine, run.entry, run.before, dict(run.given))


class End(NamedTuple):
    """What is known of a run when it is over.

    ``memory`` holds excerpts of memory as the run left it, by address: the top of the stack, and the page map
    without the absent pages at its end; of a boot also the GDT and the last instructions. ``processor`` is known of a
    boot that came to its end.
    """

    registers: Registers
    stop: Stop
    pages_changed: Mapping[int, PageChange]
    memory: Mapping[int, bytes]
    processor: ProcessorState | None = None

    @staticmethod
    def of(run: Run) -> End:
        """Return the end of a finished run."""
        processor = _processor(run)
        top = _stack_top(run, processor)
        start = run.image.symbols.get("os_MemoryMap", PAGE_MAP.start)
        memory = {
            top: run.memory_after(top, EXCERPT_BYTES),
            start: run.memory_after(start, PAGE_MAP.size).rstrip(b"\0"),
        }
        if processor:
            memory = {**_boot_excerpts(run, processor), **memory}
        return End(run.registers, run.stop, dict(run.pages_changed), memory, processor)


def _boot_excerpts(run: Run, processor: ProcessorState) -> dict[int, bytes]:
    """Return what the report on a boot shows of memory that is not in the image: its last steps, and the GDT."""
    excerpts = {address: run.memory_after(address, LONGEST_INSTRUCTION) for address in run.last_steps()}
    if not processor.registers.is_real:
        gdtr = processor.gdtr
        excerpts[gdtr.base] = run.memory_after(gdtr.base, min(gdtr.limit + 1, GDT_BYTES))
    return excerpts


def _processor(run: Run) -> ProcessorState | None:
    try:
        return run.state_after if run.routine == BOOT else None
    except TraceError:  # of a saved trace that does not have it
        return None


def _stack_top(run: Run, processor: ProcessorState | None) -> int:
    bits = processor.stack_bits if processor else run.image.bits_at(run.stop.address)
    top = run.registers.rsp & ((1 << bits) - 1)
    if processor:
        return top if bits == 64 else top + processor.segments["ss"].base & 0xFFFFFFFF
    return top + (run.registers.ss << 4) if bits == 16 else top


class SavedRun(Run):
    """The run of a trace that was read from a file. It cannot be run again: its memory is not known."""

    __slots__ = ("_beginning", "_end", "_last")

    def __init__(self, beginning: Beginning, end: End, steps: int, last: tuple[int, ...]) -> None:
        """Take both ends, the number of steps, and the addresses of the last ones, oldest first."""
        self.image = beginning.image
        self._beginning = beginning
        self._end = end
        self._last = last
        # What a Run computes once and keeps is known here from the start.
        self.__dict__.update(
            stop=end.stop,
            registers=end.registers,
            before=beginning.registers,
            steps=steps,
            pages_changed=dict(end.pages_changed),
        )

    @property
    def routine(self) -> str:
        """The routine that was called."""
        return self._beginning.routine

    @property
    def entry(self) -> int:
        """The linear address that was called."""
        return self._beginning.entry

    @property
    def given(self) -> Mapping[str, int]:
        """The full registers that the call was given."""
        return self._beginning.given

    def last_steps(self, count: int = 8) -> tuple[int, ...]:
        """Return the addresses of the last `count` (at most 64) instructions, oldest first."""
        return self._last[-count:] if count else ()

    @property
    def state_after(self) -> ProcessorState:
        """The processor as a boot left it; of other runs it is not saved: raises TraceError."""
        if self._end.processor is None:
            raise TraceError("this saved trace does not hold the state of its processor")
        return self._end.processor

    @property
    def memory_changed(self) -> tuple[Change, ...]:
        """Memory is not saved: raises TraceError."""
        raise TraceError("a saved trace does not hold the memory of its machine; its accesses are in trace.columns")

    def machine_before(self) -> Machine:
        """Memory is not saved: raises TraceError."""
        raise TraceError("a saved trace does not hold the memory of its machine: the call cannot be made again")

    def repeating(self) -> AbstractContextManager[tuple[Machine, CallEntry]]:
        """Memory is not saved: raises TraceError."""
        raise TraceError("a saved trace does not hold the memory of its machine: the call cannot be made again")

    def memory_after(self, address: int, size: int) -> bytes:
        """Return as many of these bytes as were saved from `address` on."""
        found = (data[address - start :][:size] for start, data in self._end.memory.items() if start <= address)
        return max(found, key=len, default=b"")

    def physical_after(self, address: int, size: int) -> bytes:
        """Return the same: what is saved lies where its addresses say."""
        return self.memory_after(address, size)

    def know_steps(self, count: int, last: tuple[int, ...]) -> None:
        """Do nothing: they are known."""
