"""Show steps as a table: the instruction, the line of source it came from, and what it did.

      6  10001c  mov eax, dword [0x110108]   66  mov eax, dword [os_MemAmount]   eax=0x40  read os_MemAmount = 0x40
                 as it ran                       as it was written               in the words of effects.py

A label has a row of its own where a step lies on it. Of a long trace the first and the last steps are shown.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from allocator.trace.trace import Step, Trace
from allocator.views.effects import step_effects
from allocator.views.html_style import row, source_cell, table, text, wide_row
from allocator.views.names import Names
from allocator.views.source_text import condensed

SHOWN_STEPS = 200
_HEAD = ("step", "address", "instruction", "line", "source", "what it did")


def step_table(caption: str, steps: Sequence[Step] | Trace) -> str:
    """Return the steps as a table; of more than `SHOWN_STEPS` the middle is left out, and it says so."""
    return table(caption, _HEAD, _rows(steps))


def _rows(steps: Sequence[Step] | Trace) -> Iterator[str]:
    if not len(steps):
        yield wide_row(len(_HEAD), "not one step", "faint")
        return
    names = Names(steps[0].trace.run)
    if len(steps) <= SHOWN_STEPS:
        yield from _step_rows(steps[:], names)
        return
    half = SHOWN_STEPS // 2
    yield from _step_rows(steps[:half], names)
    yield wide_row(len(_HEAD), f"{len(steps) - SHOWN_STEPS:,} steps are left out here", "faint")
    yield from _step_rows(steps[-half:], names)


def _step_rows(steps: Sequence[Step], names: Names) -> Iterator[str]:
    for step in steps:
        location = step.location
        if location and not location.offset:
            yield wide_row(len(_HEAD), f"{location.label}:", "label")
        line = step.line
        yield row(
            text(step.index, "faint"),
            text(f"{step.address:x}", "faint"),
            text(step.text),
            text(line.line if line else "", "faint"),
            source_cell(*condensed(line)) if line else "",
            f'<div class="effects">{_effects(step, names)}</div>',
        )


def _effects(step: Step, names: Names) -> str:
    return " ".join(text(piece.text, piece.role) for piece in step_effects(step, names))
