"""Explain how a run broke a promise: a register not preserved, memory it must not touch, a fault, a contract, a law."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from allocator.findings import Findings, RuleResult
from allocator.machine.changes import stray_changes
from allocator.machine.run import Change, Run
from allocator.trace.again import record_again
from allocator.trace.trace import Trace
from allocator.units import counted
from allocator.views.assertion_parts import around, fault_lines, place_of, source_lines
from allocator.views.assertion_subjects import ChangedOnly, Claim, Found, Preserved, StopOf
from allocator.views.assertion_words import expectation, value_words
from allocator.views.findings import check_text
from allocator.views.names import Names

SavedWhere = Callable[[Run, Trace | None, str], str]
"""Where a register was saved, and what became of that, in words."""
_CHANGES = 3
_FINDINGS = 2


def explain_preserved(claim: Claim, subject: Preserved, saved_where: SavedWhere, is_full: bool) -> Iterator[str]:
    """Yield who changed the registers that a routine should have preserved, and where they were saved."""
    run = subject.run
    if claim.operator == "false":
        yield f"{run.routine} preserved {', '.join(subject.names)}, which it must not"
        return
    broken = [name for name in subject.names if run.registers[name] != run.before[name]]
    yield f"{run.routine} failed to preserve {', '.join(broken)}"
    if run.stop.is_fault:
        yield from fault_lines(run, is_full)
        return
    trace = record_again(run)
    for name in broken:
        before, after = value_words(run.before[name], name), value_words(run.registers[name], name)
        yield f"{name} was {before} and is {after} ({saved_where(run, trace, name)})"
    writer = trace.who_set(broken[0]) if trace else None
    if trace and writer:
        yield f"{broken[0]} was last written by step {writer.index:,} of {len(trace):,}, at {place_of(writer)}"
        yield from source_lines(writer)
        yield from around(trace, writer.index, is_full)


def explain_changed_only(claim: Claim, subject: ChangedOnly, is_full: bool) -> Iterator[str]:
    """Yield what else a run changed, and who did it."""
    run = subject.run
    stray = stray_changes(run, subject.areas)
    if claim.operator == "false":
        yield f"{run.routine} changed nothing else, which it must"
        return
    size = sum(len(change.before) for change in stray)
    yield f"{run.routine} changed {size:,} byte{'s' if size > 1 else ''} that it must not"
    trace, names = record_again(run), Names(run)
    shown = len(stray) if is_full else _CHANGES
    yield from (_change_line(change, names, trace) for change in stray[:shown])
    if len(stray) > shown:
        yield f"  and {len(stray) - shown:,} more places"
    writer = trace.last_write(stray[0].address) if trace else None
    if trace and writer:
        yield f"the first of them was written by step {writer.index:,} of {len(trace):,}, at {place_of(writer)}"
        yield from source_lines(writer)
        yield from around(trace, writer.index, is_full)


def _change_line(change: Change, names: Names, trace: Trace | None) -> str:
    writer = trace.last_write(change.address) if trace else None
    by = f"  by {place_of(writer)}" if writer else ""
    size = len(change.before)
    where = f"{names.address(change.address)}{f' and {size - 1:,} more' if size > 1 else ''}"
    return f"  {where}: {value_words(change.before)} -> {value_words(change.after)}{by}"


def explain_stop(claim: Claim, subject: StopOf, is_full: bool) -> Iterator[str]:
    """Yield how a run ended of which an assertion expected another end."""
    run = subject.run
    yield f"the {subject.name} of {run.routine}'s end is {value_words(claim.actual)}, {expectation(claim)}"
    if run.stop.is_fault:
        yield from fault_lines(run, is_full)
    else:
        yield f"it returned from {run.where}"


def explain_fault(run: Run, is_full: bool) -> Iterator[str]:
    """Return the report on a fault that was raised because somebody asked for the result."""
    return fault_lines(run, is_full)


def explain_contract(run: Run, trace: Trace | None, broken: list[RuleResult], is_full: bool) -> Iterator[str]:
    """Yield which promises of the comment above it a routine broke, and the line that broke the first."""
    yield f"{run.routine} broke its contract"
    yield from (f"  {result.rule}: {result.message}" for result in broken)
    if run.stop.is_fault:
        yield from fault_lines(run, is_full)
        return
    trace = trace or record_again(run)
    line = next((result.line for result in broken if result.line), 0)
    step = next((step for step in reversed(trace or ()) if step.line and step.line.line == line), None)
    if trace and step:
        yield f"{place_of(step)}, step {step.index:,} of {len(trace):,}"
        yield from source_lines(step)
        yield from around(trace, step.index, is_full)


def explain_findings(subject: Found, is_full: bool) -> Iterator[str]:
    """Yield what laws or checks found, with the smallest example of each."""
    yield counted(len(subject.findings), "finding")
    shown = subject.findings if is_full else subject.findings[:_FINDINGS]
    lines = list(check_text((), (), Findings(shown)))
    yield from lines[3:-2]
    if len(subject.findings) > len(shown):
        yield f"and {len(subject.findings) - len(shown):,} more"
