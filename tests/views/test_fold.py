"""Loops are folded: the first round is shown, and how often it came."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from allocator import Image, Machine, assemble, record
from allocator.trace.step import Step
from allocator.views.fold import Fold, find_loops, find_short_loops, folded_steps


def loops(*places: int) -> list[tuple[int, int, int]]:
    return list(find_loops(np.array(places, dtype=np.uint32)))


def test_no_steps_have_no_loops() -> None:
    assert [] == loops()


def test_what_never_comes_again_is_one_stretch() -> None:
    assert [(0, 3, 1)] == loops(1, 2, 3)


def test_two_rounds_are_shown_whole() -> None:
    assert [(0, 4, 1)] == loops(1, 2, 1, 2)


def test_three_rounds_are_folded() -> None:
    assert [(0, 2, 3)] == loops(1, 2, 1, 2, 1, 2)


def test_an_instruction_that_leads_to_itself_is_folded() -> None:
    assert [(0, 1, 5)] == loops(4, 4, 4, 4, 4)


def test_a_round_that_breaks_off_is_shown() -> None:
    assert [(0, 2, 3), (6, 2, 1)] == loops(1, 2, 1, 2, 1, 2, 1, 3)


def test_a_loop_inside_a_loop_is_folded_first() -> None:
    assert [(0, 1, 1), (1, 1, 3), (4, 1, 1), (5, 1, 3)] == loops(1, 2, 2, 2, 1, 2, 2, 2)


@given(st.lists(st.integers(0, 3), max_size=200))
def test_unfolding_gives_back_every_step(places: list[int]) -> None:
    unfolded = [place for start, length, times in loops(*places) for place in places[start : start + length] * times]
    assert places == unfolded


def test_a_trace_is_shown_by_its_first_rounds() -> None:
    trace = record(Machine(assemble(text="f: mov ecx, 9\n.again: dec ecx\njnz .again\nret")), "f")
    shown = [each.index if isinstance(each, Step) else str(each) for each in folded_steps(trace)]
    assert [0, 1, 2, "x 9 like these 2 lines, up to step 18", 19] == shown


def test_the_scan_of_a_page_map_becomes_a_handful_of_lines(our_program: Image) -> None:
    machine = Machine(our_program, memory="8G")
    machine.page_map.load(b"\1" * 4096)
    shown = list(folded_steps(record(machine, "os_mem_get_free", limit=50_000)))
    assert 60 > len(shown)


@pytest.mark.parametrize(
    ("fold", "said"), [(Fold(1, 3, 9), "x 3 like this line"), (Fold(4, 1234, 9), "x 1,234 like these 4")]
)
def test_a_fold_says_how_often(fold: Fold, said: str) -> None:
    assert str(fold).startswith(said)


def test_of_short_loops_the_one_that_covers_most_is_found() -> None:
    places = np.array([5, *[1, 1, 2] * 3, 9], dtype=np.uint32)

    assert [(0, 1, 1), (1, 3, 3), (10, 1, 1)] == [tuple(stretch) for stretch in find_short_loops(places)]


def test_a_loop_of_more_than_twelve_is_no_short_one() -> None:
    assert [1] * 39 == [stretch.length for stretch in find_short_loops(np.array([*range(13)] * 3, dtype=np.uint32))]
