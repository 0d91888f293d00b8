"""Read physical memory as it was before a step of a trace.

What the run stored or read there tells it; where it never touched a byte, the run's end does, if it can be made again;
else what the sandbox and the program had there from the start. A saved trace may not tell: that is an error.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from allocator.addresses import DESCRIPTORS, PAGE_TABLES, Range
from allocator.errors import TraceError
from allocator.machine import called_state
from allocator.machine.linear_memory import LinearMemory
from allocator.machine.system_registers import SystemRegisters
from allocator.trace.saved_run import SavedRun
from allocator.trace.schema import BOOT
from allocator.trace.state import physical_before

if TYPE_CHECKING:
    from allocator.trace.trace import Trace


class PastMemory:
    """The memory before step `moment` of a trace."""

    def __init__(self, trace: Trace, moment: int) -> None:
        self._trace = trace
        self._moment = moment

    def read(self, address: int, size: int) -> bytes:
        """Return as many bytes of physical memory as there were; raises TraceError where nothing tells."""
        found = physical_before(self._trace, self._moment, Range(address, address + size))
        if None not in found:
            return bytes(value or 0 for value in found)
        if isinstance(self._trace.run, SavedRun):
            return self._prepared(address, size)
        return bytes(value or 0 for value in found[: found.index(None)])

    def seen_by(self, registers: SystemRegisters) -> LinearMemory:
        """Return the same memory as a processor with these registers sees it."""
        return LinearMemory.for_looking(registers, self.read)

    def _prepared(self, address: int, size: int) -> bytes:
        """Return what lay there before the first step of a call, and was never touched."""
        areas = [(segment.start, segment.data) for segment in self._trace.image.segments]
        areas += [
            (DESCRIPTORS.start, called_state.DESCRIPTORS),
            (PAGE_TABLES.start, called_state.PAGE_TABLE_BYTES),
        ]
        is_call = self._trace.run.routine != BOOT
        found = (data[address - start :][:size] for start, data in areas if start <= address and is_call)
        data = max(found, key=len, default=b"")
        if len(data) < size:
            raise TraceError(f"this saved trace does not tell what lay at {address:#x}: the run never touched it")
        return data
