"""A disk is made of an image, bytes or a file; what no firmware would start is refused with a hint."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from allocator import assemble
from allocator.errors import MachineError
from allocator.machine.disk import Disk, Geometry
from allocator.units import GIB, KIB, MIB

BOOT = bytes(510) + b"\x55\xaa"
BOOT_SOURCE = " bits 16\n org 0x7C00\nstart: jmp start\n times 510-($-$$) db 0\n dw 0xAA55\n"


def disk_of_size(size: int) -> Disk:
    return Disk.of(BOOT.ljust(size, b"\0"))


def test_sector_0_of_an_images_disk_is_what_lies_at_7c00():
    assert b"\xeb\xfe" == Disk.of(assemble(text=BOOT_SOURCE)).data[:2]


def test_what_follows_the_boot_sector_in_its_segment_is_sector_1():
    assert b"A".ljust(512, b"\0") == Disk.of(assemble(text=BOOT_SOURCE + " db 'A'\n")).sectors(1, 1)


def test_an_images_disk_keeps_the_image():
    image = assemble(text=BOOT_SOURCE)

    assert image is Disk.of(image).image


def test_a_disk_is_its_own_disk():
    disk = Disk.of(BOOT)

    assert disk is Disk.of(disk)


def test_a_file_is_read_byte_for_byte(tmp_path: Path):
    path = tmp_path / "disk.img"
    path.write_bytes(BOOT + b"x" * 512)

    assert (BOOT, b"x" * 512) == (Disk.of(path).sectors(0, 1), Disk.of(str(path)).sectors(1, 1))


def test_a_raw_disk_has_its_boot_sector_at_7c00():
    [segment] = Disk.of(BOOT + bytes(512)).image.segments

    assert (0x7C00, BOOT) == (segment.start, segment.data)


def test_sectors_past_the_end_do_not_exist():
    assert (None, None, b"") == (Disk.of(BOOT).sectors(0, 2), Disk.of(BOOT).sectors(-1, 1), Disk.of(BOOT).sectors(1, 0))


def test_a_broken_last_sector_is_filled_up_and_noted():
    disk = Disk.of(BOOT + b"abc")

    assert (b"abc".ljust(512, b"\0"), 1) == (disk.sectors(1, 1), len(disk.notes))


def test_whole_sectors_are_no_reason_for_a_note():
    assert () == Disk.of(BOOT).notes


@pytest.mark.parametrize(
    ("size", "geometry"),
    [
        (160 * KIB, (40, 1, 8)),
        (360 * KIB, (40, 2, 9)),
        (1440 * KIB, (80, 2, 18)),
        (2880 * KIB, (80, 2, 36)),
        (512, (2, 16, 63)),
        (10 * MIB, (20, 16, 63)),
        (504 * MIB, (1024, 16, 63)),
        (512 * MIB, (520, 32, 63)),
    ],
)
def test_the_geometry_of_a_size(size: int, geometry: tuple[int, int, int]):
    assert geometry == disk_of_size(size).geometry


def test_a_floppys_exact_size_makes_drive_0():
    assert (0x00, 0x80) == (disk_of_size(1440 * KIB).drive, disk_of_size(1440 * KIB + 512).drive)


@pytest.mark.parametrize(
    ("place", "lba"),
    [((0, 0, 1), 0), ((0, 1, 1), 18), ((79, 1, 18), 2879), ((0, 0, 0), None), ((0, 0, 19), None), ((80, 0, 1), None)],
)
def test_a_place_by_cylinder_head_and_sector_is_a_number(place: tuple[int, int, int], lba: int | None):
    assert lba == Geometry(80, 2, 18).lba(*place)


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "is empty"),
        (bytes(100), "100 bytes are less than a boot sector"),
        (bytes(512), "ends in 00 00 and not in 55 aa"),
    ],
)
def test_bytes_that_no_firmware_starts_are_refused(data: bytes, message: str):
    with pytest.raises(MachineError, match=message):
        Disk.of(data)


def test_a_short_boot_sector_in_an_image_is_refused_with_the_lines_that_it_lacks():
    with pytest.raises(MachineError, match=r"2 bytes are less .* times 510-\(\$-\$\$\) db 0"):
        Disk.of(assemble(text=" bits 16\nstart: jmp start\n"))


def test_an_image_that_is_not_at_7c00_is_refused():
    with pytest.raises(MachineError, match="begin it with org 0x7C00"):
        Disk.of(assemble(text="nop"))


def test_an_image_without_bytes_is_refused():
    with pytest.raises(MachineError, match="nothing of this image lies at 7C00h"):
        Disk.of(assemble(text="one equ 1"))


def test_a_missing_file_is_refused(tmp_path: Path):
    with pytest.raises(MachineError, match="cannot read the disk image: No such file"):
        Disk.of(tmp_path / "none.img")


def test_a_directory_is_refused(tmp_path: Path):
    with pytest.raises(MachineError, match="is not a regular file"):
        Disk.of(tmp_path)


def test_a_pipe_is_refused_and_not_waited_for(tmp_path: Path):
    os.mkfifo(tmp_path / "pipe")

    with pytest.raises(MachineError, match="is not a regular file"):
        Disk.of(tmp_path / "pipe")


def test_a_name_that_no_file_can_have_is_refused():
    with pytest.raises(MachineError, match="cannot read the disk image"):
        Disk.of("a\0b")


def test_a_huge_file_is_refused_before_it_is_read(tmp_path: Path):
    path = tmp_path / "huge.img"
    with path.open("wb") as stream:
        stream.truncate(2 * GIB)

    with pytest.raises(MachineError, match="2 GiB of disk are too much: the limit is 512 MiB"):
        Disk.of(path)


def test_a_name_cannot_move_the_cursor(tmp_path: Path):
    with pytest.raises(MachineError) as refusal:
        Disk.of(tmp_path / "\x1b[2J")

    assert "\x1b" not in str(refusal.value)


def test_a_disk_says_what_it_is_in_one_line():
    assert "<Disk <bytes>: floppy, 2,880 sectors>" == repr(disk_of_size(1440 * KIB))


# Floppies


def test_a_small_disk_becomes_a_floppy_of_1440_kib() -> None:
    floppy = Disk.of(bytes(510) + b"\x55\xaa").as_floppy()
    assert (True, 0, (80, 2, 18), 1440 << 10) == (floppy.is_floppy, floppy.drive, floppy.geometry, len(floppy.data))


def test_a_larger_one_becomes_a_floppy_of_2880_kib() -> None:
    assert 2880 << 10 == len(Disk.of((bytes(510) + b"\x55\xaa").ljust(1441 << 10, b"\0")).as_floppy().data)


def test_a_floppy_stays_as_it_is() -> None:
    floppy = Disk.of((bytes(510) + b"\x55\xaa").ljust(720 << 10, b"\0"))
    assert floppy is floppy.as_floppy()


def test_what_does_not_fit_on_a_floppy_is_refused() -> None:
    with pytest.raises(MachineError, match=r"at most 2\.88 MB"):
        Disk.of((bytes(510) + b"\x55\xaa").ljust(3 << 20, b"\0")).as_floppy()
