"""Tell how much memory there is, and open address line 20: INT 12h and INT 15h.

    12h           AX = KiB of base memory
    15h E820h     one entry of the firmware map per call, EBX leads from one to the next
        E801h     KiB from 1 to 16 MiB, units of 64 KiB above 16 MiB
        88h       KiB above 1 MiB, at most 63 MiB
        2400h-3h  A20 off, on, asked for, supported ways
        4Fh       keyboard intercept       86h  wait           87h  move a block, above 1 MiB too
        C0h, C1h  configuration table, extended BIOS data area
        others    CF = 1, AH = 86h

E820h, exactly: EDX must be 'SMAP', BX (16 bits) below the number of entries, ECX at least 20. Success: CF = 0, EAX =
'SMAP', ECX = bytes written, EBX = next or 0 with the last. Failure: CF = 1, AH = 86h, nothing else changes. 20 bytes
are written, as SeaBIOS does; 24 where the map has attributes, which SeaBIOS's never have, and the caller takes them.
E801h and 88h tell what is contiguous, and end at a hole. On the maps that SeaBIOS makes, which have none, that is its
own rule (the end of memory below 4 GiB); on others its rule would call a hole memory.
Not modelled: the descriptors' access rights and limits that 87h is given; how long a wait takes.
Source: SeaBIOS 1.16 under QEMU, observed call by call; Ralf Brown's Interrupt List, INT 15h; ACPI 6.5, section 15.1.
"""

from __future__ import annotations

from allocator.machine.bios_call import Board, Guest, Interrupt, Service, linear, refuse, refuse_unsupported, succeed
from allocator.machine.firmware_records import LONG_RECORD, RECORD, pack_record
from allocator.machine.memory_sizes import UNIT, base_end, contiguous_end, extended_area
from allocator.machine.region import Region
from allocator.units import KIB, MIB

SMAP = 0x534D4150
CONFIGURATION_TABLE = 0xE6F5
"""Offset in segment F000h, at the address that IBM's had."""

_FIRST_PART_KIB = 15 * 1024
_MOST_88_KIB = 63 * 1024
_A20_BY_KEYBOARD_AND_92 = 3


