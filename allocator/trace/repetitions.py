"""Gather the accesses of repeated string instructions from columns, one slice of a run after the other.

The native hooks write a row for every round. What people want to see is that ``rep stosb`` stored so many bytes from
here to there, so rounds that go on where the one before ends become one access at once, and what the slices had is
folded when the step is complete. So memory is needed for the bytes that were touched, and not for rounds.
"""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import numpy as np
import numpy.typing as npt

from allocator.trace.folding import folded_rounds
from allocator.trace.recorded_access import RecordedAccess
from allocator.trace.schema import PROGRAM, READ, WRITE

Rows = dict[str, npt.NDArray[Any]]
"""Columns of the table of accesses, by name, ``physical`` among them."""


class Rounds:
    """What a repeated step, CMPS where it `has_two_reads`, did to memory so far."""

    def __init__(self, has_two_reads: bool) -> None:
        self._has_two_reads = has_two_reads
        self._sides: tuple[list[RecordedAccess], ...] = ([], []) if has_two_reads else ([],)
        self._turn = 0

    def take(self, rows: Rows) -> None:
        """Take in the rows of further rounds, in the order in which they happened."""
        if not self._has_two_reads:
            self._sides[0].extend(_gathered(rows))
            return
        for turn, side in enumerate(self._sides):
            side.extend(_runs({name: column[(turn + self._turn) % 2 :: 2] for name, column in rows.items()}))
        self._turn = (self._turn + len(rows["kind"])) % 2

    def accesses(self) -> list[RecordedAccess]:
        """Return all of it, folded."""
        return [each for side in self._sides for each in folded_rounds(side, has_two_reads=False)]


def _gathered(rows: Rows) -> list[RecordedAccess]:
    reads, writes = (_runs(_chosen(rows, rows["kind"] == kind)) for kind in (READ, WRITE))
    if not reads or not writes or not _meet(reads, writes) or _read_comes_first(rows, reads, writes):
        return [*reads, *writes]
    return [_row(rows, index) for index in range(len(rows["kind"]))]


def _chosen(rows: Rows, where: npt.NDArray[np.bool_]) -> Rows:
    return {name: column[where] for name, column in rows.items()}


def _meet(reads: list[RecordedAccess], writes: list[RecordedAccess]) -> bool:
    begin, end = (
        max(min(each.address for each in side) for side in (reads, writes)),
        min(max(each.address + len(each.after) for each in side) for side in (reads, writes)),
    )
    return begin < end


def _read_comes_first(rows: Rows, reads: list[RecordedAccess], writes: list[RecordedAccess]) -> bool:
    """Tell whether every byte of one string is read before the other one reaches it."""
    if len(reads) > 1 or len(writes) > 1 or len(rows["kind"]) < 4:
        return False
    goes_up = bool(rows["address"][2] > rows["address"][0])
    return (writes[0].address <= reads[0].address) if goes_up else (writes[0].address >= reads[0].address)


def _runs(rows: Rows) -> list[RecordedAccess]:
    """Return the rows of one string, those that go on where the one before ends as one."""
    count = len(rows["kind"])
    if not count:
        return []
    up, down = _continues(rows, 0, 1), _continues(rows, 1, 0)
    goes_down = int(down.sum()) > int(up.sum())
    breaks = np.flatnonzero(~(down if goes_down else up)) + 1
    bounds = [0, *breaks.tolist(), count]
    step = -1 if goes_down else 1
    return [
        _joined({name: column[first:end][::step] for name, column in rows.items()}) for first, end in pairwise(bounds)
    ]


def _continues(rows: Rows, lower: int, upper: int) -> npt.NDArray[np.bool_]:
    """Tell of each two rows in turn whether the bytes of the one lie directly below those of the other."""
    count = len(rows["kind"]) - 1
    low, high = slice(lower, lower + count), slice(upper, upper + count)
    size = rows["size"][low].astype(np.uint64)
    goes_on: npt.NDArray[np.bool_] = (rows["address"][low] + size == rows["address"][high]) & (
        rows["physical"][low] + size == rows["physical"][high]
    )
    return goes_on


def _joined(rows: Rows) -> RecordedAccess:
    before, after = (_bytes_of(rows[name], rows["size"]) for name in ("before", "after"))
    address, physical, kind = (int(rows[name][0]) for name in ("address", "physical", "kind"))
    return RecordedAccess(PROGRAM, kind, address, physical, before, after)


def _row(rows: Rows, index: int) -> RecordedAccess:
    return _joined({name: column[index : index + 1] for name, column in rows.items()})


def _bytes_of(values: npt.NDArray[np.uint64], sizes: npt.NDArray[np.uint8]) -> bytes:
    is_inside = np.arange(8) < sizes[:, None]
    return values.astype("<u8").view(np.uint8).reshape(-1, 8)[is_inside].tobytes()
