"""Show memory as lines of sixteen bytes, with the bytes that were read and written marked.

    0012001f  os_MemoryMap+0x1f                                     02 .. .. ..
              written: bold on a ground of its own, with what it was as its title        read: underlined

A byte that nothing tells is two dots. What a mark says is also said in words, in the column "what it did" of the step.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from allocator.trace.ranges import Where
from allocator.trace.step import Access, Step
from allocator.trace.trace import Moment, Trace
from allocator.units import FRAME_SIZE
from allocator.views.html_style import fragment, row, table, text, wide_row
from allocator.views.names import Names

LINE_SIZE = 16
MOST_LINES = 64
_LINES_OF_ACCESS = 4


def memory_html(trace: Trace, where: Where, when: Moment = None) -> str:
    """Return the bytes of `where` before a moment, by default the end; the last step before it is marked.

    Raises UsageError and TraceError.
    """
    moment, asked = trace.moment(when), trace.range_of(where)
    lines = range(asked.start // LINE_SIZE, (asked.end - 1) // LINE_SIZE + 1)
    accesses = trace[moment - 1].accesses if moment else ()
    caption = "memory at the end" if moment == len(trace) else f"memory before step {moment:,}"
    return fragment(_table(trace, caption, moment, lines, accesses))


def touched_memory(step: Step) -> str:
    """Return the lines of memory that a step touched, as they were after it; empty where it touched none."""
    lines: dict[int, None] = {}
    for access in step.accesses:
        first, last = access.address // LINE_SIZE, (access.address + access.size - 1) // LINE_SIZE
        lines.update(dict.fromkeys(range(first, min(last + 1, first + _LINES_OF_ACCESS))))
    if not lines:
        return ""
    return _table(step.trace, "memory after the step", step.index + 1, sorted(lines), step.accesses)


def _table(trace: Trace, caption: str, moment: int, lines: Sequence[int], accesses: Sequence[Access]) -> str:
    names = Names(trace.run)
    rows = [_line(names, start, values, accesses) for start, values in _memory(trace, moment, lines[:MOST_LINES])]
    if len(lines) > MOST_LINES:
        rows.append(wide_row(3, f"{len(lines) - MOST_LINES:,} more lines", "faint"))
    head = ("address", "", " ".join(f"{offset:2x}" for offset in range(LINE_SIZE)))
    return f'<div class="hex">{table(caption, head, rows)}</div>'


def _memory(trace: Trace, moment: int, lines: Sequence[int]) -> Iterator[tuple[int, Sequence[int | None]]]:
    """Yield each line's address and bytes; memory is asked for once a frame, since asking may make the call again."""
    for _, group in groupby(lines, lambda line: line * LINE_SIZE // FRAME_SIZE):
        wanted = list(group)
        start, end = wanted[0] * LINE_SIZE, min((wanted[-1] + 1) * LINE_SIZE, 1 << 64)
        values = trace.memory_at(moment, start, end - start)
        for line in wanted:
            yield line * LINE_SIZE, values[line * LINE_SIZE - start :][:LINE_SIZE]


def _line(names: Names, start: int, values: Sequence[int | None], accesses: Sequence[Access]) -> str:
    cells = " ".join(_byte(start + offset, value, accesses) for offset, value in enumerate(values))
    return row(text(f"{start:08x}", "faint"), text(names.known(start) or "", "faint"), cells)


def _byte(address: int, value: int | None, accesses: Sequence[Access]) -> str:
    shown = "··" if value is None else f"{value:02x}"
    touching = [each for each in accesses if each.address <= address < each.address + each.size]
    written = [each for each in touching if each.kind == "write"]
    if written:
        offset = address - written[0].address
        return f'<b class="write" title="was {written[0].before[offset]:02x}">{shown}</b>'
    return f"<u>{shown}</u>" if touching else shown
