"""Lay pieces out in columns that wrap: one row of a listing, as many lines as its fullest cell needs.

- A cell that is too long goes on below itself, broken between its pieces, then between words, then anywhere.
- The last column is not padded, so no line ends in spaces.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence
from itertools import zip_longest
from typing import NamedTuple

from allocator.views.ink import Ink, Piece

GAP = "  "


class Column(NamedTuple):
    """A column `width` characters wide; `align` is ``<`` or ``>``."""

    width: int
    align: str = "<"


def draw_row(columns: Sequence[Column], cells: Sequence[Sequence[Piece]], ink: Ink) -> Iterator[str]:
    """Yield the lines of one row."""
    wrapped = [wrap(cell, column.width) for column, cell in zip(columns, cells, strict=True)]
    for parts in zip_longest(*wrapped, fillvalue=()):
        yield GAP.join(_fit(part, column, ink) for part, column in zip(parts, columns, strict=True)).rstrip()


def wrap(cell: Sequence[Piece], width: int) -> list[list[Piece]]:
    """Return the pieces of a cell in lines of at most `width` characters, two spaces between pieces."""
    lines: list[list[Piece]] = [[]]
    room = width
    for piece in cell:
        needed = len(piece.text) + (len(GAP) if lines[-1] else 0)
        if needed > room and lines[-1]:
            lines.append([])
            room, needed = width, len(piece.text)
        if needed <= room:
            lines[-1].append(piece)
            room -= needed
            continue
        broken = textwrap.wrap(piece.text, max(4, width), subsequent_indent="  " if width > 12 else "")
        lines[-1:] = [[Piece(part, piece.role)] for part in broken]
        room = width - len(broken[-1])
    return lines


def _fit(line: Sequence[Piece], column: Column, ink: Ink) -> str:
    text = GAP.join([piece.text for piece in line])
    padding = " " * (column.width - len(text))
    if ink.is_on:
        text = GAP.join([ink.draw(piece) for piece in line])
    return padding + text if column.align == ">" else text + padding
