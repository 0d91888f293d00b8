"""Parts of nouns that a notebook shows."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import unescape

import pytest

from allocator import Image, Machine, Trace, record
from allocator.errors import MachineError, UsageError
from allocator.notebook import Display, listing, pages, player, registers, source


def text_of(display: Display) -> str:
    """Return the words of a display without its tags."""
    fragment = re.sub(r"<style>.*?</style>", "", display._repr_html_(), flags=re.DOTALL)
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", fragment)).split())


@pytest.fixture
def trace(our_program: Image) -> Trace:
    return record(Machine(our_program), "os_mem_allocate", rcx=3)


def test_a_listing_shows_the_steps_it_is_given(trace: Trace) -> None:
    words = text_of(listing(trace[13:15], "Two steps"))

    assert "Two steps" in words
    assert "mov rbx, rcx" in words
    assert "push rsi" not in words


def test_a_listing_of_no_steps_says_so(trace: Trace) -> None:
    assert "not one step" in text_of(listing(trace[3:3]))


def test_the_pages_of_a_machine_are_those_of_now(our_program: Image) -> None:
    machine = Machine(our_program)
    before = text_of(pages(machine))

    run = machine.call("os_mem_allocate", rcx=3)

    assert "pages 1-31 free" in before
    assert "Changed now: pages 29-31." in text_of(pages(machine, run))


def test_registers_show_the_flags_that_are_set(trace: Trace) -> None:
    assert "flags DF" in text_of(registers(trace.at("os_mem_allocate.restart").before))


def test_every_part_has_a_line_for_where_there_is_no_html(trace: Trace) -> None:
    machine = Machine(trace.image)
    parts = [listing(trace[:2]), pages(machine), registers(trace.start), source(trace.image, "os_mem_copy")]

    assert [True] * 4 == [len(repr(part).splitlines()) == 1 for part in parts]


@pytest.mark.parametrize(
    ("shown", "hint"),
    [
        (lambda trace: listing(trace[3]), "several steps, and this is <Step 3"),
        (pages, "shows a Machine, and this is <Trace"),
        (lambda trace: player(trace[3]), "shows a Trace, and this is <Step 3"),
    ],
    ids=["listing", "pages", "player"],
)
def test_what_it_cannot_show_is_told_in_one_message(trace: Trace, shown: Callable[[Trace], object], hint: str) -> None:
    with pytest.raises(UsageError, match=hint):
        shown(trace)


@pytest.mark.parametrize("given", ["3", 3.0, None, b"3"])
def test_a_register_that_is_given_no_number_is_told_in_one_message(our_program: Image, given: object) -> None:
    with pytest.raises(MachineError, match="a register holds a whole number"):
        Machine(our_program).call("os_mem_allocate", rcx=given)
