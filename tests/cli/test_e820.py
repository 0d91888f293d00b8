"""The verb e820: what it prints for a name, a size, a file and standard input."""

from __future__ import annotations

import json
import os

import pytest
from commands import run_e820

from allocator.errors import MachineError, UsageError
from allocator.machine.firmware_map import FirmwareMap
from allocator.machine.firmware_presets import preset_names

SMALL = "BIOS-e820: [mem 0x0000000000000000-0x0000000003ffffff] usable\n"


def test_without_a_machine_it_is_the_ideal_pc_of_64_mib(printed):
    assert printed("64M") == printed()


def test_json_is_the_documented_object(printed):
    found = json.loads(printed("--json"))
    assert ("allocator.e820/1", 66_715_648, [], 64) == (
        found["format"],
        found["usable_bytes"],
        found["problems"],
        found["mem_amount_mib"],
    )
    assert [{"start": 0, "count": 1, "state": 2}, {"start": 1, "count": 31, "state": 1}] == found["pages"]
    assert {"base": "0x0", "length": "0xa0000", "type": 1, "kind": "usable", "attributes": None} == found["entries"][0]


@pytest.mark.parametrize("name", preset_names())
def test_json_of_every_preset_reads_back(printed, name):
    assert FirmwareMap.of(name) == FirmwareMap.from_log(printed(name, "--json"))


def test_json_tells_what_was_clipped(printed):
    assert "clipped" in [problem["kind"] for problem in json.loads(printed("4T", "--json"))["problems"]]


def test_the_policy_makes_the_page_map(printed):
    assert 4096 == json.loads(printed("4G", "--policy", "baremetal", "--json"))["mem_amount_mib"]


def test_text_explains_the_pci_hole(printed):
    assert "0xffe00000" in printed("4G")
    assert "PCI hole" in printed("4G")


@pytest.mark.parametrize("name", preset_names())
def test_text_fits_into_a_terminal(printed, name):
    assert max(map(len, printed(name).splitlines())) <= 100


def test_the_list_names_every_preset(printed):
    assert sorted(preset_names()) == sorted(line.split()[0] for line in printed("--list").splitlines())


def test_the_list_as_json(printed):
    assert set(preset_names()) == {each["name"] for each in json.loads(printed("--list", "--json"))["presets"]}


def test_a_file_is_read(printed, tmp_path):
    (tmp_path / "dmesg").write_text(SMALL)
    assert 64 << 20 == json.loads(printed(str(tmp_path / "dmesg"), "--json"))["usable_bytes"]


def test_the_machine_may_follow_m(printed):
    assert printed("thinkpad-t400") == printed("-m", "thinkpad-t400")


def test_two_machines_are_one_too_many():
    with pytest.raises(UsageError, match="given twice"):
        run_e820("64M", "-m", "128M")


def test_a_dash_is_standard_input(printed, monkeypatch):
    reading, writing = os.pipe()
    os.write(writing, SMALL.encode())
    os.close(writing)
    with os.fdopen(reading) as stream:
        monkeypatch.setattr("sys.stdin", stream)
        assert SMALL == printed("-", "--linux")


def test_html_is_a_page(printed):
    assert printed("64M", "--html").startswith("<!doctype html>")


def test_output_goes_to_a_file(printed, tmp_path):
    assert "" == printed("64M", "--linux", "-o", str(tmp_path / "out"))
    assert FirmwareMap.of("64M") == FirmwareMap.of(tmp_path / "out")


def test_output_that_cannot_be_written_is_a_usage_error(tmp_path):
    with pytest.raises(UsageError, match="cannot write"):
        run_e820("-o", str(tmp_path / "missing" / "out"))


def test_colour_is_for_terminals_or_when_asked_for(printed):
    assert "\x1b[" not in printed("64M")
    assert "\x1b[32m" in printed("64M", "--color", "always")


def test_a_misspelt_preset_is_one_error():
    with pytest.raises(MachineError, match="did you mean thinkpad-t400"):
        run_e820("thinkpad-t401")
