"""Find the rows of a step in the table of changes or of accesses, and the step of a row.

The steps only say how many rows each has. Instead of one sum a step, a sum is kept for every 256 steps; the
rest is added up when it is asked for. That is 8 bytes for 256 steps, and about 3 microseconds a question.
"""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections.abc import Sequence

BLOCK = 256


class RowStarts(Sequence[int]):
    """For each step, the first of its rows; one more at the end.

    >>> list(RowStarts(array("B", [2, 0, 1])))
    [0, 2, 2, 3]
    """

    def __init__(self, counts: Sequence[int]) -> None:
        """Take the column that says how many rows each step has: an array or a NumPy array."""
        self._counts = memoryview(counts) if len(counts) else memoryview(b"")  # type: ignore[arg-type]
        self._sums = array("Q", [0])
        total = 0
        for start in range(0, len(counts), BLOCK):
            total += sum(self._counts[start : start + BLOCK])
            self._sums.append(total)

    def __len__(self) -> int:
        return len(self._counts) + 1

    def __getitem__(self, step: int) -> int:  # type: ignore[override]
        if not 0 <= step <= len(self._counts):
            raise IndexError(f"step {step} of {len(self._counts):,}")
        block = step // BLOCK
        return self._sums[block] + sum(self._counts[block * BLOCK : step])

    def step_of(self, row: int) -> int:
        """Return the step that row `row` belongs to."""
        block = bisect_right(self._sums, row) - 1
        row -= self._sums[block]
        for step in range(block * BLOCK, len(self._counts)):
            row -= self._counts[step]
            if row < 0:
                return step
        raise IndexError("the table has no such row")
