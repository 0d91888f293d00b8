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
    started, shown = time.monotonic(), False
    for number, line in enumerate(lines):
        yield line
        if number % _LOOK_EVERY == 0 and time.monotonic() - started > PATIENCE_SECONDS:
            shown = True
            sys.stderr.write(f"\r{draw_bar(number, steps)}")
            sys.stderr.flush()
    if shown:
        sys.stderr.write(f"\r{' ' * len(draw_bar(steps, steps))}\r")


def draw_bar(done: int, total: int) -> str:
    """Return a bar and how much is done.

    >>> draw_bar(50, 200)
    '[#######                       ]  25% of 200 steps'
    """
    share = min(1.0, done / total) if total else 1.0
    return f"[{'#' * int(share * _WIDTH):<{_WIDTH}}] {share:>4.0%} of {total:,} steps"
