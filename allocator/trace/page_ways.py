"""Find out, for each page of a trace whose accesses lay elsewhere, where it led from which access on.

The tables that count are told by CR3 and by CR0.PG, which are registers of the trace; where a page led is told by the
accesses that have a physical address. What the page walk wrote is named by its physical address and tells nothing.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import numpy.typing as npt

from allocator.registers import FULL
from allocator.trace.accesses import steps_of_changes
from allocator.trace.arrays import CHUNK, sizes_of
from allocator.trace.schema import MMU
from allocator.units import FRAME_SIZE

if TYPE_CHECKING:
    from allocator.trace.trace import Trace

Numbers = npt.NDArray[np.int64]
UNPAGED = -1
"""Instead of CR3, while paging is off."""
_PAGING = 1 << 31


class PageHistory(NamedTuple):
    """Where one page led: from access `rows` on, ``ways`` away from itself, while CR3 was ``roots``."""

    rows: Numbers
    roots: Numbers
    ways: Numbers


class Roots:
    """Which page tables counted when: their CR3, or `UNPAGED`."""

    def __init__(self, trace: Trace) -> None:
        self._steps, self._roots = [0], [_root(trace.start.cr0, trace.start.cr3)]
        cr0, cr3 = FULL.index("cr0"), FULL.index("cr3")
        now = {cr0: trace.start.cr0, cr3: trace.start.cr3}
        rows = np.flatnonzero((trace.arrays.register == cr0) | (trace.arrays.register == cr3))
        registers, values = trace.arrays.register[rows].tolist(), trace.arrays.value[rows].tolist()
        for step, register, value in zip(steps_of_changes(trace, rows).tolist(), registers, values, strict=True):
            now[register] = value
            self._steps.append(step + 1)
            self._roots.append(_root(now[cr0], now[cr3]))
        self._rows = np.array([trace.access_rows[step] for step in self._steps], np.int64)

    def at(self, step: int) -> int:
        """Return the root before `step`."""
        return self._roots[bisect_right(self._steps, step) - 1]

    def of_rows(self, rows: Numbers) -> Numbers:
        """Return the root of each of these accesses."""
        found: Numbers = np.array(self._roots, np.int64)[np.searchsorted(self._rows, rows, side="right") - 1]
        return found


def _root(cr0: int, cr3: int) -> int:
    # A physical address has 52 bits, so the upper ones are no part of it; as the numbers of NumPy it has a sign.
    return cr3 & (1 << 63) - 1 if cr0 & _PAGING else UNPAGED


def page_histories(trace: Trace, roots: Roots) -> dict[int, PageHistory]:
    """Return the history of each page, by its number, of which some access has another physical address."""
    rows, pages = _touched(trace)
    order = np.lexsort((rows, pages))
    rows, pages = rows[order], pages[order]
    ways = (trace.physical_search.arrays.address[rows] - trace.arrays.address[rows]).view(np.int64)
    columns = (pages, ways, roots.of_rows(rows))
    is_new = np.zeros(len(rows), np.bool_)
    for column in columns:
        is_new[1:] |= column[1:] != column[:-1]
    is_new[:1] = True
    pages, ways, by_root = (column[is_new] for column in columns)
    found = PageHistory(rows[is_new], by_root, ways)
    starts = np.flatnonzero(np.diff(pages, prepend=-1)).tolist()
    return {
        int(pages[start]): PageHistory(*(column[start:end] for column in found))
        for start, end in zip(starts, [*starts[1:], len(pages)], strict=True)
    }


def _touched(trace: Trace) -> tuple[Numbers, Numbers]:
    """Return the rows that touch a page which some access found elsewhere, and the numbers of these pages."""
    odd = np.unique(np.concatenate([pages for _, pages in _by_pages(trace, np.array(sorted(trace.columns.physical)))]))
    rows, pages = [np.empty(0, np.int64)], [np.empty(0, np.int64)]
    by_mmu = [row for row, maker in trace.columns.makers.items() if maker == MMU]
    for begin in range(0, len(trace.arrays.address), CHUNK):
        for some, touched in _by_pages(trace, np.arange(begin, min(begin + CHUNK, len(trace.arrays.address)))):
            is_odd = odd[np.minimum(np.searchsorted(odd, touched), len(odd) - 1)] == touched
            is_odd[np.isin(some, by_mmu)] = False
            rows.append(some[is_odd])
            pages.append(touched[is_odd])
    return np.concatenate(rows), np.concatenate(pages)


def _by_pages(trace: Trace, rows: Numbers) -> Iterator[tuple[Numbers, Numbers]]:
    """Yield rows with the page that they begin in, then those that go on into the next, and so forth."""
    address = trace.arrays.address[rows]
    pages = (address // FRAME_SIZE).view(np.int64)
    last = ((address + sizes_of(trace.columns, trace.arrays, rows) - np.uint64(1)) // FRAME_SIZE).view(np.int64)
    while len(rows):
        yield rows, pages
        goes_on = pages < last
        rows, pages, last = rows[goes_on], pages[goes_on] + 1, last[goes_on]
