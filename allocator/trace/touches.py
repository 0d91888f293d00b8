"""Find when a run touched a page of 4 KiB for the first time: by fetching code from it, by reading, by writing.

Only what the program itself did counts: firmware, and the delivery of interrupts, walk page tables on their own.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from allocator.trace.arrays import arrays_of, sizes_of
from allocator.trace.schema import LONG, READ, Columns
from allocator.units import FRAME_SIZE

_Rows = npt.NDArray[np.int64]
_Keys = npt.NDArray[np.uint64]
"""A page's number and, in the lowest bit, the kind of access."""
_SHIFT = FRAME_SIZE.bit_length() - 1


FAULT = 2
"""A kind of touch, beside those of accesses: the page was asked for and refused."""


class Touch(NamedTuple):
    """A page is needed in `step`, when the accesses before `row` have been made; a fetch is a kind of READ."""

    step: int
    row: int
    kind: int
    page: int


class Touches:
    """The touches of one recording, or of one part of it."""

    def __init__(self, columns: Columns) -> None:
        self._columns = columns
        self._arrays = arrays_of(columns)
        self._ends = np.cumsum(self._arrays.accesses, dtype=np.int64)
        self._first = np.empty(len(columns.places), np.int64)
        self._is_program = np.ones(len(self._arrays.kind), np.bool_)
        self._is_program[np.fromiter(columns.makers, np.int64, len(columns.makers))] = False

    def row_of(self, step: int) -> int:
        """Return the first row of a step in the table of accesses."""
        return int(self._ends[step - 1]) if step else 0

    def first(self, begin: int, end: int) -> list[Touch]:
        """Return the first touches of each page in the steps from `begin` to before `end`, in their order."""
        return sorted((*self._fetches(begin, end), *self._accesses(self.row_of(begin), self.row_of(end))))

    def at(self, step: int, kind: int, page: int) -> Touch:
        """Return a touch before the accesses of `step`."""
        return Touch(step, self.row_of(step), kind, page)

    def _fetches(self, begin: int, end: int) -> Iterator[Touch]:
        numbers, steps = self._arrays.place[begin:end], np.arange(begin, end)
        self._first[numbers[::-1]] = steps[::-1]  # of several steps at one place the first one stays
        seen: set[int] = set()
        for step in steps[self._first[numbers] == steps].tolist():
            place = self._columns.places[self._arrays.place[step]]
            for page in _pages(place.address, len(place.code)):
                if page not in seen:
                    seen.add(page)
                    yield self.at(step, READ, page)

    def _accesses(self, begin: int, end: int) -> Iterator[Touch]:
        rows = np.flatnonzero(self._is_program[begin:end]) + begin
        beyond, far_keys = self._beyond(rows)
        rows, keys = _without_repetitions(rows, self._keys(rows))
        rows, keys = np.concatenate([rows, beyond]), np.concatenate([keys, far_keys])
        order = np.argsort(rows, kind="stable")
        found, positions = np.unique(keys[order], return_index=True)
        first = rows[order][positions]
        steps = np.searchsorted(self._ends, first, side="right")
        for key, row, step in zip(found.tolist(), first.tolist(), steps.tolist(), strict=True):
            yield Touch(step, row, key & 1, key >> 1)

    def _keys(self, rows: _Rows) -> _Keys:
        pages = self._arrays.address[rows] >> np.uint64(_SHIFT)
        keys: _Keys = (pages << np.uint64(1)) | self._arrays.kind[rows]
        return keys

    def _beyond(self, rows: _Rows) -> tuple[_Rows, _Keys]:
        """Return rows, and keys, of the pages behind the first one that accesses reach into."""
        address, size = self._arrays.address[rows], self._arrays.size[rows]
        may_reach = (address % np.uint64(FRAME_SIZE) + size > np.uint64(FRAME_SIZE)) | (size == LONG)
        rows = rows[may_reach]
        found: list[tuple[int, int]] = []
        for row, begin, bytes_ in zip(rows.tolist(), address[may_reach].tolist(), self._sizes(rows), strict=True):
            found += [(row, page << 1 | int(self._arrays.kind[row])) for page in _pages(begin, bytes_)[1:]]
        return np.array([row for row, _ in found], np.int64), np.array([key for _, key in found], np.uint64)

    def _sizes(self, rows: _Rows) -> list[int]:
        sizes: list[int] = sizes_of(self._columns, self._arrays, rows).tolist()
        return sizes


def _pages(address: int, size: int) -> range:
    return range(address >> _SHIFT, (address + max(size, 1) - 1 >> _SHIFT) + 1)


def _without_repetitions(rows: _Rows, keys: _Keys) -> tuple[_Rows, _Keys]:
    is_new = np.ones(len(rows), np.bool_)
    is_new[1:] = keys[1:] != keys[:-1]
    return rows[is_new], keys[is_new]
