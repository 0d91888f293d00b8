"""List the names of an image, by value: what is a label, a constant, or the machine's."""

from __future__ import annotations

from collections.abc import Iterator

from allocator.assembly.image import Image
from allocator.source import printable
from allocator.views.ink import PLAIN, Ink


def symbol_table(image: Image, ink: Ink = PLAIN) -> Iterator[str]:
    """Yield a line for each symbol: value, kind, name."""
    order = {name: position for position, name in enumerate(image.symbols)}
    for name, value in sorted(image.symbols.items(), key=lambda item: (item[1], order[item[0]])):
        number = f"-{-value:#x}" if value < 0 else f"{value:#010x}"
        yield f"{ink.paint(number, 'address')}  {_kind(image, name):<8}  {ink.paint(printable(name), 'label')}"


def _kind(image: Image, name: str) -> str:
    if name in image.labels:
        return "label"
    return "machine" if name in image.externals else "constant"
