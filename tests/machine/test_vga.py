"""The registers of the VGA, and what INT 10h does to them and to graphics memory."""

from __future__ import annotations

import pytest
from reference.bios_guest import PlainGuest

from allocator.machine.bios import Bios
from allocator.machine.bios_video import picture_lines, screen_lines
from allocator.machine.devices import Devices
from allocator.machine.firmware_map import FirmwareMap

MAP = FirmwareMap.of("64M")


@pytest.fixture
def devices() -> Devices:
    return Devices(MAP)


@pytest.fixture
def guest(devices) -> PlainGuest:
    return PlainGuest(Bios(MAP, devices=devices))


def indexed(devices: Devices, port: int, index: int) -> int:
    devices.write_port(port, 1, index)
    return devices.read_port(port + 1, 1)


# Registers


def test_whoever_waits_for_a_retrace_and_for_its_end_gets_both(devices):
    assert {0, 8} == {devices.read_port(0x3DA, 1) & 8 for _ in range(2)}


def test_a_register_is_kept_behind_its_index(devices):
    devices.write_port(0x3D4, 2, 0x5A0F)
    assert (0x5A, 0x0F) == (indexed(devices, 0x3D4, 0x0F), devices.read_port(0x3D4, 1))


def test_the_three_bytes_of_a_colour_come_one_after_the_other(devices):
    for port, value in ((0x3C8, 7), (0x3C9, 1), (0x3C9, 2), (0x3C9, 3), (0x3C7, 7)):
        devices.write_port(port, 1, value)
    assert [1, 2, 3] == [devices.read_port(0x3C9, 1) for _ in range(3)]


def test_an_attribute_is_written_by_turns(devices):
    devices.read_port(0x3DA, 1)
    devices.write_port(0x3C0, 1, 0x10)
    devices.write_port(0x3C0, 1, 0x41)
    assert 0x41 == devices.read_port(0x3C1, 1)


def test_firmware_moves_the_cursor_of_the_controller(devices, guest):
    guest.call(0x10, ah=2, bh=0, dh=2, dl=5)
    assert 2 * 80 + 5 == indexed(devices, 0x3D4, 0x0E) << 8 | indexed(devices, 0x3D4, 0x0F)


# Modes


def test_a_row_of_mode_1_has_40_columns(guest):
    guest.call(0x10, ax=1)
    for character in "ab".ljust(41, "."):
        guest.call(0x10, ah=0x0E, al=ord(character))
    assert ["ab".ljust(40, "."), "."] == screen_lines(guest.read)


def test_mode_13h_has_pixels_instead_of_text(guest):
    guest.call(0x10, ax=0x13)
    guest.call(0x10, ah=0x0E, al=ord("x"))
    guest.call(0x10, ah=0x0C, al=9, cx=319, dx=199)
    assert ([], 9) == (screen_lines(guest.read), guest.read(0xA0000 + 63999, 1)[0])


def test_a_pixel_is_read_back(guest):
    guest.call(0x10, ax=0x13)
    guest.call(0x10, ah=0x0C, al=9, cx=1, dx=1)
    assert 9 == guest.call(0x10, ah=0x0D, cx=1, dx=1).get("al")


@pytest.mark.parametrize(("column", "row"), [(320, 0), (0, 200)])
def test_there_are_no_pixels_outside_of_the_picture(guest, column, row):
    guest.call(0x10, ax=0x13)
    before = len(guest.written)
    guest.call(0x10, ah=0x0C, al=9, cx=column, dx=row)
    assert before == len(guest.written)


def test_a_mode_blanks_what_it_shows(guest):
    guest.write(0xA0000, b"\1")
    guest.call(0x10, ax=0x13)
    assert 0 == guest.read(0xA0000, 1)[0]


def test_a_picture_is_shown_in_80_columns_by_how_much_of_each_field_is_drawn(guest):
    guest.call(0x10, ax=0x13)
    guest.write(0xA0000, b"\1" * 4)
    for line in range(8):
        guest.write(0xA0000 + 320 * line + 8, b"\1" * 4)
    assert [". #", *[""] * 24] == picture_lines(guest.read)


def test_text_modes_have_no_picture(guest):
    assert [] == picture_lines(guest.read)


def test_characters_below_blank_are_shown_as_their_pictures(guest):
    guest.write(0xB8000, b"\x01\x07\x1f\x07")
    assert ["☺▼"] == screen_lines(guest.read)
