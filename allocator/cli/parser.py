"""Parse the command line: find the verb, load that verb's file and no other, complain helpfully.

Exit codes: 0 fine, 1 the guest or a check failed, 2 wrong use or a wrong source, 70 our own defect.
"""

from __future__ import annotations

import argparse
import difflib
from collections.abc import Callable, Sequence
from typing import NamedTuple

from allocator import __version__
from allocator.cli.arguments import Parser, Subparsers
from allocator.errors import UsageError


class Verb(NamedTuple):
    """What a verb is for, and the way to its parser."""

    summary: str
    add_parser: Callable[[Subparsers[Parser]], None]


def _add_trace(subparsers: Subparsers[Parser]) -> None:
    from allocator.cli import trace

    trace.add_parser(subparsers)


def _add_dump(subparsers: Subparsers[Parser]) -> None:
    from allocator.cli import dump

    dump.add_parser(subparsers)


def _add_run(subparsers: Subparsers[Parser]) -> None:
    from allocator.cli import run

    run.add_parser(subparsers)


def _add_assemble(subparsers: Subparsers[Parser]) -> None:
    from allocator.cli import assemble

    assemble.add_parser(subparsers)


def _add_check(subparsers: Subparsers[Parser]) -> None:
    from allocator.cli import check

    check.add_parser(subparsers)


def _add_e820(subparsers: Subparsers[Parser]) -> None:
    from allocator.cli import e820

    e820.add_parser(subparsers)  # type: ignore[arg-type]  # typed for the base class of Parser


def _add_query(subparsers: Subparsers[Parser]) -> None:
    from allocator.cli import query

    query.add_parser(subparsers)


def _add_diff(subparsers: Subparsers[Parser]) -> None:
    from allocator.cli import diff

    diff.add_parser(subparsers)


def _add_boot(subparsers: Subparsers[Parser]) -> None:
    from allocator.cli import boot

    boot.add_parser(subparsers)


def _add_play(subparsers: Subparsers[Parser]) -> None:
    from allocator.cli import play

    play.add_parser(subparsers)


def _add_docs(subparsers: Subparsers[Parser]) -> None:
    from allocator.cli import docs

    docs.add_parser(subparsers)


VERBS = {
    "trace": Verb("run a routine and show every instruction", _add_trace),
    "dump": Verb("show a saved trace", _add_dump),
    "run": Verb("run a routine and show the result", _add_run),
    "assemble": Verb("assemble sources: listing, binary, symbols, JSON", _add_assemble),
    "query": Verb("ask a trace who did what, when, and why", _add_query),
    "diff": Verb("show where two runs part", _add_diff),
    "check": Verb("check contracts and the laws of allocators", _add_check),
    "e820": Verb("show a firmware map and the page map made from it", _add_e820),
    "boot": Verb("boot a disk, from the reset vector on", _add_boot),
    "play": Verb("walk through a trace, in the terminal", _add_play),
    "docs": Verb("make pages of the notebooks", _add_docs),
}


def parse(arguments: Sequence[str]) -> argparse.Namespace:
    """Return the options of the verb that `arguments` start with; ``options.run`` does its work.

    Raises UsageError; ``--help`` and ``--version`` print and raise SystemExit.
    """
    verb = arguments[0]
    if not verb.startswith("-"):
        _check_verb(verb)
    return _parser(verb).parse_args(arguments)


def _parser(chosen: str) -> Parser:
    parser = Parser(
        prog="allocator",
        description="A sandbox for allocator assembly: assemble, run, trace every instruction.",
        epilog="allocator VERB --help tells more about a verb; allocator alone shows where to begin.",
        allow_abbrev=False,
    )
    parser.add_argument("--version", action="version", version=f"allocator {__version__}")
    subparsers = parser.add_subparsers(metavar="VERB", dest="verb", required=True)
    for name, verb in VERBS.items():
        if name == chosen:
            verb.add_parser(subparsers)
        else:
            subparsers.add_parser(name, help=verb.summary)
    return parser


def _check_verb(verb: str) -> None:
    if verb in VERBS:
        return
    near = difflib.get_close_matches(verb, VERBS, 1)
    hint = f"did you mean '{near[0]}'?" if near else f"there are {', '.join(VERBS)}"
    if verb.startswith("os_"):
        hint = f"to run a routine, write: allocator trace {verb}"
    raise UsageError(f"there is no verb '{verb}'\nhint: {hint}")
