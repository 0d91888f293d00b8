"""Find the steps at an address, and those that meet conditions, among millions.

What can be told from where a step lies is decided once a place and looked up for each step.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from allocator.addresses import Range
from allocator.errors import TraceError
from allocator.trace.arrays import CHUNK, spans, spans_back
from allocator.trace.code_home import code_home, places_at
from allocator.trace.ranges import Where, find_address, find_range
from allocator.trace.schema import READ, WRITE, Place

if TYPE_CHECKING:
    from allocator.assembly.image import Image
    from allocator.trace.trace import Trace

Numbers = npt.NDArray[np.int64]
"""Numbers of steps, ascending."""


def nth_visit(trace: Trace, where: str | int, visit: int) -> int:
    """Return the step that is at `where` for the `visit`-th time, counted from 1; raises TraceError."""
    seen = 0
    for steps in _visits(trace, where, spans(0, len(trace))):
        if seen < visit <= seen + len(steps):
            return int(steps[visit - seen - 1])
        seen += len(steps)
    raise TraceError(f"'{where}' was reached {seen} time(s), not {visit}")


def all_visits(trace: Trace, where: str | int) -> Numbers:
    """Return all steps at `where`."""
    pieces = list(_visits(trace, where, spans(0, len(trace))))
    return np.concatenate(pieces) if pieces else np.empty(0, np.int64)


def visit_after(trace: Trace, where: str | int, step: int) -> int | None:
    """Return the first step at `where` after `step`."""
    found = (steps for steps in _visits(trace, where, spans(step + 1, len(trace))) if len(steps))
    return next((int(steps[0]) for steps in found), None)


def visit_before(trace: Trace, where: str | int, step: int) -> int | None:
    """Return the last step at `where` before `step`."""
    found = (steps for steps in _visits(trace, where, spans_back(0, step)) if len(steps))
    return next((int(steps[-1]) for steps in found), None)


def _visits(trace: Trace, where: str | int, pieces: Iterator[tuple[int, int]]) -> Iterator[Numbers]:
    address = find_address(trace.image, where)
    there = places_at(trace, address)
    if not there:
        return
    is_there = np.array([number in there for number in range(len(trace.columns.places))], np.bool_)
    for begin, end in pieces:
        yield np.flatnonzero(is_there[trace.arrays.place[begin:end]]) + begin


def which_places(trace: Trace, holds: Callable[[Place], bool]) -> npt.NDArray[np.bool_]:
    """Return for each place of the trace whether `holds`."""
    return np.fromiter(map(holds, trace.columns.places), np.bool_, len(trace.columns.places))


def selected(  # noqa: PLR0917 -- called by `Trace.select` alone, which takes them by name
    trace: Trace,
    label: str | None,
    routine: str | None,
    addresses: Where | None,
    lines: int | tuple[int, int] | None,
    reads: Where | None,
    writes: Where | None,
) -> Numbers:
    """Return the steps that meet all conditions that are not None."""
    conditions = list(_place_conditions(trace, label, routine, addresses, lines))
    is_wanted = which_places(trace, lambda place: all(holds(place) for holds in conditions))
    found: Numbers | None = None
    for where, kind in ((reads, READ), (writes, WRITE)):
        if where is not None:
            steps = np.unique(trace._accesses(where, kind).steps)
            found = steps if found is None else np.intersect1d(found, steps)
    if found is not None:
        return found[is_wanted[trace.arrays.place[found]]]
    place = trace.arrays.place
    pieces = [np.flatnonzero(is_wanted[place[at : at + CHUNK]]) + at for at in range(0, len(place), CHUNK)]
    return np.concatenate(pieces) if pieces else np.empty(0, np.int64)


def _place_conditions(
    trace: Trace, label: str | None, routine: str | None, addresses: Where | None, lines: int | tuple[int, int] | None
) -> Iterator[Callable[[Place], bool]]:
    image = trace.image
    homes = {place: code_home(trace, number) for number, place in enumerate(trace.columns.places)}
    if label is not None:
        find_address(image, label)
        yield lambda place: _label(image, homes[place]) == label
    if routine is not None:
        find_address(image, routine)
        yield lambda place: f"{_label(image, homes[place])}.".startswith(f"{routine}.")
    if addresses is not None:
        wanted: Range = find_range(image, addresses)
        yield lambda place: place.address in wanted
    if lines is not None:
        first, last = (lines, lines) if isinstance(lines, int) else lines
        yield lambda place: first <= _line(image, homes[place]) <= last


def _label(image: Image, address: int) -> str:
    location = image.locate(address)
    return location.label if location else ""


def _line(image: Image, address: int) -> int:
    line = image.line_at(address)
    return line.line if line else 0
