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
from typing import Any

import numpy as np

from allocator.instructions.disassembly import decode
from allocator.machine.page_map import FREE
from allocator.trace.trace import Trace
from allocator.views.page_history import PagesInTrace, longest_row

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


def _counters(trace: Trace) -> Iterator[Event]:
    pages = PagesInTrace(trace)
    known: tuple[int, int] | None = None
    for moment in (0, *pages.changes):
        states = pages.at(moment)
        counts = states.count(FREE), longest_row(states)
        if counts != known:
            for name, value in zip(("free pages", "longest free run"), counts, strict=True):
                yield _event("C", name, moment, args={"pages": value})
        known = counts
