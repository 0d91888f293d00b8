"""``-o`` never takes the place of what is read."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from commands import allocator

SOURCE = "f: mov eax, 1\n ret\n"


@pytest.mark.parametrize("words", [("run", "f", "-s"), ("trace", "f", "-s"), ("assemble",), ("e820",)])
@pytest.mark.parametrize("way", ["itself", "link", "hard link"])
def test_a_file_that_is_read_is_not_overwritten(words: tuple[str, ...], way: str, tmp_path: Path) -> None:
    source, other = tmp_path / "t.asm", tmp_path / "other"
    source.write_text(SOURCE)
    if way == "link":
        other.symlink_to(source)
    elif way == "hard link":
        os.link(source, other)

    said = allocator(*words, source, "-o", source if way == "itself" else other)

    assert (2, SOURCE) == (said.code, source.read_text())
    assert "this file is read, and -o would overwrite it" in said.err


def test_another_file_is_overwritten(tmp_path: Path) -> None:
    (tmp_path / "t.asm").write_text(SOURCE)
    (tmp_path / "t.lst").write_text("old")

    assert 0 == allocator("assemble", tmp_path / "t.asm", "-o", tmp_path / "t.lst").code
    assert "mov eax, 1" in (tmp_path / "t.lst").read_text()


def test_a_device_may_be_read_and_written() -> None:
    assert "overwrite" not in allocator("e820", os.devnull, "-o", os.devnull).err
