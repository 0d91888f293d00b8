"""Say which rule about GDTR, IDTR and the GDT is broken: the operand of LGDT, and the table at the switch.

Each function returns a sentence with values, or "" where its rule holds. The GDT is judged at the first far transfer
after CR0.PE was set, as LGDT may come behind the switch.

Source: Intel SDM volume 3, sections 2.4.1 (GDTR, IDTR), 3.5.1 (tables), 9.9.1 (the switch); volume 2, LGDT.
"""

from __future__ import annotations

from allocator.assembly.image import Image
from allocator.checks.situation import Situation, TableLoad
from allocator.machine.descriptor_tables import find_descriptor
from allocator.machine.segments import Segment, decode_descriptor

_CODE_AND_DATA = 3 * 8 - 1
_LEAST = 2 * 8 - 1


def operand_elsewhere(now: Situation) -> str:
    """LGDT and LIDT read their operand through DS, which the program has to set for that."""
    load = now.table
    if load is None or now.image is None or now.before.bits == 64 or load.offset == load.address:
        return ""
    if now.image.segment_at(load.address) or not now.image.segment_at(load.offset):
        return ""
    place = now.image.locate(load.offset)
    return (
        f"{load.register.upper()}: the operand is read at {load.address:#x}, as its segment begins at "
        f"{load.address - load.offset:#x}; {place} lies at {load.offset:#x} (base {load.loaded.base:#x}, limit "
        f"{load.loaded.limit:#x} were loaded)"
    )


def operand_turned_round(now: Situation) -> str:
    """The operand of LGDT and LIDT has the limit first, in two bytes, then the base."""
    load = now.table
    if load is None or now.image is None or now.image.segment_at(load.loaded.base):
        return ""
    data = now.read(load.address, 6)
    base, limit = int.from_bytes(data[:4], "little"), int.from_bytes(data[4:], "little")
    if not now.image.segment_at(base) or limit < 7:
        return ""
    name = load.register.upper()
    return (
        f"{name} = base {load.loaded.base:#x}, limit {load.loaded.limit:#x}: at {load.address:#x} the base comes "
        f"first, {base:#x}{_called(now.image, base)}, and then the limit, {limit:#x}"
    )


def base_of_one_word(now: Situation) -> str:
    """The base in the operand of LGDT and LIDT has four bytes, in 64-bit code eight."""
    load = now.table
    if load is None or now.image is None or now.image.segment_at(load.loaded.base):
        return ""
    place = _where_base_ends(load, now)
    if place is None:
        return ""
    base = load.loaded.base & (1 << 8 * (place - load.address - 2)) - 1
    return (
        f"{load.register.upper()}.base = {load.loaded.base:#x}: the operand at {load.address:#x} has only "
        f"{place - load.address - 2} bytes of the base, {base:#x}{_called(now.image, base)}; what follows is read as "
        f"the rest of it"
    )


def _where_base_ends(load: TableLoad, now: Situation) -> int | None:
    """Return where another statement's bytes begin within the base, if what lies before them leads into the image."""
    assert now.image is not None
    for size in (2, 4) if now.before.bits == 64 else (2,):
        place = load.address + 2 + size
        base = int.from_bytes(now.read(load.address + 2, size), "little")
        begins = any(line.address == place for line in now.image.lines)
        if begins and base and now.image.segment_at(base) and base != load.loaded.base:
            return place
    return None


def _called(image: Image, address: int) -> str:
    place = image.locate(address)
    return f" ({place})" if place else ""


def base_cut(now: Situation) -> str:
    """LGDT and LIDT with a 16-bit operand load 24 bits of the base."""
    load = now.table
    if load is None or load.base == load.loaded.base:
        return ""
    return (
        f"{load.register.upper()}.base = {load.loaded.base:#x}, where memory says {load.base:#x}: with a 16-bit "
        f"operand only 24 bits are loaded (write o32)"
    )


def table_not_linear(now: Situation) -> str:
    """GDTR and IDTR hold linear addresses, to which no segment is added."""
    load = now.table
    if load is None or now.image is None or now.before.bits == 64 or load.offset == load.address:
        return ""
    moved = load.loaded.base + load.address - load.offset
    if not load.loaded.base or now.image.segment_at(load.loaded.base) or not now.image.segment_at(moved):
        return ""
    return (
        f"{load.register.upper()}.base = {load.loaded.base:#x} is an offset in a segment at "
        f"{load.address - load.offset:#x}: {now.image.locate(moved)} lies at {moved:#x}"
    )


def gdt_too_small(now: Situation) -> str:
    """At the far jump behind the switch the GDT has room for the null descriptor, code and data."""
    if not _is_first_transfer(now) or now.after.gdtr.limit >= _CODE_AND_DATA:
        return ""
    count = (now.after.gdtr.limit + 1) // 8
    return (
        f"GDTR.limit = {now.after.gdtr.limit:#x}: the GDT at {now.after.gdtr.base:#x} has {count} descriptor"
        f"{'' if count == 1 else 's'}; the null one, code and data need a limit of {_CODE_AND_DATA:#x}"
    )


def first_descriptor_used(now: Situation) -> str:
    """Entry 0 of the GDT is the null descriptor, which no selector reaches."""
    limit = now.after.gdtr.limit
    if not _is_first_transfer(now) or limit < _LEAST or (limit + 1) % 8:
        return ""
    data = now.read(now.after.gdtr.base, 8)
    first = decode_descriptor(data, False)
    if len(data) < 8 or not isinstance(first, Segment) or first.kind not in ("code", "data") or not first.is_present:
        return ""
    selected = find_descriptor(now.after, now.read, now.transfer.selector).descriptor if now.transfer else None
    if isinstance(selected, Segment) and selected.kind == "code" and selected.is_present:
        return ""
    return (
        f"entry 0 of the GDT at {now.after.gdtr.base:#x} is {first.kind} ({first.value:#018x}), and no selector "
        f"reaches it: 8 bytes of zeros have to lie before it"
    )


def gdt_outside_memory(now: Situation) -> str:
    """At the far jump behind the switch the whole GDT lies in memory."""
    gdtr = now.after.gdtr
    if (
        not _is_first_transfer(now)
        or now.after.is_set("cr0", "PG")
        or len(now.read(gdtr.base, gdtr.limit + 1)) > gdtr.limit
    ):
        return ""
    return f"GDTR.base = {gdtr.base:#x}, limit {gdtr.limit:#x}: not all of it is memory"


def gdt_cut(now: Situation) -> str:
    """The limit is a multiple of 8, less 1."""
    gdtr = now.after.gdtr
    if not _is_first_transfer(now) or (gdtr.limit + 1) % 8 == 0 or gdtr.limit < _CODE_AND_DATA:
        return ""
    return f"GDTR.limit = {gdtr.limit:#x} ends {(gdtr.limit + 1) % 8} bytes into a descriptor: a limit is a size less 1"


def _is_first_transfer(now: Situation) -> bool:
    """Tell whether this is the far transfer that follows the switch."""
    return now.transfer is not None and not now.after.is_real and "cs" in now.stale
