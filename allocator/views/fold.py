"""Find the loops of a trace: stretches in which the same places come again and again.

      6  lodsb
      7  inc rcx
     ...
     13  jmp os_mem_get_free.next
         x 65,535 like these 8 lines, up to step 524,285

A loop is folded when it went round at least three times through exactly the same places; what registers held
may differ. The innermost loop is folded first met: a loop around a folded one is shown each time.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from allocator.trace.step import Step
from allocator.trace.trace import Trace

if TYPE_CHECKING:  # the listing knows a Fold when it sees one, and most listings have none
    import numpy as np
    import numpy.typing as npt

LONGEST_LOOP = 512
"""Steps of one round: what is longer than a few screens is no repetition to the eye."""
FEWEST_ROUNDS = 3
LONGEST_SHORT_LOOP = 12


class Stretch(NamedTuple):
    """`length` places from row `start` on, which come `times` times in a row."""

    start: int
    length: int
    times: int


class Fold(NamedTuple):
    """`times` rounds of `length` steps each, the last of which is step `last`; the first round was shown before."""

    length: int
    times: int
    last: int

    def __str__(self) -> str:
        lines = "this line" if self.length == 1 else f"these {self.length} lines"
        return f"x {self.times:,} like {lines}, up to step {self.last:,}"


def folded_steps(trace: Trace, steps: Sequence[int] | None = None) -> Iterator[Step | Fold]:
    """Yield `steps` (by default all), of each loop only the first round, then its `Fold`."""
    import numpy as np

    numbers = np.arange(len(trace)) if steps is None else np.asarray(steps, dtype=np.int64)
    for start, length, times in find_loops(np.asarray(trace.columns.place)[numbers]):
        yield from (Step(trace, int(numbers[row])) for row in range(start, start + length))
        if times > 1:
            yield Fold(length, times, int(numbers[start + length * times - 1]))


def find_loops(places: npt.NDArray[np.uint32]) -> Iterator[Stretch]:
    """Yield stretches that cover `places` in order; what is no loop comes once.

    >>> import numpy as np
    >>> [tuple(stretch) for stretch in find_loops(np.array([7, 1, 2, 1, 2, 1, 2, 9], dtype=np.uint32))]
    [(0, 1, 1), (1, 2, 3), (7, 1, 1)]
    """
    distances = _distances(places)
    plain, row = 0, 0
    while row < len(places):
        length = int(distances[row])
        times = _rounds(places, row, length) if 0 < length <= LONGEST_LOOP else 1
        if times < FEWEST_ROUNDS:
            row += 1
            continue
        if plain < row:
            yield Stretch(plain, row - plain, 1)
        yield Stretch(row, length, times)
        row += length * times
        plain = row
    if plain < len(places):
        yield Stretch(plain, len(places) - plain, 1)


def find_short_loops(places: npt.NDArray[np.uint32]) -> Iterator[Stretch]:
    """Yield single places and loops of at most twelve, at each row the one that covers most.

    A loop around another one is found as well, where `find_loops` finds the inner one alone.
    """
    row = 0
    while row < len(places):
        loops = (_loop_at(places, row, length) for length in range(1, LONGEST_SHORT_LOOP + 1))
        found = max(loops, key=lambda loop: (loop.length * loop.times, -loop.length))
        yield found
        row += found.length * found.times


def _loop_at(places: npt.NDArray[np.uint32], row: int, length: int) -> Stretch:
    times = _rounds(places, row, length)
    return Stretch(row, length, times) if times >= FEWEST_ROUNDS else Stretch(row, 1, 1)


def _distances(places: npt.NDArray[np.uint32]) -> npt.NDArray[np.int64]:
    """Return for each row how far on the same place comes again; 0 where it does not."""
    import numpy as np

    order = np.argsort(places, kind="stable")
    distances = np.zeros(len(places), dtype=np.int64)
    same = places[order[1:]] == places[order[:-1]]
    distances[order[:-1]] = np.where(same, order[1:] - order[:-1], 0)
    return distances


def _rounds(places: npt.NDArray[np.uint32], row: int, length: int) -> int:
    """Return how many times the `length` places from `row` on come in a row."""
    import numpy as np

    matched, size = 0, FEWEST_ROUNDS * length
    while True:
        first = places[row + matched : row + matched + size]
        second = places[row + matched + length : row + matched + length + size]
        differing = np.flatnonzero(first[: len(second)] != second)
        if len(differing):
            return (matched + int(differing[0])) // length + 1
        matched += len(second)
        if len(second) < size:
            return matched // length + 1
        size *= 2
