"""Hold the memory that page tables lie in as it was at any moment of a recording, going forward.

    what the frame held before the run  +  every write of the trace up to a row  +  the bits that were set meanwhile

A frame is looked at when a page walk first needs it, and then kept up to date, so that most memory costs nothing.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import numpy.typing as npt

from allocator.trace.arrays import arrays_of, physical_of, sizes_of
from allocator.trace.schema import LONG, WRITE, Columns
from allocator.units import FRAME_SIZE

_SHIFT = FRAME_SIZE.bit_length() - 1


class TableMemory:
    """Physical memory for page walks; ``frame_before(address)`` returns a frame as it was before the recording."""

    def __init__(self, frame_before: Callable[[int], bytes], columns: Columns) -> None:
        self._frame_before = frame_before
        self._frames: dict[int, _Frame] = {}
        self._writes = _Writes(columns)
        self._row = 0

    def follow(self, columns: Columns) -> None:
        """Take the next part of the recording; the moment is before its first access."""
        self._writes, self._row = _Writes(columns), 0
        for address, frame in self._frames.items():
            frame.follow(self._writes.rows_in(address))

    def move_to(self, row: int) -> None:
        """Make it the moment before the access in `row`; only forward."""
        self._row = row

    def read(self, address: int, size: int) -> bytes:
        """Return bytes of one frame as they are at the moment."""
        offset = address % FRAME_SIZE
        return bytes(self._frame(address - offset).data[offset : offset + size])

    def store(self, address: int, data: bytes) -> None:
        """Store what the processor stores by itself at the moment."""
        offset = address % FRAME_SIZE
        self._frame(address - offset).data[offset : offset + len(data)] = data

    def leave(self, frame_before: Callable[[int], bytes]) -> None:
        """Finish a part; ``frame_before`` tells of other frames as they are after it."""
        for address in self._frames:
            self.move_to(self._writes.count)
            self._frame(address)
        self._frame_before = frame_before

    def _frame(self, address: int) -> _Frame:
        frame = self._frames.get(address)
        if frame is None:
            data = bytearray(self._frame_before(address))
            frame = self._frames[address] = _Frame(data, self._writes.rows_in(address))
        while frame.applied < len(frame.rows) and frame.rows[frame.applied] < self._row:
            self._writes.apply(int(frame.rows[frame.applied]), address, frame.data)
            frame.applied += 1
        return frame


class _Frame:
    """A frame's bytes, the rows of the table of accesses that write to it, and how many of them it has taken."""

    def __init__(self, data: bytearray, rows: npt.NDArray[np.int64]) -> None:
        self.data = data
        self.follow(rows)

    def follow(self, rows: npt.NDArray[np.int64]) -> None:
        """Go on with the rows of the next part."""
        self.rows = rows
        self.applied = 0


class _Writes:
    """The writes of one part of a recording, by physical address."""

    def __init__(self, columns: Columns) -> None:
        self._columns = columns
        self._arrays = arrays_of(columns)
        self._physical = physical_of(columns)
        self.count = len(self._arrays.kind)
        self._rows = np.flatnonzero(self._arrays.kind == WRITE)
        begins = self._physical[self._rows]
        sizes = sizes_of(columns, self._arrays, self._rows)
        self._first = begins >> np.uint64(_SHIFT)
        self._last = (begins + sizes - np.uint64(1)) >> np.uint64(_SHIFT)

    def rows_in(self, frame: int) -> npt.NDArray[np.int64]:
        """Return the rows that write to a frame, in their order."""
        number = np.uint64(frame >> _SHIFT)
        rows: npt.NDArray[np.int64] = self._rows[(self._first <= number) & (self._last >= number)]
        return rows

    def apply(self, row: int, frame: int, data: bytearray) -> None:
        """Store what was written in `row`, as far as it lies in `frame`, whose bytes are `data`."""
        begin, written = int(self._physical[row]), self._written(row)
        first, end = max(begin, frame), min(begin + len(written), frame + FRAME_SIZE)
        data[first - frame : end - frame] = written[first - begin : end - begin]

    def _written(self, row: int) -> bytes:
        size, after = int(self._arrays.size[row]), int(self._arrays.after[row])
        return self._columns.long[after].after if size == LONG else after.to_bytes(8, "little")[:size]
