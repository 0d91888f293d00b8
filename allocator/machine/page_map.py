"""Make the allocator's page map from a firmware map: one byte for each 2 MiB page.

    regions     a page is free only when all of its 2 MiB is usable; page 0 is used (the kernel);
                os_MemAmount = MiB up to the highest usable end, so that every free page can be reached
    baremetal   the historic sum: lengths of types 1, 3 and 6, in MiB, plus 1, rounded down to even;
                every page below it is free, holes or not, and page 0 is used

The map has room for 131,072 pages (256 GiB); what lies beyond is clipped and reported.
Source of the historic sum: the public history of BareMetal and Pure64.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

from allocator.addresses import PAGE_MAP_PAGES, Range
from allocator.errors import UsageError
from allocator.machine.firmware_map import FirmwareMap
from allocator.machine.firmware_problems import Problem
from allocator.machine.region import ACPI_DATA, DISABLED, USABLE
from allocator.units import MIB, PAGE_SIZE, format_size

ABSENT = 0
FREE = 1
USED = 2
STATE_NAMES = {ABSENT: "absent", FREE: "free", USED: "used"}


def state_name(state: int) -> str:
    """Return what a byte of the page map says: ``free``; ``0x07`` for one that is no state."""
    return STATE_NAMES.get(state, f"{state:#04x}")


POLICIES = ("regions", "baremetal")
MIB_PER_PAGE = PAGE_SIZE // MIB
FIRST_REACHABLE = 2
"""The lowest page that os_mem_allocate's scan can hand out."""
COUNTED_BY_BAREMETAL = (USABLE, ACPI_DATA, DISABLED)


class PageRun(NamedTuple):
    """`count` pages in a row, from page `start`, that have the same state."""

    start: int
    count: int  # type: ignore[assignment]  # hides tuple.count, which nobody asks of a run
    state: int

    @property
    def end(self) -> int:
        """The page after the last."""
        return self.start + self.count


@dataclass(frozen=True)
class PageMapPlan:
    """What a fresh machine's page map and os_MemAmount are set to; pages past `states` are absent."""

    policy: str
    states: bytes = field(repr=False)
    mem_amount_mib: int
    problems: tuple[Problem, ...] = ()

    def _repr_html_(self) -> str:
        from allocator.views.firmware_html import page_map_html

        return page_map_html(self)

    @cached_property
    def runs(self) -> tuple[PageRun, ...]:
        """The page map as runs of one state, lowest page first; absent pages after the last other one are left out."""
        return tuple(_runs(self.states))

    @property
    def first_page(self) -> int | None:
        """The page that os_mem_allocate hands out first: the highest free one that its scan reaches.

        None when it finds none. The scan tests for the map's start after it has stepped down: pages 0
        and 1 are out of reach.
        """
        page = self.states.rfind(FREE, FIRST_REACHABLE, self.mem_amount_mib // MIB_PER_PAGE)
        return None if page < 0 else page

    @property
    def scan_leaves_map(self) -> bool:
        """Whether os_mem_allocate starts so low that it misses the end of its scan and reads below the map."""
        return self.mem_amount_mib // MIB_PER_PAGE < FIRST_REACHABLE

    def count(self, state: int) -> int:
        """Return how many pages have `state`."""
        return self.states.count(state)


def build_page_map(firmware_map: FirmwareMap, policy: str = "regions") -> PageMapPlan:
    """Return the page map that `policy` makes of a firmware map; raises UsageError for a policy that is not there."""
    if policy not in _BUILDERS:
        raise UsageError(f"'{policy}' is not a policy: use {' or '.join(POLICIES)}")
    return _BUILDERS[policy](firmware_map)


def _by_regions(firmware_map: FirmwareMap) -> PageMapPlan:
    states = bytearray(_room(firmware_map.usable_end // PAGE_SIZE))
    for start, end in firmware_map.usable:
        first = -(-start // PAGE_SIZE)
        last = min(end // PAGE_SIZE, PAGE_MAP_PAGES)
        if first < last:
            states[first:last] = bytes([FREE]) * (last - first)
    return _plan("regions", states, firmware_map.usable_end // MIB, _clipped_bytes(firmware_map.usable))


def _by_historic_sum(firmware_map: FirmwareMap) -> PageMapPlan:
    counted = sum(entry.length for entry in firmware_map.entries if entry.type in COUNTED_BY_BAREMETAL)
    amount = (counted // MIB + 1) & ~1
    pages = amount // MIB_PER_PAGE
    return _plan("baremetal", bytearray([FREE]) * _room(pages), amount, max(0, pages - PAGE_MAP_PAGES) * PAGE_SIZE)


_BUILDERS: dict[str, Callable[[FirmwareMap], PageMapPlan]] = {"regions": _by_regions, "baremetal": _by_historic_sum}


def _room(pages: int) -> int:
    return min(pages, PAGE_MAP_PAGES)


def _plan(policy: str, states: bytearray, amount_mib: int, clipped_bytes: int) -> PageMapPlan:
    states[0:1] = bytes([USED])  # the kernel; there even when firmware describes no whole page
    problems = (_clipped(clipped_bytes),) if clipped_bytes else ()
    # Usable memory may end far beyond the clip: os_MemAmount must not lead the scan past the table.
    limited = min(amount_mib, PAGE_MAP_PAGES * MIB_PER_PAGE)
    return PageMapPlan(policy, bytes(states).rstrip(bytes([ABSENT])), limited, problems)


def _clipped_bytes(usable: Iterable[Range]) -> int:
    limit = PAGE_MAP_PAGES * PAGE_SIZE
    return sum(end - max(start, limit) for start, end in usable if end > limit)


def _clipped(size: int) -> Problem:
    room = format_size(PAGE_MAP_PAGES * PAGE_SIZE)
    return Problem(
        "clipped",
        (),
        f"{format_size(size)} of memory have no byte in the page map: "
        f"it has room for {PAGE_MAP_PAGES:,} pages ({room}).",
    )


def _runs(states: bytes) -> Iterable[PageRun]:
    return (PageRun(found.start(), found.end() - found.start(), found[0][0]) for found in _SAME.finditer(states))


_SAME = re.compile(rb"(.)\1*", re.DOTALL)
