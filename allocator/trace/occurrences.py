"""Find every step that did one thing: an instruction, a call of a routine, a use of a register.

What can be told from where a step lies is decided once a place and looked up for each step.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, overload

import numpy as np
import numpy.typing as npt

from allocator.instructions.disassembly import decode
from allocator.trace.arrays import CHUNK
from allocator.trace.locations import read_mask
from allocator.trace.pattern import matching_places
from allocator.trace.ranges import find_address
from allocator.trace.step import Step
from allocator.trace.target import register_name
from allocator.trace.why import flow_table

if TYPE_CHECKING:
    from allocator.trace.flow import Flow
    from allocator.trace.trace import Trace


class Occurrences(Sequence[Step]):
    """Steps of one trace, in order. Compared with a number it is how many: ``trace.calls("os_mem_allocate") == 2``."""

    def __init__(self, trace: Trace, steps: npt.NDArray[np.int64]) -> None:
        """Take the numbers of the steps, which stay at hand as ``steps``, and the ``trace``."""
        self.trace = trace
        self.steps = steps

    def __len__(self) -> int:
        return len(self.steps)

    @overload
    def __getitem__(self, index: int) -> Step: ...
    @overload
    def __getitem__(self, index: slice) -> Occurrences: ...
    def __getitem__(self, index: int | slice) -> Step | Occurrences:
        if isinstance(index, slice):
            return Occurrences(self.trace, self.steps[index])
        return Step(self.trace, int(self.steps[index]))

    def __eq__(self, other: object) -> bool:
        if isinstance(other, int):
            return len(self) == other
        if isinstance(other, Occurrences):
            return self.trace is other.trace and np.array_equal(self.steps, other.steps)
        return NotImplemented

    __hash__ = None  # type: ignore[assignment]  # equal to a number, so no key

    def __repr__(self) -> str:
        return f"<{len(self):,} steps>"


def find_instructions(trace: Trace, pattern: str) -> Occurrences:
    """Return the steps that a pattern of one instruction means; raises UsageError."""
    return _at_places(trace, np.array(matching_places(trace, pattern), np.bool_))


def find_calls(trace: Trace, routine: str | int) -> Occurrences:
    """Return the CALLs that led to `routine`; raises TraceError. How the run itself was entered is none."""
    address, places = find_address(trace.image, routine), trace.columns.places
    is_call = np.array([decode(place.code, place.bits, place.address).is_call for place in places], np.bool_)
    is_there = np.array([place.address == address for place in places], np.bool_)
    found = _at_places(trace, is_call).steps
    found = found[found + 1 < len(trace)]
    return Occurrences(trace, found[is_there[trace.arrays.place[found + 1]]])


def find_register_writes(trace: Trace, register: str) -> Occurrences:
    """Return the steps that wrote any part of a register or flag, changed or not; raises UsageError."""
    return _by_flow(trace, register, lambda flow: flow.outputs)


def find_register_reads(trace: Trace, register: str) -> Occurrences:
    """Return the steps that used any part of a register or flag, to compute, to address or to decide."""
    return _by_flow(trace, register, _used)


def _used(flow: Flow) -> int:
    used = flow.addresses | flow.decides
    for rule in flow.rules:
        used |= rule.inputs
    return used


def _by_flow(trace: Trace, register: str, locations: Callable[[Flow], int]) -> Occurrences:
    wanted = read_mask(register_name(register))
    flows = flow_table(trace).flows
    return _at_places(trace, np.array([bool(locations(flow) & wanted) for flow in flows], np.bool_))


def _at_places(trace: Trace, is_meant: npt.NDArray[np.bool_]) -> Occurrences:
    place = trace.arrays.place
    pieces = [np.flatnonzero(is_meant[place[at : at + CHUNK]]) + at for at in range(0, len(place), CHUNK)]
    return Occurrences(trace, np.concatenate(pieces) if pieces else np.empty(0, np.int64))
