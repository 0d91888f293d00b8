"""A firmware map and its page maps as text."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from allocator.machine.firmware_map import FirmwareMap, Region
from allocator.machine.firmware_presets import all_presets, preset_names
from allocator.machine.page_map import FREE, POLICIES, build_page_map
from allocator.units import MIB
from allocator.views.firmware import (
    firmware_strip,
    firmware_table,
    page_grid,
    page_runs,
    policy_report,
    preset_list,
    problem_list,
)
from allocator.views.firmware_strip import MAX_STRIPS, strips

TABLE_64M = """\
   #             start               end           size  type
   0  0000000000000000  00000000000a0000        640 KiB  1  usable
   1  00000000000a0000  0000000000100000        384 KiB  2  reserved
   2  0000000000100000  0000000004000000         63 MiB  1  usable
3 entries, 63.6 MiB usable (66,715,648 bytes)"""

STRIP_4G = """\
to scale: 0x0 to 0x140000000 (5 GiB, a cell is 71.1 MiB)
  |###########################################...............##############|
enlarged: 0x0 to 0x140000 (1.2 MiB, a cell is 17 KiB)
  |####################################..................rrrr##############|
enlarged: 0xbffcc000 to 0xc0014000 (288 KiB, a cell is 4 KiB)
  |####################rrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrr....................|
enlarged: 0xfff98000 to 0x100028000 (576 KiB, a cell is 8 KiB)
  |....................rrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrr####################|
enlarged: 0x9f980 to 0xa0280 (2 KiB, a cell is 32 bytes)
  |####################rrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrr....................|
further up: 1 region from 0xfd00000000 to 0x10000000000
# usable  r reserved  . not described"""

RUNS_4G = """\
policy regions: os_MemAmount 5,120 MiB, 2,046 pages free
           page 0  used    0000000000-00001fffff  2 MiB
           1-1534  free    0000200000-00bfdfffff  3.0 GiB
        1535-2047  absent  00bfe00000-00ffffffff  1.0 GiB
        2048-2559  free    0100000000-013fffffff  1 GiB"""

GRID_4G = """\
each cell is 2 pages (4 MiB); U used, . free, blank absent, + mixed
      0 |+...............................................................|
    128 |................................................................|
      *
   1408 |...............................................................+|
   1536 |                                                                |
      *
   2048 |................................................................|
      *
   2432 |................................................................|"""

STORY_4G = """\
regions: os_mem_allocate hands out page 2,559 first, at 0x13fe00000: all of it is usable memory. \
Usable memory in pages that are only partly usable, and so not free: 3.5 MiB.
baremetal: os_mem_allocate hands out page 2,047 first, at 0xffe00000: it is not all memory \
(256 KiB reserved, 1.8 MiB not described). The historic sum adds up sizes and takes the total for the end of memory; \
here 1 GiB of memory lie above 4 GiB, since the addresses below are the PCI hole, left to devices, \
and the total ends in that hole. Of the 2,047 pages that it calls free, 513 are not wholly usable."""

MAPS = st.lists(
    st.builds(
        Region,
        st.integers(0, 1 << 44),
        st.one_of(st.just(0), st.integers(1, 1 << 44)),
        st.sampled_from([1, 1, 2, 3, 4, 5, 6, 7, 9, 12, 0xEFFF_FFFF]),
    ),
    max_size=12,
).map(lambda entries: FirmwareMap(tuple(entries)))


def plan(name: str, policy: str = "regions"):
    return build_page_map(FirmwareMap.of(name), policy)


def test_the_table_of_the_ideal_pc():
    assert TABLE_64M == firmware_table(FirmwareMap.of("64M"))


def test_the_table_marks_entries_that_a_problem_names():
    lines = firmware_table(FirmwareMap((Region(0, 2 * MIB, 1), Region(MIB, MIB, 9)))).splitlines()
    assert ["!", "!"] == [line[0] for line in lines[1:3]]


def test_the_table_shows_attributes_and_the_end_of_all_addresses():
    table = firmware_table(FirmwareMap((Region((1 << 64) - 16, 16, 1, 3),)))
    assert "10000000000000000       16 bytes  1  usable  attributes 0x3" in table


