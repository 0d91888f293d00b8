"""Hold what is known of a run whose trace was read from a file: the same questions, answered without a machine."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import AbstractContextManager
from typing import TYPE_CHECKING, NamedTuple

from allocator.addresses import PAGE_MAP
from allocator.assembly.image import Image
from allocator.errors import TraceError
from allocator.machine.firmware_map import FirmwareMap
from allocator.machine.run import Change, PageChange, Registers, Run, Stop

if TYPE_CHECKING:
    from allocator.machine.machine import Machine
    from allocator.machine.replay import CallEntry

EXCERPT_BYTES = 64
"""How much of the stack is saved: what a report shows of it, and some more."""


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
    without the absent pages at its end.
    """

    registers: Registers
    stop: Stop
    pages_changed: Mapping[int, PageChange]
    memory: Mapping[int, bytes]

    @staticmethod
    def of(run: Run) -> End:
        """Return the end of a finished run."""
        top = _stack_top(run)
        start = run.image.symbols.get("os_MemoryMap", PAGE_MAP.start)
        memory = {
            top: run.memory_after(top, EXCERPT_BYTES),
            start: run.memory_after(start, PAGE_MAP.size).rstrip(b"\0"),
        }
        return End(run.registers, run.stop, dict(run.pages_changed), memory)


def _stack_top(run: Run) -> int:
    bits = run.image.bits_at(run.stop.address)
    top = run.registers.rsp & ((1 << bits) - 1)
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
        for start, data in self._end.memory.items():
            if start <= address < start + len(data):
                return data[address - start : address - start + size]
        return b""

    def know_steps(self, count: int, last: tuple[int, ...]) -> None:
        """Do nothing: they are known."""
