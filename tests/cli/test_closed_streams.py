"""Standard streams that the shell closed."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

pytestmark = pytest.mark.skipif(os.name != "posix", reason="a POSIX shell closes the streams")


def without_stdin(*words: str) -> subprocess.CompletedProcess[str]:
    command = ["sh", "-c", 'exec "$0" -m allocator "$@" <&-', sys.executable, *words]
    return subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)


def test_a_log_from_a_closed_standard_input_is_an_empty_one() -> None:
    finished = without_stdin("e820", "-")

    assert (2, "") == (finished.returncode, finished.stdout)
    assert finished.stderr.startswith("error: -: looked for a firmware map")


def test_the_player_without_a_standard_input_says_that_it_needs_a_terminal() -> None:
    finished = without_stdin("play", "os_mem_allocate", "rcx=3")

    assert (2, "error: the player needs a terminal") == (finished.returncode, finished.stderr.split("\n")[0])
