"""Say which rule is broken where an interrupt or an exception cannot be delivered, or a page refuses an access.

Each function returns a sentence with values, or "" where its rule holds.

Source: Intel SDM volume 3, sections 4.6 (rights of pages), 6.10 to 6.14 (IDT, gates, delivery), 7.2 (task state).
"""

from __future__ import annotations

from allocator.checks.situation import Situation
from allocator.machine.descriptor_tables import Slot, find_descriptor, find_gate
from allocator.machine.segments import Gate, Segment
from allocator.machine.task_state import read_task_state

_REAL_FRAME = 6
_REAL_LIMIT = 0x3FF


def vector_behind_idt(now: Situation) -> str:
    """The table that IDTR describes reaches the vector."""
    if now.delivery is None:
        return ""
    vector, idtr = now.delivery.vector, now.after.idtr
    size = 4 if now.after.is_real else 16 if now.after.is_long else 8
    if (vector + 1) * size - 1 <= idtr.limit:
        return ""
    return f"vector {vector} needs an IDT limit of {(vector + 1) * size - 1:#x}, and IDTR.limit = {idtr.limit:#x}"


def real_mode_vectors(now: Situation) -> str:
    """Protected mode does not use the vectors of real mode, which are no gates."""
    if now.delivery is None or now.after.is_real or now.after.idtr != (0, _REAL_LIMIT):
        return ""
    return f"IDTR still says base 0, limit {_REAL_LIMIT:#x}, as in real mode: LIDT has not loaded an IDT of gates"


def no_gate(now: Situation) -> str:
    """The entry of the IDT is a gate."""
    slot = _entry(now)
    if slot is None or slot.descriptor is None or isinstance(slot.descriptor, Gate):
        return ""
    return (
        f"vector {slot.index} at {slot.address:#x} is no gate but {slot.descriptor.kind} ({slot.descriptor.value:#x})"
    )


def gate_absent(now: Situation) -> str:
    """The gate is present."""
    gate = _gate(now)
    if gate is None or gate.is_present:
        return ""
    return f"the gate of vector {_vector(now)} has P clear ({gate.value:#x})"


def gate_not_to_code(now: Situation) -> str:
    """The gate's selector selects code."""
    gate = _gate(now)
    if gate is None or gate.kind == "task gate":
        return ""
    slot = find_descriptor(now.after, now.read, gate.selector.value)
    if isinstance(slot.descriptor, Segment) and slot.descriptor.kind == "code" and slot.descriptor.is_present:
        return ""
    what = slot.problem or (slot.descriptor.kind if slot.descriptor else "nothing")
    return (
        f"the gate of vector {_vector(now)} leads to {gate.selector.value:x}:{gate.offset:x}, which is no code: {what}"
    )


def gate_to_other_width(now: Situation) -> str:
    """In long mode handlers are 64-bit code."""
    gate = _gate(now)
    if gate is None or not now.after.is_long:
        return ""
    found = find_descriptor(now.after, now.read, gate.selector.value).descriptor
    if not isinstance(found, Segment) or found.kind != "code" or found.bits == 64:
        return ""
    return f"the gate of vector {_vector(now)} leads to {found.bits}-bit code ({gate.selector.value:x}), not to 64-bit"


def gate_level(now: Situation) -> str:
    """INT n uses a gate whose DPL allows the level that runs."""
    gate = _gate(now)
    if gate is None or now.delivery is None or not now.delivery.is_software or gate.dpl >= now.after.cpl:
        return ""
    return f"INT {_vector(now)} at level {now.after.cpl} uses a gate with DPL {gate.dpl}"


def no_task_state(now: Situation) -> str:
    """A gate to an inner level finds its stack in a TSS."""
    if not _changes_level(now) or _task_segment(now) is not None:
        return ""
    return (
        f"vector {_vector(now)} leads from level {now.after.cpl} to an inner one, and TR = {now.after.tr:#x} is no TSS"
    )


def no_inner_stack(now: Situation) -> str:
    """The TSS has a stack for the level that the gate leads to."""
    segment = _task_segment(now) if _changes_level(now) else None
    if segment is None:
        return ""
    selector, pointer = read_task_state(segment, now.read).stack(_handler_level(now) or 0)
    if pointer and (selector or segment.bits == 64):
        return ""
    return f"the TSS at {segment.base:#x} has no stack for level {_handler_level(now)}: {selector:x}:{pointer:x}"


def stack_wraps(now: Situation) -> str:
    """In real mode the frame of an interrupt does not run over the beginning of the stack's segment."""
    if now.delivery is None or not now.after.is_real or now.stack_pointer is None:
        return ""
    pointer = now.stack_pointer - (now.after.ss << 4)
    if not 0 < pointer < _REAL_FRAME:
        return ""
    return f"SP = {pointer:#x} leaves no room for the {_REAL_FRAME} bytes of an interrupt: they wrap to the end of SS"


def page_refused(now: Situation) -> str:
    """An access to a page has the rights that it needs."""
    if now.delivery is None or now.delivery.fault_address is None:
        return ""
    found = now.walk(now.delivery.fault_address, now.delivery.access)
    if found.fault is None or (found.steps[-1:] and found.steps[-1].entry.reserved):
        return ""
    who = "user" if now.delivery.access.is_user else "kernel"
    return f"a {who} {now.delivery.access.kind} at {now.delivery.fault_address:#x}: {found.fault.reason}"


def _vector(now: Situation) -> int:
    return now.delivery.vector if now.delivery else 0


def _entry(now: Situation) -> Slot | None:
    if now.delivery is None or now.after.is_real:
        return None
    return find_gate(now.after, now.read, now.delivery.vector)


def _gate(now: Situation) -> Gate | None:
    slot = _entry(now)
    return slot.descriptor if slot and isinstance(slot.descriptor, Gate) else None


def _handler_level(now: Situation) -> int | None:
    gate = _gate(now)
    if gate is None or gate.kind == "task gate":
        return None
    found = find_descriptor(now.after, now.read, gate.selector.value).descriptor
    if not isinstance(found, Segment) or found.kind != "code":
        return None
    return now.after.cpl if found.is_conforming else found.dpl


def _changes_level(now: Situation) -> bool:
    level = _handler_level(now)
    return level is not None and level < now.after.cpl


def _task_segment(now: Situation) -> Segment | None:
    found = find_descriptor(now.after, now.read, now.after.tr).descriptor
    return found if isinstance(found, Segment) and found.kind == "tss" else None
