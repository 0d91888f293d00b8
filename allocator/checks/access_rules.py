"""Find accesses that a segment does not allow: behind its limit, of a kind that it forbids, through no segment at all.

The engine checks none of that, so such a program works there and faults on a processor. What a segment register held
at a step is known from the looks (`inspection`), and what an instruction accesses through which segment from its
operands. Only places whose segments allow less than everything are looked at, and 64-bit code, which has no limits, not
at all.

Not modelled: the segment of an access that two operands explain; accesses at the very end of a segment of 64 KiB.

Source: Intel SDM volume 3, sections 5.3 (limits), 5.4 (types), 5.4.1 (null selectors), 9.9.1 (reloading), 21.1.1 (real
mode).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from allocator.checks.inspection import Finding, Inspection, Look
from allocator.checks.mode_rules import ENDANGERS, LEADS, Rule
from allocator.checks.run_end import SOFTWARE
from allocator.checks.settings import setting_in_memory
from allocator.checks.source_lines import setting_by
from allocator.instructions.disassembly import decode
from allocator.machine.processor_state import SegmentRegister
from allocator.machine.segments import Segment
from allocator.registers import FULL, SEGMENTS
from allocator.trace.broken_rule import Setting
from allocator.trace.linear import Moment, Pointer, pointers_of, start_of
from allocator.trace.schema import ACCESS_KINDS, LONG, PROGRAM, READ, WRITE, Place
from allocator.trace.trace import Trace

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    Rows = npt.NDArray[np.int64]

_ALL = 0xFFFFFFFF
_ACCESS, _WIDTH = 5, 6
"""Bytes of a descriptor: that of P, DPL and type; that of G, D and the upper limit."""
_CONFIRMED = 8
_MOST_STEPS = 2000
"""Visits of one place that are looked at."""
_USING_STACK = ("push", "pop", "call", "ret", "enter", "leave", "int")
_RSP = FULL.index("rsp")


def _nothing(_now: object) -> str:
    return ""


RELOADED = Rule("data segments are loaded after the switch", "9.9.1, step 5", _nothing)
NULL = Rule("nothing is accessed through the null selector", "5.4.1", _nothing)
KIND = Rule("a segment allows the access", "5.4", _nothing)
WITHIN = Rule("an access lies within the limit", "5.3", _nothing)
REAL_LIMIT = Rule("a segment in real mode has 64 KiB", "21.1.1", _nothing)
STACK_WIDTH = Rule("SS is loaded after the switch", "9.9.1, step 5", _nothing, (), ENDANGERS)
ACCESS_RULES = (STACK_WIDTH, RELOADED, NULL, KIND, WITHIN, REAL_LIMIT)


class _Stretch(NamedTuple):
    """Steps, from `first` to before `end`, that ran with the segments of one look."""

    first: int
    end: int
    look: Look


def accesses_beyond(trace: Trace, inspection: Inspection) -> tuple[Finding, ...]:
    """Return the first access of each place that a segment does not allow."""
    if not inspection.is_whole:
        return ()
    stretches = _stretches(trace, inspection)
    return tuple(found for stretch in stretches for found in _in_stretch(trace, inspection, stretch))


def _stretches(trace: Trace, inspection: Inspection) -> Iterator[_Stretch]:
    """Yield the stretches whose segments do not allow everything."""
    first = 0
    looks = inspection.looks
    for number, look in enumerate(looks):
        following = looks[number + 1] if number + 1 < len(looks) else None
        if following and following.stale == look.stale and following.state.segments == look.state.segments:
            continue
        end = look.step + 1 if following else len(trace)
        if any(_is_limited(look.state.segments[name]) for name in SEGMENTS if name != "cs"):
            yield _Stretch(first, end, look)
        first = end


def _is_limited(segment: SegmentRegister) -> bool:
    described = _described(segment)
    return segment.limit < _ALL or not segment.is_usable or not described.is_writable or described.expands_down


def _described(segment: SegmentRegister) -> Segment:
    return Segment(segment.attributes << 32)


def _in_stretch(trace: Trace, inspection: Inspection, stretch: _Stretch) -> Iterator[Finding]:
    import numpy as np

    column = trace.arrays.place[stretch.first : stretch.end]
    seen = np.flatnonzero(np.bincount(column, minlength=len(trace.columns.places)))
    for number in seen.tolist():
        place = trace.columns.places[number]
        doubtful = _doubtful(place, stretch.look)
        if doubtful:
            steps = np.flatnonzero(column == number) + stretch.first
            yield from islice(_at_place(trace, inspection, stretch.look, steps, doubtful), 1)
        if _has_narrow_stack(place, stretch.look):
            step = int(np.flatnonzero(column == number)[0]) + stretch.first
            yield from _cut_stack(trace, inspection, step, stretch.look)


def _doubtful(place: Place, look: Look) -> list[Pointer]:
    """Return the operands of an instruction whose segment could refuse them."""
    if place.bits == 64:
        return []
    name = decode(place.code, place.bits, place.address).name
    return [
        pointer
        for pointer in pointers_of(place.code, place.bits)
        if (not pointer.below or name.startswith(_USING_STACK))
        and not (pointer.below and pointer.width == 4 and not look.state.segments["ss"].is_wide)
        and _can_refuse(pointer, look.state.segments[pointer.segment], place.mode)
    ]


def _can_refuse(pointer: Pointer, segment: SegmentRegister, mode: str) -> bool:
    if mode == "real16":
        return segment.limit < _ALL and pointer.width > 2
    if pointer.width == 2 and segment.limit >= 0xFFFF and segment.is_usable:
        return not _described(segment).is_writable or _described(segment).expands_down
    return _is_limited(segment)


def _at_place(
    trace: Trace, inspection: Inspection, look: Look, steps: Rows, pointers: list[Pointer]
) -> Iterator[Finding]:
    for pointer in pointers:
        for step, row in islice(_refused_rows(trace, steps, pointer.segment, look), _CONFIRMED):
            if _is_through(trace, step, row, pointer, look):
                yield _finding(trace, inspection, step, row, pointer.segment, look)
                return


def _refused_rows(trace: Trace, steps: Rows, name: str, look: Look) -> Iterator[tuple[int, int]]:
    """Yield the step and the row of each access that a segment does not allow."""
    for step in steps[:_MOST_STEPS].tolist():
        segment = _held(trace, step, name, look)
        for row in range(trace.access_rows[step], trace.access_rows[step + 1]):
            is_refused = trace.columns.makers.get(row, PROGRAM) == PROGRAM and _refusal(trace, row, segment)
            if is_refused and segment.selector == trace.state_at(step)[FULL.index(name)]:  # no interrupt changed it
                yield step, row


def _held(trace: Trace, step: int, name: str, look: Look) -> SegmentRegister:
    """Return what a segment register held: in real mode its base follows the selector, whatever was looked at last."""
    segment = look.state.segments[name]
    if trace[step].mode != "real16":
        return segment
    selector = trace.state_at(step)[FULL.index(name)]
    return segment._replace(selector=selector, base=selector << 4)


def _refusal(trace: Trace, row: int, segment: SegmentRegister) -> str:
    columns = trace.columns
    size = int(columns.size[row])
    offset = int(columns.address[row]) - segment.base & _ALL
    described = _described(segment)
    if not segment.is_usable:
        return "null"
    if not _allows(described, int(columns.kind[row])):
        return "kind"
    return "" if _contains(segment, described, offset, 1 if size == LONG else size) else "limit"


def _allows(described: Segment, kind: int) -> bool:
    return described.is_writable if kind == WRITE else described.is_readable


def _contains(segment: SegmentRegister, described: Segment, offset: int, size: int) -> bool:
    end = offset + size - 1
    if described.expands_down:
        return segment.limit < offset and end <= (_ALL if segment.is_wide else 0xFFFF)
    return end <= segment.limit


def _is_through(trace: Trace, step: int, row: int, pointer: Pointer, look: Look) -> bool:
    """Tell whether the operand is what was accessed."""
    segments = {name: _held(trace, step, name, look) for name in SEGMENTS}
    moment = Moment(trace[step].place, trace.state_at(step), replace(look.state, segments=segments))
    start = start_of(pointer, moment) - pointer.below & _ALL
    return int(trace.columns.address[row]) - start & _ALL < pointer.below + max(pointer.reach, 1)


def _finding(  # noqa: PLR0917 -- one access, and who asks
    trace: Trace, inspection: Inspection, step: int, row: int, name: str, look: Look
) -> Finding:
    segment = _held(trace, step, name, look)
    rule, why = _rule(trace, step, row, segment, name, look)
    kind, address = ACCESS_KINDS[trace.columns.kind[row]], int(trace.columns.address[row])
    offset = address - segment.base & _ALL
    sentence = f"{kind} of {name.upper()}:{offset:#x} (linear {address:#x}): {why}"
    part = _ACCESS if rule is KIND or _described(segment).expands_down else _WIDTH
    described = _descriptor_of(trace, look, segment, step, part) if rule in (KIND, WITHIN) else ()
    return Finding(step, rule, sentence, (setting_of(trace, inspection, name, step, segment), *described))


def _rule(  # noqa: PLR0917 -- one access, and its segment
    trace: Trace, step: int, row: int, segment: SegmentRegister, name: str, look: Look
) -> tuple[Rule, str]:
    if trace[step].mode == "real16":
        return REAL_LIMIT, f"the segment ends at {segment.limit:#x}"
    refusal = _refusal(trace, row, segment)
    if name in look.stale:
        held = f"{name.upper()} = {segment.selector:#x}"
        return RELOADED, f"{held} is still that of real mode, and ends at {segment.limit:#x}"
    if refusal == "null":
        return NULL, f"{name.upper()} = {segment.selector:#x} is the null selector"
    if refusal == "kind":
        kind = "written" if trace.columns.kind[row] != READ else "read"
        what = _described(segment)
        return KIND, f"{name.upper()} = {segment.selector:#x} is {what.kind} that cannot be {kind}"
    if _described(segment).expands_down:
        return WITHIN, f"{name.upper()} = {segment.selector:#x} expands down, and begins above {segment.limit:#x}"
    return WITHIN, f"{name.upper()} = {segment.selector:#x} ends at {segment.limit:#x}"


def _descriptor_of(trace: Trace, look: Look, segment: SegmentRegister, step: int, part: int) -> tuple[Setting, ...]:
    """Return the descriptor that a selector of the GDT selects, and who wrote its byte `part`."""
    if segment.selector & 4 or segment.selector < 4:
        return ()
    address = look.state.gdtr.base + (segment.selector & 0xFFF8)
    return (
        setting_in_memory(trace, f"descriptor at {address:#x}", f"{segment.attributes:#010x}...", address + part, step),
    )


def setting_of(trace: Trace, inspection: Inspection, name: str, step: int, segment: SegmentRegister) -> Setting:
    """Return what loaded a segment register."""
    by = inspection.setter(name, step)
    if by is None:
        writer = trace.who_set(name, step)
        while writer is not None and writer.decoded.name in SOFTWARE:  # the service gave it back as it was
            writer = trace.who_set(name, writer.index)
        by = writer.index if writer else None
    by = max((each for each in (by, _last_change(trace, name, step)) if each is not None), default=None)
    shown = f"{segment.selector:#x} (base {segment.base:#x}, limit {segment.limit:#x})"
    return setting_by(trace, name.upper(), shown, by)


def _last_change(trace: Trace, name: str, step: int) -> int | None:
    """Return the last step before `step` that changed a register, by whatever way: a return to an outer level, too."""
    import numpy as np

    rows = np.flatnonzero(np.asarray(trace.columns.register) == FULL.index(name))
    rows = rows[rows < trace.change_rows[step]]
    return trace.change_rows.step_of(int(rows[-1])) if len(rows) else None


# -- the width of the stack --


def _has_narrow_stack(place: Place, look: Look) -> bool:
    name = decode(place.code, place.bits, place.address).name
    return place.bits == 32 and name.startswith(_USING_STACK) and not look.state.segments["ss"].is_wide


def _cut_stack(trace: Trace, inspection: Inspection, step: int, look: Look) -> Iterator[Finding]:
    pointer, segment = trace.state_at(step)[_RSP], look.state.segments["ss"]
    if pointer <= 0xFFFF or segment.selector != trace.state_at(step)[FULL.index("ss")]:
        return
    state = "is still that of real mode" if "ss" in look.stale else "selects a segment with B clear"
    sentence = f"SS = {segment.selector:#x} {state}: of ESP = {pointer:#x} only SP = {pointer & 0xFFFF:#x} is used"
    rule = STACK_WIDTH._replace(weight=LEADS) if inspection.has_failed else STACK_WIDTH
    yield Finding(step, rule, sentence, (setting_of(trace, inspection, "ss", step, segment),))
