"""Say in the report on a fault how the processor of a booted machine was set up.

First the segment registers with their hidden parts; then, where the mode is not real mode, the control registers,
where the tables lie, and the GDT.
"""

from __future__ import annotations

from collections.abc import Iterator

from allocator.machine.descriptor_tables import read_gdt
from allocator.machine.run import Run
from allocator.views.control_registers import control_registers_text
from allocator.views.descriptor_tables import descriptor_table_text
from allocator.views.ink import PLAIN, Ink

MOST_DESCRIPTORS = 16
_ORDER = ("cs", "ss", "ds", "es", "fs", "gs")
_IN_A_ROW = 3
_SETTINGS = 7
"""Lines of the view of control registers that are no selectors: CR0 to IDTR."""


def machine_lines(run: Run, ink: Ink = PLAIN) -> Iterator[str]:
    """Yield the segments, and outside of real mode what else decides where an address leads."""
    state = run.state_after
    yield f"segments in {state.registers.mode}: selector, base, limit"
    for start in range(0, len(_ORDER), _IN_A_ROW):
        parts = ((name, state.segments[name]) for name in _ORDER[start : start + _IN_A_ROW])
        shown = (f"{name} {part.selector:04x}  base {part.base:<8x}  limit {part.limit:<8x}" for name, part in parts)
        yield f"   {'   '.join(shown)}".rstrip()
    if state.registers.is_real:
        return
    yield ""
    yield from control_registers_text(state.registers, ink).split("\n")[: _SETTINGS + 1]
    yield ""
    lines = descriptor_table_text(read_gdt(state.registers, run.memory_after), ink).split("\n")
    yield from lines[: MOST_DESCRIPTORS + 2]
