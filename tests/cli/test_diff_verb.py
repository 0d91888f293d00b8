"""``allocator diff``: two files, two runs, or one of each."""

from __future__ import annotations

from pathlib import Path

import pytest
from commands import allocator

THREE, FOUR = "os_mem_allocate rcx=3", "os_mem_allocate rcx=4"


def test_two_runs_that_differ() -> None:
    said = allocator("diff", "--run", THREE, "--run", FOUR)
    assert 1 == said.code
    assert "their ways part after 35 steps in common" in said.out


def test_two_runs_that_do_the_same() -> None:
    said = allocator("diff", "--run", THREE, "--run", THREE)
    assert 0 == said.code
    assert "both take the same way, 54 steps" in said.out


def test_a_file_and_a_run(tmp_path: Path) -> None:
    pytest.importorskip("duckdb")
    path = tmp_path / "three.parquet"
    allocator("trace", "os_mem_allocate", "rcx=3", "--format", "parquet", "-o", path)
    assert (0, 1) == tuple(allocator("diff", path, "--run", run).code for run in (THREE, FOUR))


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ([], "two runs are compared, not 0"),
        (["--run", THREE], "two runs are compared, not 1"),
        (["a", "b", "c"], "two runs are compared, not 3"),
        (["a.parquet", "--run", THREE], "a.parquet"),
        (["--run", THREE, "--run", "nothing"], "routine 'nothing'"),
    ],
)
def test_wrong_use_is_one_error(words: list[str], message: str) -> None:
    said = allocator("diff", *words)
    assert (2, "") == (said.code, said.out)
    assert message in said.err and "Traceback" not in said.err
