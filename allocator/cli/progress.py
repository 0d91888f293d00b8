"""Say on standard error how far a long piece of work has got, if someone may be watching."""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Iterable, Iterator

PATIENCE_SECONDS = 0.7
_LOOK_EVERY = 2048
_WIDTH = 30


def shown_progress(lines: Iterable[str], steps: int, options: argparse.Namespace) -> Iterator[str]:
    """Yield `lines`; after a while draw a bar, where standard error is a terminal and the output goes elsewhere.

    How many lines there will be is not known: of `steps` steps, at least as many.
    """
    if options.output is None or not sys.stderr.isatty():
        yield from lines
        return
    started, said = time.monotonic(), ""
    for number, line in enumerate(lines):
        yield line
        if number % _LOOK_EVERY == 0 and time.monotonic() - started > PATIENCE_SECONDS:
            said = f"{draw_bar(number, steps)} {min(number, steps) / steps:>4.0%} of {steps:,} steps"
            show(said)
    erase(said)


def draw_bar(done: int, total: int) -> str:
    """Return a bar that is filled as far as the work is done.

    >>> draw_bar(50, 200)
    '[#######                       ]'
    """
    return f"[{'#' * int(min(1.0, done / total) * _WIDTH):<{_WIDTH}}]"


def show(said: str) -> None:
    """Put `said` in the place of what the line on standard error held."""
    sys.stderr.write(f"\r{said}")
    sys.stderr.flush()


def erase(said: str) -> None:
    """Take `said` from the line again; what was never shown leaves no mark."""
    if said:
        show(f"{' ' * len(said)}\r")
