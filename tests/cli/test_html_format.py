"""``--format html``: one page with the player, of a call or of a saved trace."""

from __future__ import annotations

import json
import re
from pathlib import Path

from commands import allocator


def first_of(page: str) -> int:
    found = re.search(r'id="trace">(.*?)</script>', page, re.DOTALL)
    assert found
    first: int = json.loads(found[1])["first"]
    return first


def test_a_call_becomes_a_page(tmp_path: Path) -> None:
    said = allocator("trace", "os_mem_allocate", "rcx=3", "--format", "html", "-o", tmp_path / "page.html")
    page = (tmp_path / "page.html").read_text(encoding="utf-8")

    assert 0 == said.code
    assert page.startswith("<!doctype html>")
    assert "os_mem_allocate: 54 steps" in page
    assert len(page.encode()) < 50_000


def test_a_saved_trace_becomes_a_page(tmp_path: Path) -> None:
    allocator("trace", "os_mem_allocate", "rcx=3", "--format", "parquet", "-o", tmp_path / "t.parquet")

    assert "os_mem_allocate: 54 steps" in allocator("dump", tmp_path / "t.parquet", "--format", "html").out


def test_a_window_says_where_the_page_opens() -> None:
    assert 20 == first_of(allocator("trace", "os_mem_allocate", "rcx=3", "--format", "html", "--window", "20:30").out)


def test_a_label_says_where_the_page_opens() -> None:
    words = ("trace", "os_mem_allocate", "rcx=3", "--format", "html", "--label", "os_mem_allocate.mark")

    assert 35 == first_of(allocator(*words).out)


def test_a_window_without_a_step_is_refused() -> None:
    said = allocator("trace", "os_mem_allocate", "rcx=3", "--format", "html", "--window", "54:54")

    assert 2 == said.code
    assert "no step is left to show" in said.err


def test_a_fault_becomes_a_page_and_exit_code_1(tmp_path: Path) -> None:
    (tmp_path / "bad.asm").write_text("f: mov rcx, 0x5000000000\n mov rbx, [rcx]\n")
    said = allocator("trace", "-s", tmp_path / "bad.asm", "f", "--format", "html")

    assert 1 == said.code
    assert "memory fault: read of 8 bytes" in said.out


def test_a_run_without_a_step_becomes_a_page(tmp_path: Path) -> None:
    (tmp_path / "bad.asm").write_text("f: ret\n")
    said = allocator("trace", "-s", tmp_path / "bad.asm", "0x5000000000", "--format", "html")

    assert 1 == said.code
    assert ": 0 steps</title>" in said.out
