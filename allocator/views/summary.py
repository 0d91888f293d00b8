"""Say in a few lines what was called, and how it ended.

The ending names what the routine returned, the pages whose state it changed, and how long it took.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby

from allocator.machine.firmware_map import FirmwareMap
from allocator.machine.page_map import state_name
from allocator.machine.run import PageChange, Run
from allocator.registers import GENERAL
from allocator.source import printable
from allocator.units import PAGE_SIZE, counted
from allocator.views.ink import PLAIN, Ink
from allocator.views.names import Names, page_range

MAX_PAGE_LINES = 8


def opening(run: Run, arguments: Sequence[str], firmware_map: FirmwareMap, ink: Ink = PLAIN) -> Iterator[str]:
    """Yield what is called with what (``arguments`` as the caller wrote them), and on which machine."""
    yield ink.paint("  ".join(printable(word) for word in (run.routine, *arguments)), "heading")
    sources = ", ".join(printable(source.name) for source in run.image.sources)
    yield f"{sources} on a machine of {printable(firmware_map.name)}; {_start(run)}"


def _start(run: Run) -> str:
    registers = run.before
    if run.image.bits_at(run.entry) == 16:  # what is shown everywhere is linear: selector times 16 plus offset
        return (
            f"CS:IP = {registers.cs:04x}:{registers.ip:04x}, stack = {registers.ss:04x}:{registers.sp:04x} at the start"
        )
    return f"stack = {registers.rsp:#x} at the start"


def ending(run: Run, steps: int, ink: Ink = PLAIN) -> Iterator[str]:
    """Yield how a run that was no fault ended, and what it left."""
    names = Names(run)
    yield ink.paint(f"{run.stop.kind} after {counted(steps, 'step')}", "good")
    yield f"  {'  '.join(_registers(run, names))}"
    yield f"  {' '.join(f'{flag.upper()}={run.registers[flag]}' for flag in ('cf', 'zf', 'sf', 'of', 'df'))}"
    yield from (f"  {line}" for line in changed_pages(run.pages_changed))


def changed_pages(changes: Mapping[int, PageChange]) -> Iterator[str]:
    """Yield a line for each stretch of pages that changed alike."""
    stretches = [list(group) for _, group in groupby(enumerate(changes.items()), _stretch_key)]
    for stretch in stretches[:MAX_PAGE_LINES]:
        first, change = stretch[0][1]
        start, end = first * PAGE_SIZE, (first + len(stretch)) * PAGE_SIZE
        pages = page_range(first, len(stretch))
        yield f"{pages}: {state_name(change.before)} -> {state_name(change.after)}  ({start:#x}..{end:#x})"
    if len(stretches) > MAX_PAGE_LINES:
        yield f"... and {len(stretches) - MAX_PAGE_LINES:,} more stretches of pages"
    if not stretches:
        yield "no page changed its state"


def _stretch_key(numbered: tuple[int, tuple[int, PageChange]]) -> tuple[int, PageChange]:
    position, (page, change) = numbered
    return page - position, change


def _registers(run: Run, names: Names) -> Iterator[str]:
    before, after = run.before, run.registers
    changed = [name for name in GENERAL if before[name] != after[name] and name not in ("rax", "rsp")]
    for name in ["rax", *changed]:
        value = after[name]
        meaning = names.value(value)
        number = f"{value:#x}" if value else "0"
        yield f"{name} = {number}" if meaning in (number, str(value)) else f"{name} = {number} ({meaning})"
