"""Write a trace for Perfetto and chrome://tracing: lanes over time, where one instruction takes one microsecond.

    mode        ======== real16 ========|=== protected32 ===|===== long64 =====
    calls       ==================== os_mem_allocate =====================
                          ===== helper =====
    free pages          a counter, wherever the page map is written
    longest free run    likewise

- One thread (``tid``) for each lane. Calls are ``B`` and ``E`` events, which nest; modes ``X`` events side by side;
  counters ``C`` events, told at the start and where they change.
- The page map is followed backwards from its end through every write to it, then forwards.
- Calls are followed by CALL and RET as they were executed; a routine that leaves otherwise stays on its lane.

Not modelled: flows, interrupts. Source: the Trace Event Format (Google), Perfetto's importer of it.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from allocator.addresses import PAGE_MAP
from allocator.instructions.disassembly import decode
from allocator.machine.page_map import FREE
from allocator.trace.schema import LONG, WRITE
from allocator.trace.trace import Trace

Event = dict[str, Any]
_PROCESS = 1
_LANES = {1: "mode", 2: "calls"}
_MODE, _CALLS = _LANES
_DEEPEST = 4096
"""Calls within calls that are shown: a runaway recursion is no picture."""


def trace_perfetto(trace: Trace) -> Iterator[str]:
    """Yield the lines of one JSON object, an event on each."""
    yield '{"displayTimeUnit": "ns", "traceEvents": ['
    separator = ""
    for event in _events(trace):
        yield separator + json.dumps(event)
        separator = ", "
    yield "]}"


def _events(trace: Trace) -> Iterator[Event]:
    yield _event("M", "process_name", args={"name": f"{trace.run.routine}: {len(trace):,} steps, {trace.stop.kind}"})
    for lane, name in _LANES.items():
        yield _event("M", "thread_name", tid=lane, args={"name": name})
    yield from _modes(trace)
    yield from _calls(trace)
    yield from _counters(trace)


def _event(kind: str, name: str, ts: int = 0, tid: int = _MODE, **more: Any) -> Event:  # noqa: ANN401 -- JSON
    return {"ph": kind, "name": name, "pid": _PROCESS, "tid": tid, "ts": ts, **more}


def _modes(trace: Trace) -> Iterator[Event]:
    start = 0
    for mode, end in _mode_stretches(trace):
        yield _event("X", mode, start, _MODE, dur=end - start, cat="mode")
        start = end


def _mode_stretches(trace: Trace) -> Iterator[tuple[str, int]]:
    """Yield each mode that the processor was in, with the step at which it left it."""
    names = [place.mode for place in trace.columns.places]
    kinds = sorted(set(names))
    codes = np.array([kinds.index(name) for name in names], dtype=np.uint8)[np.asarray(trace.columns.place)]
    if len(codes):
        for end in [*(np.flatnonzero(codes[1:] != codes[:-1]) + 1).tolist(), len(codes)]:
            yield kinds[codes[end - 1]], end


def _calls(trace: Trace) -> Iterator[Event]:
    """Follow CALL and RET; where more returns than calls were made, the outermost routine goes on."""
    yield _event("B", trace.run.routine, 0, _CALLS, cat="call", args={"address": hex(trace.run.entry)})
    places = trace.columns.places
    decoded = [decode(place.code, place.bits, place.address) for place in places]
    wanted = [number for number, each in enumerate(decoded) if each.is_call or each.is_return]
    place = np.asarray(trace.columns.place)
    depth = 0
    for step in np.flatnonzero(np.isin(place, wanted)).tolist():
        if step + 1 >= len(place):
            break
        if decoded[place[step]].is_call and depth < _DEEPEST:
            depth += 1
            target = places[place[step + 1]].address
            name = str(trace.image.locate(target) or hex(target))
            yield _event("B", name, step + 1, _CALLS, cat="call", args={"address": hex(target)})
        elif decoded[place[step]].is_return and depth:
            depth -= 1
            yield _event("E", "", step + 1, _CALLS)
    yield from (_event("E", "", len(place), _CALLS) for _ in range(depth + 1))


class _MapWrite(NamedTuple):
    """A write to the page map: from page `start` on, what was there before and after step `step`."""

    step: int
    start: int
    before: bytes
    after: bytes


def _counters(trace: Trace) -> Iterator[Event]:
    base = trace.image.symbols.get("os_MemoryMap", PAGE_MAP.start)
    writes = list(_map_writes(trace, base))
    states = np.zeros(PAGE_MAP.size, dtype=np.uint8)
    left = np.frombuffer(trace.run.memory_after(base, PAGE_MAP.size), dtype=np.uint8)
    states[: len(left)] = left
    for write in reversed(writes):
        states[write.start : write.start + len(write.before)] = np.frombuffer(write.before, dtype=np.uint8)
    known: tuple[int, int] | None = None
    for write in [_MapWrite(-1, 0, b"", b""), *writes]:
        states[write.start : write.start + len(write.after)] = np.frombuffer(write.after, dtype=np.uint8)
        counted = _count(states)
        if counted != known:
            for name, value in zip(("free pages", "longest free run"), counted, strict=True):
                yield _event("C", name, write.step + 1, args={"pages": value})
        known = counted


def _map_writes(trace: Trace, base: int) -> Iterator[_MapWrite]:
    columns = trace.columns
    address, kind, size = np.asarray(columns.address), np.asarray(columns.kind), np.asarray(columns.size)
    owners = np.repeat(np.arange(len(trace)), np.asarray(columns.accesses))
    reach = np.where(size == LONG, np.uint64(PAGE_MAP.size), size.astype(np.uint64))
    touches = (address < base + PAGE_MAP.size) & (address + reach > base) & (kind == WRITE)
    for row in np.flatnonzero(touches).tolist():
        access = trace.access_at(row)
        first, last = max(access.address, base), min(access.address + access.size, base + PAGE_MAP.size)
        if first < last:
            inside = slice(first - access.address, last - access.address)
            yield _MapWrite(int(owners[row]), first - base, access.before[inside], access.after[inside])


def _count(states: npt.NDArray[np.uint8]) -> tuple[int, int]:
    """Return how many pages are free, and the most of them in a row."""
    is_free = np.concatenate(([False], states == FREE, [False]))
    edges = np.flatnonzero(is_free[1:] != is_free[:-1])
    lengths = edges[1::2] - edges[::2]
    return int(lengths.sum()), int(lengths.max(initial=0))
