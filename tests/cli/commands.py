"""Run the command line in this process, and say what it wrote and how it ended."""

from __future__ import annotations

import io
import sys
from contextlib import redirect_stderr, redirect_stdout
from typing import NamedTuple

from allocator.__main__ import main
from allocator.cli.parser import parse


class Said(NamedTuple):
    """What a command wrote to standard output and standard error, and its exit code."""

    out: str
    err: str
    code: int


class _Stream(io.TextIOWrapper):
    def __init__(self) -> None:
        super().__init__(io.BytesIO(), encoding="utf-8", newline="")

    def text(self) -> str:
        self.flush()
        assert isinstance(self.buffer, io.BytesIO)
        return self.buffer.getvalue().decode("utf-8", "replace")

    def raw(self) -> bytes:
        self.flush()
        assert isinstance(self.buffer, io.BytesIO)
        return self.buffer.getvalue()


def allocator(*words: object) -> Said:
    """Run ``allocator`` with these words."""
    said, _ = allocator_bytes(*words)
    return said


def allocator_bytes(*words: object) -> tuple[Said, bytes]:
    """Run ``allocator`` with these words; also return standard output as bytes."""
    out, err = _Stream(), _Stream()
    with redirect_stdout(out), redirect_stderr(err):
        code = main([str(word) for word in words])
        sys.stdout.flush()
    return Said(out.text(), err.text(), code), out.raw()


def run_e820(*words: str) -> int:
    """Run the verb ``e820`` alone: what is wrong is raised."""
    options = parse(["e820", *words])
    return int(options.run(options))
