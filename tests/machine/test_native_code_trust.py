"""Kept machine code is run only where nobody else can have written it, and nothing in a file of it breaks a run."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from test_native_code import PROGRAM, load

from allocator.machine import native_code

POSIX = pytest.mark.skipif(os.name != "posix", reason="files have owners and modes on POSIX")
NOBODY = 54_321


def facts(mode: int, owner: int) -> os.stat_result:
    return os.stat_result((mode, 0, 0, 1, owner, owner, 0, 0, 0, 0))


@POSIX
def test_code_of_another_user_is_not_trusted() -> None:
    with pytest.raises(ValueError, match="somebody else"):
        native_code._require_trust(facts(0o100644, NOBODY))


@POSIX
@pytest.mark.parametrize("mode", [0o100664, 0o100646])
def test_code_that_others_may_write_is_not_trusted(mode: int) -> None:
    with pytest.raises(ValueError, match="somebody else"):
        native_code._require_trust(facts(mode, os.geteuid()))


@POSIX
def test_code_that_others_may_write_is_made_anew(tmp_path: Path) -> None:
    load(tmp_path)
    [kept] = tmp_path.glob("*.native")
    kept.chmod(0o666)

    assert ("add True", "add False") == (load(tmp_path), load(tmp_path))


HEADERS: dict[str, Callable[[bytes], bytes]] = {
    "a list": lambda _: b"[]",
    "a number": lambda _: b"5",
    "sizes of another planet": lambda head: json.dumps({**json.loads(head), "sizes": [1 << 80]}).encode(),
    "sizes of text": lambda head: json.dumps({**json.loads(head), "sizes": "1"}).encode(),
    "other functions": lambda head: json.dumps({**json.loads(head), "symbols": {"add": "numba_unpickle"}}).encode(),
}


@pytest.mark.parametrize("name", HEADERS)
def test_a_header_that_was_changed_is_damage(name: str, tmp_path: Path) -> None:
    code = b"code"
    head = json.dumps(
        {"symbols": {"add": "f"}, "sizes": [4], "digest": native_code._digest_of({"add": "f"}, [4], code)}
    )
    path = tmp_path / "x.native"
    path.write_bytes(head.encode() + b"\n" + code)
    path.chmod(0o644)
    assert ({"add": "f"}, [code]) == native_code._read_kept(path)

    path.write_bytes(HEADERS[name](head.encode()) + b"\n" + code)

    with pytest.raises((ValueError, TypeError, LookupError)):
        native_code._read_kept(path)


@pytest.mark.parametrize("name", ["XDG_CACHE_HOME", "HOME"])
def test_the_directory_that_a_command_runs_in_never_holds_code(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("XDG_CACHE_HOME", raising=False)
    monkeypatch.setenv(name, "here")

    assert [] == [place for place in native_code._places() if not place.is_absolute()]


def test_a_user_without_a_home_keeps_nothing_there(monkeypatch: pytest.MonkeyPatch) -> None:
    def homeless() -> Path:
        raise RuntimeError("Could not determine home directory.")

    monkeypatch.delenv("XDG_CACHE_HOME", raising=False)
    monkeypatch.setattr(Path, "home", homeless)

    assert ["__pycache__"] == [place.name for place in native_code._places()]


def test_code_is_not_written_through_a_link_that_someone_laid_there(tmp_path: Path) -> None:
    (tmp_path / "precious").write_text("mine")
    (tmp_path / f"m.{os.getpid()}.new").symlink_to(tmp_path / "precious")

    with pytest.raises(FileExistsError):
        native_code._write(tmp_path, "m", "0" * 24, b"code")

    assert "mine" == (tmp_path / "precious").read_text()


def test_two_processes_that_compile_at_once_both_get_their_code(tmp_path: Path) -> None:
    command = [sys.executable, "-c", PROGRAM, str(tmp_path)]
    both = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True) for _ in range(2)]

    said = [process.communicate(timeout=300)[0].split()[0] for process in both]

    assert (["add", "add"], 1) == (said, len(list(tmp_path.iterdir())))
