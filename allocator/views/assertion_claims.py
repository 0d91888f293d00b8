"""Understand what a failed assertion claimed: about which register, which bytes, which count, and what it expected.

    run.rax == 0x3a00000                  a register after a call
    trace.at("f.mark").before.zf          a flag before a step
    machine.page_map[31] == 2             bytes of memory as they are now
    run.pages_changed == {29: (1, 2)}     pages that a call changed
    trace.reads("page_map[31]") == 1      how often something happened
    run.steps <= 60                       how long a call took
    run.preserved("rbx"), run.changed_only(...), trace.matches("...")

What it cannot understand it leaves to pytest.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cached_property
from typing import Any

from allocator.addresses import Range
from allocator.findings import Finding, Findings
from allocator.machine.changes import find_area
from allocator.machine.live_page_map import PageMap, Pages
from allocator.machine.machine import Machine
from allocator.machine.run import Registers, Run, Stop
from allocator.registers import REGISTERS
from allocator.trace.accesses import Accesses
from allocator.trace.again import record_moment
from allocator.trace.occurrences import Occurrences
from allocator.trace.pattern import Match
from allocator.trace.step import Step
from allocator.trace.trace import Trace
from allocator.views.assertion_comparisons import COMPARISONS, WRITTEN
from allocator.views.assertion_source import Statement
from allocator.views.assertion_subjects import (
    ChangedOnly,
    Claim,
    Derived,
    Found,
    MemoryOf,
    PagesChanged,
    Pattern,
    Preserved,
    RegisterOf,
    StepDetail,
    StepsOf,
    StopOf,
    Subject,
    Times,
)
from allocator.views.assertion_values import Unknown, Values

_DEEPEST = 8
_TELLING = 10
"""The smallest number that is taken for what a call returned: a smaller one may be anything."""
_DETAILS = ("mode", "text", "repeat", "bits", "address", "code")


def find_claim(statement: Statement, values: Values) -> Claim | None:
    """Return what the assertion claimed and what was wrong, None where it is not about a run."""
    return next(_Reader(statement, values).claims(statement.test, True), None)


class _Reader:
    """Reads one expression."""

    def __init__(self, statement: Statement, values: Values) -> None:
        self._values = values
        self._statement = statement

    def claims(self, node: ast.expr, wanted: bool) -> Iterator[Claim]:
        """Yield the claims of `node` that did not hold; `wanted` is what it should have been."""
        if isinstance(node, ast.BoolOp):
            for part in node.values:
                yield from self.claims(part, wanted)
        elif isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
            yield from self.claims(node.operand, not wanted)
        elif isinstance(node, ast.Compare):
            yield from self._comparisons(node, wanted)
        else:
            yield from self._truth(node, wanted)

    def _comparisons(self, node: ast.Compare, wanted: bool) -> Iterator[Claim]:
        operands = [node.left, *node.comparators]
        for left, sign, right in zip(operands, node.ops, node.comparators, strict=False):
            written = WRITTEN[type(sign)]
            yield from self._comparison(left, written if wanted else COMPARISONS[written].opposite, right)

    def _comparison(self, left: ast.expr, sign: str, right: ast.expr) -> Iterator[Claim]:
        for subject_node, other_node, turned in ((left, right, sign), (right, left, COMPARISONS[sign].turned)):
            subject = self.subject(subject_node)
            if subject is None or turned is None:
                continue
            try:
                claim = Claim(subject, turned, self._actual(subject_node), self._values.of(other_node))
            except Unknown:
                continue
            if not claim.holds_for(claim.actual):
                yield claim

    def _truth(self, node: ast.expr, wanted: bool) -> Iterator[Claim]:
        subject = self.subject(node)
        if subject is None:
            return
        claim = Claim(subject, "true" if wanted else "false", self._values.get(node))
        if not claim.holds_for(claim.actual):
            yield claim

    def _actual(self, node: ast.expr) -> Any:  # noqa: ANN401
        value = self._values.of(node)
        return len(value) if isinstance(value, Accesses | Occurrences) else value

    # -- what an expression is about --

    def subject(self, node: ast.expr, depth: int = 0) -> Subject | None:
        """Return what `node` is a value of."""
        found = self._of_part(node) or self._of_value(self._values.get(node))
        if found is None and isinstance(node, ast.Name) and depth < _DEEPEST:
            setting = next((value for name, value in self._statement.settings if name == node.id), None)
            if setting is not None and self._is_same(setting, node):
                found = self.subject(setting, depth + 1)
        return found or self._derived(node)

    def _derived(self, node: ast.expr) -> Subject | None:
        """Return what a number was computed from: a register in the expression, or what the last call returned."""
        if not isinstance(self._values.get(node), int) or isinstance(node, ast.Constant):
            return None
        for part in ast.walk(node):
            if part is node or not isinstance(part, ast.Attribute | ast.Subscript | ast.Name):
                continue
            subject = self._of_part(part)
            if isinstance(subject, RegisterOf):
                return Derived(self._statement.words(node), subject, self._values.get(part))
        return self._returned(node)

    def _returned(self, node: ast.expr) -> Subject | None:
        trace = self._last_call
        for part in ast.walk(node):
            value = self._values.get(part) if isinstance(part, ast.Name | ast.Call) else None
            if trace and isinstance(value, int) and value >= _TELLING and value == trace.run.rax:
                return Derived(self._statement.words(node), RegisterOf(trace.run, "rax", trace), value)
        return None

    @cached_property
    def _last_call(self) -> Trace | None:
        """The last call of the machine in sight, recorded again."""
        machine = next((each for each in self._values.all if isinstance(each, Machine)), None)
        return record_moment(machine.moments[-1]) if machine and machine.moments else None

    def _is_same(self, setting: ast.expr, node: ast.expr) -> bool:
        try:
            return bool(self._values.of(setting) == self._values.of(node))
        except Exception:  # somebody else's comparison may raise anything: then they are not known to be the same
            return False

    def _of_part(self, node: ast.expr) -> Subject | None:
        if isinstance(node, ast.Attribute):
            return self._of_attribute(self._values.get(node.value), node.attr, node.value)
        if isinstance(node, ast.Subscript):
            return self._of_item(self._values.get(node.value), self._values.get(node.slice), node.value)
        if isinstance(node, ast.Call):
            return self._of_call(node)
        return None

    def _of_value(self, value: object) -> Subject | None:
        if isinstance(value, Pages):
            machine = next((each for each in self._values.all if isinstance(each, Machine)), None)
            return MemoryOf(Range(value.start, value.start + len(value)), machine) if machine else None
        if isinstance(value, Findings):
            return Found(value.findings)
        if isinstance(value, list | tuple) and value and all(isinstance(each, Finding) for each in value):
            return Found(tuple(value))
        return None

    def _of_attribute(self, owner: object, name: str, node: ast.expr) -> Subject | None:
        if isinstance(owner, Run):
            return self._of_run(owner, name)
        if isinstance(owner, Registers) and name in REGISTERS:
            return self._register(owner, name, node)
        if isinstance(owner, Stop) and isinstance(run := self._owner(owner, "stop"), Run):
            return StopOf(run, name)
        if isinstance(owner, Step) and name in _DETAILS:
            return StepDetail(owner, name)
        if isinstance(owner, Machine) and name == "mem_amount":
            start = owner.symbols["os_MemAmount"]
            return MemoryOf(Range(start, start + 4), owner)
        return None

    def _of_run(self, run: Run, name: str) -> Subject | None:
        if name in REGISTERS:
            return RegisterOf(run, name, self._trace_of(run))
        if name == "pages_changed":
            return PagesChanged(run)
        return StepsOf(run) if name == "steps" else None

    def _of_item(self, owner: object, item: object, node: ast.expr) -> Subject | None:
        if isinstance(owner, PageMap) and isinstance(item, int):
            machine = self._machine(node)
            return MemoryOf(Range(owner.start + item, owner.start + item + 1), machine) if machine else None
        if isinstance(owner, Registers) and item in REGISTERS:
            return self._register(owner, str(item), node)
        if isinstance(node, ast.Attribute) and node.attr == "pages_changed":
            run = self._values.get(node.value)
            return PagesChanged(run, item) if isinstance(run, Run) and isinstance(item, int) else None
        return None

    def _of_call(self, node: ast.Call) -> Subject | None:
        if isinstance(node.func, ast.Name):
            return self._of_function(node.func.id, node.args)
        if not isinstance(node.func, ast.Attribute):
            return None
        owner, name = self._values.get(node.func.value), node.func.attr
        given = [self._values.get(argument) for argument in node.args]
        return self._of_question(owner, name, given, node)

    def _of_function(self, name: str, arguments: list[ast.expr]) -> Subject | None:
        value = self._values.get(arguments[0]) if len(arguments) == 1 else None
        if name == "len" and isinstance(value, Trace):
            return StepsOf(value.run)
        if name in ("len", "list", "tuple", "bytes"):
            if isinstance(value, PageMap) and (machine := self._machine(arguments[0])):
                return MemoryOf(Range(value.start, value.start + len(value)), machine) if name == "bytes" else None
            return self.subject(arguments[0]) if arguments else None
        return None

    def _of_question(self, owner: object, name: str, given: list[Any], node: ast.Call) -> Subject | None:
        if isinstance(owner, Run) and name == "preserved":
            return Preserved(owner, tuple(given))
        if isinstance(owner, Run) and name == "changed_only":
            return ChangedOnly(owner, tuple(find_area(owner.image, area) for area in given))
        if isinstance(owner, Machine) and name == "read" and len(given) == 2:
            return MemoryOf(Range(given[0], given[0] + given[1]), owner)
        if isinstance(owner, Trace):
            return self._of_trace(owner, name, given, node)
        return None

    def _of_trace(self, trace: Trace, name: str, given: list[Any], node: ast.Call) -> Subject | None:
        if name == "matches" and isinstance(match := self._values.get(node), Match):
            return Pattern(trace, match)
        if isinstance(value := self._values.get(node), Accesses | Occurrences):
            return Times(self._statement.words(node), trace, tuple(value.steps.tolist()))
        if name == "count" and given:
            return Times(f"'{given[0]}'", trace, tuple(trace.instructions(given[0]).steps.tolist()))
        if name == "memory_at" and len(given) >= 2:
            where = trace.range_of(given[1], given[2] if len(given) > 2 else None)
            return MemoryOf(where, None, trace, trace.moment(given[0]))
        return None

    # -- whose a value is --

    def _register(self, registers: Registers, name: str, node: ast.expr) -> Subject | None:
        owner = self._owner(registers, "registers", "before", "after") or self._asked(node)
        if isinstance(owner, Step):
            is_after = registers is owner.__dict__.get("after")
            return RegisterOf(owner.trace.run, name, owner.trace, owner.index + is_after)
        if owner is None and (trace := self._last_call) and trace.run.registers == registers:
            return RegisterOf(trace.run, name, trace)
        if isinstance(owner, Run):
            is_before = registers is owner.__dict__.get("before")
            return RegisterOf(owner, name, self._trace_of(owner), 0 if is_before else None)
        return None

    def _owner(self, value: object, *names: str) -> Run | Step | None:
        """Return whose attribute `value` is: it is the very same object."""
        for owner in self._runs_and_steps():
            if any(owner.__dict__.get(name) is value for name in names):
                return owner
        return None

    def _runs_and_steps(self) -> Iterator[Run | Step]:
        for value in self._values.all:
            if isinstance(value, Run | Step):
                yield value
            elif isinstance(value, Trace):
                yield value.run

    def _asked(self, node: ast.expr) -> Any:  # noqa: ANN401
        """Return the object whose attribute `node` is, or whose method it calls."""
        part = node.func if isinstance(node, ast.Call) else node
        return self._values.get(part.value) if isinstance(part, ast.Attribute) else None

    def _trace_of(self, run: Run) -> Trace | None:
        return next((each for each in self._values.all if isinstance(each, Trace) and each.run is run), None)

    def _machine(self, node: ast.expr) -> Machine | None:
        """Return the machine whose page map `node` is."""
        page_map = self._values.get(node)
        owner = self._asked(node)
        if isinstance(owner, Machine):
            return owner
        return page_map.machine if isinstance(page_map, PageMap) else None
