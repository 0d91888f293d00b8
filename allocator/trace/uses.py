"""Tell what of each step of an explanation was made use of: by a later step, or by the value itself.

An instruction often writes more than is needed: flags beside its result, a stack pointer, a frame of six words of which
one is read. The steps of the explanation are walked back once more, by the plain walk, which knows at each of them what
is wanted; only as far back as is asked.
"""

from __future__ import annotations

from collections.abc import Iterator
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


_NOTHING = Used(0, ())


class Uses:
    """The uses of the steps of one explanation; ``column`` has the numbers of their flows."""

    def __init__(
        self, trace: Trace, flows: list[Flow], column: npt.NDArray[np.uint32], marks: Marks, wanted: Wanted
    ) -> None:
        self._trace = trace
        self._flows = flows
        self._column = column
        self._marks = marks
        self._walk = Walk(wanted)
        self._ahead = iter(marks.steps(RULES | DECIDED | PLACED)[::-1].tolist())
        self._found: dict[int, Used] = {}

    def of(self, step: int) -> Used:
        """Return what was used of a step; nothing of one that is no part of the explanation."""
        if self._marks.at(step) and step not in self._found:
            for earlier in self._ahead:
                self._found[earlier] = self._go_back_over(earlier)
                if earlier == step:
                    break
        return self._found.get(step, _NOTHING)

    def _go_back_over(self, step: int) -> Used:
        flow, mark, walk = self._flows[int(self._column[step])], self._marks.at(step), self._walk
        rows = range(self._trace.access_rows[step], self._trace.access_rows[step + 1])
        touches = {row: touch_of(self._trace, row) for row in rows}
        locations, stored = flow.outputs & walk.locations, list(_wanted(walk, touches, is_walked=False))
        walk.explain(flow, list(touches.values()))
        used = Used(locations, (*_wanted(walk, touches, is_walked=True), *stored))
        if mark & (DECIDED | PLACED):
            walk.decide(flow, list(touches.values()))
        return used


def _wanted(walk: Walk, touches: dict[int, Touch], is_walked: bool) -> Iterator[int]:
    """Yield the rows of which a byte is wanted: of what the page walk wrote, or of what the step stored."""
    for row, touch in touches.items():
        if not touch.is_read and (touch.kind == WALKED) == is_walked and walk.wanted_in(touch):
            yield row
