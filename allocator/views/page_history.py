"""Follow the page map through time: its states at the beginning, and what changed when.

    call after call     the page map after each of some runs; time is the number of the call
    step after step     the page map after each write of one trace; time is the number of the step

What a trace does not say about the beginning is found from its end, by undoing its writes.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from allocator.addresses import PAGE_MAP, Range
from allocator.errors import UsageError
from allocator.machine.page_map import ABSENT, FREE
from allocator.machine.run import Run
from allocator.trace.trace import Step, Trace

MOST_MOMENTS = 2000
"""Moments of a long trace at which its page map is looked at."""
_FREE_ROW = re.compile(re.escape(bytes([FREE])) + b"+")


@dataclass(frozen=True)
class PageHistory:
    """The states of all pages at some moments, the first before anything happened; ``unit`` is what time counts."""

    times: tuple[int, ...]
    states: tuple[bytes, ...]
    unit: str

    @property
    def free(self) -> list[int]:
        """The free pages at each moment."""
        return [states.count(FREE) for states in self.states]

    @property
    def largest(self) -> list[int]:
        """The longest row of free pages at each moment."""
        return [longest_row(states) for states in self.states]


def longest_row(states: bytes) -> int:
    r"""Return how many free pages there are in a row, at most.

    >>> longest_row(b"\2\1\1\2\1")
    2
    """
    return max(map(len, _FREE_ROW.findall(states)), default=0)


def page_history(past: Trace | Run | Sequence[Run]) -> PageHistory:
    """Return what happened to the pages during a trace, or from call to call; raises UsageError where nothing ran."""
    if isinstance(past, Trace):
        return _of_trace(past)
    runs = [past] if isinstance(past, Run) else list(past)
    if not runs:
        raise UsageError("there is no run to look at\nhint: give a list of runs, or a trace")
    first = bytes(runs[0].machine_before().page_map)
    states = [first, *(run.memory_after(map_of(run).start, len(first)) for run in runs)]
    return PageHistory(tuple(range(len(states))), _without_absent(states), "call")


def map_of(run: Run) -> Range:
    """Return where the page map of a run lies."""
    start = run.image.symbols.get("os_MemoryMap", PAGE_MAP.start)
    return Range(start, start + PAGE_MAP.size)


def place_of_map(trace: Trace) -> Range:
    """Return where the page map of a trace lies in physical memory: in one piece, up to where it has another frame."""
    return trace.frames.physical(map_of(trace.run), len(trace))[0]


def _of_trace(trace: Trace) -> PageHistory:
    pages = PagesInTrace(trace)
    every = max(1, len(pages.changes) // MOST_MOMENTS)
    moments = sorted({0, *pages.changes[every - 1 :: every], *pages.changes[-1:], len(trace)})
    return PageHistory(tuple(moments), _without_absent([pages.at(moment) for moment in moments]), "instruction")


def _store(states: bytearray, offset: int, data: bytes) -> None:
    begin = max(0, -offset)  # an access may begin before the map, or go on behind it
    kept = data[begin : len(states) - offset]
    states[offset + begin : offset + begin + len(kept)] = kept


def _without_absent(moments: Sequence[bytes]) -> tuple[bytes, ...]:
    room = max(len(states.rstrip(bytes([ABSENT]))) for states in moments)
    return tuple(states[:room] for states in moments)


def touched_pages(trace: Trace) -> Iterator[tuple[int, int, int, bool]]:
    """Yield step, first page, number of pages and whether it is a write, for each access to the page map."""
    where = place_of_map(trace)
    accesses = trace.accesses(map_of(trace.run))
    for step, access in zip(accesses.steps, accesses, strict=True):
        begin = max(access.physical, where.start)
        end = min(access.physical + access.size, where.end)
        if begin < end:
            yield int(step), begin - where.start, end - begin, access.kind == "write"


class PagesInTrace:
    """The page map at any moment of a trace: the writes between two moments are done, or undone."""

    def __init__(self, trace: Trace) -> None:
        self._where = place_of_map(trace)
        self._writes = trace.writes(map_of(trace.run))
        self._steps = self._writes.steps.tolist()
        end = trace.run.physical_after(self._where.start, self._where.size)
        self._states = bytearray(end.ljust(self._where.size, bytes([ABSENT])))
        self._done = len(self._writes)
        self.room = max(len(self._states.rstrip(bytes([ABSENT]))), *self._ends(), 1)
        """Pages that are not absent at some moment lie below this."""

    def _ends(self) -> Iterator[int]:
        return (min(access.physical + access.size - self._where.start, self._where.size) for access in self._writes)

    @property
    def changes(self) -> list[int]:
        """The moments right after a write to the map."""
        return [step + 1 for step in dict.fromkeys(self._steps)]

    def at(self, moment: int) -> bytes:
        """Return the states of all pages below `room` before step `moment`."""
        wanted = bisect_left(self._steps, moment)
        while self._done < wanted:
            access = self._writes[self._done]
            _store(self._states, access.physical - self._where.start, access.after)
            self._done += 1
        while self._done > wanted:
            self._done -= 1
            access = self._writes[self._done]
            _store(self._states, access.physical - self._where.start, access.before)
        return bytes(self._states[: self.room])

    def touched(self, step: Step) -> range:
        """Return the pages whose states a step read or wrote."""
        inside = [
            (max(access.physical, self._where.start), min(access.physical + access.size, self._where.end))
            for access in step.accesses
        ]
        found = [(start, end) for start, end in inside if start < end]
        start = min((start for start, _ in found), default=self._where.start)
        return range(start - self._where.start, max((end for _, end in found), default=start) - self._where.start)
