"""``allocator run``: run a routine and show only what came out.

allocator run os_mem_allocate rcx=3
allocator run os_mem_allocate rcx=3 --json

A routine that broke the contract in the comment above it failed, as one that faulted did.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from textwrap import wrap
from typing import TYPE_CHECKING

from allocator.cli.options import (
    add_call_options,
    add_output_options,
    assemble_sources,
    make_machine,
    parse_registers,
    parse_routine,
)

WIDTH = 100
"""Of prose; the other lines are as long as they are."""

if TYPE_CHECKING:
    from allocator.cli.arguments import Parser, Subparsers
    from allocator.findings import RuleResult
    from allocator.machine.machine import Machine
    from allocator.machine.run import Run
    from allocator.views.ink import Ink


def add_parser(subparsers: Subparsers[Parser]) -> None:
    """Add the verb to the command line."""
    parser = subparsers.add_parser(
        "run",
        description="Run a routine and show what it returned and which pages it changed.",
    )
    add_call_options(parser)
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    add_output_options(parser)
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Call the routine, write the result, and return the exit code; raises AllocatorError."""
    from allocator.checks.contract import check_contract
    from allocator.cli.endings import GUEST_FAILED, exit_code, give_up, say_ending
    from allocator.cli.output import choose_ink, write_lines
    from allocator.views.run_json import run_json

    image = assemble_sources(options, options.source)
    machine = make_machine(options, image)
    given = parse_registers(options.registers, machine.symbols)
    finished = machine.call(parse_routine(options.routine), limit=options.limit, returns=options.returns, **given)
    give_up(finished)
    rules = check_contract(finished)
    if options.json:
        write_lines([run_json(finished, rules)], options.output)
        say_ending(finished)
    else:
        write_lines(_text(finished, rules, options.registers, machine, choose_ink(options)), options.output)
    return exit_code(finished) if all(result.held for result in rules) else GUEST_FAILED


def _text(
    finished: Run, rules: Sequence[RuleResult], arguments: Sequence[str], machine: Machine, ink: Ink
) -> Iterator[str]:
    from allocator.checks.contract import broken_preconditions
    from allocator.cli.endings import ending_lines
    from allocator.views.findings import contract_lines
    from allocator.views.firmware_story import taken_story
    from allocator.views.summary import opening

    yield from opening(finished, arguments, machine.firmware_map, ink)
    yield ""
    yield from ending_lines(finished, ink)
    yield from contract_lines(rules, broken_preconditions(finished), ink)
    story = taken_story(machine.firmware_map, finished.pages_changed)
    if story:
        yield from wrap(story, width=WIDTH, initial_indent="  ", subsequent_indent="  ")
