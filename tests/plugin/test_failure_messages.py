"""What a failed assertion about a run says, in short and with -vv: golden texts for each test of ``failing.py``."""

from __future__ import annotations

import ast
import os
import re
import shutil
import subprocess
import sys
from importlib.metadata import entry_points
from pathlib import Path

import pytest
from golden import assert_golden

HERE = Path(__file__).parent
FAILING = HERE / "failing.py"
PLUGIN = "allocator.pytest_plugin"
TREE = ast.parse(FAILING.read_text(encoding="utf-8"))
TESTS = [node.name for node in TREE.body if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")]
ROOT = HERE.parents[1]
LONGEST_LINE = 100


def run_failing(directory: Path, *options: str) -> str:
    """Run the failing tests as somebody else's project would, without a terminal, and return what pytest printed."""
    shutil.copy(HERE / "pool.asm", directory / "pool.asm")
    shutil.copy(FAILING, directory / "test_failing.py")
    installed = any(point.value == PLUGIN for point in entry_points(group="pytest11"))
    plugin = [] if installed else ["-p", PLUGIN]
    environment = {**os.environ, "COLUMNS": "100", "PYTHONPATH": str(ROOT), "CI": "", "PYTEST_ADDOPTS": ""}
    command = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", *plugin, *options, "test_failing.py"]
    return subprocess.run(
        command, cwd=directory, env=environment, capture_output=True, text=True, check=False, encoding="utf-8"
    ).stdout


@pytest.fixture(scope="module")
def short(tmp_path_factory: pytest.TempPathFactory) -> str:
    return run_failing(tmp_path_factory.mktemp("short"))


@pytest.fixture(scope="module")
def full(tmp_path_factory: pytest.TempPathFactory) -> str:
    return run_failing(tmp_path_factory.mktemp("full"), "-vv")


def message(output: str, test: str) -> str:
    """Return the failing line of a test and what is said about it, without what is pytest's own."""
    section = re.split(rf"^_+ {test} _+$", output, flags=re.MULTILINE)[1]
    section = re.split(r"^(?:_{3,}|={3,}) .* (?:_{3,}|={3,})$", section, flags=re.MULTILINE)[0]
    lines = [line for line in section.split("\n") if re.match(r"[>E] ", line) or line == "E"]
    text = "\n".join(lines)
    text = re.sub(r"^(E +)(?:AssertionError|allocator\.errors\.\w+): ", r"\1", text, flags=re.MULTILINE)
    return re.sub(r"(?:\nE *)?\nE +assert .*", "", text, flags=re.DOTALL)


@pytest.mark.parametrize("test", TESTS)
def test_what_is_said_of_each_kind_of_failure(short: str, full: str, test: str) -> None:
    text = f"{message(short, test)}\n\nwith -vv\n{message(full, test)}\n"

    assert_golden(text, HERE / "golden" / f"{test.removeprefix('test_').replace('_', '-')}.txt")


def test_each_test_fails(short: str) -> None:
    assert f"{len(TESTS)} failed" in short.split("\n")[-2]


def test_nothing_is_coloured_without_a_terminal(short: str, full: str) -> None:
    assert "\x1b" not in short + full


@pytest.mark.parametrize("test", TESTS)
def test_a_message_is_short_unless_everything_is_asked_for(short: str, test: str) -> None:
    assert len(message(short, test).split("\n")) <= 18


def test_no_line_of_ours_is_wider_than_100_columns(short: str, full: str) -> None:
    ours = [line for test in TESTS for output in (short, full) for line in message(output, test).split("\n")]

    assert [] == [line for line in ours if len(line) > LONGEST_LINE and "  try " not in line and line[0] == "E"]


def test_the_headline_is_in_the_summary(short: str) -> None:
    assert re.search(r"FAILED test_failing\.py::test_steps - .*twice took 65 steps", short)


def test_pytests_own_words_come_last_with_vv(full: str) -> None:
    assert re.search(r"E +assert 30408704 == 60817408", full)


def test_an_assertion_about_something_else_is_left_to_pytest(short: str) -> None:
    section = short.partition("__ test_what_is_not_about_a_run __")[2]

    assert "E       assert [1, 2, 3] == [1, 2]" in section
