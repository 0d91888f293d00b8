"""A notebook's page from a file, without a kernel or a network: readable in both themes, and its player plays."""

from __future__ import annotations

from pathlib import Path

import nbformat
import pytest
from browser.shown import serious_faults
from browser.webdriver import Browser

from allocator.notebook_pages import Walkthrough, notebook_page

TRACE = """from allocator import Machine, assemble, record, shipped
from allocator.notebook import player

trace = record(Machine(assemble(shipped("memory.asm"))), "os_mem_allocate", rcx=3)
"""


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("site")
    cells = [nbformat.v4.new_markdown_cell("# Title\n\n**Why?**")]
    cells += [nbformat.v4.new_code_cell(code) for code in (TRACE, "trace[:5]", "player(trace, 3)")]
    nbformat.write(nbformat.v4.new_notebook(cells=cells), folder / "01-title.ipynb")
    walkthrough = Walkthrough(folder / "01-title.ipynb", "Title", "Why?")
    written = folder / walkthrough.page
    written.write_text(notebook_page(walkthrough, [walkthrough]), encoding="utf-8")
    return written


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_it_has_no_serious_accessibility_fault(browser: Browser, page: Path, theme: str) -> None:
    browser.scheme(theme)
    browser.open(page.as_uri())
    faults = serious_faults(browser)
    browser.scheme("light")

    assert [] == faults


def test_its_player_steps_without_a_kernel(browser: Browser, page: Path) -> None:
    browser.open(page.as_uri())
    browser.enter_frame("iframe")
    step = "return document.querySelector('.allocator-player')?.dataset.step"
    browser.wait(f"{step} === '3'")
    browser.run("document.querySelector('.allocator-player').focus()")
    browser.press("n", "n")

    browser.wait(f"{step} === '5'")


def test_its_player_is_shown_in_full(browser: Browser, page: Path) -> None:
    browser.size(1280, 900)
    browser.open(page.as_uri())
    browser.enter_frame("iframe")
    browser.wait("return document.querySelector('.allocator-player[data-step]') !== null")

    assert browser.run("return document.documentElement.scrollHeight <= innerHeight")
