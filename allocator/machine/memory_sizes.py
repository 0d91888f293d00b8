"""Say how much memory a firmware map has, in the ways that older questions ask.

    0        base_end       1 MiB      contiguous_end        installed_end     4 GiB     high_end
    |- usable -|..............|- usable ----|--- reserved tail --|................|- usable -|
     INT 12h                   88h, E801                                           CMOS 5B-5D
                               CMOS 17/18, 30/31, 34/35 ------->|

CMOS was written by whoever knows what is plugged in; the reserved tail is what the BIOS took for itself later.
Source: SeaBIOS under QEMU, observed (E801 and 88h stop at the tail, CMOS includes it).
"""

from __future__ import annotations

from allocator.addresses import ORIGIN_16
from allocator.machine.firmware_map import FirmwareMap
from allocator.units import GIB, KIB, MIB

BOOT_SECTOR = ORIGIN_16
LOW_LIMIT = 640 * KIB
FOUR_GIB = 4 * GIB
UNIT = 64 * KIB
"""What E801h and the CMOS count memory above 16 MiB in."""


def base_end(firmware_map: FirmwareMap) -> int:
    """Return where usable memory below 640 KiB ends, around the place where boot sectors are loaded.

    640 KiB where the map says nothing about that place: every PC has memory there.
    """
    for usable in firmware_map.usable:
        if BOOT_SECTOR in usable:
            return min(usable.end, LOW_LIMIT)
    described = any(BOOT_SECTOR in region.range for region in firmware_map.resolved)
    return BOOT_SECTOR if described else LOW_LIMIT


def extended_area(firmware_map: FirmwareMap) -> int | None:
    """Return where the extended BIOS data area begins: at the end of base memory; None where there is no room."""
    end = base_end(firmware_map) & ~(KIB - 1)
    return end if BOOT_SECTOR < end < LOW_LIMIT else None


def contiguous_end(firmware_map: FirmwareMap, start: int = MIB) -> int:
    """Return where the usable memory around `start` ends; `start` itself where there is none."""
    return next((usable.end for usable in firmware_map.usable if start in usable), start)


def installed_end(firmware_map: FirmwareMap) -> int:
    """Return where memory below 4 GiB ends, with what firmware took off its top for itself; at least 1 MiB."""
    end = max((usable.end for usable in firmware_map.usable if usable.start < FOUR_GIB), default=MIB)
    if end <= MIB:
        return MIB
    for region in firmware_map.resolved:
        if region.base == end and end < FOUR_GIB:
            end = region.end
    return min(end, FOUR_GIB)


def high_bytes(firmware_map: FirmwareMap) -> int:
    """Return how far usable memory reaches beyond 4 GiB."""
    return max(0, firmware_map.usable_end - FOUR_GIB)
