"""Follow how a machine translates addresses while it is recorded: whether linear ones are physical, or where they lead.

The engine reports accesses by their physical addresses, and a trace names them by their linear ones. As long as paging
is off, or the page tables map every address to itself, both are the same and nothing has to be done. That is found
out when the control registers change or a table is written, by looking at all entries there are.

Not modelled: translations that the processor still knows after their tables changed, where they would hide that an
address is no longer mapped to itself.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from allocator.addresses import PAGE_TABLES, Range
from allocator.machine.machine import Machine
from allocator.machine.page_entries import PAE, PRESENT, Paging, decode_entry
from allocator.machine.paging import Access, walk
from allocator.trace.linear import Moment, find_linear
from allocator.trace.schema import READ
from allocator.units import FRAME_SIZE

_MOST_TABLES = 1 << 14
_NOTHING = Range(0, 0)
_CANONICAL = 1 << 47
_ANYBODY = Access(has_ac=True)


def are_tables_of_program(paging: Paging) -> bool:
    """Tell whether addresses are translated by tables that a program laid; those of the sandbox have all bits set."""
    return bool(paging.levels) and paging.root != PAGE_TABLES.start


class Stretch(NamedTuple):
    """Some bytes of an access that lie together, both linearly and physically."""

    address: int
    physical: int
    size: int

    def is_before_page(self, other: Stretch) -> bool:
        """Tell whether `other` goes on where this one ends, and in another page."""
        return self.address + self.size == other.address and other.address % FRAME_SIZE == 0


class Translation:
    """The translation of one machine, as it is; `renew` it when it may have changed."""

    def __init__(self, machine: Machine) -> None:
        self._machine = machine
        self.paging = Paging("none", 0)
        """How addresses are translated."""
        self._frames: dict[int, int | None] = {}
        self._pages: dict[int, int] = {}  # frame -> page under which it was seen last
        self.tables = _NOTHING
        """The physical addresses between which all page tables lie."""
        self.identity_end: int | None = None
        """The lowest page that is mapped elsewhere than to itself; None where there is none."""

    @property
    def is_identity(self) -> bool:
        """Whether every address leads to itself, as far as it leads anywhere."""
        return self.identity_end is None

    def renew(self) -> None:
        """Look at the control registers and the page tables anew."""
        self.paging = Paging.of(self._machine.system_state().registers)
        self._frames = {}
        self.identity_end, self.tables = self._survey() if self.paging.levels else (None, _NOTHING)

    def is_table(self, physical: int, size: int) -> bool:
        """Tell whether a store there can change the translation."""
        return physical < self.tables.end and self.tables.start < physical + size

    def physical(self, address: int) -> int | None:
        """Return the physical address of a linear one, or None where there is none."""
        page = address // FRAME_SIZE
        if page not in self._frames:
            found = walk(self.paging, page * FRAME_SIZE, self._read, _ANYBODY).physical
            self._frames[page] = None if found is None else found // FRAME_SIZE
        frame = self._frames[page]
        return None if frame is None else frame * FRAME_SIZE + address % FRAME_SIZE

    def fetch(self, address: int, size: int) -> bytes:
        """Return as many of `size` bytes of code as there are at a linear address."""
        look = self._machine.peek_code if self.is_identity else self._machine.read_linear
        return look(address, size)

    def locate(  # noqa: PLR0917 -- what a hook knows of an access
        self, moment: Moment, kind: int, physical: int, size: int, ordinal: int, is_round: bool
    ) -> list[Stretch]:
        """Return where an access lies that begins at `physical`: one stretch, or one in each page that it touches.

        A read that is one round of many (`is_round`) stays whole: all of them will be one.
        """
        address = find_linear(moment, kind, physical, ordinal, self._leads_to)
        if address is None:
            page = self._pages.get(physical // FRAME_SIZE, physical // FRAME_SIZE)
            address = page * FRAME_SIZE + physical % FRAME_SIZE
        self._pages[physical // FRAME_SIZE] = address // FRAME_SIZE
        first = min(size, FRAME_SIZE - address % FRAME_SIZE)
        rest = list(self._stretches(address + first, size - first)) if first < size else []
        is_whole = sum(stretch.size for stretch in rest) == size - first
        if (is_round and kind == READ) or not is_whole or _follows(rest, physical + first):
            return [Stretch(address, physical, size)]
        return [Stretch(address, physical, first), *rest]

    def is_refused(self, kind: str, parts: Sequence[Stretch], selector: int) -> bool:
        """Tell whether an access fails in its second page, which the engine finds after it told of it.

        ``parts`` are all its stretches, and CS holds `selector`.
        """
        last = parts[-1]
        is_across = len(parts) > 1 or last.address % FRAME_SIZE + last.size > FRAME_SIZE
        if not is_across or not are_tables_of_program(self.paging):
            return False
        access = Access(kind, is_user=selector & 3 == 3)
        return self._machine.translate(last.address + last.size - 1, access).physical is None

    def _leads_to(self, address: int, physical: int) -> bool:
        return self.physical(address) == physical

    def _stretches(self, address: int, size: int) -> Iterator[Stretch]:
        while size:
            physical = self.physical(address)
            if physical is None:
                return
            length = min(size, FRAME_SIZE - address % FRAME_SIZE)
            yield Stretch(address, physical, length)
            address, size = address + length, size - length

    # -- whether every address is mapped to itself --

    def _survey(self) -> tuple[int | None, Range]:
        waiting = [(self.paging.root, 0, 0)]
        seen: set[int] = set()
        others: list[int] = []
        while waiting and len(seen) < _MOST_TABLES:
            table, depth, base = waiting.pop()
            seen.add(table)
            other, below = _survey_table(self._read(table, self._table_size(depth)), self.paging, depth, base)
            others += [] if other is None else [other]
            waiting += [(child, depth + 1, start) for child, start in below]
        others += [0] if waiting else []  # too many to look at
        return min(others, default=None), Range(min(seen), max(seen) + FRAME_SIZE)

    def _table_size(self, depth: int) -> int:
        level = self.paging.levels[depth]
        return level.size << level.bits

    def _read(self, address: int, size: int) -> bytes:
        return self._machine.peek(address, size) or b""


def _follows(rest: list[Stretch], physical: int) -> bool:
    return not rest or rest[0].physical == physical


@lru_cache(maxsize=4096)
def _survey_table(data: bytes, paging: Paging, depth: int, base: int) -> tuple[int | None, tuple[tuple[int, int], ...]]:
    """Return the first page of a table that is mapped elsewhere, and the tables below it with what they map."""
    level = paging.levels[depth]
    below: list[tuple[int, int]] = []
    usual = -1
    for number, value in enumerate(_entries(data, level.size)):
        start = base + (number << level.shift)
        if value & PRESENT and value - start != usual:
            entry = decode_entry(value, level, paging)
            if start >= _CANONICAL and paging.mode != PAE and level.size == 8:
                return start, tuple(below)  # the upper half
            if entry.is_page and entry.address != start:
                return start, tuple(below)
            if not entry.is_page:
                below.append((entry.address, start))
            elif value - start < 1 << level.shift:
                usual = value - start  # others with these bits, too, are pages mapped to themselves
    return None, tuple(below)


def _entries(data: bytes, size: int) -> tuple[int, ...]:
    count = len(data) // size
    return struct.unpack_from(f"<{count}{'Q' if size == 8 else 'I'}", data)
