"""Say which rule of protected mode is broken: the switch itself, the GDT, far transfers, segment registers.

Each function returns a sentence with values, or "" where its rule holds.

Source: Intel SDM volume 3, sections 3.4, 5.2 to 5.8, 9.9.1.
"""

from __future__ import annotations

from allocator.checks.situation import FarTransfer, Situation
from allocator.machine.descriptor_tables import Slot, find_descriptor
from allocator.machine.exceptions import DOUBLE_FAULT, GENERAL_PROTECTION, STACK_FAULT
from allocator.machine.segments import Gate, Segment, Selector

_CODE_AND_DATA = 3 * 8 - 1
_STACK_FAULTS = (DOUBLE_FAULT, STACK_FAULT, GENERAL_PROTECTION)


def interrupts_enabled(now: Situation) -> str:
    """The switch is made with interrupts off: there is no IDT yet that fits the mode."""
    if not (now.sets("cr0", "PE") and now.before.is_set("rflags", "IF")):
        return ""
    return f"CR0.PE is set while RFLAGS.IF is set (RFLAGS = {now.before.rflags:#x}): CLI has to come first"


def gdt_too_small(now: Situation) -> str:
    """At the switch the GDT has room for the null descriptor, code and data."""
    if not now.sets("cr0", "PE") or now.after.gdtr.limit >= _CODE_AND_DATA:
        return ""
    count = (now.after.gdtr.limit + 1) // 8
    return (
        f"GDTR.limit = {now.after.gdtr.limit:#x}: the GDT at {now.after.gdtr.base:#x} has {count} descriptor"
        f"{'' if count == 1 else 's'}; the null one, code and data need a limit of {_CODE_AND_DATA:#x}"
    )


def gdt_outside_memory(now: Situation) -> str:
    """At the switch the whole GDT lies in memory."""
    gdtr = now.after.gdtr
    if not now.sets("cr0", "PE") or len(now.read(gdtr.base, gdtr.limit + 1)) > gdtr.limit:
        return ""
    return f"GDTR.base = {gdtr.base:#x}, limit {gdtr.limit:#x}: not all of it is memory"


def gdt_cut(now: Situation) -> str:
    """The limit is a multiple of 8, less 1."""
    gdtr = now.after.gdtr
    if not now.sets("cr0", "PE") or (gdtr.limit + 1) % 8 == 0:
        return ""
    return f"GDTR.limit = {gdtr.limit:#x} ends {(gdtr.limit + 1) % 8} bytes into a descriptor: a limit is a size less 1"


def code_segment_stale(now: Situation) -> str:
    """After the switch CS is loaded anew before anything needs its descriptor."""
    if now.delivery is None or now.after.is_real or now.after.is_virtual:
        return ""
    slot = find_descriptor(now.after, now.read, now.after.cs)
    if isinstance(slot.descriptor, Segment) and slot.descriptor.kind == "code" and not slot.problem:
        return ""
    return f"CS = {now.after.cs:#x} selects no code ({_what(slot)}): no far jump has loaded it since CR0.PE was set"


def offset_cut(now: Situation) -> str:
    """A far transfer into wide code has an operand that is as wide."""
    segment = _target(now)
    if now.transfer is None or now.delivery is None or segment is None:
        return ""
    if now.transfer.operand_bits >= segment.bits or segment.bits == 16:
        return ""
    return (
        f"the far transfer to {_place(now.transfer)} has a {now.transfer.operand_bits}-bit offset, and the code there "
        f"is {segment.bits}-bit: what is above {(1 << now.transfer.operand_bits) - 1:#x} was cut off (write jmp dword)"
    )


def null_target(now: Situation) -> str:
    """CS is never loaded with the null selector."""
    if not _is_protected(now) or now.transfer is None or not Selector(now.transfer.selector).is_null:
        return ""
    return f"the far transfer to {_place(now.transfer)} loads CS with the null selector"


def target_behind_table(now: Situation) -> str:
    """The descriptor of a far transfer lies within the limit."""
    slot = _slot(now)
    if now.transfer is None or slot is None or slot.descriptor is not None:
        return ""
    return f"the far transfer to {_place(now.transfer)} selects nothing: {slot.problem}"


