"""Put the accesses that the machine itself made into the columns, behind those of the instruction of their step.

They are few and come from Python, so they are kept apart while the native hooks write millions of others.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from allocator.trace.recorded_access import RecordedAccess
from allocator.trace.schema import ACCESS_COLUMNS, LONG, LongValue

Arrays = dict[str, npt.NDArray[Any]]


def insert_accesses(
    columns: Arrays, own: Mapping[int, Sequence[RecordedAccess]], long: list[LongValue], physical: dict[int, int]
) -> dict[str, dict[int, int]]:
    """Insert the accesses of each step of `own` into `columns`; return ``physical`` and ``makers`` of all rows.

    `physical` is that of the rows there are. The values in `long` are put into the order of their rows.
    """
    if not own:
        return {"physical": physical, "makers": {}}
    steps = sorted(own)
    ends = np.cumsum(columns["accesses"], dtype=np.int64)[steps]
    counts = [len(own[step]) for step in steps]
    accesses = [access for step in steps for access in own[step]]
    rows = np.repeat(ends, counts)
    for name, values in zip(ACCESS_COLUMNS, zip(*(access.row(long) for access in accesses), strict=True), strict=True):
        kind = columns[name].dtype
        columns[name] = np.insert(columns[name], rows, np.array(values, np.uint64).astype(kind))
    columns["accesses"] = columns["accesses"].copy()
    columns["accesses"][steps] += np.array(counts, np.uint8)
    _number_long(columns, long)
    shifts = np.searchsorted(rows, list(physical), side="right").tolist()
    moved = {row + shift: address for (row, address), shift in zip(physical.items(), shifts, strict=True)}
    rare: dict[str, dict[int, int]] = {"physical": moved, "makers": {}}
    for row, access in zip((rows + np.arange(len(rows))).tolist(), accesses, strict=True):
        rare["makers"][row] = access.maker
        if access.physical != access.address:
            rare["physical"][row] = access.physical
    return rare


def _number_long(columns: Arrays, long: list[LongValue]) -> None:
    is_long = columns["size"] == LONG
    long[:] = [long[int(index)] for index in columns["before"][is_long]]
    columns["before"][is_long] = columns["after"][is_long] = np.arange(len(long))
