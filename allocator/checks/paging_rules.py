"""Say which rule of paging or of entering long mode is broken.

Each function returns a sentence with values, or "" where its rule holds.

Source: Intel SDM volume 3, sections 2.5 (control registers), 4.1 to 4.5 (paging), 9.8.5 (initialising IA-32e mode).
"""

from __future__ import annotations

from allocator.checks.situation import Situation
from allocator.machine.page_entries import LEVELS_5, NO_EXECUTE, PAE, PRESENT, Paging
from allocator.machine.paging import Access, Walk
from allocator.units import FRAME_SIZE

_CR0_UPPER = ~0xFFFFFFFF
_PWT, _PCD = 8, 0x10


def paging_without_protection(now: Situation) -> str:
    """CR0.PG needs CR0.PE."""
    if not now.sets("cr0", "PG") or now.after.is_set("cr0", "PE"):
        return ""
    return f"CR0.PG is set while CR0.PE is clear (CR0 = {now.after.cr0:#x}): #GP"


def nw_without_cd(now: Situation) -> str:
    """CR0.NW needs CR0.CD."""
    if not now.sets("cr0", "NW") and not now.clears("cr0", "CD"):
        return ""
    if not now.after.is_set("cr0", "NW") or now.after.is_set("cr0", "CD"):
        return ""
    return f"CR0.NW is set while CR0.CD is clear (CR0 = {now.after.cr0:#x}): #GP"


def reserved_register_bits(now: Situation) -> str:
    """The upper half of CR0, and the bits of CR4 without a name, stay clear."""
    if now.after.cr0 & _CR0_UPPER and now.after.cr0 != now.before.cr0:
        return f"CR0 = {now.after.cr0:#x} has bits above 31 set: #GP"
    if now.after.reserved("cr4") and now.after.cr4 != now.before.cr4:
        return f"CR4 = {now.after.cr4:#x} has reserved bits set ({now.after.reserved('cr4'):#x}): #GP"
    return ""


def reserved_efer_bits(now: Situation) -> str:
    """The bits of EFER without a name stay clear."""
    reserved = now.after.reserved("efer")
    if not reserved or now.after.efer == now.before.efer:
        return ""
    return f"EFER = {now.after.efer:#x} has reserved bits set ({reserved:#x}): #GP"


def root_misaligned(now: Situation) -> str:
    """CR3 holds the address of a whole frame; under PAE of 32 bytes."""
    if not now.begins_paging:
        return ""
    if not now.paging.problem:
        return _flags_of_root(now)
    is_number = 0 < now.after.cr3 < FRAME_SIZE
    return now.paging.problem + (": CR3 takes an address, not the number of a frame" if is_number else "")


def _flags_of_root(now: Situation) -> str:
    """PWT and PCD are bits of CR3 that may be set; a table that lies just there was meant to be read there."""
    flags = now.after.cr3 & (_PWT | _PCD)
    if not flags or not now.paging.levels or now.next_address is None:
        return ""
    level = now.paging.levels[0]
    distance = level.entry_number(now.next_address) * level.size
    read, meant = (
        int.from_bytes(now.memory(start + distance, level.size), "little")
        for start in (now.paging.root, now.paging.root + flags)
    )
    if read & PRESENT or not meant & PRESENT:
        return ""
    return (
        f"CR3 = {now.after.cr3:#x} is not at a multiple of 4096: bits {flags:#x} are PWT and PCD, the "
        f"{level.structure} is read at {now.paging.root:#x}"
    )


def root_not_loaded(now: Situation) -> str:
    """CR3 is loaded before CR0.PG is set."""
    if not now.begins_paging or now.paging.root or not (now.after.cr3 == 0 or code_not_mapped(now)):
        return ""
    how = "CR0.PG is set with CR3" if now.sets("cr0", "PG") else "CR3"
    if now.after.cr3:
        return f"{how} = {now.after.cr3:#x}: the table is read at 0x0, where the vectors of real mode lie, and no table"
    return f"{how} = 0x0, as after a reset: the vectors of real mode lie there, and no table"


def root_outside_memory(now: Situation) -> str:
    """The table that CR3 points at lies in memory."""
    if not now.begins_paging or not now.paging.levels:
        return ""
    level = now.paging.levels[0]
    if len(now.memory(now.paging.root, level.size << level.bits)) == level.size << level.bits:
        return ""
    return f"CR3 = {now.after.cr3:#x}: the {level.structure} at {now.paging.root:#x} lies outside memory"


def code_not_mapped(now: Situation) -> str:
    """The instruction after the one that turns paging on can be fetched."""
    return _not_mapped(now, "the next instruction", now.next_address, Access("fetch", now.after.cpl == 3))


def stack_not_mapped(now: Situation) -> str:
    """The stack can be written."""
    address = None if now.stack_pointer is None else now.stack_pointer - 1
    return _not_mapped(now, "the stack", address, Access("write", now.after.cpl == 3))


def gdt_not_mapped(now: Situation) -> str:
    """The GDT can be read where GDTR says, which is a linear address."""
    return _not_mapped(now, "the GDT", now.after.gdtr.base, Access())


def large_page_without_pse(now: Situation) -> str:
    """PS in a PDE of 32-bit paging means a page only where CR4.PSE is set."""
    found = _walked(now)
    if found is None or "PS set, but CR4.PSE is clear" not in (found.problem or ""):
        return ""
    entry = found.steps[0].entry
    return (
        f"the PDE for {found.address:#x} has PS set ({entry.value:#x}), but CR4.PSE is clear (CR4 = {now.after.cr4:#x})"
    )


