"""What programs find at the ports: each chip's protocol, as boot code speaks it."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from allocator.errors import MachineError
from allocator.machine.console import MAX_CONSOLE_BYTES, Console
from allocator.machine.devices import Devices
from allocator.machine.disk import Disk
from allocator.machine.firmware_map import FirmwareMap
from allocator.machine.keyboard import keys_of
from allocator.machine.pit import MOST_TICKS

MAP = FirmwareMap.of("64M")


@pytest.fixture
def devices() -> Devices:
    return Devices(MAP)


def sent(devices: Devices, *writes: tuple[int, int]) -> list[str]:
    """Return the reasons for an ending that these writes of a byte gave."""
    reasons = [devices.write_port(port, 1, value) for port, value in writes]
    return [reason for reason in reasons if reason]


def cmos(devices: Devices, place: int) -> int:
    sent(devices, (0x70, place))
    return devices.read_port(0x71, 1)


# Ports


def test_a_port_without_a_device_reads_ff(devices):
    assert 0xFFFF_FFFF == devices.read_port(0xCFC, 4)


def test_a_word_is_two_bytes_of_two_ports(devices):
    sent(devices, (0x70, 0x15))
    assert 0x80FF == devices.read_port(0x70, 2)


def test_a_port_beyond_the_last_is_the_first(devices):
    assert devices.write_port(0xFFFF, 2, 0x1234) is None


@given(
    st.lists(st.tuples(st.integers(0, 0xFFFF), st.sampled_from([1, 2, 4]), st.integers(0, 0xFFFF_FFFF)), max_size=60)
)
@settings(deadline=None, max_examples=200)
def test_no_port_raises_and_every_state_comes_back(writes):
    devices = Devices(MAP, keys="k")
    for port, size, value in writes:
        devices.write_port(port, size, value)
        assert 0 <= devices.read_port(port, size) < 1 << 8 * size
    saved = devices.save()
    for port, size, value in writes:
        devices.write_port(port, size, value ^ 0xFF)
        devices.read_port(port, size)
    devices.restore(saved)

    assert saved == devices.save()


# One port at random seldom hits a chip: these are the ones that do.
CHIP_PORTS = sorted(port for chip in Devices(MAP).chips for port in chip.ports)


@given(st.lists(st.tuples(st.sampled_from(CHIP_PORTS), st.integers(0, 255)), max_size=80))
@settings(deadline=None, max_examples=300)
def test_whatever_a_chip_is_told_it_goes_on_answering_bytes(writes):
    devices = Devices(MAP, keys="keys")
    for port, value in writes:
        devices.write_port(port, 1, value)
        assert 0 <= devices.read_port(port, 1) <= 0xFF


# CMOS


def test_the_clock_stands_still_at_the_turn_of_the_century(devices):
    assert [0, 0, 0, 1, 1, 0, 0x20] == [cmos(devices, place) for place in (0, 2, 4, 7, 8, 9, 0x32)]


def test_no_update_of_the_clock_is_ever_in_progress(devices):
    assert 0 == cmos(devices, 0x0A) & 0x80


def test_bit_7_of_the_index_is_no_part_of_it(devices):
    assert cmos(devices, 0x31) == cmos(devices, 0x31 | 0x80)


def test_cmos_keeps_what_is_written(devices):
    sent(devices, (0x70, 0x40), (0x71, 0x5A))
    assert 0x5A == cmos(devices, 0x40)


def test_cmos_tells_of_a_floppy():
    floppy = Disk.of(b"\0" * 510 + b"\x55\xaa" + bytes(1439 << 10) + bytes(512))
    assert (0x40, 1) == (cmos(Devices(MAP, floppy), 0x10), cmos(Devices(MAP, floppy), 0x14) & 1)


def test_cmos_counts_the_reserved_tail_as_memory():
    devices = Devices(FirmwareMap.of("qemu-pc-64m"))
    assert 63 * 1024 == cmos(devices, 0x30) | cmos(devices, 0x31) << 8


# A20


def test_a20_is_open_at_the_start(devices):
    assert 2 == devices.read_port(0x92, 1)


@pytest.mark.parametrize(
    "closing",
    [
        pytest.param([(0x92, 0)], id="port 92h"),
        pytest.param([(0x64, 0xD1), (0x60, 0xDD)], id="output port"),
        pytest.param([(0x64, 0xDD)], id="command DDh"),
    ],
)
@pytest.mark.parametrize(
    "opening",
    [
        pytest.param([(0x92, 2)], id="port 92h"),
        pytest.param([(0x64, 0xD1), (0x60, 0xDF)], id="output port"),
        pytest.param([(0x64, 0xDF)], id="command DFh"),
    ],
)
def test_every_way_turns_the_same_gate(devices, closing, opening):
    sent(devices, *closing)
    assert not devices.a20.is_open
    sent(devices, *opening)
    assert devices.a20.is_open


def test_the_output_port_tells_a20(devices):
    sent(devices, (0x64, 0xD0))
    assert 1 == devices.read_port(0x64, 1) & 1
    assert 3 == devices.read_port(0x60, 1)
    assert 0 == devices.read_port(0x64, 1) & 1


# Keyboard controller


def test_the_controller_is_never_busy(devices):
    sent(devices, (0x64, 0xAD))
    assert 0 == devices.read_port(0x64, 1) & 2


def test_the_self_test_passes(devices):
    sent(devices, (0x64, 0xAA))
    assert 0x55 == devices.read_port(0x60, 1)


def test_the_command_byte_is_kept(devices):
    sent(devices, (0x64, 0x60), (0x60, 0x45), (0x64, 0x20))
    assert 0x45 == devices.read_port(0x60, 1)


def test_a_command_to_the_keyboard_is_acknowledged(devices):
    sent(devices, (0x60, 0xFF))
    assert [0xFA, 0xAA] == [devices.read_port(0x60, 1) for _ in range(2)]


def test_keys_come_as_scan_codes_pressed_and_let_go():
    devices = Devices(MAP, keys="a\n")
    assert [0x1E, 0x9E, 0x1C, 0x9C, 0] == [devices.read_port(0x60, 1) for _ in range(5)]


# Interrupts


def test_a_waiting_processor_gets_the_timer(devices):
    assert 0x08 == devices.wake()


def test_the_timer_comes_at_the_vector_that_was_set(devices):
    sent(devices, (0x20, 0x11), (0x21, 0x20), (0x21, 4), (0x21, 1))
    assert 0x20 == devices.wake()


def test_a_masked_timer_wakes_nobody(devices):
    sent(devices, (0x21, 0xFF))
    assert devices.wake() is None


def test_an_interrupt_holds_back_the_next_one_until_its_end(devices):
    assert [0x08, None] == [devices.wake(), devices.wake()]
    sent(devices, (0x20, 0x20))
    assert 0x08 == devices.wake()


def test_an_interrupt_can_be_ended_by_its_number(devices):
    devices.wake()
    sent(devices, (0x20, 0x60))
    assert 0x08 == devices.wake()


def test_what_is_in_service_can_be_read(devices):
    devices.wake()
    sent(devices, (0x20, 0x0B))
    assert 1 == devices.read_port(0x20, 1)


def test_automatic_ends_need_no_command(devices):
    sent(devices, (0x20, 0x11), (0x21, 0x20), (0x21, 4), (0x21, 3))
    assert [0x20, 0x20] == [devices.wake(), devices.wake()]


def test_the_timer_stops_ticking_when_nothing_else_is_expected(devices):
    sent(devices, (0x20, 0x11), (0x21, 0x20), (0x21, 4), (0x21, 3))
    assert [0x20] * MOST_TICKS + [None] == [devices.wake() for _ in range(MOST_TICKS + 1)]


def test_a_key_announces_itself_once_when_pressed_and_once_when_let_go():
    devices = Devices(MAP, keys="a")
    sent(devices, (0x20, 0x11), (0x21, 0x20), (0x21, 4), (0x21, 3))
    assert [0x21, 0x20] == [devices.wake(), devices.wake()]
    assert (0x1E, 0x21) == (devices.read_port(0x60, 1), devices.wake())
    assert (0x9E, 0x20) == (devices.read_port(0x60, 1), devices.wake())


def test_every_printable_character_has_a_key():
    assert 95 == len(keys_of("".join(map(chr, range(32, 127)))))


@pytest.mark.parametrize("text", ["ä", "\0"])
def test_a_character_without_a_key_is_refused(text):
    with pytest.raises(MachineError, match="no key of an American keyboard types"):
        keys_of(text)


def test_too_many_keys_are_refused():
    with pytest.raises(MachineError, match="the limit is 4,096"):
        keys_of("x" * 4097)


# Serial port, debug port


def test_the_serial_port_is_ready_to_send(devices):
    assert 0x60 == devices.read_port(0x3FD, 1)


def test_what_is_sent_is_said(devices):
    sent(devices, *[(0x3F8, byte) for byte in b"hi\r\n"])
    assert "hi\n" == devices.console.text_of("serial port")


def test_setting_the_speed_says_nothing(devices):
    sent(devices, (0x3FB, 0x80), (0x3F8, 1), (0x3F9, 0), (0x3FB, 3))
    assert "" == devices.console.text


def test_the_speed_can_be_read_back(devices):
    sent(devices, (0x3FB, 0x80), (0x3F8, 3), (0x3F9, 1))
    assert (3, 1) == (devices.read_port(0x3F8, 1), devices.read_port(0x3F9, 1))


def test_a_loop_gives_back_what_was_sent(devices):
    sent(devices, (0x3FC, 0x1E), (0x3F8, 0xAE))
    assert 1 == devices.read_port(0x3FD, 1) & 1
    assert 0xAE == devices.read_port(0x3F8, 1)
    assert "" == devices.console.text


def test_the_debug_port_tells_that_it_is_there(devices):
    assert 0xE9 == devices.read_port(0xE9, 1)


def test_speakers_are_told_apart(devices):
    sent(devices, (0xE9, ord("d")), (0x3F8, ord("s")))
    assert ("ds", "d", "s") == (
        devices.console.text,
        devices.console.text_of("debug port"),
        devices.console.text_of("serial port"),
    )


def test_the_console_is_code_page_437(devices):
    sent(devices, (0xE9, 0x81))
    assert "ü" == devices.console.text


def test_a_console_that_is_full_says_so():
    console = Console()
    console.hear("screen", b"x" * (MAX_CONSOLE_BYTES + 1))
    assert (MAX_CONSOLE_BYTES, True) == (len(console.text), console.is_full)


# Interrupt controllers, timer


def test_the_masks_are_those_that_seabios_leaves(devices):
    assert (0xB8, 0x8E) == (devices.read_port(0x21, 1), devices.read_port(0xA1, 1))


def test_initialising_the_controllers_moves_their_vectors(devices):
    sent(devices, (0x20, 0x11), (0xA0, 0x11), (0x21, 0x20), (0xA1, 0x28), (0x21, 4), (0xA1, 2), (0x21, 1), (0xA1, 1))
    sent(devices, (0x21, 0xFB), (0xA1, 0xFF))
    assert (0x20, 0xFB, 0x28, 0xFF) == (*devices.master.state[:2], *devices.slave.state[:2])


def test_the_end_of_an_interrupt_changes_nothing(devices):
    before = devices.save()
    sent(devices, (0xA0, 0x20), (0x20, 0x20))
    assert before == devices.save()


def test_a_counter_goes_on_between_two_looks(devices):
    def look() -> int:
        sent(devices, (0x43, 0))
        return devices.read_port(0x40, 1) | devices.read_port(0x40, 1) << 8

    assert look() > look() > look()


def test_a_counter_is_written_low_byte_first(devices):
    sent(devices, (0x43, 0x34), (0x40, 0x9B), (0x40, 0x2E))
    assert 0x2E9B == devices.pit.state.counters[0].reload


@pytest.mark.parametrize("bit", [0x10, 0x20])
def test_waiting_for_a_bit_of_port_61_ends(devices, bit):
    assert {0, bit} == {devices.read_port(0x61, 1) & bit for _ in range(3)}


# Ends


@pytest.mark.parametrize(
    ("writes", "reason"),
    [
        ([(0x92, 3)], "the program reset the machine by port 92h"),
        ([(0x64, 0xFE)], "the program reset the machine by the keyboard controller"),
        ([(0x64, 0xD1), (0x60, 0xFE)], "the program reset the machine by the keyboard controller"),
        ([(0xCF9, 0x06)], "the program reset the machine by port CF9h"),
        ([(0xF4, 0x10)], "the program ended the machine by port F4h with 0x10: exit status 33"),
    ],
)
def test_a_program_can_end_the_machine(devices, writes, reason):
    assert [reason] == sent(devices, *writes)


def test_power_off_is_a_word(devices):
    assert "the program switched the machine off by port 604h" == devices.write_port(0x604, 2, 0x2000)


def test_a_progress_code_ends_nothing(devices):
    assert [] == sent(devices, (0x80, 0x42))
    assert 0x42 == devices.read_port(0x80, 1)
