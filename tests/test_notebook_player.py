"""The player as a widget: what the kernel sends, and what is left where there is no kernel."""

from __future__ import annotations

import pytest

from allocator import Image, Machine, Trace, record
from allocator.errors import TraceError
from allocator.notebook import player
from allocator.notebook_player import TracePlayer


@pytest.fixture(scope="module")
def trace(our_program: Image) -> Trace:
    return record(Machine(our_program), "os_mem_allocate", rcx=3)


@pytest.fixture
def widget(trace: Trace) -> TracePlayer:
    return TracePlayer(trace, 7)


def asked(widget: TracePlayer, message: object, monkeypatch: pytest.MonkeyPatch) -> list[object]:
    """Return what the kernel sends when the page sends `message`."""
    sent: list[object] = []
    monkeypatch.setattr(widget, "send", sent.append)
    widget._handle_custom_msg(message, [])
    return sent


def test_the_notebook_shows_the_widget(trace: Trace) -> None:
    assert isinstance(player(trace), TracePlayer)


def test_it_is_opened_at_a_step(widget: TracePlayer) -> None:
    assert 7 == widget.step


def test_it_is_opened_at_a_label(trace: Trace) -> None:
    shown = player(trace, "os_mem_allocate.mark")

    assert isinstance(shown, TracePlayer)
    assert trace.at("os_mem_allocate.mark").index == shown.step


def test_a_question_is_answered_with_its_number(widget: TracePlayer, monkeypatch: pytest.MonkeyPatch) -> None:
    question = {"number": 5, "question": {"ask": "who", "what": "rax", "before": 54}}

    assert [{"number": 5, "answer": {"step": 48}}] == asked(widget, question, monkeypatch)


@pytest.mark.parametrize("message", [None, [], {}, {"number": "5"}, {"question": {"ask": "window"}}])
def test_what_is_no_question_is_not_answered(
    widget: TracePlayer, message: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert [] == asked(widget, message, monkeypatch)


def test_it_turns_to_a_label(widget: TracePlayer, trace: Trace) -> None:
    widget.go("os_mem_allocate.done")

    assert trace.at("os_mem_allocate.done").index == widget.step


def test_it_does_not_turn_to_what_is_not_there(widget: TracePlayer) -> None:
    with pytest.raises(TraceError, match="there is no step 99"):
        widget.go(99)


def test_a_saved_notebook_holds_the_player_as_a_page_in_a_frame(widget: TracePlayer) -> None:
    data, _ = widget._repr_mimebundle_()

    assert data["text/html"].startswith("<iframe title='player of os_mem_allocate'")
    assert "application/vnd.jupyter.widget-view+json" in data


def test_a_saved_player_of_54_steps_has_less_than_50_kb(widget: TracePlayer) -> None:
    data, _ = widget._repr_mimebundle_()

    assert len(data["text/html"].encode()) < 50_000


def test_it_says_in_words_what_it_shows(widget: TracePlayer) -> None:
    assert "<TracePlayer of <Trace of os_mem_allocate: 54 steps, returned>>" == repr(widget)