def nx_without_nxe(now: Situation) -> str:
    """NX is a reserved bit of every entry while EFER.NXE is clear."""
    found = _walked(now)
    if found is None or not found.steps or not found.steps[-1].entry.reserved >> 63:
        return ""
    step = found.steps[-1]
    return (
        f"the {step.entry.level.entry} for {found.address:#x} at {step.address:#x} is {step.entry.value:#x}: NX is "
        f"set, and reserved as EFER.NXE is clear (EFER = {now.after.efer:#x})"
    )


def reserved_entry_bits(now: Situation) -> str:
    """No entry on the way to an address has reserved bits set."""
    found = _walked(now)
    if found is None or not found.steps or not found.steps[-1].entry.reserved & ~NO_EXECUTE:
        return ""
    step = found.steps[-1]
    entry = step.entry
    note = ""
    if entry.is_page and entry.level.entry != "PTE" and entry.reserved < 1 << entry.level.shift:
        note = f", as PS says that it maps a page of {1 << entry.level.shift - 20} MiB, not a table"
    return (
        f"the {entry.level.entry} for {found.address:#x} at {step.address:#x} is {entry.value:#x}: "
        f"the bits {entry.reserved & ~NO_EXECUTE:#x} are reserved{note}"
    )


def pdpte_reserved_bits(now: Situation) -> str:
    """The four PDPTEs of PAE have neither R/W nor U/S."""
    if not now.begins_paging or now.paging.mode != PAE:
        return ""
    for number in range(4):
        entry = int.from_bytes(now.memory(now.paging.root + 8 * number, 8), "little")
        if entry & PRESENT and entry & 0x1E6:
            return f"PDPTE {number} is {entry:#x}: the bits {entry & 0x1E6:#x} are reserved, loading CR3 is a #GP"
    return ""


def long_without_pae(now: Situation) -> str:
    """CR4.PAE is set before CR0.PG with EFER.LME."""
    if not now.sets("cr0", "PG") or not now.after.is_set("efer", "LME") or now.after.is_set("cr4", "PAE"):
        return ""
    values = f"EFER = {now.before.efer:#x}, CR4 = {now.after.cr4:#x}"
    return f"CR0.PG is set with EFER.LME, and CR4.PAE is clear ({values}): #GP"


def lme_under_paging(now: Situation) -> str:
    """EFER.LME is changed while paging is off."""
    has_changed = now.sets("efer", "LME") or now.clears("efer", "LME")
    if not has_changed or not now.before.is_set("cr0", "PG"):
        return ""
    return f"EFER.LME changes (EFER = {now.after.efer:#x}) while CR0.PG is set (CR0 = {now.before.cr0:#x}): #GP"


def pae_cleared(now: Situation) -> str:
    """CR4.PAE is not cleared while long mode is active."""
    if not now.clears("cr4", "PAE") or not now.before.is_long:
        return ""
    return f"CR4.PAE is cleared (CR4 = {now.after.cr4:#x}) while EFER.LMA is set: #GP"


def paging_off_in_64_bits(now: Situation) -> str:
    """64-bit code does not turn paging off."""
    if not now.clears("cr0", "PG") or now.before.bits != 64:
        return ""
    return f"CR0.PG is cleared (CR0 = {now.after.cr0:#x}) by 64-bit code (CS = {now.before.cs:#x}): #GP"


def long_code_before_paging(now: Situation) -> str:
    """Paging with EFER.LME is turned on by code whose descriptor has L clear."""
    if not now.sets("cr0", "PG") or not now.after.is_set("efer", "LME"):
        return ""
    if now.code is None or not now.code.value >> 53 & 1:
        return ""
    return f"CR0.PG is set with EFER.LME while CS = {now.before.cs:#x} has L set ({now.code.value:#018x}): #GP"


def five_levels(now: Situation) -> str:
    """CR4.LA57 puts a PML5 before the PML4, on the processors that have it."""
    if not now.begins_paging or la57_changed(now) or Paging.of(now.after).mode != LEVELS_5:
        return ""
    return (
        f"CR4.LA57 is set (CR4 = {now.after.cr4:#x}): paging has 5 levels, and CR3 = {now.after.cr3:#x} points at a "
        f"PML5; a processor without LA57 refuses the bit: #GP"
    )


def la57_changed(now: Situation) -> str:
    """CR4.LA57 does not change in long mode."""
    if not (now.sets("cr4", "LA57") or now.clears("cr4", "LA57")) or not now.before.is_long:
        return ""
    return f"CR4.LA57 changes (CR4 = {now.after.cr4:#x}) while EFER.LMA is set: #GP"


def pcide_outside_long_mode(now: Situation) -> str:
    """CR4.PCIDE is set in long mode, while the lower 12 bits of CR3 are clear."""
    if not now.sets("cr4", "PCIDE"):
        return ""
    if not now.before.is_long:
        return f"CR4.PCIDE is set (CR4 = {now.after.cr4:#x}) outside long mode (EFER = {now.before.efer:#x}): #GP"
    low = now.before.cr3 & 0xFFF
    return f"CR4.PCIDE is set while CR3 = {now.before.cr3:#x} has its low bits set: #GP" if low else ""


def _not_mapped(now: Situation, what: str, address: int | None, access: Access) -> str:
    if not now.begins_paging or address is None or not now.paging.levels:
        return ""
    found = now.walk(address, access)
    if found.physical is not None or found.fault is None:
        return ""
    return f"{what} at {address:#x} is not mapped by CR3 = {now.after.cr3:#x}: {found.fault.reason}"


def _walked(now: Situation) -> Walk | None:
    """Return the walk that a switch or a page fault depends on."""
    if now.delivery and now.delivery.fault_address is not None:
        return now.walk(now.delivery.fault_address, now.delivery.access)
    if now.begins_paging and now.next_address is not None:
        return now.walk(now.next_address, Access("fetch"))
    return None
