"""``allocator query``: questions to a file and to a run."""

from __future__ import annotations

from pathlib import Path

import pytest
from commands import allocator

RUN = "os_mem_allocate rcx=3"


@pytest.fixture(scope="module")
def saved(tmp_path_factory: pytest.TempPathFactory) -> Path:
    pytest.importorskip("duckdb")
    path = tmp_path_factory.mktemp("traces") / "three.parquet"
    assert 0 == allocator("trace", "os_mem_allocate", "rcx=3", "--format", "parquet", "-o", path).code
    return path


def test_a_run_answers() -> None:
    said = allocator("query", "--run", RUN, "why rax at end")
    assert (0, "", "why rax at the end: 0x3a00000") == (said.code, said.err, said.out.split("\n")[0])


def test_a_question_needs_no_quotes() -> None:
    assert "2 accesses" in allocator("query", "--run", RUN, "accesses", "page_map[31]").out


def test_a_run_takes_the_options_of_the_machine() -> None:
    assert "0x7a00000" in allocator("query", "--run", f"{RUN} -m 128M", "why rax").out


@pytest.mark.parametrize(
    "question", ["why rax at end", "why page_map[31] with control", "forward 6", "who set rbx at 30", "state at 12",
                 "last write 0x12001f before 57", "writes page_map[31]", "memory page_map[28..31] at 50"],
)  # fmt: skip
def test_a_file_answers_like_the_run(saved: Path, question: str) -> None:
    assert allocator("query", "--run", RUN, question).out == allocator("query", saved, question).out


def test_what_only_the_machine_knows_is_unknown_of_a_file(saved: Path) -> None:
    assert "??" in allocator("query", saved, "memory 0x300000 at end").out


def test_a_long_explanation_is_a_screen_and_says_how_to_have_all() -> None:
    question = "why rax with control"
    short, whole = (allocator("query", "--run", RUN, *more, question).out for more in ((), ("--all",)))
    assert ("--all" in short, "--all" in whole) == (True, False)
    assert len(short.split("\n")) < len(whole.split("\n"))


def test_an_answer_goes_to_a_file(tmp_path: Path) -> None:
    out = tmp_path / "answer.txt"
    assert ("", 0) == (
        allocator("query", "--run", RUN, "why rax", "-o", out).out,
        allocator("query", "--run", RUN, "why rax").code,
    )
    assert out.read_text().startswith("why rax at the end")


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["--run", RUN, "why raz"], "^^^"),
        (["--run", "nothing", "why rax"], "routine 'nothing'"),
        (["--run", "os_mem_allocate rcx", "why rax"], "is not a register and its value"),
        (["--run", "os_mem_allocate 'rcx=3", "why rax"], "No closing quotation"),
        (["--run", "", "why rax"], "ROUTINE"),
        (["--run", "os_mem_allocate --json", "why rax"], "unrecognized arguments: --json"),
        (["no-such-file.parquet", "why rax"], "no-such-file.parquet"),
        (["no-such-file.parquet"], "there is no question"),
    ],
)
def test_wrong_use_is_one_error(words: list[str], message: str) -> None:
    said = allocator("query", *words)
    assert (2, "") == (said.code, said.out)
    assert message in said.err and "Traceback" not in said.err


def test_help_names_the_questions() -> None:
    assert "who set" in allocator("query", "--help").out
