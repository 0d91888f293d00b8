"""Walk a trace backwards and mark the steps that a value came from: the plain walk.

At any point of the walk there is a set of wanted locations: what is still to be explained. A step that writes
one of them is marked, takes what it writes out of the set, and puts what that came from into it. What is
wanted when the walk arrives at the start are the inputs.

Memory is followed by physical addresses: bytes that were stored under one linear address and read under another are
the same bytes. What the page walk wrote by itself, the accessed and dirty bits of an entry, is told apart from what the
program stored: it keeps the rest of the entry, so that this stays wanted.

With `control` each decision (a conditional branch, an indirect jump) makes what it went by wanted, and each
store that could have hit a wanted byte, had it gone elsewhere, what said where it goes.

`native_slice.py` does the same for long traces; the two are compared by a test.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import numpy.typing as npt

from allocator.trace.flow import MOST_RULES, Flow, Rule
from allocator.trace.flow_table import FlowTable
from allocator.trace.ranges import ADDRESS_END
from allocator.trace.schema import LONG, MMU, PROGRAM, READ, WRITE

if TYPE_CHECKING:
    from allocator.trace.trace import Trace

RULES = (1 << MOST_RULES) - 1
DECIDED = 1 << MOST_RULES
PLACED = 2 << MOST_RULES
"""A mark of a step is a set of bits: the rules that took part, whether it decided, whether only its place counts."""
_STEPS_AT_ONCE = 4096


class Wanted(NamedTuple):
    """Locations and physical addresses of bytes."""

    locations: int
    memory: frozenset[int]


@dataclass(frozen=True)
class Marks:
    """The marks of all steps from step `begin` on, and what was still wanted (or reached) at the end of the walk.

    ``kinds`` leads from a flow's number and the rules that took part to the first step that was so, and how many
    were; only a walk backwards counts them.
    """

    begin: int
    by_step: npt.NDArray[np.uint16]
    kinds: dict[tuple[int, int], tuple[int, int]]
    rest: Wanted

    def steps(self, bits: int) -> npt.NDArray[np.int64]:
        """Return the steps whose marks have any of these bits, ascending."""
        return np.flatnonzero(self.by_step & bits) + self.begin

    def at(self, step: int) -> int:
        """Return the mark of a step."""
        position = step - self.begin
        return int(self.by_step[position]) if 0 <= position < len(self.by_step) else 0


SLOTS_READ, SLOTS_WRITTEN = 7, 8
"""How many values POPA reads, which leaves out SP, and PUSHA writes (`Rule.slot`)."""
WALKED = 2
"""In the place of READ or WRITE: the page walk wrote an entry."""


class Touch(NamedTuple):
    """An access as the walks need it: READ, WRITE or WALKED, and the physical addresses of its bytes."""

    kind: int
    start: int
    end: int

    @property
    def is_write(self) -> bool:
        """Whether the step itself wrote these bytes."""
        return self.kind == WRITE

    @property
    def is_read(self) -> bool:
        """Whether it read them."""
        return self.kind == READ


def walk_back(trace: Trace, table: FlowTable, moment: int, wanted: Wanted, control: bool) -> Marks:
    """Return the marks of all steps before `moment` that `wanted` came from."""
    walk = Walk(wanted)
    upto = min(moment, table.steps)
    marks = np.zeros(upto, np.uint16)
    kinds: dict[tuple[int, int], tuple[int, int]] = {}
    for step, number, touches in _steps_back(trace, table, upto):
        flow = table.flows[number]
        mark = walk.explain(flow, touches)
        if mark:
            kinds[number, mark] = step, kinds.get((number, mark), (0, 0))[1] + 1
        if control and step < moment - 1:
            mark |= walk.decide(flow, touches)
        marks[step] = mark
    return Marks(0, marks, kinds, Wanted(walk.locations, frozenset(walk.memory)))


def _steps_back(trace: Trace, table: FlowTable, upto: int) -> Iterator[tuple[int, int, list[Touch]]]:
    column = table.column_before(upto)
    row = trace.access_rows[upto]
    for begin in range((upto - 1) // _STEPS_AT_ONCE * _STEPS_AT_ONCE, -1, -_STEPS_AT_ONCE):
        end = min(upto, begin + _STEPS_AT_ONCE)
        numbers, counts = column[begin:end].tolist(), trace.arrays.accesses[begin:end].tolist()
        for step in range(end - 1, begin - 1, -1):
            count = counts[step - begin]
            row -= count
            yield step, numbers[step - begin], [touch_of(trace, each) for each in range(row, row + count)]


def touch_of(trace: Trace, row: int) -> Touch:
    """Return the access in row `row`."""
    columns = trace.columns
    start, size = int(columns.address[row]), int(columns.size[row])
    start = columns.physical.get(row, start)
    size = len(columns.long[int(columns.before[row])].before) if size == LONG else size
    kind = WALKED if columns.makers.get(row, PROGRAM) == MMU else int(columns.kind[row])
    return Touch(kind, start, min(start + size, ADDRESS_END))


class Walk:
    """What is wanted, while the walk goes back."""

    def __init__(self, wanted: Wanted) -> None:
        self.locations = wanted.locations
        self.memory = set(wanted.memory)

    def explain(self, flow: Flow, touches: list[Touch]) -> int:
        """Go back over one step; return the rules that took part in what is wanted."""
        hit = [byte for touch in touches if touch.is_write for byte in self.wanted_in(touch)]
        fired = [rule for rule in flow.rules if rule.outputs & self.locations or self._is_hit(rule, touches, hit)]
        if fired:
            self.memory.difference_update(hit)
        for rule in fired:
            self.locations &= ~rule.outputs
        for rule in fired:
            self.locations |= rule.inputs
            self.memory.update(_read_by(rule, touches, hit))
        fired += self._walked(flow, touches)
        return sum(1 << flow.rules.index(rule) for rule in fired)

    def _is_hit(self, rule: Rule, touches: list[Touch], hit: list[int]) -> bool:
        """Tell whether a rule writes a byte that is wanted; ``hit`` are those that the step writes."""
        if not hit or not rule.writes_memory or rule.slot < 0:
            return bool(hit) and rule.writes_memory
        return any(self.wanted_in(touch) for touch in touches_of(rule, WRITE, touches))

    def _walked(self, flow: Flow, touches: list[Touch]) -> list[Rule]:
        """Return the rule of the page walk, which comes before all else, where it wrote an entry that is wanted."""
        if not any(touch.kind == WALKED and self.wanted_in(touch) for touch in touches):
            return []
        fired = [rule for rule in flow.rules if rule.walks]
        for rule in fired:
            self.locations |= rule.inputs
        return fired

    def decide(self, flow: Flow, touches: list[Touch]) -> int:
        """Make wanted what the step decided by, and what its stores went by where they could have hit."""
        mark = 0
        if flow.is_decision:
            mark = DECIDED
            self.locations |= flow.decides
            if flow.decides_by_memory:
                self.memory.update(byte for touch in touches if touch.is_read for byte in _bytes(touch))
        if self.memory and flow.addresses and any(touch.is_write for touch in touches):
            mark |= PLACED
            self.locations |= flow.addresses
        return mark

    def wanted_in(self, touch: Touch) -> list[int]:
        """Return the bytes of an access that are wanted."""
        if touch.end - touch.start > len(self.memory):
            return [byte for byte in self.memory if touch.start <= byte < touch.end]
        return [byte for byte in range(touch.start, touch.end) if byte in self.memory]


def _read_by(rule: Rule, touches: list[Touch], hit: list[int]) -> Iterator[int]:
    """Yield the bytes that a rule's outputs came from; of a copy only those that belong to the bytes wanted."""
    if not rule.reads_memory:
        return
    distance = copy_distance(touches) if rule.is_bytewise else 0
    if distance:
        yield from (byte + distance for byte in hit)
        return
    for touch in touches_of(rule, READ, touches):
        yield from _bytes(touch)


def touches_of(rule: Rule, kind: int, touches: list[Touch]) -> list[Touch]:
    """Return the accesses of one kind that a rule is about: all, or the one in its slot where each slot has one."""
    found = [touch for touch in touches if touch.kind == kind]
    has_slots = rule.slot >= 0 and len(found) == (SLOTS_WRITTEN if kind == WRITE else SLOTS_READ)
    return found[rule.slot : rule.slot + 1] if has_slots else found


def copy_distance(touches: list[Touch]) -> int:
    """Return how far a plain copy brings each byte, against its direction; 0 where it is no plain copy.

    It is one where each byte written is the byte read at the same distance: one read and one write of ranges apart.
    """
    reads = [touch for touch in touches if touch.is_read]
    writes = [touch for touch in touches if touch.is_write]
    if len(reads) != 1 or len(writes) != 1:
        return 0
    read, write = reads[0], writes[0]
    is_apart = read.end <= write.start or write.end <= read.start
    return read.start - write.start if is_apart and read.end - read.start == write.end - write.start else 0


def _bytes(touch: Touch) -> range:
    return range(touch.start, touch.end)
