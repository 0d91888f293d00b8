"""Start what is on the disk: INT 19h; and give up: INT 18h.

    INT 19h: sector 0 -> 0:7C00h, it ends in 55AAh -> the frame of the interrupt is rewritten -> IRET to 0:7C00h

Registers at 0:7C00h are SeaBIOS's under QEMU, observed: EAX = AA55h, DL = the drive, SS:SP = 0:6F04h, FLAGS = 202h,
all else zero. A program that calls INT 19h starts over: the same would follow again and again, so the run ends there.

Not modelled: an order of several disks, diskettes, CDs, the network.
Source: SeaBIOS boot.c; BIOS Boot Specification 1.01, section 6.
"""

from __future__ import annotations

from allocator.machine.bios_call import Board, Guest, Interrupt, caller, linear, stop
from allocator.machine.disk import SIGNATURE
from allocator.machine.memory_sizes import BOOT_SECTOR
from allocator.machine.run import EXITED, Stop

STACK_TOP = 0x6F04
BOOT_FLAGS = 0x0202
_FRAME = 6
_FIRMWARE = range(0xF0000, 0x100000)
_CLEARED = ("ebx", "ecx", "esi", "edi", "ebp")


def start_disk(board: Board, guest: Guest) -> Stop | None:
    """INT 19h: load the boot sector, and return into it; the self-test does that, a program would do it for ever."""
    disk = board.disk
    if caller(guest) not in _FIRMWARE:
        return stop(guest, 0x19, "the program starts the disk again (INT 19h)", EXITED)
    sector = disk.sectors(0, 1) if disk else None
    if disk is None or sector is None:
        return stop(guest, 0x19, "INT 19h starts the disk, and this machine has none")
    if not sector.endswith(SIGNATURE):
        return stop(guest, 0x19, f"{disk.name}: sector 0 ends in {sector[-2:].hex(' ')} and not in 55 aa: not bootable")
    guest.write(BOOT_SECTOR, sector)
    _prepare_registers(guest, disk.drive)
    frame = (BOOT_SECTOR, 0, BOOT_FLAGS)
    guest.write(linear(guest, "ss", guest.get("sp")), b"".join(word.to_bytes(2, "little") for word in frame))
    return None


def _prepare_registers(guest: Guest, drive: int) -> None:
    for name in _CLEARED:
        guest.set(name, 0)
    for name in ("ds", "es", "ss"):
        if guest.get(name):
            guest.set(name, 0)
    guest.set("eax", 0xAA55)
    guest.set("edx", drive)
    guest.set("esp", STACK_TOP - _FRAME)


def find_nothing(_board: Board, guest: Guest) -> Stop:
    """INT 18h: what is called when nothing could be started."""
    message = "INT 18h: the program gives up, and firmware would start another disk; this machine has no other"
    return stop(guest, 0x18, message)


BOOT = Interrupt("start the disk", otherwise=start_disk)
NOTHING = Interrupt("nothing to start", otherwise=find_nothing)
