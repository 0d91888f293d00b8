"""Show long text a screen at a time: through ``$PAGER``, by default ``less``, and only on a terminal."""

from __future__ import annotations

import argparse
import contextlib
import io
import os
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator

_LESS = "FRX"
"""Leave at once what fits on the screen, show colours, keep the screen afterwards."""


@contextlib.contextmanager
def paged(options: argparse.Namespace) -> Iterator[None]:
    """While this is open, standard output goes to the pager, if there is a person to use it."""
    command = _pager(options)
    if not command:
        yield
        return
    try:
        process = subprocess.Popen(command, stdin=subprocess.PIPE, env={"LESS": _LESS, **os.environ})
    except OSError:  # a pager that is not there is no reason to show nothing
        yield
        return
    assert process.stdin is not None
    stream = io.TextIOWrapper(process.stdin, encoding="utf-8", errors="replace")
    try:
        with contextlib.redirect_stdout(stream), contextlib.suppress(BrokenPipeError):  # left with q
            yield
    finally:
        with contextlib.suppress(BrokenPipeError):
            stream.close()
        process.wait()


def _pager(options: argparse.Namespace) -> list[str]:
    if getattr(options, "no_pager", True) or options.output is not None or options.format != "text":
        return []
    if not (sys.stdin.isatty() and sys.stdout.isatty()) or os.environ.get("TERM") == "dumb":
        return []
    try:
        words = shlex.split(os.environ.get("PAGER", "less"))
    except ValueError:
        return []
    return words if words and shutil.which(words[0]) else []
