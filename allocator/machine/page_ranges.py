"""Summarise page tables: which runs of linear addresses lead to which runs of physical ones, with which rights.

    00000000-003fffff -> 00000000-003fffff   4 MiB     kernel, read and write
    08048000-0804bfff -> 00123000-00126fff   4 x 4 KiB user, read only

- Pages that follow each other on both sides, with the same rights and size, are one run.
- Tables may point at themselves, as some kernels mean it, or at each other by mistake: every way through them is
  walked, until `MOST_ENTRIES` were looked at or `most` runs were found; then ``is_complete`` is false.

Source: Intel SDM volume 3, sections 4.3 to 4.6.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from allocator.machine.page_entries import (
    ACCESSED,
    DIRTY,
    NO_EXECUTE,
    PRESENT,
    USER,
    WRITABLE,
    Level,
    PageEntry,
    Paging,
    decode_entry,
)
from allocator.machine.paging import Read
from allocator.machine.system_registers import SystemRegisters

MOST_ENTRIES = 1 << 17
"""Entries that are looked at, a run of pages within a table counting as one."""
MOST_RANGES = 1 << 12
_ALL = USER | WRITABLE | NO_EXECUTE
_UNMARKED = ~(ACCESSED | DIRTY)


class PageRange(NamedTuple):
    """A run of pages from linear `start` to `end`; ``flags`` are G, PWT and PCD of its entries."""

    start: int
    end: int
    physical: int
    page_size: int
    is_user: bool
    is_writable: bool
    is_executable: bool
    flags: tuple[str, ...] = ()

    @property
    def pages(self) -> int:
        """How many pages it has."""
        return (self.end - self.start) // self.page_size

    @property
    def rights(self) -> str:
        """``user`` or ``kernel``, then ``r``, ``w`` and ``x``, or dashes."""
        who = "user" if self.is_user else "kernel"
        return f"{who} r{'w' if self.is_writable else '-'}{'x' if self.is_executable else '-'}"


@dataclass(frozen=True)
class PageTables:
    """Everything that page tables map: the runs in order of address, and where the tables themselves lie."""

    paging: Paging
    ranges: tuple[PageRange, ...]
    tables: tuple[int, ...]
    is_complete: bool = True
    problems: tuple[str, ...] = ()

    def _repr_html_(self) -> str:
        from allocator.views.page_tables import page_tables_html

        return page_tables_html(self)

    def __repr__(self) -> str:
        pages = sum(run.pages for run in self.ranges)
        return f"<PageTables of {self.paging.mode} paging at {self.paging.root:#x}: {pages:,} pages>"


class _Survey:
    """One walk through all tables, and what it has found of oddities."""

    def __init__(self, paging: Paging, read: Read) -> None:
        self.paging = paging
        self.read = read
        self.tables: dict[int, None] = {}
        self.count = 0
        self.problems: dict[str, None] = {paging.problem: None} if paging.problem else {}

    def pages(self, table: int, depth: int, start: int, rights: int) -> Iterator[PageRange]:
        """Yield the runs of pages below a table, in order; `rights` are those that the entries above leave."""
        level = self.paging.levels[depth]
        self.tables[table] = None
        values = self._entries(table, level)
        done = 0
        for number, value in enumerate(values):
            if not value & PRESENT or number < done:
                continue
            self.count += 1
            if self.count > MOST_ENTRIES:
                return
            entry = decode_entry(value, level, self.paging)
            below = start | number << level.shift
            left = rights & (value ^ NO_EXECUTE) if entry.has_rights else rights
            if entry.reserved:
                place = _canonical(below, self.paging)
                self._note(f"the {level.entry} for {place:#x} has reserved bits set: {entry.reserved:#x}")
            elif entry.is_page:
                done = _run_end(values, number, level)
                yield _pages(entry, _canonical(below, self.paging), done - number, left, self.paging)
            else:
                yield from self.pages(entry.address, depth + 1, below, left)

    def _entries(self, table: int, level: Level) -> tuple[int, ...]:
        size = level.size << level.bits
        data = self.read(table, size)
        if len(data) < size:
            self._note(f"the {level.structure} at {table:#x} lies outside memory, which reads as zero")
        whole = data[: len(data) // level.size * level.size]
        return struct.unpack(f"<{len(whole) // level.size}{'Q' if level.size == 8 else 'I'}", whole)

    def _note(self, problem: str) -> None:
        if len(self.problems) < 20:
            self.problems[problem] = None


def survey_page_tables(registers: SystemRegisters, read: Read, most: int = MOST_RANGES) -> PageTables:
    """Return everything that the tables map; ``read`` takes physical addresses. Without paging there is nothing."""
    paging = Paging.of(registers)
    if not paging.levels:
        return PageTables(paging, (), ())
    survey = _Survey(paging, read)
    ranges: list[PageRange] = []
    for page in survey.pages(paging.root, 0, 0, _ALL):
        if ranges and _continues(ranges[-1], page):
            ranges[-1] = ranges[-1]._replace(end=page.end)
        elif len(ranges) == most:
            return PageTables(paging, tuple(ranges), tuple(survey.tables), False, tuple(survey.problems))
        else:
            ranges.append(page)
    is_complete = survey.count <= MOST_ENTRIES
    return PageTables(paging, tuple(ranges), tuple(survey.tables), is_complete, tuple(survey.problems))


def _run_end(values: tuple[int, ...], number: int, level: Level) -> int:
    """Return where the run of entries ends that differ by one page each, whatever was accessed or written."""
    expected = values[number] & _UNMARKED
    while number < len(values) and values[number] & _UNMARKED == expected:
        number += 1
        expected += 1 << level.shift
    return number


def _pages(entry: PageEntry, address: int, count: int, left: int, paging: Paging) -> PageRange:
    size = 1 << entry.level.shift
    is_executable = bool(left & NO_EXECUTE) or not paging.has_no_execute
    flags = tuple(name for name in entry.flags if name in ("G", "PWT", "PCD"))
    return PageRange(
        start=address,
        end=address + count * size,
        physical=entry.address,
        page_size=size,
        is_user=bool(left & USER),
        is_writable=bool(left & WRITABLE),
        is_executable=is_executable,
        flags=flags,
    )


def _continues(run: PageRange, page: PageRange) -> bool:
    is_next = run.end == page.start and run.physical + (run.end - run.start) == page.physical
    return is_next and run[3:] == page[3:]


def _canonical(address: int, paging: Paging) -> int:
    is_upper = paging.levels[0].shift == 39 and address >> 47
    return address | 0xFFFF << 48 if is_upper else address
