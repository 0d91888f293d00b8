"""Saved traces whose description was forged: a `TraceError`, or a trace that every view can show."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from allocator import Machine, assemble, record
from allocator.errors import TraceError
from allocator.trace import archive, parquet
from allocator.trace.archive import load_trace, save_trace

Header = dict[str, Any]


@pytest.fixture
def forged(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[Callable[[Header], object]], Path]:
    """Save a trace of two steps whose description was changed before it was written."""

    def save(change: Callable[[Header], object]) -> Path:
        honest = parquet.write_parquet

        def write(path: Path, query: str, tables: Any, metadata: str) -> None:
            header = json.loads(metadata)
            change(header)
            header["run"] = archive._digest(header["beginning"])
            honest(path, query, tables, json.dumps(header))

        monkeypatch.setattr(archive, "write_parquet", write)
        save_trace(record(Machine(assemble(text="f: inc rax\nret")), "f"), tmp_path / "t.parquet")
        return tmp_path / "t.parquet"

    return save


def test_an_instruction_without_bytes_is_damage(forged: Callable[[Callable[[Header], object]], Path]) -> None:
    path = forged(lambda header: header["places"][0].__setitem__(1, ""))

    with pytest.raises(TraceError, match="an instruction is empty"):
        load_trace(path)


def test_a_trace_is_not_saved_through_a_link_that_someone_laid_there(tmp_path: Path) -> None:
    (tmp_path / "precious").write_text("mine")
    (tmp_path / f".t.parquet.{os.getpid()}.part").symlink_to(tmp_path / "precious")

    with pytest.raises(TraceError, match="File exists"):
        save_trace(record(Machine(assemble(text="f: ret")), "f"), tmp_path / "t.parquet")

    assert "mine" == (tmp_path / "precious").read_text()


def test_a_trace_cannot_be_saved_under_a_name_with_a_zero_byte(tmp_path: Path) -> None:
    with pytest.raises(TraceError, match="cannot write"):
        save_trace(record(Machine(assemble(text="f: ret")), "f"), tmp_path / "a\0b.parquet")
