"""Tell what the page map held before any step of a trace, fast enough for a slider that is dragged.

start       the whole map before the first step, found once
keyframe    the map after every so many writes to it, made when it is first needed
before(s)   the nearest keyframe, and the writes from there up to step s
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from allocator.addresses import Range
from allocator.trace.schema import LONG, WRITE
from allocator.trace.state import physical_before
from allocator.trace.trace import Trace

KEYFRAME_WRITES = 1 << 16
_WORD = 8
_Map = npt.NDArray[np.uint8]


class PageMaps:
    """The bytes of `where`, physical, before each step of `trace`; what nothing tells counts as absent."""

    def __init__(self, trace: Trace, where: Range) -> None:
        self._trace = trace
        self._where = where
        self._rows = trace.physical_search.rows(where, WRITE)
        start = physical_before(trace, 0, where)
        self._keyframes: list[_Map] = [np.array([byte or 0 for byte in start], np.uint8)]

    @property
    def start(self) -> bytes:
        """The map before the first step, without the absent pages at its end."""
        return self._keyframes[0].tobytes().rstrip(b"\0")

    def before(self, step: int) -> bytes:
        """Return the map before `step`, without the absent pages at its end."""
        count = int(np.searchsorted(self._rows, self._trace.access_rows[step]))
        while len(self._keyframes) <= count // KEYFRAME_WRITES:
            begin = (len(self._keyframes) - 1) * KEYFRAME_WRITES
            self._keyframes.append(self._written(self._keyframes[-1], begin, begin + KEYFRAME_WRITES))
        base = count // KEYFRAME_WRITES
        return self._written(self._keyframes[base], base * KEYFRAME_WRITES, count).tobytes().rstrip(b"\0")

    def _written(self, before: _Map, begin: int, end: int) -> _Map:
        states: _Map = before.copy()
        rows = self._rows[begin:end]
        is_long = self._trace.arrays.size[rows] == LONG
        first = 0
        for position in (*np.flatnonzero(is_long).tolist(), len(rows)):
            self._write_short(states, rows[first:position])
            if position < len(rows):
                self._write_long(states, int(rows[position]))
            first = position + 1
        return states

    def _write_short(self, states: _Map, rows: npt.NDArray[np.int64]) -> None:
        arrays, each = self._trace.physical_search.arrays, np.arange(_WORD)
        values = arrays.after[rows].astype("<u8").view(np.uint8).reshape(-1, _WORD)
        at = (arrays.address[rows] - np.uint64(self._where.start)).view(np.int64)[:, None] + each
        is_inside = (each < arrays.size[rows][:, None]) & (at >= 0) & (at < self._where.size)
        states[at[is_inside]] = values[is_inside]  # of several values for one byte the last one stays

    def _write_long(self, states: _Map, row: int) -> None:
        access = self._trace.access_at(row)
        begin = max(access.physical, self._where.start)
        end = min(access.physical + access.size, self._where.end)
        data = access.after[begin - access.physical : end - access.physical]
        states[begin - self._where.start : end - self._where.start] = np.frombuffer(data, np.uint8)
