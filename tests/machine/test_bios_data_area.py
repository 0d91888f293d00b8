"""The firmware leaves in low memory what SeaBIOS left there under QEMU: the BIOS data area and the vectors."""

from __future__ import annotations

import pytest
from reference.bios_guest import PlainGuest

from allocator.machine.bios import Bios
from allocator.machine.bios_data_area import data_area
from allocator.machine.disk import Disk
from allocator.machine.firmware_map import FirmwareMap

MAP = FirmwareMap.of("qemu-pc-64m")
DISK = Disk.of(bytes(510) + b"\x55\xaa" + bytes((1 << 20) - 512))
FLOPPY = Disk.of(bytes(510) + b"\x55\xaa" + bytes((1440 << 10) - 512))

SEABIOS = bytes.fromhex("""
    f803000000000000 780300000000c09f 2742007f02000000 00001e001e000000 0000000000000000 0000000000000000
    0000000000000000 0000000000000000 0000000000000000 0003500000100000 0008000000000000 0000000000000000
    070600d403000000 00000000fa6c0d00 000000000001c000 140000000a000000 1e003e0018100060 f951080000000007
    0000000000001000
""")
"""400h to 497h in a boot sector on a hard disk of a pc with 64 MiB; video pointers follow."""

DIFFERENT = {
    0x408: "no printer", 0x409: "no printer", 0x411: "no printer",
    0x410: "no floppy drive beside the hard disk", 0x48F: "no floppy drive",
    0x451: "no banner on the screen",
    0x46C: "midnight", 0x46D: "midnight", 0x46E: "midnight",
}  # fmt: skip


def test_the_data_area_is_that_of_seabios():
    ours = data_area(MAP, DISK)

    assert sorted(DIFFERENT) == [0x400 + place for place, byte in enumerate(SEABIOS) if byte != ours[place]]


def test_a_floppy_is_in_the_equipment_and_is_no_hard_disk():
    ours = data_area(MAP, FLOPPY)

    assert (1, 0) == (ours[0x10] & 1, ours[0x75])


@pytest.mark.parametrize(
    ("vector", "pointer"),
    {
        0x00: 0xF000FF53, 0x02: 0xF000E2C3, 0x05: 0xF000FF54, 0x06: 0xF000FF53, 0x08: 0xF000FEA5, 0x09: 0xF000E987,
        0x0E: 0xF000EF57, 0x11: 0xF000F84D, 0x12: 0xF000F841, 0x13: 0xF000E3FE, 0x14: 0xF000E739, 0x15: 0xF000F859,
        0x16: 0xF000E82E, 0x17: 0xF000EFD2, 0x19: 0xF000E6F2, 0x1A: 0xF000FE6E, 0x1C: 0xF000FF53, 0x1E: 0xF000601C,
        0x40: 0xF000EC59, 0x41: 0x9FC0003D,
    }.items(),
)  # fmt: skip
def test_a_vector_points_where_it_does_in_seabios(vector, pointer):
    guest = PlainGuest(Bios(MAP, DISK))

    assert pointer == int.from_bytes(guest.read(4 * vector, 4), "little")


def test_the_extended_area_begins_with_its_size():
    assert b"\1" == PlainGuest(Bios(MAP, DISK)).read(0x9FC00, 1)


def test_the_hard_disk_table_has_the_geometry():
    assert (2, 16, 63) == (
        int.from_bytes(PlainGuest(Bios(MAP, DISK)).read(0x9FC3D, 2), "little"),
        PlainGuest(Bios(MAP, DISK)).read(0x9FC3F, 1)[0],
        PlainGuest(Bios(MAP, DISK)).read(0x9FC4B, 1)[0],
    )
