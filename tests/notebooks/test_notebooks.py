"""Every notebook is stored without output and runs from top to bottom; its cells assert its prose."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

NOTEBOOKS = sorted((Path(__file__).parents[2] / "notebooks").glob("*.ipynb"))
CELL_SECONDS = 60
of_each = pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)


def read(path: Path) -> nbformat.NotebookNode:
    return nbformat.read(path, as_version=4)


@cache
def executed(path: Path) -> nbformat.NotebookNode:
    """Return a notebook with its output; a cell that fails raises an error that shows it."""
    notebook = read(path)
    NotebookClient(notebook, timeout=CELL_SECONDS, kernel_name="python3").execute()
    return notebook


def code_cells(notebook: nbformat.NotebookNode) -> list[nbformat.NotebookNode]:
    return [cell for cell in notebook.cells if cell.cell_type == "code"]


def tagged(notebook: nbformat.NotebookNode, tag: str) -> list[nbformat.NotebookNode]:
    return [cell for cell in notebook.cells if tag in cell.metadata.get("tags", ())]


def test_they_are_numbered_without_a_gap() -> None:
    assert [f"{number:02}" for number in range(1, len(NOTEBOOKS) + 1)] == [path.stem[:2] for path in NOTEBOOKS]


@of_each
def test_it_is_a_well_formed_notebook(path: Path) -> None:
    nbformat.validate(read(path))


@of_each
def test_it_is_stored_without_output(path: Path) -> None:
    cells = code_cells(read(path))

    assert [] == [cell.source for cell in cells if cell.outputs or cell.execution_count is not None]


@of_each
def test_it_begins_with_its_question(path: Path) -> None:
    title = read(path).cells[0].source

    assert title.startswith("# ") and "?**" in title


@of_each
def test_it_runs_from_top_to_bottom(path: Path) -> None:
    cells = code_cells(executed(path))

    assert list(range(1, len(cells) + 1)) == [cell.execution_count for cell in cells]


@of_each
def test_every_display_is_html_or_a_picture_with_a_line_of_text_beside_it(path: Path) -> None:
    shown = [output.data for cell in code_cells(executed(path)) for output in cell.outputs if "data" in output]

    assert all("text/plain" in data for data in shown)
    assert any("text/html" in data for data in shown)


@of_each
def test_nothing_is_printed_to_standard_error(path: Path) -> None:
    outputs = [output for cell in code_cells(executed(path)) for output in cell.outputs]

    assert [] == [output.text for output in outputs if output.get("name") == "stderr"]


@of_each
def test_every_cell_that_checks_the_prose_asserts(path: Path) -> None:
    cells = tagged(read(path), "check")

    assert cells
    assert [] == [cell.source for cell in cells if "assert " not in cell.source]


@of_each
def test_every_exercise_that_it_names_is_there_and_not_yet_solved(path: Path) -> None:
    from allocator.exercises.table import EXERCISES

    number = str(int(path.stem[:2]))
    cells = tagged(executed(path), "exercise")
    asked = [name for cell in cells for name in re.findall(r'\banswer\("([\d.]+)"', cell.source)]
    said = [output.data["text/plain"] for cell in cells for output in cell.outputs if "data" in output]

    assert [name for name in EXERCISES if name.startswith(f"{number}.")] == asked
    assert len(asked) == len([text for text in said if text.startswith("Not yet.")])
