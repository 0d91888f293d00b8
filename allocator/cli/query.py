"""``allocator query``: ask a saved trace, or a run, who did what, when, and why.

allocator query free.parquet "why rax at end"
allocator query free.parquet "last write 0x12001f before 57"
allocator query boot.parquet translate ds:0x1234 at protected_start
allocator query --run "os_mem_allocate rcx=3 -m 128M" "why rax at end with control"

`trace/query.py` lists the questions; quotes around them are not needed.
"""

from __future__ import annotations

import argparse
import shlex
from typing import TYPE_CHECKING

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
    from allocator.cli.arguments import Parser, Subparsers
    from allocator.trace.trace import Trace


def add_parser(subparsers: Subparsers[Parser]) -> None:
    """Add the verb to the command line."""
    parser = subparsers.add_parser(
        "query",
        help="ask a trace who did what, when, and why",
        description="Ask a saved trace, or with --run a run, a question such as: why rax at end.",
        epilog="Questions: why, forward, who set, last, first, writes, reads, accesses, state, memory, visits, and of "
        "the processor: translate ADDRESS, gdt, ldt, idt, pages, paging, registers; with 'at STEP' for any moment.",
        allow_abbrev=False,
    )
    parser.add_argument("words", nargs="+", metavar="[FILE] QUESTION", help="a saved trace, and the question")
    add_run_option(parser, "ask this run instead of a file: 'ROUTINE REG=VALUE ...' with options as of allocator run")
    add_output_options(parser)
    parser.add_argument("--all", action="store_true", dest="is_full", help="all of a long explanation")
    parser.set_defaults(run=run)


def add_run_option(parser: argparse.ArgumentParser, text: str, **how: str) -> None:
    """Add the option that names a run by what `allocator run` would be told."""
    parser.add_argument("--run", dest="call", metavar="CALL", help=text, **how)  # type: ignore[arg-type]


def run(options: argparse.Namespace) -> int:
    """Answer the question and return the exit code; raises AllocatorError."""
    from allocator.cli.output import choose_ink, terminal_width, write_lines
    from allocator.trace.query import ask
    from allocator.views.answers import answer_text
    from allocator.views.extent import Extent
    from allocator.views.why import DEFAULT_WIDTH

    words = list(options.words)
    if options.call is None and len(words) < 2:
        raise UsageError("there is no question\nhint: allocator query trace.parquet 'why rax at end'")
    trace = record_call(options.call) if options.call is not None else load(words.pop(0))
    width = terminal_width(DEFAULT_WIDTH) if options.output is None else DEFAULT_WIDTH
    answer = ask(trace, " ".join(words))
    extent = Extent(options.is_full, "--all")
    lines = answer_text(answer, width=width, ink=choose_ink(options), extent=extent)
    write_lines(lines, options.output)
    return 0


def load(path: str) -> Trace:
    """Read a saved trace."""
    from allocator.trace.archive import load_trace

    return load_trace(path)


def record_call(call: str) -> Trace:
    """Record the run that `call` describes, in the words of ``allocator run``."""
    from allocator.cli.arguments import Parser
    from allocator.trace.recorder import record

    parser = Parser(prog="--run", add_help=False, allow_abbrev=False)
    add_call_options(parser)
    try:
        words = shlex.split(call)
    except ValueError as error:
        raise UsageError(f"--run {call}: {error}") from None
    options = parser.parse_args(words)
    machine = make_machine(options, assemble_sources(options, options.source))
    given = parse_registers(options.registers, machine.symbols)
    routine = parse_routine(options.routine)
    return record(machine, routine, limit=options.limit, returns=options.returns, vectors=False, **given)
