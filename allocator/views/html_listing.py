"""Show steps as a table: the instruction, the line of source it came from, and what it did.

      6  10001c  mov eax, dword [0x110108]   66  mov eax, dword [os_MemAmount]   eax=0x40  read os_MemAmount = 0x40
                 as it ran                       as it was written               in the words of effects.py

A label has a row of its own where a step lies on it. Of a long trace the first and the last steps are shown.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from allocator.trace.trace import Step, Trace
from allocator.views.effects import step_effects
from allocator.views.html_style import row, table, text
from allocator.views.names import Names
from allocator.views.source_text import condensed

SHOWN_STEPS = 200
_HEAD = ("step", "address", "instruction", "line", "source", "what it did")


def step_table(caption: str, steps: Sequence[Step] | Trace) -> str:
    """Return the steps as a table; of more than `SHOWN_STEPS` the middle is left out, and it says so."""
    return table(caption, _HEAD, _rows(steps))


def _rows(steps: Sequence[Step] | Trace) -> Iterator[str]:
    if not len(steps):
        yield _wide_row("not one step", "faint")
        return
    names = Names(steps[0].trace.run)
    if len(steps) <= SHOWN_STEPS:
        yield from _step_rows(steps[:], names)
        return
    half = SHOWN_STEPS // 2
    yield from _step_rows(steps[:half], names)
    yield _wide_row(f"{len(steps) - SHOWN_STEPS:,} steps are left out here", "faint")
    yield from _step_rows(steps[-half:], names)


def _wide_row(content: str, style: str) -> str:
    return f'<tr class="{style}"><td></td><td colspan="{len(_HEAD) - 1}">{text(content)}</td></tr>'


def _step_rows(steps: Sequence[Step], names: Names) -> Iterator[str]:
    for step in steps:
        location = step.location
        if location and not location.offset:
            yield _wide_row(f"{location.label}:", "label")
        line = step.line
        yield row(
            text(step.index, "faint"),
            text(f"{step.address:x}", "faint"),
            text(step.text),
            text(line.line if line else "", "faint"),
            f'<div class="source">{_source(step)}</div>',
            f'<div class="effects">{_effects(step, names)}</div>',
        )


def _source(step: Step) -> str:
    if step.line is None:
        return ""
    statement, comment = condensed(step.line)
    return " ".join(text(part, style) for part, style in ((statement, ""), (comment, "faint")) if part)


def _effects(step: Step, names: Names) -> str:
    return " ".join(text(piece.text, piece.role) for piece in step_effects(step, names))
