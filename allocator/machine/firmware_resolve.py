"""Turn a firmware map as given into one without contradictions.

    given      |--- 1 ---------------|        entries overlap, in any order, some empty
                      |-- 2 --|
    resolved   |- 1 -||-- 2 --||- 1 -|        sorted, no overlap, neighbours of one type joined

1. An entry of length zero counts for nothing.
2. An entry with attribute bit 0 clear is dropped, unless bit 0 is clear in all (firmware that leaves the dword zero).
3. Where entries overlap, the most restrictive type wins (`region.strictness`).

The result is a fixed point, and no byte becomes usable that some entry did not call usable.
"""

from __future__ import annotations

import heapq
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from allocator.addresses import Range
from allocator.machine.region import USABLE, Region, strictness

Stretch = tuple[int, int, int]
"""Start, end and type."""


def counted_entries(entries: Iterable[Region]) -> tuple[Region, ...]:
    """Return the entries that count: not empty, and not switched off by their attributes."""
    filled = tuple(entry for entry in entries if entry.length)
    enabled = tuple(entry for entry in filled if entry.is_enabled)
    return enabled or filled


def resolve(entries: Sequence[Region]) -> tuple[Region, ...]:
    """Return the entries sorted, without overlap, neighbours of the same type joined; n log n."""
    return tuple(Region(start, end - start, kind) for start, end, kind in _joined(_stretches(counted_entries(entries))))


def usable_ranges(resolved: Iterable[Region]) -> tuple[Range, ...]:
    """Return the usable addresses of a resolved map as ranges, lowest first."""
    return tuple(region.range for region in resolved if region.type == USABLE)


def _stretches(entries: Iterable[Region]) -> Iterator[Stretch]:
    """Sweep upwards over all starts and ends; between two of them the strictest open type is in force."""
    opens: dict[int, list[int]] = {}
    closes: dict[int, list[int]] = {}
    for entry in entries:
        opens.setdefault(entry.base, []).append(entry.type)
        closes.setdefault(entry.end, []).append(entry.type)
    places = sorted({*opens, *closes})
    in_force: Counter[int] = Counter()
    strictest: list[tuple[int, int]] = []
    for place, following in pairwise(places):
        in_force.subtract(closes.get(place, ()))
        in_force.update(opens.get(place, ()))
        for kind in opens.get(place, ()):
            rank, number = strictness(kind)
            heapq.heappush(strictest, (-rank, -number))
        # Types that have closed stay in the heap until they come to its top.
        while strictest and in_force[-strictest[0][1]] <= 0:
            heapq.heappop(strictest)
        if strictest:
            yield place, following, -strictest[0][1]


def _joined(stretches: Iterable[Stretch]) -> Iterator[Stretch]:
    """Join neighbours of the same type."""
    pending: Stretch | None = None
    for start, end, kind in stretches:
        if pending and pending[1] == start and pending[2] == kind:
            pending = (pending[0], end, kind)
            continue
        if pending:
            yield pending
        pending = (start, end, kind)
    if pending:
        yield pending
