"""Show the coverage of assembly as text: the source beside what ran of it, and a line for each source.

    line  what            times  page map      source
      78                      9  free used     .next:  lodsb
      80  never taken         9  free used             je      .full
     104  never run           0                .full:  xor     eax, eax

- ``never taken`` and ``always taken`` are branches that went one way only.
- The column of the page map says in which states of it an instruction was reached (`checks/coverage.py`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import reduce
from itertools import groupby
from operator import or_

from allocator.coverage import OTHER_STATE, Coverage, Instruction, SourceCoverage
from allocator.machine.page_map import STATE_NAMES
from allocator.source import printable
from allocator.views.ink import PLAIN, Ink

_NEVER = {"run": "never run", "taken": "never taken", "not taken": "always taken"}
_HEAD = ("Source", "Instructions", "Missed", "Branches", "Partial", "Covered", "Missing")
_MAX_MISSING = 60
_STATES = {**STATE_NAMES, OTHER_STATE: "other"}


def coverage_listing(coverage: Coverage, ink: Ink = PLAIN) -> Iterator[str]:
    """Yield every source with what was reached of its lines."""
    for number, part in enumerate(coverage.parts):
        if number:
            yield ""
        yield ink.paint(f"; {printable(part.source.name)}: {coverage_words(part)}", "heading")
        yield ink.paint(f"{'line':>6}  {'what':<13} {'times':>8}  {'page map':<16}  source", "step")
        for line, text in enumerate(part.source.shown_lines, 1):
            yield _line(line, text, part.by_line.get(line, ()), ink)


def _line(number: int, text: str, instructions: Sequence[Instruction], ink: Ink) -> str:
    shown = printable(text.expandtabs(8)).rstrip()
    if not instructions:
        return f"{number:>6}  {'':<13} {'':>8}  {'':<16}  {shown}".rstrip()
    what = missing_words(instructions)
    times, states = max(each.reach.times for each in instructions), state_words(instructions)
    role = "error" if what == "never run" else "mark" if what else "good"
    marked = ink.paint(f"{what:<13}", role)
    return f"{number:>6}  {marked} {ink.paint(f'{times:>8,}', role)}  {ink.paint(f'{states:<16}', 'read')}  {shown}"


def missing_words(instructions: Iterable[Instruction]) -> str:
    """Say what never happened in a line, the worst of it; nothing where all did."""
    missing = {what for each in instructions for what in each.missing}
    return next((words for what, words in _NEVER.items() if what in missing), "")


def state_words(instructions: Iterable[Instruction]) -> str:
    """Name the states of the page map that reached a line."""
    mask = reduce(or_, (each.reach.states for each in instructions), 0)
    return " ".join(name for state, name in _STATES.items() if mask >> state & 1)


def coverage_words(part: SourceCoverage) -> str:
    """Say in a few words how much of a source was reached."""
    instructions = f"{part.executed} of {len(part.instructions)} instructions"
    branches = f"{part.outcomes} of {2 * part.branches} outcomes of branches"
    return f"{part.percent:.1f}%, {instructions}, {branches}"


def coverage_summary(coverage: Coverage, ink: Ink = PLAIN) -> list[str]:
    """Return a table with a line for each source, and one for all where there are several."""
    rows = [_summary_row(part) for part in coverage.parts]
    if len(rows) > 1:
        rows.append(_total_row(coverage))
    widths = [max(len(row[column]) for row in (_HEAD, *rows)) for column in range(len(_HEAD) - 1)]
    return [ink.paint(_laid(_HEAD, widths), "heading"), *(_laid(row, widths) for row in rows)]


def _laid(row: Sequence[str], widths: Sequence[int]) -> str:
    numbers = "  ".join(f"{cell:>{width}}" for cell, width in zip(row[1:-1], widths[1:], strict=True))
    return f"{row[0]:<{widths[0]}}  {numbers}  {row[-1]}".rstrip()


def _summary_row(part: SourceCoverage) -> tuple[str, ...]:
    name, (instructions, missed, branches, partial) = printable(part.source.name), _counts([part])
    return (name, instructions, missed, branches, partial, _percent(part.percent), _missing(part))


def _total_row(coverage: Coverage) -> tuple[str, ...]:
    return ("all", *_counts(coverage.parts), _percent(coverage.percent), "")


def _counts(parts: Sequence[SourceCoverage]) -> tuple[str, str, str, str]:
    found = [each for part in parts for each in part.instructions]
    missed = sum(each.missing == ("run",) for each in found)
    partial = sum(bool(each.missing) and each.missing != ("run",) for each in found)
    return str(len(found)), str(missed), str(sum(part.branches for part in parts)), str(partial)


def _percent(percent: float) -> str:
    # 99.96 is not 100.0: all means all.
    return f"{percent if percent == 100 else min(percent, 99.9):.1f}%"


def _missing(part: SourceCoverage) -> str:
    """Name the lines that lack something: ``54-57, 80 never taken``."""
    lacking = [(line, missing_words(found)) for line, found in sorted(part.by_line.items()) if missing_words(found)]
    order = list(part.by_line)
    pieces = []
    for what, group in groupby(lacking, lambda each: each[1]):
        lines = [line for line, _ in group]
        pieces += [run if what == "never run" else f"{run} {what}" for run in _runs(lines, order)]
    said = ", ".join(pieces)
    return said if len(said) <= _MAX_MISSING else said[: _MAX_MISSING - 3].rsplit(",", 1)[0] + ", ..."


def _runs(lines: Sequence[int], order: Sequence[int]) -> Iterator[str]:
    """Yield stretches of lines that follow each other among those that have instructions."""
    places = {line: place for place, line in enumerate(sorted(order))}
    for _, group in groupby(enumerate(lines), lambda pair: places[pair[1]] - pair[0]):
        run = [line for _, line in group]
        yield str(run[0]) if len(run) == 1 else f"{run[0]}-{run[-1]}"
