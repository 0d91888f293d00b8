"""Say which branches decided the path to a value, each place of the program once, the last one first."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt

from allocator.trace.why import Why, flow_table
from allocator.views.extent import Extent
from allocator.views.ink import Ink
from allocator.views.why_rows import StepWords

_MOST, _MOST_IN_FULL = 20, 1000
_MOST_SOURCES = 3


def decision_lines(why: Why, ink: Ink, extent: Extent) -> Iterator[str]:
    """Yield a line a branch; where they were not asked for, that one can ask."""
    if not why.control:
        if any(flow.is_decision for flow in flow_table(why.trace).flows):
            yield "  which way the run went, and why, is another question: ask 'with control'"
        return
    yield ""
    yield ink.paint("and these branches decided the path", "heading")
    decisions, most = why.decisions[::-1], extent.most(_MOST, _MOST_IN_FULL)
    places = why.trace.arrays.place[decisions]
    numbers, last, counts = np.unique(places, return_index=True, return_counts=True)
    words = StepWords(why.values)
    for position in np.argsort(last)[:most].tolist():
        taken = _taken(why, decisions[places == numbers[position]])
        yield _branch(words, why, int(decisions[last[position]]), int(counts[position]), taken)
    if len(numbers) > most:
        yield f"  {extent.left_out(f'and {len(numbers) - most:,} more')}"
    if not len(numbers):
        yield "  none"


def _taken(why: Why, steps: npt.NDArray[np.int64]) -> int:
    steps = steps[steps + 1 < len(why.trace)]
    place, places = why.trace.arrays.place, why.trace.columns.places
    ends = np.array([each.address + len(each.code) for each in places], np.uint64)
    starts = np.array([each.address for each in places], np.uint64)
    return int((starts[place[steps + 1]] != ends[place[steps]]).sum())


def _branch(words: StepWords, why: Why, number: int, count: int, taken: int) -> str:
    row, sources = words.row(number), why.values.decided_by(number)
    by = ", ".join(words.source(source) for source in sources[:_MOST_SOURCES])
    more = f" and {len(sources) - _MOST_SOURCES} more" if len(sources) > _MOST_SOURCES else ""
    times = f"{count:,} time{'s' if count > 1 else ''}, taken {taken:,}"
    said = f"{row.line:>5}  {row.ran[0].text:<28}  {times:<24}"
    return f"  {said}  last at step {number:,}{f', by {by}{more}' if by else ''}".rstrip()
