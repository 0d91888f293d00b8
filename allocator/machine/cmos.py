"""Be the CMOS memory with its clock: 128 bytes, an index to port 70h, data from port 71h.

    00-09, 32   clock (BCD, 24 hours), always 2000-01-01 00:00:00: a run must not depend on when it is made
    0A-0D       clock's status: no update in progress, battery fine
    10, 12, 14  floppy types, hard disk types, equipment
    15/16       base memory in KiB: 640, whatever firmware took off its end
    17/18,30/31 KiB above 1 MiB, at most FFFFh
    34/35       units of 64 KiB from 16 MiB on, up to the end of memory below 4 GiB
    5B/5C/5D    units of 64 KiB above 4 GiB

The sizes are what is installed: firmware's reserved tail counts as memory here, and that is the inaccuracy.
Not modelled: the running clock, its alarm and interrupts, the NMI mask in bit 7 of port 70h.
Source: Motorola MC146818 data sheet; Ralf Brown's CMOS list; QEMU's filling of it, observed.
"""

from __future__ import annotations

from typing import NamedTuple

from allocator.machine.disk import Disk
from allocator.machine.firmware_map import FirmwareMap
from allocator.machine.memory_sizes import UNIT, high_bytes, installed_end
from allocator.units import KIB, MIB

INDEX, DATA = 0x70, 0x71

_CLOCK = {
    0x06: 0x07, 0x07: 0x01, 0x08: 0x01, 0x32: 0x20,  # Saturday, the 1st of January 2000
    0x0A: 0x26, 0x0B: 0x02, 0x0D: 0x80,
}  # fmt: skip
_READ_ONLY = (0x0C, 0x0D)


class CmosState(NamedTuple):
    """The place chosen by port 70h, and all bytes."""

    chosen: int
    content: bytes


class Cmos:
    """Ports 70h and 71h."""

    ports = (INDEX, DATA)

    def __init__(self, firmware_map: FirmwareMap, disk: Disk | None = None) -> None:
        self.state = CmosState(0, initial_content(firmware_map, disk))

    def read(self, port: int) -> int:
        """Return the chosen byte; the index itself can't be read back."""
        return self.state.content[self.state.chosen] if port == DATA else 0xFF

    def write(self, port: int, value: int) -> None:
        """Choose a byte, or set it."""
        if port == INDEX:
            self.state = self.state._replace(chosen=value & 0x7F)
        elif self.state.chosen not in _READ_ONLY:
            content = bytearray(self.state.content)
            content[self.state.chosen] = value
            self.state = self.state._replace(content=bytes(content))


def initial_content(firmware_map: FirmwareMap, disk: Disk | None) -> bytes:
    """Return the 128 bytes as firmware finds them."""
    content = bytearray(128)
    is_floppy = disk is not None and disk.is_floppy
    extended = min((installed_end(firmware_map) - MIB) // KIB, 0xFFFF)
    above_16 = min(max(0, installed_end(firmware_map) - 16 * MIB) // UNIT, 0xFFFF)
    high = min(high_bytes(firmware_map) // UNIT, 0xFF_FFFF)
    words = {0x15: 640, 0x17: extended, 0x30: extended, 0x34: above_16}
    for place, word in words.items():
        content[place : place + 2] = word.to_bytes(2, "little")
    content[0x5B:0x5E] = high.to_bytes(3, "little")
    others = {0x10: 0x40 * is_floppy, 0x12: 0xF0, 0x14: 0x06 | is_floppy, 0x38: 0x30, 0x3D: 0x12}
    for place, value in {**_CLOCK, **others}.items():
        content[place] = value
    return bytes(content)
