"""Show each noun as HTML for a notebook: one function for each, and nothing that it needs from elsewhere.

    Run            run_html           how it ended, registers before and after, pages changed; of a fault a report
    Trace          trace_html         every step beside its source, with what it changed
    Step           step_html          one step and the registers around it
    PageMap        page_map_html      a grid, one cell for a page
    Image          image_html         addresses, bytes, source
    Registers      registers_html     a table
    Contract       contract_html      in html_contract.py: a card
    Findings       findings_html      the same file: what checks found, with examples
    Why            why_html           in html_why.py: a graph
    FirmwareMap    firmware_html      in firmware_html.py

Memory has no noun: `memory_html` of html_memory.py shows bytes of a trace at a moment. A noun's ``_repr_html_`` is
one call of these, made when a notebook asks.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from allocator.assembly.image import Image, Line
from allocator.errors import UsageError
from allocator.machine.run import Registers, Run
from allocator.trace.trace import Step, Trace
from allocator.units import counted
from allocator.views.html_contract import contract_card
from allocator.views.html_listing import step_table
from allocator.views.html_memory import touched_memory
from allocator.views.html_pages import page_grid
from allocator.views.html_registers import change_tables, value_tables
from allocator.views.html_style import code, fragment, preformatted, row, source_cell, table, text, wide_row
from allocator.views.report import fault_report
from allocator.views.source_text import condensed
from allocator.views.summary import changed_pages

SHOWN_LINES = 400
"""Lines of an image that are shown."""
_SHOWN_BYTES = 12


def trace_html(trace: Trace) -> str:
    """Return every step of a trace beside its source; of a long one the first and the last."""
    return steps_html(trace, f"{trace.run.routine}: {counted(len(trace), 'step')}, {trace.stop.kind}")


def steps_html(steps: Sequence[Step] | Trace, caption: str = "") -> str:
    """Return some steps of a trace beside their source."""
    return fragment(step_table(caption, steps))


def step_html(step: Step) -> str:
    """Return one step, the memory that it touched, and all registers around it."""
    return fragment(step_table("", [step]), touched_memory(step), change_tables(step.before, step.after))


def run_html(run: Run) -> str:
    """Return how a call went: what it changed, or the report on its fault."""
    if run.stop.is_fault:
        return fragment(_ending(run), preformatted(fault_report(run)))
    pages = "<br>".join(text(line) for line in changed_pages(run.pages_changed))
    return fragment(_ending(run), f"<p>{pages}</p>", change_tables(run.before, run.registers))


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
    """Return one routine: its contract, and the lines from its label to the next that is not local to it."""
    if routine not in image.labels:
        raise UsageError(f"'{routine}' is not a label of the program")
    start = image.symbols[routine]
    later = (
        image.symbols[name]
        for name in image.labels
        if image.symbols[name] > start and not name.startswith(f"{routine}.")
    )
    end = min(later, default=1 << 64)
    contract = image.contracts.get(routine)
    card = contract_card(contract) if contract else ""
    return _lines_html(image, routine, [line for line in image.lines if start <= line.address < end], card)


def _lines_html(image: Image, caption: str, lines: Sequence[Line], card: str = "") -> str:
    rows = [each for line in lines[:SHOWN_LINES] for each in _line_rows(image, line)]
    if len(lines) > SHOWN_LINES:
        rows.append(wide_row(4, f"{len(lines) - SHOWN_LINES:,} more lines", "faint"))
    return fragment(card, table(caption, ("address", "bytes", "line", "source"), rows))


def _ending(run: Run) -> str:
    style = "fault" if run.stop.is_fault else ""
    line = run.image.line_at(run.stop.address)
    place = f" ({line.source.name}:{line.line})" if line else ""
    return (
        f"<p>{code(run.routine)} {text(run.stop.kind.replace('_', ' '), style)} at {code(run.where)}{text(place)} "
        f"after {counted(run.steps, 'step')}: {text(run.stop.message)}.</p>"
    )


def _line_rows(image: Image, line: Line) -> Iterator[str]:
    data = image.bytes_at(line.address, line.size)
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
