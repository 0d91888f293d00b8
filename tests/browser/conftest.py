"""A browser and a JupyterLab for each session of tests, and what the player shows, read from the page."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from browser.jupyter import Lab, jupyterlab
from browser.shown import open_player
from browser.webdriver import Browser, browsing

from allocator import Image, Machine, Trace, record
from allocator.views.player_page import player_page


@pytest.fixture(scope="session")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    with browsing(tmp_path_factory.mktemp("browser") / "chromedriver.log") as started:
        yield started


@pytest.fixture(scope="session")
def lab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lab]:
    with jupyterlab(tmp_path_factory.mktemp("jupyter")) as started:
        yield started


@pytest.fixture(scope="session")
def trace(our_program: Image) -> Trace:
    return record(Machine(our_program), "os_mem_allocate", rcx=3)


@pytest.fixture(scope="session")
def page(trace: Trace, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("page") / "player.html"
    path.write_text(player_page(trace), encoding="utf-8")
    return path


@pytest.fixture
def player(browser: Browser, page: Path) -> Browser:
    open_player(browser, page)
    return browser
