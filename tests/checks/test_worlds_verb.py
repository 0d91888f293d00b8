"""``allocator check --worlds``: what it says, and with which exit code."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from allocator import shipped

sys.path.insert(0, str(Path(__file__).parents[1] / "cli"))
from commands import allocator

SENTENCE = "all 39 maps of 1 to 3 pages x 5 requests: "


@pytest.fixture
def wrong_mark(tmp_path: Path) -> Path:
    """An allocator that marks the pages that it hands out with 3."""
    path = tmp_path / "t.asm"
    source = shipped("memory.asm").read_text(encoding="utf-8")
    path.write_text(source.replace("mov     al, PAGE_USED", "mov     al, 3"), encoding="utf-8")
    return path


def test_what_was_covered_is_said_first() -> None:
    said = allocator("check", "--worlds", "3")

    assert (0, "") == (said.code, said.err)
    assert said.out.startswith(SENTENCE + "no difference\n")


def test_two_processes_say_the_same() -> None:
    assert allocator("check", "--worlds", "2").out == allocator("check", "--worlds", "2", "--jobs", "2").out


def test_a_difference_is_a_finding_and_a_failure(wrong_mark: Path) -> None:
    said = allocator("check", "-s", wrong_mark, "os_mem_allocate", "--worlds", "3")

    assert 1 == said.code
    assert said.out.startswith(SENTENCE + "10 differences, smallest: pages 1, request 1: expected rax=0x0 ")
    assert "model: small worlds\n  expected rax=0x0 zf=1 df=0 pages 2; came rax=0x0 zf=1 df=0 pages 3\n" in said.out


def test_the_example_of_a_difference_is_in_the_json(wrong_mark: Path) -> None:
    form = json.loads(allocator("check", "-s", wrong_mark, "--worlds", "3", "--json").out)
    [finding] = [finding for finding in form["findings"] if finding["rule"] == "small worlds"]

    assert (3, 39) == (form["worlds"]["pages"], form["worlds"]["maps"])
    assert ("model", {"pages": "1", "registers": {"rcx": "0x1"}}) == (finding["kind"], finding["example"])


def test_the_state_is_left_in_the_file_to_resume_from(tmp_path: Path) -> None:
    allocator("check", "--worlds", "2", "--resume", tmp_path / "state")

    assert "allocator.worlds/1" == json.loads((tmp_path / "state").read_text())["format"]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--worlds", "17"], "1 to 16 pages"),
        (["--worlds", "0"], "1 to 16 pages"),
        (["--worlds", "many"], "--worlds"),
        (["--resume", "state"], "--resume is for --worlds"),
        (["--jobs", "2"], "--jobs is for --worlds"),
        (["--worlds", "2", "--jobs", "0"], "--jobs takes 1 to 60 processes, not 0"),
        (["os_mem_copy", "--worlds", "3"], "os_mem_allocate"),
    ],
)
def test_wrong_use_is_refused(arguments: list[str], message: str) -> None:
    said = allocator("check", *arguments)

    assert 2 == said.code
    assert message in said.err
