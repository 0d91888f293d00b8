"""Say which rule of protected mode is broken: the switch itself, the GDT, far transfers, segment registers.

Each function returns a sentence with values, or "" where its rule holds.

Source: Intel SDM volume 3, sections 3.4, 5.2 to 5.8, 9.9.1.
"""

from __future__ import annotations

from allocator.assembly.image import Image
from allocator.checks.situation import Situation
from allocator.checks.transfer_rules import how
from allocator.machine.descriptor_tables import Slot, find_descriptor
from allocator.machine.segments import Gate, Segment, Selector

_DATA = ("ds", "es", "fs", "gs")
_INSTRUCTION = 15


def interrupts_enabled(now: Situation) -> str:
    """The switch is made with interrupts off: there is no IDT yet that fits the mode."""
    if not (now.sets("cr0", "PE") and now.before.is_set("rflags", "IF")) or not now.unmasked:
        return ""
    return f"CR0.PE is set while RFLAGS.IF is set (RFLAGS = {now.before.rflags:#x}): CLI has to come first"


def code_segment_stale(now: Situation) -> str:
    """After the switch CS is loaded anew before anything needs its descriptor."""
    if now.delivery is None or now.after.is_real or "cs" not in now.stale:
        return ""
    return (
        f"CS = {now.after.cs:#x} is still that of real mode, with {now.before.bits}-bit code: no far jump has loaded "
        f"it since CR0.PE was set"
    )


def offset_cut(now: Situation) -> str:
    """A far transfer into wide code has an operand that is as wide."""
    transfer, segment = now.transfer, _target(now)
    if transfer is None or transfer.by or segment is None or segment.bits == 16:
        return ""
    if transfer.operand_bits != 16 or now.image is None or target_moved(now) or target_not_linear(now):
        return ""
    cut = f"what is above {(1 << transfer.operand_bits) - 1:#x} was cut off (write jmp dword)"
    line = now.image.line_at(segment.base + transfer.offset)
    meant = _label_with_low_bits(now.image, transfer.offset, segment.bits)
    if line and line.code and (line.bits == segment.bits or not meant):
        return ""  # the program has code there, if of another width
    if not now.image.lines and (segment.base or any(now.read(segment.base + transfer.offset, _INSTRUCTION))):
        return ""  # a disk without its sources: something lies there
    if meant:
        cut = f"{meant} = {now.image.symbols[meant]:#x}: {cut}"
    return f"{how(transfer)} has a {transfer.operand_bits}-bit offset, and the code there is {segment.bits}-bit: {cut}"


def frame_of_other_width(now: Situation) -> str:
    """IRET takes words of the width that the gate pushed: IRETQ those of long mode."""
    words = _iret_size(now)
    if now.transfer is None or words is None or _is_code_at(now, words):
        return ""
    for size in (2, 4, 8):
        if size != words and _is_code_at(now, size):
            hint = {2: "iretw", 4: "iretd", 8: "iretq"}[size]
            name = now.transfer.by.upper()
            return f"{name} takes words of {words} bytes, and the frame on the stack has words of {size} ({hint})"
    return ""


def _iret_size(now: Situation) -> int | None:
    if now.transfer is None or now.transfer.stack is None or not _is_protected(now):
        return None
    return now.transfer.operand_bits // 8


def _is_code_at(now: Situation, size: int, skipped: int = 0) -> bool:
    """Tell whether the second word of the frame, after `skipped` others, selects code."""
    assert now.transfer is not None and now.transfer.stack is not None
    data = now.read(now.transfer.stack + skipped * size, 2 * size)
    selector = int.from_bytes(data[size:], "little")
    if len(data) < 2 * size or selector > 0xFFFF:
        return False
    found = find_descriptor(now.after, now.read, selector).descriptor
    return isinstance(found, Segment) and found.kind == "code"


def target_moved(now: Situation) -> str:
    """The base of a segment is added to an offset that is already an address."""
    transfer, segment = now.transfer, _target(now)
    if transfer is None or segment is None or now.image is None or not segment.base or segment.bits == 64:
        return ""
    linear = segment.base + transfer.offset & 0xFFFFFFFF
    if _is_code_of(now.image, linear, segment.bits) or not _is_code_of(now.image, transfer.offset, segment.bits):
        return ""
    return (
        f"{how(transfer)} leads to {linear:#x}, as the base of the segment is {segment.base:#x}; "
        f"{now.image.locate(transfer.offset)} lies at {transfer.offset:#x}"
    )


