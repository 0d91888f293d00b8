"""Lay out the BIOS data area and the extended one: where firmware keeps what programs may look up.

    400  serial ports     413  base memory KiB     44A  columns           46C  ticks of the clock
    408  printer ports    417  keyboard flags      44C  size of a page    474  hard disk's status
    40E  extended area    41A  keyboard buffer     450  cursors           475  hard disks
    410  equipment        441  floppy's status     460  cursor's shape    480  keyboard buffer's bounds
                          449  video mode          462  page, 463 CRTC    484  rows - 1, 485 lines of a character

The extended area lies at the end of base memory, where the firmware map leaves room for it.
Source: Ralf Brown's memory list; the values are those that SeaBIOS leaves under QEMU, observed, without a printer.
"""

from __future__ import annotations

from allocator.machine.disk import Disk
from allocator.machine.firmware_map import FirmwareMap
from allocator.machine.memory_sizes import base_end, extended_area
from allocator.units import KIB

AREA = 0x400
EQUIPMENT = 0x410
FLOPPY_STATUS, DISK_STATUS = 0x441, 0x474
VIDEO_MODE, VIDEO_COLUMNS, CURSOR, CURSOR_SHAPE = 0x449, 0x44A, 0x450, 0x460
TICKS, MIDNIGHT = 0x46C, 0x470
TICKS_A_DAY = 0x1800B0
HARD_DISK_TABLE = 0x3D
"""Offset of the first hard disk's parameters in the extended area."""

_EQUIPMENT = 0x0226
"""A coprocessor, a mouse port, 80 columns in colour, one serial port."""
_FLOPPY = 0x0001

_FIELDS: dict[int, str] = {
    0x400: "f803",
    0x41A: "1e00 1e00",
    0x449: "03 5000 0010",
    CURSOR_SHAPE: "0706",
    0x463: "d403",
    0x476: "c0",
    0x478: "14",
    0x47C: "0a",
    0x480: "1e00 3e00 18 1000 60 f9 51 08",
    0x496: "10",
}
"""What is the same on every machine: address to bytes."""


def data_area(firmware_map: FirmwareMap, disk: Disk | None) -> bytes:
    """Return the 256 bytes from 400h on."""
    area = bytearray(0x100)
    extended = extended_area(firmware_map)
    is_floppy = disk is not None and disk.is_floppy
    fields = {address: bytes.fromhex(text) for address, text in _FIELDS.items()}
    fields[0x40E] = _word((extended or 0) >> 4)
    fields[EQUIPMENT] = _word(_EQUIPMENT | _FLOPPY * is_floppy)
    fields[0x413] = _word(base_end(firmware_map) // KIB)
    fields[0x475] = bytes([disk is not None and not is_floppy])
    for address, value in fields.items():
        area[address - AREA : address - AREA + len(value)] = value
    return bytes(area)


def extended_data_area(firmware_map: FirmwareMap, disk: Disk | None) -> tuple[int, bytes] | None:
    """Return address and bytes of the extended area, its size in KiB first; None where there is none."""
    start = extended_area(firmware_map)
    if start is None:
        return None
    area = bytearray(KIB)
    area[0] = min((640 * KIB - start) // KIB, 0xFF)
    if disk is not None and not disk.is_floppy:
        table = hard_disk_table(disk)
        area[HARD_DISK_TABLE : HARD_DISK_TABLE + len(table)] = table
    return start, bytes(area)


def hard_disk_table(disk: Disk) -> bytes:
    """Return the 16 bytes that vector 41h points to: the geometry."""
    cylinders, heads, sectors = disk.geometry
    return _word(min(cylinders, 0xFFFF)) + bytes([heads & 0xFF, *bytes(11), sectors & 0xFF, 0])


def _word(value: int) -> bytes:
    return value.to_bytes(2, "little")
