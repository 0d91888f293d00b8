"""The whole repository keeps to the formatter, the linter and the type checker; pyproject.toml has their rules."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PYTHON_FOLDERS = ("allocator", "tests", "notebooks")
HAS_TYPED_NUMPY = sys.version_info >= (3, 11)
CHECKS = {
    "the formatter changes nothing": ("ruff", "format", "--check", "--quiet", *PYTHON_FOLDERS),
    "the linter finds nothing": ("ruff", "check", "--quiet", *PYTHON_FOLDERS),
    "every type fits": ("mypy",),
}


@pytest.mark.parametrize("arguments", CHECKS.values(), ids=CHECKS)
def test_of_style(arguments: tuple[str, ...]) -> None:
    if arguments == ("mypy",) and not HAS_TYPED_NUMPY:
        pytest.skip("the newest NumPy for this Python types less than the later ones, against which types are checked")
    finished = subprocess.run(
        [sys.executable, "-m", *arguments], cwd=ROOT, capture_output=True, text=True, timeout=300, check=False
    )

    assert (0, "") == (finished.returncode, "" if finished.returncode == 0 else finished.stdout + finished.stderr)


def our_assembly() -> Iterator[tuple[str, str]]:
    """Yield each line of asm/ after its place. What tests assemble may be written as people write it."""
    for path in sorted((ROOT / "asm").glob("*.asm")):
        for number, line in enumerate(path.read_text(encoding="utf-8").split("\n"), 1):
            yield f"{path.name}:{number}", line


def test_no_line_of_our_assembly_ends_in_spaces_or_holds_a_tab() -> None:
    assert [] == [place for place, line in our_assembly() if line != line.rstrip() or "\t" in line]


def test_our_assembly_fits_80_columns() -> None:
    assert [] == [place for place, line in our_assembly() if len(line) > 80]


def test_there_is_assembly_of_ours() -> None:
    assert any(place.startswith("memory.asm:") for place, _ in our_assembly())
