"""Firmware that gets memory wrong: what each misbehaviour changes, and what none of them may do."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from reference.bios_guest import PlainGuest

from allocator.errors import MachineError
from allocator.machine.bios import Bios
from allocator.machine.bios_misbehaviours import MISBEHAVIOURS
from allocator.machine.firmware_map import FirmwareMap
from allocator.machine.firmware_presets import preset_names
from allocator.machine.region import Region

SMAP = 0x534D4150
BUFFER = 0x8000
NAMES = [each.name for each in MISBEHAVIOURS]
MACHINES = [*preset_names(), "1M", "2M", "64M", "4G"]


class Walk:
    """An E820 walk as a careful probe makes it: every register anew, one buffer, CF and 'SMAP' looked at."""

    def __init__(self, bios: Bios, room: int = 24, limit: int = 5000) -> None:
        self.guest = PlainGuest(bios)
        self.calls: list[dict[str, int]] = []
        self.entries: list[Region] = []
        following = 0
        while len(self.calls) < limit:
            self.guest.memory[BUFFER + 20 : BUFFER + 24] = b"\1\0\0\0"
            self.guest.give(
                {"eax": 0xE820, "ebx": following, "ecx": room, "edx": SMAP, "edi": BUFFER, "es": 0, "cf": 1}
            )
            assert bios.serve(0x15, self.guest) is None
            self.calls.append({name: self.guest.get(name) for name in ("eax", "ebx", "ecx", "edx", "cf")})
            if self.guest.get("cf") or self.guest.get("eax") != SMAP:
                return
            record = self.guest.read(BUFFER, 20)
            base, length, kind = (int.from_bytes(record[a:b], "little") for a, b in ((0, 8), (8, 16), (16, 20)))
            self.entries.append(Region(base, length, kind))
            following = self.guest.get("ebx")
            if not following:
                return
        raise AssertionError("the walk does not end")


def walk(name: str, machine: str = "qemu-pc-64m", room: int = 24) -> Walk:
    return Walk(Bios(FirmwareMap.of(machine), misbehaviours=[name]), room)


def served(bios: Bios, **registers: int) -> PlainGuest:
    guest = PlainGuest(bios).give(registers)
    assert bios.serve(0x15, guest) is None
    return guest


CHAIN_BROKEN = {"no-e820", "no-e820-e801", "smap-lost", "88-cf-unreliable", "e801-in-cx-dx", "e801-zero"}


@pytest.mark.parametrize("name", [name for name in NAMES if name not in CHAIN_BROKEN])
def test_a_careful_walk_gets_the_whole_map_of_every_machine(name):
    differing = []
    for machine in MACHINES:
        bios = Bios(FirmwareMap.of(machine), misbehaviours=[name])
        expected = [(entry.base, entry.length, entry.type) for entry in bios.firmware_map.entries]
        if expected != [(entry.base, entry.length, entry.type) for entry in Walk(bios).entries]:
            differing.append(machine)

    assert [] == differing


@pytest.mark.parametrize("name", sorted(CHAIN_BROKEN))
def test_a_careful_walk_notices_that_the_map_is_not_to_be_had(name):
    walks = [Walk(Bios(FirmwareMap.of(machine), misbehaviours=[name])) for machine in MACHINES]

    assert [] == [walk for walk in walks if not walk.calls[-1]["cf"] and walk.calls[-1]["eax"] == SMAP]


@pytest.mark.parametrize("name", NAMES)
def test_each_changes_something_on_a_usual_machine(name):
    usual, odd = Bios(FirmwareMap.of("qemu-pc-64m")), Bios(FirmwareMap.of("qemu-pc-64m"), misbehaviours=[name])

    assert answers(usual) != answers(odd)


def answers(bios: Bios) -> list[object]:
    """Return the answers to a sloppy walk and to every other question about memory."""
    said: list[object] = []
    guest = PlainGuest(bios)
    guest.give({"edi": BUFFER, "ebx": 0, "edx": SMAP})
    for room, eax in ((24, 0xE820), (24, 0x1_E820), (20, 0xE820), (0, 0xE820), *[(24, 0xE820)] * 8):
        guest.give({"eax": eax, "ecx": room})
        guest.memory[BUFFER : BUFFER + 32] = bytes(32)
        bios.serve(0x15, guest)
        said.append((dict(guest.registers), guest.read(BUFFER, 32)))
    for ax in (0xE801, 0x8800):
        said.append(dict(served(bios, eax=ax, cf=1).registers))
    return said


@given(
    name=st.sampled_from(NAMES),
    machine=st.sampled_from(MACHINES),
    registers=st.fixed_dictionaries(
        {name: st.integers(0, 0xFFFF_FFFF) for name in ("ebx", "ecx", "edi", "esi")}
        | {"es": st.integers(0, 0xFFFF), "edx": st.sampled_from([SMAP, 0, SMAP - 1]), "cf": st.integers(0, 1)}
    ),
    small=st.integers(0, 40),
)
@settings(deadline=None, max_examples=300)
def test_no_call_writes_outside_the_buffer(name, machine, registers, small):
    bios = Bios(FirmwareMap.of(machine), misbehaviours=[name])
    guest = PlainGuest(bios).give({**registers, "ebx": small, "eax": 0xE820})
    place = guest.get("es") * 16 + guest.get("di")
    room = max(20, min(24, registers["ecx"]))

    bios.serve(0x15, guest)

    assert [] == [at for at, data in guest.written if at < place or at + len(data) > place + room]


def test_overlap_takes_memory_away():
    bios = Bios(FirmwareMap.of("64M"), misbehaviours=["overlap"])

    assert FirmwareMap.of("64M").usable_bytes - (1 << 20) == bios.firmware_map.usable_bytes


def test_cf_at_end_never_clears_ebx():
    assert 0 not in [call["ebx"] for call in walk("cf-at-end").calls]


def test_cf_at_end_fails_after_the_last_entry():
    assert [0] * 7 + [1] == [call["cf"] for call in walk("cf-at-end").calls]


def test_smap_is_lost_with_the_third_entry():
    assert [SMAP, SMAP, 0] == [call["eax"] for call in walk("smap-lost").calls]


def test_clear_attributes_are_stored_in_24_bytes():
    found = walk("attributes-clear")

    assert [24] * 7 == [call["ecx"] for call in found.calls]
    assert bytes(4) == found.guest.read(BUFFER + 20, 4)


def test_clear_attributes_are_not_shown_to_who_takes_20_bytes():
    assert [20] * 7 == [call["ecx"] for call in walk("attributes-clear", room=20).calls]


def test_ecx_ignored_leaves_ecx():
    assert 0 == served(Bios(FirmwareMap.of("64M"), misbehaviours=["ecx-ignored"]), eax=0xE820, edx=SMAP).get("ecx")


def test_only_changed_fields_needs_the_buffer_of_the_call_before():
    bios = Bios(FirmwareMap.of("64M"), misbehaviours=["adjacent", "only-changed-fields"])
    guest = PlainGuest(bios)
    guest.give({"eax": 0xE820, "ebx": 3, "ecx": 20, "edx": SMAP, "edi": BUFFER})

    bios.serve(0x15, guest)

    assert bytes(4) == guest.read(BUFFER + 16, 4), "the type is that of the entry before, and is not stored"


def test_more_than_32_is_38():
    assert 38 == len(walk("more-than-32").entries)


def test_e801_in_cx_dx():
    found = served(Bios(FirmwareMap.of("64M"), misbehaviours=["e801-in-cx-dx"]), eax=0xE801)

    assert (0, 0, 0x3C00, 0x300, 0) == tuple(found.get(name) for name in ("ax", "bx", "cx", "dx", "cf"))


@pytest.mark.parametrize("carry", [0, 1])
def test_88_keeps_carry(carry):
    found = served(Bios(FirmwareMap.of("64M"), misbehaviours=["88-cf-unreliable"]), eax=0x8800, cf=carry)

    assert (0xFC00, carry) == (found.get("ax"), found.get("cf"))


def test_two_are_applied_in_order():
    bios = Bios(FirmwareMap.of("64M"), misbehaviours=["hole-at-15m", "unsorted"])

    assert sorted(bios.firmware_map.entries, key=lambda entry: -entry.base) == list(bios.firmware_map.entries)
    assert Region(15 << 20, 1 << 20, 2) in bios.firmware_map.entries


def test_e801_and_88_stop_at_a_hole():
    bios = Bios(FirmwareMap.of("64M"), misbehaviours=["hole-at-15m"])

    assert (0x3800, 0x300) == (served(bios, eax=0xE801).get("ax"), served(bios, eax=0xE801).get("bx"))
    assert 0x3800 == served(bios, eax=0x8800).get("ax")


def test_an_unknown_name_is_refused_with_the_near_one():
    with pytest.raises(MachineError, match=r"'zero-lenght': did you mean zero-length\? there are 88-cf-unreliable, "):
        Bios(FirmwareMap.of("64M"), misbehaviours=["zero-lenght"])


def test_every_misbehaviour_says_in_one_sentence_what_it_is():
    assert [] == [each.name for each in MISBEHAVIOURS if not 40 < len(each.about) < 250 or each.about.endswith(".")]
