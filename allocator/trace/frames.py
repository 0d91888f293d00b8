"""Tell where in physical memory a linear address led, at any moment of a trace, and by which address bytes were used.

    linear 401000, while CR3 is 2000  ->  frame 10000        a process
    linear 401000, while CR3 is 3000  ->  frame 11000        another one
    linear C0010000                   ->  frame 10000        an alias: the same bytes

A page led where its accesses went (`page_ways.py`):

- With paging off, to itself.
- Else where it led when it was last touched before the moment, while CR3 was what it is then; where it was not, when
  it was touched next.
- Where it never was, under this CR3: where the page tables of that moment lead, if it is about a few pages and the
  trace tells; else where it led under another CR3, or to itself.

Only pages of which some access lies elsewhere have a history; where none does, nothing is looked for.

Not modelled: an entry of a page table that was changed, and not used since; a second address of bytes in a run whose
accesses all lie where their addresses say.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from allocator.addresses import Range
from allocator.errors import AllocatorError
from allocator.trace.page_ways import UNPAGED, PageHistory, Roots, page_histories
from allocator.units import FRAME_SIZE

if TYPE_CHECKING:
    import numpy.typing as npt

    from allocator.trace.trace import Trace

MOST_PAGES_WALKED = 16
_WORD = (1 << 64) - 1


class Named(NamedTuple):
    """Bytes: the linear addresses by which the run used them, and where they lie."""

    where: Range
    physical: Range


class Frames:
    """The pages of one trace, and the frames that they led to; made by `Trace.frames`."""

    def __init__(self, trace: Trace) -> None:
        self._trace = trace

    @property
    def is_identity(self) -> bool:
        """Whether every access lies where its address says."""
        return not self._trace.columns.physical

    def physical(self, where: Range, step: int) -> list[Range]:
        """Return where these bytes lay before `step`, in the order of their addresses."""
        if self.is_identity:
            return [where]
        pieces = list(_by_pages(where))
        may_walk = len(pieces) <= MOST_PAGES_WALKED
        return _joined(_moved(piece, self._way(piece.start // FRAME_SIZE, step, may_walk)) for piece in pieces)

    def ever(self, where: Range, step: int = 0) -> list[Range]:
        """Return all places where these bytes lay at any time from `step` on, ascending."""
        if self.is_identity:
            return [where]
        found = set(self.physical(where, step))
        for piece in _by_pages(where):
            found |= {_moved(piece, way) for way in self._ways_from(piece.start // FRAME_SIZE, step)}
        return _joined(sorted(found))

    def named(self, stretches: Iterable[Range], is_last: bool = False) -> Iterator[Named]:
        """Yield physical bytes with the linear addresses by which the run used their frames first, or last."""
        for stretch in stretches:
            pieces = [stretch] if self.is_identity else list(_by_pages(stretch))
            named = [_moved(piece, -self._way_back(piece.start // FRAME_SIZE, is_last)) for piece in pieces]
            yield from (Named(where, piece) for where, piece in zip(named, pieces, strict=True))

    def _way(self, page: int, step: int, may_walk: bool) -> int:
        """Return how far the frame lies from its page."""
        root, history = self._roots.at(step), self._histories.get(page)
        if root == UNPAGED:
            return 0
        row = self._trace.access_rows[step]
        if history is not None and (history.roots == root).any():
            return _way_at(history, row, history.roots == root)
        walked = self._walked(page, step) if may_walk else None
        if walked is not None:
            return walked
        return 0 if history is None else _way_at(history, row, history.roots != root)

    def _walked(self, page: int, step: int) -> int | None:
        """Return the same as the page tables have it; None where they lead nowhere, or the trace does not tell."""
        start = page * FRAME_SIZE
        try:
            physical = self._trace.translate(start, step).physical
        except AllocatorError:
            return None
        return None if physical is None else physical - start

    def _ways_from(self, page: int, step: int) -> set[int]:
        """Return how far the frames lay from the page in which it was touched from `step` on, or just before."""
        history = self._histories.get(page)
        if history is None:
            return set()
        begin = bisect_left(history.rows, self._trace.access_rows[step])
        earlier = history.roots[:begin]
        latest = [np.flatnonzero(earlier == root)[-1] for root in np.unique(earlier)] if step else []
        return set(history.ways[[*latest, *range(begin, len(history.rows))]].tolist())

    def _way_back(self, frame: int, is_last: bool) -> int:
        """Return how far a frame lies from the page by which it was touched first, or last."""
        if self.is_identity or frame not in self._odd_frames:
            return 0
        trace, where = self._trace, Range(frame * FRAME_SIZE, (frame + 1) * FRAME_SIZE)
        search, end = trace.physical_search, len(trace.arrays.address)
        row = search.last(where, None, end) if is_last else search.first(where, None, 0)
        if row is None:
            return 0
        address = int(trace.arrays.address[row])
        return trace.columns.physical.get(row, address) - address

    # -- what is found out once --

    @cached_property
    def _roots(self) -> Roots:
        return Roots(self._trace)

    @cached_property
    def _histories(self) -> dict[int, PageHistory]:
        return page_histories(self._trace, self._roots)

    @cached_property
    def _odd_frames(self) -> frozenset[int]:
        """The frames that some page other than their own led to."""
        found = {page + way // FRAME_SIZE for page, history in self._histories.items() for way in _unique(history.ways)}
        return frozenset(frame & _WORD // FRAME_SIZE for frame in found)


def _way_at(history: PageHistory, row: int, counts: npt.NDArray[np.bool_]) -> int:
    """Return the way of the last entry that counts before `row`, or of the first one after it."""
    ways, before = history.ways[counts], bisect_left(history.rows[counts], row)
    return int(ways[max(0, before - 1)])


def _unique(ways: npt.NDArray[np.int64]) -> list[int]:
    return np.unique(ways).tolist()  # type: ignore[no-any-return]


def _moved(piece: Range, way: int) -> Range:
    start = piece.start + way & _WORD
    return Range(start, start + piece.size)


def _by_pages(where: Range) -> Iterator[Range]:
    start = where.start
    while start < where.end:
        end = min(where.end, start - start % FRAME_SIZE + FRAME_SIZE)
        yield Range(start, end)
        start = end


def _joined(pieces: Iterable[Range]) -> list[Range]:
    """Return ranges of which one that begins where the one before ends is part of it."""
    found: list[Range] = []
    for piece in pieces:
        if found and found[-1].end == piece.start:
            found[-1] = Range(found[-1].start, piece.end)
        else:
            found.append(piece)
    return found
