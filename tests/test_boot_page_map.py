"""page_map.asm makes the same page map of a firmware map as the sandbox itself, by both policies."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from allocator import FirmwareMap, Machine, assemble, shipped
from allocator.machine.firmware_presets import preset_names
from allocator.machine.firmware_resolve import counted_entries
from allocator.machine.machine import Snapshot
from allocator.machine.page_map import PageMapPlan, build_page_map
from allocator.machine.region import ADDRESS_END, Region
from allocator.machine.run import Run
from allocator.units import GIB, MIB

ROUTINES = {"regions": "page_map_regions", "baremetal": "page_map_sum"}
ENTRIES = 0x200000
LIMIT = 50_000_000
KIB512 = MIB // 2


@cache
def machine_and_start() -> tuple[Machine, Snapshot]:
    """One machine for all maps: its own memory is not what is asked about."""
    machine = Machine(assemble(shipped("page_map.asm")), memory="64M")
    machine.page_map.load(b"\7" * 131_072)
    return machine, machine.snapshot()


def made(entries: Sequence[Region], policy: str) -> tuple[Machine, Run]:
    """Have the routine make the page map of entries as the bridge hands them over."""
    machine, start = machine_and_start()
    machine.restore(start)
    machine.write(ENTRIES, b"".join(map(record, entries)))
    run = machine.call(ROUTINES[policy], rsi=ENTRIES, rcx=len(entries), df=0, limit=LIMIT)
    return machine, run


def record(entry: Region) -> bytes:
    fields = ((entry.base, 8), (entry.length, 8), (entry.type, 4), (1, 4))
    return b"".join(value.to_bytes(size, "little") for value, size in fields)


def assert_same(plan: PageMapPlan, machine: Machine, run: Run) -> None:
    assert "returned" == run.stop.kind
    assert (plan.mem_amount_mib, plan.mem_amount_mib) == (run.rax, machine.mem_amount)
    assert plan.states == bytes(machine.page_map).rstrip(b"\0")


@pytest.mark.parametrize("policy", ROUTINES)
@pytest.mark.parametrize("name", preset_names())
def test_a_presets_page_map_is_the_sandboxs(name: str, policy: str) -> None:
    firmware_map = FirmwareMap.of(name)

    assert_same(build_page_map(firmware_map, policy), *made(counted_entries(firmware_map.entries), policy))


# Edges of pages and of regions meet often; some entries lie beyond the table, or end where addresses do.
PLACES = st.one_of(
    st.integers(0, 40).map(lambda half: half * MIB),
    st.integers(0, 40 * MIB),
    st.sampled_from([256 * GIB - 2 * MIB, 256 * GIB, 1 << 46, ADDRESS_END - 4 * MIB]),
)
SIZES = st.one_of(st.integers(0, 12).map(lambda half: half * MIB), st.integers(0, 5 * MIB), st.just(300 * GIB))


def region(base: int, length: int, kind: int) -> Region:
    return Region(base, min(length, ADDRESS_END - max(base, 1)), kind)


MAPS = st.lists(st.builds(region, PLACES, SIZES, st.sampled_from([1, 1, 1, 2, 3, 5, 6, 12])), min_size=1, max_size=12)


@pytest.mark.parametrize("policy", ROUTINES)
@given(entries=MAPS)
@example(entries=[Region(0, 3 * MIB, 1), Region(3 * MIB, 3 * MIB, 1)])  # a page of two entries
@example(entries=[Region(3 * MIB, 3 * MIB, 1), Region(0, 3 * MIB, 1)])
@example(entries=[Region(7 * KIB512, KIB512, 1), Region(5 * KIB512, MIB, 1), Region(0, 5 * KIB512, 1)])  # of three
@example(entries=[Region(0, 8 * MIB, 1), Region(7 * MIB, 1, 2)])  # one byte takes a page
@example(entries=[Region(0, 8 * MIB, 1), Region(4 * MIB, 4 * MIB, 2)])  # the end moves down
@example(entries=[Region(0, ADDRESS_END - 1, 1), Region(4 * MIB, ADDRESS_END - 4 * MIB, 2)])
@example(entries=[Region(0, ADDRESS_END - 1, 3), Region(1, ADDRESS_END - 1, 6)])  # more than a register holds
@example(entries=[Region(0, ADDRESS_END - 1, 3), Region(0, 4 * MIB, 1)])
@example(entries=[Region(2 * MIB, 0, 1), Region(2 * MIB, 0, 2)])
@settings(max_examples=60, deadline=None)
def test_any_map_becomes_the_sandboxs_page_map(policy: str, entries: list[Region]) -> None:
    assert_same(build_page_map(FirmwareMap(tuple(entries)), policy), *made(entries, policy))


def test_no_entries_make_a_page_map_of_the_kernels_page_alone() -> None:
    machine, run = made([], "regions")

    assert (0, b"\2") == (run.rax, bytes(machine.page_map).rstrip(b"\0"))
