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
from allocator.errors import UsageError
from allocator.registers import REGISTERS
from allocator.trace.arrays import spans_back
from allocator.trace.backward import DECIDED, PLACED, RULES, Marks, Wanted, walk_back
from allocator.trace.flow import Flow, Rule
from allocator.trace.locations import names_in, read_mask
from allocator.trace.ranges import Where, find_range
from allocator.trace.schema import READ, WRITE
from allocator.trace.state import physical_before
from allocator.trace.step import Access, Step

if TYPE_CHECKING:
    from allocator.trace.flow_table import FlowTable
    from allocator.trace.trace import Trace

NATIVE_FROM = 100_000
"""Steps from which on loading the native walk is worth it."""
_WORD_SIZE = 8
MAX_BYTES = 1 << 16
"""The most bytes of memory that are explained at once."""
MAX_TOLD_APART = 100_000
"""Steps of an explanation up to which each output is known to be used or not."""


class Target(NamedTuple):
    """What is explained: a register or flag by its `name`, or the bytes `where`."""

    name: str
    where: Range | None


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

    def __init__(self, trace: Trace, target: Target, moment: int, control: bool, marks: Marks) -> None:
        """Made by `Trace.why`."""
        self.trace = trace
        self.target = target
        self.moment = moment
        self.control = control
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
            reads = any(rule.reads_memory for rule in fired) and self._accesses(first, "read")
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
        if len(self.steps) > MAX_TOLD_APART:
            return self.outputs(step)
        return names_in(self._used_outputs.get(step, 0))

    @cached_property
    def _used_outputs(self) -> dict[int, int]:
        wanted = 0 if self.target.where else read_mask(self.target.name)
        found: dict[int, int] = {}
        for step in (self._marks.steps(0xFF) if self.control else self.steps)[::-1].tolist():
            flow, mark = self._table.flows[self._number(step)], self._marks.at(step)
            fired = list(_fired_rules(flow, mark))
            found[step] = _outputs(fired) & wanted
            wanted &= ~found[step]
            for rule in fired:
                wanted |= rule.inputs
            wanted |= (flow.decides if mark & DECIDED else 0) | (flow.addresses if mark & PLACED else 0)
        return found

    def only_moves_stack(self, steps: npt.NDArray[np.int64]) -> npt.NDArray[np.bool_]:
        """Tell for each of these steps whether all it contributed is a new stack pointer."""
        kinds = {
            number << 8 | mark: not _outputs(list(_fired_rules(self._table.flows[number], mark))) & ~read_mask("rsp")
            and not any(rule.writes_memory or rule.walks for rule in _fired_rules(self._table.flows[number], mark))
            for number, mark in self._kinds
        }
        codes = self._table.column[steps].astype(np.int64) << 8 | (self._marks.by_step[steps] & RULES)
        moving = np.array([code for code, moves in kinds.items() if moves], np.int64)
        return np.isin(codes, moving)

    def written(self, step: int) -> list[Access]:
        """Return the writes to memory that a step of the explanation contributed, those of the page walk first."""
        rules, writes = self._rules_of(step), self._accesses(step, "write")
        walked = [access for access in writes if access.by == "mmu"] if any(rule.walks for rule in rules) else []
        stored = (
            [access for access in writes if access.by != "mmu"] if any(rule.writes_memory for rule in rules) else []
        )
        return walked + stored

    def is_exchange(self, step: int) -> bool:
        """Whether a step is the third of three XORs that exchange two registers; the first two are left out."""
        return bool(self._table.is_exchange[self._number(step)])

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
        if any(rule.reads_memory for rule in rules):
            found += [self._memory_source(step, access) for access in self._accesses(step, "read")]
        # Of an entry the page walk sets bits: the others are as they were.
        found += [self._memory_source(step, access) for access in self.written(step) if access.by == "mmu"]
        return found

    def decided_by(self, step: int) -> list[Source]:
        """Return what a decision went by: flags and registers, with the steps that made them."""
        flow = self._flow((self._number(step), 0))
        before = self.trace.registers_at(step)
        return [
            Source(name, None, before[name] if name in REGISTERS else None, self._makers(step, read_mask(name)))
            for name in names_in(flow.decides)
        ]

    def _memory_source(self, step: int, access: Access) -> Source:
        where = Range(access.address, access.address + access.size)
        physical = Range(access.physical, access.physical + access.size)
        value = int.from_bytes(access.before, "little")
        return Source(f"{where.start:#x}", where, value, self._writers(step, physical), physical)

    def _writers(self, step: int, physical: Range) -> tuple[int, ...]:
        """Return the steps before `step` that wrote the bytes of a variable last; of many bytes none are told."""
        end, search = self.trace.access_rows[step], self.trace.physical_search
        each = [Range(byte, byte + 1) for byte in range(*physical)] if physical.size <= _WORD_SIZE else []
        rows = [search.last(byte, WRITE, end) for byte in each]
        return tuple(dict.fromkeys(self.trace.step_of_access(row) for row in rows if row is not None))

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
    def _table(self) -> FlowTable:
        return flow_table(self.trace)

    @cached_property
    def _kinds(self) -> dict[tuple[int, int], tuple[int, int]]:
        """What `Marks.kinds` says, in the order of the first steps."""
        return dict(sorted(self._marks.kinds.items(), key=lambda item: item[1]))

    def _flow(self, kind: tuple[int, int]) -> Flow:
        return self._table.flows[kind[0]]

    def _number(self, step: int) -> int:
        return int(self._table.column[step])

    def _rules_of(self, step: int) -> list[Rule]:
        return list(_fired_rules(self._table.flows[self._number(step)], self._marks.at(step)))

    def _repr_html_(self) -> str:
        from allocator.views.html_why import why_html

        return why_html(self)

    def __repr__(self) -> str:
        return f"<Why {self.target.name}: {len(self):,} steps, {len(self.inputs)} inputs>"


