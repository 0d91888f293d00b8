"""The page with the player: self-contained, small, and with nothing of a source outside of its data."""

from __future__ import annotations

import json
import re

import pytest

from allocator import Image, Machine, Trace, assemble, record
from allocator.views.player_data import WINDOW_STEPS
from allocator.views.player_page import player_module, player_page


@pytest.fixture(scope="module")
def trace(our_program: Image) -> Trace:
    return record(Machine(our_program), "os_mem_allocate", rcx=3)


@pytest.fixture(scope="module")
def long(our_program: Image) -> Trace:
    return record(Machine(our_program, memory="4G"), "os_mem_get_free", limit=20_000)


def content_of(page: str) -> dict[str, object]:
    found = re.search(r'<script type="application/json" id="trace">(.*?)</script>', page, re.DOTALL)
    assert found
    content: dict[str, object] = json.loads(found[1])
    return content


def firsts_of(page: str) -> list[int]:
    return [window["first"] for window in content_of(page)["windows"]]  # type: ignore[attr-defined]


def test_a_page_of_54_steps_has_less_than_50_kb(trace: Trace) -> None:
    assert len(player_page(trace).encode()) < 50_000


def test_a_page_of_a_long_trace_has_less_than_300_kb(long: Trace) -> None:
    assert len(player_page(long).encode()) < 300_000


def test_a_page_needs_nothing_from_elsewhere(trace: Trace) -> None:
    assert [] == re.findall(r"https?:|url\(|@import|src=|<link", player_page(trace))


def test_a_long_trace_is_held_from_both_ends(long: Trace) -> None:
    held = firsts_of(player_page(long))

    assert [0, WINDOW_STEPS] == held[:2]
    assert (len(long) - 1) // WINDOW_STEPS * WINDOW_STEPS == held[-1]


def test_the_steps_that_are_asked_for_are_held_with_their_neighbours(long: Trace) -> None:
    first, last = 10 * WINDOW_STEPS, 11 * WINDOW_STEPS

    assert [first - WINDOW_STEPS, first, last] == firsts_of(player_page(long, first, last))


def test_a_page_begins_at_the_steps_that_are_asked_for(long: Trace) -> None:
    assert 1010 == content_of(player_page(long, 1010, 1050))["first"]


def test_text_of_a_source_does_not_end_the_data() -> None:
    hostile = "</script><!--<script>"
    page = player_page(record(Machine(assemble(text=f"f: ret ; {hostile}", name=hostile)), "f"))

    assert 2 == page.count("</script>")
    assert hostile in json.dumps(content_of(page))


def test_the_title_names_the_routine(trace: Trace) -> None:
    assert "<title>os_mem_allocate: 54 steps</title>" in player_page(trace)


def test_the_player_writes_no_html() -> None:
    assert [] == re.findall(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|eval\(", player_module())
