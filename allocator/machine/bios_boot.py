"""Start what is on the disk: INT 19h; and say that nothing is: INT 18h.

    INT 19h: sector 0 -> 0:7C00h, it ends in 55AAh -> the frame of the interrupt is rewritten -> IRET to 0:7C00h

Registers at 0:7C00h are SeaBIOS's under QEMU, observed: EAX = AA55h, DL = the drive, SS:SP = 0:6F04h, FLAGS = 202h,
all else zero.
Source: SeaBIOS boot.c; BIOS Boot Specification 1.01, section 6.
"""

from __future__ import annotations

from allocator.machine.bios_call import Board, Guest, Interrupt, linear, stop
from allocator.machine.disk import SIGNATURE
from allocator.machine.memory_sizes import BOOT_SECTOR
from allocator.machine.run import Stop

STACK_TOP = 0x6F04
BOOT_FLAGS = 0x0202
_FRAME = 6
_CLEARED = ("ebx", "ecx", "esi", "edi", "ebp")


def start_disk(board: Board, guest: Guest) -> Stop | None:
    """INT 19h: load the boot sector, and return into it."""
    disk = board.disk
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
    return stop(guest, 0x18, "INT 18h is called when there is nothing to start; this machine has no more disks")


BOOT = Interrupt("start the disk", otherwise=start_disk)
NOTHING = Interrupt("nothing to start", otherwise=find_nothing)
