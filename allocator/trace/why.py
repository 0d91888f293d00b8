"""Explain a value: the steps that it was computed by, and the inputs that it was computed from.

    trace.why("rax")            rax at the end
    trace.why("zf", 41)         the zero flag before step 41
    trace.why("page_map[31]")   a byte of memory

A step of the explanation names its *sources*: the registers, flags and bytes that it used, each with its value
and the step that made it. Where none did, the source is an input: what the caller left in a register, what lay in
memory, a constant of the program, or something from outside (the clock, a port).

Memory is followed by physical addresses, whatever linear ones the run used. Bytes that no step made are named by the
address by which the run first used their frame.

The promise: with the same path and the same places of accesses, no input that is not named can change the
value. With `control` the path and the places of stores are explained as well, and the promise holds without
that condition, for any run that does not fault.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import numpy.typing as npt

from allocator.addresses import Range
from allocator.registers import REGISTERS, SEGMENTS
from allocator.trace.arrays import spans_back
from allocator.trace.backward import DECIDED, RULES, SLOTS_READ, Marks, Wanted, touch_of, walk_back
from allocator.trace.flow import Flow, Rule
from allocator.trace.locations import names_in, read_mask
from allocator.trace.ranges import ADDRESS_END, Where
from allocator.trace.schema import WRITE
from allocator.trace.state import physical_before
from allocator.trace.step import Access, Step
from allocator.trace.target import Target, find_target, register_name
from allocator.trace.uses import Uses

if TYPE_CHECKING:
    from allocator.trace.flow_table import FlowTable
    from allocator.trace.trace import Trace

NATIVE_FROM = 100_000
"""Steps from which on loading the native walk is worth it."""
_BASES = frozenset({"rsp", *SEGMENTS})
MOST_BYTES_TOLD = 64
"""Bytes that are read at once up to which it is told who wrote them."""
MAX_TOLD_APART = 100_000
"""Steps of an explanation up to which each output is known to be used or not."""


class Input(NamedTuple):
    """Something that the value was computed from and that no step made.

    ``kind`` is ``register``, ``memory``, ``constant`` or ``outside``. ``value`` is a number, or the bytes as they lay
    in memory; None where it is not known. ``step`` is the first that used a constant or asked outside, ``uses`` how
    many did. ``physical`` is where bytes of memory lie, `where` the address that the run used for them.
    """

    kind: str
    name: str
    where: Range | None = None
    value: int | bytes | None = None
    step: int | None = None
    uses: int = 1
    physical: Range | None = None


class Source(NamedTuple):
    """What a step used: a register or flag by `name`, or the bytes `where`, with the `value` it had then.

    ``makers`` are the steps that made it, latest first; empty where it is an input. ``physical`` is where bytes of
    memory lie.
    """

    name: str
    where: Range | None
    value: int | None
    makers: tuple[int, ...]
    physical: Range | None = None


class Why:
    """The explanation of one value; iterating yields its steps."""

    def __init__(  # noqa: PLR0917 -- made in one place
        self, trace: Trace, target: Target, moment: int, control: bool, table: FlowTable, marks: Marks
    ) -> None:
        """Made by `Trace.why`."""
        self.trace = trace
        self.target = target
        self.moment = moment
        self.control = control
        self._table = table
        self._marks = marks

    def __len__(self) -> int:
        return len(self.steps)

    def __iter__(self) -> Iterator[Step]:
        return (Step(self.trace, int(step)) for step in self.steps)

    @cached_property
    def steps(self) -> npt.NDArray[np.int64]:
        """The numbers of the steps that the value was computed by."""
        return self._marks.steps(RULES)

    @property
    def value(self) -> int | bytes | None:
        """The value that is explained: a number, or the bytes in memory; None where it is not known."""
        if self.target.where:
            return _bytes_or_none(self.trace.memory_at(self.moment, self.target.where))
        return self.trace.registers_at(self.moment)[self.target.name]

    @cached_property
    def decisions(self) -> npt.NDArray[np.int64]:
        """The steps that chose the path up to the moment; empty without `control`."""
        return self._marks.steps(DECIDED)

    @cached_property
    def values(self) -> Why:
        """The same without what only says where memory lies: segment registers and the stack pointer.

        Where one of these is asked for it is the whole explanation.
        """
        name = self.target.name
        if self.target.where is None and REGISTERS[name].full in _BASES:
            return self
        return _explained(self.trace, self.target, self.moment, self.control, self._table.of_values)

    @cached_property
    def inputs(self) -> tuple[Input, ...]:
        """All that the value was computed from: registers, memory, what came from outside, constants."""
        return (*self._register_inputs(), *self._memory_inputs(), *self._outside(), *self._constants())

    def _register_inputs(self) -> Iterator[Input]:
        for name in names_in(self._marks.rest.locations):
            yield Input("register", name, None, self.trace.start[name] if name in REGISTERS else None)

    def _memory_inputs(self) -> Iterator[Input]:
        for where, physical in self.trace.frames.named(stretches(self._marks.rest.memory)):
            value = _bytes_or_none(physical_before(self.trace, 0, physical))
            yield Input("memory", f"{where.start:#x}", where, value, physical=physical)

    def _outside(self) -> Iterator[Input]:
        for kind, (first, count) in self._kinds.items():
            flow = self._flow(kind)
            if flow.outside:
                yield Input("outside", flow.outside, None, None, first, count)

    def _constants(self) -> Iterator[Input]:
        for kind, (first, count) in self._kinds.items():
            fired = list(_fired_rules(self._flow(kind), kind[1]))
            reads = any(rule.reads_memory for rule in fired) and bool(self._accesses(first, "read"))
            reads |= any(rule.walks for rule in fired)
            if not self._flow(kind).outside and not reads and not any(rule.inputs for rule in fired):
                yield Input("constant", Step(self.trace, first).text, None, None, first, count)

    # -- steps --

    def outputs(self, step: int) -> list[str]:
        """Return the registers and flags that a step of the explanation contributed."""
        return names_in(_outputs(self._rules_of(step)))

    def contribution(self, step: int) -> list[str]:
        """Return those of the outputs that a later step, or the value itself, made use of.

        Of a very long explanation they are not told apart from the other outputs.
        """
        return names_in(self._uses.of(step).locations) if self._has_uses else self.outputs(step)

    def written(self, step: int) -> list[Access]:
        """Return the writes to memory that were used likewise, those of the page walk first."""
        if self._has_uses:
            return [self.trace.access_at(row) for row in self._uses.of(step).rows]
        rules, writes = self._rules_of(step), self._accesses(step, "write")
        by_walk, stores = any(rule.walks for rule in rules), any(rule.writes_memory for rule in rules)
        return [access for access in writes if (by_walk if access.by == "mmu" else stores)]

    @property
    def _has_uses(self) -> bool:
        return len(self.steps) <= MAX_TOLD_APART

    @cached_property
    def _uses(self) -> Uses:
        return Uses(self.trace, self._table.flows, self._column, self._marks, self.target.wanted)

    def is_exchange(self, step: int) -> bool:
        """Whether a step is the third of three XORs that exchange two registers; the first two are left out."""
        return bool(self._table.is_exchange[self._number(step)])

    def is_from_outside(self, step: int) -> bool:
        """Whether a step brought a value that no register or memory held before: the clock, a port, the firmware."""
        return self._table.flows[self._number(step)].outside is not None

    def sources(self, step: int) -> list[Source]:
        """Return what a step of the explanation used: registers, flags, then memory."""
        rules = self._rules_of(step)
        wanted = 0
        for rule in rules:
            wanted |= rule.inputs
        before = self.trace.registers_at(max(0, step - 2) if self.is_exchange(step) else step)
        found = [
            Source(name, None, before[name] if name in REGISTERS else None, self._makers(step, read_mask(name)))
            for name in names_in(wanted)
        ]
        found += [self._memory_source(step, access) for access in self._read(step, rules)]
        # Of an entry the page walk sets bits: the others are as they were.
        found += [self._memory_source(step, access) for access in self.written(step) if access.by == "mmu"]
        return found

    def _read(self, step: int, rules: Sequence[Rule]) -> list[Access]:
        """Return what these rules of a step read."""
        reads = self._accesses(step, "read")
        slots = {rule.slot for rule in rules if rule.reads_memory}
        if -1 in slots or len(reads) != SLOTS_READ:
            return reads if slots else []
        return [access for slot, access in enumerate(reads) if slot in slots]

    def decided_by(self, step: int) -> list[Source]:
        """Return what a decision went by: flags and registers, with the steps that made them."""
        flow = self._flow((self._number(step), 0))
        before = self.trace.registers_at(step)
        return [
            Source(name, None, before[name] if name in REGISTERS else None, self._makers(step, read_mask(name)))
            for name in names_in(flow.decides)
        ]

    def _memory_source(self, step: int, access: Access) -> Source:
        where = Range(access.address, min(access.address + access.size, ADDRESS_END))
        physical = Range(access.physical, min(access.physical + access.size, ADDRESS_END))
        value = int.from_bytes(access.before, "little")
        return Source(f"{where.start:#x}", where, value, self._writers(step, physical), physical)

    def _writers(self, step: int, physical: Range) -> tuple[int, ...]:
        """Return the steps before `step` that wrote these bytes last, latest first; of many bytes none are told."""
        row: int | None = self.trace.access_rows[step]
        missing, found = set(range(*physical)) if physical.size <= MOST_BYTES_TOLD else set(), []
        for _ in range(MOST_BYTES_TOLD):
            hull = Range(min(missing, default=0), max(missing, default=0) + 1)
            row = self.trace.physical_search.last(hull, WRITE, row) if missing and row is not None else None
            if row is None:
                break
            touch = touch_of(self.trace, row)
            found += [row] if not missing.isdisjoint(range(touch.start, touch.end)) else []
            missing.difference_update(range(touch.start, touch.end))
        return tuple(dict.fromkeys(map(self.trace.step_of_access, found)))

    def _makers(self, step: int, wanted: int) -> tuple[int, ...]:
        """Return the steps before `step` that made what `wanted` held, of those in the explanation."""
        found: list[int] = []
        position = int(np.searchsorted(self.steps, step))
        for begin, end in spans_back(0, position):
            for at in range(end - 1, begin - 1, -1):
                made = _outputs(self._rules_of(int(self.steps[at])))
                if made & wanted:
                    found.append(int(self.steps[at]))
                    wanted &= ~made
                if not wanted:
                    return tuple(found)
        return tuple(found)

    def _accesses(self, step: int, kind: str) -> list[Access]:
        return [access for access in Step(self.trace, step).accesses if access.kind == kind]

    # -- what the marks mean --

    @cached_property
    def _column(self) -> npt.NDArray[np.uint32]:
        return self._table.column_before(min(self.moment, self._table.steps))

    @cached_property
    def _kinds(self) -> dict[tuple[int, int], tuple[int, int]]:
        """What `Marks.kinds` says, in the order of the first steps."""
        return dict(sorted(self._marks.kinds.items(), key=lambda item: item[1]))

    def _flow(self, kind: tuple[int, int]) -> Flow:
        return self._table.flows[kind[0]]

    def _number(self, step: int) -> int:
        return int(self._column[step])

    def _rules_of(self, step: int) -> list[Rule]:
        return list(_fired_rules(self._table.flows[self._number(step)], self._marks.at(step)))

    def _repr_html_(self) -> str:
        from allocator.views.html_why import why_html

        return why_html(self)

    def __repr__(self) -> str:
        return f"<Why {self.target.name}: {len(self):,} steps, {len(self.inputs)} inputs>"


def explain(trace: Trace, what: str | int | Where, moment: int, control: bool) -> Why:
    """Explain the value of a register, a flag or bytes of memory before step `moment`."""
    return _explained(trace, find_target(trace, what, moment), moment, control, flow_table(trace))


def _explained(trace: Trace, target: Target, moment: int, control: bool, table: FlowTable) -> Why:
    walk = _native_walk() if moment >= NATIVE_FROM else walk_back
    return Why(trace, target, moment, control, table, walk(trace, table, moment, target.wanted, control))


def _native_walk() -> Callable[[Trace, FlowTable, int, Wanted, bool], Marks]:
    try:
        from allocator.trace.native_slice import walk_back_natively
    except ImportError:  # Numba has no wheel for this platform
        return walk_back
    return walk_back_natively


def flow_table(trace: Trace) -> FlowTable:
    """Return the flows of a trace, which are found out once."""
    from allocator.trace.flow_table import FlowTable

    if "_flow_table" not in trace.__dict__:
        trace.__dict__["_flow_table"] = FlowTable(trace)
    table: FlowTable = trace.__dict__["_flow_table"]
    return table


def last_writer(trace: Trace, register: str, moment: int) -> int | None:
    """Return the last step before `moment` that wrote any part of a register or flag, changed or not."""
    wanted = read_mask(register_name(register))
    table = flow_table(trace)
    is_writer = np.fromiter((bool(flow.outputs & wanted) for flow in table.flows), np.bool_, len(table.flows))
    for begin, end in spans_back(0, min(moment, table.steps)):
        found = np.flatnonzero(is_writer[table.own[begin:end]])
        if len(found):
            return begin + int(found[-1])
    return None


def _fired_rules(flow: Flow, bits: int) -> Iterator[Rule]:
    return (rule for at, rule in enumerate(flow.rules) if bits >> at & 1)


def _outputs(rules: Sequence[Rule]) -> int:
    made = 0
    for rule in rules:
        made |= rule.outputs
    return made


def stretches(addresses: frozenset[int]) -> Iterator[Range]:
    """Yield runs of neighbouring addresses."""
    start = end = -1
    for address in sorted(addresses):
        if address != end:
            if end > start:
                yield Range(start, end)
            start = address
        end = address + 1
    if end > start:
        yield Range(start, end)


def _bytes_or_none(values: Sequence[int | None]) -> bytes | None:
    return None if any(value is None for value in values) else bytes(value or 0 for value in values)
