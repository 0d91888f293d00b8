"""Read the disk: INT 13h, by cylinder, head and sector, or by number with the extensions.

    00h reset    02h read     04h verify       15h type        42h read by number    47h seek
    01h status   03h write    08h parameters   41h extensions  44h verify by number  48h parameters

- There is one drive: 00h for a floppy, 80h for a hard disk. Any other: CF = 1, AH = 1, as with SeaBIOS.
- The extensions (41h and up) are a hard disk's alone.
- Nothing is written back: writing fails with AH = 3, write-protected.
- The last status is in the BIOS data area, 441h for floppies and 474h for hard disks.

Not modelled: time, motors, formatting, errors of the medium, CD-ROMs, removable media.
Source: Ralf Brown's Interrupt List, INT 13h; SeaBIOS 1.16 under QEMU, observed.
"""

from __future__ import annotations

from collections.abc import Callable

from allocator.machine.bios_call import Board, Guest, Interrupt, linear
from allocator.machine.bios_data_area import DISK_STATUS, FLOPPY_STATUS
from allocator.machine.disk import SECTOR_SIZE, Disk

FINE, BAD_PARAMETER, WRITE_PROTECTED, CHANGED, FAILED = 0x00, 0x01, 0x03, 0x06, 0x0C
MOST_SECTORS = 128
"""In one call by cylinder, head and sector."""
FLOPPY_TABLE = 0x601C
"""Offset in segment F000h of a floppy's parameters."""

_PACKET = 16
_EXTENSIONS_VERSION, _EXTENSIONS = 0x30, 0x07
_SHORT_PARAMETERS, _LONG_PARAMETERS = 26, 30
_GEOMETRY_IS_VALID = 0x02


def drive_service(board: Board, guest: Guest) -> None:
    """Serve every function of INT 13h: on the drive that is there."""
    disk = board.disk
    if disk is None or disk.drive != guest.get("dl"):
        _finish(guest, BAD_PARAMETER)
        return
    actions = _FLOPPY_FUNCTIONS if disk.is_floppy else _DISK_FUNCTIONS
    actions.get(guest.get("ah"), refuse_parameter)(disk, guest)


def refuse_parameter(_disk: Disk, guest: Guest) -> None:
    """Answer what there is no function for: AH = 1."""
    _finish(guest, BAD_PARAMETER)


def reset(_disk: Disk, guest: Guest) -> None:
    """00h, and others that only prepare: nothing is to be done."""
    _finish(guest, FINE)


def tell_status(_disk: Disk, guest: Guest) -> None:
    """01h: AH = status of the call before."""
    status = guest.read(_status_place(guest), 1)[0]
    guest.set("ah", status)
    guest.set("cf", int(bool(status)))


def read_sectors(disk: Disk, guest: Guest) -> None:
    """02h: read AL sectors from cylinder CH with bits 6-7 of CL, head DH, sector CL into ES:BX."""
    first, count = _addressed(disk, guest), guest.get("al")
    if first is None:
        _finish(guest, BAD_PARAMETER)
        return
    found = _load(disk, guest, linear(guest, "es", guest.get("bx")), first, count)
    guest.set("al", found)
    _finish(guest, FINE if found == count else FAILED)


def refuse_writing(_disk: Disk, guest: Guest) -> None:
    """03h, 05h, 43h: the disk is write-protected."""
    _finish(guest, WRITE_PROTECTED)


def verify(disk: Disk, guest: Guest) -> None:
    """04h: like 02h, without storing."""
    _finish(guest, BAD_PARAMETER if _addressed(disk, guest) is None else FINE)


def tell_parameters(disk: Disk, guest: Guest) -> None:
    """08h: CH, CL = last cylinder and sectors, DH = last head, DL = drives; BL = type and ES:DI = table of a floppy."""
    cylinders, heads, sectors = disk.geometry
    last = cylinders - (1 if disk.is_floppy else 2)  # a hard disk's last cylinder is kept for tests, since IBM's did
    guest.set("al", 0)
    guest.set("cx", (last & 0xFF) << 8 | (last >> 2) & 0xC0 | sectors)
    guest.set("dh", heads - 1)
    if disk.is_floppy:
        guest.set("bx", _floppy_type(disk))
        guest.set("es", 0xF000)
        guest.set("di", FLOPPY_TABLE)
    _finish(guest, FINE)
    guest.set("dl", 1)


def tell_type(disk: Disk, guest: Guest) -> None:
    """15h: AH = 1 for a floppy, 3 for a hard disk with its sectors in CX:DX."""
    _finish(guest, FINE)
    if disk.is_floppy:
        guest.set("ah", 1)
        return
    cylinders, heads, sectors = disk.geometry
    count = (cylinders - 1) * heads * sectors
    guest.set("cx", count >> 16)
    guest.set("dx", count & 0xFFFF)
    guest.set("ah", 3)


