"""On every machine that has a name, the shipped allocator hands out what the page map's model says."""

from __future__ import annotations

import pytest

from allocator import FirmwareMap, Machine
from allocator.machine.firmware_presets import preset_names
from allocator.machine.page_map import POLICIES, build_page_map
from allocator.units import PAGE_SIZE
from allocator.views.firmware_story import allocation_story


@pytest.mark.parametrize("policy", POLICIES)
@pytest.mark.parametrize("name", [*preset_names(), "2M", "4M", "6M", "4T"])
def test_the_first_page_is_the_one_that_the_program_hands_out(our_program, name, policy):
    plan = build_page_map(FirmwareMap.of(name), policy)
    run = Machine(our_program, memory=name, policy=policy).call("os_mem_allocate", rcx=1)
    if plan.scan_leaves_map:
        assert run.stop.kind in ("fence", "memory_fault")
    else:
        assert ("returned", (plan.first_page or 0) * PAGE_SIZE) == (run.stop.kind, run.registers.rax)


@pytest.mark.parametrize("policy", POLICIES)
@pytest.mark.parametrize("name", preset_names())
def test_the_story_names_the_address_that_the_program_hands_out(our_program, name, policy):
    firmware_map = FirmwareMap.of(name)
    run = Machine(our_program, memory=firmware_map, policy=policy).call("os_mem_allocate", rcx=1)
    story = allocation_story(firmware_map, build_page_map(firmware_map, policy))
    expected = f"at {run.registers.rax:#x}:" if run.stop.kind == "returned" and run.registers.rax else "page"
    assert expected in story
