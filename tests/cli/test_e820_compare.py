"""allocator e820 --compare and --firmware: what they print."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from commands import run_e820
from golden import assert_golden

from allocator.errors import MachineError, UsageError
from allocator.machine.bios_misbehaviours import MISBEHAVIOURS
from allocator.machine.firmware_map import FirmwareMap
from allocator.machine.firmware_presets import preset_names

GOLDEN = Path(__file__).parent / "golden"


@pytest.mark.parametrize("words", [("qemu-pc-64m",), ("msi-rs480",), ("4G", "--firmware", "e801-zero")], ids="-".join)
def test_the_comparison_reads_as_reviewed(printed, words):
    name = "-".join(word for word in words if not word.startswith("-"))

    assert_golden(printed("--compare", *words), GOLDEN / f"compare-{name}.txt")


@pytest.mark.parametrize("name", preset_names())
def test_the_comparison_fits_into_a_terminal(printed, name):
    assert max(map(len, printed("--compare", name).splitlines())) <= 100


def test_json_has_the_map_and_the_comparison(printed):
    found = json.loads(printed("--compare", "--json", "qemu-pc-64m"))

    assert "allocator.e820/1" == found["format"]
    assert {"INT 12h": 0, "CMOS": 132_096, "88h": 0, "E801h": 0, "E820h": 0} == {
        each["way"]: each["wrong_bytes"] for each in found["compare"]
    }


def test_json_without_the_comparison_has_none(printed):
    assert "compare" not in json.loads(printed("--json", "64M"))


def test_misbehaving_firmware_changes_the_map(printed):
    found = json.loads(printed("64M", "--json", "--firmware", "hole-at-15m"))

    assert ["0xf00000", "0x100000", 2] == [found["entries"][3][key] for key in ("base", "length", "type")]


def test_several_misbehaviours_in_one_word(printed):
    assert printed("64M", "--firmware", "overlap,unsorted") == printed(
        "64M", "--firmware", "overlap", "--firmware", "unsorted"
    )


@pytest.mark.parametrize("name", [each.name for each in MISBEHAVIOURS])
def test_every_misbehaviour_can_be_compared(printed, name):
    assert "five ways" in printed("--compare", "ibm-x3500-m4", "--firmware", name)


def test_the_list_of_misbehaviours_names_each(printed):
    lines = printed("--list-firmware").splitlines()

    assert [each.name for each in MISBEHAVIOURS] == [line.split()[0] for line in lines if line[0] != " "]


def test_the_list_of_misbehaviours_as_json(printed):
    found = json.loads(printed("--list-firmware", "--json"))

    assert [each.name for each in MISBEHAVIOURS] == [each["name"] for each in found["firmware"]]


def test_an_unknown_misbehaviour_is_refused():
    with pytest.raises(MachineError, match="did you mean smap-lost"):
        run_e820("64M", "--firmware", "smap-last")


def test_a_comparison_has_no_html():
    with pytest.raises(UsageError, match="--compare is text or --json"):
        run_e820("--compare", "--html")


def test_a_map_without_memory_can_be_compared(printed, tmp_path):
    log = tmp_path / "log"
    log.write_text("BIOS-e820: [mem 0x0000000000000000-0x0000000003ffffff] reserved\n")

    assert not FirmwareMap.of(log).usable
    assert "five ways" in printed("--compare", str(log))
