from __future__ import annotations

import unittest

import pytest

from allocator import Machine, assemble, shipped
from allocator.checks.state_machine import state_machine

SOURCE = shipped("memory.asm").read_text(encoding="utf-8")


def failure_of(case: type[unittest.TestCase]) -> str:
    """What a run of the test case says is wrong; nothing where it passes."""
    result = unittest.TestResult()
    case("runTest").run(result)
    [*_, (_, message)] = [*result.failures, *result.errors] or [(None, "")]
    return message


def test_the_shipped_allocator_keeps_its_promises_over_any_sequence() -> None:
    case = state_machine(
        lambda: Machine(assemble(shipped("memory.asm")), "16M"), fit="highest", first_page=2, examples=15, steps=20
    )

    assert failure_of(case) == ""


@pytest.mark.parametrize(
    ("old", "new", "last"),
    [
        ("mov     al, PAGE_USED", "mov     al, 3", "a = pool.allocate(1)  # page 7 is 3 in the page map"),
        ("mov     al, PAGE_FREE", "mov     al, 0", "pool.release(a)  # page 7 is absent in the page map"),
    ],
)
def test_the_shortest_sequence_that_fails_is_printed(old: str, new: str, last: str) -> None:
    image = assemble(text=SOURCE.replace(old, new, 1))
    case = state_machine(lambda: Machine(image, "16M"), first_page=2, max_request=3)
    said = failure_of(case)

    assert last in said
    assert 1 == said.split("This test shows it:")[-1].count("= pool.allocate(")
