"""What each way of asking for memory answers, and how that compares with the firmware map."""

from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from allocator.addresses import Range
from allocator.machine.bios import Bios
from allocator.machine.bios_misbehaviours import MISBEHAVIOURS
from allocator.machine.firmware_map import FirmwareMap
from allocator.machine.firmware_presets import preset_names
from allocator.machine.memory_answers import CMOS, E801, E820, EXTENDED, INT_12, MemoryAnswer, ask_all
from allocator.units import KIB, MIB

ODD = [each.name for each in MISBEHAVIOURS]


def asked(machine: str, *misbehaviours: str) -> dict[str, MemoryAnswer]:
    answers = ask_all(Bios(FirmwareMap.of(machine), misbehaviours=misbehaviours))
    return {answer.way: answer for answer in answers}


def test_the_poorest_is_asked_first():
    assert [INT_12, CMOS, EXTENDED, E801, E820] == list(asked("64M"))


@pytest.mark.parametrize("name", preset_names())
def test_e820_says_the_whole_map(name):
    assert FirmwareMap.of(name).usable == asked(name)[E820].ranges


@pytest.mark.parametrize("name", preset_names())
def test_only_cmos_and_int_12_count_what_is_no_memory(name):
    assert [] == [way for way, answer in asked(name).items() if answer.wrong and way not in (CMOS, INT_12)]


def test_cmos_counts_what_the_bios_reserved():
    found = asked("qemu-pc-64m")[CMOS]

    assert (Range(0x9FC00, 0xA0000), Range(0x3FE0000, 0x4000000)) == found.wrong
    assert () == found.missed


def test_int_12h_says_639_kib():
    assert (("ax", 639),) == asked("qemu-pc-64m")[INT_12].values


def test_88_ends_at_63_mib():
    assert (Range(MIB, 64 * MIB),) == asked("4G")[EXTENDED].ranges


def test_e801_ends_at_the_pci_hole():
    assert Range(4 << 30, 5 << 30) in asked("4G")[E801].missed


def test_e801_loses_less_than_a_unit():
    lost = sum(part.size for part in asked("64M", "unaligned-ends")[E801].missed if part.start > MIB)

    assert 60 * KIB + 16 == lost


def test_values_in_cx_and_dx_are_looked_at():
    assert asked("64M")[E801].ranges == asked("64M", "e801-in-cx-dx")[E801].ranges


@pytest.mark.parametrize(
    ("name", "way", "reason"),
    [
        ("no-e820", E820, "CF = 1, AH = 86h: there is no such function"),
        ("no-e820-e801", E801, "CF = 1, AH = 86h: there is no such function"),
        ("e801-zero", E801, "CF = 0, and all sizes are 0: it has no answer"),
        ("smap-lost", E820, "call 3 lost 'SMAP' in EAX: nothing of the map is to be trusted"),
    ],
)
def test_no_answer_has_its_reason(name, way, reason):
    found = asked("64M", name)[way]

    assert (reason, ()) == (found.refused, found.ranges)


@given(
    machine=st.sampled_from([*preset_names(), "1M", "2M", "16M", "4G"]), odd=st.lists(st.sampled_from(ODD), max_size=3)
)
@example(machine="acer-aspire-5520", odd=["ebx-opaque", "only-changed-fields"])
@settings(deadline=None, max_examples=80)
def test_what_is_missed_and_what_is_wrong_add_up(machine, odd):
    bios = Bios(FirmwareMap.of(machine), misbehaviours=odd)

    for answer in ask_all(bios):
        missed, wrong = (sum(part.size for part in parts) for parts in (answer.missed, answer.wrong))
        assert bios.firmware_map.usable_bytes == answer.usable_bytes + missed - wrong
