"""The page map that each policy makes of a firmware map."""

from __future__ import annotations

import pytest

from allocator.addresses import PAGE_MAP_PAGES
from allocator.errors import UsageError
from allocator.machine.firmware_map import FirmwareMap, Region
from allocator.machine.page_map import PageRun, build_page_map
from allocator.units import GIB, MIB, TIB


@pytest.mark.parametrize("policy", ["regions", "baremetal"])
def test_64_mib_are_one_used_page_and_31_free_ones(policy):
    assert bytes([2] + 31 * [1]) == build_page_map(FirmwareMap.of("64M"), policy).states


@pytest.mark.parametrize("policy", ["regions", "baremetal"])
def test_64_mib_are_64_mib_by_both_policies(policy):
    assert 64 == build_page_map(FirmwareMap.of("64M"), policy).mem_amount_mib


@pytest.mark.parametrize(
    ("size", "amount", "states"), [("1M", 0, "2"), ("2M", 2, "2"), ("3M", 3, "2"), ("4M", 4, "21"), ("6M", 6, "211")]
)
def test_the_smallest_machines(size, amount, states):
    plan = build_page_map(FirmwareMap.of(size))
    assert (amount, bytes(map(int, states))) == (plan.mem_amount_mib, plan.states)


def test_regions_leaves_the_pci_hole_absent():
    runs = build_page_map(FirmwareMap.of("4G")).runs
    assert ((0, 1, 2), (1, 1535, 1), (1536, 512, 0), (2048, 512, 1)) == runs


def test_baremetal_calls_the_pci_hole_free():
    plan = build_page_map(FirmwareMap.of("4G"), "baremetal")
    assert ((PageRun(0, 1, 2), PageRun(1, 2047, 1)), 4096) == (plan.runs, plan.mem_amount_mib)


def test_a_page_with_one_reserved_byte_is_absent():
    entries = (Region(0, 8 * MIB, 1), Region(4 * MIB, 1, 2))
    assert bytes([2, 1, 0, 1]) == build_page_map(FirmwareMap(entries)).states


def test_a_hole_at_15_mib_costs_one_page():
    states = build_page_map(FirmwareMap.of("msi-rs480")).states
    assert bytes([2, 1, 1, 1, 1, 1, 1, 0, 1]) == states[:9]


def test_the_historic_sum_counts_types_1_3_and_6_and_no_others():
    entries = tuple(Region(0, 16 * MIB, kind) for kind in range(1, 13))
    assert 48 == build_page_map(FirmwareMap(entries), "baremetal").mem_amount_mib


@pytest.mark.parametrize(("mib", "amount"), [(2, 2), (3, 4), (4, 4), (63, 64)])
def test_the_historic_sum_adds_one_and_rounds_down_to_even(mib, amount):
    firmware_map = FirmwareMap((Region(0, mib * MIB, 1),))
    assert amount == build_page_map(firmware_map, "baremetal").mem_amount_mib


@pytest.mark.parametrize("policy", ["regions", "baremetal"])
def test_terabytes_are_clipped_to_256_gib(policy):
    plan = build_page_map(FirmwareMap.ideal(4 * TIB), policy)
    assert (PAGE_MAP_PAGES, 262_144, ["clipped"]) == (
        len(plan.states),
        plan.mem_amount_mib,
        [problem.kind for problem in plan.problems],
    )


def test_what_is_clipped_is_said_in_bytes():
    [problem] = build_page_map(FirmwareMap((Region(0, 257 * GIB, 1),))).problems
    assert problem.message.startswith("1 GiB of memory have no byte in the page map")


def test_memory_that_just_fits_is_not_clipped():
    assert () == build_page_map(FirmwareMap((Region(0, 256 * GIB, 1),))).problems


def test_an_empty_map_has_the_kernels_page_alone():
    assert (b"\2", 0) == (build_page_map(FirmwareMap(())).states, build_page_map(FirmwareMap(())).mem_amount_mib)


def test_an_unknown_policy_is_a_usage_error():
    with pytest.raises(UsageError, match="use regions or baremetal"):
        build_page_map(FirmwareMap.of("64M"), "best-fit")
