"""Show descriptor tables as tables, as text and as HTML: GDT, LDT, IDT, and the vectors of real mode.

Runs of entries that are empty, or vectors that lead to one place, are one row. The null descriptor is never read by a
processor, so that whatever a program keeps there (often the operand of LGDT) is nothing wrong.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby

from allocator.machine.descriptor_tables import DescriptorTable, Slot, Vector
from allocator.machine.segments import DESCRIPTOR_SIZE, Descriptor, Gate, Segment
from allocator.views.html_style import fragment, row, table, text
from allocator.views.ink import PLAIN, Ink
from allocator.views.text_table import text_table
from allocator.views.translation import kind_words, segment_flags

Row = tuple[str, ...]
SEGMENT_HEAD = ("selector", "at", "bytes", "kind", "base", "limit", "DPL", "register", "and")
GATE_HEAD = ("vector", "at", "bytes", "kind", "leads to", "DPL", "and")
VECTOR_HEAD = ("vector", "at", "segment:offset", "address", "and")
NO_ENTRY = "no entry fits: any interrupt or exception is a triple fault"


def descriptor_table_text(shown: DescriptorTable, ink: Ink = PLAIN, width: int | None = None) -> str:
    """Return a heading and a line for each descriptor."""
    parts = [ink.paint(table_title(shown), "heading")]
    if _has_no_entry(shown):
        return f"{parts[0]}\n{NO_ENTRY}"
    if shown.problem:
        parts.append(ink.paint(f"! {shown.problem}", "error"))
    if shown.slots:
        parts.append(text_table(table_head(shown), list(table_rows(shown)), ink, width))
    return "\n".join(parts)


def descriptor_table_html(shown: DescriptorTable) -> str:
    """Return a table with a row for each descriptor."""
    if _has_no_entry(shown):
        return fragment(table(table_title(shown), (), ()), f"<p>{text(NO_ENTRY)}</p>")
    note = f"<p>{text(shown.problem, 'fault')}</p>" if shown.problem else ""
    return fragment(table(table_title(shown), table_head(shown), map(_html_row, table_rows(shown))), note)


def _has_no_entry(shown: DescriptorTable) -> bool:
    """Tell whether it is an IDT that somebody loaded to have none: the usual way to switch modes in peace."""
    return shown.name == "idt" and shown.limit < DESCRIPTOR_SIZE - 1


def vectors_text(vectors: Iterable[Vector], ink: Ink = PLAIN, width: int | None = None) -> str:
    """Return the vectors of real mode, those that follow each other to one place in one line."""
    return text_table(VECTOR_HEAD, list(_vector_rows(vectors)), ink, width)


def vectors_html(vectors: Iterable[Vector]) -> str:
    """Return the vectors of real mode as a table."""
    return fragment(table("Interrupt vectors", VECTOR_HEAD, map(_html_row, _vector_rows(vectors))))


def table_title(shown: DescriptorTable) -> str:
    """Return the name of a table, where it lies and how long it is."""
    return f"{shown.name.upper()} at {shown.base:x}, limit {shown.limit:x}"


def table_head(shown: DescriptorTable) -> Row:
    """Return the names of the columns."""
    return GATE_HEAD if shown.name == "idt" else SEGMENT_HEAD


def table_rows(shown: DescriptorTable) -> Iterator[Row]:
    """Yield a row for each descriptor, one for a run of empty ones."""
    to_row = _gate_row if shown.name == "idt" else _segment_row
    for is_empty, group in groupby(shown.slots, _is_empty):
        slots = list(group)
        if is_empty and len(slots) > 1:
            width = len(table_head(shown))
            yield (
                f"{_number(slots[0])}-{_number(slots[-1])}",
                f"{slots[0].address:x}",
                "",
                "empty",
                *[""] * (width - 4),
            )
        else:
            yield from map(to_row, slots)


def _html_row(cells: Row) -> str:
    style = "faint" if "empty" in cells else ""
    return row(*(text(cell, "fault") if cell.startswith("! ") else text(cell, style) for cell in cells))


def _is_empty(slot: Slot) -> bool:
    return slot.descriptor is not None and slot.descriptor.kind == "empty" and slot.problem is None


def _number(slot: Slot) -> str:
    return f"{slot.index:x}" if slot.table == "idt" else f"{slot.selector.value:x}"


def _bytes(descriptor: Descriptor | None) -> str:
    return f"{descriptor.value:0{2 * descriptor.size}x}" if descriptor else ""


def _segment_row(slot: Slot) -> Row:
    start = (_number(slot), f"{slot.address:x}", _bytes(slot.descriptor))
    found = slot.descriptor
    if slot.table == "gdt" and slot.index == 0 and found and found.kind != "empty":
        return (*start, "null", "", "", "", "", "never read")
    if not isinstance(found, Segment) or found.kind in ("empty", "reserved"):
        kind = kind_words(found) if found else ""
        where = f"{found.selector.value:x}:{found.offset:x}" if isinstance(found, Gate) else ""
        level = f"{found.dpl}" if isinstance(found, Gate) else ""
        return (*start, kind, where, "", level, _holders(slot), _notes(slot))
    span = (f"{found.base:x}", f"{found.limit:x}")
    return (*start, kind_words(found), *span, f"{found.dpl}", _holders(slot), _notes(slot))


def _holders(slot: Slot) -> str:
    """Return the registers that hold its selector."""
    return " ".join(name.upper() for name in slot.held_by)


def _gate_row(slot: Slot) -> Row:
    found = slot.descriptor
    start = (_number(slot), f"{slot.address:x}", _bytes(found))
    if not isinstance(found, Gate):
        return (*start, kind_words(found) if found else "", "", "", _notes(slot))
    return (*start, kind_words(found), f"{found.selector.value:x}:{found.offset:x}", f"{found.dpl}", _notes(slot))


def _notes(slot: Slot) -> str:
    if slot.problem:
        return f"! {slot.problem}"
    found = slot.descriptor
    if found is None or found.kind == "empty":
        return ""
    words = [*segment_flags(found)] if isinstance(found, Segment) else [f"IST {found.ist}"] * bool(found.ist)
    return ", ".join(words if found.is_present else ["not present", *words])


def _vector_rows(vectors: Iterable[Vector]) -> Iterator[Row]:
    for (segment, offset, problem), group in groupby(vectors, lambda each: (each.segment, each.offset, each.problem)):
        run = list(group)
        name = f"{run[0].number:x}" if len(run) == 1 else f"{run[0].number:x}-{run[-1].number:x}"
        note = f"! {problem}" if problem else ""
        yield name, f"{run[0].address:x}", f"{segment:04x}:{offset:04x}", f"{run[0].target:x}", note
