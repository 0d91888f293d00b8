"""Ask the processor of a moment that is past what a live machine answers: where an address led, what the tables held.

    trace.processor_at("protected_start").translate("ds:0x1234")
    trace.translate(0xC0004000, 903)                                 the same in one call
    trace.processor_at(903).page_tables()

- Everything comes from the trace (`system_history.py`, `past_memory.py`), so a saved trace answers too.
- What it does not tell is an error, and never a wrong answer.

Not modelled: translations that the processor remembers (its TLB) when the tables say something else by now. But the
accesses of a step have the physical addresses that were used: where these differ, the answer to the step says so.
"""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING

from allocator.machine.explainable import Explainable
from allocator.machine.processor_state import ProcessorState
from allocator.trace.past_memory import PastMemory
from allocator.trace.system_history import SystemHistory
from allocator.units import FRAME_SIZE

if TYPE_CHECKING:
    from allocator.machine.translation import Translation
    from allocator.trace.step import Step
    from allocator.trace.trace import Trace


class PastProcessor(Explainable):
    """The processor before step `moment` of a trace; raises TraceError where a saved trace does not tell."""

    def __init__(self, trace: Trace, moment: int) -> None:
        self._trace = trace
        self._memory = PastMemory(trace, moment)
        self.moment = moment

    @cached_property
    def state(self) -> ProcessorState:
        """Control registers, tables, and segments with their hidden parts."""
        return SystemHistory(self._trace).state_at(self.moment)

    def system_state(self) -> ProcessorState:
        """Return the same, as a machine does."""
        return self.state

    def read_physical(self, address: int, size: int) -> bytes:
        """Return as many bytes of physical memory as there were."""
        return self._memory.read(address, size)

    def __repr__(self) -> str:
        registers = self.state.registers
        return f"<PastProcessor before step {self.moment:,}: {registers.mode}, privilege level {registers.cpl}>"


def with_what_was_used(found: Translation, step: Step) -> Translation:
    """Return a translation at a step with a word about where the step's own access to that page went, if elsewhere."""
    if found.walk is None:
        return found
    page = found.walk.address // FRAME_SIZE
    for access in step.accesses:
        is_other = found.physical is None or access.physical // FRAME_SIZE != found.physical // FRAME_SIZE
        if access.by == "program" and access.address // FRAME_SIZE == page and is_other:
            used = access.physical // FRAME_SIZE * FRAME_SIZE
            problem = f"the step itself used the frame at {used:#x}: the processor remembered it from before (its TLB)"
            return replace(found, walk=replace(found.walk, problem=problem))
    return found
