"""``allocator play``: what it needs, and what it says where that is missing."""

from __future__ import annotations

import os
import pty
import select
import subprocess
import sys
from pathlib import Path

import pytest
from commands import allocator

SECONDS = 60


def test_without_a_terminal_it_says_what_to_use_instead() -> None:
    said = allocator("play", "os_mem_allocate", "rcx=3")

    assert (2, "") == (said.code, said.out)
    assert "error: the player needs a terminal\nhint: allocator trace shows the same run as text\n" == said.err


def test_without_textual_one_message_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "allocator.play", None)

    said = allocator("play", "os_mem_allocate", "rcx=3")

    assert 2 == said.code
    assert said.err.endswith("hint: pip install 'allocator-sandbox[play]'\n")
    assert 2 == len(said.err.splitlines())


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["nothing"], "the routine 'nothing' is not in the image"),
        (["os_mem_allocate", "rcx"], "'rcx' is not a register and its value"),
        (["os_mem_allocate", "-s", "nowhere.asm"], "nowhere.asm"),
    ],
)
def test_a_wrong_word_is_one_message(words: list[str], said: str) -> None:
    answer = allocator("play", *words)

    assert 2 == answer.code
    assert said in answer.err and "Traceback" not in answer.err


def test_a_file_that_is_no_trace_is_refused(tmp_path: Path) -> None:
    (tmp_path / "no.parquet").write_text("no trace", encoding="utf-8")

    assert 2 == allocator("play", tmp_path / "no.parquet").code


def test_help_names_the_keys() -> None:
    assert "w who wrote what is selected" in " ".join(allocator("play", "--help").out.split())


@pytest.mark.skipif(sys.platform == "win32", reason="pseudo-terminals are those of Unix")
def test_in_a_terminal_it_shows_a_saved_trace_and_quits_by_q(tmp_path: Path) -> None:
    saved = tmp_path / "three.parquet"
    allocator("trace", "os_mem_allocate", "rcx=3", "--format", "parquet", "-o", saved)
    ours, theirs = pty.openpty()
    environment = {**os.environ, "TERM": "xterm-256color", "COLUMNS": "120", "LINES": "40"}
    command = [sys.executable, "-m", "allocator", "play", str(saved)]
    with subprocess.Popen(command, stdin=theirs, stdout=theirs, stderr=theirs, env=environment) as process:
        shown = _read_until(ours, b"step 0 of 54")
        os.write(ours, b"q")
        code = _drain(ours, process)

    assert b"step 0 of 54" in shown
    assert 0 == code


def _read_until(terminal: int, text: bytes) -> bytes:
    shown = b""
    while text not in shown and select.select([terminal], [], [], SECONDS)[0]:
        shown += os.read(terminal, 65536)
    return shown


def _drain(terminal: int, process: subprocess.Popen[bytes]) -> int:
    while process.poll() is None:
        if select.select([terminal], [], [], 0.1)[0]:
            os.read(terminal, 65536)
    return process.wait(SECONDS)
