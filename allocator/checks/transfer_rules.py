"""Say which rule a far transfer breaks for the code that it leads to: its width, and the mode that it needs.

Each function returns a sentence with values, or "" where its rule holds.

Source: Intel SDM volume 3, sections 3.4.5 (D and L), 9.8.5 (long mode), 9.9.1 (the switch), 20.1.1 (real mode).
"""

from __future__ import annotations

from dataclasses import replace

from allocator.checks.situation import FarTransfer, Situation
from allocator.machine.descriptor_tables import find_descriptor
from allocator.machine.segments import Segment


def long_inactive(now: Situation) -> str:
    """64-bit code needs long mode, which is active once CR0.PG is set with EFER.LME and CR4.PAE."""
    segment = _code(now)
    if segment is None or now.transfer is None or now.after.is_long:
        return ""
    meant = _bits_at(now, segment)
    if meant != 64 and (meant is not None or not segment.value >> 53 & 1):
        return ""
    missing = [name for register, bit, name in _NEEDS if not now.after.is_set(register, bit)]
    return (
        f"{how(now.transfer)} leads to 64-bit code while long mode is not active: {' and '.join(missing)} "
        f"{'is' if len(missing) == 1 else 'are'} clear"
    ) if missing else ""  # fmt: skip


_NEEDS = (("cr4", "PAE", "CR4.PAE"), ("efer", "LME", "EFER.LME"), ("cr0", "PG", "CR0.PG"))


def other_width(now: Situation) -> str:
    """L and D of a descriptor say the width that the code behind it was assembled for."""
    segment = _code(now)
    if segment is None or now.transfer is None:
        return ""
    meant = _bits_at(now, segment)
    if meant is None or meant == segment.bits or (meant == 64 and not now.after.is_long):
        return ""
    bits = f"L {segment.value >> 53 & 1}, D {segment.value >> 54 & 1}"
    place = now.image.locate(segment.base + now.transfer.offset) if now.image else None
    needed = {16: "L and D clear", 32: "D set and L clear", 64: "L set and D clear"}[meant]
    return (
        f"{how(now.transfer)} selects {segment.bits}-bit code ({bits} in {segment.value:#018x}), and {place} is "
        f"{meant}-bit code, which needs {needed}"
    )


def switch_forgotten(now: Situation) -> str:
    """A selector means a descriptor only once CR0.PE is set; in real mode it counts paragraphs."""
    transfer = now.transfer
    if transfer is None or transfer.by or not now.after.is_real or now.after.is_virtual or now.image is None:
        return ""
    if not now.image.lines:
        return _switch_forgotten_on_disk(now, transfer)
    linear = (transfer.selector << 4) + transfer.offset
    meant, there = now.image.line_at(transfer.offset), now.image.line_at(linear)
    is_selector = 0 < transfer.selector < _MOST_SELECTORS and meant is not None and meant.code
    if not is_selector or meant is None or meant.address != transfer.offset:
        return ""
    if there and there.code and there.address == linear and there.bits == 16:
        return ""
    return (
        f"the far jump to {transfer.selector:x}:{transfer.offset:x} runs in real mode, as CR0.PE is clear: it leads to "
        f"{linear:#x}, and {now.image.locate(transfer.offset)} lies at {transfer.offset:#x}"
    )


def _switch_forgotten_on_disk(now: Situation, transfer: FarTransfer) -> str:
    """Judge without sources: the GDT that was loaded has code for the selector."""
    protected = replace(now.after, cr0=now.after.cr0 | 1)
    found = find_descriptor(protected, now.read, transfer.selector).descriptor
    if transfer.selector & 7 or not isinstance(found, Segment) or found.kind != "code" or not found.is_present:
        return ""
    if not now.after.gdtr.base:
        return ""
    return (
        f"the far jump to {transfer.selector:x}:{transfer.offset:x} runs in real mode, as CR0.PE is clear, and the GDT "
        f"at {now.after.gdtr.base:#x} has code for that selector ({found.value:#018x})"
    )


_MOST_SELECTORS = 0x100


def how(transfer: FarTransfer) -> str:
    """Return a far transfer in words: ``the far transfer to 8:7c20``."""
    return f"{transfer.by.upper() or 'the far transfer'} to {transfer.selector:x}:{transfer.offset:x}"


def _code(now: Situation) -> Segment | None:
    if now.transfer is None or now.after.is_real:
        return None
    found = find_descriptor(now.after, now.read, now.transfer.selector).descriptor
    return found if isinstance(found, Segment) and found.kind == "code" and found.is_present else None


def _bits_at(now: Situation, segment: Segment) -> int | None:
    """Return the width of the code that begins where a transfer leads; None where the image has none."""
    if now.image is None or now.transfer is None:
        return None
    linear = segment.base + now.transfer.offset
    line = now.image.line_at(linear)
    return line.bits if line is not None and line.code and line.address == linear else None
