"""Put accesses that were gathered apart into the columns, among those of their steps.

They are few and come from Python: what the machine itself did, and what repeated string instructions did. So they are
kept apart while the native hooks write millions of others.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from allocator.trace.recorded_access import RecordedAccess, checked_count
from allocator.trace.schema import ACCESS_COLUMNS, PROGRAM, LongValue

Arrays = dict[str, npt.NDArray[Any]]


class Insertion(NamedTuple):
    """What goes before and behind the accesses that a step has in the columns."""

    earlier: list[RecordedAccess]
    later: list[RecordedAccess]


def insert_accesses(
    columns: Arrays, inserted: Mapping[int, Insertion], long: list[LongValue], physical: dict[int, int]
) -> dict[str, dict[int, int]]:
    """Insert the accesses of each step of `inserted` into `columns`; return ``physical`` and ``makers`` of all rows.

    `physical` is that of the rows there are, none of which is long. Long values are appended to `long`.
    """
    if not inserted:
        return {"physical": physical, "makers": {}}
    ends = np.cumsum(columns["accesses"], dtype=np.int64)
    columns["accesses"] = columns["accesses"].copy()
    accesses, places = [], []
    for step in sorted(inserted):
        end, count = int(ends[step]), int(columns["accesses"][step])
        earlier, later = inserted[step]
        accesses += [*earlier, *later]
        places += [end - count] * len(earlier) + [end] * len(later)
        columns["accesses"][step] = checked_count(count + len(earlier) + len(later))
    rows = np.array(places, np.int64)
    _insert_rows(columns, rows, [access.row(long) for access in accesses])
    shifts = np.searchsorted(rows, list(physical), side="right").tolist()
    moved = {row + shift: address for (row, address), shift in zip(physical.items(), shifts, strict=True)}
    return _rare(moved, (rows + np.arange(len(rows))).tolist(), accesses)


def _insert_rows(columns: Arrays, rows: npt.NDArray[np.int64], made: list[tuple[int, ...]]) -> None:
    if made:
        for name, values in zip(ACCESS_COLUMNS, zip(*made, strict=True), strict=True):
            column = columns[name]
            columns[name] = np.insert(column, rows, np.array(values, np.uint64).astype(column.dtype))


def _rare(physical: dict[int, int], rows: list[int], accesses: list[RecordedAccess]) -> dict[str, dict[int, int]]:
    makers: dict[int, int] = {}
    for row, access in zip(rows, accesses, strict=True):
        if access.maker != PROGRAM:
            makers[row] = access.maker
        if access.physical != access.address:
            physical[row] = access.physical
    return {"physical": physical, "makers": makers}
