"""Saved traces whose description was forged: a `TraceError`, or a trace that every view can show."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from allocator import Machine, assemble, record
from allocator.contract import Contract, read_contract
from allocator.errors import TraceError
from allocator.source import Source
from allocator.trace import archive, archive_header, parquet
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


def test_one_long_comment_that_is_named_again_and_again_is_read_once(
    forged: Callable[[Callable[[Header], object]], Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    calls: list[int] = []
    honest = read_contract

    def counted(source: Source, routine: str, line: int) -> Contract | None:
        calls.append(line)
        return honest(source, routine, line)

    def change(header: Header) -> None:
        beginning = header["beginning"]
        beginning["sources"].append({"name": "x", "text": "; IN  rax = x\n; OUT rax = y\nf: ret\n"})
        beginning["image"]["contracts"] = [[f"n{number}", 1, 3] for number in range(1000)]

    path = forged(change)
    monkeypatch.setattr(archive_header, "read_contract", counted)
    contracts = load_trace(path).image.contracts

    assert [3] == calls
    assert (1000, "n7") == (len(contracts), contracts["n7"].routine)


def test_a_line_of_a_comment_has_no_contract() -> None:
    assert read_contract(Source("x", "; IN  rax = x\n; OUT rax = y\n; more\n"), "f", 3) is None
