"""``allocator dump``: show a saved trace, with the views and filters of ``allocator trace``.

allocator trace os_mem_get_free -o free.parquet --format parquet
allocator dump free.parquet --fold
allocator dump free.parquet --around os_mem_get_free.end
allocator dump free.parquet --tail 20 -F step,text,rcx
allocator dump free.parquet --format perfetto -o free.json
"""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from allocator.cli.options import add_output_options
from allocator.cli.trace_formats import add_view_options, check_view_options, write_trace

if TYPE_CHECKING:
    from allocator.cli.arguments import Parser, Subparsers


def add_parser(subparsers: Subparsers[Parser]) -> None:
    """Add the verb to the command line."""
    parser = subparsers.add_parser(
        "dump",
        description="Show a trace that allocator trace --format parquet -o FILE saved.",
    )
    parser.add_argument("file", metavar="FILE", help="a saved trace")
    add_view_options(parser)
    add_output_options(parser)
    parser.add_argument("--no-pager", action="store_true", help="do not stop at each screen")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Read the trace, write it, and return the exit code; raises AllocatorError."""
    from allocator.addresses import MACHINE_SYMBOLS
    from allocator.trace.archive import load_trace

    check_view_options(options)
    trace = load_trace(options.file)
    write_trace(trace, options, {**MACHINE_SYMBOLS, **trace.image.symbols})
    return 0
