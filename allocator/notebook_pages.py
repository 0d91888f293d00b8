"""Make a page of each notebook, executed, for whoever has no Jupyter: one HTML file that needs nothing else.

    notebooks/*.ipynb  ->  executed (nbclient)  ->  HTML (nbconvert)  ->  a page of our own around it

- A page loads nothing: pictures are in it, and its content security policy forbids the rest.
- Cells that only check the prose are left out. They have run: a page is made of a notebook without a failure only.
- A display that is a live widget in Jupyter is shown by the HTML that stands beside it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape
from importlib.util import find_spec
from pathlib import Path
from subprocess import DEVNULL
from typing import Any, NamedTuple

from allocator.errors import InternalError, UsageError

CELL_SECONDS = 300
CHECK = "check"
"""The tag of cells that assert what the prose says."""
_NEEDED = ("nbclient", "nbconvert", "ipykernel", "matplotlib")
_WIDGET = "application/vnd.jupyter.widget-view+json"
_POLICY = "default-src 'none'; img-src data:; font-src data:; style-src 'unsafe-inline'; script-src 'unsafe-inline'"
_STYLE = """
:root { color-scheme: light dark; --ground: #ffffff; --ink: #1c2128; --faint: #59636e; --line: #d6dce2;
 --band: #f3f5f7; --mark: #0b5cad; }
@media (prefers-color-scheme: dark) { :root { --ground: #171b20; --ink: #e3e8ed; --faint: #9aa6b2; --line: #3a434c;
 --band: #20262d; --mark: #7cb7f5; } }
body { margin: 0 auto; max-width: 76em; padding: 1em 1.5em 4em; background: var(--ground); color: var(--ink);
 font: 16px/1.55 system-ui, sans-serif; }
a { color: var(--mark); }
a.anchor-link { display: none; }
nav { border-bottom: 1px solid var(--line); padding: .4em 0; }
nav a { margin-right: 1.4em; }
p, li, table { max-width: 46em; }
code, pre { font-family: ui-monospace, "DejaVu Sans Mono", Consolas, monospace; font-size: .87em; }
pre { margin: 0; padding: .6em .8em; overflow-x: auto; line-height: 1.45; }
.highlight { background: var(--band); border-radius: 4px; margin: .6em 0 .3em; }
.output_area { margin: .3em 0 .8em; overflow-x: auto; }
.output_area img { max-width: 100%; background: #ffffff; }
table { border-collapse: collapse; margin: .6em 0; }
th, td { border: 1px solid var(--line); padding: .2em .7em; text-align: left; }
li { margin: .25em 0; }
"""


class Walkthrough(NamedTuple):
    """A notebook: its file, its title, and the question that it answers."""

    path: Path
    title: str
    question: str

    @property
    def page(self) -> str:
        """The name of its page."""
        return f"{self.path.stem}.html"


def walkthroughs() -> tuple[Walkthrough, ...]:
    """Return the notebooks that come with the package, in order; raises UsageError where nbformat is missing."""
    _check_installed()
    package = Path(__file__).resolve().parent
    # Installed, they lie inside the package; in a checkout beside it.
    homes = [home for home in (package / "notebooks", package.parent / "notebooks") if home.is_dir()]
    return tuple(_walkthrough(path) for home in homes[:1] for path in sorted(home.glob("*.ipynb")))


def _check_installed() -> None:
    missing = [name for name in _NEEDED if find_spec(name) is None]
    if missing:
        raise UsageError(
            f"pages are made with {', '.join(missing)}, which {'is' if len(missing) == 1 else 'are'} not installed\n"
            "hint: pip install 'allocator-sandbox[notebook]'"
        )


def _walkthrough(path: Path) -> Walkthrough:
    first = _read(path).cells[0].source
    question = first.split("**")[1] if first.count("**") > 1 else ""
    return Walkthrough(path, first.split("\n")[0].lstrip("# "), question)


def _read(path: Path) -> Any:  # noqa: ANN401 -- nbformat's node
    import nbformat

    return nbformat.read(path, as_version=4)  # type: ignore[no-untyped-call, unused-ignore]


def notebook_page(walkthrough: Walkthrough, all_of_them: Sequence[Walkthrough]) -> str:
    """Return a notebook as a page, executed now; raises InternalError where a cell of it fails."""
    notebook = _executed(walkthrough.path)
    notebook.cells = [cell for cell in notebook.cells if CHECK not in cell.metadata.get("tags", ())]
    for output in (output for cell in notebook.cells for output in cell.get("outputs", ())):
        if "text/html" in output.get("data", {}):
            output.data.pop(_WIDGET, None)
    return _page(walkthrough.title, _body(notebook), all_of_them)


def _executed(path: Path) -> Any:  # noqa: ANN401
    from nbclient import NotebookClient
    from nbclient.exceptions import CellExecutionError

    notebook = _read(path)
    client = NotebookClient(notebook, timeout=CELL_SECONDS, kernel_name="python3")
    try:
        client.execute(stderr=DEVNULL)
    except CellExecutionError as error:
        raise InternalError(f"{path.name} does not run to its end: {error.ename}: {error.evalue}") from error
    except BaseException as error:
        # Ctrl-C is heard by the client: it ends the kernel, and fails in one way or another at what it does next.
        if hasattr(client, "_async_cleanup_kernel_future"):
            raise KeyboardInterrupt from error
        raise
    return notebook


def _body(notebook: Any) -> str:  # noqa: ANN401
    from nbconvert import HTMLExporter

    settings: dict[str, Any] = {"exclude_input_prompt": True, "exclude_output_prompt": True}
    exporter: Any = HTMLExporter(template_name="basic", **settings)  # type: ignore[no-untyped-call, unused-ignore]
    body, _ = exporter.from_notebook_node(notebook)
    return str(body)


def index_page(all_of_them: Sequence[Walkthrough]) -> str:
    """Return the page that leads to the others."""
    entries = "".join(
        f'<li><a href="{escape(each.page)}">{escape(each.title)}</a><br>{escape(each.question)}</li>'
        for each in all_of_them
    )
    opening = (
        "<h1>The allocator sandbox</h1><p>Walkthroughs for readers who are new to assembly. Each answers one question. "
        "What is shown was executed when these pages were made. To change something and run it again, open the same "
        "notebooks in JupyterLab.</p>"
    )
    return _page("The allocator sandbox", f"{opening}<ol>{entries}</ol>", all_of_them)


def _page(title: str, body: str, all_of_them: Sequence[Walkthrough]) -> str:
    links = "".join(
        f'<a href="{escape(each.page)}">{escape(each.path.stem[:2])} {escape(each.title)}</a>' for each in all_of_them
    )
    return "\n".join(
        (
            '<!DOCTYPE html><html lang="en"><head><meta charset="utf-8">',
            f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">',
            '<meta name="viewport" content="width=device-width, initial-scale=1">',
            f"<title>{escape(title)}</title><style>{_STYLE}{''.join(_colours())}</style></head>",
            f'<body><nav aria-label="Walkthroughs"><a href="index.html">Contents</a>{links}</nav>',
            f"<main>{body}</main></body></html>",
        )
    )


def _colours() -> Iterator[str]:
    """Yield the colours of code, light and dark."""
    from pygments.formatters import HtmlFormatter  # type: ignore[import-untyped, unused-ignore]

    yield _without_ground(HtmlFormatter(style="xcode").get_style_defs(".highlight"))
    yield "@media (prefers-color-scheme: dark) {"
    yield _without_ground(HtmlFormatter(style="github-dark").get_style_defs(".highlight"))
    yield "}"


def _without_ground(style: str) -> str:
    return "\n".join(
        line for line in style.splitlines() if not line.startswith(("pre ", "td.", "span.", ".highlight {"))
    )
