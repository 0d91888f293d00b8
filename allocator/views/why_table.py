"""Lay out the steps of an explanation as a table: as they came, loops folded, or one row for each line of the program.

The columns are as wide as what is in them, and wrap where that is too much for the width.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from allocator.trace.why import Why
from allocator.units import counted
from allocator.views.extent import Extent
from allocator.views.fold import Stretch, find_short_loops
from allocator.views.ink import Ink, Piece
from allocator.views.rows import GAP, Column, draw_row
from allocator.views.why_rows import Row, StepWords

MOST_ROWS = 20
"""What a screen holds beside the heading and the inputs."""
MOST_ROWS_IN_FULL = 10_000
_HEAD = ("step", "", "line", "instruction", "result", "from (made by step)", "")
_ALIGNED = (">", ">", ">", "<", "<", "<", "<")
_RAN, _MADE, _USED, _COMMENT = 3, 4, 5, 6
_LEAST = {_RAN: 16, _MADE: 18, _USED: 19, _COMMENT: 12}
"""How far the columns give way where the width is short: the widest one first."""
_PREFERRED = {_USED: 6}
"""Which may be so much wider than the others: two sources of a number of five digits stand beside each other."""


class _Shown(NamedTuple):
    """A row, how often its line counted (1 where that is not told), and what is said below it."""

    row: Row
    times: int = 1
    below: str = ""


def table_lines(why: Why, count: int, width: int, ink: Ink, extent: Extent) -> Iterator[str]:
    """Yield the table; ``count`` is how many steps there are with those that only say where memory lies."""
    if not len(why):
        yield "nothing in the run made it"
        return
    shown, hidden = _rows(why, extent)
    yield from _drawn(shown, width, ink, is_cut=not extent.is_full and len(shown) >= MOST_ROWS)
    if hidden:
        yield f"{'...':>6}  {extent.left_out(hidden)}"
    if count > len(why):
        steps = "step only says" if count - len(why) == 1 else "steps only say"
        said = f"{count - len(why):,} more {steps} where memory lies, by segment or stack pointer"
        yield f"{'':>6}  {extent.left_out(said)}"


def _rows(why: Why, extent: Extent) -> tuple[list[_Shown], str]:
    """Return the rows to be shown, and what is said of the others."""
    words, steps = StepWords(why), why.steps[::-1]
    stretches, left = _stretches(why.trace.arrays.place[steps], extent.most(MOST_ROWS, MOST_ROWS_IN_FULL))
    if left and not extent.is_full:
        return _by_lines(why, words)
    shown = [row for stretch in stretches for row in _stretch(words, steps, stretch)]
    return shown, f"{left:,} more steps before these" if left else ""


def _stretches(places: npt.NDArray[np.uint32], most: int) -> tuple[list[Stretch], int]:
    """Return stretches of together at most so many rows, and how many steps are left."""
    found: list[Stretch] = []
    rows = 0
    for stretch in find_short_loops(places):
        rows += stretch.length
        if rows > most:
            return found, len(places) - stretch.start
        found.append(stretch)
    return found, 0


def _stretch(words: StepWords, steps: npt.NDArray[np.int64], stretch: Stretch) -> Iterator[_Shown]:
    start, length, times = stretch
    *before, last = (words.row(step) for step in steps[start : start + length].tolist())
    yield from map(_Shown, before)
    yield _Shown(last, 1, _repeated(steps, stretch) if times > 1 else "")


def _repeated(steps: npt.NDArray[np.int64], stretch: Stretch) -> str:
    start, length, times = stretch
    what = "the step above" if length == 1 else f"the {length} steps above"
    last, first = steps[start + length], steps[start + length * times - 1]
    return f"{what}, {times - 1:,} times more: steps {first:,} to {last:,}"


def _by_lines(why: Why, words: StepWords) -> tuple[list[_Shown], str]:
    """Return a row for each place of the program, at the last time that it counted; and how many more there are."""
    steps = why.steps[::-1]
    _, first, counts = np.unique(why.trace.arrays.place[steps], return_index=True, return_counts=True)
    order = np.argsort(first)
    shown = [_Shown(words.row(int(steps[first[at]])), int(counts[at])) for at in order[:MOST_ROWS]]
    lines, left = len(order) - MOST_ROWS, len(steps) - sum(each.times for each in shown)
    return shown, f"{counted(lines, 'more line')} of the program, {counted(left, 'step')}" if lines > 0 else ""


# -- drawing --


def _drawn(shown: Sequence[_Shown], width: int, ink: Ink, is_cut: bool) -> Iterator[str]:
    rows = [_cells(each) for each in shown]
    widths = _widths(rows, width)
    kept = [at for at, size in enumerate(widths) if size]
    columns = [Column(widths[at], _ALIGNED[at]) for at in kept]
    if is_cut:
        for row in rows:
            row[_COMMENT] = _cut(row[_COMMENT], widths[_COMMENT])
    yield from draw_row(columns, [[Piece(_HEAD[at], "step")] for at in kept], ink)
    for each, row in zip(shown, rows, strict=True):
        yield from draw_row(columns, [row[at] for at in kept], ink)
        if each.below:
            yield ink.paint(f"{'x':>6}  {each.below}", "flow")


def _cells(shown: _Shown) -> list[list[Piece]]:
    row = shown.row
    times = [Piece(f"x{shown.times:,}", "flow")] if shown.times > 1 else []
    return [
        [Piece(str(row.step), "step")],
        times,
        [Piece(row.line, "source")],
        row.ran,
        row.made,
        row.used,
        row.comment,
    ]


def _widths(rows: Sequence[Sequence[Sequence[Piece]]], width: int) -> list[int]:
    """Return the width of each column: that of its widest cell, or less where there is no room; 0 to leave it out."""
    found = [max(_length(row[at]) for row in rows) for at in range(len(_HEAD))]
    found = [min(max(size, len(head)), width) if size else 0 for size, head in zip(found, _HEAD, strict=True)]
    found[0] = max(6, found[0])
    while _excess(found, width) > 0:
        wide = [at for at, least in _LEAST.items() if found[at] > least]
        if not wide:
            found[_COMMENT] = 0
            break
        found[max(wide, key=lambda at: found[at] - _PREFERRED.get(at, 0))] -= 1
    return found


def _excess(widths: Sequence[int], width: int) -> int:
    return sum(widths) + len(GAP) * sum(1 for size in widths[1:] if size) - width


def _cut(comment: list[Piece], width: int) -> list[Piece]:
    """Return a comment that takes no second line."""
    return [Piece(text if len(text) <= width else f"{text[: width - 3].rstrip()}...", role) for text, role in comment]


def _length(cell: Sequence[Piece]) -> int:
    return len(GAP.join([piece.text for piece in cell]))
