"""The shipped chain boots on every machine and every firmware: a page that is memory, or a stated refusal."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest
from oracles import SHARED

from allocator import FirmwareMap, assemble, shipped
from allocator.machine.bios_misbehaviours import MISBEHAVIOURS
from allocator.machine.disk import Disk
from allocator.machine.firmware_presets import all_presets
from allocator.machine.page_map import build_page_map
from allocator.machine.pc import PC
from allocator.machine.run import HALTED, Run
from allocator.views.firmware_story import page_content

REASONS = {1: "no map", 2: "no memory at 1 MiB", 3: "no long mode", 4: "line 20 stays off"}
SHARED_MAPS = sorted((SHARED / "e820").glob("*.txt"))
FEW = ("64M", "4G", "thinkpad-t400")


def disk(define: Mapping[str, str] = {}) -> Disk:
    return Disk.of(assemble(shipped("boot.asm"), shipped("bridge.asm"), define=define))


@pytest.fixture(scope="module")
def by_regions() -> Disk:
    return disk()


@pytest.fixture(scope="module")
def by_sum() -> Disk:
    return disk({"POLICY_BAREMETAL": ""})


def outcome_of(pc: PC, run: Run) -> str:
    """How the boot ended, after it was made sure that it is one of the ways in which it may end."""
    assert HALTED == run.stop.kind, run.stop
    symbols = pc.image.symbols
    if run.stop.address == symbols["bridge_refuse.stop"]:
        assert REASONS[run.ax].split()[-1] in pc.console.text
        return f"refused: {REASONS[run.ax]}"
    if run.stop.address == symbols["bridge_no_page.stop"]:
        assert 0 == run.rax
        return "no page"
    page, rest = divmod(run.rax, 2 << 20)
    assert (symbols["bridge_done"], 0) == (run.stop.address, rest)
    assert {"usable"} == set(page_content(pc.bios.firmware_map, page))
    return "allocated"


@pytest.mark.parametrize("preset", [preset.name for preset in all_presets()])
def test_every_machine_gets_a_page_that_is_memory_or_none(by_regions: Disk, preset: str) -> None:
    pc = PC(by_regions, preset)

    expected = build_page_map(pc.bios.firmware_map).first_page
    assert (expected is not None) == (outcome_of(pc, pc.boot()) == "allocated")


@pytest.mark.parametrize("path", SHARED_MAPS, ids=lambda path: path.stem)
def test_every_logged_map_gets_a_page_that_is_memory_or_none(by_regions: Disk, path: Path) -> None:
    pc = PC(by_regions, path)

    assert outcome_of(pc, pc.boot())


@pytest.mark.parametrize("memory", FEW)
@pytest.mark.parametrize("name", [each.name for each in MISBEHAVIOURS])
def test_no_misbehaving_firmware_leads_to_a_page_that_is_none(by_regions: Disk, name: str, memory: str) -> None:
    pc = PC(by_regions, memory, firmware=[name])

    assert "allocated" == outcome_of(pc, pc.boot())


@pytest.mark.parametrize("preset", [preset.name for preset in all_presets()])
def test_the_page_is_the_one_that_the_page_map_plan_foresees(by_regions: Disk, preset: str) -> None:
    pc = PC(by_regions, preset)
    page = build_page_map(pc.bios.firmware_map).first_page
    run = pc.boot()

    if page is not None:
        assert page * (2 << 20) == run.rax


def test_the_historic_sum_hands_out_the_pci_hole(by_sum: Disk) -> None:
    pc = PC(by_sum, "4G", policy="baremetal")

    assert 0xFFE00000 == pc.boot().rax
    assert {"not described": 2 << 20} == page_content(FirmwareMap.of("4G"), 0xFFE00000 >> 21)
