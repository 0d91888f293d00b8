"""Show the coverage of assembly in a notebook or a page: the source with what was reached of each line.

What colour says is said in words in the second column as well.
"""

from __future__ import annotations

from allocator.coverage import Coverage, SourceCoverage
from allocator.views.coverage import coverage_words, missing_words, state_words
from allocator.views.html_style import fragment, page, row, table, text

_HEAD = ("line", "what", "times", "page map", "source")
_STYLES = {"": "", "never run": "fault"}


def coverage_html(coverage: Coverage) -> str:
    """Return a display of every source."""
    return fragment(*(_source(part) for part in coverage.parts))


def coverage_page(coverage: Coverage) -> str:
    """Return the display as a whole page, for a file."""
    return page("Coverage of assembly", coverage_html(coverage))


def _source(part: SourceCoverage) -> str:
    rows = (_row(part, number, line) for number, line in enumerate(part.source.shown_lines, 1))
    return table(f"{part.source.name}: {coverage_words(part)}", _HEAD, rows)


def _row(part: SourceCoverage, number: int, line: str) -> str:
    instructions = part.by_line.get(number, ())
    if not instructions:
        return row(text(number, "faint"), "", "", "", text(line.expandtabs(8), "faint"))
    what = missing_words(instructions)
    style = _STYLES.get(what, "changed")
    times = f"{max(each.reach.times for each in instructions):,}"
    cells = (text(what, style), text(times), text(state_words(instructions), "faint"))
    return row(text(number, "faint"), *cells, text(line.expandtabs(8), style))
