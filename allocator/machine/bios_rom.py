"""Lay out the firmware's ROM: a few real instructions, and the entries of the services.

    F000:D42E  handlers of hardware interrupts: end of interrupt, IRET
    F000:D800  entries of all vectors without a fixed place
    F000:E05B  power-on self-test: clears segments, sets the stack, INT 19h
    F000:E6F5  configuration table           F000:601C  floppy parameters
    F000:FF53  IRET: vectors that nobody serves
    F000:FFF0  reset: jumps to the self-test; date; model

- An entry of a served vector is NOP and IRET. At the IRET, before it runs, the service is performed: a trap. That of
  the timer (IRQ 0) goes on with INT 1Ch and the end of interrupt.
- Vectors that programs call have the offsets that IBM's ROM had, since some programs jump there.

Not modelled: a program in ROM beyond that; option ROMs; a checksum; SMBIOS, ACPI and PCI tables.
Source: Ralf Brown's memory list, F000h; IBM PC/AT technical reference; SeaBIOS's romlayout.S for the same offsets.
"""

from __future__ import annotations

from collections.abc import Mapping

from allocator.machine.bios_data_area import HARD_DISK_TABLE
from allocator.machine.bios_disk import FLOPPY_TABLE
from allocator.machine.bios_memory import CONFIGURATION_TABLE

SEGMENT = 0xF000
START = SEGMENT << 4
SIZE = 0x10000

_DEFAULT, _NMI, _PRINT_SCREEN = 0xFF53, 0xE2C3, 0xFF54
_TIMER, _KEY, _MASTER, _FLOPPY, _SLAVE = 0xFEA5, 0xE987, 0xD42E, 0xEF57, 0xD437
_SELF_TEST, _RESET, _DATE, _MODEL = 0xE05B, 0xFFF0, 0xFFF5, 0xFFFE
_OTHER_ENTRIES = 0xD800
_ENTRY_BYTES = 4

UNSERVED: Mapping[int, int] = {
    **dict.fromkeys(range(0x08), _DEFAULT),
    0x02: _NMI,
    0x05: _PRINT_SCREEN,
    0x09: _KEY,
    **dict.fromkeys((0x0A, 0x0B, 0x0C, 0x0D, 0x0F), _MASTER),
    0x0E: _FLOPPY,
    0x1B: _DEFAULT,
    0x1C: _DEFAULT,
    0x4A: _DEFAULT,
    **dict.fromkeys(range(0x70, 0x78), _SLAVE),
}
"""Exceptions, hardware interrupts and hooks for programs: vector to the offset of a handler that does nothing."""

SERVED: Mapping[int, int] = {
    0x08: _TIMER,
    0x10: 0xF065,
    0x11: 0xF84D,
    0x12: 0xF841,
    0x13: 0xE3FE,
    0x14: 0xE739,
    0x15: 0xF859,
    0x16: 0xE82E,
    0x17: 0xEFD2,
    0x19: 0xE6F2,
    0x1A: 0xFE6E,
    0x40: 0xEC59,
}
"""Vector to the offset of its entry, where that is fixed."""

_POINTERS = (0x1D, 0x1E, 0x1F, 0x41, 0x43, 0x46)
"""Vectors that are no interrupts, but point to tables."""

_IRET = b"\xcf"
_ENTRY = b"\x90" + _IRET
_END_MASTER = b"\x50\xb0\x20\xe6\x20\x58"  # push ax; mov al, 20h; out 20h, al; pop ax
_END_BOTH = b"\x50\xb0\x20\xe6\xa0\xe6\x20\x58"  # the same for A0h and 20h

_CODE: Mapping[int, bytes] = {
    _DEFAULT: _IRET,
    _NMI: _IRET,
    _PRINT_SCREEN: _IRET,
    _KEY: _END_MASTER + _IRET,
    _MASTER: _END_MASTER + _IRET,
    _FLOPPY: _END_MASTER + _IRET,
    _SLAVE: _END_BOTH + _IRET,
    _TIMER: b"\x90\xcd\x1c" + _END_MASTER + _IRET,  # int 1Ch: a hook for programs
    _SELF_TEST: b"\xfa\xfc"  # cli; cld
    b"\x31\xc0\x8e\xd8\x8e\xc0\x8e\xd0"  # xor ax, ax; mov ds, ax; mov es, ax; mov ss, ax
    b"\xbc\x04\x6f\xfb"  # mov sp, 6F04h; sti
    b"\xcd\x19\xcd\x18\xf4\xeb\xfd",  # int 19h; int 18h; hlt; jmp back to hlt
    _RESET: b"\xea\x5b\xe0\x00\xf0",  # jmp F000:E05B
}
_PARTS = {
    _RESET: "reset",
    _SELF_TEST: "self-test",
    _TIMER: "int 08h",
    **dict.fromkeys((_DEFAULT, _NMI, _PRINT_SCREEN), "default handler"),
    **dict.fromkeys((_KEY, _MASTER, _FLOPPY, _SLAVE), "hardware interrupt"),
}
"""What the code in ROM is called."""
_TABLES: Mapping[int, bytes] = {
    CONFIGURATION_TABLE: b"\x08\x00\xfc\x00\x01\x74\x40\x00\x00\x00",
    FLOPPY_TABLE: b"\xaf\x02\x25\x02\x12\x1b\xff\x6c\xf6\x0f\x08",
    _DATE: b"01/01/00",
    _MODEL: b"\xfc",
}


def rom() -> bytes:
    """Return the 64 KiB of segment F000h."""
    content = bytearray(SIZE)
    for offset, piece in {**_CODE, **_TABLES}.items():
        content[offset : offset + len(piece)] = piece
    for vector in trapped_vectors():
        if vector != 0x08:
            content[entry_of(vector) : entry_of(vector) + len(_ENTRY)] = _ENTRY
    return bytes(content)


def part_at(offset: int) -> str:
    """Return what the code at an offset is called; "" where there is none."""
    return next((name for start, name in _PARTS.items() if start <= offset < start + len(_CODE[start])), "")


def trapped_vectors() -> tuple[int, ...]:
    """Return the vectors whose calls are served, or stop the machine because they are not."""
    return tuple(vector for vector in range(0x100) if vector not in UNSERVED and vector not in _POINTERS)


def entry_of(vector: int) -> int:
    """Return the offset of the entry of a trapped vector."""
    return SERVED.get(vector, _OTHER_ENTRIES + _ENTRY_BYTES * vector)


def vector_table(extended_area: int | None) -> bytes:
    """Return the 1,024 bytes at address 0: for each vector offset and segment."""
    pointers = {0x1E: (FLOPPY_TABLE, SEGMENT)}
    if extended_area is not None:
        pointers[0x41] = (HARD_DISK_TABLE, extended_area >> 4)
    entries = [pointers.get(vector) or _handler(vector) for vector in range(0x100)]
    return b"".join(word.to_bytes(2, "little") for entry in entries for word in entry)


def _handler(vector: int) -> tuple[int, int]:
    if vector in _POINTERS:
        return 0, 0
    return UNSERVED.get(vector) or entry_of(vector), SEGMENT
