"""Put the accesses that the machine itself made into the columns, around those of the instruction of their step.

They are few and come from Python, so they are kept apart while the native hooks write millions of others.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import numpy.typing as npt

from allocator.trace.recorded_access import OwnAccesses
from allocator.trace.schema import ACCESS_COLUMNS, LONG, LongValue

Arrays = dict[str, npt.NDArray[Any]]


def insert_accesses(
    columns: Arrays, own: Mapping[int, OwnAccesses], long: list[LongValue], physical: dict[int, int]
) -> dict[str, dict[int, int]]:
    """Insert the accesses of each step of `own` into `columns`; return ``physical`` and ``makers`` of all rows.

    `physical` is that of the rows there are. The values in `long` are put into the order of their rows.
    """
    if not own:
        return {"physical": physical, "makers": {}}
    ends = np.cumsum(columns["accesses"], dtype=np.int64)
    accesses, places = [], []
    for step in sorted(own):
        end = int(ends[step])
        accesses += [*own[step].earlier, *own[step].later]
        places += [end - int(columns["accesses"][step])] * len(own[step].earlier) + [end] * len(own[step].later)
    rows = np.array(places, np.int64)
    for name, values in zip(ACCESS_COLUMNS, zip(*(access.row(long) for access in accesses), strict=True), strict=True):
        kind = columns[name].dtype
        columns[name] = np.insert(columns[name], rows, np.array(values, np.uint64).astype(kind))
    columns["accesses"] = columns["accesses"].copy()
    for step, made in own.items():
        columns["accesses"][step] += len(made.earlier) + len(made.later)
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
