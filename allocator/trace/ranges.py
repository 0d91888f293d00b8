"""Understand where in memory a question points: numbers, symbols, pages of the page map.

    0x12001f            one byte
    os_MemoryMap+31     the same, by its symbol; + and - take several terms
    page_map[31]        the same, as the page's byte
    page_map[29..31]    three bytes, the last one included
    os_MemoryMap..os_MemoryMap+7

In Python also a number, a range, a pair of start and end, or a machine's page map.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping
from typing import Protocol, TypeAlias, runtime_checkable

from allocator.addresses import MACHINE_SYMBOLS, PAGE_MAP_PAGES, Range
from allocator.assembly.image import Image
from allocator.errors import TraceError, UsageError

ADDRESS_END = 1 << 64
_PAGES = re.compile(r"page_map\s*\[\s*([^\]]*?)\s*\]", re.IGNORECASE)
_NUMBER = r"0[xX][0-9a-fA-F_]+|[0-9][0-9_]*"
_TERM = re.compile(rf"\s*([+-]?)\s*(?:({_NUMBER})(?![\w.])|([A-Za-z_.?$@~#][\w.?$@~#]*))")
_LONGEST = 500


@runtime_checkable
class Table(Protocol):
    """Anything that lies in memory and knows where and how long: a machine's page map."""

    start: int

    def __len__(self) -> int: ...


Where: TypeAlias = "int | str | Range | tuple[int, int] | range | Table"
"""What names bytes of memory; a pair is half-open."""


def symbols_of(image: Image) -> Mapping[str, int]:
    """Return all names that a question about a run of `image` can use."""
    return {**MACHINE_SYMBOLS, **image.externals, **image.symbols}


def find_address(image: Image, label: str | int) -> int:
    """Return the address of a label of the program, or the address itself; raises TraceError."""
    if isinstance(label, int):
        return label
    if label not in image.labels:
        raise TraceError(f"'{label}' is not a label of the program")
    return image.symbols[label]


def find_range(image: Image, where: Where, size: int | None = None, limit: int = ADDRESS_END) -> Range:
    """Return the bytes that `where` means, or `size` bytes from there; raises UsageError, also beyond `limit` bytes."""
    found = _found(image, where)
    if size is not None:
        found = Range(found.start, found.start + size)
    if not 0 <= found.start < found.end <= ADDRESS_END:
        raise UsageError(f"{found.start:#x}..{found.end:#x} is no range of addresses")
    if found.size > limit:
        raise UsageError(f"{found.size:,} bytes are too many to ask for at once: at most {limit:,}")
    return found


def _found(image: Image, where: Where) -> Range:
    if isinstance(where, str):
        return parse_range(image, where)
    if isinstance(where, int):
        return Range(where, where + 1)
    if isinstance(where, range):
        return Range(where.start, where.stop)
    if isinstance(where, tuple):
        return Range(*where)
    return Range(where.start, where.start + len(where))


def parse_range(image: Image, text: str) -> Range:
    """Return the bytes that a text means; both ends of ``..`` belong to them. Raises UsageError.

    A symbol alone means one byte.
    """
    if len(text) > _LONGEST:
        raise UsageError("the place in memory is too long a text")
    symbols = symbols_of(image)
    pages = _PAGES.fullmatch(text.strip())
    if pages:
        first, last = _ends(pages[1], symbols)
        if not 0 <= first <= last < PAGE_MAP_PAGES:
            raise UsageError(f"the page map has pages 0 to {PAGE_MAP_PAGES - 1:,}, not '{pages[1]}'")
        base = symbols["os_MemoryMap"]
        return Range(base + first, base + last + 1)
    first, last = _ends(text, symbols)
    if not 0 <= first <= last < ADDRESS_END:
        raise UsageError(f"'{text}' is no range of addresses")
    return Range(first, last + 1)


def _ends(text: str, symbols: Mapping[str, int]) -> tuple[int, int]:
    first, dots, last = text.partition("..")
    if dots:
        return _sum(first, symbols), _sum(last, symbols)
    value = _sum(text, symbols)
    return value, value


def _sum(text: str, symbols: Mapping[str, int]) -> int:
    total, at = 0, 0
    text = text.strip()
    while at < len(text) or not text:
        match = _TERM.match(text, at)
        if not match or (at > 0 and not match[1]):
            raise UsageError(f"'{text}' is no place in memory: write an address, a symbol, or page_map[31]")
        value = int(match[2].replace("_", ""), 0 if match[2][:2] in ("0x", "0X") else 10) if match[2] else None
        value = _symbol(match[3], symbols) if value is None else value
        total += -value if match[1] == "-" else value
        at = match.end()
    return total


def _symbol(name: str, symbols: Mapping[str, int]) -> int:
    if name in symbols:
        return symbols[name]
    folded = [each for each in symbols if each.lower() == name.lower()]
    near = folded or difflib.get_close_matches(name, symbols, 1)
    raise UsageError(f"there is no symbol '{name[:60]}'" + (f"; did you mean '{near[0]}'?" if near else ""))
