r"""Choose what a picture of a firmware map shows: the whole to scale, and what is too small there enlarged.

    0                                                              4 GiB
    |################################################################rr.r|
     \__ 1 MiB                                         3.0 GiB __/     \__
    |########r....rr|                                  |####aannrrrr|

A stretch is too small when it would get less than one cell of the strip. Neighbouring small ones are
enlarged together; what is still too small there is enlarged again. What lies far above the memory
(ROMs below 4 GiB on a machine of 64 MiB) is left to the table: to scale, it would leave one cell for
the memory.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from allocator.machine.firmware_map import FirmwareMap
from allocator.machine.region import Region
from allocator.units import MIB

CELLS = 64
"""How finely a strip can show: what is smaller than this part of it needs an enlargement."""
MAX_STRIPS = 6


@dataclass(frozen=True)
class Stretch:
    """Addresses of one type; type None is what no entry describes."""

    start: int
    end: int
    type: int | None

    @property
    def size(self) -> int:
        """Bytes in it."""
        return self.end - self.start


@dataclass(frozen=True)
class Strip:
    """A part of the address space, cut into stretches without a gap; `parent` is what it enlarges."""

    stretches: tuple[Stretch, ...]
    parent: Strip | None = None

    @property
    def start(self) -> int:
        """The first address."""
        return self.stretches[0].start

    @property
    def end(self) -> int:
        """One past the last address."""
        return self.stretches[-1].end

    @property
    def size(self) -> int:
        """Bytes in it."""
        return self.end - self.start

    @property
    def depth(self) -> int:
        """0 for the whole map, 1 for its enlargements, 2 for theirs."""
        return 0 if self.parent is None else self.parent.depth + 1

    def within(self, start: int, end: int) -> tuple[Stretch, ...]:
        """Return the stretches between two addresses, the outer ones cut there."""
        return tuple(
            Stretch(max(stretch.start, start), min(stretch.end, end), stretch.type)
            for stretch in self.stretches
            if stretch.start < end and stretch.end > start
        )


class _Enlargement(NamedTuple):
    """A strip that may be shown, and how many stretches can't be seen without it."""

    hidden: int
    strip: Strip


def strips(firmware_map: FirmwareMap) -> tuple[Strip, ...]:
    """Return the whole map as a strip, then its enlargements, at most six in all; empty for an empty map.

    The fullest groups of small stretches are enlarged first, whatever they are a part of.
    """
    if not firmware_map.resolved:
        return ()
    chosen = [Strip(tuple(_stretches(_near(firmware_map))))]
    waiting = _enlargements(chosen[0])
    while waiting and len(chosen) < MAX_STRIPS:
        fullest = max(waiting, key=lambda enlargement: enlargement.hidden)
        waiting.remove(fullest)
        chosen.append(fullest.strip)
        waiting += _enlargements(fullest.strip)
    return tuple(sorted(chosen, key=lambda strip: (strip.depth, strip.start)))


def beyond(firmware_map: FirmwareMap) -> tuple[Region, ...]:
    """Return the regions that lie too far above the memory to be shown in a strip."""
    return firmware_map.resolved[len(_near(firmware_map)) :]


def _near(firmware_map: FirmwareMap) -> tuple[Region, ...]:
    resolved = firmware_map.resolved
    limit = 2 * max(firmware_map.usable_end, MIB) if firmware_map.usable else resolved[-1].end
    return tuple(region for region in resolved if region.end <= limit) or resolved


def _stretches(regions: tuple[Region, ...]) -> Iterator[Stretch]:
    place = 0
    for region in regions:
        if region.base > place:
            yield Stretch(place, region.base, None)
        yield Stretch(region.base, region.end, region.type)
        place = region.end


def _enlargements(strip: Strip) -> list[_Enlargement]:
    """Return an enlargement for each group of neighbours that are too small to see."""
    groups = _small_groups(strip, strip.size / CELLS)
    windows = [(len(group), _window(strip, group)) for group in groups]
    return [_Enlargement(hidden, Strip(strip.within(*window), strip)) for hidden, window in windows if window]


def _window(strip: Strip, group: list[Stretch]) -> tuple[int, int] | None:
    """Return the group with some of what lies around it, at round addresses; None when that is no enlargement."""
    start, end = group[0].start, group[-1].end
    margin = (end - start) // (6 if len(group) > 1 else 2) + 1
    unit = 1 << max(0, (end - start).bit_length() - 4)
    start = max(strip.start, (start - margin) // unit * unit)
    end = min(strip.end, -(-(end + margin) // unit) * unit)
    return (start, end) if end - start <= strip.size // 2 else None


def _small_groups(strip: Strip, cell: float) -> list[list[Stretch]]:
    groups: list[list[Stretch]] = []
    for stretch in strip.stretches:
        if stretch.size >= cell:
            continue
        if groups and stretch.start - groups[-1][-1].end < cell:
            groups[-1].append(stretch)
        else:
            groups.append([stretch])
    return groups
