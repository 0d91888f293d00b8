"""Show where a value came from as a graph: a row for each step, latest first, and arcs from maker to user.

      ,--o  48  mov rax, rbx            rax = 0x3a00000
      `->o  47  shl rbx, 21             rbx = 0x3a00000
         ...
         []     os_MemAmount = 0x40     as it lay there at the start

Rows never overlap, and each arc has a lane of its own where others run beside it. A step that is not drawn, of a
very long explanation, is counted in words. The text form (`why.py`) says the same with folds and decisions.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from allocator.registers import REGISTERS
from allocator.trace.why import Input, Source, Why
from allocator.views.html_style import fragment, text
from allocator.views.names import Names
from allocator.views.why import question_text
from allocator.views.why_inputs import outside_words
from allocator.views.why_rows import StepWords

MOST_STEPS = 40
MOST_INPUTS = 24
_ROW = 22
_LANE = 12
_LETTER = 7.3
_WIDEST = 60
_ORIGINS = {"register": "as the routine found it", "memory": "as it lay there at the start"}


class Row(NamedTuple):
    """One row: a step with its number, or an input without one."""

    step: int | None
    what: str
    made: str


class Arc(NamedTuple):
    """From the row whose value is used up to the row that uses it; the lower has the larger number."""

    user: int
    maker: int
    what: str


def why_html(why: Why) -> str:
    """Return the explanation of a value as a graph."""
    return fragment(why_graph(why))


def why_graph(why: Why) -> str:
    """Return the same as a part of a display."""
    asked, count, why = question_text(why), len(why), why.values
    steps, hidden = _steps(why, count)
    words = StepWords(why)
    rows = [_step_row(words, step) for step in steps]
    inputs = [each for each in why.inputs if each.kind != "constant"][:MOST_INPUTS]
    arcs = arcs_of(why, steps, inputs)
    rows += [_input_row(why, each, words.names) for each in inputs]
    value = why.value
    shown = "unknown" if value is None else value.hex(" ") if isinstance(value, bytes) else f"{value:#x}"
    heading = text(f"{asked}: {shown}")
    said = f"<p>{text(hidden, 'faint')}</p>" if hidden else ""
    return f"<p><b>{heading}</b></p>{_svg(rows, arcs)}{said}"


def _steps(why: Why, count: int) -> tuple[list[int], str]:
    """Return the steps to draw, latest first, and what is said of the others of `count`."""
    found: list[int] = why.steps[::-1][:MOST_STEPS].tolist()
    parts = []
    if len(why) > len(found):
        parts.append(f"{len(why) - len(found):,} earlier steps are not drawn")
    if count > len(why):
        parts.append(f"{count - len(why):,} that only say where memory lies (segments, the stack) are left out")
    return found, "; ".join(parts)


def _step_row(words: StepWords, number: int) -> Row:
    row = words.row(number)
    ran, made = ("  ".join(piece.text for piece in cell) for cell in (row.ran, row.made))
    return Row(number, ran, made)


def _input_row(why: Why, given: Input, names: Names) -> Row:
    if given.kind == "outside":
        return Row(None, *outside_words(why.trace, given))
    return Row(None, _input_name(given, names), _ORIGINS[given.kind])


def _input_name(given: Input, names: Names) -> str:
    name = names.address(given.where.start) if given.where else given.name
    value = given.value
    if isinstance(value, bytes):
        return f"{name} = {int.from_bytes(value, 'little'):#x}" if len(value) <= 8 else f"{name}, {len(value)} bytes"
    return name if value is None else f"{name} = {value:#x}"


def arcs_of(why: Why, steps: Sequence[int], inputs: Sequence[Input]) -> list[Arc]:
    """Return an arc for each value that one drawn row used of another."""
    position = {step: row for row, step in enumerate(steps)}
    found: dict[tuple[int, int], Arc] = {}
    for row, step in enumerate(steps):
        for source in why.sources(step):
            makers = [position[maker] for maker in source.makers if maker in position]
            if not source.makers:
                makers = [len(steps) + at for at, given in enumerate(inputs) if _is_it(given, source)]
            for maker in makers:
                found.setdefault((row, maker), Arc(row, maker, source.name))
    return list(found.values())


def _is_it(given: Input, source: Source) -> bool:
    if given.physical is None or source.physical is None:
        names = {REGISTERS[name].full if name in REGISTERS else name for name in (given.name, source.name)}
        return given.physical is source.physical and len(names) == 1
    return given.physical.start < source.physical.end and source.physical.start < given.physical.end


def lanes_of(arcs: Sequence[Arc]) -> dict[Arc, int]:
    """Give each arc the innermost lane that is free over all its rows; short arcs lie innermost."""
    taken: list[list[Arc]] = []
    lanes: dict[Arc, int] = {}
    for arc in sorted(arcs, key=lambda each: (each.maker - each.user, each.user)):
        free = (at for at, lane in enumerate(taken) if all(is_apart(arc, other) for other in lane))
        lane = next(free, len(taken))
        if lane == len(taken):
            taken.append([])
        taken[lane].append(arc)
        lanes[arc] = lane
    return lanes


def is_apart(one: Arc, other: Arc) -> bool:
    """Tell whether two arcs have no row in common but an end."""
    return one.maker <= other.user or other.maker <= one.user


def _svg(rows: Sequence[Row], arcs: Sequence[Arc]) -> str:
    if not rows:
        return "<p>Nothing in the run made it.</p>"
    lanes = lanes_of(arcs)
    left = (max(lanes.values(), default=-1) + 2) * _LANE
    middle = left + 60 + _LETTER * min(_WIDEST, max(len(row.what) for row in rows)) + 24
    width = middle + _LETTER * min(_WIDEST, max(len(row.made) for row in rows)) + 12
    height = len(rows) * _ROW + 6
    drawn = "".join(_arc(arc, lanes[arc], left) for arc in arcs)
    drawn += "".join(_row(row, at, left, middle) for at, row in enumerate(rows))
    label = f"{len(rows)} steps and inputs, and which used which"
    return (
        f'<svg class="graph" width="{width:.0f}" height="{height}" viewBox="0 0 {width:.0f} {height}" role="img" '
        f'aria-label="{label}">{drawn}</svg>'
    )


def _row(row: Row, at: int, left: int, middle: float) -> str:
    y = at * _ROW + _ROW / 2 + 3
    mark = (
        f'<rect class="input" x="{left - 4}" y="{y - 4}" width="8" height="8"></rect>'
        if row.step is None
        else f'<circle class="node" cx="{left}" cy="{y}" r="4"></circle>'
    )
    number = "" if row.step is None else f"{row.step:,}"
    return (
        f'{mark}<text class="faint" x="{left + 50}" y="{y + 4}" text-anchor="end">{number}</text>'
        f'<text x="{left + 60}" y="{y + 4}">{_cut(row.what)}</text>'
        f'<text class="faint" x="{middle:.0f}" y="{y + 4}">{_cut(row.made)}</text>'
    )


def _arc(arc: Arc, lane: int, left: int) -> str:
    x = left - (lane + 1) * _LANE
    top, bottom = (at * _ROW + _ROW / 2 + 3 for at in (arc.user, arc.maker))
    path = (
        f"M{left - 6} {bottom} H{x + 5} Q{x} {bottom} {x} {bottom - 5} V{top + 5} Q{x} {top} {x + 5} {top} H{left - 6}"
    )
    head = f"M{left - 10} {top - 3} L{left - 5} {top} L{left - 10} {top + 3}"
    return f'<path class="arc" d="{path} {head}"><title>{text(arc.what)}</title></path>'


def _cut(words: str) -> str:
    return text(words if len(words) <= _WIDEST else words[: _WIDEST - 1] + "\N{HORIZONTAL ELLIPSIS}")
