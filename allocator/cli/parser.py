"""Parse the command line: find the verb, load that verb's file and no other, complain helpfully.

Exit codes: 0 fine, 1 the guest or a check failed, 2 wrong use or a wrong source, 70 our own defect.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from importlib import import_module
from typing import NamedTuple

from allocator import __version__
from allocator.cli.arguments import Parser
from allocator.errors import UsageError, did_you_mean


class Verb(NamedTuple):
    """What a verb is for, and the file that has its parser."""

    summary: str
    home: str


VERBS = {
    "trace": Verb("run a routine and show every instruction", "allocator.cli.trace"),
    "dump": Verb("show a saved trace", "allocator.cli.dump"),
    "run": Verb("run a routine and show the result", "allocator.cli.run"),
    "assemble": Verb("assemble sources: listing, binary, symbols, JSON", "allocator.cli.assemble"),
    "query": Verb("ask a trace who did what, when, and why", "allocator.cli.query"),
    "diff": Verb("show where two runs part", "allocator.cli.diff"),
    "check": Verb("check contracts and the laws of allocators", "allocator.cli.check"),
    "e820": Verb("show a firmware map and the page map made from it", "allocator.cli.e820"),
    "boot": Verb("boot a disk, from the reset vector on", "allocator.cli.boot"),
    "play": Verb("walk through a trace, in the terminal", "allocator.cli.play"),
    "docs": Verb("make pages of the notebooks", "allocator.cli.docs"),
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
    )
    parser.add_argument("--version", action="version", version=f"allocator {__version__}")
    subparsers = parser.add_subparsers(metavar="VERB", dest="verb", required=True)
    for name, verb in VERBS.items():
        if name == chosen:
            import_module(verb.home).add_parser(subparsers)
        else:
            subparsers.add_parser(name, help=verb.summary)
    return parser


def _check_verb(verb: str) -> None:
    if verb in VERBS:
        return
    hint = did_you_mean(verb, VERBS) or f"there are {', '.join(VERBS)}"
    if verb.startswith("os_"):
        hint = f"to run a routine, write: allocator trace {verb}"
    raise UsageError(f"there is no verb '{verb}'\nhint: {hint}")
