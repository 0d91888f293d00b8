"""Say which rule is broken where an interrupt or an exception cannot be delivered, or a page refuses an access.

Each function returns a sentence with values, or "" where its rule holds.

Source: Intel SDM volume 3, sections 4.6 (rights of pages), 6.10 to 6.14 (IDT, gates, delivery), 7.2 (task state).
"""

from __future__ import annotations

from allocator.checks.inner_stack import stack_problem, task_segment
from allocator.checks.situation import Situation
from allocator.machine.descriptor_tables import Slot, find_descriptor, find_gate
from allocator.machine.exceptions import exception_name
from allocator.machine.paging import Access, Walk
from allocator.machine.segments import Gate, Segment

_REAL_FRAME = 6
_EXCEPTIONS = 32
_REAL_VECTORS = (0, 0x3FF)


def vector_behind_idt(now: Situation) -> str:
    """The table that IDTR describes reaches the vector."""
    if now.delivery is None:
        return ""
    vector, idtr = now.delivery.vector, now.after.idtr
    if idtr == _REAL_VECTORS and not now.after.is_real:
        return ""
    size = 4 if now.after.is_real else 16 if now.after.is_long else 8
    if (vector + 1) * size - 1 <= idtr.limit:
        return ""
    needed = f"vector {vector} needs an IDT limit of {(vector + 1) * size - 1:#x}, {size} bytes an entry"
    return f"{needed}, and IDTR.limit = {idtr.limit:#x}"


def real_mode_vectors(now: Situation) -> str:
    """Protected mode does not use the vectors of real mode, which are no gates."""
    if now.delivery is None or now.after.is_real or now.after.idtr != _REAL_VECTORS:
        return ""
    bios = ", and services of the firmware are for real mode" if now.delivery.is_software else ""
    return (
        f"{_wanted(now)} has no handler: IDTR still says base 0, limit {_REAL_VECTORS[1]:#x}, as in real mode; LIDT "
        f"has not loaded an IDT of gates{bios}"
    )


def no_gate(now: Situation) -> str:
    """The entry of the IDT is a gate."""
    slot = _entry(now)
    if slot is None or slot.descriptor is None or _is_for_idt(slot.descriptor):
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
    return f"INT {_vector(now):#x} at level {now.after.cpl} uses a gate with DPL {gate.dpl}: #GP"


def no_task_state(now: Situation) -> str:
    """A gate to an inner level finds its stack in a TSS."""
    if not _changes_level(now) or task_segment(now) is not None:
        return ""
    return (
        f"vector {_vector(now)} leads from level {now.after.cpl} to an inner one, and TR = {now.after.tr:#x} is no TSS"
    )


def no_inner_stack(now: Situation) -> str:
    """The TSS has a stack for the level that the gate leads to, or in its interrupt stack table."""
    gate = _gate(now)
    ist = gate.ist if gate and now.after.is_long else 0
    segment = task_segment(now) if ist or _changes_level(now) else None
    if segment is None:
        return ""
    level = _handler_level(now) or 0
    problem = stack_problem(now, segment, level, ist)
    return f"the TSS at {segment.base:#x} has no stack for level {level}: {problem}" if problem else ""


def stack_wraps(now: Situation) -> str:
    """In real mode the frame of an interrupt does not run over the beginning of the stack's segment."""
    if now.delivery is None or not now.after.is_real or now.stack_pointer is None:
        return ""
    pointer = now.stack_pointer - (now.after.ss << 4)
    if not 0 < pointer < _REAL_FRAME:
        return ""
    return f"SP = {pointer:#x} leaves no room for the {_REAL_FRAME} bytes of an interrupt: they wrap to the end of SS"


def page_absent(now: Situation) -> str:
    """A page that is touched is present, at each level of the tables."""
    found = _faulting(now)
    if found is None or found.fault is None or (found.steps[-1:] and found.steps[-1].entry.is_present):
        return ""
    if not found.steps:
        return ""
    step = found.steps[-1]
    entry = f"the {step.entry.level.entry} at {step.address:#x} (entry {step.number}) is {step.entry.value:#x}"
    return f"{_who(now)}: {entry}, P is clear{'' if step.is_in_memory else ', as it lies outside memory'}"


