"""Explain why a run did not go as an assertion expected: how long, how often, in which order, in which mode."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from allocator.trace.again import record_again
from allocator.trace.code_home import code_home
from allocator.trace.pattern import Match, Progress
from allocator.trace.trace import Trace
from allocator.views.assertion_parts import around, place_of, rows, some_rows, source_lines
from allocator.views.assertion_subjects import Claim, Pattern, StepDetail, StepsOf, Times
from allocator.views.assertion_words import expectation, expected_words, value_words

_LABELS = 6


def explain_steps(claim: Claim, subject: StepsOf, is_full: bool) -> Iterator[str]:
    """Yield where the steps of a run went that took too many, or too few."""
    run = subject.run
    yield f"{run.routine} took {claim.actual:,} steps, {_counted(claim)}"
    trace = record_again(run)
    if trace is None:
        yield "the call is too long to be recorded again: record(...) it to see where the steps went"
        return
    yield "where they went, by label"
    labels = _by_label(trace).most_common()
    shown = len(labels) if is_full else _LABELS
    for label, count in labels[:shown]:
        yield f"  {count:>10,}  {label}"
    if len(labels) > shown:
        yield f"  {sum(count for _, count in labels[shown:]):>10,}  at {len(labels) - shown} other labels"
    if isinstance(claim.expected, int) and 0 <= claim.expected < len(trace):
        yield "the first step too many"
        yield from rows(trace, [claim.expected], claim.expected)


def _by_label(trace: Trace) -> Counter[str]:
    numbers = Counter(trace.arrays.place.tolist())
    counts: Counter[str] = Counter()
    for number, count in numbers.items():
        location = trace.image.locate(code_home(trace, number))
        counts[location.label if location else "outside the image"] += count
    return counts


def explain_times(claim: Claim, subject: Times, is_full: bool) -> Iterator[str]:
    """Yield every time that something happened."""
    count = len(subject.steps)
    times = "once" if count == 1 else f"{count:,} times" if count else "never"
    yield f"{subject.what}: {times}, {_counted(claim)}"
    if not count:
        yield f"no step of the {len(subject.trace):,} of {subject.trace.run.routine} did"
        return
    yield "each time"
    yield from some_rows(subject.trace, subject.steps, is_full)
    expected = claim.expected
    if isinstance(expected, int) and not isinstance(expected, bool) and 0 <= expected < count:
        step = subject.trace[subject.steps[expected]]
        yield f"the first too many is step {step.index:,}, at {place_of(step)}"
        yield from source_lines(step)


def _counted(claim: Claim) -> str:
    if isinstance(claim.expected, int):
        return expected_words(claim.operator, f"{claim.expected:,}")
    return expectation(claim)


# -- order --


def explain_pattern(claim: Claim, subject: Pattern, is_full: bool) -> Iterator[str]:
    """Yield how far a pattern got, and what came instead; or where one was found that must not be."""
    trace, match = subject.trace, subject.match
    if claim.operator == "false" and match.end is not None:
        yield f"{trace.run.routine} must not do this, but did, up to step {match.end:,}"
        yield f"    {match.pattern.text}"
        yield from around(trace, match.end, is_full)
        return
    yield f"{trace.run.routine} did not do this"
    yield f"    {match.pattern.text}"
    yield from _progress(trace, match, match.progress)
    if match.progress.step is not None:
        yield from around(trace, match.progress.step, is_full)


def _progress(trace: Trace, match: Match, progress: Progress) -> Iterator[str]:
    wanted = progress.wanted
    begin, end = (wanted.begin, wanted.end) if wanted else (len(match.pattern.text), len(match.pattern.text) + 1)
    yield f"    {' ' * begin}{'^' * (end - begin)}"
    missing = wanted.text if wanted else "the end of the run"
    if progress.met is None or progress.step is None:
        yield f"no step of the {len(trace):,} is {missing}"
        return
    met = f"{progress.met.text} was met, first at step {progress.step:,}"
    rest = len(trace) - progress.step - 1
    if progress.is_open:
        yield f"{met}; of the {rest:,} steps after it, none is {missing}"
    elif not rest:
        yield f"{met}; there the run ended, before {missing}"
    else:
        yield f"{met}; then came {trace[progress.step + 1].text}, not {missing}"


# -- one step --


def explain_detail(claim: Claim, subject: StepDetail, is_full: bool) -> Iterator[str]:
    """Yield what a step is of which an assertion expected something else."""
    step, name = subject.step, subject.name
    yield f"the {name} of step {step.index:,} is {value_words(claim.actual)}, {expectation(claim)}"
    yield f"it is at {place_of(step)}"
    yield from source_lines(step)
    last = next((at for at in range(step.index - 1, -1, -1) if claim.holds_for(getattr(step.trace[at], name))), None)
    if name in ("mode", "bits"):
        said = "none before it" if last is None else f"step {last:,} ({place_of(step.trace[last])})"
        yield f"last good state: {said}"
    yield from around(step.trace, step.index, is_full)
