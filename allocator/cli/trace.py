"""``allocator trace``: run a routine and show every instruction.

allocator trace os_mem_allocate rcx=3
allocator trace os_mem_allocate rcx=3 --format jsonl -o trace.jsonl
allocator trace os_mem_allocate rcx=3 --access write:os_MemoryMap:os_MemoryMap+32
allocator trace os_mem_allocate rcx=3 -F step,text,rax,rcx,zf
allocator trace os_mem_get_free --fold
"""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from allocator.cli.options import (
    add_call_options,
    add_output_options,
    assemble_sources,
    make_machine,
    parse_registers,
    parse_routine,
)
from allocator.cli.trace_formats import add_view_options, check_view_options, write_trace

if TYPE_CHECKING:
    from allocator.cli.arguments import Parser, Subparsers
    from allocator.machine.machine import Machine


MAX_KEPT = 20_000_000
"""Instructions up to which a trace is recorded in memory and then saved."""
MAX_SHOWN = 100_000_000
"""Instructions after which a run stops whose trace has to be kept in memory, whatever the limit: two gigabytes."""


def add_parser(subparsers: Subparsers[Parser]) -> None:
    """Add the verb to the command line."""
    parser = subparsers.add_parser(
        "trace",
        description="Run a routine and show every instruction: its bytes, its source, and what it did.",
    )
    add_call_options(parser)
    add_view_options(parser)
    add_output_options(parser)
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Record the call, write the trace, and return the exit code; raises AllocatorError."""
    from allocator.cli.endings import exit_code, give_up, say_ending
    from allocator.trace.recorder import record

    check_view_options(options)  # before anything runs: a misspelt name is said at once
    image = assemble_sources(options, options.source)
    machine = make_machine(options, image)
    given = parse_registers(options.registers, machine.symbols)
    routine = parse_routine(options.routine)
    if options.format == "parquet" and options.limit > MAX_KEPT:
        return _stream(options, machine, routine, given)
    limit = min(options.limit, MAX_SHOWN)
    trace = record(machine, routine, limit=limit, returns=options.returns, vectors=False, **given)
    if options.output is None:
        give_up(trace.run)
    write_trace(trace, options, machine.symbols)
    give_up(trace.run)  # what was recorded before Ctrl-C is in the file
    if options.format != "text":
        say_ending(trace.run)
    return exit_code(trace.run)


def _stream(options: argparse.Namespace, machine: Machine, routine: str | int, given: dict[str, int]) -> int:
    # Longer than what is kept in memory: written while it is recorded.
    from allocator.cli.endings import exit_code, give_up, say_ending
    from allocator.trace.streaming import record_to

    finished = record_to(options.output, machine, routine, limit=options.limit, returns=options.returns, **given)
    give_up(finished)
    say_ending(finished)
    return exit_code(finished)
