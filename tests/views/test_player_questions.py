"""Questions of the player: answered like the trace's own, and refused in one sentence."""

from __future__ import annotations

import pytest

from allocator import Image, Machine, Trace, record
from allocator.views.player_data import PlayerData
from allocator.views.player_questions import answer


@pytest.fixture(scope="module")
def trace(our_program: Image) -> Trace:
    return record(Machine(our_program), "os_mem_allocate", rcx=3)


@pytest.fixture(scope="module")
def data(trace: Trace) -> PlayerData:
    return PlayerData(trace)


@pytest.mark.parametrize("register", ["rax", "eax", "zf", "rsp"])
def test_who_wrote_a_register(data: PlayerData, trace: Trace, register: str) -> None:
    step = trace.who_set(register, 50)

    assert step is not None
    assert {"step": step.index} == answer(data, {"ask": "who", "what": register, "before": 50})


@pytest.mark.parametrize("page", ["page 31", "page_map[31]", "os_MemoryMap+31", "0x12001f"])
def test_who_wrote_a_page(data: PlayerData, trace: Trace, page: str) -> None:
    step = trace.last_write("page_map[31]")

    assert step is not None
    assert {"step": step.index} == answer(data, {"ask": "who", "what": page, "before": len(trace)})


def test_what_nobody_wrote_has_no_step(data: PlayerData) -> None:
    assert {"step": None} == answer(data, {"ask": "who", "what": "r15", "before": 54})


@pytest.mark.parametrize("back", [False, True])
def test_visits_of_a_label(data: PlayerData, trace: Trace, back: bool) -> None:
    visits = trace.visits("os_mem_allocate.next").tolist()
    question = {"ask": "visit", "where": "os_mem_allocate.next", "after": visits[1], "back": back}

    assert {"step": visits[0] if back else visits[2]} == answer(data, question)


def test_visits_of_an_address(data: PlayerData, trace: Trace) -> None:
    place = trace.at("os_mem_allocate.next")

    assert {"step": place.index} == answer(data, {"ask": "visit", "where": f"{place.address:#x}", "after": 0})


def test_a_window_is_answered(data: PlayerData) -> None:
    assert data.window(3) == answer(data, {"ask": "window", "step": 3})


@pytest.mark.parametrize(
    "question",
    [
        None,
        [],
        {},
        {"ask": "format the disk"},
        {"ask": "window", "step": -1},
        {"ask": "window", "step": 55},
        {"ask": "window", "step": "1"},
        {"ask": "window", "step": True},
        {"ask": "who", "what": 7, "before": 1},
        {"ask": "who", "what": "", "before": 1},
        {"ask": "who", "what": "x" * 10_000, "before": 1},
        {"ask": "who", "what": "no_such_symbol", "before": 1},
        {"ask": "who", "what": "page 999999", "before": 1},
        {"ask": "visit", "where": "no_such_label", "after": 1},
    ],
)
def test_what_cannot_be_answered_is_refused_in_one_sentence(data: PlayerData, question: object) -> None:
    refused = answer(data, question)

    assert ["error"] == list(refused)
    assert "\n" not in refused["error"]
    assert len(refused["error"]) <= 200
