"""Show a task state segment: which stack is taken when more privileged code is entered, as text and as HTML.

What only a switch of tasks by hardware would load is shown where it is not zero: hardly any program uses it.
"""

from __future__ import annotations

from collections.abc import Iterator

from allocator.machine.task_state import TaskState
from allocator.views.html_style import fragment, row, table, text
from allocator.views.ink import PLAIN, Ink
from allocator.views.text_table import text_table

HEAD = ("field", "value", "what it is for")


def task_state_text(state: TaskState, ink: Ink = PLAIN, width: int | None = None) -> str:
    """Return one line for each field, or why there is none."""
    lines = [_title(state), *([f"  problem: {state.problem}"] if state.problem else [])]
    return "\n".join([*lines, text_table(HEAD, list(_rows(state)), ink, width)] if state.is_loaded else lines)


def task_state_html(state: TaskState) -> str:
    """Return one row for each field."""
    rows = [row(*map(text, cells)) for cells in _rows(state)] if state.is_loaded else []
    problem = f"<p>{text(state.problem)}</p>" if state.problem else ""
    return fragment(f"{table(_title(state), HEAD, rows)}{problem}")


def _title(state: TaskState) -> str:
    return f"task state of {state.bits} bits at {state.base:x}" if state.is_loaded else "no task state"


def _rows(state: TaskState) -> Iterator[tuple[str, str, str]]:
    for name, value in state.fields.items():
        meaning = _meaning(name)
        if value or meaning:
            yield name.upper(), f"{value:x}", meaning or "loaded by a switch of tasks"


def _meaning(name: str) -> str:
    if name.startswith("ist"):
        return f"stack of gates that ask for IST {name[3:]}"
    if name.endswith(("0", "1", "2")):
        return f"{'stack segment' if name.startswith('ss') else 'stack'} for privilege level {name[-1]}"
    return "offset of the map of ports that programs may use" if name == "io_map" else ""
