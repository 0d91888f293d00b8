"""Show a firmware map and its page maps as HTML fragments that need nothing from anywhere.

The twin of `firmware`: the same tables, strips, runs and sentences; strips and grids are inline SVG. Every
text is escaped. Colours are CSS variables of the fragment, light or dark as JupyterLab's theme or the reader's
system is, and what a colour says is also said by a word or a tooltip.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape

from allocator.machine.firmware_map import FirmwareMap
from allocator.machine.firmware_problems import Problem
from allocator.machine.page_map import ABSENT, FREE, POLICIES, STATE_NAMES, USED, PageMapPlan, build_page_map
from allocator.machine.region import (
    ACPI_DATA,
    ACPI_NVS,
    DISABLED,
    KINDS,
    PERSISTENT,
    PERSISTENT_OLD,
    RESERVED,
    SOFT_RESERVED,
    UNUSABLE,
    USABLE,
)
from allocator.units import PAGE_SIZE, format_size
from allocator.views.firmware import GRID_COLUMNS, pages_per_cell
from allocator.views.firmware_story import policy_story
from allocator.views.firmware_strip import Stretch, Strip, beyond, strips
from allocator.views.html_style import COLOURS as SHARED
from allocator.views.html_style import page, themes

COLOURS = {
    "ground": SHARED["ground"],
    "text": SHARED["ink"],
    "faint": SHARED["faint"],
    "line": ("#ccd3da", "#3b444d"),
    "usable": ("#58a86e", "#3f8f59"),
    "reserved": ("#d8695f", "#b8483f"),
    "tables": ("#d9a441", "#b07f22"),
    "nvs": ("#a877c9", "#8656ab"),
    "bad": ("#8c2f28", "#7a2822"),
    "persistent": ("#5b8fd9", "#3f70b5"),
    "other": ("#53aab0", "#2f858c"),
    "nothing": ("#e6e9ec", "#2a3138"),
    "used": SHARED["used"],
    "free": ("#58a86e", "#3f8f59"),
    "absent": ("#e6e9ec", "#2a3138"),
    "mixed": SHARED["odd"],
    "on": ("#10150f", "#f4f7f4"),
}
"""Name of a colour to its light and its dark value."""
_RULES = """
.allocator-firmware { background: var(--ground); color: var(--text); font: 14px/1.45 system-ui, sans-serif;
 max-width: 1000px; padding: 10px 12px; overflow-x: auto; }
.allocator-firmware h3 { font-size: 15px; margin: 1.1em 0 .4em; }
.allocator-firmware table { border-collapse: collapse; color: inherit; font-variant-numeric: tabular-nums; }
.allocator-firmware th, .allocator-firmware td { padding: 2px 10px; text-align: right; border: 0;
 border-bottom: 1px solid var(--line); background: none; color: inherit; }
