"""Show each noun as HTML for a notebook: one function for each, and nothing that it needs from elsewhere.

    Run            run_html           how it ended, registers before and after, pages changed; of a fault a report
    Trace          trace_html         every step beside its source, with what it changed
    Step           step_html          one step and the registers around it
    PageMap        page_map_html      a grid, one cell for a page
    Image          image_html         addresses, bytes, source
    Registers      registers_html     a table
    FirmwareMap    firmware_html      in firmware_html.py

A noun's ``_repr_html_`` is one call of these, made when a notebook asks.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence

from allocator.assembly.image import Image, Line
from allocator.errors import UsageError
from allocator.instructions.disassembly import decode
from allocator.machine.page_map import STATE_NAMES
from allocator.machine.run import PageChange, Registers, Run
from allocator.trace.trace import Step, Trace
from allocator.views.html_listing import step_table
from allocator.views.html_pages import page_grid
from allocator.views.html_registers import change_tables, value_tables
from allocator.views.html_style import code, fragment, row, source_cell, table, text, wide_row
from allocator.views.source_text import condensed

SHOWN_LINES = 400
"""Lines of an image that are shown."""
SHOWN_CHANGES = 12
"""Rows of pages that are named in a run's summary."""
_LONGEST_INSTRUCTION = 15
_SHOWN_BYTES = 12


def trace_html(trace: Trace) -> str:
    """Return every step of a trace beside its source; of a long one the first and the last."""
    return steps_html(trace, f"{trace.run.routine}: {_count(len(trace), 'step')}, {trace.stop.kind}")


def steps_html(steps: Sequence[Step] | Trace, caption: str = "") -> str:
    """Return some steps of a trace beside their source."""
    return fragment(step_table(caption, steps))


def step_html(step: Step) -> str:
    """Return one step and all registers around it."""
    return fragment(step_table("", [step]), change_tables(step.before, step.after))


def run_html(run: Run) -> str:
    """Return how a call went; what led there when it ended in a fault."""
    parts = [_ending(run), _pages_changed(run.pages_changed)]
    if run.stop.is_fault:
        parts.append(_last_steps(run))
    return fragment(*parts, change_tables(run.before, run.registers))


def registers_html(registers: Registers) -> str:
    """Return the registers at one moment."""
    return fragment(value_tables(registers))


def page_map_html(states: bytes, changed: Collection[int] = ()) -> str:
    """Return the bytes of a page map as a grid, with a frame around the pages that `changed`."""
    return fragment(page_grid(states, changed))


def image_html(image: Image) -> str:
    """Return the bytes of an image beside the lines that they came from."""
    return _lines_html(image, ", ".join(source.name for source in image.sources), image.lines)


def routine_html(image: Image, routine: str) -> str:
    """Return the lines of one routine: from its label to the next that is not local to it."""
    if routine not in image.labels:
        raise UsageError(f"'{routine}' is not a label of the program")
    start = image.symbols[routine]
    later = (
        image.symbols[name]
        for name in image.labels
        if image.symbols[name] > start and not name.startswith(f"{routine}.")
    )
    end = min(later, default=1 << 64)
    return _lines_html(image, routine, [line for line in image.lines if start <= line.address < end])


def _lines_html(image: Image, caption: str, lines: Sequence[Line]) -> str:
    rows = [each for line in lines[:SHOWN_LINES] for each in _line_rows(image, line)]
    if len(lines) > SHOWN_LINES:
        rows.append(wide_row(4, f"{len(lines) - SHOWN_LINES:,} more lines", "faint"))
    return fragment(table(caption, ("address", "bytes", "line", "source"), rows))


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


# -- a run --


def _ending(run: Run) -> str:
    style = "fault" if run.stop.is_fault else ""
    line = run.image.line_at(run.stop.address)
    place = f" ({line.source.name}:{line.line})" if line else ""
    return (
        f"<p>{code(run.routine)} {text(run.stop.kind.replace('_', ' '), style)} at {code(run.where)}{text(place)} "
        f"after {_count(run.steps, 'step')}: {text(run.stop.message)}.</p>"
    )


def _pages_changed(changes: Mapping[int, PageChange]) -> str:
    items = [
        f"{_pages(pages)}: {_state(change.before)} \N{RIGHTWARDS ARROW} {_state(change.after)}"
        for change, pages in _rows_of_pages(changes)
    ]
    shown = "; ".join(items[:SHOWN_CHANGES])
    rest = f"; and {len(items) - SHOWN_CHANGES:,} more" if len(items) > SHOWN_CHANGES else ""
    return f"<p>Page map: {text(shown + rest) or 'nothing changed'}.</p>"


def _rows_of_pages(changes: Mapping[int, PageChange]) -> Iterator[tuple[PageChange, range]]:
    """Yield pages in a row to which the same happened."""
    start = end = -1
    for page in sorted(changes):
        if page == end and changes[page] == changes[start]:
            end += 1
            continue
        if end > start:
            yield changes[start], range(start, end)
        start, end = page, page + 1
    if end > start:
        yield changes[start], range(start, end)


def _pages(pages: range) -> str:
    return f"page {pages[0]:,}" if len(pages) == 1 else f"pages {pages[0]:,} to {pages[-1]:,}"


def _state(value: int) -> str:
    return STATE_NAMES.get(value, f"the byte {value:#x}")


def _last_steps(run: Run) -> str:
    addresses = run.last_steps()
    rows = [_place_row(run.image, address, "here" if address == run.stop.address else "") for address in addresses]
    return table("The last steps", ("address", "where", "instruction", "line", "source"), rows)


def _place_row(image: Image, address: int, style: str) -> str:
    line = image.line_at(address)
    where = text(image.locate(address) or "outside the program")
    number = text(line.line, "faint") if line else ""
    source = source_cell(*condensed(line)) if line else ""
    return row(f"{address:x}", where, text(_instruction(image, address)), number, source, style=style)


def _instruction(image: Image, address: int) -> str:
    """Return the instruction as it was assembled; one that the program wrote itself is in the trace only."""
    code_bytes = _bytes_at(image, address, _LONGEST_INSTRUCTION)
    return decode(code_bytes, image.bits_at(address), address).text if code_bytes else ""


# -- an image --


def _line_rows(image: Image, line: Line) -> Iterator[str]:
    data = _bytes_at(image, line.address, line.size)
    location = image.locate(line.address)
    if location and not location.offset:
        yield wide_row(4, f"{location.label}:", "label")
    statement, comment = condensed(line)
    yield row(
        text(f"{line.address:x}", "faint"),
        data[:_SHOWN_BYTES].hex(" ") + (" ..." if len(data) > _SHOWN_BYTES else ""),
        text(line.line, "faint"),
        source_cell(statement, comment),
    )


def _bytes_at(image: Image, address: int, size: int) -> bytes:
    segment = image.segment_at(address)
    return segment.data[address - segment.start :][:size] if segment else b""
