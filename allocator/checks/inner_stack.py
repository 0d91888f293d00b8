"""Tell which fields of a TSS name the stack of an inner level, and what is wrong with it.

    16 bits   SP0 +2, SS0 +4      32 bits   ESP0 +4, SS0 +8      64 bits   RSP0 +4, IST1 +24h ... IST7 +54h

Source: Intel SDM volume 3, figures 7-2, 7-10, 7-11, sections 5.7 (SS), 6.12.1, 6.14.5 (interrupt stack table).
"""

from __future__ import annotations

from typing import NamedTuple

from allocator.checks.situation import Situation
from allocator.machine.descriptor_tables import find_descriptor
from allocator.machine.segments import Segment
from allocator.machine.task_state import field_place, stack_fields


class Field(NamedTuple):
    """A field of a TSS: its name, where it lies in there, and its size."""

    name: str
    offset: int
    size: int


def inner_stack_fields(bits: int, level: int, ist: int) -> tuple[Field, ...]:
    """Return the fields that name the stack for `level`, or for an entry `ist` of the interrupt stack table."""
    if bits == 64:
        return (_field(bits, f"ist{ist}" if ist else f"rsp{level}"),)
    selector, pointer = stack_fields(bits, level)
    return _field(bits, pointer), _field(bits, selector)


def _field(bits: int, name: str) -> Field:
    return Field(name.upper(), *field_place(bits, name))


def stack_problem(now: Situation, task: Segment, level: int, ist: int) -> str:
    """Return what is wrong with the stack that a TSS names, or ""."""
    pointer, *selectors = (
        int.from_bytes(now.read(task.base + field.offset, field.size), "little")
        for field in inner_stack_fields(task.bits, level, ist)
    )
    name = inner_stack_fields(task.bits, level, ist)[0].name
    if task.bits == 64:
        is_canonical = pointer >> 47 in (0, 0x1FFFF)
        return "" if pointer and is_canonical else f"{name} = {pointer:#x}{'' if is_canonical else ' is not canonical'}"
    wrong = _selector_problem(now, selectors[0], level)
    if pointer and not wrong:
        return ""
    width = ", in a TSS of 16 bits" if task.bits == 16 else ""
    return f"SS{level}:{name} = {selectors[0]:x}:{pointer:x}{wrong}{width}"


def _selector_problem(now: Situation, selector: int, level: int) -> str:
    slot = find_descriptor(now.after, now.read, selector)
    segment = slot.descriptor
    if not isinstance(segment, Segment) or not segment.is_writable or not segment.is_present:
        return f", which selects no writable data ({slot.problem or (segment.kind if segment else 'nothing')})"
    if segment.dpl == level == selector & 3:
        return ""
    return f", whose DPL is {segment.dpl} and whose RPL is {selector & 3}: both have to be {level}"


def task_segment(now: Situation) -> Segment | None:
    """Return the TSS that TR selects; None where it is none."""
    found = find_descriptor(now.after, now.read, now.after.tr).descriptor
    return found if isinstance(found, Segment) and found.kind == "tss" else None
