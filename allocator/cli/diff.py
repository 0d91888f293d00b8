"""``allocator diff``: show where two runs part, in control and in data.

allocator diff three.parquet four.parquet
allocator diff --run "os_mem_allocate rcx=3" --run "os_mem_allocate rcx=4"
allocator diff before.parquet --run "os_mem_allocate rcx=3 -s changed.asm"
"""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from allocator.cli.options import add_output_options
from allocator.cli.query import add_run_option, load, record_call
from allocator.errors import UsageError

if TYPE_CHECKING:
    from allocator.cli.arguments import Parser, Subparsers

SAME, DIFFERENT = 0, 1


def add_parser(subparsers: Subparsers[Parser]) -> None:
    """Add the verb to the command line."""
    parser = subparsers.add_parser(
        "diff",
        description="Show where two runs part: the first difference in control and the first in data. "
        "Exit code 0 where they do the same, 1 where they differ.",
    )
    parser.add_argument("files", nargs="*", metavar="FILE", help="a saved trace")
    about = "compare this run: 'ROUTINE REG=VALUE ...' with options as of allocator run"
    add_run_option(parser, about, action="append")
    add_output_options(parser)
    parser.set_defaults(run=run, call=[])


def run(options: argparse.Namespace) -> int:
    """Compare, and return the exit code; raises AllocatorError."""
    from allocator.cli.output import choose_ink, terminal_width, write_lines
    from allocator.views.differences import DEFAULT_WIDTH, difference_text

    calls = options.call or []
    names = (*options.files, *calls)
    if len(names) != 2:
        hint = "hint: allocator diff a.parquet b.parquet, or --run 'ROUTINE REG=VALUE' for either"
        raise UsageError(f"two runs are compared, not {len(names)}\n{hint}")
    left, right = [*map(load, options.files), *map(record_call, calls)]
    difference = left.diff(right)
    width = terminal_width(DEFAULT_WIDTH) if options.output is None else DEFAULT_WIDTH
    write_lines(difference_text(difference, (names[0], names[1]), width=width, ink=choose_ink(options)), options.output)
    return SAME if difference.is_same else DIFFERENT
