"""A trace that is written while it is recorded is the trace that is recorded and then saved."""

from __future__ import annotations

from pathlib import Path

import pytest
from test_native_recorder import assert_equal

from allocator import Machine, assemble
from allocator.errors import TraceError
from allocator.trace import native_recorder, streaming
from allocator.trace.archive import TraceWriter, load_trace
from allocator.trace.native_recorder import record_natively
from allocator.trace.streaming import record_to

TEXT = (
    "f: mov r8, rcx\n.n: mov edi, 0x200000\n mov ecx, 100\n rep stosb\n add rax, r8\n mov [0x200000], rax\n"
    " dec r8\n jnz .n\n ret"
)


@pytest.fixture(autouse=True)
def short_chunks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(native_recorder, "SINK_STEPS", 2000)


def machine() -> Machine:
    return Machine(assemble(text=TEXT))


def test_what_was_streamed_is_what_was_recorded(tmp_path: Path) -> None:
    record_to(tmp_path / "t.parquet", machine(), "f", rcx=1200)
    assert len(list((tmp_path / "t.parquet").iterdir())) > 3
    loaded, whole = load_trace(tmp_path / "t.parquet"), record_natively(machine(), "f", rcx=1200)
    assert_equal(loaded, whole)


def test_a_recording_that_fails_keeps_what_was_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class FullDisk(TraceWriter):
        def append(self, columns: object) -> None:
            if self.steps > 4_000:
                raise TraceError("no space left on device")
            super().append(columns)  # type: ignore[arg-type]

    monkeypatch.setattr(streaming, "TraceWriter", FullDisk)
    with pytest.raises(TraceError, match="no space"):
        record_to(tmp_path / "t.parquet", machine(), "f", rcx=1200)
    kept = load_trace(tmp_path / "t.parquet")
    assert len(kept) > 4_000
    assert "cut off" in kept.stop.message


def test_a_short_run_is_one_part(tmp_path: Path) -> None:
    run = record_to(tmp_path / "t.parquet", machine(), "f", rcx=2)
    assert (run.steps, "returned") == (
        len(load_trace(tmp_path / "t.parquet")),
        load_trace(tmp_path / "t.parquet").stop.kind,
    )
