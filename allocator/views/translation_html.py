"""Show where an address leads, as HTML: the two figures of the textbooks, with this address's numbers in them.

    selector -> descriptor -> + offset -> linear address
    bit fields of the linear address, each above the entry that it counts; from each entry an arrow to the next

The words are those of `translation`; every text is escaped.
"""

from __future__ import annotations

from allocator.machine.paging import Walk
from allocator.machine.segments import Segment, Selector
from allocator.machine.translation import SegmentUse, Translation
from allocator.units import format_size
from allocator.views.figure import LINE, arrow, box, figure, width_of, words
from allocator.views.html_style import code, fragment, text
from allocator.views.translation import (
    Field,
    address_digits,
    address_fields,
    fault_words,
    kind_words,
    logical_name,
    refusing_entries,
    rights_words,
    segment_flags,
    segment_words,
)

_GAP = 34
_FIELD, _ENTRY = 36, 92
"""Where the boxes of the bit fields and of the entries begin."""
_LONGEST_BITS = 12


def translation_html(translation: Translation) -> str:
    """Return the way of one address as figures, then what is odd about it."""
    parts = []
    if translation.segment:
        parts += [_caption("Segmentation", logical_name(translation.segment)), _segment_figure(translation)]
    if translation.walk:
        parts += [_caption("Paging", f"{translation.walk.paging.mode}"), _walk_figure(translation.walk)]
    parts += (
        [f"<p>{text(fault_words(translation.walk), 'fault')}</p>"] if translation.walk and translation.fault else []
    )
    return fragment(*parts, *(f"<p>{text(problem, 'fault')}</p>" for problem in translation.problems))


def _caption(title: str, what: str) -> str:
    return f"<p><b>{title}</b> {code(what)}</p>"


# -- selector, descriptor, linear address --


def _segment_figure(translation: Translation) -> str:
    used = translation.segment
    assert used is not None
    columns = [_selector_lines(used), _descriptor_lines(used), _sum_lines(used, translation.address)]
    parts, x = [], 1
    for place, lines in enumerate(columns):
        width = width_of(lines)
        parts.append(box(x, 1, width, lines))
        if place < len(columns) - 1:
            parts.append(arrow((x + width, 17), (x + width + _GAP, 17)))
        x += width + _GAP
    height = LINE * max(len(lines) for lines in columns) + 12
    return figure(x - _GAP + 2, height, segment_words(used), parts)


def _selector_lines(used: SegmentUse) -> list[str]:
    start = f"{used.register or ('selector' if used.slot else 'segment')} = {used.selector:04x}"
    if used.slot is None:
        return [start]
    chosen = Selector(used.selector)
    return [
        start,
        f"index {chosen.index}",
        f"TI {int(chosen.table == 'ldt')}  {chosen.table.upper()}",
        f"RPL {chosen.rpl}",
    ]


def _descriptor_lines(used: SegmentUse) -> list[str]:
    if used.slot is None:
        return [f"times 16 is {used.base:x}" if used.base == used.selector << 4 else f"base {used.base or 0:x}"]
    found = used.slot.descriptor
    start = f"{used.slot.table.upper()} entry {used.slot.index} at {used.slot.address:x}"
    if not isinstance(found, Segment):
        return [start, kind_words(found) if found else "nothing"]
    flags = ", ".join(segment_flags(found))
    lines = [
        start,
        f"{found.value:0{2 * found.size}x}",
        kind_words(found),
        f"base  {found.base:x}",
        f"limit {found.limit:x}",
    ]
    return [*lines, f"DPL {found.dpl}{'' if found.is_present else ', not present'}", *([flags] if flags else [])]


def _sum_lines(used: SegmentUse, address: int | None) -> list[str]:
    if used.base is None or address is None:
        return [f"  offset {used.offset:x}", "no linear address"]
    return [f"  base   {used.base:08x}", f"+ offset {used.offset:08x}", f"= linear {address:08x}"]


# -- the walk --


def _walk_figure(walk: Walk) -> str:
    fields = address_fields(walk)
    linear = f"linear {walk.address:0{address_digits(walk)}x}"
    if not fields:
        lines = [linear, "paging is off" if walk.physical is not None else "no walk"]
        return figure(width_of(lines) + 2, LINE * 2 + 12, linear, [box(1, 1, width_of(lines), lines)])
    root = ["CR3", f"{walk.paging.root:0{min(8, address_digits(walk))}x}"]
    start = width_of(root)
    parts = [
        words(1, 12, linear),
        box(1, _ENTRY, start, root),
        arrow((1 + start, _ENTRY + LINE + 4), (1 + start + _GAP, _ENTRY + LINE + 4)),
    ]
    x = 1 + start + _GAP
    for place, field in enumerate(fields):
        below = _below(walk, place)
        width = width_of([*below, field.words, f"{field.high}..{field.low} {field.name}", "0" * _LONGEST_BITS])
        parts += [*_field_parts(x, width, field), *_below_parts(x, width, walk, place, below)]
        if below and place:
            parts.append(arrow((x - _GAP, _ENTRY + LINE + 4), (x, _ENTRY + LINE + 4)))
        if below:
            parts.append(arrow((x + width - 12, _FIELD + LINE + 8), (x + width - 12, _ENTRY)))
        x += width + _GAP
    return figure(x - _GAP + 2, _ENTRY + 5 * LINE, f"{linear} leads to {_end_words(walk)}", parts)


def _field_parts(x: int, width: int, field: Field) -> list[str]:
    is_short = len(field.bits) <= _LONGEST_BITS
    return [
        words(x, _FIELD - 4, f"{field.high}..{field.low} {field.name}", "faint"),
        box(x, _FIELD, width, [field.bits if is_short else field.words], colour="mark"),
        words(x + 8, _FIELD + 2 * LINE + 8, field.words if is_short else "", "faint"),
    ]


def _below(walk: Walk, place: int) -> list[str]:
    """Return what stands below a field: two lines in a box, two under it; nothing below the offset of a fault."""
    if place < len(walk.steps):
        step = walk.steps[place]
        value = f"{step.entry.value:0{2 * step.entry.level.size}x}" if step.is_in_memory else "no memory"
        table = f"{step.entry.level.structure} at {step.table:x}"
        return [f"{step.entry.level.entry} {step.number}", value, table, " ".join(step.entry.flags) or "not present"]
    if walk.physical is None:
        return []
    page = f"{format_size(walk.page_size)} at {walk.physical & -walk.page_size:x}"
    return ["physical", f"{walk.physical:x}", page, rights_words(walk)]


def _below_parts(x: int, width: int, walk: Walk, place: int, lines: list[str]) -> list[str]:
    if not lines:
        return []
    refuses = place in refusing_entries(walk)
    colour = "fault" if refuses else "mark"
    ground = "band" if place < len(walk.steps) else "here"
    return [
        box(x, _ENTRY, width, lines[:2], colour=colour, ground=ground),
        words(x, _ENTRY + 3 * LINE + 8, lines[2], "faint"),
        words(x, _ENTRY + 4 * LINE + 8, lines[3], colour if refuses else "ink"),
    ]


def _end_words(walk: Walk) -> str:
    return f"physical {walk.physical:x}" if walk.physical is not None else fault_words(walk)
