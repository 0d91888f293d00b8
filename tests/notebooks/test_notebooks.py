"""Every notebook is stored without output and runs from top to bottom; its cells assert its prose."""

from __future__ import annotations

from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

NOTEBOOKS = sorted((Path(__file__).parents[2] / "notebooks").glob("*.ipynb"))
CELL_SECONDS = 60


def read(path: Path) -> nbformat.NotebookNode:
    return nbformat.read(path, as_version=4)


def code_cells(notebook: nbformat.NotebookNode) -> list[nbformat.NotebookNode]:
    return [cell for cell in notebook.cells if cell.cell_type == "code"]


def test_there_are_notebooks() -> None:
    assert "01-how-baremetal-allocates" in [path.stem for path in NOTEBOOKS]


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_it_is_a_well_formed_notebook(path: Path) -> None:
    nbformat.validate(read(path))


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_it_is_stored_without_output(path: Path) -> None:
    cells = code_cells(read(path))

    assert [] == [cell.source for cell in cells if cell.outputs or cell.execution_count is not None]


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_it_runs_from_top_to_bottom(path: Path) -> None:
    notebook = read(path)

    NotebookClient(notebook, timeout=CELL_SECONDS, kernel_name="python3").execute()

    assert list(range(1, len(code_cells(notebook)) + 1)) == [cell.execution_count for cell in code_cells(notebook)]


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_every_display_is_html_with_a_line_of_text_beside_it(path: Path) -> None:
    notebook = read(path)

    NotebookClient(notebook, timeout=CELL_SECONDS, kernel_name="python3").execute()

    shown = [output.data for cell in code_cells(notebook) for output in cell.outputs if "data" in output]
    assert shown
    assert all("text/plain" in data for data in shown)
    assert any("text/html" in data for data in shown)
