"""Tell in which mode of the processor the steps of a trace ran: one entry for each change."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from allocator.trace.trace import Trace


class ModeChange(NamedTuple):
    """From `step` on code ran in `mode`, one of `schema.MODES`."""

    step: int
    mode: str


def mode_changes(trace: Trace) -> tuple[ModeChange, ...]:
    """Return the mode of the first step, and each change."""
    modes = [place.mode for place in trace.columns.places]
    if len(set(modes)) == 1:  # as in any trace of a called routine: there is nothing to look for
        return (ModeChange(0, modes[0]),)
    import numpy as np

    numbers = {mode: number for number, mode in enumerate(dict.fromkeys(modes))}
    names = list(numbers)
    column = np.array([numbers[mode] for mode in modes], np.int8)[trace.arrays.place]
    steps = np.flatnonzero(np.diff(column, prepend=-1))
    return tuple(ModeChange(int(step), names[column[step]]) for step in steps)
