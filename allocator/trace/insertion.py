"""Put accesses that were gathered apart into the columns, among those of their steps.

They are few and come from Python: what the machine itself did, and what repeated string instructions did. So they are
kept apart while millions of others are recorded.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from allocator.trace.arrays import arrays_of
from allocator.trace.recorded_access import RecordedAccess, checked_count
from allocator.trace.schema import ACCESS_COLUMNS, PROGRAM, Columns, LongValue

Arrays = dict[str, npt.NDArray[Any]]


class Insertion(NamedTuple):
    """What goes before and behind the accesses that a step has in the columns."""

    earlier: list[RecordedAccess]
    later: list[RecordedAccess]


def with_accesses(columns: Columns, inserted: Mapping[int, Insertion]) -> Columns:
    """Return the columns with the accesses of each step of `inserted` among those of the step."""
    if not inserted:
        return columns
    arrays: Arrays = arrays_of(columns)._asdict()
    long = list(columns.long)
    rare = insert_accesses(arrays, inserted, long, columns.physical, columns.makers)
    fields: dict[str, Any] = {**arrays, **rare}
    return replace(columns, **fields, long=long)


def insert_accesses(
    columns: Arrays,
    inserted: Mapping[int, Insertion],
    long: list[LongValue],
    physical: dict[int, int],
    makers: dict[int, int],
) -> dict[str, dict[int, int]]:
    """Insert the accesses of each step of `inserted` into `columns`; return ``physical`` and ``makers`` of all rows.

    `physical` and `makers` are those of the rows there are. Long values are appended to `long`.
    """
    if not inserted:
        return {"physical": physical, "makers": makers}
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
    new = dict(zip((rows + np.arange(len(rows))).tolist(), accesses, strict=True))
    return {
        "physical": _moved(physical, rows)
        | {row: access.physical for row, access in new.items() if access.physical != access.address},
        "makers": _moved(makers, rows) | {row: access.maker for row, access in new.items() if access.maker != PROGRAM},
    }


def _insert_rows(columns: Arrays, rows: npt.NDArray[np.int64], made: list[tuple[int, ...]]) -> None:
    if made:
        for name, values in zip(ACCESS_COLUMNS, zip(*made, strict=True), strict=True):
            column = columns[name]
            columns[name] = np.insert(column, rows, np.array(values, np.uint64).astype(column.dtype))


def _moved(rare: dict[int, int], rows: npt.NDArray[np.int64]) -> dict[int, int]:
    """Return what is kept of some rows, after others were inserted before `rows`."""
    shifts = np.searchsorted(rows, np.fromiter(rare, np.int64, len(rare)), side="right").tolist()
    return {row + shift: value for (row, value), shift in zip(rare.items(), shifts, strict=True)}