def target_not_linear(now: Situation) -> str:
    """An offset from the beginning of the program needs a segment that begins there too."""
    transfer, segment = now.transfer, _target(now)
    if transfer is None or segment is None or now.image is None or segment.bits == 64:
        return ""
    linear = segment.base + transfer.offset & 0xFFFFFFFF
    if now.image.segment_at(linear):
        return ""
    for part in now.image.segments:
        line = now.image.line_at(linear + part.start)
        if line and line.code and line.bits == segment.bits and line.address == linear + part.start:
            return (
                f"{how(transfer)} leads to {linear:#x}, as the base of the segment is {segment.base:#x}; "
                f"{now.image.locate(line.address)} lies at {line.address:#x}, {part.start:#x} further"
            )
    return ""


def _is_code_of(image: Image, address: int, bits: int) -> bool:
    line = image.line_at(address)
    return line is not None and line.code and line.bits == bits


def null_target(now: Situation) -> str:
    """CS is never loaded with the null selector."""
    if not _is_protected(now) or now.transfer is None or not Selector(now.transfer.selector).is_null:
        return ""
    note = "" if now.transfer.by else f": CR0.PE is set (CR0 = {now.after.cr0:#x}), so that it is no segment"
    return f"{how(now.transfer)} loads CS with the null selector{note}"


def target_behind_table(now: Situation) -> str:
    """The descriptor of a far transfer lies within the limit."""
    slot = _slot(now)
    if now.transfer is None or slot is None or slot.descriptor is not None:
        return ""
    return f"{how(now.transfer)} selects nothing: {slot.problem}"


def target_not_code(now: Situation) -> str:
    """A far transfer leads to code, or through a call gate or a task."""
    slot = _slot(now)
    found = slot.descriptor if slot else None
    allowed = ("code", "call gate") if now.after.is_long else ("code", "call gate", "task gate", "tss")
    if now.transfer is None or found is None or found.kind in allowed:
        return ""
    return f"{how(now.transfer)} selects {found.kind} ({found.value:#018x}), which is no code"


def target_absent(now: Situation) -> str:
    """The segment of a far transfer is present, and so is a gate."""
    slot = _slot(now)
    found = slot.descriptor if slot else None
    if (
        now.transfer is None
        or found is None
        or found.is_present
        or found.kind not in ("code", "call gate", "task gate")
    ):
        return ""
    what = "a segment" if found.kind == "code" else f"a {found.kind}"
    return f"{how(now.transfer)} selects {what} whose P is clear ({found.value:#018x})"


def target_level(now: Situation) -> str:
    """Code that does not conform has the level that runs; a return leads to the level of its selector."""
    segment = _target(now)
    if now.transfer is None or segment is None:
        return ""
    cpl, rpl = now.before.cpl, now.transfer.selector & 3
    if now.transfer.by:
        is_fine = rpl >= cpl and (segment.dpl <= rpl if segment.is_conforming else segment.dpl == rpl)
    else:
        is_fine = segment.dpl <= cpl if segment.is_conforming else segment.dpl == cpl and rpl <= cpl
    if is_fine:
        return ""
    return f"{how(now.transfer)} selects code with DPL {segment.dpl} by RPL {rpl}, and CPL is {cpl}"


def target_behind_limit(now: Situation) -> str:
    """The offset of a far transfer lies within the segment."""
    segment = _target(now)
    if now.transfer is None or segment is None or segment.bits == 64 or segment.contains(now.transfer.offset):
        return ""
    return f"{how(now.transfer)} leads behind the limit {segment.limit:#x} of its segment"


def target_l_and_d(now: Situation) -> str:
    """In long mode code is of 64 bits (L) or of 32 (D), not both."""
    segment = _target(now)
    if now.transfer is None or segment is None or not (segment.problem or "").startswith("L and D"):
        return ""
    return f"{how(now.transfer)} selects code with L and D set ({segment.value:#018x})"


