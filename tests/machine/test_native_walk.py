"""Many addresses at once are translated as each of them alone is."""

from __future__ import annotations

import os
import random

import numpy as np
import pytest
from reference.page_walk import OUTSIDE, Rules, page_walk
from reference.random_paging import FRAMES, MODES, random_address, random_world

from allocator.machine.native_walk import NOT_CANONICAL, NOT_MODELLED, TRANSLATED, Frames, translate_columns
from allocator.machine.page_entries import Paging
from allocator.machine.paging import Access

WORLDS = 2000 if os.environ.get("ALLOCATOR_FULL") else 60
ADDRESSES = 60


def paging(rules: Rules) -> Paging:
    return Paging(rules.mode, rules.root, rules.pse, rules.nxe, rules.wp, rules.smep, rules.smap)


def expected_row(rules: Rules, frames, address: int, access: Access) -> tuple[int | None, int, int]:
    physical, error, bits = page_walk(
        rules, frames, address, access.kind == "write", access.is_user, access.kind == "fetch"
    )
    if error == OUTSIDE:  # what is not among the frames reads as zero: not present
        is_fetch = access.kind == "fetch" and (rules.nxe or rules.smep)
        return None, 2 * (access.kind == "write") + 4 * access.is_user + 16 * is_fetch, 0
    return physical, TRANSLATED if physical is not None else error, bits


def rows(columns) -> list[tuple[int | None, int, int]]:
    return [
        (int(physical) if fault == TRANSLATED else None, int(fault), int(bits))
        for physical, fault, bits in zip(*columns, strict=True)
    ]


@pytest.mark.campaign
@pytest.mark.parametrize("mode", MODES)
def test_a_column_says_what_the_plain_walk_says(mode):
    generator = random.Random(mode)
    for _ in range(WORLDS):
        world = random_world(generator, mode)
        rules = world.rules._replace(smap=generator.random() < 0.3)
        access = Access(generator.choice(("read", "write", "fetch")), generator.random() < 0.5)
        addresses = [random_address(generator, mode) for _ in range(ADDRESSES)]
        columns = translate_columns(paging(rules), world.frames, np.array(addresses, np.uint64), access)
        assert [expected_row(rules, world.frames, address, access) for address in addresses] == rows(columns)


@pytest.mark.parametrize("mode", MODES)
def test_an_address_is_translated_alike_however_often_and_after_whatever_others(mode):
    generator = random.Random(mode)
    world = random_world(generator, mode)
    addresses = [random_address(generator, mode) for _ in range(ADDRESSES)]
    order = generator.choices(addresses, k=5000)
    columns = translate_columns(paging(world.rules), world.frames, np.array(order, np.uint64))
    expected = {address: expected_row(world.rules, world.frames, address, Access()) for address in addresses}
    assert [expected[address] for address in order] == rows(columns)


def test_pages_that_a_short_memory_takes_for_one_another():
    pages = b"".join((0x0010_0007 + 0x1000 * page).to_bytes(4, "little") for page in range(1024))
    frames = {0x1000: (0x2007).to_bytes(4, "little") + bytes(4092), 0x2000: pages}
    addresses = np.array([page << 12 | 5 for page in (0, 64, 512, 0, 512, 64)], np.uint64)
    columns = translate_columns(Paging("32-bit", 0x1000), frames, addresses)
    assert (addresses + np.uint64(0x0010_0000)).tolist() == columns.physical.tolist()


def test_without_paging_an_address_is_physical():
    columns = translate_columns(Paging("none", 0), {}, np.array([0x1234, 0x1_0000_0005], np.uint64))
    assert [(0x1234, TRANSLATED, 0), (5, TRANSLATED, 0)] == rows(columns)


def test_five_levels_are_not_modelled():
    assert [NOT_MODELLED] == translate_columns(Paging("5-level", 0), {}, np.array([1])).fault.tolist()


def test_an_address_that_is_not_canonical():
    columns = translate_columns(Paging("4-level", FRAMES[0]), {}, np.array([1 << 47], np.uint64))
    assert [NOT_CANONICAL] == columns.fault.tolist()


def test_no_memory_at_all_is_not_present():
    assert [4] == translate_columns(Paging("32-bit", 0x1000), {}, np.array([5]), Access("read", True)).fault.tolist()


def test_no_address_at_all():
    assert 0 == len(translate_columns(Paging("PAE", 0), {}, np.array([], np.uint64)).physical)


def test_every_frame_of_many_is_found():
    frames = {number << 12: (number << 12 | 3).to_bytes(4, "little") * 1024 for number in range(1, 3000, 7)}
    memory = Frames(frames)
    for address in list(frames)[::50]:
        columns = translate_columns(Paging("32-bit", address), memory, np.array([0x0040_1005], np.uint64))
        assert [(address | 5, TRANSLATED, 12)] == rows(columns)
