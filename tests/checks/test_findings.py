"""Findings add up, and what is accepted of them is moved aside."""

from __future__ import annotations

import pytest

from allocator.findings import Acceptance, Example, Finding, Findings
from allocator.views.findings import check_text

FOUND = Finding("law", "f", "alignment", "is not aligned")
OTHER = Finding("law", "g", "alignment", "is not aligned")


def test_what_two_checks_found_stands_there_once() -> None:
    again = Finding("law", "f", "alignment", "is not aligned", 7, Example((1,)))

    assert (FOUND, OTHER) == (Findings((FOUND,)) + Findings((again, OTHER))).findings


def test_calls_add_up_and_other_numbers_are_the_later_ones() -> None:
    both = Findings(covered={"calls": 3, "pages": 4}) + Findings(covered={"calls": 5, "pages": 6})

    assert {"calls": 8, "pages": 6} == both.covered


@pytest.mark.parametrize(
    ("known", "left"),
    [
        (Acceptance("alignment", "meant"), ()),
        (Acceptance("alignment", "meant", routine="f"), (OTHER,)),
        (Acceptance("alignment", "meant", message="is not aligned"), ()),
        (Acceptance("alignment", "meant", message="is otherwise not aligned"), (FOUND, OTHER)),
        (Acceptance("overlap", "meant"), (FOUND, OTHER)),
    ],
)
def test_what_an_acceptance_covers(known: Acceptance, left: tuple[Finding, ...]) -> None:
    assert left == Findings((FOUND, OTHER)).accepting((known,)).findings


@pytest.mark.parametrize(
    ("example", "said"),
    [
        (Example((2, 1, 7), {"rcx": 1}, 6), "  machine  os_MemAmount = 6 MiB; pages from 0 on: used free 0x07"),
        (Example((), {}, 0), "  machine  os_MemAmount = 0 MiB; no pages"),
        (Example((), {}, 131072), "  machine  os_MemAmount = 131072 MiB; a page map as large as that"),
    ],
)
def test_the_machine_of_an_example_is_said(example: Example, said: str) -> None:
    found = Finding("law", "f", "alignment", "is not aligned", 0, example)

    assert said in list(check_text(["t.asm"], ["f"], Findings((found,))))


def test_what_a_source_says_cannot_control_a_terminal() -> None:
    found = Finding("law", "f\x1b[2J", "a\x1brule", "mess\x1bage", 0, Example((1,), {}, 2, ("f\x1b",)))

    assert "\x1b" not in "\n".join(check_text(["t\x1b.asm"], ["f\x1b"], Findings((found,))))
