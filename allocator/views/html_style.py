"""Give every HTML display one look, and put what it shows between two tags.

A display is a fragment: it brings its own style, needs nothing from anywhere, and has its own ground, so that it
is readable wherever it is put. Colours are CSS variables, each with a light and a dark value. Dark ones are used
where JupyterLab's theme is dark, or, outside JupyterLab, where the reader's system is. What a colour says is also
said by a word, a number or a shape.

Every text that comes from a source, a label or a file name goes through `text` or `code`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from html import escape

from allocator.source import printable

COLOURS = {
    "ground": ("#ffffff", "#171b20"),
    "ink": ("#1c2128", "#e3e8ed"),
    "faint": ("#5c6672", "#9aa6b2"),
    "line": ("#d6dce2", "#3a434c"),
    "band": ("#f3f5f7", "#20262d"),
    "mark": ("#0b5cad", "#7cb7f5"),
    "fault": ("#b3261e", "#ff9d94"),
    "free": ("#cfe9d6", "#1f4a2e"),
    "on-free": ("#16341f", "#d3efdb"),
    "used": ("#8f4a12", "#e0954f"),
    "on-used": ("#ffffff", "#1b1208"),
    "absent": ("#929ca6", "#6d7883"),
    "odd": ("#6b4fa0", "#7a5cb8"),
    "now": ("#000000", "#ffffff"),
    "here": ("#e3effa", "#1f3347"),
}
"""Name of a colour to its light and its dark value."""


def themes(root: str, colours: Mapping[str, tuple[str, str]] = COLOURS) -> str:
    """Return the rules that give the selector `root` its colours, light or dark."""
    variables = "".join(f" --{name}: light-dark({light}, {dark});" for name, (light, dark) in colours.items())
    return (
        f"{root} {{ color-scheme: light dark;{variables} }}\n"
        f'[data-jp-theme-light="true"] {root} {{ color-scheme: light; }}\n'
        f'[data-jp-theme-light="false"] {root} {{ color-scheme: dark; }}\n'
        f"@media print {{ {root} {{ color-scheme: light; }} }}"
    )


# The root's class stands twice: JupyterLab's own rules for tables weigh more than one class.
_ROOT = ".allocator-view.allocator-view"
_RULES = """
& { background: var(--ground); color: var(--ink); font: 13px/1.45 system-ui, sans-serif; padding: 10px 12px;
 overflow-x: auto; }
& p { margin: 4px 0; max-width: 76em; }
& code, & td, & pre, & svg text { font-family: ui-monospace, "DejaVu Sans Mono", Consolas, monospace; font-size: 12px; }
& code { background: none; color: inherit; padding: 0; }
& pre { background: none; color: inherit; line-height: 1.4; margin: 4px 0; padding: 0; }
& table { border-collapse: collapse; border: 0; margin: 4px 0; color: inherit; font-size: 12px; }
& caption { caption-side: top; text-align: left; padding: 0 0 4px; font: 600 13px system-ui, sans-serif;
 color: var(--ink); white-space: nowrap; }
& th, & td { text-align: left; vertical-align: top; padding: 1px 12px 1px 0; border: 0; white-space: pre;
 line-height: 1.5; max-width: none; background: none; color: inherit; }
