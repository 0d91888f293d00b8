"""Make all calls of a few thousand small worlds: the piece of a campaign that one process does at a time.

Calls are made by the thousand in the guest. Where such a row breaks off (a fault, a routine that never returns, a
store where nothing may be stored, a driver that lost its place), it is cut until the call that did it stands
alone; that one is made again by itself and described, and the row goes on behind it. After `MAX_BROKEN` of those the
rest of the chunk is skipped, and counted as skipped.
"""

from __future__ import annotations

import pickle
import threading
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from allocator.checks.world_alone import Difference, LoneCaller
from allocator.checks.world_driver import MAX_CASES, WorldDriver
from allocator.checks.world_model import MAX_PAGES, MODELS, NOT_PRESERVED, Cases, make_cases, make_maps
from allocator.findings import FAULT, MODEL

MAX_BROKEN = 48
KEPT = 8
_ROW_AFTER_BREAK = 64


class WorldTask(NamedTuple):
    """The worlds number `first` to before `first + maps` of `pages` pages, each with `requests` requests from 0 on.

    It goes to another process as it is: `image` is a pickled Image, `model` the name of a `WorldModel`.
    """

    image: bytes
    routine: str
    model: str
    requests: int
    pages: int
    first: int
    maps: int


class ChunkResult(NamedTuple):
    """How many calls were made and skipped, how many went otherwise than expected, and the smallest of those."""

    calls: int
    skipped: int
    found: int
    smallest: tuple[Difference, ...]


def run_chunk(task: WorldTask) -> ChunkResult:
    """Do a task; raises MachineError for a routine that cannot be called at all."""
    driver, alone = _prepare(task.image, task.routine)
    driver.set_pages(task.pages)
    alone.set_pages(task.pages)
    chunk = _Chunk(driver, alone)
    step = MAX_CASES // task.requests
    for first in range(task.first, task.first + task.maps, step):
        count = min(step, task.first + task.maps - first)
        maps = make_maps(task.pages, first, count, driver.sandbox.beyond)
        chunk.make(make_cases(maps, task.pages, task.requests, MODELS[task.model]))
    return chunk.result()


class _Prepared(threading.local):
    """What this thread made ready last: making it takes longer than many a chunk."""

    key: tuple[bytes, str] | None = None
    machines: tuple[WorldDriver, LoneCaller]


_prepared = _Prepared()


def _prepare(image: bytes, routine: str) -> tuple[WorldDriver, LoneCaller]:
    if _prepared.key != (image, routine):
        program = pickle.loads(image)
        driver = WorldDriver(program, routine)
        _prepared.machines = driver, LoneCaller(program, routine, driver.fill)
        _prepared.key = image, routine
    return _prepared.machines


class _Unlike(NamedTuple):
    """A case, and what came of it in a row of calls."""

    request: int
    number: int
    case: np.void
    came: NDArray[np.uint64]


class _Chunk:
    def __init__(self, driver: WorldDriver, alone: LoneCaller) -> None:
        self._driver = driver
        self._alone = alone
        self._calls = self._skipped = self._found = self._broken = 0
        self._is_exact = False
        self._unlike: list[_Unlike] = []
        self._differences: list[Difference] = []

    def make(self, cases: Cases) -> None:
        """Make cases, those that are expected to break off one by one."""
        breaking = cases["breaks"] != 0
        if breaking.any():
            for case in cases[breaking]:
                self._calls += 1
                self._note(self._alone.call(case))
            cases = cases[~breaking]
        self._make_in_rows(cases)

    def result(self) -> ChunkResult:
        """Say in words what the smallest differences are."""
        described = [self._described(unlike) for unlike in self._unlike]
        smallest = sorted([*self._differences, *described], key=lambda difference: difference.order)[:KEPT]
        return ChunkResult(self._calls, self._skipped, self._found, tuple(smallest))

    def _make_in_rows(self, cases: Cases) -> None:
        done, size = 0, len(cases)
        while done < len(cases):
            if self._broken >= MAX_BROKEN:
                self._skipped += len(cases) - done
                return
            row = cases[done : done + size]
            batch = self._driver.run(row, self._is_exact)
            if batch.is_sound and batch.made:
                self._take(row, batch.unlike)
                self._calls += batch.made
                done, size = done + batch.made, 2 * size
                continue
            self._driver.repair()
            self._is_exact = True
            if len(row) == 1:
                self._break(row[0], batch.is_stuck)
                done, size = done + 1, _ROW_AFTER_BREAK
            else:
                size = _shorter(len(row), batch.made)

    def _take(self, cases: Cases, unlike: NDArray[np.uint64]) -> None:
        if not len(unlike):
            return
        self._found += len(unlike)
        numbers = unlike[:, 0].astype(np.int64)
        requests = cases["request"][numbers]
        for place in np.lexsort((numbers, requests))[:KEPT]:
            number = int(numbers[place])
            self._unlike.append(_Unlike(int(requests[place]), self._calls + number, cases[number], unlike[place]))
        self._unlike = sorted(self._unlike, key=lambda each: each[:2])[:KEPT]

    def _break(self, case: np.void, is_stuck: bool) -> None:
        self._calls += 1
        self._broken += 1
        difference = self._alone.call(case)
        if difference is None and not is_stuck:  # a slow routine may be stuck in a row and fine alone
            difference = self._alone.unlike(
                case, FAULT, "the row of calls broke off here, though this call alone did not"
            )
        self._note(difference)

    def _note(self, difference: Difference | None) -> None:
        if difference is not None:
            self._found += 1
            self._differences.append(difference)

    def _described(self, unlike: _Unlike) -> Difference:
        difference = self._alone.call(unlike.case)
        if difference is not None:
            return difference
        rax, low, high, status = (int(word) for word in unlike.came[1:])
        after = (low | high << 64).to_bytes(MAX_PAGES, "little")
        words = self._alone.described(rax, after, status)
        words += ", a register not preserved" if status & NOT_PRESERVED else ""
        return self._alone.unlike(unlike.case, MODEL, f"{words}, but only after other calls")


def _shorter(size: int, made: int | None) -> int:
    """Return how many to try instead of `size`: those that were made well, if that is known, else half."""
    if made is None or made >= size:
        return size // 2
    return max(1, made)
