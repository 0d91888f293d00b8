"""Show a word bit by bit as HTML: the strip of the manual's figures, 32 bits in a row, and what the fields mean.

63          56 55 54  53 52  51      48 47 46 45 44 43   40 39        32
+-------------+--+---+--+---+----------+--+-----+--+-------+-----------+
| base 31..24 |G |D/B|L |AVL| limit    |P | DPL |S | type  | base 23.. |
"""

from __future__ import annotations

from collections.abc import Iterator

from allocator.views.bit_fields import BitField, Word, bit_fields, word_title
from allocator.views.figure import LINE, figure, words
from allocator.views.html_style import fragment, row, table, text

_ROW, _BIT, _HEIGHT = 32, 26, 2 * LINE + 8
_LETTER = 6.2
"""How wide a letter is in the smaller letters of a strip."""


def bits_html(word: Word) -> str:
    """Return the strip of a word, and a table of its fields that say something."""
    fields = bit_fields(word)
    shown = (row(text(each.place, "faint"), text(each.name), text(each.shown), text(each.meaning))
             for each in fields if each.meaning)  # fmt: skip
    return fragment(
        table(word_title(word), (), ()), _strip(word, fields), table("", ("bits", "field", "value", "means"), shown)
    )


def _strip(word: Word, fields: tuple[BitField, ...]) -> str:
    rows = -(-(fields[0].high + 1) // _ROW)
    per_row = min(_ROW, fields[0].high + 1)
    parts = [part for each in fields for part in _field_parts(each, rows, per_row)]
    return figure(per_row * _BIT + 2, rows * (_HEIGHT + LINE + 10), word_title(word), parts)


def _field_parts(field: BitField, rows: int, per_row: int) -> Iterator[str]:
    """Yield the boxes of a field: one in each row of the strip that it has bits in."""
    for number in range(field.low // _ROW, field.high // _ROW + 1):
        high, low = min(field.high, number * _ROW + per_row - 1), max(field.low, number * _ROW)
        x = (number * _ROW + per_row - 1 - high) * _BIT + 1
        y = (rows - 1 - number) * (_HEIGHT + LINE + 10) + LINE
        yield from _cell(field, x, y, high, low)


def _cell(field: BitField, x: int, y: int, high: int, low: int) -> Iterator[str]:
    width = (high - low + 1) * _BIT
    is_set = field.value and not field.name.startswith(("reserved", "ignored"))
    ground = "here" if is_set else "band" if field.name in ("reserved", "ignored", "zero") else "ground"
    yield (f'<rect x="{x}" y="{y}" width="{width}" height="{_HEIGHT}" '
           f'style="fill: var(--{ground}); stroke: var(--line)"/>')  # fmt: skip
    yield words(x + 2, y - 3, str(high), "faint")
    if high != low:
        yield words(x + width - 2, y - 3, str(low), "faint", "end")
    part = field.value >> low - field.low & (1 << high - low + 1) - 1
    yield words(x + width // 2, y + LINE, _fitting(field.name, width), anchor="middle")
    shown = f"{part:0{high - low + 1}b}" if high - low < 12 else f"{part:x}"
    yield words(x + width // 2, y + 2 * LINE, _fitting(shown, width), "mark", "middle")


def _fitting(shown: str, width: int) -> str:
    """Return what has room: the bits that nobody looks at have no name then."""
    return shown if len(shown) <= width / _LETTER else ""
