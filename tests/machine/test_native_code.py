"""Compiled hooks are kept between processes, and only believed when they are whole."""

from __future__ import annotations

import ctypes
import subprocess
import sys
from pathlib import Path

import pytest

from allocator.machine import native_code

MODULE, NAMES = "native_sample", ("add",)
PROGRAM = f"""
import sys
sys.path.insert(0, {str(Path(__file__).parent)!r})
from allocator.machine import native_code
native_code._places = lambda: iter([__import__("pathlib").Path(sys.argv[1])])
print(*native_code.load_functions({MODULE!r}, {NAMES!r}), "numba" in sys.modules)
"""


def load(place: Path) -> str:
    command = [sys.executable, "-c", PROGRAM, str(place)]
    return subprocess.run(command, capture_output=True, text=True, check=True, timeout=300).stdout.strip()


def test_only_the_first_process_loads_numba(tmp_path: Path) -> None:
    assert ("add True", "add False") == (load(tmp_path), load(tmp_path))


@pytest.mark.parametrize("damage", [lambda data: data[:-1], lambda data: data[:-9] + b"x" + data[-8:], lambda _: b"{"])
def test_what_is_damaged_is_made_anew(tmp_path: Path, damage) -> None:
    load(tmp_path)
    [kept] = tmp_path.glob("*.native")
    kept.write_bytes(damage(kept.read_bytes()))

    assert ("add True", "add False") == (load(tmp_path), load(tmp_path))


def test_where_nothing_can_be_written_numba_compiles(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")

    assert "add True" == load(tmp_path / "file" / "folder")


def test_what_was_made_of_other_files_is_removed(tmp_path: Path) -> None:
    (tmp_path / f"{MODULE}.0123456789abcdef01234567.native").write_text("old")
    load(tmp_path)

    assert 1 == len(list(tmp_path.glob("*.native")))


def test_the_function_works(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    load(tmp_path)
    monkeypatch.setattr(native_code, "_places", lambda: iter([tmp_path]))
    monkeypatch.setattr(native_code, "_loaded", {})
    add = ctypes.CFUNCTYPE(ctypes.c_int64, ctypes.c_int64, ctypes.c_int64)

    assert 42 == add(native_code.load_functions(MODULE, NAMES)["add"])(40, 2)
