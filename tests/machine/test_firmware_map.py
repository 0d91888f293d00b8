"""What a firmware map is made from, what it says, and what it calls odd."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from allocator.addresses import Range
from allocator.errors import MachineError
from allocator.machine.firmware_map import FirmwareMap, Region
from allocator.machine.region import SOFT_RESERVED
from allocator.units import GIB, MIB, TIB


def kinds(*entries: Region) -> list[str]:
    return [problem.kind for problem in FirmwareMap(entries).problems]


LOW = Region(0, MIB, 1)


def test_a_size_is_the_ideal_pc():
    expected = (Region(0, 0xA0000, 1), Region(0xA0000, 0x60000, 2), Region(0x100000, 63 * MIB, 1))
    assert expected == FirmwareMap.of("64M").entries


def test_64_mib_have_66715648_usable_bytes():
    assert 66_715_648 == FirmwareMap.of(64 * MIB).usable_bytes


def test_what_exceeds_3_gib_moves_above_4_gib():
    assert (Range(MIB, 3 * GIB), Range(4 * GIB, 9 * GIB)) == FirmwareMap.of("8G").usable[1:]


def test_exactly_3_gib_stay_below():
    assert 3 * GIB == FirmwareMap.of("3G").usable_end


@pytest.mark.parametrize("size", ["1M", "2M", "3M", "6M", "1T", "4096T"])
def test_sizes_from_1_mib_to_4096_tib_are_machines(size):
    assert FirmwareMap.of(size).usable_bytes > 0


@pytest.mark.parametrize("size", [0, -1, 1, MIB - 1, 4096 * TIB + 1, 1 << 200, "0", "640K", "5000T"])
def test_other_sizes_are_an_error_with_a_hint(size):
    with pytest.raises(MachineError, match=r"is not a memory size for a PC: it needs 1 MiB.* 64M is usual"):
        FirmwareMap.of(size)


def test_a_map_is_itself():
    firmware_map = FirmwareMap((LOW,))
    assert firmware_map is FirmwareMap.of(firmware_map)


def test_a_preset_comes_by_name():
    assert "thinkpad-t400" == FirmwareMap.of("thinkpad-t400").name


def test_a_file_comes_by_path_or_by_its_name(tmp_path):
    path = tmp_path / "dmesg"
    path.write_text(FirmwareMap((LOW,)).to_linux_log())
    assert FirmwareMap.of(path) == FirmwareMap.of(str(path)) == FirmwareMap((LOW,))


def test_a_missing_file_is_an_error():
    with pytest.raises(MachineError, match="No such file"):
        FirmwareMap.of(Path("/nowhere/dmesg"))


def test_maps_are_equal_when_their_entries_are():
    assert FirmwareMap((LOW,), name="a") == FirmwareMap((LOW,), name="b") != FirmwareMap(())


def test_the_repr_is_one_line():
    assert "<FirmwareMap 64 MiB: 3 entries, 63.6 MiB usable>" == repr(FirmwareMap.of("64M"))


def test_json_has_the_documented_keys():
    written = json.loads(FirmwareMap.of("64M").to_json())
    assert ["format", "entries", "usable_bytes", "problems"] == list(written)
    assert {"base": "0x0", "length": "0xa0000", "type": 1, "kind": "usable", "attributes": None} == written["entries"][
        0
    ]


def test_json_keeps_attributes():
    firmware_map = FirmwareMap((Region(0, 4096, 1, 1), Region(0, 4096, 2, 0)))
    assert firmware_map == FirmwareMap.from_log(firmware_map.to_json())


@pytest.mark.parametrize(
    ("number", "word"),
    [
        (1, "usable"),
        (2, "reserved"),
        (3, "ACPI data"),
        (4, "ACPI NVS"),
        (5, "unusable"),
        (6, "disabled"),
        (7, "persistent"),
        (12, "persistent"),
        (SOFT_RESERVED, "soft reserved"),
        (9, "type 9"),
    ],
)
def test_the_kind_of_a_type(number, word):
    assert word == Region(0, 1, number).kind


@pytest.mark.parametrize(
    "fields", [(-1, 1, 1), (0, -1, 1), (1, 1 << 64, 1), (0, 1, 1 << 32), (0, 1, -1), (0, 1, 1, 1 << 32)]
)
def test_a_region_that_does_not_fit_is_an_error(fields):
    with pytest.raises(MachineError):
        Region(*fields)


def test_an_ordinary_pc_has_no_problems():
    assert [] == kinds(*FirmwareMap.of("64M").entries)


def test_overlap_is_reported_with_both_entries():
    [problem] = FirmwareMap((Region(0, 2 * MIB, 1), Region(MIB, 2 * MIB, 2))).problems
    assert ("overlap", (0, 1)) == (problem.kind, problem.entries)
    assert "both describe 1 MiB from 0x100000; the stricter of the two counts." in problem.message


def test_an_entry_under_two_others_is_reported_once():
    found = kinds(Region(0, 8 * MIB, 1), Region(MIB, MIB, 2), Region(4 * MIB, MIB, 2))
    assert ["overlap", "overlap", "hole"] == found


def test_order_is_reported():
    assert ["unsorted"] == kinds(Region(MIB, MIB, 2), LOW)


def test_length_zero_is_reported():
    assert ["zero_length"] == kinds(LOW, Region(4096, 0, 2))


def test_a_switched_off_entry_is_reported():
    assert ["ignored"] == kinds(Region(0, MIB, 1, 1), Region(0, MIB, 2, 0))


def test_attributes_that_are_all_clear_are_reported_once():
    assert ["attributes"] == kinds(Region(0, MIB, 1, 0), Region(MIB, MIB, 2, 0))


def test_an_unknown_type_is_reported():
    assert ["unknown_type"] == kinds(LOW, Region(MIB, MIB, 9))


def test_a_usable_end_inside_a_frame_is_reported_above_1_mib_only():
    assert ["misaligned"] == kinds(Region(0, 0x9FC00, 1), Region(MIB, MIB + 16, 1))


def test_memory_that_does_not_start_at_0_is_reported():
    assert ["low_memory"] == kinds(Region(4096, MIB, 1))


def test_a_hole_is_reported_with_what_lies_in_it():
    [problem] = FirmwareMap((Region(0, 4 * MIB, 1), Region(4 * MIB, 4096, 2), Region(8 * MIB, MIB, 1))).problems
    assert ("hole", (1,)) == (problem.kind, problem.entries)
    assert problem.message.startswith("From 0x400000 to 0x800000 there is no usable memory (4 MiB)")


@pytest.mark.parametrize("entries", [(), (Region(0, MIB, 2),), (Region(0, 0, 1),)])
def test_a_machine_without_usable_memory_is_reported(entries):
    assert "no_usable" in kinds(*entries)


def test_the_largest_map_says_its_problems_in_a_moment():
    entries = tuple(Region(4 * MIB * n, MIB + 1, 1 + n % 2) for n in reversed(range(4096)))
    assert len(kinds(*entries)) > 4096
