"""Show one part of a processor by its name, as text: for ``--show`` and for questions about a trace.

registers              control registers and table registers, with what their bits mean
gdt, ldt, idt          a descriptor table, decoded; idt in real mode: the vectors
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


def processor_text(processor: Explainable, name: str, ink: Ink = PLAIN) -> str:
    """Return the part called `name`, one of `PARTS`."""
    return PARTS[name](processor, ink)


def _idt(processor: Explainable, ink: Ink) -> str:
    if processor.control_registers().is_real:
        return vectors_text(processor.vectors(), ink)
    return descriptor_table_text(processor.idt(), ink)


PARTS: dict[str, Callable[[Explainable, Ink], str]] = {
    "registers": lambda processor, ink: control_registers_text(processor.control_registers(), ink),
    "gdt": lambda processor, ink: descriptor_table_text(processor.gdt(), ink),
    "ldt": lambda processor, ink: descriptor_table_text(processor.ldt(), ink),
    "idt": _idt,
    "pages": lambda processor, ink: page_tables_text(processor.page_tables(), ink),
    "paging": lambda processor, ink: paging_modes_text(processor.control_registers(), ink),
}
"""Name to what shows it."""
