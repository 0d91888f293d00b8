"""Record a call that was made without being recorded: from the state before it, on another machine."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from allocator.errors import AllocatorError
from allocator.machine.entry import Entry
from allocator.machine.replay import Moment
from allocator.machine.run import Run
from allocator.trace.recorder import record
from allocator.trace.trace import Trace

MAX_UNITS = 2_000_000
"""Of a call that is recorded again: a longer one is not."""


@lru_cache(maxsize=2)  # one explanation asks for the same run several times
def record_again(run: Run) -> Trace | None:
    """Return the trace of `run`; None where it is too long, or cannot be had because it came from a file."""
    given: dict[str, Any] = dict(run.given)
    try:
        trace = record(run.machine_before(), _routine(run.prepared), limit=MAX_UNITS, **given)
    except AllocatorError:
        return None
    is_same = trace.stop.kind == run.stop.kind and trace.run.registers == run.registers
    return trace if is_same else None


def record_moment(moment: Moment) -> Trace | None:
    """Return the trace of the call that a machine made at `moment`; None where it is too long."""
    call = moment.call
    given: dict[str, Any] = dict(call.registers)
    limit = min(call.limit, MAX_UNITS)
    trace = record(moment.machine_before(), _routine(call.entry), limit=limit, **given)
    return trace if len(trace) == moment.steps else None


def _routine(entry: Entry) -> int | None:
    """Return what `record` is asked for: None for a boot."""
    from allocator.machine.pc import BOOT

    return None if entry == BOOT else entry.address
