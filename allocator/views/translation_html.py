"""Show where an address leads, as HTML: the two figures of the textbooks, with this address's numbers in them.

    selector -> descriptor -> + offset -> linear address
    bit fields of the linear address, each above the entry that it counts; from each entry an arrow to the next

The words are those of `translation`; every text is escaped.
"""

from __future__ import annotations

from allocator.machine.paging import Walk, WalkStep
from allocator.machine.segments import Segment, Selector
from allocator.machine.translation import SegmentUse, Translation
from allocator.units import format_size
from allocator.views.figure import LINE, arrow, box, figure, width_of, words
from allocator.views.html_style import code, fragment, text
from allocator.views.translation import (
    address_digits,
    address_fields,
    fault_words,
    kind_words,
    logical_name,
    segment_flags,
    segment_words,
)

_GAP = 34
_TOP = 46
_ENTRY = 92
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
    start = f"{used.register or 'selector'} = {used.selector:04x}"
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
        return ["no paragraph" if used.base is None else f"base {used.base:x}"]
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
    digits = address_digits(walk)
    linear = f"linear {walk.address:0{digits}x}"
    if not fields:
        lines = [linear, "paging is off" if walk.physical is not None else "no walk"]
        return figure(width_of(lines) + 2, LINE * 2 + 12, linear, [box(1, 1, width_of(lines), lines)])
    parts = [words(1, 12, f"{linear}    CR3 {walk.paging.root:x}")]
    widths = [*(_column_width(step, walk) for step in walk.steps), width_of([_page_title(walk), "0" * _LONGEST_BITS])]
    x = 1
    for place, field in enumerate(fields):
        parts += _field_parts(x, widths[place], f"{field.high}..{field.low} {field.name}", field.bits, field.words)
        if place < len(walk.steps):
            parts += _step_parts(
                x, widths[place], walk.steps[place], is_last=walk.physical is None and place == len(walk.steps) - 1
            )
        elif walk.physical is not None:
            parts += _frame_parts(x, widths[place], walk)
        if place and (place < len(walk.steps) or walk.physical is not None):
            parts.append(
                arrow(
                    (x - _GAP, _ENTRY + LINE),
                    (x - _GAP // 2, _ENTRY + LINE),
                    (x - _GAP // 2, _ENTRY - 14),
                    (x, _ENTRY - 14),
                )
            )
        x += widths[place] + _GAP
    return figure(x - _GAP + 2, _ENTRY + 5 * LINE, f"{linear} leads to {_end_words(walk)}", parts)


def _column_width(step: WalkStep, walk: Walk) -> int:
    return max(
        width_of([*_entry_lines(step), _table_title(step), " ".join(step.entry.flags)]), width_of(["0" * _LONGEST_BITS])
    )


def _field_parts(x: int, width: int, title: str, bits: str, number: str) -> list[str]:
    shown = bits if len(bits) <= _LONGEST_BITS else number
    below = number if len(bits) <= _LONGEST_BITS else ""
    return [
        words(x, 30, title, "faint"),
        box(x, 34, width, [shown], colour="mark"),
        words(x + 8, _TOP + 2 * LINE - 6, below, "faint"),
    ]


def _step_parts(x: int, width: int, step: WalkStep, is_last: bool) -> list[str]:
    colour = "fault" if is_last else "mark"
    return [
        box(x, _ENTRY, width, _entry_lines(step), colour=colour, ground="band"),
        words(x, _ENTRY + 3 * LINE + 8, _table_title(step), "faint"),
        words(x, _ENTRY + 4 * LINE + 8, " ".join(step.entry.flags) or "not present", colour if is_last else "ink"),
    ]


def _entry_lines(step: WalkStep) -> list[str]:
    value = f"{step.entry.value:0{2 * step.entry.level.size}x}" if step.is_in_memory else "no memory"
    return [f"{step.entry.level.entry} {step.number}", value]


def _table_title(step: WalkStep) -> str:
    return f"{step.entry.level.structure} at {step.table:x}"


def _frame_parts(x: int, width: int, walk: Walk) -> list[str]:
    return [
        box(x, _ENTRY, width, ["physical", f"{walk.physical:x}"], colour="mark", ground="here"),
        words(x, _ENTRY + 3 * LINE + 8, _page_title(walk), "faint"),
    ]


def _page_title(walk: Walk) -> str:
    if walk.physical is None:
        return ""
    return f"{format_size(walk.page_size)} at {walk.physical & -walk.page_size:x}"


def _end_words(walk: Walk) -> str:
    return f"physical {walk.physical:x}" if walk.physical is not None else fault_words(walk)
