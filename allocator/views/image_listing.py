"""List an image like an assembler: every line of source with the address and the bytes that it became.

    58  00100010  56                    push    rsi
     |  |         |                     |
  line  address   bytes                 the line as it is in the file

- Each source has its own part, in the order in which the sources were read.
- Bytes go on below where a line has more than fit; a long run of one byte is written ``00 * 510``.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from allocator.assembly.image import Image, Line
from allocator.source import Source, printable
from allocator.views.ink import PLAIN, Ink

BYTES_IN_A_ROW = 8
_FOLDED_FROM = 17


def image_listing(image: Image, ink: Ink = PLAIN) -> Iterator[str]:
    """Yield the lines of the listing of all sources."""
    for number, source in enumerate(image.sources):
        if number:
            yield ""
        yield ink.paint(f"; {printable(source.name)}", "heading")
        yield from _source_listing(image, source, ink)


def _source_listing(image: Image, source: Source, ink: Ink) -> Iterator[str]:
    own = sorted((line for line in image.lines if line.source is source), key=lambda line: line.line)
    emitted = {number: list(lines) for number, lines in groupby(own, lambda line: line.line)}
    for number, text in enumerate(source.shown_lines, 1):
        rows = list(_rows(image, emitted.get(number, [])))
        address, data = rows[0] if rows else ("", "")
        shown = printable(text.expandtabs(8)).rstrip()
        yield _line(str(number), address, data, shown, ink)
        for address, data in rows[1:]:
            yield _line("", address, data, "", ink)


def _line(number: str, address: str, data: str, text: str, ink: Ink) -> str:
    width = 2 * BYTES_IN_A_ROW
    painted = ink.paint(f"{data:<{width}}", "bytes")
    return f"{number:>6}  {ink.paint(f'{address:>8}', 'address')}  {painted}  {text}".rstrip()


def _rows(image: Image, lines: Sequence[Line]) -> Iterator[tuple[str, str]]:
    for address, data in _stretches(image, lines):
        if len(data) >= _FOLDED_FROM and data.count(data[0]) == len(data):
            yield f"{address:08x}", f"{data[0]:02x} * {len(data):,}"
            continue
        for offset in range(0, len(data), BYTES_IN_A_ROW):
            yield f"{address + offset:08x}", data[offset : offset + BYTES_IN_A_ROW].hex()


def _stretches(image: Image, lines: Sequence[Line]) -> Iterator[tuple[int, bytes]]:
    """Yield the bytes of these lines, those that lie side by side joined."""
    start, data = 0, b""
    for line in lines:
        if data and line.address != start + len(data):
            yield start, data
            data = b""
        if not data:
            start = line.address
        data += image.bytes_at(line.address, line.size)
    if data:
        yield start, data