def tell_change(_disk: Disk, guest: Guest) -> None:
    """16h: a floppy may have been changed."""
    _finish(guest, CHANGED)


def tell_extensions(_disk: Disk, guest: Guest) -> None:
    """41h: BX = AA55h, AH = version 3.0, CX = what there is."""
    _finish(guest, FINE)
    guest.set("bx", 0xAA55)
    guest.set("cx", _EXTENSIONS)
    guest.set("ah", _EXTENSIONS_VERSION)


def read_by_number(disk: Disk, guest: Guest) -> None:
    """42h: DS:SI is a packet: size, 0, count (2 bytes), offset, segment, number of the first sector (8 bytes).

    The count becomes how many were read.
    """
    place = linear(guest, "ds", guest.get("si"))
    packet = guest.read(place, _PACKET)
    count, offset, segment = (int.from_bytes(packet[at : at + 2], "little") for at in (2, 4, 6))
    first = int.from_bytes(packet[8:16], "little")
    if first >= disk.sector_count:
        _finish(guest, BAD_PARAMETER)
        return
    found = _load(disk, guest, (segment << 4) + offset, first, count)
    guest.write(place + 2, found.to_bytes(2, "little"))
    _finish(guest, FINE if found == count else FAILED)


def verify_by_number(disk: Disk, guest: Guest) -> None:
    """44h, 47h: like 42h, without storing."""
    packet = guest.read(linear(guest, "ds", guest.get("si")), _PACKET)
    is_there = int.from_bytes(packet[8:16], "little") < disk.sector_count
    _finish(guest, FINE if is_there else BAD_PARAMETER)


def tell_long_parameters(disk: Disk, guest: Guest) -> None:
    """48h: fill the buffer at DS:SI, whose first word is its size, with geometry and number of sectors."""
    address = linear(guest, "ds", guest.get("si"))
    room = int.from_bytes(guest.read(address, 2), "little")
    if room < _SHORT_PARAMETERS:
        _finish(guest, BAD_PARAMETER)
        return
    size = _LONG_PARAMETERS if room >= _LONG_PARAMETERS else _SHORT_PARAMETERS
    fields = ((size, 2), (_GEOMETRY_IS_VALID, 2), *((value, 4) for value in disk.geometry))
    fields = (*fields, (disk.sector_count, 8), (SECTOR_SIZE, 2), (0xFFFF_FFFF, 4))
    guest.write(address, b"".join(value.to_bytes(length, "little") for value, length in fields)[:size])
    _finish(guest, FINE)


def _addressed(disk: Disk, guest: Guest) -> int | None:
    """Return the number of the sector that CX and DH name; None where that, or the count in AL, is impossible."""
    low = guest.get("cl")
    if not 1 <= guest.get("al") <= MOST_SECTORS:
        return None
    return disk.geometry.lba(guest.get("ch") | (low & 0xC0) << 2, guest.get("dh"), low & 0x3F)


def _load(disk: Disk, guest: Guest, address: int, first: int, count: int) -> int:
    """Store as many of `count` sectors as there are; return how many that was."""
    there = max(0, min(count, disk.sector_count - first))
    found = disk.sectors(first, there)
    if found:
        guest.write(address, found)
    return there


def _floppy_type(disk: Disk) -> int:
    types = {(40, 9): 1, (80, 15): 2, (80, 9): 3, (80, 18): 4, (80, 36): 6}
    return types.get((disk.geometry.cylinders, disk.geometry.sectors), 1)


def _finish(guest: Guest, status: int) -> None:
    guest.set("ah", status)
    guest.set("cf", int(bool(status)))
    guest.write(_status_place(guest), bytes([status]))


def _status_place(guest: Guest) -> int:
    return FLOPPY_STATUS if guest.get("dl") < 0x80 else DISK_STATUS


Action = Callable[[Disk, Guest], None]

_FUNCTIONS: dict[int, Action] = {
    0x00: reset,
    0x01: tell_status,
    0x02: read_sectors,
    0x03: refuse_writing,
    0x04: verify,
    0x05: refuse_writing,
    0x08: tell_parameters,
}
_FLOPPY_FUNCTIONS = {**_FUNCTIONS, 0x15: tell_type, 0x16: tell_change}
_DISK_FUNCTIONS = {
    **_FUNCTIONS,
    0x09: reset,
    0x0C: reset,
    0x0D: reset,
    0x10: reset,
    0x11: reset,
    0x14: reset,
    0x15: tell_type,
    0x41: tell_extensions,
    0x42: read_by_number,
    0x43: refuse_writing,
    0x44: verify_by_number,
    0x45: reset,
    0x47: verify_by_number,
    0x48: tell_long_parameters,
    0x49: reset,
}
DISK = Interrupt("disk", otherwise=drive_service)
