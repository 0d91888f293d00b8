"""Write coverage as an lcov tracefile, which genhtml, editors and coverage services read.

``FN`` and ``FNDA`` are routines, ``DA`` lines, ``BRDA`` the two outcomes of each branch: 0 is taken, 1 not taken.
Source: geninfo(1), section "TRACEFILE FORMAT".
"""

from __future__ import annotations

from collections.abc import Iterator

from allocator.coverage import Coverage, Instruction, SourceCoverage
from allocator.source import printable


def coverage_lcov(coverage: Coverage) -> Iterator[str]:
    """Yield the lines of the tracefile."""
    yield "TN:"
    for part in coverage.parts:
        yield f"SF:{printable(str(part.source.path or part.source.name))}"
        yield from _routines(part)
        yield from _branches(part)
        yield from _lines(part)
        yield "end_of_record"


def _routines(part: SourceCoverage) -> Iterator[str]:
    first: dict[str, Instruction] = {}
    for each in part.instructions:
        if each.label and "." not in each.label:
            first.setdefault(each.label, each)
    for label, each in first.items():
        yield f"FN:{each.line},{label}"
    for label, each in first.items():
        yield f"FNDA:{each.reach.times},{label}"
    yield f"FNF:{len(first)}"
    yield f"FNH:{sum(1 for each in first.values() if each.reach.times)}"


def _branches(part: SourceCoverage) -> Iterator[str]:
    for each in part.instructions:
        if each.is_branch:
            for way, times in enumerate((each.reach.taken, each.reach.not_taken)):
                yield f"BRDA:{each.line},{each.number},{way},{times if each.reach.times else '-'}"
    yield f"BRF:{2 * part.branches}"
    yield f"BRH:{part.outcomes}"


def _lines(part: SourceCoverage) -> Iterator[str]:
    times = {line: max(each.reach.times for each in found) for line, found in sorted(part.by_line.items())}
    for line, count in times.items():
        yield f"DA:{line},{count}"
    yield f"LF:{len(times)}"
    yield f"LH:{sum(1 for count in times.values() if count)}"
