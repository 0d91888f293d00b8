"""Tell what registers and memory held before any step, from changes alone.

Registers: the whole state is kept every some hundred steps (a keyframe); from there the changes are applied up
to the step that is asked for. Keyframes are made when they are first needed.

Memory: a byte holds what was last written or read there before the step. Where it was not touched before, it
held what the next access found. Where it was never touched, only the machine knows; a saved trace has none.

Where page tables lead elsewhere, that is asked of the frame that the page led to (`frames.py`): so a byte is one byte,
under whatever address it was stored.
"""

from __future__ import annotations

from collections.abc import Sequence
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
_UNKNOWN = -1
_WORD = 8


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
    found: list[int | None] = []
    for piece in trace.frames.physical(where, step):
        found += physical_before(trace, step, piece)
    return found


def physical_before(trace: Trace, step: int, where: Range) -> list[int | None]:
    """Return bytes of physical memory before `step`; None where nothing tells."""
    found = _Bytes(trace, where)
    boundary = trace.access_rows[step]
    for rows in trace.physical_search.back(where, boundary):
        found.take(rows[::-1], is_after=True)
        if found.is_complete:
            return found.values
    for rows in trace.physical_search.onward(where, boundary):
        found.take(rows, is_after=False)
        if found.is_complete:
            return found.values
    found.take_data(where.start, trace.run.physical_after(where.start, where.size))
    return found.values


class _Bytes:
    """Bytes that are found one after the other; what is found first stays."""

    def __init__(self, trace: Trace, where: Range) -> None:
        import numpy as np

        self._trace = trace
        self.where = where
        self._values = np.full(where.size, _UNKNOWN, np.int16)

    @property
    def is_complete(self) -> bool:
        """Whether no byte is unknown any more."""
        return bool((self._values != _UNKNOWN).all())

    @property
    def values(self) -> list[int | None]:
        """The bytes, None for what is unknown."""
        return [None if value == _UNKNOWN else value for value in self._values.tolist()]

    def take(self, rows: npt.NDArray[np.int64], is_after: bool) -> None:
        """Take what the accesses in these rows left, or found, the first row first."""
        size = self._trace.physical_search.arrays.size[rows]
        if (size <= _WORD).all():
            self._take_short(rows, size, is_after)
            return
        for row in rows:
            access = self._trace.access_at(int(row))
            self.take_data(access.physical, access.after if is_after else access.before)

    def _take_short(self, rows: npt.NDArray[np.int64], size: npt.NDArray[np.uint8], is_after: bool) -> None:
        import numpy as np

        arrays = self._trace.physical_search.arrays
        words = (arrays.after if is_after else arrays.before)[rows].astype("<u8")
        each = np.arange(_WORD)
        at = (arrays.address[rows] - np.uint64(self.where.start)).view(np.int64)[:, None] + each
        is_inside = (each < size[:, None]) & (at >= 0) & (at < self.where.size)
        # Of several values for one byte the last one stays, so the first row goes last.
        new = np.full(self.where.size, _UNKNOWN, np.int16)
        new[at[::-1][is_inside[::-1]]] = words.view(np.uint8).reshape(-1, _WORD)[::-1][is_inside[::-1]]
        self._values = np.where(self._values == _UNKNOWN, new, self._values)

    def take_data(self, address: int, data: bytes) -> None:
        """Take the bytes at `address`."""
        begin, end = max(address, self.where.start), min(address + len(data), self.where.end)
        for at in range(begin, end):
            if self._values[at - self.where.start] == _UNKNOWN:
                self._values[at - self.where.start] = data[at - address]
