"""Show how an address becomes a place in memory, mode by mode: where the code itself lay at each change of mode.

    step   mode         code         segmentation         linear    paging                    physical
    0      real16       f000:fff0    f000 times 16        000ffff0                            000ffff0
    880    protected32  8:0000812c   GDT entry 1, base 0  0000812c                            0000812c
    903    paged32      8:00008194   GDT entry 1, base 0  00008194  4 MiB page: directory 0   00008194

It goes with the ladder of modes (`mode_ladder.py`), which says what prepared each change. In 64-bit code no segment has
a base, so that segmentation has nothing to say.
"""

from __future__ import annotations

from typing import NamedTuple

from allocator.machine.paging import Walk
from allocator.machine.translation import SegmentUse, Translation
from allocator.trace.trace import Trace
from allocator.units import format_size
from allocator.views.html_style import fragment, row, table, text
from allocator.views.ink import PLAIN, Ink
from allocator.views.mode_ladder import mode_ladder
from allocator.views.text_table import text_table
from allocator.views.translation import address_fields, fault_words

HEAD = ("step", "mode", "code", "segmentation", "linear", "paging", "physical")
TITLE = "Where the code lay"


class ModeAddress(NamedTuple):
    """The code at a change of mode: its step, its mode, and how CS and IP led to memory."""

    step: int
    mode: str
    translation: Translation


def mode_addresses(trace: Trace) -> tuple[ModeAddress, ...]:
    """Return how the first instruction in each mode, or under other page tables, was found in memory."""
    return tuple(ModeAddress(rung.step, rung.mode, _of_code(trace, rung.step)) for rung in mode_ladder(trace))


def mode_addresses_text(found: tuple[ModeAddress, ...], ink: Ink = PLAIN, width: int | None = None) -> str:
    """Return a line for each change of mode."""
    return text_table(HEAD, list(map(_cells, found)), ink, width)


def mode_addresses_html(found: tuple[ModeAddress, ...]) -> str:
    """Return the same as a table."""
    rows = (
        row(text(step, "faint"), text(mode, "changed"), *map(text, rest))
        for step, mode, *rest in map(_cells, found)
    )  # fmt: skip
    return fragment(table(TITLE, HEAD, rows))


def _of_code(trace: Trace, step: int) -> Translation:
    processor = trace.processor_at(step)
    return processor.translate(f"cs:{trace[step].place.offset:#x}")


def _cells(found: ModeAddress) -> tuple[str, ...]:
    used, walk = found.translation.segment, found.translation.walk
    assert used is not None
    digits = 4 if used.slot is None and used.offset <= 0xFFFF else 8
    code = f"{used.selector:x}:{used.offset:0{digits}x}"
    linear, physical = (_eight(each) for each in (found.translation.address, found.translation.physical))
    by_segment = "" if found.mode == "long64" else segmentation_words(used)
    return str(found.step), found.mode, code, by_segment, linear, paging_words(walk), physical


def _eight(address: int | None) -> str:
    return "none" if address is None else f"{address:08x}"


def segmentation_words(used: SegmentUse) -> str:
    """Return where the base that is added to an offset comes from."""
    if used.slot is None and used.base == used.selector << 4:
        return f"{used.selector:x} times 16"
    if used.slot is None or used.problem:
        return f"base {used.base:x}, as before"
    return f"{used.slot.table.upper()} entry {used.slot.index}, base {used.base:x}"


def paging_words(walk: Walk | None) -> str:
    """Return the size of the page, and the entries that led there; "" where paging is off."""
    if walk is None or not (walk.steps or walk.fault):
        return ""
    if walk.physical is None:
        return fault_words(walk)
    return f"{format_size(walk.page_size)} page: {', '.join(field.words for field in address_fields(walk)[:-1])}"
