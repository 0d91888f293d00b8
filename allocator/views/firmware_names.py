"""Call addresses of the firmware of a booted machine what they are: entries in ROM, vectors, the data area.

0xff859           bios int 15h         0x54       vector 15h
0xfe05d           bios self-test+0x2   0x450      bios data+0x50
"""

from __future__ import annotations

from allocator.addresses import Range
from allocator.machine.bios_rom import START, part_at
from allocator.machine.run import Run
from allocator.trace.machine_flow import vector_served_at
from allocator.trace.schema import BOOT

VECTORS, DATA, ROM = Range(0, 0x400), Range(0x400, 0x500), Range(START, START + 0x10000)
_VECTOR_SIZE = 4


def is_boot(run: Run) -> bool:
    """Tell whether a run began at the reset vector."""
    return run.routine == BOOT and run.entry in ROM


def firmware_name(address: int) -> str | None:
    """Return what the firmware has at `address`, or None."""
    if address in VECTORS:
        number, offset = divmod(address, _VECTOR_SIZE)
        return f"vector {number:02x}h{_distance(offset)}"
    if address in DATA:
        return f"bios data{_distance(address - DATA.start)}"
    return code_name(address) if address in ROM else None


def code_name(address: int) -> str | None:
    """Return what the firmware's code at `address` is called, or None."""
    if address not in ROM:
        return None
    vector = vector_served_at(address)
    if vector is not None:
        return f"bios int {vector:02x}h"
    part = part_at(address - START)
    return f"bios {part}" if part else "bios"


def _distance(offset: int) -> str:
    return f"{offset:+#x}" if offset else ""
