"""Explain a failed assertion about a run: what was wrong, which instruction made it so, and how it came to that.

    rax is 0x3a00000 after os_mem_allocate, not 0x3c00000       the headline: one sentence
    it was written by step 48 of 54, at memory.asm:100          the instruction, with its line of source
            mov     rax, rbx
            ^^^^^^^^^^^^^^^^
    which was computed by                                       the steps that made the value, the last first
        47  line   99  shl rbx, PAGE_SIZE_BITS  rbx = 0x3a00000
    from os_MemAmount = 0x40 (memory)                           what it was computed from
    last good state: none ...                                   when it was last as expected
    the instructions around it                                  what was executed before and after

Short by default, about fifteen lines; whole when everything is asked for. A call that was not recorded is made again on
another machine, from the state before it, so an assertion need not know that it will fail.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any, NamedTuple

from allocator.findings import RuleResult
from allocator.machine.machine import Machine
from allocator.machine.run import Run
from allocator.trace.again import record_again, record_moment
from allocator.trace.trace import Trace
from allocator.views.assertion_claims import find_claim
from allocator.views.assertion_course import explain_detail, explain_pattern, explain_steps, explain_times
from allocator.views.assertion_parts import fitted
from allocator.views.assertion_promises import (
    SavedWhere,
    explain_changed_only,
    explain_contract,
    explain_fault,
    explain_findings,
    explain_preserved,
    explain_stop,
)
from allocator.views.assertion_source import find_assert
from allocator.views.assertion_state import explain_derived, explain_memory, explain_pages, explain_register
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
    Times,
)
from allocator.views.assertion_values import Values

MOST_LINES = 400
"""Of one explanation, however much is asked for."""


class Frame(NamedTuple):
    """Where an assertion failed: the file, the line, and the variables of the function and its module."""

    file: str
    line: int
    local: Mapping[str, Any]
    outer: Mapping[str, Any]


class Explanation(NamedTuple):
    """Lines to show, the first a headline, and what finds the trace that is worth keeping."""

    lines: tuple[str, ...]
    find_trace: Callable[[], Trace | None]


def explain_assert(frame: Frame, saved_where: SavedWhere, is_full: bool = False) -> Explanation | None:
    """Explain the `assert` that failed at `frame`; without lines where it is not about a run, None where there is none.

    ``saved_where`` says where a register was saved and what became of it; ``is_full`` asks for everything.
    """
    statement = find_assert(frame.file, frame.line)
    if statement is None:
        return None
    values = Values(statement.test, frame.local, frame.outer)
    claim = find_claim(statement, values)
    lines = _shown(_story(claim, saved_where, is_full), is_full) if claim else ()
    return Explanation(lines, lambda: _trace_to_keep(claim, values))


def explain_raised_fault(run: Run, is_full: bool = False) -> Explanation:
    """Explain a fault that ``run.result()`` raised."""
    return Explanation(_shown(explain_fault(run, is_full), is_full), lambda: record_again(run))


def explain_broken_contract(
    run: Run, trace: Trace | None, broken: list[RuleResult], is_full: bool = False
) -> Explanation:
    """Explain a contract that ``enforce`` found broken."""
    found = trace or record_again(run)
    return Explanation(_shown(explain_contract(run, found, broken, is_full), is_full), lambda: found)


def _shown(lines: Iterator[str], is_full: bool) -> tuple[str, ...]:
    found = list(fitted(lines, is_full))
    more = [f"and {len(found) - MOST_LINES:,} more lines"] if len(found) > MOST_LINES else []
    return (*found[:MOST_LINES], *more)


def _story(claim: Claim, saved_where: SavedWhere, is_full: bool) -> Iterator[str]:  # noqa: PLR0911 -- a table of kinds
    match claim.subject:
        case RegisterOf() as subject:
            return explain_register(claim, subject, is_full)
        case Derived() as subject:
            return explain_derived(claim, subject, is_full)
        case MemoryOf() as subject:
            return explain_memory(claim, subject, is_full)
        case PagesChanged() as subject:
            return explain_pages(claim, subject, is_full)
        case StepsOf() as subject:
            return explain_steps(claim, subject, is_full)
        case Times() as subject:
            return explain_times(claim, subject, is_full)
        case Preserved() as subject:
            return explain_preserved(claim, subject, saved_where, is_full)
        case ChangedOnly() as subject:
            return explain_changed_only(claim, subject, is_full)
        case Pattern() as subject:
            return explain_pattern(claim, subject, is_full)
        case StepDetail() as subject:
            return explain_detail(claim, subject, is_full)
        case StopOf() as subject:
            return explain_stop(claim, subject, is_full)
        case Found() as subject:
            return explain_findings(subject, is_full)


# -- the trace that is worth keeping --


def _trace_to_keep(claim: Claim | None, values: Values) -> Trace | None:
    """Return the trace that the claim is about, or that of the last call in sight."""
    subject = claim.subject if claim else None
    subject = subject.register if isinstance(subject, Derived) else subject
    trace = getattr(subject, "trace", None) or getattr(getattr(subject, "step", None), "trace", None)
    run = getattr(subject, "run", None)
    if isinstance(trace, Trace):
        return trace
    return record_again(run) if isinstance(run, Run) else _last_trace(values.all)


def _last_trace(values: list[Any]) -> Trace | None:
    for value in reversed(values):
        if isinstance(value, Trace):
            return value
        if isinstance(value, Run):
            return record_again(value)
        if isinstance(value, Machine) and value.moments:
            return record_moment(value.moments[-1])
    return None
