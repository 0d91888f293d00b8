"""Lay out a small table as text: columns as wide as their widest cell, two spaces between them."""

from __future__ import annotations

from collections.abc import Sequence

from allocator.source import printable
from allocator.views.ink import PLAIN, Ink

GAP = "  "


def text_table(head: Sequence[str], rows: Sequence[Sequence[str]], ink: Ink = PLAIN) -> str:
    """Return the table; numbers (what begins with a digit or 0x) are not told apart from words: all stand left."""
    shown = [[printable(cell) for cell in row] for row in rows]
    widths = [max(len(row[place]) for row in [list(head), *shown]) for place in range(len(head))]
    lines = [ink.paint(_line(head, widths), "heading"), *(_line(row, widths) for row in shown)]
    return "\n".join(lines)


def _line(cells: Sequence[str], widths: Sequence[int]) -> str:
    return GAP.join(cell.ljust(width) for cell, width in zip(cells, widths, strict=True)).rstrip()
