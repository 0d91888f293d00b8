r"""``allocator boot``: from the reset vector to a page allocated in 64-bit mode, and what happened on the way.

    allocator boot
    allocator boot -m thinkpad-t400 --firmware cf-at-end
    allocator boot --disk loader.img --trace --window 0:200
    allocator boot --disk game.img --floppy --keys 'start\n'
    allocator boot --show gdt --show translation:0xC0004000 --at memory_end_find
    allocator boot --json

Without a disk the shipped chain boots: boot.asm, bridge.asm and what they include.
"""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from allocator.cli.options import (
    add_assembly_options,
    add_limit_option,
    add_memory_options,
    add_output_options,
    assemble_sources,
    firmware_names,
)
from allocator.cli.processor_views import KNOWN, check_views, view_lines
from allocator.cli.trace_formats import add_view_options, asks_for_view, check_view_options, write_trace
from allocator.errors import UsageError

if TYPE_CHECKING:
    from allocator.cli.arguments import Parser, Subparsers
    from allocator.machine.disk import Disk
    from allocator.trace.boot_journey import Journey
    from allocator.views.ink import Ink

CHAIN = ("boot.asm", "bridge.asm")
DEFAULT_LIMIT = 20_000_000
FINE, FAILED = 0, 1


def add_parser(subparsers: Subparsers[Parser]) -> None:
    """Add the verb to the command line."""
    parser = subparsers.add_parser(
        "boot",
        help="boot a disk, from the reset vector on",
        description="Boot a disk on a PC: firmware, real mode, and whatever the program makes of the processor.",
        allow_abbrev=False,
    )
    disk = parser.add_mutually_exclusive_group()
    disk.add_argument("--disk", metavar="FILE", help="a raw disk image (default: the shipped boot chain)")
    disk.add_argument("-s", "--source", action="append", metavar="FILE", help="sources of which the disk is made")
    add_memory_options(parser, policy="how the shipped chain makes its page map")
    parser.add_argument(
        "--firmware",
        action="append",
        default=[],
        metavar="NAME",
        help="let firmware misbehave; e820 --list-firmware names",
    )
    parser.add_argument("--floppy", action="store_true", help="make a floppy of the disk: drive 00h")
    parser.add_argument("--keys", default="", metavar="TEXT", help=r"what is typed when the program asks; \n is Enter")
    add_limit_option(parser, DEFAULT_LIMIT)
    shown = parser.add_mutually_exclusive_group()
    shown.add_argument("--json", action="store_true", help="print one JSON object")
    shown.add_argument("--trace", action="store_true", help="show every instruction, as the verb trace does")
    shown.add_argument(
        "--show",
        action="append",
        default=[],
        metavar="WHAT",
        help=f"the processor: {', '.join(KNOWN)}",
    )
    parser.add_argument(
        "--at", metavar="WHEN", help="show it before this step or label, 'LABEL visit N' or end (default: end)"
    )
    add_view_options(parser)
    add_assembly_options(parser)
    add_output_options(parser)
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Boot, write what happened, and return the exit code; raises AllocatorError."""
    from allocator.cli.endings import give_up, say_fault
    from allocator.cli.output import choose_ink, write_lines
    from allocator.machine.pc import PC
    from allocator.trace.boot_journey import Journey
    from allocator.trace.query import parse_moment
    from allocator.trace.recorder import record
    from allocator.views.report import STEPS_SHOWN

    _check(options)
    disk = _disk(options).as_floppy() if options.floppy else _disk(options)
    names = firmware_names(options.firmware)
    pc = PC(disk, options.memory, policy=options.policy, firmware=names, keys=unescape(options.keys))
    trace = record(pc, limit=options.limit)
    give_up(trace.run)
    last = range(max(0, len(trace) - STEPS_SHOWN), len(trace))
    trace.run.know_steps(len(trace), tuple(trace[number].address for number in last))  # not to be found out again
    journey = Journey(pc, trace)
    if options.trace:
        write_trace(trace, options, pc.symbols)
    elif options.show:
        processor = trace.processor_at(parse_moment(trace, options.at)) if options.at else pc
        write_lines(view_lines(trace, processor, options.show, choose_ink(options), _width(options)), options.output)
    else:
        lines = _json(journey) if options.json else _text(journey, choose_ink(options), _width(options))
        write_lines(lines, options.output)
    if trace.stop.is_fault and (options.json or options.trace or options.show):
        say_fault(trace.run)
    return FINE if journey.is_success else FAILED


def unescape(text: str) -> str:
    r"""Return `text` with ``\n``, ``\t``, ``\b``, ``\e`` and ``\\`` replaced by what they stand for.

    >>> unescape(r"a\n")
    'a\n'
    """
    meanings = {"n": "\n", "r": "\r", "t": "\t", "b": "\b", "e": "\x1b", "\\": "\\"}
    return re.sub(r"\\([nrtbe\\])", lambda found: meanings[found[1]], text)


def _check(options: argparse.Namespace) -> None:
    check_views(options.show)
    if options.at is not None and not options.show:
        raise UsageError("--at says when the processor is shown\nhint: add --show gdt, or another part")
    if options.trace:
        check_view_options(options)
    elif asks_for_view(options):
        raise UsageError("formats, fields and filters are for the instructions\nhint: add --trace")


def _disk(options: argparse.Namespace) -> Disk:
    from allocator.assembly.assembler import shipped
    from allocator.machine.disk import Disk

    if options.disk is not None:
        return Disk.of(Path(options.disk))
    if options.source is None and options.policy == "baremetal":
        options.define.append("POLICY_BAREMETAL")
    files = options.source or [str(shipped(name)) for name in CHAIN]
    image = assemble_sources(options, files, bits=16)  # what firmware starts is 16-bit code
    return replace(Disk.of(image), name=", ".join(Path(file).name for file in files))


def _width(options: argparse.Namespace) -> int | None:
    """Return how wide tables may be: as the terminal, or as they are where there is none."""
    from allocator.cli.output import terminal_width

    return None if options.output is not None else terminal_width(0) or None


def _json(journey: Journey) -> Iterator[str]:
    from allocator.checks.broken_rule import find_broken_rules
    from allocator.views.boot import boot_json

    yield boot_json(journey, find_broken_rules(journey.trace))


def _text(journey: Journey, ink: Ink, width: int | None) -> Iterator[str]:
    from allocator.checks.broken_rule import find_broken_rules
    from allocator.cli.endings import boot_ending_lines
    from allocator.views.boot import boot_lines
    from allocator.views.broken_rules import broken_rules_lines

    yield from boot_lines(journey, ink, width)
    yield ""
    yield from boot_ending_lines(journey.trace.run, ink)
    rules = list(broken_rules_lines(find_broken_rules(journey.trace), ink))
    yield from ["", *rules] if rules else []
