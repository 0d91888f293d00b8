"""Show what page tables map, as text and as HTML: runs of pages with their rights, and two processes side by side.

linear             physical           size               rights       and
00000000-003fffff  00000000-003fffff  4 MiB x 1          kernel rwx   G
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from itertools import pairwise

from allocator.machine.page_ranges import PageRange, PageTables
from allocator.units import format_size
from allocator.views.html_style import fragment, row, table, text
from allocator.views.ink import PLAIN, Ink
from allocator.views.text_table import text_table

Row = tuple[str, ...]
HEAD = ("linear", "physical", "pages", "rights", "and")
NOTHING = "not mapped"


def page_tables_text(tables: PageTables, ink: Ink = PLAIN, width: int | None = None) -> str:
    """Return a heading, a line for each run, and what is odd."""
    parts = [ink.paint(tables_title(tables), "heading")]
    if tables.ranges:
        parts.append(text_table(HEAD, [_row(run, tables) for run in tables.ranges], ink, width))
    parts += [ink.paint(f"! {note}", "error") for note in tables_notes(tables)]
    return "\n".join(parts)


def page_tables_html(tables: PageTables) -> str:
    """Return a table with a row for each run."""
    rows = (row(*map(text, _row(run, tables))) for run in tables.ranges)
    return fragment(
        table(tables_title(tables), HEAD, rows), *(f"<p>{text(note, 'fault')}</p>" for note in tables_notes(tables))
    )


def two_page_tables_text(first: PageTables, second: PageTables, names: tuple[str, str], ink: Ink = PLAIN) -> str:
    """Return where the same addresses lead in two processes, with a mark where it differs."""
    return text_table(_beside_head(names), list(_beside_rows(first, second)), ink)


def two_page_tables_html(first: PageTables, second: PageTables, names: tuple[str, str]) -> str:
    """Return where the same addresses lead in two processes, as a table; what differs stands out."""
    rows = (row(text(linear), *(text(cell, "changed" if mark else "") for cell in cells), text(mark))
            for linear, *cells, mark in _beside_rows(first, second))  # fmt: skip
    return fragment(table(f"{names[0]} and {names[1]}", _beside_head(names), rows))


def tables_title(tables: PageTables) -> str:
    """Return the mode, where the tables begin, and how many there are."""
    if not tables.paging.levels:
        return f"paging: {tables.paging.mode}"
    count = len(tables.tables)
    return f"{tables.paging.mode} paging, CR3 {tables.paging.root:x}, {count:,} table{'s' * (count != 1)}"


def tables_notes(tables: PageTables) -> list[str]:
    """Return what is odd, and whether anything is left out."""
    return [
        *tables.problems,
        *([] if tables.is_complete else ["there is more: the tables lead on without end, or nearly"]),
    ]


def _row(run: PageRange, tables: PageTables) -> Row:
    return (
        _span(run.start, run.end, tables),
        _span(run.physical, run.physical + run.end - run.start, tables),
        f"{run.pages:,} of {format_size(run.page_size)}",
        run.rights,
        " ".join(run.flags),
    )


def _span(start: int, end: int, tables: PageTables) -> str:
    digits = 12 if tables.paging.mode == "4-level" else 8
    return f"{start:0{digits}x}-{end - 1:0{digits}x}"


def _beside_head(names: tuple[str, str]) -> Row:
    return ("linear", *names, "")


def _beside_rows(first: PageTables, second: PageTables) -> Iterator[Row]:
    """Cut at every border of either side, so that each row has one answer on each side."""
    borders = {border for tables in (first, second) for run in tables.ranges for border in (run.start, run.end)}
    for start, end in pairwise(sorted(borders)):
        cells = [_answer(tables, start, end) for tables in (first, second)]
        if cells != [NOTHING, NOTHING]:
            yield (_span(start, end, first), *cells, "" if cells[0] == cells[1] else "differs")


def _answer(tables: PageTables, start: int, end: int) -> str:
    place = bisect_right(tables.ranges, start, key=lambda each: each.start) - 1
    if place < 0 or tables.ranges[place].end <= start:
        return NOTHING
    run = tables.ranges[place]
    physical = run.physical + start - run.start
    return f"{_span(physical, physical + end - start, tables)} {run.rights}"
