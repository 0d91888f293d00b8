"""What the firmware puts into memory, how it starts the disk, and what it says to what it does not have."""

from __future__ import annotations

import os
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from reference.bios_guest import CALLER, STACK, PlainGuest

from allocator.instructions.disassembly import decode
from allocator.machine.bios import INTERRUPTS, Bios
from allocator.machine.bios_video import screen_lines
from allocator.machine.devices import Devices
from allocator.machine.disk import Disk
from allocator.machine.firmware_map import FirmwareMap
from allocator.machine.run import EXITED, HALTED, UNKNOWN_SERVICE

SECTOR = b"\xeb\xfe".ljust(510, b"\0") + b"\x55\xaa"
MAP = FirmwareMap.of("qemu-pc-64m")


@pytest.fixture
def bios() -> Bios:
    return Bios(MAP, Disk.of(SECTOR.ljust(1 << 20, b"\0")))


@pytest.fixture
def guest(bios: Bios) -> PlainGuest:
    return PlainGuest(bios)


def vector(guest: PlainGuest, number: int) -> int:
    offset, segment = (int.from_bytes(guest.read(4 * number + place, 2), "little") for place in (0, 2))
    return (segment << 4) + offset


def test_the_reset_vector_jumps_to_the_self_test(guest):
    assert "ea 5b e0 00 f0" == guest.read(0xFFFF0, 5).hex(" ")


def test_the_self_test_ends_in_int_19h_and_18h(guest):
    text = [each.text for each in disassembled(guest, 0xFE05B, 21)]

    assert ["cli", "cld", "xor ax, ax"] == text[:3]
    assert ["int 0x19", "int 0x18", "hlt"] == text[-4:-1]


def disassembled(guest, address, size):
    found, end = [], address + size
    while address < end:
        found.append(decode(guest.read(address, 16), 16, address))
        address += found[-1].size
    return found


@pytest.mark.parametrize("number", INTERRUPTS)
def test_the_entry_of_a_served_vector_reaches_its_trap(bios, guest, number):
    assert number == bios.traps[vector(guest, number) + 1]
    assert b"\x90" == guest.read(vector(guest, number), 1)


def test_the_model_is_an_at(guest):
    assert b"\xfc" == guest.read(0xFFFFE, 1)


def test_no_two_pieces_of_rom_overlap():
    from allocator.machine import bios_rom

    pieces = {**bios_rom._CODE, **bios_rom._TABLES}
    pieces |= {bios_rom.entry_of(each): bios_rom._ENTRY for each in bios_rom.trapped_vectors() if each != 8}
    places = sorted(pieces)

    assert [] == [hex(a) for a, b in pairwise(places) if a + len(pieces[a]) > b]


@pytest.mark.parametrize("number", [0, 6, 8, 13, 0x70])
def test_the_handlers_of_faults_and_hardware_are_default(bios, guest, number):
    assert bios.is_default(guest.read(4 * number, 4))


@pytest.mark.parametrize("number", [0x10, 0x13, 0x15, 0x21])
def test_served_vectors_are_not_default(bios, guest, number):
    assert not bios.is_default(guest.read(4 * number, 4))


SELF_TEST_INT = bytes.fromhex("6be000f00202")
"""The frame of the INT 19h in ROM: behind F000:E069."""


def from_self_test(guest: PlainGuest) -> PlainGuest:
    guest.write(STACK, SELF_TEST_INT)
    return guest


def test_starting_the_disk_loads_the_boot_sector(bios, guest):
    bios.serve(0x19, from_self_test(guest))

    assert SECTOR == guest.read(0x7C00, 512)


def test_starting_the_disk_returns_into_the_boot_sector(bios, guest):
    bios.serve(0x19, from_self_test(guest))

    assert "007c00000202" == guest.read(guest.get("sp"), 6).hex()
    assert 0x6F04 == guest.get("esp") + 6


def test_the_boot_sector_finds_the_registers_that_seabios_leaves(bios, guest):
    guest.give(dict.fromkeys(("ebx", "ecx", "esi", "edi", "ebp"), 0x1234_5678) | {"ds": 0x40, "es": 0x50})
    bios.serve(0x19, from_self_test(guest))

    names = ("eax", "ebx", "ecx", "edx", "esi", "edi", "ebp", "ds", "es")
    assert (0xAA55, 0, 0, 0x80, 0, 0, 0, 0, 0) == tuple(guest.get(name) for name in names)


def test_a_floppy_is_drive_0(guest):
    floppy = Bios(MAP, Disk.of(SECTOR.ljust(1440 << 10, b"\0")))
    floppy.serve(0x19, from_self_test(guest))

    assert 0 == guest.get("dl")


def test_a_program_that_starts_the_disk_again_is_done(bios, guest):
    stop = bios.serve(0x19, guest)

    assert stop and (EXITED, CALLER) == (stop.kind, stop.address)


def test_without_a_disk_there_is_nothing_to_start():
    bios = Bios(MAP)
    stop = bios.serve(0x19, from_self_test(PlainGuest(bios)))

    assert stop and UNKNOWN_SERVICE == stop.kind and "this machine has none" in stop.message


