from __future__ import annotations

import random

import numpy as np
import pytest
from reference.page_allocator import PageAllocator

from allocator.checks.world_model import (
    DF,
    DOCUMENTED,
    IDEAL,
    MAX_PAGES,
    ZF,
    Cases,
    check_pages,
    make_cases,
    make_maps,
    world_count,
)
from allocator.errors import UsageError


def cases_of(*states: int, requests: int = 18, model: object = DOCUMENTED) -> Cases:
    maps = np.array([[*states, *[0] * (MAX_PAGES - len(states))]], np.uint8)
    return make_cases(maps, len(states), requests, model)  # type: ignore[arg-type]


@pytest.mark.parametrize("pages", range(1, MAX_PAGES + 1))
def test_it_expects_what_the_slow_model_does(pages: int) -> None:
    chosen = random.Random(pages)
    for number in {0, world_count(pages) - 1, *(chosen.randrange(world_count(pages)) for _ in range(12))}:
        world = make_maps(pages, number, 1)
        for request, case in enumerate(make_cases(world, pages, 18)):
            model = PageAllocator(world.tobytes(), 2 * pages)
            outcome = model.allocate(request)

            assert bool(case["breaks"]) == (outcome.fault is not None)
            if outcome.fault is None:
                status = ZF * outcome.registers["zf"] | DF * outcome.registers["df"]
                assert (outcome.registers["rax"], status) == (case["rax"], case["status"])
                assert bytes(model.pages[:16]) == case["after"].tobytes()


def test_a_thousand_maps_have_the_cases_that_each_of_them_has_alone() -> None:
    maps = make_maps(9, 5000, 1100, bytes(range(16)))
    alone = b"".join(make_cases(maps[number : number + 1], 9, 3).tobytes() for number in range(1100))

    assert alone == make_cases(maps, 9, 3).tobytes()


def test_all_maps_of_two_pages_are_enumerated_page_0_first() -> None:
    maps = [tuple(row[:2]) for row in make_maps(2, 0, 9)]

    assert [(a, b) for a in range(3) for b in range(3)] == maps


def test_what_lies_behind_the_pages_is_left_as_it_is() -> None:
    assert b"\0\0" + bytes(range(2, 16)) == make_maps(2, 0, 1, bytes(range(16))).tobytes()


def test_documented_page_1_is_out_of_reach() -> None:
    assert 0 == cases_of(2, 1)[1]["rax"]


def test_ideally_page_1_can_be_had() -> None:
    assert 1 << 21 == cases_of(2, 1, model=IDEAL)[1]["rax"]


def test_ideally_page_0_is_never_handed_out() -> None:
    assert [0] * 18 == list(cases_of(1, model=IDEAL)["rax"])


def test_ideally_nothing_breaks_off() -> None:
    assert not cases_of(2, model=IDEAL)["breaks"].any()


def test_documented_a_scan_of_one_used_page_breaks_off_unless_nothing_is_asked_for() -> None:
    assert [0, 1, 1] == list(cases_of(2, requests=3)["breaks"])


def test_the_highest_row_that_fits_is_expected() -> None:
    assert 5 << 21 == cases_of(2, 2, 1, 1, 1, 1, 1, 2)[2]["rax"]


@pytest.mark.parametrize("pages", [0, -1, 17, 1 << 70])
def test_worlds_that_cannot_be_enumerated_are_refused(pages: int) -> None:
    with pytest.raises(UsageError, match="1 to 16 pages"):
        check_pages(pages)
