"""Explain why a register, a flag, bytes of memory or a page are not what an assertion expected."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import zip_longest
from typing import Any

from allocator.addresses import PAGE_MAP, Range
from allocator.machine.machine import Machine
from allocator.registers import FLAGS, REGISTERS
from allocator.trace.again import record_again, record_moment
from allocator.trace.locations import names_in
from allocator.trace.step import Step
from allocator.trace.trace import Trace
from allocator.trace.why import flow_table
from allocator.views.assertion_history import last_good_memory, last_good_register
from allocator.views.assertion_parts import (
    around,
    chain,
    fault_lines,
    moment_words,
    place_of,
    source_lines,
)
from allocator.views.assertion_subjects import Claim, Derived, MemoryOf, PagesChanged, RegisterOf
from allocator.views.assertion_words import change_words, expectation, pages_words, state_words, value_words
from allocator.views.names import Names, page_range

CALLS_SEARCHED = 16
"""The last calls of a machine in which the one is looked for that wrote some bytes."""
_TOO_LONG = "the call is too long to be recorded again: record(...) it to see where the value came from"


def explain_register(claim: Claim, subject: RegisterOf, is_full: bool) -> Iterator[str]:
    """Yield the explanation of a wrong register or flag, the headline first."""
    run, name = subject.run, subject.name
    trace = subject.trace or record_again(run)
    value = value_words(claim.actual, name)
    moment = len(trace) if trace and subject.moment is None else subject.moment
    when = moment_words(trace, moment, run) if trace else f"after {run.routine}"
    yield f"{name} is {value} {when}, {expectation(claim, name)}"
    if run.stop.is_fault and subject.moment is None:
        yield f"{run.routine} did not return, so its registers are those of the fault"
        yield from fault_lines(run, is_full)
    elif trace is None or moment is None:
        yield _TOO_LONG
    else:
        yield from _register_story(claim, trace, name, moment, is_full)


def explain_derived(claim: Claim, subject: Derived, is_full: bool) -> Iterator[str]:
    """Yield the explanation of a number that was computed from a register."""
    yield f"{subject.words} is {value_words(claim.actual)}, {expectation(claim)}"
    register, name = subject.register, subject.register.name
    trace = register.trace or record_again(register.run)
    value = value_words(subject.value, name)
    if trace is None:
        yield f"{name} is {value} after {register.run.routine}"
        yield _TOO_LONG
        return
    moment = len(trace) if register.moment is None else register.moment
    yield f"{name} is {value} {moment_words(trace, moment, register.run)}"
    yield from _register_story(None, trace, name, moment, is_full)


def _register_story(claim: Claim | None, trace: Trace, name: str, moment: int, is_full: bool) -> Iterator[str]:
    setter = trace.who_set(name, moment) if name != "rip" else None
    if setter is None:
        yield f"no instruction up to then wrote {name}: it is what the caller left there"
        return
    yield f"it was written by step {setter.index:,} of {len(trace):,}, at {place_of(setter)}"
    yield from source_lines(setter)
    yield from chain(trace.why(name, moment), is_full)
    if claim:
        yield last_good_register(trace, name, moment, claim)
    yield from around(trace, setter.index, is_full)


# -- memory --


def explain_memory(claim: Claim, subject: MemoryOf, is_full: bool) -> Iterator[str]:
    """Yield the explanation of wrong bytes."""
    where, actual, expected = _first_difference(claim, subject.where)
    yield f"{_named(where, subject)} {_memory_words(where, actual, subject)}, {_expected_words(claim, expected, where)}"
    trace = subject.trace or (_last_writing_call(subject.machine, where) if subject.machine else None)
    if trace is None:
        yield "none of the calls that the machine remembers wrote there: it is what lay there before them"
        return
    moment = len(trace) if subject.moment is None else subject.moment
    if subject.machine and trace.memory_at(moment, where) != tuple(subject.machine.read(where.start, where.size)):
        yield f"the test itself stored it there, after the call of {trace.run.routine}"
        return
    writer = trace.last_write(where, moment)
    if writer is None:
        yield "no instruction up to then wrote there: it is what lay there before the call"
        return
    yield from _memory_story(trace, where, moment, writer, expected, is_full)


def _memory_story(  # noqa: PLR0917 -- the parts of one story
    trace: Trace, where: Range, moment: int, writer: Step, expected: bytes | None, is_full: bool
) -> Iterator[str]:
    yield f"it was written by step {writer.index:,} of {len(trace):,} of {trace.run.routine}, at {place_of(writer)}"
    yield from source_lines(writer)
    yield from chain(trace.why(where, moment), is_full)
    if expected is not None:
        yield last_good_memory(trace, where, moment, expected)
    yield from around(trace, writer.index, is_full)


def _first_difference(claim: Claim, where: Range) -> tuple[Range, bytes, bytes | None]:
    """Return the bytes from the first that differs on, as they are and as they should be."""
    actual, expected = _bytes(claim.actual, where.size), _bytes(claim.expected, where.size)
    if actual is None or expected is None or claim.operator != "==" or len(actual) != len(expected):
        return where, actual or b"", expected
    differing = [at for at, pair in enumerate(zip_longest(actual, expected)) if pair[0] != pair[1]]
    if not differing:
        return where, actual, expected
    first = end = differing[0]
    while end < len(actual) and actual[end] != expected[end]:
        end += 1
    return Range(where.start + first, where.start + end), actual[first:end], expected[first:end]


def _bytes(value: object, size: int) -> bytes | None:
    if isinstance(value, int) and 0 <= value < 1 << 8 * size:
        return value.to_bytes(size, "little")
    if isinstance(value, list | tuple | bytes | bytearray):
        is_bytes = all(isinstance(each, int) and 0 <= each < 256 for each in value)
        return bytes(value) if is_bytes else None
    return None


def _is_page(where: Range) -> bool:
    return where.start in PAGE_MAP and where.end <= PAGE_MAP.end


def _named(where: Range, subject: MemoryOf) -> str:
    if _is_page(where):
        return page_range(where.start - PAGE_MAP.start, where.size)
    name = Names(subject.trace.run).known(where.start) if subject.trace else None
    if subject.machine:
        found = {address: symbol for symbol, address in subject.machine.symbols.items()}
        name = found.get(where.start) or str(subject.machine.image.locate(where.start) or "")
    size = f"{where.size} byte{'s' if where.size > 1 else ''} at {where.start:#x}"
    return f"{size} ({name})" if name else size


def _memory_words(where: Range, actual: bytes, subject: MemoryOf) -> str:
    moment = "" if subject.trace is None else f" {moment_words(subject.trace, subject.moment, subject.trace.run)}"
    verb = "is" if where.size == 1 else "are"
    return f"{verb} {_states(where, actual)}{moment}"


def _states(where: Range, actual: bytes) -> str:
    if _is_page(where) and actual and actual.count(actual[0]) == len(actual):
        return state_words(actual[0])
    return value_words(actual)


def _expected_words(claim: Claim, expected: bytes | None, where: Range) -> str:
    if claim.operator == "==" and expected is not None and len(expected) == where.size:
        return f"not {_states(where, expected)}"
    return expectation(claim)


def _last_writing_call(machine: Machine, where: Range) -> Trace | None:
    """Return the trace of the last call of a machine that wrote one of these bytes."""
    for moment in machine.moments[: -CALLS_SEARCHED - 1 : -1]:
        trace = record_moment(moment)
        if trace is None or trace.last_write(where) is not None:
            return trace
    return None


# -- pages --


def explain_pages(claim: Claim, subject: PagesChanged, is_full: bool) -> Iterator[str]:
    """Yield the explanation of a wrong set of changed pages."""
    run, actual = subject.run, dict(subject.run.pages_changed)
    expected = claim.expected if isinstance(claim.expected, Mapping) else None
    wrong: list[Any] = [subject.page]
    if subject.page is not None or expected is None:
        words = f"not {change_words(claim.expected)}" if claim.operator == "==" else expectation(claim)
        yield f"{run.routine} changed page {subject.page} {change_words(claim.actual)}, {words}"
    else:
        yield f"{run.routine} changed {pages_words(actual)}, not {pages_words(expected)}"
        wrong = [page for page in {**actual, **expected} if actual.get(page) != expected.get(page)]
    if run.stop.is_fault:
        yield f"{run.routine} did not return"
        yield from fault_lines(run, is_full)
        return
    trace = record_again(run)
    if trace is None or not wrong:
        yield _TOO_LONG if trace is None else "the pages that changed are right, another part of the comparison is not"
        return
    yield from _pages_story(trace, wrong, expected or {}, is_full)


def _pages_story(trace: Trace, wrong: Iterable[object], expected: Mapping[Any, object], is_full: bool) -> Iterator[str]:
    pages = sorted(page for page in wrong if isinstance(page, int))
    written = [(page, trace.last_write(f"page_map[{page}]")) for page in pages[:64]]
    untouched = [page for page, writer in written if writer is None]
    if untouched:
        yield f"no instruction wrote page {', '.join(map(str, untouched[:8]))}"
    writer = next((writer for _, writer in written if writer is not None), None)
    if writer is None:
        writer = trace.last_write("page_map[0..131071]")
        if writer is None:
            yield "no instruction wrote to the page map at all"
            return
        yield "the last that wrote to the page map"
    page = next((page for page, by in written if by is not None and by.index == writer.index), None)
    subject = "" if page is None else f"page {page}{_should(page, expected)} "
    yield f"{subject}was written by step {writer.index:,} of {len(trace):,}, at {place_of(writer)}"
    yield from source_lines(writer)
    yield from _address_chain(trace, writer, is_full)
    yield from around(trace, writer.index, is_full)


def _should(page: int, expected: Mapping[Any, object]) -> str:
    return f" ({change_words(expected[page])} expected)" if page in expected else " (no change expected)"


def _address_chain(trace: Trace, writer: Step, is_full: bool) -> Iterator[str]:
    """Yield where the address of a store came from: what was written where it should not be."""
    flow = flow_table(trace).flows[trace.columns.place[writer.index]]
    bases = [name for name in names_in(flow.addresses) if name in REGISTERS and name not in FLAGS]
    base = next((name for name in bases if REGISTERS[name].full not in ("rsp", "rcx")), None)
    if base:
        yield f"its address came from {base}"
        yield from chain(trace.why(base, writer.index), is_full)
