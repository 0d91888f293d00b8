"""The machines that come with the package: each one's numbers, and that its own log leads to them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from oracles import SHARED, require_shared

from allocator.errors import MachineError
from allocator.machine.firmware_map import FirmwareMap
from allocator.machine.firmware_presets import all_presets, find_preset, preset_names
from allocator.machine.page_map import build_page_map

# Name: where its facts come from (a log's number, or a file of QEMU's answers), entries, usable bytes, problems.
NUMBERS = {
    "acer-aspire-5520": ("075", 11, 3_220_103_168, ""),
    "acer-aspire-5720z": ("077", 19, 2_136_988_672, ""),
    "aic-fb201-1536g": ("043", 15, 1_647_251_814_400, "hole hole"),
    "asus-esc8000-256g": ("041", 16, 274_459_739_136, "hole hole hole hole"),
    "azure-hyperv-8g": ("005", 7, 8_589_474_816, "hole"),
    "clevo-m77xk": ("073", 11, 1_877_072_896, ""),
    "compaq-lte-lite": ("019", 2, 20_836_352, ""),
    "coreboot-linuxboot-8g": ("031", 7, 8_588_894_208, "unknown_type unknown_type low_memory hole"),
    "ec2-t2-micro": ("059", 5, 1_073_340_416, ""),
    "ec2-xen-4g": ("001", 6, 4_294_565_888, "hole"),
    "evga-sr-2": ("089", 11, 12_875_611_136, "hole"),
    "gigabyte-amd-16g": ("027", 10, 17_176_246_272, "hole"),
    "haos-uefi-2g": ("033", 15, 2_146_414_592, "low_memory hole"),
    "hp-8000-elite": ("065", 10, 4_185_132_608, "misaligned hole"),
    "hp-dx2255": ("091", 8, 502_855_680, ""),
    "hp-elitebook-8540w": ("099", 17, 4_149_693_440, "hole hole"),
    "hp-pavilion-dv5": ("083", 21, 4_193_476_608, "hole hole hole hole"),
    "hp-pavilion-dv6": ("101", 20, 4_285_399_040, "hole hole hole hole"),
    "hp-pavilion-dv7": ("087", 15, 4_024_265_728, "hole hole hole hole"),
    "hp-pavilion-tx2500": ("085", 16, 1_876_077_568, "hole hole hole hole"),
    "i486-28m": ("017", 2, 28_962_816, ""),
    "ibm-x3500-m4": ("045", 36, 34_288_168_960, "hole hole"),
    "intel-815-embedded": ("013", 7, 266_993_664, ""),
    "intel-865-p4": ("047", 8, 535_624_704, ""),
    "jetway-amd-4g": ("067", 25, 3_871_554_560, "hole hole hole hole"),
    "kvm-16g-persistent": ("035", 8, 3_220_700_160, ""),
    "kvm-1g": ("037", 6, 1_073_282_048, ""),
    "kvm-512m": ("057", 7, 536_468_480, ""),
    "lenovo-0769": ("071", 14, 3_211_196_416, ""),
    "msi-ms-7253": ("095", 8, 2_011_754_496, ""),
    "msi-ms-7640": ("029", 9, 27_916_395_520, "hole"),
    "msi-p45-neo3": ("079", 10, 6_441_597_952, "hole"),
    "msi-rs480": ("007", 12, 534_312_960, "hole"),
    "nec-express5800": ("069", 14, 17_170_678_784, "hole"),
    "phoenix-ich4-512m": ("049", 12, 527_497_216, "hole"),
    "proliant-1500": ("015", 2, 16_379_904, ""),
    "qemu-isapc-64m": ("isapc-64m", 5, 66_714_624, ""),
    "qemu-pc-128m": ("pc-128m", 7, 133_692_416, ""),
    "qemu-pc-16g": ("pc-16g", 8, 17_179_343_872, "hole"),
    "qemu-pc-16m": ("pc-16m", 7, 16_251_904, ""),
    "qemu-pc-1m": ("pc-1m", 5, 654_336, ""),
    "qemu-pc-256m": ("039", 7, 267_910_144, ""),
    "qemu-pc-2m": ("pc-2m", 7, 1_571_840, ""),
    "qemu-pc-3584m": ("pc-3584m", 8, 3_757_571_072, "hole"),
    "qemu-pc-4g": ("pc-4g", 8, 4_294_441_984, "hole"),
    "qemu-pc-512m-intel": ("pc-512m-intel", 6, 536_345_600, ""),
    "qemu-pc-64m": ("pc-64m", 7, 66_583_552, ""),
    "qemu-q35-10g": ("023", 10, 8_589_401_088, "hole"),
    "qemu-q35-16g": ("q35-16g", 10, 17_179_339_776, "hole"),
    "qemu-q35-4g": ("q35-4g", 10, 4_294_437_888, "hole"),
    "qemu-q35-512m": ("q35-512m", 9, 536_341_504, ""),
    "qemu-q35-64m": ("q35-64m", 9, 66_579_456, ""),
    "qemu-q35-ovmf-4g": ("025", 23, 4_288_196_608, "hole hole hole hole"),
    "soekris-net4521": ("021", 2, 66_711_552, ""),
    "supermicro-x8sie": ("061", 13, 17_170_623_488, "unknown_type hole"),
    "thinkpad-t400": ("063", 28, 3_162_541_056, "hole hole"),
    "thinkpad-x240": ("053", 18, 8_463_863_808, "unknown_type hole hole hole"),
    "toshiba-satellite-l655": ("093", 18, 4_083_011_584, "hole hole"),
    "toshiba-tecra-r700": ("097", 17, 4_010_208_256, "hole"),
    "unsorted-64g-at-128g": ("103", 11, 68_836_432_896, "unsorted hole hole"),
    "via-dual-p3": ("011", 9, 535_428_096, "hole"),
    "via-kt266-1g": ("081", 7, 1_073_282_048, ""),
    "via-kx133": ("009", 9, 535_362_560, "hole"),
    "vmware-512m": ("055", 11, 536_344_576, "hole"),
    "xen-hvm-1g": ("003", 7, 1_056_566_272, ""),
    "xen-hvm-2g": ("051", 8, 2_138_696_704, ""),
}


def row(name: str) -> tuple[int, int, str]:
    return NUMBERS[name][1:]


def numbers(firmware_map: FirmwareMap) -> tuple[int, int, str]:
    kinds = " ".join(problem.kind for problem in firmware_map.problems)
    return len(firmware_map.entries), firmware_map.usable_bytes, kinds


def test_every_preset_has_its_numbers_here():
    assert sorted(NUMBERS) == preset_names()


@pytest.mark.parametrize("name", NUMBERS)
def test_a_preset_has_the_numbers_of_its_machine(name):
    assert row(name) == numbers(FirmwareMap.of(name))


@pytest.mark.parametrize("name", NUMBERS)
def test_a_presets_linux_log_inside_a_dmesg_leads_back_to_it(name):
    firmware_map = FirmwareMap.of(name)
    lines = [f"[    0.000000] {line}" for line in firmware_map.to_linux_log().splitlines()]
    log = "\n".join(["[    0.000000] Linux version 6.1", *lines, "[    0.000000] NX protection: active"])
    assert firmware_map == FirmwareMap.from_log(log)


@pytest.mark.parametrize("name", NUMBERS)
def test_a_preset_survives_json_and_both_sizes_of_records(name):
    firmware_map = FirmwareMap.of(name)
    assert firmware_map == FirmwareMap.from_log(firmware_map.to_json())
    assert firmware_map == FirmwareMap.from_log(firmware_map.to_records(20))
    assert firmware_map.resolved == FirmwareMap.from_log(firmware_map.to_records(24)).resolved


@pytest.mark.parametrize("name", NUMBERS)
@pytest.mark.parametrize("policy", ["regions", "baremetal"])
def test_every_preset_has_a_page_map_by_both_policies(name, policy):
    assert 2 == build_page_map(FirmwareMap.of(name), policy).states[0]


@pytest.mark.parametrize("name", [name for name, (source, *_) in NUMBERS.items() if source.isdigit()])
def test_the_machines_own_log_gives_the_presets_entries(name):
    require_shared("README.md")
    [path] = (SHARED / "e820").glob(f"{NUMBERS[name][0]}-*.txt")
    assert FirmwareMap.of(name) == FirmwareMap.of(path)


@pytest.mark.parametrize("name", [name for name, (source, *_) in NUMBERS.items() if not source.isdigit()])
def test_qemus_own_answers_give_the_presets_entries(name):
    require_shared("README.md")
    [path] = [path for path in (SHARED / "qemu").glob("*.json") if name == qemu_name(path)]
    assert FirmwareMap.of(name) == FirmwareMap.of(path)
    assert row(name)[1] == json.loads(path.read_text())["total_usable_bytes"]


def qemu_name(path: Path) -> str:
    return "qemu-" + path.stem.lower().replace("-intelcpu", "-intel")


@pytest.mark.parametrize(("number", "entries"), [("105", 3), ("107", 1)])
def test_quoted_fragments_of_logs_are_read(number, entries):
    require_shared("README.md")
    [path] = (SHARED / "e820").glob(f"{number}-*.txt")
    assert (entries, 0, "no_usable") == numbers(FirmwareMap.of(path))


def test_names_do_not_care_about_case():
    assert find_preset("thinkpad-t400") == find_preset("ThinkPad-T400")


def test_a_misspelt_name_gets_near_ones():
    with pytest.raises(MachineError, match="did you mean thinkpad-t400"):
        find_preset("thinkpad-t40")


def test_every_preset_says_what_it_is_in_one_line():
    assert all(preset.kind and 10 < len(preset.about) < 100 and "\n" not in preset.about for preset in all_presets())
