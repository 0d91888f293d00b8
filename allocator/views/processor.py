"""Show one part of a processor by its name, as text: for ``--show`` and for questions about a trace.

registers              control registers and table registers, with what their bits mean
gdt, ldt, idt          a descriptor table, decoded; idt in real mode: the vectors
task                   the task state segment: stacks for more privileged code
pages                  what the page tables map
paging                 the modes of paging, and which one holds
"""

from __future__ import annotations

from collections.abc import Callable

from allocator.machine.explainable import Explainable
from allocator.views.control_registers import control_registers_text
from allocator.views.descriptor_tables import descriptor_table_text, vectors_text
from allocator.views.ink import PLAIN, Ink
from allocator.views.page_tables import page_tables_text
from allocator.views.paging_modes import paging_modes_text
from allocator.views.task_state import task_state_text


def processor_text(processor: Explainable, name: str, ink: Ink = PLAIN, width: int | None = None) -> str:
    """Return the part called `name`, one of `PARTS`."""
    return PARTS[name](processor, ink, width)


Show = Callable[[Explainable, Ink, int | None], str]
"""Shows a part of a processor, in a width."""


def _idt(processor: Explainable, ink: Ink, width: int | None) -> str:
    if processor.control_registers().is_real:
        return vectors_text(processor.vectors(), ink, width)
    return descriptor_table_text(processor.idt(), ink, width)


PARTS: dict[str, Show] = {
    "registers": lambda processor, ink, width: control_registers_text(processor.control_registers(), ink, width),
    "gdt": lambda processor, ink, width: descriptor_table_text(processor.gdt(), ink, width),
    "ldt": lambda processor, ink, width: descriptor_table_text(processor.ldt(), ink, width),
    "idt": _idt,
    "task": lambda processor, ink, width: task_state_text(processor.task_state(), ink, width),
    "pages": lambda processor, ink, width: page_tables_text(processor.page_tables(), ink, width),
    "paging": lambda processor, ink, width: paging_modes_text(processor.control_registers(), ink, width),
}
"""Name to what shows it."""
