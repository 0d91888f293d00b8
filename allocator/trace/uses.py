"""Tell what of each step of an explanation was made use of: by a later step, or by the value itself.

An instruction often writes more than is needed: flags beside its result, a stack pointer, a frame of six words of which
one is read. The steps of the explanation are walked back once more, by the plain walk, which knows at each of them what
is wanted.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from allocator.trace.backward import DECIDED, PLACED, RULES, WALKED, Marks, Touch, Walk, Wanted, touch_of

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    from allocator.trace.flow import Flow
    from allocator.trace.trace import Trace


class Used(NamedTuple):
    """What was used of a step: `locations` that it wrote, and the ``rows`` of what it wrote to memory."""

    locations: int
    rows: tuple[int, ...]


NOTHING_USED = Used(0, ())


def find_uses(
    trace: Trace, flows: list[Flow], column: npt.NDArray[np.uint32], marks: Marks, wanted: Wanted
) -> dict[int, Used]:
    """Return what was used of each marked step; ``column`` has the number of its flow."""
    walk, found = Walk(wanted), {}
    for step in marks.steps(RULES | DECIDED | PLACED)[::-1].tolist():
        flow, mark = flows[int(column[step])], marks.at(step)
        rows = range(trace.access_rows[step], trace.access_rows[step + 1])
        touches = {row: touch_of(trace, row) for row in rows}
        locations, stored = flow.outputs & walk.locations, _wanted(walk, touches, is_walked=False)
        walk.explain(flow, list(touches.values()))
        found[step] = Used(locations, (*_wanted(walk, touches, is_walked=True), *stored))
        if mark & (DECIDED | PLACED):
            walk.decide(flow, list(touches.values()))
    return found


def _wanted(walk: Walk, touches: dict[int, Touch], is_walked: bool) -> list[int]:
    """Return the rows of which a byte is wanted: of what the page walk wrote, or of what the step stored."""
    return [
        row
        for row, touch in touches.items()
        if not touch.is_read and (touch.kind == WALKED) == is_walked and walk.wanted_in(touch)
    ]