& th { color: var(--faint); font-weight: 500; }
& thead th { border-bottom: 1px solid var(--line); }
& tbody tr, & tbody tr:nth-child(odd), & tbody tr:nth-child(even) { background: none; }
& tbody tr:hover { background: var(--band); }
& .number { text-align: right; }
& .faint { color: var(--faint); }
& .label td { padding-top: 6px; font-weight: 600; }
& .changed { color: var(--mark); font-weight: 600; }
& .fault { color: var(--fault); font-weight: 600; }
& .legend span { margin-right: 1.4em; white-space: nowrap; }
& .source { white-space: pre-wrap; width: max-content; max-width: 54ch; padding-left: 2ch; text-indent: -2ch; }
& td:last-child .source { max-width: 66ch; }
& .effects { white-space: normal; min-width: 40ch; }
& .effects span { display: inline-block; margin-right: 2ch; }
& .flow { color: var(--faint); }
& .write { color: var(--mark); }
& .side-by-side { display: flex; flex-wrap: wrap; gap: 0 32px; }
& svg { display: block; margin: 4px 0; max-width: 100%; height: auto; }
& svg.key { display: inline; vertical-align: -2px; margin: 0 2px 0 0; }
& rect.free { fill: var(--free); stroke: var(--on-free); stroke-width: .4; }
& rect.used { fill: var(--used); }
& rect.absent { fill: none; stroke: var(--absent); stroke-dasharray: 2 2; }
& rect.mixed, & rect.odd { fill: var(--odd); }
& rect.now { fill: none; stroke: var(--now); stroke-width: 2.5; }
& svg text { fill: var(--ink); }
& svg text.free { fill: var(--on-free); }
& svg text.used { fill: var(--on-used); }
& svg text.mixed, & svg text.odd { fill: #ffffff; }
& svg text.absent { fill: var(--faint); }
& svg text.faint { fill: var(--faint); }
& svg.graph { max-width: none; }
& .arc { fill: none; stroke: var(--faint); stroke-width: 1.2; }
& .node { fill: var(--mark); }
& .input { fill: var(--ground); stroke: var(--mark); stroke-width: 1.5; }
& .box { fill: var(--band); stroke: var(--absent); }
& .card { border: 1px solid var(--line); border-radius: 6px; padding: 6px 12px; width: fit-content; max-width: 100%;
 box-sizing: border-box; }
& .wrapped { white-space: normal; min-width: 20ch; max-width: 48ch; }
& .hex th { font: 12px ui-monospace, "DejaVu Sans Mono", Consolas, monospace; }
@media (max-width: 1100px) { & .source { max-width: 34ch; } & td:last-child .source { max-width: 50ch; } }
@media print { & code, & td, & th, & pre, & table, & svg text, & .hex th { font-size: 8.5px; }
 & pre { white-space: pre-wrap; } & th, & td { padding-right: 8px; } & .effects { min-width: 24ch; }
 & .source { max-width: 30ch; } }
& b.write { background: var(--here); }
& .hit td { background: var(--here); }
& .missed td { color: var(--fault); }
"""
STYLE = f"{themes(_ROOT)}\n{_RULES.strip().replace('&', _ROOT)}"

LONGEST_TEXT = 160
"""Characters of one line of source that are shown."""


def fragment(*parts: str) -> str:
    """Return the parts as one display."""
    return f'<div class="allocator-view"><style>{STYLE}</style>{"".join(parts)}</div>'


def page(title: str, *displays: str) -> str:
    """Return finished displays as a whole page, for a file."""
    return (
        f'<!doctype html><html lang="en" style="color-scheme: light dark"><head><meta charset="utf-8">'
        f'<title>{text(title)}</title></head><body style="margin: 1rem">{"".join(displays)}</body></html>'
    )


def text(value: object, style: str = "") -> str:
    """Return `value` escaped, cut when it is very long, in a span of class `style` when one is given."""
    shown = escape(cut(str(value)))
    return f'<span class="{style}">{shown}</span>' if style else shown


def cut(words: str) -> str:
    """Return what can be shown of `words`: without control characters, and not longer than `LONGEST_TEXT`."""
    shown = printable(words)
    return shown if len(shown) <= LONGEST_TEXT else shown[: LONGEST_TEXT - 1] + "\N{HORIZONTAL ELLIPSIS}"


def code(value: object) -> str:
    """Return `value` escaped, in the letters of code."""
    return f"<code>{text(value)}</code>"


def preformatted(lines: str) -> str:
    """Return text as it is laid out, line by line."""
    return f"<pre>{'<br>'.join(text(line) for line in lines.splitlines())}</pre>"


def table(caption: str, head: Iterable[str], rows: Iterable[str]) -> str:
    """Return a table: `caption` and `head` are plain texts, `rows` are finished rows."""
    titles = "".join(f'<th scope="col">{escape(title)}</th>' for title in head)
    top = f"<caption>{escape(caption)}</caption>" if caption else ""
    return f"<table>{top}<thead><tr>{titles}</tr></thead><tbody>{''.join(rows)}</tbody></table>"


def side_by_side(*parts: str) -> str:
    """Return the parts in a row, or below each other where there is no room."""
    return f'<div class="side-by-side">{"".join(parts)}</div>'


def row(*cells: str, style: str = "") -> str:
    """Return a row of finished cells."""
    attribute = f' class="{style}"' if style else ""
    return f"<tr{attribute}>{''.join(f'<td>{cell}</td>' for cell in cells)}</tr>"


def wide_row(columns: int, content: str, style: str) -> str:
    """Return a row of one plain text that begins in the second of `columns`."""
    return f'<tr class="{style}"><td></td><td colspan="{columns - 1}">{text(content)}</td></tr>'


def source_cell(statement: str, comment: str) -> str:
    """Return a line of source, its comment less prominent; a long one goes on below itself."""
    parts = [text(part, style) for part, style in ((statement, ""), (comment, "faint")) if part]
    return f'<div class="source">{" ".join(parts)}</div>'
