"""``allocator trace``: run a routine and show every instruction.

allocator trace os_mem_allocate rcx=3
allocator trace os_mem_allocate rcx=3 --format jsonl -o trace.jsonl
allocator trace os_mem_allocate rcx=3 --access write:os_MemoryMap:os_MemoryMap+32
allocator trace os_mem_allocate rcx=3 -F step,text,rax,rcx,zf
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, NamedTuple

from allocator.cli.options import (
    add_call_options,
    add_output_options,
    assemble_sources,
    make_machine,
    parse_registers,
    parse_routine,
)
from allocator.errors import UsageError

if TYPE_CHECKING:
    from allocator.cli.parser import Parser, Subparsers
    from allocator.trace.trace import Step, Trace


class Request(NamedTuple):
    """A finished trace, the steps of it that are to be shown, and how."""

    trace: Trace
    steps: Iterable[Step]
    fields: list[str] | None
    options: argparse.Namespace


def add_parser(subparsers: Subparsers[Parser]) -> None:
    """Add the verb to the command line."""
    parser = subparsers.add_parser(
        "trace",
        help="run a routine and show every instruction",
        description="Run a routine and show every instruction: its bytes, its source, and what it did.",
        allow_abbrev=False,
    )
    add_call_options(parser)
    parser.add_argument("--format", default="text", metavar="FORMAT", help=f"{', '.join(FORMATS)} (text)")
    parser.add_argument(
        "-F", "--fields", metavar="NAME,...", help="the columns of text or csv; registers are fields too"
    )
    parser.add_argument("--window", metavar="A:B", help="only steps A to B, B not included")
    for name, form in (("label", "NAME"), ("line", "[FILE:]A[:B]"), ("address", "A[:B]"), ("access", "KIND[:A[:B]]")):
        parser.add_argument(f"--{name}", action="append", default=[], metavar=form, help=_FILTERS[name])
    add_output_options(parser)
    parser.set_defaults(run=run)


_FILTERS = {
    "label": "only steps below this label",
    "line": "only steps of these lines of the source",
    "address": "only steps at these addresses",
    "access": "only steps that read or write (there)",
}


def run(options: argparse.Namespace) -> int:
    """Record the call, write the trace, and return the exit code; raises AllocatorError."""
    from allocator.cli.endings import exit_code, give_up, say_ending
    from allocator.cli.output import write_lines
    from allocator.cli.selection import select_steps
    from allocator.trace.recorder import record
    from allocator.views.fields import find_fields

    write = _format(options.format)
    fields = options.fields.split(",") if options.fields else None
    find_fields(fields or ())  # before anything runs: a misspelt name is said at once
    image = assemble_sources(options, options.source)
    machine = make_machine(options, image)
    given = parse_registers(options.registers, machine.symbols)
    trace = record(machine, parse_routine(options.routine), limit=options.limit, returns=options.returns, **given)
    give_up(trace.run)
    steps = select_steps(trace, options, machine.symbols)
    write_lines(write(Request(trace, steps, fields, options)), options.output)
    if options.format != "text":
        say_ending(trace.run)
    return exit_code(trace.run)


def _format(name: str) -> Callable[[Request], Iterator[str]]:
    if name in FORMATS:
        return FORMATS[name]
    later = f"'{name}' is not there yet" if name in LATER else f"there is no format '{name}'"
    raise UsageError(f"--format {name}: {later}\nhint: the formats are {', '.join(FORMATS)}")


def _text(request: Request) -> Iterator[str]:
    from allocator.cli.endings import ending_lines
    from allocator.cli.output import choose_ink, terminal_width
    from allocator.views.field_table import field_table
    from allocator.views.listing import DEFAULT_WIDTH, trace_listing
    from allocator.views.summary import opening

    trace, ink = request.trace, choose_ink(request.options)
    if request.fields:
        yield from field_table(request.steps, request.fields, ink)
        return
    width = terminal_width(DEFAULT_WIDTH)
    yield from opening(trace.run, request.options.registers, trace.firmware_map, ink)
    yield from trace_listing(trace, request.steps, width=width, ink=ink)
    yield ""
    yield from ending_lines(trace.run, ink)


def _jsonl(request: Request) -> Iterator[str]:
    from allocator.views.jsonl import trace_jsonl

    if request.fields:
        raise UsageError("-F chooses columns of text and csv; jsonl always has all")
    return trace_jsonl(request.trace, request.steps)


def _csv(request: Request) -> Iterator[str]:
    from allocator.views.csv import trace_csv
    from allocator.views.fields import DEFAULT_FIELDS

    return trace_csv(request.trace, request.steps, request.fields or DEFAULT_FIELDS)


FORMATS: dict[str, Callable[[Request], Iterator[str]]] = {
    "text": _text,
    "jsonl": _jsonl,
    "csv": _csv,
}
"""Format to what yields its lines; another format is another row."""
LATER = ("parquet", "tenet", "perfetto", "html", "drcov", "lcov", "vcd")
