"""``allocator trace --format parquet`` of a run that is too long to be kept in memory."""

from __future__ import annotations

from pathlib import Path

import pytest

from allocator.__main__ import main
from allocator.cli import trace
from allocator.trace.archive import load_trace


def test_a_long_trace_is_written_while_it_is_recorded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(trace, "MAX_KEPT", 10)
    target = tmp_path / "three.parquet"
    assert main(["trace", "os_mem_allocate", "rcx=3", "--format", "parquet", "-o", str(target)]) == 0
    assert (54, 0x3A00000) == (len(load_trace(target)), load_trace(target).run.rax)
    assert target.is_dir()


def test_a_fault_while_writing_is_still_exit_code_1(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(trace, "MAX_KEPT", 10)
    (tmp_path / "bad.asm").write_text("f: nop\n ud2\n")
    words = ["trace", "f", "-s", str(tmp_path / "bad.asm"), "--format", "parquet", "-o", str(tmp_path / "bad.parquet")]
    assert main(words) == 1
    assert "ud2" in capsys.readouterr().err
    assert load_trace(tmp_path / "bad.parquet").stop.kind == "cpu_fault"
