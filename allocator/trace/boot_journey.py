"""Sum up the trace of a boot: what the firmware was asked, and the last pages that were allocated.

An allocation is a call of the label ``os_mem_allocate`` that came back: RCX as it was asked, RAX as it was answered.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from allocator.machine.page_map import FREE, USED
from allocator.machine.pc import PC
from allocator.machine.run import PageChange
from allocator.trace.firmware_calls import FirmwareCall, firmware_calls
from allocator.trace.step import Step
from allocator.trace.trace import Trace
from allocator.units import PAGE_SIZE

ALLOCATE = "os_mem_allocate"


@dataclass(frozen=True)
class Allocation:
    """`count` pages were asked for, and RAX says where they are; 0 where there were none."""

    count: int
    rax: int

    @property
    def pages(self) -> range:
        """The pages that were handed out."""
        first = self.rax // PAGE_SIZE
        return range(first, first + self.count) if self.rax else range(0)

    @property
    def changes(self) -> dict[int, PageChange]:
        """What that did to the page map."""
        return dict.fromkeys(self.pages, PageChange(FREE, USED))


@dataclass(frozen=True)
class Journey:
    """A boot that has ended: the PC as it is now, and its trace."""

    pc: PC
    trace: Trace

    @cached_property
    def calls(self) -> tuple[FirmwareCall, ...]:
        """What the firmware was asked, in order."""
        return firmware_calls(self.trace, self.pc.bios.traps)

    @cached_property
    def allocation(self) -> Allocation | None:
        """The last allocation, or None where none came back."""
        if ALLOCATE not in self.trace.image.labels:
            return None
        visits = self.trace.visits(ALLOCATE)
        if not len(visits):
            return None
        entered = self.trace[int(visits[-1])]
        left = self._return_of(entered)
        return None if left is None else Allocation(entered.before.rcx, left.after.rax)

    def _return_of(self, entered: Step) -> Step | None:
        for number in range(entered.index, len(self.trace)):
            step = self.trace[number]
            if step.decoded.is_return and step.before.rsp == entered.before.rsp:
                return step
        return None

    @property
    def is_success(self) -> bool:
        """Whether the boot ended as a boot should: without a fault, and with the page that it asked for."""
        if self.trace.stop.is_fault:
            return False
        return ALLOCATE not in self.trace.image.labels or (self.allocation is not None and self.allocation.rax != 0)