def test_problems_are_one_line_each():
    assert "! zero_length: Entry 0 at 0x10 has length zero; it counts for nothing." in problem_list(
        FirmwareMap((Region(16, 0, 1),)).problems
    )


def test_the_strip_is_to_scale_with_enlargements():
    assert STRIP_4G == firmware_strip(FirmwareMap.of("qemu-pc-4g"))


def test_the_strip_of_an_empty_map_says_so():
    assert "no memory is described" == firmware_strip(FirmwareMap(()))


@pytest.mark.parametrize("name", preset_names())
@pytest.mark.parametrize("width", [10, 72, 200])
def test_a_strip_is_as_wide_as_asked(name, width):
    rows = re.findall(r"^  \|(.*)\|$", firmware_strip(FirmwareMap.of(name), width), re.MULTILINE)
    assert {width} == {len(row) for row in rows}
    assert 1 <= len(rows) <= MAX_STRIPS


@settings(deadline=None)
@given(MAPS)
def test_an_enlargement_lies_in_its_parent_and_shows_it_larger(firmware_map):
    for strip in strips(firmware_map)[1:]:
        assert strip.parent is not None
        assert strip.parent.start <= strip.start < strip.end <= strip.parent.end
        assert strip.size <= strip.parent.size // 2


@settings(deadline=None)
@given(MAPS)
def test_a_strip_has_no_gap_and_no_overlap(firmware_map):
    for strip in strips(firmware_map):
        assert all(one.end == other.start for one, other in zip(strip.stretches, strip.stretches[1:], strict=False))


def test_runs_of_the_page_map():
    assert RUNS_4G == page_runs(plan("qemu-pc-4g"))


def test_the_grid_folds_equal_rows():
    assert GRID_4G == page_grid(plan("qemu-pc-4g"))


def test_the_grid_of_the_largest_machine_has_32_rows_at_most():
    assert len(page_grid(plan("4T")).splitlines()) <= 33


def test_the_grid_of_a_small_machine_has_a_cell_for_each_page():
    assert "      0 |U...............................|" == page_grid(plan("64M")).splitlines()[1]


def test_the_story_of_a_pc_with_4_gib():
    assert STORY_4G == policy_report(FirmwareMap.of("qemu-pc-4g"))


@pytest.mark.parametrize("size", ["1M", "3M"])
def test_the_story_of_a_machine_whose_scan_leaves_the_map(size):
    assert "misses the test that ends its scan" in policy_report(FirmwareMap.of(size))


@pytest.mark.parametrize("size", ["4M", "5M"])
def test_the_story_of_a_machine_without_a_page_in_reach(size):
    assert "finds no page" in policy_report(FirmwareMap.of(size))


@pytest.mark.parametrize("name", preset_names())
def test_regions_never_hands_out_what_is_not_memory(name):
    regions = policy_report(FirmwareMap.of(name)).splitlines()[0]
    assert "not memory" not in regions and "not all memory" not in regions


@given(MAPS, st.sampled_from(POLICIES))
def test_the_first_page_is_the_highest_free_one_above_page_1(firmware_map, policy):
    made = build_page_map(firmware_map, policy)
    reachable = range(2, min(made.mem_amount_mib // 2, len(made.states)))
    assert max((page for page in reachable if made.states[page] == FREE), default=None) == made.first_page


def test_presets_are_listed_one_a_line():
    lines = preset_list(all_presets()).splitlines()
    assert len(all_presets()) == len(lines)
    assert any(line.startswith("thinkpad-t400           laptop   28 entries     2.9 GiB usable") for line in lines)


@pytest.mark.parametrize("view", [firmware_table, firmware_strip])
def test_colours_only_colour(view):
    firmware_map = FirmwareMap.of("ibm-x3500-m4")
    painted = view(firmware_map, color=True)
    assert "\x1b[32m" in painted
    assert view(firmware_map) == re.sub(r"\x1b\[[0-9;]*m", "", painted)


@pytest.mark.parametrize("view", [page_runs, page_grid])
def test_colours_only_colour_page_maps(view):
    painted = view(plan("qemu-pc-4g"), color=True)
    assert "\x1b[32m" in painted
    assert view(plan("qemu-pc-4g")) == re.sub(r"\x1b\[[0-9;]*m", "", painted)
