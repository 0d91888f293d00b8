"""The notebooks where a reader opens them, in JupyterLab: every cell runs, every display is there.

In the short form only the first; with ALLOCATOR_FULL=1 all of them.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from browser.jupyter import Lab
from browser.lab_notebook import LabNotebook
from browser.webdriver import Browser

_ALL = sorted((Path(__file__).parents[2] / "notebooks").glob("*.ipynb"))
NOTEBOOKS = _ALL if os.environ.get("ALLOCATOR_FULL") else _ALL[:1]
PATIENCE = 120


@pytest.fixture(scope="module", params=NOTEBOOKS, ids=lambda path: path.stem)
def ran(browser: Browser, lab: Lab, request: pytest.FixtureRequest) -> LabNotebook:
    notebook = LabNotebook(browser, lab.copy_notebook(request.param))
    notebook.run_all(PATIENCE)
    return notebook


@pytest.mark.campaign
def test_no_cell_ends_in_an_error(ran: LabNotebook) -> None:
    assert [] == ran.errors()


@pytest.mark.campaign
def test_all_cells_have_run_in_order(ran: LabNotebook) -> None:
    counts = [cell["execution_count"] for cell in ran.cells()]

    assert list(range(1, len(counts) + 1)) == counts


BEGINNER = (
    "%load_ext allocator",
    "%%asm\nf:\n        mov     rax, [rdi\n        ret",
    "%%asm -q --run\nforever: jmp forever",
    "print(run.stop.kind)",
)


def test_a_mistake_is_one_message_and_an_endless_routine_leaves_the_notebook_alive(browser: Browser, lab: Lab) -> None:
    notebook = LabNotebook(browser, lab.write_notebook("beginner.ipynb", BEGINNER))
    for _ in BEGINNER:
        notebook.run_next()
    outputs = [cell["outputs"] for cell in notebook.cells()]

    assert ["cell:3:22: error: this bracket is not closed"] == outputs[1][0]["traceback"][:1]
    assert 4 == len(outputs[1][0]["traceback"])
    assert "limit" == outputs[3][0]["text"].strip()
