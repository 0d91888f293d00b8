"""Show a page map as a grid: one cell for each 2 MiB page, lowest page first.

    free   light      used   dark       absent   dashed outline       changed now   thick frame

The number of a page stands in its cell while there are few. Where there are more than 2,048 pages a cell stands
for several, and is mixed where they differ. What the grid shows is also said in words below it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator
from itertools import groupby

from allocator.machine.page_map import ABSENT, STATE_NAMES
from allocator.units import PAGE_SIZE, counted, format_size
from allocator.views.firmware import pages_per_cell
from allocator.views.html_style import text
from allocator.views.names import page_range

FEW_PAGES = 256
MOST_RUNS = 12
_FEW_COLUMNS, _FEW_SIZE = 32, 28
_MANY_COLUMNS, _MANY_SIZE = 64, 14
_MIXED, _ODD = "mixed", "odd"


def page_grid(states: bytes, changed: Collection[int] = ()) -> str:
    """Return the pages as a grid, a legend, and their runs in words; `changed` are pages to put a frame around."""
    pages = max(len(states.rstrip(bytes([ABSENT]))), max(changed, default=0) + 1)
    shown = states[:pages].ljust(pages, bytes([ABSENT]))
    per_cell = pages_per_cell(pages)
    return _legend(shown, changed, per_cell) + _Grid(shown, changed, per_cell).svg() + _in_words(shown, changed)


class _Grid:
    """Cells in rows; small maps have large cells with numbers."""

    def __init__(self, states: bytes, changed: Collection[int], per_cell: int) -> None:
        self._states = states
        self._per_cell = per_cell
        self._changed = {page // per_cell for page in changed}
        self._has_numbers = len(states) <= FEW_PAGES
        self._columns, self._size = (_FEW_COLUMNS, _FEW_SIZE) if self._has_numbers else (_MANY_COLUMNS, _MANY_SIZE)

    def svg(self) -> str:
        """Return the grid; cells that are alike and adjoin are one rectangle where there are no numbers."""
        count = -(-len(self._states) // self._per_cell)
        height = -(-count // self._columns) * self._size
        width = min(count, self._columns) * self._size
        cells = "".join(self._cell(index) for index in range(count)) if self._has_numbers else self._runs(count)
        frames = "".join(self._rectangle(index, 1, "now", "") for index in sorted(self._changed))
        return (
            f'<svg width="{width + 4}" height="{height + 4}" viewBox="-2 -2 {width + 4} {height + 4}" role="img" '
            f'aria-label="{_in_short(self._states)}">{cells}{frames}</svg>'
        )

    def _cell(self, index: int) -> str:
        style = self._style(index)
        x, y = self._corner(index)
        title = f"page {index}: {style}, address {index * PAGE_SIZE:#x}"
        middle = self._size / 2
        number = f'<text class="{style}" x="{x + middle}" y="{y + middle + 4}" text-anchor="middle">{index}</text>'
        return self._rectangle(index, 1, style, title) + number

    def _runs(self, count: int) -> str:
        parts = []
        keys = groupby(range(count), lambda index: (index // self._columns, self._style(index)))
        for (_, style), group in keys:
            cells = list(group)
            first, last = cells[0] * self._per_cell, min((cells[-1] + 1) * self._per_cell, len(self._states)) - 1
            parts.append(
                self._rectangle(cells[0], len(cells), style, f"{page_range(first, last - first + 1)}: {style}")
            )
        return "".join(parts)

    def _rectangle(self, index: int, cells: int, style: str, title: str) -> str:
        x, y = self._corner(index)
        tip = f"<title>{title}</title>" if title else ""
        side = self._size - 2
        width = cells * self._size - 2
        return f'<rect class="{style}" x="{x + 1}" y="{y + 1}" width="{width}" height="{side}">{tip}</rect>'

    def _corner(self, index: int) -> tuple[int, int]:
        line, column = divmod(index, self._columns)
        return column * self._size, line * self._size

    def _style(self, index: int) -> str:
        states = set(self._states[index * self._per_cell : (index + 1) * self._per_cell])
        return _MIXED if len(states) > 1 else STATE_NAMES.get(states.pop(), _ODD)


def _legend(states: bytes, changed: Collection[int], per_cell: int) -> str:
    each = "one page" if per_cell == 1 else f"{per_cell} pages"
    names = [name for state, name in STATE_NAMES.items() if state in states]
    if per_cell > 1:
        names.append(_MIXED)
    if set(states) - set(STATE_NAMES):
        names.append(_ODD)
    if changed:
        names.append("now")
    keys = "".join(f"<span>{_key(name)} {_MEANINGS.get(name, name)}</span>" for name in names)
    return f'<p class="legend"><span>each cell is {each}: {format_size(per_cell * PAGE_SIZE)}</span>{keys}</p>'


_MEANINGS = {"now": "changed now", _MIXED: "pages that differ", _ODD: "a byte that means nothing"}


def _key(style: str) -> str:
    rectangle = f'<rect class="{style}" x="1" y="1" width="11" height="11"></rect>'
    return f'<svg class="key" width="13" height="13" aria-hidden="true">{rectangle}</svg>'


def _in_words(states: bytes, changed: Collection[int]) -> str:
    runs = list(_runs_in_words(states))
    rest = f", and {len(runs) - MOST_RUNS:,} more runs" if len(runs) > MOST_RUNS else ""
    now = f" Changed now: {page_range(min(changed), len(changed))}." if _is_row(changed) else ""
    if changed and not now:
        now = f" Changed now: {len(changed):,} pages, from page {min(changed)} to page {max(changed)}."
    return f"<p>{text(_in_short(states))}: {text(', '.join(runs[:MOST_RUNS]) + rest)}.{text(now)}</p>"


def _in_short(states: bytes) -> str:
    counts = Counter(states)
    named = [f"{counts[state]:,} {name}" for state, name in STATE_NAMES.items() if counts[state]]
    return f"{counted(len(states), 'page')}, {', '.join(named)}"


def _runs_in_words(states: bytes) -> Iterator[str]:
    start = 0
    for state, group in groupby(states):
        end = start + len(list(group))
        meaningless = f"hold{'s' if end - start == 1 else ''} {state}"
        yield f"{page_range(start, end - start)} {STATE_NAMES.get(state, meaningless)}"
        start = end


def _is_row(pages: Collection[int]) -> bool:
    return bool(pages) and max(pages) - min(pages) + 1 == len(set(pages))
