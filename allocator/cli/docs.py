"""``allocator docs``: make pages of the notebooks, for whoever has no Jupyter.

allocator docs -o site
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from allocator.cli.progress import draw_bar, erase, show
from allocator.errors import UsageError, reason

if TYPE_CHECKING:
    from allocator.cli.arguments import Parser, Subparsers

DEFAULT_FOLDER = "allocator-docs"


def add_parser(subparsers: Subparsers[Parser]) -> None:
    """Add the verb to the command line."""
    parser = subparsers.add_parser(
        "docs",
        description="Run the notebooks that come with the package and write each as one HTML page that needs nothing.",
    )
    parser.add_argument("-o", "--output", default=DEFAULT_FOLDER, metavar="DIR", help=f"where to ({DEFAULT_FOLDER})")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Write the pages and return the exit code; raises AllocatorError."""
    from allocator.cli.output import write_file
    from allocator.notebook_pages import index_page, notebook_page, walkthroughs

    found = walkthroughs()
    folder = _make_folder(options.output)
    for number, walkthrough in enumerate(found):
        with _progress(number, len(found), walkthrough.path.stem):
            page = notebook_page(walkthrough, found)
        write_file(str(folder / walkthrough.page), [page.encode()])
    write_file(str(folder / "index.html"), [index_page(found).encode()])
    print(f"{len(found)} pages: open {folder / 'index.html'} in a browser")
    return 0


def _make_folder(name: str) -> Path:
    folder = Path(name)
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except (OSError, ValueError) as error:
        raise UsageError(f"{name}: cannot make this folder: {reason(error)}") from error
    return folder


@contextmanager
def _progress(done: int, total: int, name: str) -> Iterator[None]:
    """While this is open, show a bar where somebody may be watching."""
    said = f"{draw_bar(done, total)} {done + 1} of {total}: running {name}" if sys.stderr.isatty() else ""
    if said:
        show(said)
    try:
        yield
    finally:
        erase(said)
