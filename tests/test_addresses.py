"""Ranges of addresses are subtracted from one another."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from allocator.addresses import Range, without

RANGES = st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60)).map(lambda ends: Range(min(ends), max(ends))))


def members(ranges) -> list[int]:
    return [place for part in ranges for place in range(part.start, part.end)]


@given(st.integers(0, 60), st.integers(0, 60), RANGES)
def test_without_is_the_difference_of_sets_for_holes_in_any_order(start, end, holes):
    assert sorted({*range(start, end)} - {*members(holes)}) == members(without([Range(start, end)], holes))


def test_without_cuts_every_range():
    assert [(0, 2), (3, 4), (10, 12)] == list(without([Range(0, 4), Range(10, 12)], [Range(2, 3)]))


def test_holes_within_holes_are_not_given_back():
    assert [(8, 9)] == list(without([Range(0, 9)], [Range(0, 8), Range(2, 4)]))
