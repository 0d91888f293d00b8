"""Summarise page tables: which runs of linear addresses lead to which runs of physical ones, with which rights.

    00000000-003fffff -> 00000000-003fffff   4 MiB     kernel, read and write
    08048000-0804bfff -> 00123000-00126fff   4 x 4 KiB user, read only

- Pages that follow each other on both sides, with the same rights and size, are one run.
- Tables may point at themselves, as some kernels mean it, or at each other by mistake: every way through them is
  walked, until `MOST_TABLES` of them were read or `most` runs were found; then ``is_complete`` is false.

Source: Intel SDM volume 3, sections 4.3 to 4.6.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from allocator.machine.page_entries import NO_EXECUTE, PRESENT, USER, WRITABLE, Level, PageEntry, Paging, decode_entry
from allocator.machine.paging import Read
from allocator.machine.system_registers import SystemRegisters

MOST_TABLES = 2100
"""Twice what maps 4 GiB in pages of 4 KiB."""
MOST_RANGES = 1 << 12
_ALL = USER | WRITABLE


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


class _Survey:
    """One walk through all tables, and what it has found of oddities."""

    def __init__(self, paging: Paging, read: Read) -> None:
        self.paging = paging
        self.read = read
        self.tables: dict[int, None] = {}
        self.count = 0
        self.problems: dict[str, None] = {paging.problem: None} if paging.problem else {}

    def pages(self, table: int, depth: int, start: int, rights: int) -> Iterator[PageRange]:
        """Yield every page below a table, in order; `rights` are those that the entries above leave."""
        level = self.paging.levels[depth]
        self.count += 1
        self.tables[table] = None
        for number, value in enumerate(self._entries(table, level)):
            if not value & PRESENT:
                continue
            if self.count > MOST_TABLES:
                return
            entry = decode_entry(value, level, self.paging)
            address = _canonical(start | number << level.shift, self.paging)
            if entry.reserved:
                self._note(f"the {level.entry} for {address:#x} has reserved bits set: {entry.reserved:#x}")
                continue
            left = rights & (value ^ NO_EXECUTE) if entry.has_rights else rights
            if entry.is_page:
                yield _page(entry, address, left, self.paging)
            else:
                yield from self.pages(entry.address, depth + 1, start | number << level.shift, left)

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
    for page in survey.pages(paging.root, 0, 0, _ALL | NO_EXECUTE):
        if ranges and _continues(ranges[-1], page):
            ranges[-1] = ranges[-1]._replace(end=page.end)
        elif len(ranges) == most:
            return PageTables(paging, tuple(ranges), tuple(survey.tables), False, tuple(survey.problems))
        else:
            ranges.append(page)
    is_complete = survey.count <= MOST_TABLES
    return PageTables(paging, tuple(ranges), tuple(survey.tables), is_complete, tuple(survey.problems))


def _page(entry: PageEntry, address: int, left: int, paging: Paging) -> PageRange:
    size = 1 << entry.level.shift
    is_executable = bool(left & NO_EXECUTE) or not paging.has_no_execute
    flags = tuple(name for name in entry.flags if name in ("G", "PWT", "PCD"))
    return PageRange(
        address, address + size, entry.address, size, bool(left & USER), bool(left & WRITABLE), is_executable, flags
    )


def _continues(run: PageRange, page: PageRange) -> bool:
    is_next = run.end == page.start and run.physical + (run.end - run.start) == page.physical
    return is_next and run[3:] == page[3:]


def _canonical(address: int, paging: Paging) -> int:
    is_upper = paging.levels[0].shift == 39 and address >> 47
    return address | 0xFFFF << 48 if is_upper else address
