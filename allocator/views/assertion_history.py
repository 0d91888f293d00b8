"""Find the last good state: when what an assertion looked at was last as it should have been."""

from __future__ import annotations

import numpy as np

from allocator.addresses import Range
from allocator.registers import FULL, REGISTERS
from allocator.trace.trace import Trace
from allocator.views.assertion_parts import place_of, statement_of
from allocator.views.assertion_subjects import Claim

MOST_CHANGES = 10_000
MOST_WRITES = 500


def last_good_register(trace: Trace, name: str, moment: int, claim: Claim) -> str:
    """Return when the register or flag last held what was expected before `moment`, in a line."""
    view = REGISTERS[name]
    end = trace.change_rows[moment]
    rows = np.flatnonzero(np.asarray(trace.arrays.register[:end]) == FULL.index(view.full))[-MOST_CHANGES:]
    later: int | None = None
    for row in rows[::-1].tolist():
        if claim.holds_for(view.of(int(trace.arrays.value[row]))):
            return _until(trace, later)
        later = row
    if len(rows) < MOST_CHANGES and claim.holds_for(view.of(trace.start[view.full])):
        return _until(trace, later)
    return f"last good state: none, {name} was never as expected in this run"


def last_good_memory(trace: Trace, where: Range, moment: int, expected: bytes) -> str:
    """Return when the bytes last were as expected before `moment`, in a line."""
    writes = [step for step in dict.fromkeys(trace.writes(where).steps.tolist()) if step < moment]
    for step in writes[: -MOST_WRITES - 1 : -1]:
        if trace.memory_at(step, where) == tuple(expected):
            return _until_step(trace, step)
    return "last good state: none, the memory was never as expected in this run"


def _until(trace: Trace, row: int | None) -> str:
    """Say up to when it was so: to the change in that row of the table of changes."""
    return _until_step(trace, None if row is None else trace.change_rows.step_of(row))


def _until_step(trace: Trace, step: int | None) -> str:
    if step is None:
        return "last good state: still so, what was looked at is another moment"
    changed = trace[step]
    return f"last good state: up to step {step:,}, which changed it ({place_of(changed)}: {statement_of(changed)})"
