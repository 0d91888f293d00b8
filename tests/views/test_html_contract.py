"""The contract card, the rules that a call broke, and the findings of a check."""

from __future__ import annotations

import pytest
from views.test_html import HOSTILE, Reader, text_of

from allocator import Image, Machine, assemble
from allocator.checks.contract import check_contract
from allocator.findings import Acceptance, Example, Finding, Findings
from allocator.views.html_contract import MOST_FINDINGS, contract_html, findings_html

CODE = """; IN       RCX = number of pages, 1..10
; OUT      RAX = address
; FLAGS    ZF = 1 on failure, DF = 0
; CLOBBERS R8
; WRITES   os_MemoryMap[0..31]
; STACK    32 bytes
f:      mov rbx, 5
        ret
"""


@pytest.fixture(scope="module")
def image() -> Image:
    return assemble(text=CODE)


FINDING = Finding("law", "f", "no overlap", "page 3 twice", 12, Example((2, 1), {"rcx": 2}, 4, ("f rcx=1", "f rcx=2")))


@pytest.mark.parametrize(
    "line",
    [
        "contract of f, line 7",
        "in rcx number of pages 1 to 10",
        "out rax address",
        "flags ZF 1 on failure DF 0",
        "clobbers r8: anything afterwards",
        "preserved rcx, rdx, rbx, rsp,",
        "writes os_MemoryMap bytes 0 to 31",
        "stack at most 32 bytes",
    ],
)
def test_a_card_says_every_part_of_the_contract(image: Image, line: str) -> None:
    assert line in text_of(image.contracts["f"]._repr_html_())


def test_a_contract_that_promises_nothing_says_so() -> None:
    image = assemble(text="; IN nothing\n; OUT nothing\n; CLOBBERS nothing\n; WRITES nothing\nf: ret")

    assert "in nothing out nothing clobbers nothing" in text_of(contract_html(image.contracts["f"]))


def test_broken_rules_stand_below_the_card_with_their_lines(image: Image) -> None:
    run = Machine(image).call("f", rcx=1)
    words = text_of(contract_html(image.contracts["f"], check_contract(run)))

    assert "1 broken rule rule what happened line preserves rbx failed to preserve rbx" in words
    assert "7 kept: " in words


def test_findings_show_what_happened_and_how_to_see_it() -> None:
    words = text_of(findings_html(Findings((FINDING,), {"pages": 6, "calls": 36})))

    assert "1 finding; covered 6 pages, 36 calls" in words
    assert "f 12 law no overlap page 3 twice f rcx=1 f rcx=2 page map 2,1" in words


def test_an_accepted_finding_says_why() -> None:
    accepted = Findings((), {}, ((FINDING, Acceptance("no overlap", "it is meant")),))

    assert "accepted routine rule what happened because f no overlap page 3 twice it is meant" in text_of(
        findings_html(accepted)
    )


def test_no_findings_are_said() -> None:
    assert "nothing was found" in text_of(Findings()._repr_html_())


def test_thousands_of_findings_stay_readable() -> None:
    shown = findings_html(Findings(tuple(FINDING for _ in range(5_000))))

    assert f"{5_000 - MOST_FINDINGS:,} more findings are not shown" in text_of(shown)
    assert len(shown) < 150_000


def test_words_of_a_contract_cannot_become_tags() -> None:
    image = assemble(text=f"; IN RCX = {HOSTILE}\n; OUT nothing\nf: ret")

    assert {"script", "img"}.isdisjoint(Reader(contract_html(image.contracts["f"])).tags)


def test_words_of_a_finding_cannot_become_tags() -> None:
    finding = Finding("law", HOSTILE, HOSTILE, HOSTILE, 1, Example((), {}, None, (HOSTILE,)))

    assert {"script", "img"}.isdisjoint(Reader(findings_html(Findings((finding,)))).tags)