def test_an_unknown_vector_stops_with_what_there_is(bios, guest):
    stop = bios.serve(0x21, guest.give({"eax": 0x4C01}))

    assert stop and (UNKNOWN_SERVICE, 0x21, CALLER) == (stop.kind, stop.vector, stop.address)
    assert "INT 21h with AX=4C01h is no service of this firmware; INT 21h belongs to DOS" in stop.message
    assert "15h (memory, A20 and other system services)" in stop.message


def test_waiting_for_a_key_that_nobody_gives_ends_the_run(bios, guest):
    stop = bios.serve(0x16, guest)

    assert stop and (HALTED, CALLER) == (stop.kind, stop.address)


def test_a_key_that_is_given_is_had_once():
    bios = Bios(MAP, devices=Devices(MAP, keys="y"))
    guest = PlainGuest(bios)

    assert bios.serve(0x16, guest) is None
    assert 0x1579 == guest.get("ax")
    assert bios.serve(0x16, guest.give({"eax": 0})) is not None


def say(bios, guest, text: bytes) -> None:
    for byte in text:
        bios.serve(0x10, guest.give({"eax": 0x0E00 | byte}))


def test_teletype_writes_to_the_screen(bios, guest):
    say(bios, guest, b"Hello\r\nworld\x08D")

    assert ["Hello", "worlD"] == screen_lines(guest.read)


def test_teletype_is_heard_on_the_console(bios, guest):
    say(bios, guest, b"Hello\r\nworld")

    assert "Hello\nworld" == bios.devices.console.text


def test_the_26th_line_scrolls_the_first_away(bios, guest):
    say(bios, guest, b"".join(b"%d\r\n" % number for number in range(25)))

    assert [str(number) for number in range(1, 25)] == screen_lines(guest.read)


def test_a_window_scrolls_down(bios, guest):
    say(bios, guest, b"one\r\ntwo")
    bios.serve(0x10, guest.give({"eax": 0x0701, "ebx": 0x0700, "ecx": 0, "edx": 0x0150}))

    assert ["", "one"] == screen_lines(guest.read)


def test_the_clock_ticks_when_it_is_asked(bios, guest):
    bios.serve(0x1A, guest)
    first = guest.get("dx")
    bios.serve(0x1A, guest.give({"eax": 0}))

    assert first + 1 == guest.get("dx")


def test_a_block_is_moved_above_1_mib(bios, guest):
    guest.memory[0x5000:0x5004] = b"abcd"
    guest.memory[0x6000:0x6030] = bytes(0x10) + descriptor(0x5000) + descriptor(0x108000) + bytes(0x10)
    bios.serve(0x15, guest.give({"eax": 0x8700, "ecx": 2, "esi": 0x6000}))

    assert b"abcd" == guest.read(0x108000, 4)


def descriptor(base: int) -> bytes:
    return b"\xff\xff" + base.to_bytes(4, "little")[:3] + b"\x93\0" + base.to_bytes(4, "little")[3:]


def test_reading_past_the_end_of_the_disk_stores_what_there_is(bios, guest):
    guest.memory[0x6000:0x6010] = bytes.fromhex("1000 0400 0080 0000") + (2047).to_bytes(8, "little")
    bios.serve(0x13, guest.give({"eax": 0x4200, "edx": 0x80, "esi": 0x6000}))

    assert (1, 0x0C) == (guest.get("cf"), guest.get("ah"))
    assert b"\1\0" == guest.read(0x6002, 2)


def test_the_disk_cannot_be_written(bios, guest):
    bios.serve(0x13, guest.give({"eax": 0x0301, "ecx": 1, "edx": 0x80}))

    assert (1, 3) == (guest.get("cf"), guest.get("ah"))


def test_the_ideal_pc_has_no_extended_data_area():
    bios = Bios(FirmwareMap.of("64M"))
    guest = PlainGuest(bios).give({"eax": 0xC100})
    bios.serve(0x15, guest)

    assert (1, 0x86, 0) == (guest.get("cf"), guest.get("ah"), int.from_bytes(guest.read(0x40E, 2), "little"))


REGISTER_VALUES = st.fixed_dictionaries(
    {name: st.integers(0, 0xFFFF_FFFF) for name in ("eax", "ebx", "ecx", "edx", "esi", "edi", "ebp")}
    | {name: st.integers(0, 0xFFFF) for name in ("ds", "es")}
)


@given(number=st.sampled_from(sorted(INTERRUPTS)), registers=REGISTER_VALUES, ah=st.integers(0, 0xFF), dl=st.booleans())
@settings(deadline=None, max_examples=5000 if os.environ.get("ALLOCATOR_FULL") else 300)
def test_no_registers_make_a_service_raise(number, registers, ah, dl):
    bios = Bios(MAP, Disk.of(SECTOR.ljust(1 << 20, b"\0")), Devices(MAP, keys="x"))
    guest = PlainGuest(bios).give(registers)
    guest.give({"ah": ah, **({"dl": 0x80} if dl else {})})

    bios.serve(number, guest)

    assert STACK == guest.get("sp") or number == 0x19