def tell_base_memory(board: Board, guest: Guest) -> None:
    """INT 12h: AX = KiB of base memory; flags stay."""
    guest.set("ax", base_end(board.firmware_map) // KIB)


def tell_map_entry(board: Board, guest: Guest) -> None:
    """INT 15h, AX = E820h: store one entry of the firmware map at ES:DI."""
    entries = board.firmware_map.entries
    index = guest.get("bx")
    if guest.get("edx") != SMAP or index >= len(entries) or guest.get("ecx") < RECORD:
        refuse(guest)
        return
    record = record_of(entries[index], guest.get("ecx"))
    guest.write(linear(guest, "es", guest.get("di")), record)
    following = (guest.get("ebx") + 1) & 0xFFFF_FFFF
    guest.set("ebx", following if index + 1 < len(entries) else 0)
    guest.set("eax", SMAP)
    guest.set("ecx", len(record))
    guest.set("cf", 0)


def record_of(entry: Region, room: int) -> bytes:
    """Return an entry as it is stored for a caller who has `room` bytes: 20, or 24 with its attributes."""
    return pack_record(entry, RECORD if entry.attributes is None or room < LONG_RECORD else LONG_RECORD)


def tell_two_sizes(board: Board, guest: Guest) -> None:
    """INT 15h, AX = E801h: AX = CX = KiB from 1 to 16 MiB, BX = DX = 64 KiB units above."""
    below, above = two_sizes(board)
    for name, value in (("ax", below), ("cx", below), ("bx", above), ("dx", above)):
        guest.set(name, value)
    guest.set("cf", 0)


def two_sizes(board: Board) -> tuple[int, int]:
    """Return what E801h tells: KiB from 1 MiB on, at most 15 MiB, and 64 KiB units from 16 MiB on."""
    below = min((contiguous_end(board.firmware_map) - MIB) // KIB, _FIRST_PART_KIB)
    above = min((contiguous_end(board.firmware_map, 16 * MIB) - 16 * MIB) // UNIT, 0xFFFF)
    return below, above


def tell_extended_size(board: Board, guest: Guest) -> None:
    """INT 15h, AH = 88h: AX = KiB of memory from 1 MiB on, at most 63 MiB."""
    guest.set("ax", extended_kib(board))
    guest.set("cf", 0)


def extended_kib(board: Board) -> int:
    """Return what 88h tells."""
    return min((contiguous_end(board.firmware_map) - MIB) // KIB, _MOST_88_KIB)


def close_a20(board: Board, guest: Guest) -> None:
    """INT 15h, AX = 2400h."""
    board.devices.a20.turn(False)
    succeed(guest)


def open_a20(board: Board, guest: Guest) -> None:
    """INT 15h, AX = 2401h."""
    board.devices.a20.turn(True)
    succeed(guest)


def tell_a20(board: Board, guest: Guest) -> None:
    """INT 15h, AX = 2402h: AL = 1 where line 20 is open."""
    guest.set("al", int(board.devices.a20.is_open))
    succeed(guest)


def tell_a20_ways(_board: Board, guest: Guest) -> None:
    """INT 15h, AX = 2403h: BX = ways to turn line 20: keyboard controller and port 92h."""
    guest.set("bx", _A20_BY_KEYBOARD_AND_92)
    succeed(guest)


def pass_key(_board: Board, guest: Guest) -> None:
    """INT 15h, AH = 4Fh: the key in AL is to be handled as usual."""
    guest.set("cf", 1)


def wait(_board: Board, guest: Guest) -> None:
    """INT 15h, AH = 86h: wait CX:DX microseconds, 90h and 91h: for a device; it is over at once. CF = 0."""
    guest.set("cf", 0)


def move_block(_board: Board, guest: Guest) -> None:
    """INT 15h, AH = 87h: move CX words; ES:SI has descriptors, the third the source, the fourth the target."""
    table = guest.read(linear(guest, "es", guest.get("si")), 0x20)
    source, target = _descriptor_base(table[0x10:0x18]), _descriptor_base(table[0x18:0x20])
    guest.write(target, guest.read(source, 2 * guest.get("cx")))
    succeed(guest)


def _descriptor_base(descriptor: bytes) -> int:
    return int.from_bytes(descriptor[2:5] + descriptor[7:8], "little")


def tell_configuration(_board: Board, guest: Guest) -> None:
    """INT 15h, AH = C0h: ES:BX = the configuration table in ROM."""
    guest.set("es", 0xF000)
    guest.set("bx", CONFIGURATION_TABLE)
    succeed(guest)


def tell_extended_area(board: Board, guest: Guest) -> None:
    """INT 15h, AH = C1h: ES = segment of the extended BIOS data area, where there is one."""
    area = extended_area(board.firmware_map)
    if area is None:
        refuse(guest)
        return
    guest.set("es", area >> 4)
    guest.set("cf", 0)


BASE_MEMORY = Interrupt("size of base memory", otherwise=tell_base_memory)

E820, E801, EXTENDED_SIZE = 0xE820, 0xE801, 0x88
SYSTEM_FUNCTIONS: dict[int, Service] = {
    0x2400: close_a20,
    0x2401: open_a20,
    0x2402: tell_a20,
    0x2403: tell_a20_ways,
    0x4F: pass_key,
    0x86: wait,
    0x87: move_block,
    0x90: wait,
    0x91: wait,
    EXTENDED_SIZE: tell_extended_size,
    0xC0: tell_configuration,
    0xC1: tell_extended_area,
    E801: tell_two_sizes,
    E820: tell_map_entry,
}
SYSTEM = Interrupt("memory, A20 and other system services", SYSTEM_FUNCTIONS, refuse_unsupported)
