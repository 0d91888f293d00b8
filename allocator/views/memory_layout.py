"""Show what lies where in physical memory after a boot, as it is drawn in the description of every loader.

    memory           size     what                                          from step
    000000-0003ff    1 KiB    interrupt vectors of real mode
    007c00-007dff    512      read from the disk: boot_start                11
    008000-009fff    8 KiB    read from the disk: bridge_start              67
    030000-035fff    24 KiB   page tables of CR3 30000                      58408

All of it is found in the trace: what firmware read from a disk, tables that were loaded, where calls and pushes wrote,
and what every PC has. Areas may lie in one another, as a GDT in the sectors that it was read with.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import NamedTuple

from allocator.addresses import Range
from allocator.machine.bios_memory import SMAP
from allocator.machine.disk import SECTOR_SIZE
from allocator.trace.schema import MAKERS
from allocator.trace.system_history import loaded_table
from allocator.trace.trace import Trace
from allocator.units import FRAME_SIZE, format_size
from allocator.views.html_style import fragment, row, table, text
from allocator.views.ink import PLAIN, Ink
from allocator.views.mode_ladder import mode_ladder
from allocator.views.text_table import text_table

HEAD = ("memory", "size", "what", "from step")
TITLE = "Memory after the boot"
_FIRMWARE = MAKERS.index("firmware")
_PUSHING = "push|call|int|pusha|pushad|enter"
_MOST_PUSHES = 4096
_ENTRY_SIZES = (20, 24)
_STACK_REACH = 4096
"""Stores of a stack that lie nearer to each other are one stack."""


class Area(NamedTuple):
    """Physical memory from `start` to `end`, what lies there, and from which step on."""

    start: int
    end: int
    what: str
    step: int | None = None


_FIXED = (
    Area(0, 0x400, "interrupt vectors of real mode"),
    Area(0x400, 0x500, "data of the BIOS"),
    Area(0xF0000, 0x100000, "ROM of the BIOS"),
)  # as on every PC since 1981


def memory_layout(trace: Trace) -> tuple[Area, ...]:
    """Return what lies where, in the order of addresses, the larger area first."""
    found = [*_FIXED, *_from_firmware(trace), *_descriptor_tables(trace), *_page_tables(trace), *_stacks(trace)]
    found += _page_map(trace)
    return tuple(sorted(dict.fromkeys(found), key=lambda area: (area.start, -area.end)))


def memory_layout_text(areas: Iterable[Area], ink: Ink = PLAIN, width: int | None = None) -> str:
    """Return a line for each area."""
    return text_table(HEAD, list(map(_cells, areas)), ink, width)


def memory_layout_html(areas: Iterable[Area]) -> str:
    """Return a row for each area."""
    rows = (row(*map(text, cells[:-1]), text(cells[-1], "faint")) for cells in map(_cells, areas))
    return fragment(table(TITLE, HEAD, rows))


def _cells(area: Area) -> tuple[str, str, str, str]:
    span = f"{area.start:06x}-{area.end - 1:06x}"
    return span, format_size(area.end - area.start), area.what, "" if area.step is None else f"{area.step}"


def _from_firmware(trace: Trace) -> Iterator[Area]:
    """Yield what services of the firmware stored: sectors of the disk, those in a row as one area, and the E820 map."""
    rows = sorted(row for row, maker in trace.columns.makers.items() if maker == _FIRMWARE)
    written = [(trace.access_at(row), trace.step_of_access(row)) for row in rows]
    stored = [(access, step) for access, step in written if access.kind == "write"]
    sectors = (Area(access.physical, access.physical + access.size, "", step) for access, step in stored
               if access.size >= SECTOR_SIZE and access.size % SECTOR_SIZE == 0)  # fmt: skip
    for area in _joined(sectors):
        yield area._replace(what=f"read from the disk{_first_label(trace, area)}")
    entries: dict[int, Area] = {}
    for access, step in stored:
        if access.size in _ENTRY_SIZES and trace[step].after.eax == SMAP:
            area = Area(access.physical, access.physical + access.size, "entries of the firmware map, by E820", step)
            entries.setdefault(area.start, area)
    yield from _joined(sorted(entries.values()))


def _first_label(trace: Trace, area: Area) -> str:
    symbols = trace.image.symbols
    inside = [(symbols[name], name) for name in trace.image.labels if area.start <= symbols[name] < area.end]
    return f": {min(inside)[1]}" if inside else ""


def _joined(areas: Iterable[Area]) -> list[Area]:
    found: list[Area] = []
    for area in areas:
        if found and (found[-1].end, found[-1].what) == (area.start, area.what):
            found[-1] = found[-1]._replace(end=area.end)
        else:
            found.append(area)
    return found


def _descriptor_tables(trace: Trace) -> Iterator[Area]:
    for name, instruction in (("GDT", "lgdt"), ("IDT", "lidt")):
        for step in islice(trace.instructions(instruction), _MOST_PUSHES):
            base, limit = loaded_table(step)
            physical = step.translate(base).physical
            if limit >= 7 and physical is not None:  # a limit of 0 takes the table away
                yield Area(physical, physical + limit + 1, name, step.index)


def _page_tables(trace: Trace) -> Iterator[Area]:
    """Yield the frames that hold page tables, each with all roots that lead to it."""
    first: dict[int, int] = {}
    roots: dict[int, set[int]] = {}
    for rung in mode_ladder(trace):
        found = trace.processor_at(rung.step).page_tables()
        for place in found.tables:
            first.setdefault(place, rung.step)
            roots.setdefault(place, set()).add(found.paging.root)
    named = ((place, " and ".join(f"{root:x}" for root in sorted(roots[place]))) for place in sorted(roots))
    frames = (Area(place, place + FRAME_SIZE, f"page tables of CR3 {names}", first[place]) for place, names in named)
    yield from _joined(frames)


def _stacks(trace: Trace) -> Iterator[Area]:
    """Yield where calls, pushes and interrupts stored, what lies near together as one stack."""
    stores = sorted(
        (access.physical, access.physical + access.size, step.index)
        for step in islice(trace.instructions(_PUSHING), _MOST_PUSHES)
        for access in step.accesses
        if access.kind == "write" and access.by in ("program", "interrupt") and access.size <= 8
    )
    found: list[Area] = []
    for start, end, step in stores:
        if found and start - found[-1].end <= _STACK_REACH:
            last = found[-1]
            found[-1] = Area(last.start, max(end, last.end), "stack", min(step, last.step or 0))
        else:
            found.append(Area(start, end, "stack", step))
    yield from found


def _page_map(trace: Trace) -> Iterator[Area]:
    start = trace.image.symbols.get("os_MemoryMap")
    last = None if start is None else trace.last_write(Range(start, start + 1))
    if start is not None and last is not None:
        pages = trace.memory_at("end", start, 1 << 16)
        size = max((number for number, state in enumerate(pages) if state), default=0) + 1
        yield Area(start, start + size, "page map", last.index)