def stack_not_writable(now: Situation) -> str:
    """In protected mode SS selects data that can be written, at the level that runs."""
    load = now.load
    if load is None or load.register != "ss" or not _is_protected(now):
        return ""
    level = now.after.cpl if load.level is None else load.level
    if now.after.is_long and Selector(load.selector).is_null:
        return "" if level < 3 else "SS is loaded with the null selector for level 3"
    slot = find_descriptor(now.after, now.read, load.selector)
    segment = slot.descriptor
    if not (isinstance(segment, Segment) and segment.is_writable and segment.is_present):
        what = f"SS is loaded with {load.selector:#x}, which selects no writable data ({_what(slot)})"
        return what + _note_on_frame(now, level)
    if segment.dpl == level == load.selector & 3:
        return ""
    return (
        f"SS is loaded with {load.selector:#x} (RPL {load.selector & 3}), which selects data with DPL {segment.dpl}: "
        f"both have to be {level}, the level that runs"
    )


def _note_on_frame(now: Situation, level: int) -> str:
    """Return what the frame of a return to an outer level has too little or too much: the flags, the stack's order."""
    if now.transfer is None or now.load is None or not isinstance(now.load.source, int):
        return ""
    size = now.transfer.operand_bits // 8
    is_iret = now.transfer.by.startswith("iret")
    if not is_iret and _is_stack(now, now.load.source + size, level):
        return ": RETF takes no flags from the stack (write iret)"
    if is_iret and _is_stack(now, now.load.source - size, level):
        return (
            "; one that does lies a word nearer to the top (push SS, stack pointer, flags, CS, counter, in that order)"
        )
    return ""


def _is_stack(now: Situation, address: int, level: int) -> bool:
    selector = int.from_bytes(now.read(address, 2), "little")
    found = find_descriptor(now.after, now.read, selector).descriptor
    is_data = isinstance(found, Segment) and found.is_writable and found.is_present
    return is_data and found is not None and found.dpl == level == selector & 3


def data_unusable(now: Situation) -> str:
    """In protected mode DS, ES, FS and GS select nothing, data, or readable code, of a level that may be used."""
    load = now.load
    if load is None or load.register not in _DATA or not _is_protected(now) or Selector(load.selector).is_null:
        return ""
    slot = find_descriptor(now.after, now.read, load.selector)
    segment = slot.descriptor
    what = f"{load.register.upper()} is loaded with {load.selector:#x}, which selects"
    if not (isinstance(segment, Segment) and segment.is_readable and segment.is_present):
        return f"{what} nothing that can be read ({_what(slot)})"
    if segment.is_conforming or max(now.after.cpl, load.selector & 3) <= segment.dpl:
        return ""
    return f"{what} data with DPL {segment.dpl}, and CPL is {now.after.cpl}, RPL {load.selector & 3}"


def task_unusable(now: Situation) -> str:
    """LTR loads a TSS that is present and not busy, from the GDT."""
    if now.load is None or now.load.register != "tr" or not _is_protected(now):
        return ""
    slot = find_descriptor(now.after, now.read, now.load.selector)
    segment = slot.descriptor
    if isinstance(segment, Segment) and segment.kind == "tss" and segment.is_present and not segment.is_busy:
        return "" if slot.problem is None else f"TR is loaded with {now.load.selector:#x}: {slot.problem}"
    busy = ": its TSS is busy" if isinstance(segment, Segment) and segment.is_busy else f" ({_what(slot)})"
    return f"TR is loaded with {now.load.selector:#x}, which selects no available TSS{busy}"


def local_table_unusable(now: Situation) -> str:
    """LLDT loads nothing, or an LDT that is present, from the GDT."""
    load = now.load
    if load is None or load.register != "ldtr" or not _is_protected(now) or Selector(load.selector).is_null:
        return ""
    slot = find_descriptor(now.after, now.read, load.selector)
    segment = slot.descriptor
    if isinstance(segment, Segment) and segment.kind == "ldt" and segment.is_present and not slot.problem:
        return ""
    return f"LDTR is loaded with {load.selector:#x}, which selects no LDT ({_what(slot)})"


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


def _label_with_low_bits(image: Image, low: int, bits: int) -> str | None:
    """Return the label of wide code, not in the first 64 KiB, whose address has these low 16 bits."""
    wide = (name for name in sorted(image.labels) if image.symbols[name] > 0xFFFF)
    return next((n for n in wide if image.symbols[n] & 0xFFFF == low and image.bits_at(image.symbols[n]) == bits), None)


def _what(slot: Slot) -> str:
    found = slot.descriptor
    if found is None or slot.problem:
        return slot.problem or "nothing"
    if isinstance(found, Gate) or found.is_system:
        return found.kind
    kind = f"read-only {found.kind}" if found.kind == "data" and not found.is_writable else found.kind
    return f"{kind}, DPL {found.dpl}, {'present' if found.is_present else 'not present'}"
