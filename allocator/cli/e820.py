"""``allocator e820``: show a machine's firmware map, and the page map that an allocator gets from it.

    allocator e820                       the ideal PC of 64 MiB
    allocator e820 thinkpad-t400         a machine by name; --list shows the names
    allocator e820 dmesg.txt             a log, JSON, raw records, or /sys/firmware/memmap
    dmesg | allocator e820 -             the machine in front of you
    allocator e820 --compare 64M         what CMOS, 88h, E801h, INT 12h and E820h each say of it
    allocator e820 --firmware overlap    the map of firmware that misbehaves; --list-firmware says how

This file is the verb: it reads, asks the views, and prints.
"""

from __future__ import annotations

import argparse
import json
import sys
import textwrap
from typing import TYPE_CHECKING, Any

from allocator.cli.options import add_output_options, firmware_names
from allocator.cli.output import choose_ink, write_lines
from allocator.errors import UsageError
from allocator.machine.firmware_file import read_descriptor
from allocator.machine.firmware_map import FirmwareMap, problem_objects
from allocator.machine.firmware_presets import all_presets
from allocator.machine.page_map import POLICIES, PageMapPlan, build_page_map
from allocator.views import firmware

if TYPE_CHECKING:
    from allocator.cli.arguments import Parser, Subparsers

DEFAULT_MACHINE = "64M"
STDIN_SILENCE_SECONDS = 60.0
"""How long standard input may say nothing: someone may be typing a password into what writes it."""
STDIN_TOTAL_SECONDS = 600.0
TEXT_COLUMNS = 100


def add_parser(subparsers: Subparsers[Parser]) -> None:
    """Add the verb to the command line."""
    parser = subparsers.add_parser(
        "e820",
        description="Show what firmware says about a machine's memory, and the page map made from it.",
    )
    parser.add_argument(
        "machine",
        nargs="?",
        metavar="PRESET|SIZE|FILE|-",
        help=f"a machine's name, a size, a log in any usual form, or - for standard input (default: {DEFAULT_MACHINE})",
    )
    parser.add_argument("-m", "--memory", metavar="PRESET|SIZE|FILE", help="the same, as the other verbs take it")
    parser.add_argument("--list", action="store_true", help="list the machines that have a name")
    parser.add_argument("--compare", action="store_true", help="ask for memory in all five ways, side by side")
    parser.add_argument(
        "--firmware", action="append", default=[], metavar="NAME", help="let firmware misbehave; NAME,NAME for several"
    )
    parser.add_argument("--list-firmware", action="store_true", help="list the ways in which firmware misbehaves")
    parser.add_argument("--policy", choices=POLICIES, default=POLICIES[0], help="how the page map is made")
    shown = parser.add_mutually_exclusive_group()
    shown.add_argument("--json", action="store_true", help="print one JSON object")
    shown.add_argument("--html", action="store_true", help="print a self-contained HTML page")
    shown.add_argument("--linux", action="store_true", help="print the lines that Linux would log")
    add_output_options(parser)
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Print what was asked for; raises AllocatorError."""
    write_lines(_chosen_text(options).split("\n"), options.output)
    return 0


def _chosen_text(options: argparse.Namespace) -> str:
    if options.list:
        return _listing(options)
    if options.list_firmware:
        return _firmware_listing(options)
    return _comparison(options) if options.compare else _machine(options)


def map_object(firmware_map: FirmwareMap, plan: PageMapPlan) -> dict[str, Any]:
    """Return the object that ``--json`` prints."""
    found = firmware_map.to_object()
    found["problems"] += problem_objects(plan.problems)
    pages = [{"start": run.start, "count": run.count, "state": run.state} for run in plan.runs]
    return {**found, "policy": plan.policy, "mem_amount_mib": plan.mem_amount_mib, "pages": pages}


def _listing(options: argparse.Namespace) -> str:
    presets = all_presets()
    if options.json:
        rows = [{"name": each.name, "kind": each.kind, "about": each.about} for each in presets]
        return json.dumps({"format": "allocator.presets/1", "presets": rows}, indent=1)
    return firmware.preset_list(presets)


def _firmware_listing(options: argparse.Namespace) -> str:
    from allocator.machine.bios_misbehaviours import MISBEHAVIOURS

    if options.json:
        rows = [{"name": each.name, "about": each.about} for each in MISBEHAVIOURS]
        return json.dumps({"format": "allocator.firmware/1", "firmware": rows}, indent=1)
    return _wrapped("\n".join(f"{each.name:23} {each.about}" for each in MISBEHAVIOURS), indent=24)


def _comparison(options: argparse.Namespace) -> str:
    from allocator.machine.bios import Bios
    from allocator.machine.memory_answers import ask_all
    from allocator.views import firmware_compare

    if options.html or options.linux:
        raise UsageError("--compare is text or --json")
    bios = Bios(_given_map(options), misbehaviours=firmware_names(options.firmware))
    answers = ask_all(bios)
    if options.json:
        found = map_object(bios.firmware_map, build_page_map(bios.firmware_map, options.policy))
        return json.dumps({**found, "compare": firmware_compare.compare_object(bios.firmware_map, answers)}, indent=1)
    return _wrapped(firmware_compare.compare_table(bios.firmware_map, answers), indent=4)


def _machine(options: argparse.Namespace) -> str:
    firmware_map = _chosen_map(options)
    plan = build_page_map(firmware_map, options.policy)
    if options.json:
        return json.dumps(map_object(firmware_map, plan), indent=1)
    if options.html:
        from allocator.views.firmware_html import firmware_page

        return firmware_page(firmware_map)
    if options.linux:
        return firmware_map.to_linux_log().rstrip("\n")
    return _text(firmware_map, plan, choose_ink(options).is_on)


def _chosen_map(options: argparse.Namespace) -> FirmwareMap:
    names = firmware_names(options.firmware)
    if not names:
        return _given_map(options)
    from allocator.machine.bios_misbehaviours import changed_map, find_misbehaviours

    found = find_misbehaviours(names)
    return changed_map(_given_map(options), found)


def _given_map(options: argparse.Namespace) -> FirmwareMap:
    if options.machine is not None and options.memory is not None:
        raise UsageError("the machine is given twice: write it after e820, or with -m")
    chosen = options.machine if options.machine is not None else options.memory
    if chosen == "-":
        log = read_descriptor(sys.stdin.fileno(), "-", STDIN_SILENCE_SECONDS, STDIN_TOTAL_SECONDS)
        return FirmwareMap.from_log(log, name="-")
    return FirmwareMap.of(DEFAULT_MACHINE if chosen is None else chosen)


def _text(firmware_map: FirmwareMap, plan: PageMapPlan, color: bool) -> str:
    parts = [
        firmware.firmware_table(firmware_map, color),
        _wrapped(firmware.problem_list([*firmware_map.problems, *plan.problems])),
        firmware.firmware_strip(firmware_map, color=color),
        firmware.page_runs(plan, color),
        firmware.page_grid(plan, color),
        _wrapped(firmware.policy_report(firmware_map)),
    ]
    return "\n\n".join(part for part in parts if part)


def _wrapped(text: str, indent: int = 2) -> str:
    return "\n".join(
        textwrap.fill(line, TEXT_COLUMNS, subsequent_indent=" " * indent, break_long_words=False)
        for line in text.splitlines()
    )
