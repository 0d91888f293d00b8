"""The hard disk at its own ports, as loaders without firmware read it."""

from __future__ import annotations

import struct

import pytest

from allocator.machine.ata import ABORTED, NOT_FOUND
from allocator.machine.devices import Devices
from allocator.machine.disk import Disk
from allocator.machine.firmware_map import FirmwareMap

MAP = FirmwareMap.of("64M")
SECTORS = 2048
DATA = b"".join(struct.pack("<H", number) * 255 + b"\x55\xaa" for number in range(SECTORS))
READY, READY_WITH_DATA, FAILED = 0x50, 0x58, 0x51


@pytest.fixture
def devices() -> Devices:
    return Devices(MAP, Disk.of(DATA))


def command(devices: Devices, code: int, number: int = 0, count: int = 1, device: int = 0xE0) -> int:
    """Give a command by number, and return the status after it."""
    bytes_of = (count, number & 0xFF, number >> 8 & 0xFF, number >> 16 & 0xFF, device | number >> 24 & 0xF, code)
    for port, value in enumerate(bytes_of, 0x1F2):
        devices.write_port(port, 1, value)
    return devices.read_port(0x1F7, 1)


def words(devices: Devices, count: int) -> list[int]:
    return [devices.read_port(0x1F0, 2) for _ in range(count)]


def test_a_sector_is_read_by_its_number(devices):
    assert READY_WITH_DATA == command(devices, 0x20, number=5)
    assert [5] * 255 + [0xAA55] == words(devices, 256)


def test_what_was_asked_for_is_read_to_its_end(devices):
    command(devices, 0x20, number=5, count=2)
    words(devices, 511)
    assert (READY_WITH_DATA, 0xAA55, READY) == (
        devices.read_port(0x1F7, 1), devices.read_port(0x1F0, 2), devices.read_port(0x3F6, 1),
    )  # fmt: skip


def test_a_double_word_is_the_next_four_bytes(devices):
    command(devices, 0x20, number=0x123)
    assert 0x01230123 == devices.read_port(0x1F0, 4)


def test_a_count_of_0_is_256_sectors(devices):
    command(devices, 0x20, count=0)
    assert 255 == words(devices, 256 * 256)[255 * 256]


def test_a_sector_is_read_by_cylinder_head_and_sector(devices):
    for port, value in ((0x1F2, 1), (0x1F3, 3), (0x1F4, 1), (0x1F5, 0), (0x1F6, 0xA2), (0x1F7, 0x20)):
        devices.write_port(port, 1, value)
    assert [(1 * 16 + 2) * 63 + 2] == words(devices, 1)


def test_48_bit_numbers_are_written_high_bytes_first(devices):
    for port, value in ((0x1F2, 0), (0x1F3, 0), (0x1F4, 0), (0x1F5, 0), (0x1F2, 1), (0x1F3, 7), (0x1F4, 2), (0x1F5, 0)):
        devices.write_port(port, 1, value)
    devices.write_port(0x1F6, 1, 0x40)
    devices.write_port(0x1F7, 1, 0x24)
    assert [0x207] == words(devices, 1)


def test_a_sector_behind_the_end_is_not_found(devices):
    assert FAILED == command(devices, 0x20, number=SECTORS)
    assert NOT_FOUND == devices.read_port(0x1F1, 1)


@pytest.mark.parametrize("code", [0x30, 0xA1, 0xC8])
def test_writing_packets_and_dma_are_aborted(devices, code):
    assert FAILED == command(devices, code)
    assert ABORTED == devices.read_port(0x1F1, 1)


def test_the_drive_says_how_many_sectors_it_has(devices):
    command(devices, 0xEC)
    found = words(devices, 256)
    assert (SECTORS, SECTORS, 0x0040) == (found[60] | found[61] << 16, found[100], found[0])


def test_there_is_no_second_drive(devices):
    assert 0 == command(devices, 0xEC, device=0xF0)


def test_a_machine_with_a_floppy_has_no_hard_disk():
    devices = Devices(
        MAP, Disk.of(DATA[:1024].ljust(1440 << 10, b"\0")[:510] + b"\x55\xaa" + bytes((1440 << 10) - 512))
    )
    assert 0 == command(devices, 0x20)


def test_a_reset_forgets_what_was_asked(devices):
    command(devices, 0x20)
    devices.write_port(0x3F6, 1, 4)
    assert READY == devices.read_port(0x1F7, 1)


def test_what_is_left_to_read_is_part_of_the_state(devices):
    command(devices, 0x20, number=9)
    words(devices, 10)
    saved = devices.save()
    words(devices, 200)
    devices.restore(saved)
    assert [9] * 245 + [0xAA55] == words(devices, 246)
