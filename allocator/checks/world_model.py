"""Enumerate small worlds, and say what the page allocator should do in each: by columns, for millions of calls.

A world is a page map of 1 to 16 pages, each absent, free or used; its number written in base 3, page 0 first,
is its states. A case (`CASE`) is a world, a request, and what is expected after the call.

`DOCUMENTED` is how the shipped routine behaves, odd as it is: pages 0 and 1 are out of reach, except that a
scan that begins on page 0 can take it, and else leaves the map. `IDEAL` is what its callers would want: every
free page but page 0 can be had, and no call breaks off. Its slow twin is ``tests/reference/page_allocator.py``.
"""

from __future__ import annotations

from functools import cache, lru_cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from allocator.errors import UsageError
from allocator.machine.page_map import FREE

MAX_PAGES = 16
STATES = 3
PAGE_SIZE_BITS = 21
ZF, DF, NOT_PRESERVED = 1, 2, 4
"""What a status is made of: the flags after the call, and whether a register changed that is to be preserved."""

CASE = np.dtype(
    [
        # the page map's first 16 bytes before the call, and what is asked for
        ("before", "<u8", 2), ("request", "u1"),
        # after it; `breaks` is 1 where the routine is expected to leave the map, and so never to return
        ("status", "u1"), ("breaks", "u1"), ("spare", "u1"), ("rax", "<u4"), ("after", "<u8", 2),
    ]
)  # fmt: skip
"""One case, as the driver reads it; see world_driver.asm."""
_BEFORE, _AFTER = slice(0, 2), slice(3, 5)
"""The pages before and after, in a case taken for words."""
_MAPS_AT_ONCE = 512
"""So many that their cases stay in the processor's cache."""

Cases = NDArray[np.void]
_Words = NDArray[np.uint64]
_Numbers = NDArray[np.int64]


class WorldModel(NamedTuple):
    """What is expected of an allocator: the first page that it hands out, and whether it can leave a map of 1 page."""

    name: str
    first_page: int
    leaves_map: bool


DOCUMENTED = WorldModel("documented", 2, True)
IDEAL = WorldModel("ideal", 1, False)
MODELS = {model.name: model for model in (DOCUMENTED, IDEAL)}


def world_count(pages: int) -> int:
    """Return how many maps of exactly `pages` pages there are.

    >>> sum(world_count(pages) for pages in range(1, 13))
    797160
    """
    return int(STATES**pages)


def check_pages(pages: int) -> None:
    """Raise UsageError for a number of pages that cannot be enumerated."""
    if not 1 <= pages <= MAX_PAGES:
        raise UsageError(f"small worlds have 1 to {MAX_PAGES} pages, not {pages}")


def make_maps(pages: int, first: int, count: int, beyond: bytes = bytes(MAX_PAGES)) -> NDArray[np.uint8]:
    """Return maps number `first` on, a row of 16 bytes each; behind the pages lies what `beyond` has there."""
    maps = np.empty((count, MAX_PAGES), np.uint8)
    maps[:] = np.frombuffer(beyond, np.uint8)
    rest = np.arange(first, first + count)
    for page in reversed(range(pages)):
        rest, maps[:, page] = np.divmod(rest, STATES)
    return maps


def make_cases(maps: NDArray[np.uint8], pages: int, requests: int, model: WorldModel = DOCUMENTED) -> Cases:
    """Return every map with every request from 0 to before `requests`, all requests of a map in a row."""
    # What is expected depends on which pages are free alone: only the map itself is added to that.
    expected = _expected(pages, requests, model)
    cases = np.empty((len(maps), requests), CASE)
    words = cases.view(np.uint64).reshape(len(maps), requests, -1)
    before = maps.view(np.uint64)[:, None, :]
    for first in range(0, len(maps), _MAPS_AT_ONCE):
        some = slice(first, first + _MAPS_AT_ONCE)
        np.take(expected, _free_pages(maps[some], pages), axis=0, out=words[some], mode="clip")
        words[some, :, _BEFORE] = before[some]
        words[some, :, _AFTER] += before[some]
    return cases.reshape(-1)


def _free_pages(maps: NDArray[np.uint8], pages: int) -> _Numbers:
    """Return a number for each map whose bits say which pages are free."""
    packed = np.packbits(maps[:, :pages] == FREE, axis=1, bitorder="little")
    free = packed[:, 0].astype(np.int64)
    return free | packed[:, 1].astype(np.int64) << 8 if pages > 8 else free


@lru_cache(maxsize=1)
def _expected(pages: int, requests: int, model: WorldModel) -> _Words:
    """Return cases as words, whatever is free of so many pages: nothing before, and after it what has to be added."""
    free = np.arange(1 << pages)
    cases = np.zeros((len(free), requests), CASE)
    cases["request"] = np.arange(requests)
    reachable = free & -(1 << model.first_page)
    rows = reachable
    for request in range(requests):
        if request > 1:
            rows = rows & (reachable >> (request - 1))
        _expect(cases[:, request], request, _highest_bit()[rows if request else np.zeros_like(rows)])
    if pages == 1 and model.leaves_map:
        _expect_page_0(cases, free)
    return cases.view(np.uint64).reshape(len(free), requests, -1)


def _expect(cases: Cases, request: int, lowest: _Numbers) -> None:
    # `lowest` is the first page of the row that is taken, 0 where there is none.
    cases["rax"] = lowest << PAGE_SIZE_BITS
    cases["after"] = _marks()[request, lowest]
    cases["status"] = np.where(lowest == 0, ZF, 0)


def _expect_page_0(cases: Cases, free: _Numbers) -> None:
    # The scan reads page 0 before it knows that it is at the end: it takes it, or goes on below the map.
    cases["breaks"][:, 1:] = 1
    is_taken = free == 1
    cases["breaks"][is_taken, 1:2] = 0
    cases["after"][is_taken, 1:2, 0] += np.uint64(1)  # as address 0, which reads as a failure


@cache
def _highest_bit() -> _Numbers:
    """Return the number of the highest bit set, for every number of 16 bits; 0 for none."""
    highest = np.zeros(1 << MAX_PAGES, np.int64)
    for bit in range(MAX_PAGES):
        highest[1 << bit : 2 << bit] = bit
    return highest


@cache
def _marks() -> _Words:
    """Return what adding makes a row of free pages used, by request and lowest page; nothing for page 0."""
    marks = np.zeros((MAX_PAGES + 2, MAX_PAGES, MAX_PAGES), np.uint8)
    for request in range(MAX_PAGES + 2):
        for lowest in range(1, MAX_PAGES):
            marks[request, lowest, lowest : lowest + request] = 1
    return marks.view(np.uint64)
