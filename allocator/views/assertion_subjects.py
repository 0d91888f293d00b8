"""Name what an assertion can be about, and what it claimed: plain values that the explanations start from."""

from __future__ import annotations

from typing import Any, NamedTuple, TypeAlias

from allocator.addresses import Range
from allocator.findings import Finding
from allocator.machine.machine import Machine
from allocator.machine.run import Run
from allocator.trace.pattern import Match
from allocator.trace.step import Step
from allocator.trace.trace import Trace
from allocator.views.assertion_comparisons import COMPARISONS


class RegisterOf(NamedTuple):
    """A register or flag before step `moment` of a run, by default after the run."""

    run: Run
    name: str
    trace: Trace | None = None
    moment: int | None = None


class Derived(NamedTuple):
    """A number that an assertion computed, in its own `words`, from a register."""

    words: str
    register: RegisterOf
    value: int


class MemoryOf(NamedTuple):
    """Bytes of a machine as they are now, or as they were before step `moment` of a run."""

    where: Range
    machine: Machine | None = None
    trace: Trace | None = None
    moment: int | None = None


class PagesChanged(NamedTuple):
    """The pages that a run changed, or what it did to one `page`."""

    run: Run
    page: int | None = None


class StepsOf(NamedTuple):
    """How many steps a run took."""

    run: Run


class Times(NamedTuple):
    """How often something happened: in words, and the steps that did it."""

    what: str
    trace: Trace
    steps: tuple[int, ...]


class Preserved(NamedTuple):
    """Registers that a run should have left as they were."""

    run: Run
    names: tuple[str, ...]


class ChangedOnly(NamedTuple):
    """All memory that a run was allowed to change."""

    run: Run
    areas: tuple[Range, ...]


class Pattern(NamedTuple):
    """A pattern of instructions, looked for in a trace."""

    trace: Trace
    match: Match


class StepDetail(NamedTuple):
    """Something about a step: its ``mode``, its ``text``, ``repeat`` ..."""

    step: Step
    name: str


class StopOf(NamedTuple):
    """How a run ended: its ``kind``, its ``message`` ..."""

    run: Run
    name: str


class Found(NamedTuple):
    """What laws and checks found."""

    findings: tuple[Finding, ...]


Subject: TypeAlias = (
    RegisterOf
    | Derived
    | MemoryOf
    | PagesChanged
    | StepsOf
    | Times
    | Preserved
    | ChangedOnly
    | Pattern
    | StepDetail
    | StopOf
    | Found
)


class Claim(NamedTuple):
    """What was said of a subject: ``actual`` should have been, compared by `operator`, what was `expected`.

    ``operator`` is one of `COMPARISONS`.
    """

    subject: Subject
    operator: str
    actual: Any
    expected: Any = None

    def holds_for(self, value: object) -> bool:
        """Tell whether `value` would have been right."""
        try:
            return bool(COMPARISONS[self.operator].holds(value, self.expected))
        except Exception:  # of values that cannot be compared, or refuse to be
            return False
