"""``allocator play``: walk through a run, forwards and backwards, in the terminal.

allocator play os_mem_allocate rcx=3
allocator play free.parquet
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from allocator.cli.options import add_call_options, assemble_sources, make_machine, parse_registers, parse_routine
from allocator.errors import UsageError

if TYPE_CHECKING:
    from allocator.cli.arguments import Parser, Subparsers
    from allocator.trace.trace import Trace

KEYS = """\
keys: right/n next, left/p back, N/P ten, Home, End, g go to a step, l run to a label, up/down select a register,
Tab registers or memory, m show memory, w who wrote what is selected, b back from a jump, q quit"""


def add_parser(subparsers: Subparsers[Parser]) -> None:
    """Add the verb to the command line."""
    parser = subparsers.add_parser(
        "play",
        description="Run a routine, or read a saved trace, and walk through its steps in the terminal.",
        epilog=KEYS,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    add_call_options(parser)
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Show the player until its reader quits, and return the exit code; raises AllocatorError."""
    try:
        from allocator.play import play
    except ImportError:
        message = "the player needs Textual, which is not installed\nhint: pip install 'allocator-sandbox[play]'"
        raise UsageError(message) from None
    trace = _find_trace(options)
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise UsageError("the player needs a terminal\nhint: allocator trace shows the same run as text")
    play(trace)
    return 0


def _find_trace(options: argparse.Namespace) -> Trace:
    """Return the saved trace of that name, or record the call."""
    if Path(options.routine).exists() and not options.registers:
        from allocator.trace.archive import load_trace

        return load_trace(options.routine)
    from allocator.cli.endings import give_up
    from allocator.trace.recorder import record

    machine = make_machine(options, assemble_sources(options, options.source))
    given = parse_registers(options.registers, machine.symbols)
    routine = parse_routine(options.routine)
    trace = record(machine, routine, limit=options.limit, returns=options.returns, vectors=False, **given)
    give_up(trace.run)
    return trace