def explain(trace: Trace, what: str | int | Where, moment: int, control: bool) -> Why:
    """Explain the value of a register, a flag or bytes of memory before step `moment`."""
    target, wanted = _wanted(trace, what, moment)
    table = flow_table(trace)
    walk = _native_walk() if moment >= NATIVE_FROM else walk_back
    return Why(trace, target, moment, control, walk(trace, table, moment, wanted, control))


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


def register_name(name: str) -> str:
    """Return the register or flag that is meant; raises UsageError."""
    lower = name.lower()
    if lower not in REGISTERS or REGISTERS[lower].full == "rip":
        raise UsageError(f"'{name}' is no register or flag whose value has a history")
    return lower


def _wanted(trace: Trace, what: str | int | Where, moment: int) -> tuple[Target, Wanted]:
    if isinstance(what, str) and what.lower() in REGISTERS:
        name = register_name(what)
        return Target(name, None), Wanted(read_mask(name), frozenset())
    where = find_range(trace.image, what, None, MAX_BYTES)
    where = _as_accessed(trace, where, moment) if isinstance(what, str | int) else where
    name = what if isinstance(what, str) else f"{where.start:#x}"
    places = trace.frames.physical(where, moment)
    return Target(name, where), Wanted(0, frozenset(byte for place in places for byte in range(*place)))


def _as_accessed(trace: Trace, where: Range, moment: int) -> Range:
    """Return the variable at a single address: as many bytes as the last access had that began there, or one."""
    if where.size > 1 or trace.image.symbols.get("os_MemoryMap") == where.start:
        return where
    (place,) = trace.frames.physical(where, moment)
    end, search = trace.access_rows[len(trace)], trace.physical_search
    row = search.last(place, WRITE, end)
    row = search.last(place, READ, end) if row is None else row
    access = trace.access_at(row) if row is not None else None
    is_variable = access is not None and access.physical == place.start and access.size <= _WORD_SIZE
    return Range(where.start, where.start + access.size) if access and is_variable else where


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
