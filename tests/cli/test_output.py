"""Where output goes: files that are whole or not there, pipes that close, colour on a terminal only."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from commands import allocator

from allocator.cli.output import is_colourful, write_file
from allocator.errors import UsageError

COMMAND = [sys.executable, "-m", "allocator", "trace", "os_mem_allocate", "rcx=3"]


class Terminal:
    def isatty(self) -> bool:
        return True


def test_a_file_holds_what_would_have_been_printed(tmp_path: Path) -> None:
    printed = allocator("run", "os_mem_allocate", "rcx=3", "--json").out

    said = allocator("run", "os_mem_allocate", "rcx=3", "--json", "-o", tmp_path / "x.json")

    assert ("", "", 0) == said
    assert printed == (tmp_path / "x.json").read_text()


def test_a_failure_leaves_the_old_file_and_nothing_beside_it(tmp_path: Path) -> None:
    path = tmp_path / "x.txt"
    path.write_text("old")

    with pytest.raises(ZeroDivisionError):
        write_file(str(path), (b"%d" % (1 // (2 - part)) for part in range(4)))

    assert ("old", ["x.txt"]) == (path.read_text(), [entry.name for entry in tmp_path.iterdir()])


def test_a_file_is_written_through_a_link_to_it(tmp_path: Path) -> None:
    (tmp_path / "real").write_text("old")
    (tmp_path / "link").symlink_to(tmp_path / "real")

    write_file(str(tmp_path / "link"), [b"new"])

    assert ("new", True) == ((tmp_path / "real").read_text(), (tmp_path / "link").is_symlink())


def test_a_file_keeps_its_permissions(tmp_path: Path) -> None:
    path = tmp_path / "x"
    path.write_text("old")
    path.chmod(0o600)

    write_file(str(path), [b"new"])

    assert 0o600 == path.stat().st_mode & 0o777


def test_a_device_is_written_to_and_not_replaced() -> None:
    write_file(os.devnull, [b"gone"])

    assert Path(os.devnull).is_char_device()


def test_a_missing_folder_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="cannot write"):
        write_file(str(tmp_path / "none" / "x"), [b""])


def test_a_reader_that_stops_reading_is_no_error() -> None:
    writer = subprocess.Popen(COMMAND, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert writer.stdout is not None
    writer.stdout.readline()
    writer.stdout.close()
    assert writer.stderr is not None
    errors = writer.stderr.read()
    writer.stderr.close()

    assert (b"", 0) == (errors, writer.wait())


def test_a_pipe_can_be_named() -> None:
    if not Path("/dev/stdout").is_symlink():
        pytest.skip("/dev/stdout is not there: no name of this system leads to a pipe")
    plain = subprocess.run(COMMAND, capture_output=True, check=True)
    named = subprocess.run([*COMMAND, "-o", "/dev/stdout"], capture_output=True, check=True)

    assert plain.stdout == named.stdout


def test_a_full_disk_is_said() -> None:
    if not Path("/dev/full").exists():
        pytest.skip("/dev/full is not there: nothing to write to that is always full")
    with Path("/dev/full").open("wb") as full:
        finished = subprocess.run(COMMAND, stdout=full, stderr=subprocess.PIPE, text=True, check=False)

    assert (2, True) == (finished.returncode, finished.stderr.startswith("error: cannot write the output"))


def test_a_narrow_encoding_is_no_error(tmp_path: Path) -> None:
    (tmp_path / "t.asm").write_text("f: ret ; \u2192 \u00e9", encoding="utf-8")
    finished = subprocess.run(
        [sys.executable, "-m", "allocator", "assemble", str(tmp_path / "t.asm")],
        env={**os.environ, "PYTHONIOENCODING": "ascii"}, capture_output=True, text=True, check=False,
    )  # fmt: skip

    assert (0, "", True) == (finished.returncode, finished.stderr, "f: ret ; ? ?" in finished.stdout)


def test_a_pipe_has_no_colour() -> None:
    assert "\x1b" not in allocator("trace", "os_mem_allocate", "rcx=3").out


def test_colour_can_be_asked_for() -> None:
    assert "\x1b[" in allocator("trace", "os_mem_allocate", "rcx=3", "--color", "always").out


def test_a_terminal_has_colour(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("TERM", "xterm")

    assert is_colourful(Terminal())


@pytest.mark.parametrize(("name", "value"), [("NO_COLOR", "1"), ("TERM", "dumb")])
def test_a_terminal_can_do_without(name: str, value: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv(name, value)

    assert not is_colourful(Terminal())
