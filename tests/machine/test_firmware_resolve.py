"""The resolved form of a firmware map: sorted, without overlap, never more usable than firmware said."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from allocator.machine.firmware_map import FirmwareMap, Region
from allocator.machine.firmware_resolve import resolve
from allocator.machine.page_map import ABSENT, FREE, PAGE_MAP_PAGES, build_page_map
from allocator.machine.region import ACPI_DATA, ACPI_NVS, DISABLED, RESERVED, UNUSABLE, USABLE
from allocator.units import MIB, PAGE_SIZE

TYPES = st.sampled_from([1, 1, 1, 2, 3, 4, 5, 6, 7, 9, 12, 20, 0xEFFF_FFFF])
ATTRIBUTES = st.sampled_from([None, None, 0, 1, 3])


@st.composite
def regions(draw: st.DrawFn) -> Region:
    # Few places on a coarse grid, so that edges meet and entries overlap often; a few reach the top of all addresses.
    unit = draw(st.sampled_from([1, 4096, MIB, PAGE_SIZE, 1 << 40]))
    base = draw(st.integers(0, 24)) * unit
    return Region(base, draw(st.integers(0, 24)) * unit, draw(TYPES), draw(ATTRIBUTES))


MAPS = st.lists(regions(), max_size=14).map(lambda entries: FirmwareMap(tuple(entries)))


def kinds_at(firmware_map: FirmwareMap, address: int) -> list[int]:
    return [entry.type for entry in firmware_map.resolved if address in entry.range]


@given(MAPS)
def test_resolved_regions_are_sorted_and_never_overlap(firmware_map):
    ends = [0]
    for region in firmware_map.resolved:
        assert region.length > 0
        assert ends[-1] <= region.base
        ends.append(region.end)


@given(MAPS)
def test_resolved_form_is_a_fixed_point(firmware_map):
    assert resolve(firmware_map.resolved) == firmware_map.resolved


@given(MAPS)
def test_resolving_never_gains_usable_bytes(firmware_map):
    claimed = FirmwareMap(tuple(entry for entry in firmware_map.entries if entry.type == USABLE)).usable_bytes
    assert firmware_map.usable_bytes <= claimed <= sum(e.length for e in firmware_map.entries if e.type == USABLE)


@given(MAPS, st.integers(0, 48), st.sampled_from([1, 4096, MIB, PAGE_SIZE, 1 << 40]))
def test_an_address_is_usable_exactly_when_all_counted_entries_there_say_so(firmware_map, place, unit):
    address = place * unit
    filled = [entry for entry in firmware_map.entries if entry.length]
    counted = [entry for entry in filled if entry.is_enabled] or filled
    here = {entry.type for entry in counted if address in entry.range}
    assert (here == {USABLE}) == (kinds_at(firmware_map, address) == [USABLE])


@given(MAPS)
def test_every_page_that_regions_calls_free_lies_inside_usable_memory(firmware_map):
    plan = build_page_map(firmware_map)
    for run in plan.runs:
        if run.state == FREE:
            assert any(
                start <= run.start * PAGE_SIZE and run.end * PAGE_SIZE <= end for start, end in firmware_map.usable
            )


@given(MAPS)
def test_every_page_that_is_wholly_usable_is_free_for_regions_except_the_first(firmware_map):
    states = build_page_map(firmware_map).states
    for start, end in firmware_map.usable:
        for page in {-(-start // PAGE_SIZE), end // PAGE_SIZE - 1}:
            if start <= page * PAGE_SIZE and (page + 1) * PAGE_SIZE <= end and 0 < page < PAGE_MAP_PAGES:
                assert states[page] == FREE


@given(MAPS)
def test_os_mem_amount_reaches_the_last_free_page(firmware_map):
    plan = build_page_map(firmware_map)
    assert plan.mem_amount_mib // 2 > plan.states.rfind(FREE)


@given(MAPS, st.sampled_from(["regions", "baremetal"]))
def test_a_page_map_never_outgrows_its_room(firmware_map, policy):
    plan = build_page_map(firmware_map, policy)
    assert len(plan.states) <= PAGE_MAP_PAGES
    assert plan.mem_amount_mib <= 2 * PAGE_MAP_PAGES
    assert plan.states[-1] != ABSENT


@settings(deadline=None)
@given(MAPS)
def test_problems_name_entries_that_are_there(firmware_map):
    for problem in firmware_map.problems:
        assert all(0 <= number < len(firmware_map.entries) for number in problem.entries)
        assert problem.message.endswith(".")


@pytest.mark.parametrize("stricter", [RESERVED, ACPI_DATA, ACPI_NVS, UNUSABLE, DISABLED, 9])
def test_any_other_type_wins_over_usable(stricter):
    entries = (Region(0, 8 * MIB, USABLE), Region(2 * MIB, MIB, stricter))
    assert [(0, 2 * MIB, 1), (2 * MIB, MIB, stricter), (3 * MIB, 5 * MIB, 1)] == [
        (region.base, region.length, region.type) for region in resolve(entries)
    ]


@pytest.mark.parametrize("first", [True, False])
def test_unusable_wins_over_reserved_whatever_comes_first(first):
    entries = [Region(0, MIB, RESERVED), Region(0, MIB, UNUSABLE)]
    assert (Region(0, MIB, UNUSABLE),) == resolve(entries if first else entries[::-1])


def test_neighbours_of_one_type_are_joined():
    assert (Region(0, 3 * MIB, USABLE),) == resolve((Region(MIB, 2 * MIB, USABLE), Region(0, MIB, USABLE)))


def test_an_entry_of_length_zero_counts_for_nothing():
    assert (Region(0, MIB, USABLE),) == resolve((Region(0, MIB, USABLE), Region(4096, 0, RESERVED)))


def test_an_entry_with_attribute_bit_0_clear_is_dropped():
    assert (Region(0, MIB, USABLE),) == resolve((Region(0, MIB, USABLE, 1), Region(0, MIB, RESERVED, 0)))


def test_attributes_that_are_clear_in_all_entries_are_taken_as_not_filled_in():
    entries = (Region(0, MIB, USABLE, 0), Region(MIB, MIB, RESERVED, 0), Region(5, 0, RESERVED, 1))
    assert (Region(0, MIB, USABLE), Region(MIB, MIB, RESERVED)) == resolve(entries)


def test_the_last_byte_of_all_addresses_can_be_described():
    top = Region((1 << 64) - MIB, MIB, RESERVED)
    assert (top,) == resolve((top,))


def test_a_map_of_the_most_entries_resolves_in_a_moment():
    layers = tuple(Region(n * 4096, (8192 - 2 * n) * 4096, 16 + n) for n in range(4096))
    assert 2 * 4096 - 1 == len(resolve(layers))


@given(st.lists(regions(), min_size=1, max_size=14, unique=True))
def test_every_map_survives_json_and_records(entries):
    firmware_map = FirmwareMap(tuple(entries))
    assert firmware_map == FirmwareMap.from_log(firmware_map.to_json())
    bare = FirmwareMap(tuple(Region(entry.base, entry.length, entry.type) for entry in entries))
    assert bare == FirmwareMap.from_records(firmware_map.to_records(20), 20)


@given(st.lists(regions(), min_size=1, max_size=14, unique_by=lambda entry: (entry.base, entry.length, entry.type)))
def test_every_map_without_attributes_survives_the_linux_log(entries):
    bare = FirmwareMap(tuple(Region(entry.base, entry.length, entry.type) for entry in entries))
    assert bare == FirmwareMap.from_log(bare.to_linux_log())
