"""Give the columns of a trace as NumPy arrays, whoever recorded them; nothing is copied.

This and what it serves (queries, slices, differences) is where NumPy is needed. Looking at single steps is not.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from allocator.trace.schema import COLUMNS, LONG, Columns

CHUNK = 1 << 20
"""Rows that a search looks at in one go."""


class Arrays(NamedTuple):
    """The columns of `schema.COLUMNS` under their names."""

    place: npt.NDArray[np.uint32]
    changes: npt.NDArray[np.uint8]
    accesses: npt.NDArray[np.uint16]
    register: npt.NDArray[np.uint8]
    value: npt.NDArray[np.uint64]
    kind: npt.NDArray[np.uint8]
    size: npt.NDArray[np.uint8]
    address: npt.NDArray[np.uint64]
    before: npt.NDArray[np.uint64]
    after: npt.NDArray[np.uint64]


def arrays_of(columns: Columns) -> Arrays:
    """Return the columns as arrays that share their memory."""
    return Arrays(**{column.name: as_array(getattr(columns, column.name), column.typecode) for column in COLUMNS})


def as_array(column: Sequence[int], typecode: str) -> npt.NDArray[Any]:
    """Return one column as an array of the type `typecode`, without copying an ``array`` or a NumPy array."""
    if isinstance(column, np.ndarray):
        return column.astype(typecode, copy=False)
    data: Any = column  # a buffer, which sequences are not by their type
    return np.frombuffer(data, typecode) if len(column) else np.empty(0, typecode)


def sizes_of(columns: Columns, arrays: Arrays, rows: npt.NDArray[np.int64]) -> npt.NDArray[np.uint64]:
    """Return the bytes that the accesses in these rows cover."""
    sizes = arrays.size[rows].astype(np.uint64)
    for position in np.flatnonzero(sizes == LONG):
        sizes[position] = len(columns.long[int(arrays.before[rows[position]])].before)
    return sizes


def physical_of(columns: Columns) -> npt.NDArray[np.uint64]:
    """Return the physical address of every access."""
    address = arrays_of(columns).address
    if not columns.physical:
        return address
    physical: npt.NDArray[np.uint64] = address.copy()
    rows = np.fromiter(columns.physical, np.int64, len(columns.physical))
    physical[rows] = np.fromiter(columns.physical.values(), np.uint64, len(columns.physical))
    return physical


def spans(begin: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield `begin` to `end` in pieces of growing size, so that what is near is found fast."""
    size = 4096
    while begin < end:
        yield begin, min(end, begin + size)
        begin, size = begin + size, min(CHUNK, size * 4)


def spans_back(begin: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the same from the end downwards."""
    size = 4096
    while begin < end:
        yield max(begin, end - size), end
        end, size = end - size, min(CHUNK, size * 4)
