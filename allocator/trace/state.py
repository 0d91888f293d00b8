"""Tell what registers and memory held before any step, from changes alone.

Registers: the whole state is kept every some hundred steps (a keyframe); from there the changes are applied up
to the step that is asked for. Keyframes are made when they are first needed.

Memory: a byte holds what was last written or read there before the step. Where it was not touched before, it
held what the next access found. Where it was never touched, only the machine knows; a saved trace has none.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from allocator.addresses import Range
from allocator.trace.row_starts import RowStarts
from allocator.trace.schema import Columns

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    from allocator.trace.trace import Trace

KEYFRAME_STEPS = 512
LONG_KEYFRAME_STEPS = 4096
"""The same where the columns are NumPy arrays, of which many rows are applied at once."""


class RegisterStates:
    """The registers of one trace, before any step, in the order of `registers.FULL`; RIP is not kept."""

    def __init__(self, columns: Columns, starts: RowStarts, beginning: Sequence[int]) -> None:
        self._columns = columns
        self._starts = starts
        self._is_plain = hasattr(columns.register, "tobytes") and not hasattr(columns.register, "dtype")
        self._every = KEYFRAME_STEPS if self._is_plain else LONG_KEYFRAME_STEPS
        self._keyframes: list[list[int]] = [list(beginning)]

    def before(self, step: int) -> list[int]:
        """Return the registers before `step`, which may be the number of steps."""
        while len(self._keyframes) <= step // self._every:
            base = len(self._keyframes) * self._every
            self._keyframes.append(self._advanced(self._keyframes[-1], base - self._every, base))
        base = step // self._every
        return self._advanced(self._keyframes[base], base * self._every, step)

    def _advanced(self, state: list[int], begin: int, end: int) -> list[int]:
        rows = slice(self._starts[begin], self._starts[end])
        register, value = self._columns.register[rows], self._columns.value[rows]
        if self._is_plain:
            state = list(state)
            for number, after in zip(register, value, strict=True):
                state[number] = after
            return state
        return _assigned(state, register, value)


def _assigned(state: list[int], register: Any, value: Any) -> list[int]:  # noqa: ANN401 -- columns as NumPy arrays
    import numpy as np

    states = np.array(state, np.uint64)
    states[register] = value  # of several changes of one register the last one stays
    return states.tolist()  # type: ignore[no-any-return]


def memory_before(trace: Trace, step: int, where: Range) -> list[int | None]:
    """Return the bytes of `where` before `step`; None where nothing tells."""
    found = _Bytes(where)
    boundary = trace.access_rows[step]
    for rows in trace.access_search.back(where, boundary):
        _fill(trace, found, rows[::-1], is_after=True)
        if not found.missing:
            return found.values
    for rows in trace.access_search.onward(where, boundary):
        _fill(trace, found, rows, is_after=False)
        if not found.missing:
            return found.values
    found.fill(where.start, trace.run.memory_after(where.start, where.size))
    return found.values


class _Bytes:
    """Bytes that are found one after the other; what is found first stays."""

    def __init__(self, where: Range) -> None:
        self.values: list[int | None] = [None] * where.size
        self.missing = where.size
        self._where = where

    def fill(self, address: int, data: bytes) -> None:
        """Take the bytes at `address`."""
        begin, end = max(address, self._where.start), min(address + len(data), self._where.end)
        for at in range(begin, end):
            if self.values[at - self._where.start] is None:
                self.values[at - self._where.start] = data[at - address]
                self.missing -= 1


def _fill(trace: Trace, found: _Bytes, rows: npt.NDArray[np.int64], is_after: bool) -> None:
    for row in _distinct(trace, rows):
        access = trace.access_at(row)
        found.fill(access.address, access.after if is_after else access.before)
        if not found.missing:
            return


def _distinct(trace: Trace, rows: npt.NDArray[np.int64]) -> Iterator[int]:
    """Yield the rows in their order, of those with one address and size only the first."""
    import numpy as np

    arrays = trace.access_search.arrays
    kept = []
    for size in np.unique(arrays.size[rows]):
        alike = np.flatnonzero(arrays.size[rows] == size)
        kept.append(alike[np.unique(arrays.address[rows[alike]], return_index=True)[1]] if size <= 8 else alike)
    for position in np.sort(np.concatenate(kept)) if kept else ():
        yield int(rows[position])