def page_refused(now: Situation) -> str:
    """An access to a page has the rights that it needs."""
    found = _faulting(now)
    if found is None or found.fault is None or not found.steps:
        return ""
    entry = found.steps[-1].entry
    return "" if entry.reserved or not entry.is_present else f"{_who(now)}: {found.fault.reason}"


def stack_not_mapped(now: Situation) -> str:
    """The stack on which an interrupt pushes its frame is mapped."""
    gate = _gate(now)
    if now.delivery is None or now.stack_pointer is None or now.after.is_real or _changes_level(now):
        return ""
    if gate and gate.ist and now.after.is_long:
        return ""
    found = now.walk(now.stack_pointer - 8 & (1 << 64) - 1, Access("write"))
    if found.fault is None or not now.after.is_set("cr0", "PG"):
        return ""
    return f"the frame of vector {_vector(now)} goes below {now.stack_pointer:#x}: {found.fault.reason}"


def table_not_mapped(now: Situation) -> str:
    """The IDT is mapped where IDTR says."""
    if now.delivery is None or now.after.is_real or not now.after.is_set("cr0", "PG"):
        return ""
    found = now.walk(now.after.idtr.base + _vector(now) * (16 if now.after.is_long else 8))
    if found.fault is None:
        return ""
    return f"the IDT at {now.after.idtr.base:#x} is not mapped, for vector {_vector(now)}: {found.fault.reason}"


def interrupts_without_table(now: Situation) -> str:
    """In protected mode interrupts are let through once there is an IDT with gates for them."""
    if now.before.is_real or not now.after.is_set("rflags", "IF") or not now.unmasked:
        return ""
    missing = [vector for vector in now.unmasked if not _has_gate(now, vector)]
    if not missing:
        return ""
    idtr = now.after.idtr
    return (
        f"RFLAGS.IF is set in protected mode, and the IDT (base {idtr.base:#x}, limit {idtr.limit:#x}) has no gate for "
        f"vector {missing[0]:#x} of the timer or another device, which no controller masks"
    )


def vectors_collide(now: Situation) -> str:
    """Vectors 0 to 31 are those of exceptions; the firmware leaves the first controller at 8."""
    if now.before.is_real or not now.after.is_set("rflags", "IF"):
        return ""
    low = [vector for vector in now.unmasked if vector < _EXCEPTIONS]
    if not low:
        return ""
    return (
        f"RFLAGS.IF is set in protected mode while a controller has vector {low[0]:#x} for a device, which is that of "
        f"{exception_name(low[0])}: ICW1 to ICW4 have to move it to 20h or above (ports 20h, 21h)"
    )


def _has_gate(now: Situation, vector: int) -> bool:
    gate = find_gate(now.after, now.read, vector).descriptor
    return gate is not None and _is_for_idt(gate) and gate.is_present


def _is_for_idt(found: Segment | Gate) -> bool:
    return isinstance(found, Gate) and found.kind != "call gate"


def _faulting(now: Situation) -> Walk | None:
    if now.delivery is None or now.delivery.fault_address is None:
        return None
    return now.walk(now.delivery.fault_address, now.delivery.access)


def _who(now: Situation) -> str:
    assert now.delivery is not None and now.delivery.fault_address is not None
    who = "user code" if now.delivery.access.is_user else "the kernel"
    verb = {"read": "reads", "write": "writes", "fetch": "fetches code at"}[now.delivery.access.kind]
    return f"{who} {verb} {now.delivery.fault_address:#x} ({now.instruction.upper()})"


def _wanted(now: Situation) -> str:
    """Return what is to be delivered, in words."""
    assert now.delivery is not None
    if now.delivery.is_software:
        return f"INT {now.delivery.vector:#x}"
    if now.delivery.is_external:
        return f"the interrupt of a device, vector {now.delivery.vector:#x},"
    return exception_name(now.delivery.vector)


def _vector(now: Situation) -> int:
    return now.delivery.vector if now.delivery else 0


def _entry(now: Situation) -> Slot | None:
    if now.delivery is None or now.after.is_real or now.after.idtr == _REAL_VECTORS:
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
