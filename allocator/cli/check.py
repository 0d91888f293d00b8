"""``allocator check``: ask whether every routine keeps its contract, and the allocator the laws of allocators.

allocator check
allocator check os_mem_allocate -s mine.asm
allocator check -s mine.asm --accept mine.accepted.json --json
allocator check --worlds 12 --jobs 4

What is known and meant is accepted by a file beside the source; the exit code is 1 where something else is found.
"""

from __future__ import annotations

import argparse
import sys
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import TYPE_CHECKING

from allocator.cli.options import (
    DEFAULT_SOURCE,
    add_assembly_options,
    add_memory_options,
    add_output_options,
    add_source_option,
    assemble_sources,
)
from allocator.cli.progress import erase, show
from allocator.errors import UsageError

if TYPE_CHECKING:
    from concurrent.futures import Executor

    from allocator.assembly.image import Image
    from allocator.checks.coverage_session import CoverageSession
    from allocator.cli.arguments import Parser, Subparsers
    from allocator.findings import Acceptance, Findings
    from allocator.machine.machine import Machine

FINE, FOUND = 0, 1
MAX_JOBS = 60
"""More processes than that cannot be waited for on Windows."""
_WORLD_ROUTINE = "os_mem_allocate"


def add_parser(subparsers: Subparsers[Parser]) -> None:
    """Add the verb to the command line."""
    parser = subparsers.add_parser(
        "check",
        description="Call every routine on small machines; judge it by its contract and by the laws of allocators.",
    )
    parser.add_argument("routines", nargs="*", metavar="ROUTINE", help="only these (default: all with a contract)")
    add_source_option(parser)
    add_memory_options(parser)
    parser.add_argument(
        "--accept", metavar="FILE", help="accepted deviations (default: SOURCE.accepted.json beside the source)"
    )
    parser.add_argument(
        "--worlds", type=int, metavar="N", help="call os_mem_allocate on every page map of 1 to N pages (at most 16)"
    )
    parser.add_argument("--resume", metavar="FILE", help="with --worlds: go on from this file, and leave it behind")
    parser.add_argument(
        "-j", "--jobs", type=int, metavar="N", help="with --worlds: spread over N processes (default: this one alone)"
    )
    parser.add_argument("--coverage", action="store_true", help="list the sources with what the checks reached of them")
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    add_assembly_options(parser)
    add_output_options(parser)
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Check, write what was found, and return the exit code; raises AllocatorError."""
    if options.json and options.coverage:
        raise UsageError("--coverage lists sources for people: use it without --json")
    from allocator.checks.coverage_session import CoverageSession
    from allocator.cli.output import choose_ink, write_lines
    from allocator.views.coverage import coverage_listing
    from allocator.views.findings import check_json, check_text

    image = assemble_sources(options, options.source)
    routines = _routines(options, image)
    accepted = _accepted(options)
    small, said = _small_worlds(options, image, routines)
    session = CoverageSession() if options.coverage else None
    found = (_findings(options, image, routines, session) + small).accepting(accepted)
    sources = [source.name for source in image.sources]
    ink = choose_ink(options)
    listing = ["", *coverage_listing(session.coverage(), ink)] if session else []
    lines = [*said, *check_text(sources, routines, found, ink), *listing]
    write_lines([check_json(sources, routines, found)] if options.json else lines, options.output)
    return FOUND if found.findings else FINE


def _routines(options: argparse.Namespace, image: Image) -> tuple[str, ...]:
    """Return the routines to check: those asked for, or all that have a contract or are the allocator's."""
    from allocator.checks.declaration import BAREMETAL

    known = tuple(dict.fromkeys((*image.contracts, *BAREMETAL.routines(image))))
    unknown = [name for name in options.routines if name not in known]
    if unknown or not known:
        there = f"there are {', '.join(known)}" if known else "write a contract in the comment above a label"
        what = f"'{unknown[0]}' has no contract to check" if unknown else "no routine has a contract to check"
        raise UsageError(f"{what}\nhint: {there}")
    return tuple(dict.fromkeys(options.routines)) or known


def _accepted(options: argparse.Namespace) -> tuple[Acceptance, ...]:
    from allocator.assembly.assembler import shipped
    from allocator.checks.accepted import accepted_beside, read_accepted

    if options.accept is not None:
        return read_accepted(Path(options.accept))
    return accepted_beside([Path(file) for file in options.source] if options.source else [shipped(DEFAULT_SOURCE)])


def _small_worlds(options: argparse.Namespace, image: Image, routines: tuple[str, ...]) -> tuple[Findings, list[str]]:
    """Return what small worlds find, and what of it is said, where they are asked for."""
    from allocator.findings import Findings

    if options.worlds is None:
        if options.resume is not None or options.jobs is not None:
            raise UsageError(f"{'--resume' if options.jobs is None else '--jobs'} is for --worlds N")
        return Findings(), []
    if _WORLD_ROUTINE not in routines:
        raise UsageError(f"--worlds calls {_WORLD_ROUTINE}, which is not among the routines to check")
    from allocator.checks.worlds import check_worlds, describe_worlds, world_findings

    progress = _show_progress if sys.stderr.isatty() else None
    with _processes(options.jobs) as executor:
        report = check_worlds(
            image, options.worlds, routine=_WORLD_ROUTINE, executor=executor, resume=options.resume, progress=progress
        )
    return world_findings(report, image, _WORLD_ROUTINE), [describe_worlds(report), ""]


def _processes(jobs: int | None) -> AbstractContextManager[Executor | None]:
    """Return so many processes; none where the work is to be done here."""
    from allocator.checks.world_spread import make_processes

    if jobs is None:
        return nullcontext()
    if not 1 <= jobs <= MAX_JOBS:
        raise UsageError(f"--jobs takes 1 to {MAX_JOBS} processes, not {jobs}")
    return make_processes(jobs)


def _show_progress(made: int, whole: int) -> None:
    said = f"small worlds: {made:,} of {whole:,} calls"
    if made < whole:
        show(said)
    else:
        erase(said)


def _findings(
    options: argparse.Namespace, image: Image, routines: tuple[str, ...], session: CoverageSession | None
) -> Findings:
    """Return what all checks find; each check returns Findings, and they add up."""
    from allocator.checks.laws import check_allocator
    from allocator.checks.samples import check_samples
    from allocator.machine.machine import Machine

    def make_machine() -> Machine:
        machine = Machine(image, memory=options.memory, policy=options.policy)
        if session:
            session.cover(machine)
        return machine

    with session.test() if session else nullcontext():
        return check_samples(image, make_machine, routines) + check_allocator(make_machine(), routines)
