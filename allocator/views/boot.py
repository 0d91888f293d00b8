"""Tell the story of a boot: the modes it went through, what the firmware was asked, what was said, what came of it.

`boot_object` is the same as data (``allocator.boot/1``).
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from itertools import groupby
from textwrap import wrap
from typing import Any

from allocator.errors import MachineError
from allocator.machine.bios_video import picture_lines, screen_lines
from allocator.machine.disk import FLOPPY_DRIVE, HARD_DRIVE
from allocator.machine.page_map import PageMapPlan
from allocator.source import printable
from allocator.trace.boot_journey import Journey
from allocator.trace.broken_rule import BrokenRule
from allocator.views.broken_rules import broken_rules_object
from allocator.views.firmware import page_grid
from allocator.views.firmware_calls import call_objects, calls_text
from allocator.views.firmware_story import taken_story
from allocator.views.ink import PLAIN, Ink
from allocator.views.mode_ladder import mode_ladder, mode_ladder_text
from allocator.views.port_names import unanswered_text
from allocator.views.run_json import source_names, stop_object

FORMAT = "allocator.boot/1"
WIDTH = 100
MAX_CALLS = 60
"""Calls of the firmware that are listed; a loader that waits for a key makes millions."""
MAX_RUNGS = 24
"""Changes of mode that are shown; a loader that calls firmware from protected mode makes thousands."""
_MAX_SAID = 40
_DISK = 0x13
_FIRST_DRIVES = {FLOPPY_DRIVE, HARD_DRIVE}


def boot_json(journey: Journey, rules: Sequence[BrokenRule] = ()) -> str:
    """Return `boot_object` as JSON text."""
    return json.dumps(boot_object(journey, rules), indent=1)


def boot_object(journey: Journey, rules: Sequence[BrokenRule] = ()) -> dict[str, Any]:
    """Return what ``boot --json`` prints; `rules` are those that the boot broke."""
    pc, trace = journey.pc, journey.trace
    allocation = journey.allocation
    return {
        "format": FORMAT,
        "disk": pc.disk.name,
        "sources": source_names(trace.run),
        "firmware": list(pc.firmware),
        "policy": pc.policy,
        "modes": [{"step": change.step, "mode": change.mode} for change in trace.modes],
        "entries": pc.bios.firmware_map.to_object()["entries"],
        "pages": [{"start": run.start, "count": run.count, "state": run.state} for run in _page_map(journey).runs],
        "allocation": {"count": allocation.count, "rax": hex(allocation.rax)} if allocation else None,
        "calls": call_objects(journey.calls[:MAX_CALLS]),
        "console": pc.console.text,
        "screen": screen_lines(pc.read),
        "rules": broken_rules_object(rules),
        "stop": stop_object(trace.run),
        "steps": len(trace),
    }


def _page_map(journey: Journey) -> PageMapPlan:
    """Return the page map as the program left it; an empty one where it keeps none."""
    pc = journey.pc
    try:
        states = bytes(pc.page_map).rstrip(b"\0") if _has_page_map(journey) else b""
        return PageMapPlan(pc.policy, states, pc.mem_amount, ())
    except MachineError:  # there is no memory where it would be
        return PageMapPlan(pc.policy, b"", 0, ())


def _has_page_map(journey: Journey) -> bool:
    """Tell whether the program is one that keeps a page map: it says so by a label or a constant."""
    return "os_MemoryMap" in journey.pc.image.symbols


def boot_lines(journey: Journey, ink: Ink = PLAIN, width: int | None = None) -> Iterator[str]:
    """Yield the story, up to how it ended; its tables are not wider than `width`."""
    pc = journey.pc
    yield ink.paint(
        f"boot of {printable(pc.disk.name)} on a machine of {printable(pc.bios.firmware_map.name)}", "heading"
    )
    yield from (f"note: {printable(note)}" for note in pc.disk.notes)
    yield ""
    yield from _modes(journey, ink, width)
    yield from _asked(journey, ink, width)
    yield from _tried_in_vain(journey)
    yield from _said(journey, ink)
    yield from _shown(journey, ink)
    yield from _came_of_it(journey, ink)


def _modes(journey: Journey, ink: Ink, width: int | None) -> Iterator[str]:
    yield ink.paint("the modes it went through", "heading")
    rungs = mode_ladder(journey.trace)
    yield mode_ladder_text(rungs[:MAX_RUNGS], ink, width)
    if len(rungs) > MAX_RUNGS:
        yield f"... and {len(journey.trace.modes) - MAX_RUNGS:,} more changes of mode"
    yield ""


def _asked(journey: Journey, ink: Ink, width: int | None) -> Iterator[str]:
    calls = journey.calls
    if not calls:
        return
    yield ink.paint("what the firmware was asked", "heading")
    yield from calls_text(calls, ink, width, MAX_CALLS).split("\n")
    yield ""


def _tried_in_vain(journey: Journey) -> Iterator[str]:
    """Yield what the program asked for and this machine does not have: another drive, ports without a device."""
    own = journey.pc.disk.drive
    asked = {call.before.dl for call in journey.calls if call.vector == _DISK and call.after.cf} - {own}
    hint = "" if own == FLOPPY_DRIVE else " (--floppy makes a floppy of it)"
    notes = [
        f"note: the program asked for drive {drive:02X}h, and this disk is drive {own:02X}h{hint}"
        for drive in sorted(asked & _FIRST_DRIVES)
    ]
    if journey.pc.devices.unanswered:
        notes += wrap(f"note: ports without a device here: {unanswered_text(journey.pc.devices.unanswered)}", WIDTH)
    yield from [*notes, ""] if notes else []


def _said(journey: Journey, ink: Ink) -> Iterator[str]:
    lines = [line for line in journey.pc.console.text.splitlines() if line.strip()]
    if not lines:
        return
    yield ink.paint("what was said on screen and at the ports", "heading")
    folded = [(printable(line)[:WIDTH], len(list(same))) for line, same in groupby(lines)]
    yield from (f"  {line}{f'  x{count}' if count > 1 else ''}" for line, count in folded[-_MAX_SAID:])
    yield ""


def _shown(journey: Journey, ink: Ink) -> Iterator[str]:
    """Yield the screen, unless the last lines of what was said are all that stands there; or the picture on it."""
    lines, picture = screen_lines(journey.pc.read), picture_lines(journey.pc.read)
    said = {line.rstrip() for line in journey.pc.console.text.splitlines()}
    if all(line in said for line in lines) and not any(picture):
        return
    title = "what stands on the screen at the end" if lines else "what the picture looks like: 320 x 200 pixels"
    yield ink.paint(title, "heading")
    yield from (f"  |{printable(line)}" for line in lines or picture)
    yield ""


def _came_of_it(journey: Journey, ink: Ink) -> Iterator[str]:
    plan = _page_map(journey)
    if not plan.states:
        return
    yield page_grid(plan, ink.is_on)
    allocation = journey.allocation
    if allocation is None:
        return
    yield ""
    if not allocation.rax:
        yield ink.paint(f"os_mem_allocate had no {allocation.count} pages: it returned 0", "error")
        return
    yield ink.paint(f"os_mem_allocate handed out {allocation.rax:#x} for a request of {allocation.count}", "good")
    yield from wrap(taken_story(journey.pc.bios.firmware_map, allocation.changes), WIDTH)
