"""Write what a verb produces: to standard output as it comes, or to a file that is whole or not there.

-o FILE     written beside FILE under another name, then renamed: no reader ever sees half of it; never what is read
a device, a pipe                      written directly
colour      on a terminal, unless NO_COLOR is set (no-color.org) or --color says otherwise
"""

from __future__ import annotations

import argparse
import contextlib
import os
import shutil
import stat
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import BinaryIO

from allocator.errors import UsageError, reason
from allocator.views.ink import Ink

_READ = ("files", "file", "source", "disk", "memory", "machine", "accept")
"""The options that may name a file to be read."""


def refuse_to_overwrite(options: argparse.Namespace) -> None:
    """Raise UsageError where ``-o`` names a file that is read: a source, a disk, a log, a saved trace."""
    output = getattr(options, "output", None)
    if output is None:
        return
    for name in _READ:
        given = getattr(options, name, None) or ()
        for path in [given] if isinstance(given, str) else given:
            if _is_same(path, output):
                raise UsageError(f"{output}: this file is read, and -o would overwrite it\nhint: give -o another name")


def _is_same(path: str, output: str) -> bool:
    try:
        return Path(output).samefile(path) and Path(output).is_file()  # a device is never overwritten
    except (OSError, ValueError):  # one of them is not there
        return False


def write_lines(lines: Iterable[str], path: str | None) -> None:
    """Write text to `path`, or to standard output where it is None; raises UsageError."""
    if path is not None:
        write_file(path, (f"{line}\n".encode("utf-8", "replace") for line in lines))
        return
    out = sys.stdout
    for line in lines:
        out.write(line + "\n")
    out.flush()


def write_bytes(data: bytes, path: str | None) -> None:
    """Write bytes to `path` or to standard output, but never to a terminal; raises UsageError."""
    if path is not None:
        write_file(path, [data])
        return
    if sys.stdout.isatty():
        raise UsageError("the binary is not written to a terminal\nhint: give it a file with -o FILE")
    sys.stdout.buffer.write(data)
    sys.stdout.buffer.flush()


def write_file(path: str, chunks: Iterable[bytes]) -> None:
    """Write `chunks` to a file that appears only when it is complete; raises UsageError."""
    try:
        given = Path(path)  # /dev/stdout leads to a pipe by a link that only the system can follow
        mode = given.stat().st_mode if given.exists() else None
        if mode is not None and not stat.S_ISREG(mode):
            with given.open("wb") as stream:
                stream.writelines(chunks)
            return
        _replace(Path(os.path.realpath(path)), chunks, mode)
    except BrokenPipeError:
        raise
    except (OSError, ValueError) as error:
        raise UsageError(f"{path}: cannot write: {reason(error)}") from error


def _replace(target: Path, chunks: Iterable[bytes], mode: int | None) -> None:
    part = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        with _create(part) as stream:
            stream.writelines(chunks)
        if mode is not None:
            part.chmod(stat.S_IMODE(mode))
        part.replace(target)
    except BaseException:
        with contextlib.suppress(OSError):
            part.unlink()
        raise


def _create(path: Path) -> BinaryIO:
    # Mode x: never through a link that someone laid there.
    return path.open("xb")


def choose_ink(options: argparse.Namespace) -> Ink:
    """Return the ink for what goes where the options say."""
    if options.color != "auto":
        return Ink(options.color == "always")
    return Ink(options.output is None and is_colourful(sys.stdout))


def is_colourful(stream: object) -> bool:
    """Tell whether `stream` is a terminal whose owner did not ask for plain text."""
    is_terminal = bool(getattr(stream, "isatty", lambda: False)())
    return is_terminal and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def terminal_width(default: int) -> int:
    """Return the columns of the terminal, or COLUMNS where that is set; `default` where neither says."""
    return shutil.get_terminal_size((default, 0)).columns