.allocator-firmware th:last-child, .allocator-firmware td:last-child { text-align: left; }
.allocator-firmware code, .allocator-firmware td.address { font: 13px ui-monospace, monospace; }
.allocator-firmware svg { display: block; width: 100%; height: auto; }
.allocator-firmware svg text { fill: var(--faint); font: 11px ui-monospace, monospace; }
.allocator-firmware svg text.inside { fill: var(--on); }
.allocator-firmware .zoom { fill: var(--line); opacity: .45; }
.allocator-firmware .frame { fill: none; stroke: var(--faint); }
.allocator-firmware .key { display: inline-block; width: .8em; height: .8em; margin-right: .4em; }
.allocator-firmware .faint { color: var(--faint); }
.allocator-firmware ul { margin: .3em 0; padding-left: 1.3em; }
"""
STYLE = f"<style>{themes('.allocator-firmware', COLOURS)}{_RULES}</style>"

_COLOURS: dict[int | None, str] = {
    USABLE: "usable",
    RESERVED: "reserved",
    ACPI_DATA: "tables",
    ACPI_NVS: "nvs",
    UNUSABLE: "bad",
    DISABLED: "bad",
    PERSISTENT: "persistent",
    PERSISTENT_OLD: "persistent",
    SOFT_RESERVED: "other",
    None: "nothing",
}
_PAGE_COLOURS = {ABSENT: "absent", FREE: "free", USED: "used"}

WIDTH = 960
_BAR = 30
_ROW = 96
_GAP = 24
SLIVER = 1.2
"""No stretch is drawn narrower than this, so that small ones stay visible."""
_CELL = 15
_LETTER = 6.7


def firmware_html(firmware_map: FirmwareMap) -> str:
    """Return everything about a map: strips, entries, problems, and, to be opened, both page maps and their effects."""
    plans = [build_page_map(firmware_map, policy) for policy in POLICIES]
    pages = [page_map_parts(plan, story) for plan, story in zip(plans, policy_story(firmware_map), strict=True)]
    problems = [*firmware_map.problems, *(problem for plan in plans[:1] for problem in plan.problems)]
    return _fragment(
        f"<h3>Firmware map {escape(firmware_map.name)}</h3>",
        strip_svg(firmware_map),
        entry_table(firmware_map),
        problem_items(problems),
        "<details><summary>Page maps made from it</summary>",
        *pages,
        "</details>",
    )


def firmware_page(firmware_map: FirmwareMap) -> str:
    """Return `firmware_html` as a whole page, for a file, with the page maps opened."""
    return page(firmware_map.name, firmware_html(firmware_map).replace("<details>", "<details open>"))


def page_map_html(plan: PageMapPlan) -> str:
    """Return one page map as runs and as a grid."""
    return _fragment(page_map_parts(plan))


def page_map_parts(plan: PageMapPlan, story: str = "") -> str:
    """Return what `page_map_html` shows, without the style around it; `story` goes under the heading."""
    title = f"Page map, policy {plan.policy}: os_MemAmount {plan.mem_amount_mib:,} MiB, {plan.count(FREE):,} pages free"
    return f"<h3>{escape(title)}</h3><p>{escape(story)}</p>{run_table(plan)}{grid_svg(plan)}"


def entry_table(firmware_map: FirmwareMap) -> str:
    """Return the entries as given, one a row."""
    rows = [
        f"<tr><td>{number}</td><td class='address'>{entry.base:#x}</td><td class='address'>{entry.end:#x}</td>"
        f"<td>{escape(format_size(entry.length))}</td><td>{entry.type}</td><td>{_key(entry.type)}{_text(entry.type)}"
        f"{'' if entry.attributes is None else f' <span class=faint>attributes {entry.attributes:#x}</span>'}</td></tr>"
        for number, entry in enumerate(firmware_map.entries)
    ]
    total = f"{len(firmware_map.entries)} entries, {format_size(firmware_map.usable_bytes)} usable"
    exact = f"({firmware_map.usable_bytes:,} bytes)"
    head = "<tr><th>#</th><th>start</th><th>end</th><th>size</th><th>type</th><th>kind</th></tr>"
    return f"<table>{head}{''.join(rows)}</table><p class='faint'>{escape(total)} {escape(exact)}</p>"


def problem_items(problems: Sequence[Problem]) -> str:
    """Return the problems as a list; empty when there are none."""
    items = [f"<li><b>{escape(each.kind)}</b>: {escape(each.message)}</li>" for each in problems]
    return f"<ul>{''.join(items)}</ul>" if items else ""


def run_table(plan: PageMapPlan) -> str:
    """Return the page map as runs of one state."""
    rows = [
        f"<tr><td>{run.start:,}</td><td>{run.end - 1:,}</td><td class='address'>{run.start * PAGE_SIZE:#x}</td>"
        f"<td>{escape(format_size(run.count * PAGE_SIZE))}</td>"
        f"<td>{escape(STATE_NAMES.get(run.state, str(run.state)))}</td></tr>"
        for run in plan.runs
    ]
    head = "<tr><th>first page</th><th>last page</th><th>address</th><th>size</th><th>state</th></tr>"
    return f"<table>{head}{''.join(rows)}</table>"


def strip_svg(firmware_map: FirmwareMap) -> str:
    """Return the address space to scale as a bar, and below it, joined to it, what is too small there enlarged."""
    shown = strips(firmware_map)
    if not shown:
        return "<p>No memory is described.</p>"
    boxes = _boxes(shown)
    height = (shown[-1].depth + 1) * _ROW - (_ROW - _BAR - 20)
    body = "".join(_zoom(strip, boxes) for strip in shown) + "".join(_bar(strip, boxes[strip]) for strip in shown)
    rest = beyond(firmware_map)
    note = f"further up: {len(rest)} more, from {rest[0].base:#x} to {rest[-1].end:#x}" if rest else ""
    return (
        f'<svg viewBox="-1 -1 {WIDTH + 2} {height}" role="img" aria-label="the address space to scale">{body}</svg>'
        f"<p>{_legend(shown)} <span class='faint'>{escape(note)}</span></p>"
    )


def grid_svg(plan: PageMapPlan) -> str:
    """Return the page map as a grid, a cell one page or a power of two of them."""
    pages = max(1, len(plan.states))
    per_cell = pages_per_cell(pages)
    cells = [_cell_colour(plan.states[start : start + per_cell]) for start in range(0, pages, per_cell)]
    rows = -(-len(cells) // GRID_COLUMNS)
    rectangles = "".join(_grid_run(*run, per_cell) for run in _equal_cells(cells))
    each = "one page" if per_cell == 1 else f"{per_cell} pages"
    return (
        f"<p class='faint'>Each cell is {each} ({escape(format_size(per_cell * PAGE_SIZE))}): "
        f"{''.join(_key_named(name, name) for name in ('used', 'free', 'absent', 'mixed'))}</p>"
        f'<svg viewBox="-1 -1 {WIDTH + 2} {rows * _CELL + 2}" role="img" aria-label="the page map">{rectangles}</svg>'
    )


Box = tuple[float, float, int]
"""Left edge, width, top."""


def _boxes(shown: Sequence[Strip]) -> dict[Strip, Box]:
    """Place each depth in a row of its own, the enlargements of a row side by side, in order of address."""
    boxes: dict[Strip, Box] = {}
    for depth in range(shown[-1].depth + 1):
        row = sorted((strip for strip in shown if strip.depth == depth), key=lambda strip: strip.start)
        width = (WIDTH - _GAP * (len(row) - 1)) / len(row)
        for place, strip in enumerate(row):
            boxes[strip] = (place * (width + _GAP), width, depth * _ROW)
    return boxes


def _zoom(strip: Strip, boxes: dict[Strip, Box]) -> str:
    """Return the wedge that joins an enlargement to its place in the strip above."""
    if strip.parent is None:
        return ""
    left, width, top = boxes[strip]
    above_left, above_width, above_top = boxes[strip.parent]
    scale = above_width / strip.parent.size
    first = above_left + (strip.start - strip.parent.start) * scale
    last = max(first + 1, above_left + (strip.end - strip.parent.start) * scale)
    bottom = above_top + _BAR
    return (
        f'<polygon class="zoom" points="{first:.1f},{bottom} {last:.1f},{bottom} '
        f'{left + width:.1f},{top} {left:.1f},{top}"/>'
    )


def _bar(strip: Strip, box: Box) -> str:
    left, width, top = box
    # The smallest last, so that no neighbour covers them.
    by_size = sorted(strip.stretches, key=lambda stretch: -stretch.size)
    stretches = "".join(_stretch(stretch, strip, box) for stretch in by_size)
    # Two addresses have to fit; in a narrow bar the second would run over the first.
    labels = f'<text x="{left:.1f}" y="{top + _BAR + 13}">{strip.start:#x}</text>'
    if width > _LETTER * (len(f"{strip.start:#x}{strip.end:#x}") + 2):
        labels += f'<text x="{left + width:.1f}" y="{top + _BAR + 13}" text-anchor="end">{strip.end:#x}</text>'
    frame = f'<rect class="frame" x="{left:.1f}" y="{top}" width="{width:.1f}" height="{_BAR}"/>'
    return stretches + frame + labels


def _stretch(stretch: Stretch, strip: Strip, box: Box) -> str:
    left, width, top = box
    start = left + (stretch.start - strip.start) / strip.size * width
    size = max(SLIVER, stretch.size / strip.size * width)
    name = escape(_name(stretch.type))
    title = f"{stretch.start:#x} to {stretch.end:#x}: {name}, {escape(format_size(stretch.size))}"
    # A stretch at the edge of an enlargement goes on beyond it: its size there says nothing.
    goes_on = strip.parent is not None and (stretch.start == strip.start or stretch.end == strip.end)
    text = name if goes_on else f"{name} {escape(format_size(stretch.size))}"
    label = ""
    if size > _LETTER * len(text) + 8 and stretch.type is not None:
        label = f'<text class="inside" x="{start + 4:.1f}" y="{top + 19}">{text}</text>'
    return (
        f'<rect x="{start:.2f}" y="{top}" width="{size:.2f}" height="{_BAR}" '
        f'fill="var(--{_COLOURS.get(stretch.type, "other")})"><title>{title}</title></rect>{label}'
    )


def _legend(shown: Sequence[Strip]) -> str:
    types = {stretch.type for strip in shown for stretch in strip.stretches}
    order = sorted(types, key=lambda kind: (kind is None, kind))
    return " ".join(_key_named(_COLOURS.get(kind, "other"), _name(kind)) for kind in order)


def _key_named(colour: str, name: str) -> str:
    return f"{_square(colour)}{escape(name)} &nbsp; "


def _key(kind: int) -> str:
    return _square(_COLOURS.get(kind, "other"))


def _square(colour: str) -> str:
    return f'<span class="key" style="background: var(--{colour})"></span>'


def _text(kind: int) -> str:
    return escape(_name(kind))


def _name(kind: int | None) -> str:
    return "not described" if kind is None else KINDS.get(kind, f"type {kind}")


def _cell_colour(states: bytes) -> str:
    if not states or states.count(states[0]) == len(states):
        return _PAGE_COLOURS.get(states[0] if states else ABSENT, "mixed")
    return "mixed"


def _equal_cells(cells: Sequence[str]) -> Iterator[tuple[int, int, str]]:
    """Yield first cell, number of cells and colour of each run, cut at the ends of rows."""
    start = 0
    for place in range(1, len(cells) + 1):
        if place == len(cells) or cells[place] != cells[start] or place % GRID_COLUMNS == 0:
            yield start, place - start, cells[start]
            start = place


def _grid_run(start: int, count: int, colour: str, per_cell: int) -> str:
    row, column = divmod(start, GRID_COLUMNS)
    first, last = start * per_cell, (start + count) * per_cell - 1
    pages = f"page {first:,}" if first == last else f"pages {first:,} to {last:,}"
    return (
        f'<rect x="{column * _CELL}" y="{row * _CELL}" width="{count * _CELL - 1}" height="{_CELL - 1}" '
        f'fill="var(--{colour})"><title>{pages}: {colour}</title></rect>'
    )


def _fragment(*parts: str) -> str:
    return f'<div class="allocator-firmware">{STYLE}{"".join(parts)}</div>'
