"""Find accesses to memory among millions: those that touch some bytes, in a range of rows.

Rows are searched in growing pieces from the end where the answer is expected, so that a near answer is fast and
a far one needs no index.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, overload

import numpy as np
import numpy.typing as npt

from allocator.addresses import Range
from allocator.trace.arrays import CHUNK, arrays_of, physical_of, sizes_of, spans, spans_back
from allocator.trace.row_starts import RowStarts
from allocator.trace.schema import LONG, MMU
from allocator.trace.step import Access

if TYPE_CHECKING:
    from allocator.trace.trace import Trace

Rows = npt.NDArray[np.int64]
_LONGEST_SHORT = 8


class Accesses(Sequence[Access]):
    """Accesses of one trace, in order: ``trace.writes("page_map[31]")``.

    Compared with a number it is how many there are: ``trace.reads(page_map) == 5``. `steps` has the number of
    the step of each.
    """

    def __init__(self, trace: Trace, rows: Rows) -> None:
        self._trace = trace
        self.rows = rows

    @cached_property
    def steps(self) -> Rows:
        """The step that made each access."""
        return steps_of(self._trace, self.rows)

    def __len__(self) -> int:
        return len(self.rows)

    @overload
    def __getitem__(self, index: int) -> Access: ...
    @overload
    def __getitem__(self, index: slice) -> Accesses: ...
    def __getitem__(self, index: int | slice) -> Access | Accesses:
        if isinstance(index, slice):
            return Accesses(self._trace, self.rows[index])
        return self._trace.access_at(int(self.rows[index]))

    def __eq__(self, other: object) -> bool:
        if isinstance(other, int):
            return len(self) == other
        if isinstance(other, Accesses):
            return self._trace is other._trace and np.array_equal(self.rows, other.rows)
        return NotImplemented

    __hash__ = None  # type: ignore[assignment]  # equal to a number, so no key

    def __repr__(self) -> str:
        return f"<{len(self):,} accesses>"


class AccessSearch:
    """Searches the table of accesses of one trace, by linear addresses or by physical ones."""

    def __init__(self, trace: Trace, is_physical: bool = False) -> None:
        self._trace = trace
        self.arrays = arrays_of(trace.columns)
        if is_physical:
            self.arrays = self.arrays._replace(address=physical_of(trace.columns))

    def rows(self, where: Range, kind: int | None = None, begin: int = 0, end: int | None = None) -> Rows:
        """Return all rows from `begin` to `end` that touch a byte of `where`."""
        end = len(self.arrays.address) if end is None else end
        pieces = [self._in_piece(where, kind, first, last) for first, last in _even(begin, end)]
        return np.concatenate(pieces) if pieces else np.empty(0, np.int64)

    def last(self, where: Range, kind: int | None, end: int) -> int | None:
        """Return the last such row below `end`."""
        for first, last in spans_back(0, end):
            rows = self._in_piece(where, kind, first, last)
            if len(rows):
                return int(rows[-1])
        return None

    def first(self, where: Range, kind: int | None, begin: int) -> int | None:
        """Return the first such row from `begin` on."""
        for first, last in spans(begin, len(self.arrays.address)):
            rows = self._in_piece(where, kind, first, last)
            if len(rows):
                return int(rows[0])
        return None

    def back(self, where: Range, end: int) -> Iterator[Rows]:
        """Yield the rows below `end`, last ones first, each piece in ascending order."""
        for first, last in spans_back(0, end):
            yield self._in_piece(where, None, first, last)

    def onward(self, where: Range, begin: int) -> Iterator[Rows]:
        """Yield the rows from `begin` on, piece by piece."""
        for first, last in spans(begin, len(self.arrays.address)):
            yield self._in_piece(where, None, first, last)

    def _in_piece(self, where: Range, kind: int | None, begin: int, end: int) -> Rows:
        address = self.arrays.address[begin:end]
        lowest = np.uint64(max(0, where.start - _LONGEST_SHORT + 1))
        rows = np.flatnonzero((address >= lowest) & (address <= np.uint64(where.end - 1))) + begin
        long = self._long_rows
        long = long[(long >= begin) & (long < end)]
        rows = np.union1d(rows, long) if len(long) else rows
        rows = rows[self._touching(rows, where)]
        return rows if kind is None else rows[self.arrays.kind[rows] == kind]

    def _touching(self, rows: Rows, where: Range) -> npt.NDArray[np.bool_]:
        lowest = self.arrays.address[rows]
        highest = lowest + (sizes_of(self._trace.columns, self.arrays, rows) - np.uint64(1))
        found: npt.NDArray[np.bool_] = (highest >= np.uint64(where.start)) & (lowest <= np.uint64(where.end - 1))
        return found

    @cached_property
    def _long_rows(self) -> Rows:
        return np.flatnonzero(self.arrays.size == LONG)


def find_accesses(trace: Trace, where: Range, kind: int | None) -> Accesses:
    """Return all accesses to the bytes that `where` led to at any time, by whatever address."""
    found = [trace.physical_search.rows(place, kind) for place in trace.frames.ever(where)]
    return Accesses(trace, found[0] if len(found) == 1 else np.unique(np.concatenate(found)))


def last_access(trace: Trace, where: Range, kind: int, moment: int) -> int | None:
    """Return the last step before `moment` that made an access to the bytes that `where` led to then.

    What the page walk sets in page tables by itself is no access of a step.
    """
    end = trace.access_rows[moment]
    rows = [_last_of_step(trace, place, kind, end) for place in trace.frames.physical(where, moment)]
    found = max((row for row in rows if row is not None), default=None)
    return None if found is None else trace.step_of_access(found)


def _last_of_step(trace: Trace, place: Range, kind: int, end: int) -> int | None:
    row = trace.physical_search.last(place, kind, end)
    while row is not None and trace.columns.makers.get(row) == MMU:
        row = trace.physical_search.last(place, kind, row)
    return row


def first_access(trace: Trace, where: Range, kind: int, moment: int) -> int | None:
    """Return the first step from `moment` on that made an access to the bytes that `where` led to since then."""
    begin = trace.access_rows[moment]
    rows = [_first_of_step(trace, place, kind, begin) for place in trace.frames.ever(where, moment)]
    found = min((row for row in rows if row is not None), default=None)
    return None if found is None else trace.step_of_access(found)


def _first_of_step(trace: Trace, place: Range, kind: int, begin: int) -> int | None:
    row = trace.physical_search.first(place, kind, begin)
    while row is not None and trace.columns.makers.get(row) == MMU:
        row = trace.physical_search.first(place, kind, row + 1)
    return row


def steps_of(trace: Trace, rows: Rows) -> Rows:
    """Return the step that made each of these accesses, which are in ascending order."""
    return _steps_of(trace.access_rows, arrays_of(trace.columns).accesses, rows)


def steps_of_changes(trace: Trace, rows: Rows) -> Rows:
    """Return the step that made each of these changes of registers, which are in ascending order."""
    return _steps_of(trace.change_rows, arrays_of(trace.columns).changes, rows)


def _steps_of(starts: RowStarts, counts: npt.NDArray[np.uint8] | npt.NDArray[np.uint16], rows: Rows) -> Rows:
    if len(rows) < 64:
        return np.array([starts.step_of(int(row)) for row in rows], np.int64)
    found, row = np.empty(len(rows), np.int64), 0
    done = 0
    for begin, end in _even(0, len(counts)):
        ends = row + np.cumsum(counts[begin:end], dtype=np.int64)
        row = int(ends[-1])
        upto = int(np.searchsorted(rows, row))
        found[done:upto] = begin + np.searchsorted(ends, rows[done:upto], side="right")
        done = upto
    return found


def _even(begin: int, end: int) -> Iterator[tuple[int, int]]:
    return ((first, min(end, first + CHUNK)) for first in range(begin, end, CHUNK))
