"""Follow what a step produced: every step that used it, or used what was made of it.

At any point of the walk there is a set of locations and bytes that the value reached. A step that uses one of
them is marked, and what it makes of them is reached as well; what a step overwrites with something else is not
any more. Bytes are physical ones, as in `backward.py`. A decision (a conditional branch, an indirect jump) that went
by a reached value is marked too; what the path then did is not followed.

`native_slice.py` does the same for long traces; the two are compared by a test.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from allocator.addresses import Range
from allocator.trace.backward import DECIDED, RULES, WALKED, Marks, Touch, Wanted, copy_distance, touch_of, touches_of
from allocator.trace.flow import Flow, Rule
from allocator.trace.locations import names_in
from allocator.trace.schema import READ, WRITE
from allocator.trace.step import Step
from allocator.trace.why import NATIVE_FROM, flow_table, stretches

if TYPE_CHECKING:
    from allocator.trace.flow_table import FlowTable
    from allocator.trace.trace import Trace

_STEPS_AT_ONCE = 4096


class Forward:
    """What the values that one step produced reached; `steps` are the numbers of the steps that used them."""

    def __init__(self, trace: Trace, origin: int, marks: Marks) -> None:
        """Made by `Trace.forward`."""
        self.trace = trace
        self.origin = origin
        self._marks = marks
        self.steps = marks.steps(RULES)
        """The steps that made something of the values, ascending."""
        self.decisions = marks.steps(DECIDED)
        """The branches and indirect jumps that went by the values, ascending."""

    def __len__(self) -> int:
        return len(self.steps)

    def __iter__(self) -> Iterator[Step]:
        return (Step(self.trace, int(step)) for step in self.steps)

    @cached_property
    def registers(self) -> tuple[str, ...]:
        """The registers and flags that hold something made of the values at the end."""
        return tuple(names_in(self._marks.rest.locations))

    @cached_property
    def memory(self) -> tuple[Range, ...]:
        """The bytes of memory that do, by the addresses that the run used for them last."""
        found = self.trace.frames.named(stretches(self._marks.rest.memory), is_last=True)
        return tuple(each.where for each in found)

    def outputs(self, step: int) -> list[str]:
        """Return the registers and flags that a step made of the values."""
        mark = self._marks.at(step)
        table = flow_table(self.trace)
        flow = table.flows[int(table.own[step])]
        fired = [rule.outputs for at, rule in enumerate(flow.rules) if mark >> at & 1]
        return names_in(_joined(fired))

    def __repr__(self) -> str:
        return f"<Forward from step {self.origin}: {len(self.steps):,} steps, {len(self.decisions):,} decisions>"


def follow(trace: Trace, origin: int) -> Forward:
    """Follow the values that step `origin` produced to the end of the trace."""
    table = flow_table(trace)
    walk = _native_walk() if len(trace) - origin >= NATIVE_FROM else walk_on
    return Forward(trace, origin, walk(trace, table, origin, produced(trace, table, origin)))


def _native_walk() -> Callable[[Trace, FlowTable, int, Wanted], Marks]:
    try:
        from allocator.trace.native_slice import walk_on_natively
    except ImportError:  # Numba has no wheel for this platform
        return walk_on
    return walk_on_natively


def produced(trace: Trace, table: FlowTable, origin: int) -> Wanted:
    """Return what step `origin` itself wrote; the bits that the page walk set for it are not of its making."""
    if origin >= table.steps:
        return Wanted(0, frozenset())
    flow = table.flows[int(table.own[origin])]
    rows = range(trace.access_rows[origin], trace.access_rows[origin + 1])
    written = [touch for touch in (touch_of(trace, row) for row in rows) if touch.is_write]
    return Wanted(flow.outputs, frozenset(byte for touch in written for byte in range(touch.start, touch.end)))


def walk_on(trace: Trace, table: FlowTable, origin: int, reached: Wanted) -> Marks:
    """Return the marks of all steps after `origin` that used what was `reached`."""
    walk = _Walk(reached)
    begin = min(origin + 1, table.steps)
    marks = np.zeros(table.steps - begin, np.uint16)
    for step, flow, touches in _steps_on(trace, table, begin):
        marks[step - begin] = walk.use(flow, touches)
        if not walk.locations and not walk.memory:
            break
    return Marks(begin, marks, {}, Wanted(walk.locations, frozenset(walk.memory)))


def _steps_on(trace: Trace, table: FlowTable, begin: int) -> Iterator[tuple[int, Flow, list[Touch]]]:
    arrays = trace.arrays
    row = trace.access_rows[begin]
    for first in range(begin, table.steps, _STEPS_AT_ONCE):
        last = min(table.steps, first + _STEPS_AT_ONCE)
        numbers, counts = table.own[first:last].tolist(), arrays.accesses[first:last].tolist()
        for position, (number, count) in enumerate(zip(numbers, counts, strict=True)):
            yield first + position, table.flows[number], [touch_of(trace, each) for each in range(row, row + count)]
            row += count


class _Walk:
    """What is reached, while the walk goes on."""

    def __init__(self, reached: Wanted) -> None:
        self.locations = reached.locations
        self.memory = set(reached.memory)

    def use(self, flow: Flow, touches: list[Touch]) -> int:
        """Go on over one step; return its mark."""
        walked = self._walk(flow, touches)
        reads = [touch for touch in touches if touch.is_read and self._reaches(touch)]
        fired = [
            walked if rule.walks else bool(rule.inputs & self.locations) or self._is_read(rule, touches, reads)
            for rule in flow.rules
        ]
        mark = sum(1 << at for at, is_fired in enumerate(fired) if is_fired and _makes(flow.rules[at], touches))
        if flow.is_decision and (flow.decides & self.locations or (flow.decides_by_memory and reads)):
            mark |= DECIDED
        self._write_memory(flow, fired, touches)
        for rule, is_fired in zip(flow.rules, fired, strict=True):
            self.locations = self.locations | rule.outputs if is_fired else self.locations & ~rule.outputs
        return mark

    def _is_read(self, rule: Rule, touches: list[Touch], reads: list[Touch]) -> bool:
        """Tell whether a rule reads a byte that is reached; ``reads`` are the accesses of the step that do."""
        return rule.reads_memory and any(touch in reads for touch in touches_of(rule, READ, touches))

    def _walk(self, flow: Flow, touches: list[Touch]) -> bool:
        """Go on over what the page walk wrote, which comes first; tell whether anything reached had a part in it."""
        walked = [touch for touch in touches if touch.kind == WALKED]
        if any(rule.walks and rule.inputs & self.locations for rule in flow.rules):
            self.memory.update(byte for touch in walked for byte in range(touch.start, touch.end))
        return any(self._reaches(touch) for touch in walked)

    def _reaches(self, touch: Touch) -> bool:
        if touch.end - touch.start > len(self.memory):
            return any(touch.start <= byte < touch.end for byte in self.memory)
        return any(byte in self.memory for byte in range(touch.start, touch.end))

    def _write_memory(self, flow: Flow, fired: list[bool], touches: list[Touch]) -> None:
        writes = [touch for touch in touches if touch.is_write]
        if not writes:
            return
        written = [byte for touch in writes for byte in range(touch.start, touch.end)]
        used = [rule for rule, is_fired in zip(flow.rules, fired, strict=True) if is_fired and rule.writes_memory]
        reached = [byte for rule in used for byte in self._reached_of(rule, touches)]
        self.memory.difference_update(written)
        self.memory.update(reached)

    def _reached_of(self, rule: Rule, touches: list[Touch]) -> list[int]:
        """Return which of the bytes that `rule` writes are reached: of a copy those that come from reached ones."""
        written = [byte for touch in touches_of(rule, WRITE, touches) for byte in range(touch.start, touch.end)]
        is_copy = rule.is_bytewise and not rule.inputs & self.locations
        distance = copy_distance(touches) if is_copy else 0
        return [byte for byte in written if not distance or byte + distance in self.memory]


def _makes(rule: Rule, touches: list[Touch]) -> bool:
    """Tell whether a rule has an output at all: where it only writes memory, whether the step did."""
    return bool(rule.outputs) or rule.walks or (rule.writes_memory and any(touch.is_write for touch in touches))


def _joined(masks: list[int]) -> int:
    found = 0
    for mask in masks:
        found |= mask
    return found
