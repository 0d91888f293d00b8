"""The whole repository keeps to the formatter, the linter and the type checker; pyproject.toml has their rules."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PYTHON_FOLDERS = ("allocator", "tests", "notebooks")
CHECKS = {
    "the formatter changes nothing": ("ruff", "format", "--check", "--quiet", *PYTHON_FOLDERS),
    "the linter finds nothing": ("ruff", "check", "--quiet", *PYTHON_FOLDERS),
    "every type fits": ("mypy",),
}


@pytest.mark.parametrize("arguments", CHECKS.values(), ids=CHECKS)
def test_of_style(arguments: tuple[str, ...]) -> None:
    finished = subprocess.run(
        [sys.executable, "-m", *arguments], cwd=ROOT, capture_output=True, text=True, timeout=300, check=False
    )

    assert (0, "") == (finished.returncode, "" if finished.returncode == 0 else finished.stdout + finished.stderr)


@pytest.mark.parametrize("folder", ["asm", "tests/corpus"])
def test_no_source_line_ends_in_spaces_or_holds_a_tab(folder: str) -> None:
    lines = [
        f"{path.name}:{number}"
        for path in sorted((ROOT / folder).rglob("*.asm"))
        for number, line in enumerate(path.read_text(encoding="utf-8").split("\n"), 1)
        if line != line.rstrip() or "\t" in line
    ]

    assert [] == lines


def test_our_assembly_fits_80_columns() -> None:
    lines = [
        f"{path.name}:{number}"
        for path in sorted((ROOT / "asm").glob("*.asm"))
        for number, line in enumerate(path.read_text(encoding="utf-8").split("\n"), 1)
        if len(line) > 80
    ]

    assert [] == lines
