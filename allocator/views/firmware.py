"""Show a firmware map and its page maps as text: tables, strips to scale, runs, a grid, and an explanation.

Every function takes a noun and returns lines without a final newline. With ``color=True`` they hold ANSI
colours; without, what a colour says is said by a character. The HTML twin is `firmware_html`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby

from allocator.machine.firmware_map import FirmwareMap
from allocator.machine.firmware_presets import Preset
from allocator.machine.firmware_problems import Problem
from allocator.machine.page_map import ABSENT, FREE, STATE_NAMES, USED, PageMapPlan, PageRun
from allocator.machine.region import ACPI_DATA, ACPI_NVS, DISABLED, KINDS, RESERVED, SOFT_RESERVED, UNUSABLE, USABLE
from allocator.units import PAGE_SIZE, format_size
from allocator.views.firmware_story import policy_story
from allocator.views.firmware_strip import Strip, beyond, strips

RESET = "\x1b[0m"

# Character and ANSI colour; what is not listed is a type of its own.
_LOOKS: dict[int | None, tuple[str, str]] = {
    USABLE: ("#", "\x1b[32m"),
    RESERVED: ("r", "\x1b[31m"),
    ACPI_DATA: ("a", "\x1b[33m"),
    ACPI_NVS: ("n", "\x1b[35m"),
    UNUSABLE: ("x", "\x1b[91m"),
    DISABLED: ("d", "\x1b[91m"),
    SOFT_RESERVED: ("s", "\x1b[36m"),
    7: ("p", "\x1b[34m"),
    12: ("p", "\x1b[34m"),
    None: (".", "\x1b[2m"),
}
_OTHER = ("?", "\x1b[36m")
_PAGE_LOOKS = {ABSENT: (" ", ""), FREE: (".", "\x1b[32m"), USED: ("U", "\x1b[31m")}
_MIXED_PAGES = ("+", "\x1b[33m")

GRID_COLUMNS = 64
GRID_ROWS = 32
SAME_ROWS = "      *"


def firmware_table(firmware_map: FirmwareMap, color: bool = False) -> str:
    """Return the entries as given, one a line, with a mark at those that a problem names."""
    marked = {number for problem in firmware_map.problems for number in problem.entries}
    lines = ["   #             start               end           size  type"]
    for number, entry in enumerate(firmware_map.entries):
        end = f"{entry.end:016x}" if entry.end < 1 << 64 else "1" + 16 * "0"
        kind = _painted(_kind(entry.type), _look(entry.type)[1], color)
        attributes = "" if entry.attributes is None else f"  attributes {entry.attributes:#x}"
        mark = "!" if number in marked else " "
        size = format_size(entry.length)
        lines.append(f"{mark}{number:3}  {entry.base:016x}  {end:>16}  {size:>13}  {kind}{attributes}")
    total = format_size(firmware_map.usable_bytes)
    lines.append(f"{len(firmware_map.entries)} entries, {total} usable ({firmware_map.usable_bytes:,} bytes)")
    return "\n".join(lines)


def problem_list(problems: Iterable[Problem]) -> str:
    """Return the problems, one a line; empty when there are none."""
    return "\n".join(f"! {problem.kind}: {problem.message}" for problem in problems)


def firmware_strip(firmware_map: FirmwareMap, width: int = 72, color: bool = False) -> str:
    """Return the address space to scale, `width` cells wide, the parts that are too small enlarged below."""
    shown = strips(firmware_map)
    if not shown:
        return "no memory is described"
    lines = [line for strip in shown for line in _strip_lines(strip, width, color)]
    rest = beyond(firmware_map)
    if rest:
        lines.append(
            f"further up: {len(rest)} region{'s' * (len(rest) > 1)} from {rest[0].base:#x} to {rest[-1].end:#x}"
        )
    return "\n".join([*lines, _legend(shown, color)])


def page_runs(plan: PageMapPlan, color: bool = False) -> str:
    """Return the page map as runs of one state, with their addresses."""
    lines = [f"policy {plan.policy}: os_MemAmount {plan.mem_amount_mib:,} MiB, {plan.count(FREE):,} pages free"]
    for run in plan.runs:
        name = _painted(f"{STATE_NAMES.get(run.state, str(run.state)):7}", _page_look(run.state)[1], color)
        size = format_size(run.count * PAGE_SIZE)
        last = run.end * PAGE_SIZE - 1
        lines.append(f"  {_pages(run):>15}  {name} {run.start * PAGE_SIZE:010x}-{last:010x}  {size}")
    return "\n".join(lines)


def page_grid(plan: PageMapPlan, color: bool = False) -> str:
    """Return the page map as rows of cells, a cell one page or more so that 32 rows suffice; equal rows are a ``*``."""
    pages = max(1, len(plan.states))
    per_cell = pages_per_cell(pages)
    cells = [_cell_look(plan.states[start : start + per_cell]) for start in range(0, pages, per_cell)]
    each = "one page" if per_cell == 1 else f"{per_cell} pages"
    lines = [f"each cell is {each} ({format_size(per_cell * PAGE_SIZE)}); U used, . free, blank absent, + mixed"]
    rows = [cells[first : first + GRID_COLUMNS] for first in range(0, len(cells), GRID_COLUMNS)]
    for number, row in enumerate(rows):
        if 0 < number < len(rows) - 1 and rows[number - 1] == row:
            lines += [SAME_ROWS] if lines[-1] != SAME_ROWS else []
        else:
            lines.append(f"{number * GRID_COLUMNS * per_cell:7} |{_painted_cells(row, color)}|")
    return "\n".join(lines)


def pages_per_cell(pages: int) -> int:
    """Return how many pages a cell of the grid stands for: the least power of two that fits."""
    per_cell = 1
    while -(-pages // per_cell) > GRID_COLUMNS * GRID_ROWS:
        per_cell *= 2
    return per_cell


def policy_report(firmware_map: FirmwareMap) -> str:
    """Return what each policy hands out first on this machine, and why."""
    return "\n".join(policy_story(firmware_map))


def preset_list(presets: Sequence[Preset]) -> str:
    """Return the machines that have a name, one a line."""
    return "\n".join(_preset_line(preset) for preset in presets)


def _preset_line(preset: Preset) -> str:
    usable = format_size(FirmwareMap(preset.entries).usable_bytes)
    return f"{preset.name:23} {preset.kind:8} {len(preset.entries):2} entries {usable:>11} usable  {preset.about}"


def _strip_lines(strip: Strip, width: int, color: bool) -> list[str]:
    cells = [_cell(strip, index, width) for index in range(width)]
    title = "to scale" if strip.parent is None else "enlarged"
    scale = format_size(max(1, strip.size // width))
    ends = f"{strip.start:#x} to {strip.end:#x} ({format_size(strip.size)}, a cell is {scale})"
    return [f"{title}: {ends}", f"  |{_painted_cells(cells, color)}|"]


def _cell(strip: Strip, index: int, width: int) -> tuple[str, str]:
    """Return the look of the type that has most of a cell."""
    start = strip.start + strip.size * index // width
    end = max(start + 1, strip.start + strip.size * (index + 1) // width)
    sizes: dict[int | None, int] = {}
    for stretch in strip.within(start, end):
        sizes[stretch.type] = sizes.get(stretch.type, 0) + stretch.size
    return _look(max(sizes, key=lambda kind: sizes[kind])) if sizes else _look(None)


def _legend(shown: Sequence[Strip], color: bool) -> str:
    types = {stretch.type for strip in shown for stretch in strip.stretches}
    order = sorted(types, key=lambda kind: (kind is None, kind))
    looks = {_look(kind)[0]: (kind, _look(kind)[1]) for kind in order}
    return "  ".join(f"{_painted(sign, paint, color)} {_named(kind)}" for sign, (kind, paint) in looks.items())


def _named(kind: int | None) -> str:
    if kind is None:
        return "not described"
    return KINDS.get(kind, "other type")


def _kind(type_number: int) -> str:
    known = KINDS.get(type_number)
    return f"{type_number}  {known}" if known and type_number < 100 else known or f"type {type_number}"


def _look(kind: int | None) -> tuple[str, str]:
    return _LOOKS.get(kind, _OTHER)


def _page_look(state: int) -> tuple[str, str]:
    return _PAGE_LOOKS.get(state, _OTHER)


def _cell_look(states: bytes) -> tuple[str, str]:
    if not states or states.count(states[0]) == len(states):
        return _page_look(states[0] if states else ABSENT)
    return _MIXED_PAGES


def _painted_cells(cells: Sequence[tuple[str, str]], color: bool) -> str:
    """Colour each run of equal cells once."""
    return "".join(_painted(sign * len(list(run)), paint, color) for (sign, paint), run in groupby(cells))


def _painted(text: str, paint: str, color: bool) -> str:
    return f"{paint}{text}{RESET}" if color and paint else text


def _pages(run: PageRun) -> str:
    return f"page {run.start}" if run.count == 1 else f"{run.start}-{run.end - 1}"
