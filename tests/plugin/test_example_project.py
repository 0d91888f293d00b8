"""The example project: ten tests of another author's allocator, which pass, and which find what is broken in it."""

from __future__ import annotations

import shutil
from importlib.metadata import entry_points
from pathlib import Path

import pytest

EXAMPLE = Path(__file__).parents[1] / "example_project"
PLUGIN = "allocator.pytest_plugin"
MOST_LINES = 80

DEFECTS = {
    "a register that is not restored": ("pop rcx\n.none", "pop rdx\n.none", "failed to preserve rcx"),
    "a link that is never followed": ("mov rcx, [rax]", "mov rcx, rax", "block_get"),
    "a list without an end": ("mov qword [rdi], 0", "mov qword [rdi], 8", "1 byte at 0x2000c0 is 08, not 00"),
    "a store beside the head": ("mov [block_head], rcx", "mov [block_head - 1], rcx", "byte"),
}


def run_example(pytester: pytest.Pytester) -> pytest.RunResult:
    shutil.copy(EXAMPLE / "test_blocks.py", pytester.path)
    installed = any(point.value == PLUGIN for point in entry_points(group="pytest11"))
    return pytester.runpytest_subprocess("-p", "no:cacheprovider", *([] if installed else ["-p", PLUGIN]))


def test_the_example_project_passes(pytester: pytest.Pytester) -> None:
    shutil.copy(EXAMPLE / "blocks.asm", pytester.path)

    run_example(pytester).assert_outcomes(passed=13)


def test_the_example_projects_tests_are_ten_in_under_80_lines() -> None:
    text = (EXAMPLE / "test_blocks.py").read_text(encoding="utf-8")

    assert (10, True) == (text.count("\ndef test_"), text.count("\n") < MOST_LINES)


@pytest.mark.parametrize("defect", DEFECTS)
def test_the_example_project_finds_and_names(pytester: pytest.Pytester, defect: str) -> None:
    right, wrong, said = DEFECTS[defect]
    source = (EXAMPLE / "blocks.asm").read_text(encoding="utf-8")
    assert source.count(right) == 1
    (pytester.path / "blocks.asm").write_text(source.replace(right, wrong), encoding="utf-8")

    result = run_example(pytester)

    assert result.ret == pytest.ExitCode.TESTS_FAILED
    result.stdout.fnmatch_lines([f"E *{said.replace('[', '[[]')}*"])
