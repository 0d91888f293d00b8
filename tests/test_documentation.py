"""What the documentation shows is what happens: its commands, its examples, its tables.

```console    commands after "$ " and exactly what they print, in a directory that holds the ```nasm sources
```nasm       a source; its first line is a comment with its name
```python     a test file, which passes
```pycon      a doctest
```sh         set-up; .ci/run uses the same commands
"""

from __future__ import annotations

import doctest
import importlib
import os
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from importlib.metadata import entry_points
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
DOCUMENTS = ("README.md", "CHANGELOG.md", "CONTRIBUTING.md")
COLUMNS = "120"
PLUGIN = "allocator.pytest_plugin"

MODULES = sorted(
    ".".join(path.relative_to(ROOT).with_suffix("").parts)
    for path in (ROOT / "allocator").rglob("*.py")
    if re.search(r"^\s*>>> ", path.read_text(encoding="utf-8"), re.MULTILINE)
)


def blocks(language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```$", README, re.MULTILINE | re.DOTALL)


def commands(block: str) -> Iterator[tuple[str, str]]:
    """Yield each command of a console block with what the README says it prints."""
    for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
        command, _, output = part.partition("\n")
        yield command, output


def printed(command: str, folder: Path) -> str:
    """Run `allocator ...` in `folder` and return what it printed, errors included."""
    program, *arguments = shlex.split(command)
    assert program == "allocator"
    return subprocess.run(
        [sys.executable, "-m", "allocator", *arguments],
        cwd=folder,
        env={**os.environ, "COLUMNS": COLUMNS, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        timeout=60,
        check=False,
    ).stdout


@pytest.fixture
def folder_with_sources(tmp_path: Path) -> Path:
    for text in blocks("nasm"):
        (tmp_path / text.split("\n")[0].removeprefix("; ")).write_text(text, encoding="utf-8")
    return tmp_path


def test_the_failure_that_the_readme_shows_is_one_that_tests_hold() -> None:
    golden = (ROOT / "tests/plugin/golden/register-after-a-call.txt").read_text(encoding="utf-8")

    assert [True] == [golden.startswith(block.rstrip("\n")) for block in blocks("text")]


def test_there_are_commands_to_run() -> None:
    assert 3 <= len(blocks("console"))


@pytest.mark.parametrize("block", blocks("console"))
def test_the_commands_of_the_readme_print_what_stands_below_them(block: str, folder_with_sources: Path) -> None:
    for command, output in commands(block):
        assert output.strip("\n") == printed(command, folder_with_sources).strip("\n")


@pytest.mark.parametrize("example", blocks("pycon"))
def test_an_example_of_the_readme_yields_what_stands_below_it(example: str) -> None:
    parsed = doctest.DocTestParser().get_doctest(example, {}, "README.md", "README.md", 0)

    result = doctest.DocTestRunner(verbose=False).run(parsed)

    assert (0, len(parsed.examples)) == (result.failed, result.attempted)


@pytest.mark.parametrize("example", blocks("python"))
def test_a_test_of_the_readme_passes(example: str, pytester: pytest.Pytester) -> None:
    installed = any(point.value == PLUGIN for point in entry_points(group="pytest11"))
    pytester.makepyfile(example)

    result = pytester.runpytest_subprocess(*([] if installed else ["-p", PLUGIN]))

    result.assert_outcomes(passed=len(re.findall(r"^(?:def test_|Test\w+ = )", example, re.MULTILINE)))


@pytest.mark.parametrize("module", MODULES)
def test_the_examples_in_docstrings_yield_what_stands_below_them(module: str) -> None:
    result = doctest.testmod(importlib.import_module(module))

    assert 0 == result.failed
    assert 0 < result.attempted


# Set-up


def test_two_commands_set_everything_up() -> None:
    assert 2 == len(blocks("sh"))


def test_the_first_ends_in_an_allocation_and_the_second_in_the_tests() -> None:
    ends = [block.split(" && ")[-1].strip() for block in blocks("sh")]

    assert [".venv/bin/allocator trace os_mem_allocate rcx=3", ".venv/bin/python -m pytest"] == ends


def test_the_continuous_integration_runs_the_readmes_commands() -> None:
    lines = (ROOT / ".ci" / "run").read_text(encoding="utf-8").splitlines()

    assert [block.strip() for block in blocks("sh")] == [
        line for line in lines if line.startswith(("python3 -m venv", ".venv/bin/pip"))
    ]


# Names that the documents mention


@pytest.mark.parametrize("document", DOCUMENTS)
def test_every_file_that_a_document_names_is_there(document: str) -> None:
    text = (ROOT / document).read_text(encoding="utf-8")
    named = set(re.findall(r"`((?:allocator|asm|tests|notebooks|\.ci)/[\w./-]*)`", text))

    assert [] == [name for name in sorted(named) if not (ROOT / name).exists()]


def test_the_changelog_begins_with_this_version() -> None:
    import allocator

    first = next(line for line in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8").splitlines() if line[:3] == "## ")

    assert first.startswith(f"## {allocator.__version__}")


def test_the_package_and_its_metadata_have_one_version() -> None:
    import allocator

    assert f'version = "{allocator.__version__}"' in (ROOT / "pyproject.toml").read_text(encoding="utf-8")


def test_the_licence_is_the_gpl_in_version_2_in_full() -> None:
    text = (ROOT / "LICENSE").read_text(encoding="utf-8")

    assert "GNU GENERAL PUBLIC LICENSE\n                       Version 2, June 1991" in text
    assert "END OF TERMS AND CONDITIONS" in text


def test_the_readme_warns_of_the_other_package() -> None:
    assert "somebody else's package" in README
