"""Lay out a small table as text: columns as wide as their widest cell, two spaces between them.

Where there is less room than that, the last column is wrapped, if that makes two lines of it; else the columns that
have no room go on below the others, further in. A table may say which ones belong together there:

    step   mode         where
        prepared by
    879    protected16  bridge_start+0x4f
        874 lidt [0x8a4e]      IDT at 0, limit 0
        875 lgdt [0x8a48]      GDT at 8a28, limit 1f
"""

from __future__ import annotations

from collections.abc import Sequence
from textwrap import wrap

from allocator.source import printable
from allocator.views.ink import PLAIN, Ink

GAP = "  "
_INDENT = " " * 4
_NARROWEST = 12
"""Letters that a column has to have for words to be wrapped in it."""

Row = Sequence[str]


def text_table(
    head: Row, rows: Sequence[Row], ink: Ink = PLAIN, width: int | None = None, above: int | None = None
) -> str:
    """Return the table, not wider than `width` where that can be; numbers and words alike stand left.

    Where it is too wide, the columns behind the first `above` go on below them.
    """
    shown = [[printable(cell) for cell in row] for row in [head, *rows]]
    first, *others = _laid_out(shown, width, above)
    return "\n".join([*(ink.paint(line, "heading") for line in first), *(line for lines in others for line in lines)])


def _laid_out(rows: Sequence[Row], width: int | None, above: int | None = None) -> list[list[str]]:
    """Return the lines of each row."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    before = sum(widths[:-1]) + len(GAP) * (len(widths) - 1)
    if width is None or before + widths[-1] <= width:
        return [[_line(row, widths)] for row in rows]
    room = max(_NARROWEST, width - before)
    if len(widths) == 1 or (above is None and width - before >= max(_NARROWEST, widths[-1] // 2)):
        return [_wrapped(row, widths, room) for row in rows]
    return _split(rows, above or _fitting(widths, width), width)


def _wrapped(row: Row, widths: Sequence[int], room: int) -> list[str]:
    *cells, last = row
    first, *others = wrap(last, room, break_on_hyphens=False) or [""]
    return [_line([*cells, first], widths), *(_line([*[""] * len(cells), other], widths) for other in others)]


def _fitting(widths: Sequence[int], width: int) -> int:
    """Return how many columns have room, at least one and not all."""
    return max(1, sum(sum(widths[:upto]) + len(GAP) * (upto - 1) <= width for upto in range(1, len(widths))))


def _split(rows: Sequence[Row], count: int, width: int) -> list[list[str]]:
    above = _laid_out([row[:count] for row in rows], width)
    below = _laid_out([row[count:] for row in rows], width - len(_INDENT))
    return [
        [*(line for line in first if line), *(_INDENT + line for line in second if line)]
        for first, second in zip(above, below, strict=True)
    ]  # fmt: skip


def _line(cells: Row, widths: Sequence[int]) -> str:
    return GAP.join(cell.ljust(width) for cell, width in zip(cells, widths, strict=True)).rstrip()
