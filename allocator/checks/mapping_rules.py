"""Say which rule is broken where the tables that paging begins with lead elsewhere than they should.

- What lay at an address before lies there afterwards: the next instruction, the stack, the GDT.
- Tables that would do with one level less, or in another format, tell which level or which bit was forgotten.

Each function returns a sentence with values, or "" where its rule holds.

Source: Intel SDM volume 3, sections 4.1.1 (modes of paging), 4.2 (hierarchies), 9.9.1 (the switch).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from allocator.checks.situation import Situation
from allocator.machine.page_entries import BITS_32, LEVELS_4, PAE, PRESENT, Level, Paging, decode_entry
from allocator.machine.paging import walk
from allocator.machine.system_registers import BITS, SystemRegisters
from allocator.units import FRAME_SIZE

_COMPARED = 8
_MOST_COMPARED = 64
_PAE = 1 << BITS["cr4"]["PAE"]
_PSE = 1 << BITS["cr4"]["PSE"]
_LONG = 1 << BITS["efer"]["LME"] | 1 << BITS["efer"]["LMA"]
_PDPTE_RIGHTS = 0x1E6
_NAMES = {BITS_32: "32-bit paging", PAE: "PAE", LEVELS_4: "long mode"}


def code_moved(now: Situation) -> str:
    """The instruction after the one that turns paging on lies where it lay."""
    return _moved(now, "the next instruction", now.next_address)


def stack_moved(now: Situation) -> str:
    """What was pushed before paging was turned on is still on the stack afterwards."""
    return _moved(now, "the stack", now.stack_pointer) if now.sets("cr0", "PG") else ""


def gdt_moved(now: Situation) -> str:
    """GDTR holds a linear address: the GDT lies there before and after."""
    gdtr = now.after.gdtr
    return _moved(now, "the GDT", gdtr.base, min(gdtr.limit + 1, _MOST_COMPARED)) if now.sets("cr0", "PG") else ""


def _moved(now: Situation, what: str, address: int | None, size: int = _COMPARED) -> str:
    if not now.begins_paging or address is None:
        return ""
    before, after = walk(Paging.of(now.before), address, now.memory).physical, now.walk(address).physical
    if before is None or after is None or before == after:
        return ""
    size = min(size, FRAME_SIZE - address % FRAME_SIZE)
    old, new = now.memory(before, size), now.memory(after, size)
    if old == new or not old:
        return ""
    shown = next((at for at in range(len(new)) if old[at] != new[at]), 0) // _COMPARED * _COMPARED
    old, new = old[shown : shown + _COMPARED], new[shown : shown + _COMPARED]
    lies = f"where {new.hex(' ')} lies instead of {old.hex(' ')}" if new else "where no memory is"
    return f"{what} at {address:#x} is mapped to {after:#x}, {lies} (it is at {before:#x})"


def level_left_out(now: Situation) -> str:
    """Each entry points at a table of the next level, and CR3 at one of the first."""
    address = now.next_address
    if address is None or not _fails(now, address):
        return ""
    levels = now.paging.levels
    for number in range(len(levels) - 1):
        if _same_there(now, _walk_levels(now, (*levels[:number], *levels[number + 1 :]), address)):
            pointer = f"CR3 = {now.after.cr3:#x} points" if not number else f"the {levels[number - 1].entry} points"
            return (
                f"{pointer} at a {levels[number + 1].structure}, where a {levels[number].structure} belongs: without "
                f"that level the tables would map the next instruction at {address:#x}"
            )
    return ""


def other_format(now: Situation) -> str:
    """CR4.PAE and EFER.LME choose the format of the tables."""
    meant = _meant_mode(now)
    if meant is None or (meant == LEVELS_4 and now.paging.mode == PAE) or level_left_out(now):
        return ""  # those are rules of their own
    bits = f"CR4 = {now.after.cr4:#x}, EFER = {now.after.efer:#x}"
    return (
        f"the tables at {now.paging.root:#x} are made for {_NAMES[meant]}, and are read as those of "
        f"{_NAMES[now.paging.mode]} ({bits}): {_needed(meant)}"
    )


def long_tables_without_lme(now: Situation) -> str:
    """With CR4.PAE and without EFER.LME the table at CR3 is a PDPT; a PML4 there was meant for long mode."""
    if not now.begins_paging or now.paging.mode != PAE:
        return ""
    entry = int.from_bytes(now.memory(now.paging.root, 8), "little")
    is_odd = entry & PRESENT and entry & _PDPTE_RIGHTS and now.walk(now.next_address or 0).physical is None
    if not (is_odd and not entry & 0x80) and _meant_mode(now) != LEVELS_4:
        return ""
    return (
        f"CR0.PG is set with CR4.PAE, and EFER.LME is clear (EFER = {now.before.efer:#x}): the table at "
        f"{now.paging.root:#x} is read as a PDPT, and its first entry {entry:#x} is that of a PML4"
    )


def _meant_mode(now: Situation) -> str | None:
    """Return the mode in which the tables would map the next instruction to where it lies; None for the one that is."""
    address = now.next_address
    if address is None or not _fails(now, address):
        return None
    first = int.from_bytes(now.memory(now.paging.root, 8), "little")
    for mode, registers in _alternatives(now.after, bool(first & _PDPTE_RIGHTS)):
        if mode != now.paging.mode and _same_there(now, walk(Paging.of(registers), address, now.memory).physical):
            return mode
    return None


def _alternatives(registers: SystemRegisters, has_rights: bool) -> tuple[tuple[str, SystemRegisters], ...]:
    """Return the other modes; a table whose first entry has rights is no PDPT of PAE."""
    cr4, efer = registers.cr4, registers.efer
    wide = ((LEVELS_4, replace(registers, cr4=cr4 | _PAE, efer=efer | _LONG)),
            (PAE, replace(registers, cr4=cr4 | _PAE, efer=efer & ~_LONG)))  # fmt: skip
    return *(wide if has_rights else wide[::-1]), (
        BITS_32,
        replace(registers, cr4=cr4 & ~_PAE | _PSE, efer=efer & ~_LONG),
    )


def _needed(mode: str) -> str:
    if mode == BITS_32:
        return "CR4.PAE has to be clear"
    return "CR4.PAE has to be set" if mode == PAE else "CR4.PAE and EFER.LME have to be set"


def _fails(now: Situation, address: int) -> bool:
    """Tell whether paging begins, and what lies at `address` is there no more."""
    if not now.begins_paging or not now.paging.levels:
        return False
    found = now.walk(address)
    return found.physical is None or bool(_moved(now, "", address))


def _same_there(now: Situation, physical: int | None) -> bool:
    before = walk(Paging.of(now.before), now.next_address or 0, now.memory).physical
    if physical is None or before is None:
        return False
    return physical == before


def _walk_levels(now: Situation, levels: Sequence[Level], address: int) -> int | None:
    """Return where an address leads through these levels alone."""
    table = now.paging.root
    for level in levels:
        data = now.memory(table + level.entry_number(address) * level.size, level.size)
        entry = decode_entry(int.from_bytes(data, "little"), level, now.paging)
        if len(data) < level.size or not entry.is_present or entry.reserved:
            return None
        table = entry.address
        if entry.is_page:
            return table + address % (1 << level.shift)
    return None