def target_not_code(now: Situation) -> str:
    """A far transfer leads to code, or through a call gate or a task."""
    slot = _slot(now)
    found = slot.descriptor if slot else None
    if now.transfer is None or found is None or found.kind in ("code", "call gate", "task gate", "tss"):
        return ""
    return f"the far transfer to {_place(now.transfer)} selects {found.kind} ({found.value:#018x}), which is no code"


def target_absent(now: Situation) -> str:
    """The segment of a far transfer is present."""
    segment = _target(now)
    if now.transfer is None or segment is None or segment.is_present:
        return ""
    return f"the far transfer to {_place(now.transfer)} selects a segment whose P is clear ({segment.value:#018x})"


def target_level(now: Situation) -> str:
    """Code that does not conform has the level that runs."""
    segment = _target(now)
    if now.transfer is None or segment is None or segment.kind != "code":
        return ""
    cpl = now.before.cpl
    if segment.dpl <= cpl if segment.is_conforming else segment.dpl == cpl and now.transfer.selector & 3 <= cpl:
        return ""
    return f"the far transfer to {_place(now.transfer)} selects code with DPL {segment.dpl}, and CPL is {cpl}"


def target_behind_limit(now: Situation) -> str:
    """The offset of a far transfer lies within the segment."""
    segment = _target(now)
    if now.transfer is None or segment is None or segment.bits == 64 or segment.contains(now.transfer.offset):
        return ""
    return f"the far transfer to {_place(now.transfer)} leads behind the limit {segment.limit:#x} of its segment"


def target_l_and_d(now: Situation) -> str:
    """In long mode code is of 64 bits (L) or of 32 (D), not both."""
    segment = _target(now)
    if now.transfer is None or segment is None or not (segment.problem or "").startswith("L and D"):
        return ""
    return f"the far transfer to {_place(now.transfer)} selects code with L and D set ({segment.value:#018x})"


def stack_not_writable(now: Situation) -> str:
    """In protected mode SS selects data that can be written, at the level that runs."""
    if not _faults(now, _STACK_FAULTS) or (now.after.bits == 64 and now.after.ss & ~3 == 0):
        return ""
    slot = find_descriptor(now.after, now.read, now.after.ss)
    segment = slot.descriptor
    if isinstance(segment, Segment) and segment.is_writable and segment.is_present and segment.dpl == now.after.cpl:
        return ""
    return f"SS = {now.after.ss:#x} selects no writable data of level {now.after.cpl} ({_what(slot)})"


def data_unusable(now: Situation) -> str:
    """In protected mode DS and ES select data or readable code, unless nothing is read through them."""
    if not _faults(now, (GENERAL_PROTECTION,)) or now.after.bits == 64:
        return ""
    for name in ("ds", "es"):
        slot = find_descriptor(now.after, now.read, getattr(now.after, name))
        segment = slot.descriptor
        if not (isinstance(segment, Segment) and segment.is_readable and segment.is_present):
            value = getattr(now.after, name)
            return f"{name.upper()} = {value:#x} selects nothing that can be read ({_what(slot)})"
    return ""


def _faults(now: Situation, vectors: tuple[int, ...]) -> bool:
    return _is_protected(now) and now.delivery is not None and now.delivery.vector in vectors


def _is_protected(now: Situation) -> bool:
    return not now.after.is_real


def _slot(now: Situation) -> Slot | None:
    if now.transfer is None or not _is_protected(now) or Selector(now.transfer.selector).is_null:
        return None
    return find_descriptor(now.after, now.read, now.transfer.selector)


def _target(now: Situation) -> Segment | None:
    slot = _slot(now)
    found = slot.descriptor if slot else None
    return found if isinstance(found, Segment) and found.kind == "code" else None


def _place(transfer: FarTransfer) -> str:
    return f"{transfer.selector:x}:{transfer.offset:x}"


def _what(slot: Slot) -> str:
    found = slot.descriptor
    if found is None or slot.problem:
        return slot.problem or "nothing"
    if isinstance(found, Gate) or found.is_system:
        return found.kind
    return f"{found.kind}, DPL {found.dpl}, {'present' if found.is_present else 'not present'}"
