"""Take the words that processors read apart, bit by bit: selectors, descriptors, gates, entries of page tables.

    63..56  base 31..24   00000000
    55      G             1         the limit counts units of 4 KiB
    54      D/B           1         32-bit code
    ...

The layouts are those of the manual's figures; every bit belongs to a field.

Source: Intel SDM volume 3, figures 3-6 (selector), 3-8 (descriptor), 5-8 and 6-2 (gates), 4-4 and 4-11 (entries).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple, TypeAlias

from allocator.machine.page_entries import PageEntry
from allocator.machine.segments import Gate, Segment, Selector
from allocator.machine.translation import Translation
from allocator.units import format_size
from allocator.views.ink import PLAIN, Ink
from allocator.views.text_table import text_table
from allocator.views.translation import descriptor_words

Word: TypeAlias = Selector | Segment | Gate | PageEntry
HEAD = ("bits", "field", "value", "means")


class BitField(NamedTuple):
    """Bits `high` to `low` of a word: their name, what they hold, and what that means, if anything."""

    high: int
    low: int
    name: str
    value: int
    meaning: str = ""

    @property
    def width(self) -> int:
        """How many bits it has."""
        return self.high - self.low + 1

    @property
    def place(self) -> str:
        """Its bits by number."""
        return f"{self.high}..{self.low}" if self.width > 1 else f"{self.high}"

    @property
    def shown(self) -> str:
        """Its value: in binary where it is short."""
        return f"{self.value:0{self.width}b}" if self.width <= 4 else f"{self.value:x}"


def bits_text(word: Word, ink: Ink = PLAIN) -> str:
    """Return a heading and a line for each field, the highest first."""
    rows = [(field.place, field.name, field.shown, field.meaning) for field in bit_fields(word)]
    return f"{ink.paint(word_title(word), 'heading')}\n{text_table(HEAD, rows, ink)}"


def translation_bits_text(translation: Translation, ink: Ink = PLAIN) -> str:
    """Return all words that a translation looks at, the selector first."""
    return "\n\n".join(bits_text(word, ink) for word in words_of(translation)) or "no word is looked at: paging is off"


def words_of(translation: Translation) -> tuple[Word, ...]:
    """Return the selector, the descriptor and the entries that a translation looks at."""
    slot = translation.segment.slot if translation.segment else None
    words: list[Word] = [Selector(translation.segment.selector)] if translation.segment and slot else []
    words += [slot.descriptor] if slot and slot.descriptor else []
    words += [step.entry for step in translation.walk.steps] if translation.walk else []
    return tuple(words)


def word_title(word: Word) -> str:
    """Return what the word is, its value, and what it says in short."""
    if isinstance(word, Selector):
        return f"selector {word.value:04x}"
    if isinstance(word, PageEntry):
        return f"{word.level.entry} {word.value:0{2 * word.level.size}x}"
    return f"descriptor {word.value:0{2 * word.size}x}: {descriptor_words(word)}"


def bit_fields(word: Word) -> tuple[BitField, ...]:
    """Return all fields of a word, the highest first."""
    if isinstance(word, Selector):
        return tuple(_selector(word))
    if isinstance(word, PageEntry):
        return tuple(_entry(word))
    return tuple(_gate(word) if isinstance(word, Gate) else _segment(word))


def _field(value: int, high: int, low: int, name: str, meaning: str = "") -> BitField:
    return BitField(high, low, name, value >> low & (1 << high - low + 1) - 1, meaning)


def _selector(word: Selector) -> Iterator[BitField]:
    yield _field(word.value, 15, 3, "index", f"entry {word.index} of the table")
    yield _field(word.value, 2, 2, "TI", f"the {word.table.upper()}")
    yield _field(word.value, 1, 0, "RPL", f"asked for at privilege level {word.rpl}")


# -- descriptors --


def _segment(word: Segment) -> Iterator[BitField]:
    value = word.value
    if word.size > 8:
        yield _field(value, 127, 96, "reserved")
        yield _field(value, 95, 64, "base 63..32")
    yield _field(value, 63, 56, "base 31..24", f"the segment begins at {word.base:x}")
    yield _field(value, 55, 55, "G", f"the limit counts {'units of 4 KiB' if word.has_pages else 'bytes'}")
    yield _field(value, 54, 54, "D/B", "" if word.is_system or word.bits == 64 else f"{_default_bits(word)} bits")
    yield _field(value, 53, 53, "L", "64-bit code" if word.bits == 64 and not word.is_system else "")
    yield _field(value, 52, 52, "AVL")
    yield _field(value, 51, 48, "limit 19..16", f"its last byte is at offset {word.limit:x}")
    yield from _rights(word)
    yield _field(value, 39, 16, "base 23..0")
    yield _field(value, 15, 0, "limit 15..0")


def _default_bits(word: Segment) -> int:
    return 32 if word.value >> 54 & 1 else 16


def _rights(word: Segment | Gate) -> Iterator[BitField]:
    yield _field(word.value, 47, 47, "P", "present" if word.is_present else "not present")
    yield _field(word.value, 46, 45, "DPL", f"privilege level {word.dpl}")
    yield _field(word.value, 44, 44, "S", "of the system" if word.is_system else "code or data")
    yield _field(word.value, 43, 40, "type", _type_words(word))


def _type_words(word: Segment | Gate) -> str:
    if word.is_system:
        return f"{word.kind}{', busy' if isinstance(word, Segment) and word.is_busy else ''}"
    bits = ("code", "conforming", "readable", "accessed") if word.type & 8 else ("data", "down", "writable", "accessed")
    named = [name for name, bit in zip(bits[1:], (4, 2, 1), strict=True) if word.type & bit]
    return ", ".join([bits[0], *named])


def _gate(word: Gate) -> Iterator[BitField]:
    value = word.value
    if word.size > 8:
        yield _field(value, 127, 96, "reserved")
        yield _field(value, 95, 64, "offset 63..32")
    yield _field(value, 63, 48, "offset 31..16", f"leads to {word.selector.value:x}:{word.offset:x}")
    yield from _rights(word)
    yield _field(value, 39, 37, "zero")
    count = "parameters" if word.kind == "call gate" else "IST" if word.bits == 64 else "reserved"
    yield _field(value, 36, 32, count)
    yield _field(value, 31, 16, "selector")
    yield _field(value, 15, 0, "offset 15..0")


# -- entries of page tables --


def _entry(word: PageEntry) -> Iterator[BitField]:
    value, top = word.value, 8 * word.level.size - 1
    if not word.is_present:
        yield _field(value, top, 1, "ignored", "whatever the system keeps here")
        yield _field(value, 0, 0, "P", "not present: any access is a page fault")
        return
    if top == 63:
        yield _field(value, 63, 63, "NX", "no code is run from here" if value >> 63 else "")
        yield _field(value, 62, 52, "ignored")
    yield from _address(word)
    yield from _lowest_bits(word)


def _address(word: PageEntry) -> Iterator[BitField]:
    value, shift = word.value, word.level.shift if word.is_page else 12
    top = 51 if word.level.size == 8 else 31
    what = f"{format_size(1 << shift)} of memory" if word.is_page else "the next table"
    yield _field(value, top, shift, f"address {top}..{shift}", f"{what} at {word.address:x}")
    if shift > 12 and word.level.size == 4:  # a page of 4 MiB may lie above 4 GiB
        yield _field(value, 21, 21, "reserved")
        yield _field(value, 20, 13, "address 39..32")
    elif shift > 12:
        yield _field(value, shift - 1, 13, "reserved")
    if shift > 12:
        yield _field(value, 12, 12, "PAT")


def _lowest_bits(word: PageEntry) -> Iterator[BitField]:
    value, is_page = word.value, word.is_page
    yield _field(value, 11, 9, "ignored")
    yield _field(value, 8, 8, "G" if is_page else "ignored", "stays in the TLB" if is_page and value >> 8 & 1 else "")
    size = "a page, not a table" if is_page else "a table"
    yield _field(value, 7, 7, "PAT" if word.level.entry == "PTE" else "PS", "" if word.level.entry == "PTE" else size)
    dirty = ("written to" if value >> 6 & 1 else "never written to") if is_page else ""
    yield _field(value, 6, 6, "D" if is_page else "ignored", dirty)
    yield _field(value, 5, 5, "A", "used" if value >> 5 & 1 else "never used")
    yield _field(value, 4, 4, "PCD", "not cached" if value >> 4 & 1 else "")
    yield _field(value, 3, 3, "PWT", "write-through" if value >> 3 & 1 else "")
    if word.has_rights:
        yield _field(value, 2, 2, "U/S", "for all" if value >> 2 & 1 else "for the kernel alone")
        yield _field(value, 1, 1, "R/W", "may be written" if value >> 1 & 1 else "read-only")
    else:
        yield _field(value, 2, 1, "reserved")
    yield _field(value, 0, 0, "P", "present")
