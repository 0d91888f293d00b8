"""The player in JupyterLab, with a kernel behind it: states, keys, the mouse, and a trace of many windows."""

from __future__ import annotations

import pytest
from browser.jupyter import Lab
from browser.lab_notebook import LabNotebook
from browser.shown import assert_shows, shown
from browser.webdriver import Browser

from allocator import Machine, Trace, assemble, record, shipped
from allocator.views.player_data import WINDOW_STEPS

CELLS = [
    "from allocator import Machine, assemble, record, shipped\n"
    "from allocator.notebook import player\n"
    "machine = Machine(assemble(shipped('memory.asm')), memory='4G')\n"
    "trace = record(machine, 'os_mem_get_free', limit=20_000)",
    "shown = player(trace, 7)\nshown",
    "shown.go('end')",
]
STEP = "return Number(document.querySelector('.allocator-player')?.dataset.step)"


@pytest.fixture(scope="module")
def long() -> Trace:
    return record(Machine(assemble(shipped("memory.asm")), memory="4G"), "os_mem_get_free", limit=20_000)


@pytest.fixture(scope="module")
def notebook(browser: Browser, lab: Lab) -> Browser:
    opened = LabNotebook(browser, lab.write_notebook("player.ipynb", CELLS))
    opened.run_next()
    opened.run_next()
    browser.wait("return document.querySelector('.allocator-player[data-step]') !== null")
    return browser


def go(browser: Browser, step: int) -> None:
    browser.run("document.querySelector('.allocator-player').focus()")
    browser.press("g", *str(step), "Enter")
    browser.wait(f"{STEP} === {step}")


def test_it_opens_at_the_step_that_was_asked_for(notebook: Browser, long: Trace) -> None:
    assert_shows(notebook, long, 7)


def test_a_cell_turns_it_to_another_step(notebook: Browser, long: Trace) -> None:
    notebook.run("window.jupyterapp.commands.execute('notebook:run-cell')")

    notebook.wait(f"{STEP} === {len(long)}")


@pytest.mark.parametrize("step", [0, WINDOW_STEPS - 1, WINDOW_STEPS, WINDOW_STEPS + 1, 9_999, 12_345, 20_000])
def test_a_jump_shows_the_state_that_the_trace_has(notebook: Browser, long: Trace, step: int) -> None:
    go(notebook, step)

    assert_shows(notebook, long, step)


def test_keys_step_across_the_border_of_two_windows(notebook: Browser, long: Trace) -> None:
    border = 4 * WINDOW_STEPS
    go(notebook, border - 2)
    notebook.run("document.querySelector('.allocator-player').focus()")
    for step in (border - 1, border, border + 1):
        notebook.press("n")
        notebook.wait(f"{STEP} === {step}")
        assert_shows(notebook, long, step)


def test_a_click_asks_the_kernel_who_wrote_it_long_ago(notebook: Browser, long: Trace) -> None:
    go(notebook, 15_000)
    writer = long.who_set("rsp", 15_000)
    assert writer is not None
    assert writer.index < WINDOW_STEPS
    notebook.click(".allocator-player [data-who=rsp]")

    notebook.wait(f"{STEP} === {writer.index}")
    assert_shows(notebook, long, writer.index)


def test_a_run_to_a_label_asks_the_kernel(notebook: Browser, long: Trace) -> None:
    go(notebook, 10)
    label = notebook.run("return document.querySelector('.allocator-player select').options[1].value")
    notebook.run("document.querySelector('.allocator-player select').selectedIndex = 1")
    notebook.click(".allocator-player .bar [title=Enter]")
    visit = long.next_visit(label, 10)

    assert visit is not None
    notebook.wait(f"{STEP} === {visit.index}")


def test_a_question_that_means_nothing_is_answered_in_a_sentence(notebook: Browser) -> None:
    notebook.run("document.querySelector('.allocator-player').focus()")
    notebook.press("w", *"no_such_name", "Enter")

    notebook.wait("return /no_such_name/.test(document.querySelector('.said').textContent)")


def test_the_keys_of_the_player_are_not_those_of_jupyterlab(notebook: Browser) -> None:
    go(notebook, 50)
    cells = "return document.querySelectorAll('.jp-Notebook .jp-Cell').length"
    before = notebook.run(cells)
    notebook.run("document.querySelector('.allocator-player').focus()")
    notebook.press("b", "b", "n")

    assert before == notebook.run(cells)


def test_it_takes_the_theme_of_jupyterlab(notebook: Browser) -> None:
    ground = "return getComputedStyle(document.querySelector('.allocator-player')).backgroundColor"
    light = notebook.run(ground)
    notebook.run("window.jupyterapp.commands.execute('apputils:change-theme', {theme: 'JupyterLab Dark'})")
    notebook.wait("return document.body.dataset.jpThemeLight === 'false'")

    assert ("rgb(255, 255, 255)", "rgb(23, 27, 32)") == (light, notebook.run(ground))
    assert shown(notebook)["step"] > 0
