"""Be the hard disk at its own ports: an ATA drive, read by programmed input.

    1F0h  data, 16 bits at a time        1F4h 1F5h  cylinder, or LBA 8-23
    1F1h  error; features                1F6h       device: bit 6 LBA, bit 4 the second drive, head or LBA 24-27
    1F2h  count, 0 for 256               1F7h       status; command
    1F3h  sector, or LBA 0-7             3F6h       status again; bit 2 resets

    20h 21h C4h  read       24h 29h  read, with 48-bit numbers (1F2h-1F5h written twice, high bytes first)
    ECh          identify   10h 70h 91h C6h E7h EAh EFh  taken, nothing is to be done

- A drive is never busy: what is asked for waits at once.
- Anything else ends with an error, aborted. So does writing: nothing is written back.
- There is one drive, the first. Where the second one is chosen everything reads 0, and so it does without a hard disk.

Not modelled: the interrupt (IRQ 14), DMA, the second channel, ATAPI.
Source: ATA/ATAPI-6 (T13 1410D), chapters 7 and 8.
"""

from __future__ import annotations

import struct
from typing import NamedTuple

from allocator.machine.disk import SECTOR_SIZE, Disk

DATA, ERROR, COUNT, LOW, MIDDLE, HIGH, DEVICE, COMMAND = range(0x1F0, 0x1F8)
CONTROL = 0x3F6
READY, WANTS_TRANSFER, FAILED = 0x50, 0x08, 0x01
ABORTED, NOT_FOUND = 0x04, 0x10
HEADS, SECTORS = 16, 63
"""The drive's own geometry; firmware may tell another."""

_READS, _LONG_READS, _IDENTIFY = (0x20, 0x21, 0xC4), (0x24, 0x29), 0xEC
_TAKEN = (0x10, 0x70, 0x91, 0xC6, 0xE7, 0xEA, 0xEF)
_BY_NUMBER, _SECOND_DRIVE, _RESET = 0x40, 0x10, 0x04
_MODEL, _SERIAL = "ALLOCATOR HARDDISK", "1"


class AtaState(NamedTuple):
    """Registers as last written, those written before them, the error, and what is left to read.

    ``at`` is a place in bytes on the disk, ``left`` how many bytes are to be read; ``identity`` goes before them.
    """

    registers: tuple[int, ...] = (0, 0, 1, 1, 0, 0, 0xA0, 0)
    before: tuple[int, ...] = (0,) * 8
    error: int = 0
    at: int = 0
    left: int = 0
    identity: bytes = b""


class AtaDrive:
    """Ports 1F0h to 1F7h and 3F6h."""

    ports = (*range(DATA, COMMAND + 1), CONTROL)

    def __init__(self, disk: Disk | None) -> None:
        self._disk = None if disk is None or disk.is_floppy else disk
        self.state = AtaState()

    def read(self, port: int) -> int:
        """Return a register, or the next byte of the data."""
        if self._disk is None or self.state.registers[DEVICE - DATA] & _SECOND_DRIVE:
            return 0
        if port == DATA:
            return self._next_byte(self._disk)
        if port in (COMMAND, CONTROL):
            waits = WANTS_TRANSFER if self.state.identity or self.state.left else 0
            return READY | waits | (FAILED if self.state.error else 0)
        return self.state.error if port == ERROR else self.state.registers[port - DATA]

    def write(self, port: int, value: int) -> None:
        """Set a register, or take a command."""
        if port == CONTROL:
            if value & _RESET:
                self.state = AtaState()
        elif port != DATA:
            place = port - DATA
            kept = (_with(self.state.before, place, self.state.registers[place]), value)
            self.state = self.state._replace(before=kept[0], registers=_with(self.state.registers, place, value))
            if port == COMMAND and self._disk and not self.state.registers[DEVICE - DATA] & _SECOND_DRIVE:
                self._perform(value, self._disk)

    def _next_byte(self, disk: Disk) -> int:
        state = self.state
        if state.identity:
            self.state = state._replace(identity=state.identity[1:])
            return state.identity[0]
        if not state.left:
            return 0xFF
        self.state = state._replace(at=state.at + 1, left=state.left - 1)
        return disk.data[state.at]

    def _perform(self, command: int, disk: Disk) -> None:
        self.state = self.state._replace(error=0, left=0, identity=b"")
        if command == _IDENTIFY:
            self.state = self.state._replace(identity=identity(disk))
        elif command in (*_READS, *_LONG_READS):
            self._begin_reading(disk, *self._addressed(is_long=command in _LONG_READS))
        elif command not in _TAKEN:
            self.state = self.state._replace(error=ABORTED)

    def _begin_reading(self, disk: Disk, first: int, count: int) -> None:
        if not 0 <= first <= first + count <= disk.sector_count:
            self.state = self.state._replace(error=NOT_FOUND)
        else:
            self.state = self.state._replace(at=first * SECTOR_SIZE, left=count * SECTOR_SIZE)

    def _addressed(self, is_long: bool) -> tuple[int, int]:
        """Return the first sector, counted from 0, and how many."""
        _, _, count, low, middle, high, device, _ = self.state.registers
        if is_long:
            _, _, more, *upper, _, _ = self.state.before
            number = int.from_bytes(bytes([low, middle, high, *upper]), "little")
            return number, more << 8 | count or 0x10000
        if device & _BY_NUMBER:
            return (device & 0xF) << 24 | high << 16 | middle << 8 | low, count or 0x100
        return ((high << 8 | middle) * HEADS + (device & 0xF)) * SECTORS + low - 1, count or 0x100


def identity(disk: Disk) -> bytes:
    """Return the 512 bytes by which the drive says what it is."""
    words = [0] * 256
    cylinders = min(disk.sector_count // (HEADS * SECTORS), 16383)
    words[0], words[1], words[3], words[6] = 0x0040, cylinders, HEADS, SECTORS
    words[10:20] = _text(_SERIAL, 20)
    words[27:47] = _text(_MODEL, 40)
    words[49], words[53], words[80], words[83], words[86] = 0x0200, 0x0001, 0x007E, 0x4400, 0x0400
    words[54:57] = cylinders, HEADS, SECTORS
    words[60:62] = struct.unpack("<2H", min(disk.sector_count, 0x0FFF_FFFF).to_bytes(4, "little"))
    words[100:104] = struct.unpack("<4H", disk.sector_count.to_bytes(8, "little"))
    return struct.pack("<256H", *words)


def _text(text: str, size: int) -> tuple[int, ...]:
    # The first character of each pair is the upper byte.
    return struct.unpack(f">{size // 2}H", text.ljust(size).encode("ascii"))


def _with(registers: tuple[int, ...], place: int, value: int) -> tuple[int, ...]:
    return (*registers[:place], value, *registers[place + 1 :])
