"""``allocator docs``: pages that need nothing, from notebooks that ran."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest
from commands import allocator

from allocator.errors import InternalError
from allocator.notebook_pages import Walkthrough, index_page, notebook_page, walkthroughs

ROOT = Path(__file__).parents[2]
LOADING = re.compile(
    r"<(?:script|img|iframe|link|source|video|audio|object|embed)\b[^>]*?\b(?:src|href|data)=\"([^\"]*)\""
)


@pytest.fixture(scope="module")
def page() -> str:
    """The page of the first notebook."""
    all_of_them = walkthroughs()
    return notebook_page(all_of_them[0], all_of_them)


def a_notebook(folder: Path, *cells: str) -> Walkthrough:
    import nbformat
    from nbformat import v4

    notebook = v4.new_notebook(
        cells=[v4.new_markdown_cell("# A title\n\n**A question?**"), *map(v4.new_code_cell, cells)]
    )
    path = folder / "09-a-notebook.ipynb"
    nbformat.write(notebook, path)
    return Walkthrough(path, "A <b>title", "A question?")


def test_every_notebook_of_the_checkout_is_found_in_order() -> None:
    assert sorted(path.name for path in (ROOT / "notebooks").glob("*.ipynb")) == [
        each.path.name for each in walkthroughs()
    ]


def test_a_walkthrough_has_the_title_and_the_question_of_its_first_cell() -> None:
    first = walkthroughs()[0]

    assert ("How BareMetal hands out memory", "How can that work?") == (first.title, first.question)


def test_a_page_loads_nothing_from_anywhere(page: str) -> None:
    assert [] == [address for address in LOADING.findall(page) if not address.startswith("data:")]
    assert [] == re.findall(r"@import|url\((?!['\"]?data:)", page)
    assert "default-src 'none'" in page


def test_a_page_shows_what_the_notebook_showed(page: str) -> None:
    assert "fill_and_look: 10 steps, returned" in page
    assert "<h2" in page and "Who owns the memory?" in page
    assert "data:image/png;base64," in page


def test_cells_that_check_the_prose_are_left_out(page: str) -> None:
    assert ">assert<" not in page


def test_a_page_has_a_language_a_title_and_a_main_part(page: str) -> None:
    assert '<html lang="en">' in page
    assert "<title>How BareMetal hands out memory</title>" in page
    assert 1 == page.count("<main>")


def test_the_index_leads_to_every_page() -> None:
    found = walkthroughs()

    assert [each.page for each in found] == re.findall(r'<li><a href="([^"]+)"', index_page(found))


def test_a_title_is_escaped(tmp_path: Path) -> None:
    walkthrough = a_notebook(tmp_path, "1 + 1")

    assert "A &lt;b&gt;title" in notebook_page(walkthrough, [walkthrough])


def test_of_a_widget_the_html_beside_it_is_shown(tmp_path: Path) -> None:
    cell = (
        "from IPython.display import display\n"
        "display({'application/vnd.jupyter.widget-view+json': {'model_id': 'x'}, 'text/html': '<i>beside</i>',"
        " 'text/plain': 'x'}, raw=True)"
    )
    walkthrough = a_notebook(tmp_path, cell)

    assert "<i>beside</i>" in notebook_page(walkthrough, [walkthrough])


def test_a_notebook_that_fails_becomes_no_page(tmp_path: Path) -> None:
    walkthrough = a_notebook(tmp_path, "1 / 0")

    with pytest.raises(InternalError, match=r"09-a-notebook.ipynb does not run to its end: ZeroDivisionError"):
        notebook_page(walkthrough, [walkthrough])


def test_without_the_extra_one_message_says_what_to_install(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setitem(sys.modules, "nbconvert", None)
    monkeypatch.setattr("allocator.notebook_pages.find_spec", lambda name: None if name == "nbconvert" else name)

    said = allocator("docs", "-o", tmp_path / "site")

    assert 2 == said.code
    assert [
        "error: pages are made with nbconvert, which is not installed",
        "hint: pip install 'allocator-sandbox[notebook]'",
    ] == said.err.splitlines()


def test_a_folder_that_cannot_be_made_is_one_message(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")

    said = allocator("docs", "-o", tmp_path / "file" / "site")

    assert 2 == said.code
    assert "cannot make this folder" in said.err


def test_the_verb_writes_the_pages_and_says_where(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    walkthrough = a_notebook(tmp_path, "6 * 7")
    monkeypatch.setattr("allocator.notebook_pages.walkthroughs", lambda: (walkthrough,))

    said = allocator("docs", "-o", tmp_path / "site")

    assert (0, f"1 pages: open {tmp_path / 'site' / 'index.html'} in a browser\n") == (said.code, said.out)
    assert ["09-a-notebook.html", "index.html"] == sorted(path.name for path in (tmp_path / "site").iterdir())
    assert "42" in (tmp_path / "site" / "09-a-notebook.html").read_text(encoding="utf-8")
