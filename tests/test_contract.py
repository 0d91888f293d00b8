"""The comment above a routine is read as its contract."""

from __future__ import annotations

import dataclasses
import json

import pytest

from allocator.contract import Contract, FlagRule, Item, Write, read_contract
from allocator.errors import AssemblyError
from allocator.source import Source

HOUSE = """\
; f -- does something
;
; IN        RAX = address in the first page, 0..0x3FF,
;           RCX = number of pages, 1..65535
; OUT       RAX = address, 0 on failure
; FLAGS     ZF = 1 exactly on failure, DF = 0
; CLOBBERS  R8D, DX
; WRITES    os_MemoryMap[0..131071], what RDI points at
; STACK     32 bytes
f:
"""


def contract(comment: str) -> Contract | None:
    text = comment if comment.endswith("f:\n") else f"{comment}\nf:\n"
    return read_contract(Source("t", text), "f", text.count("\n"))


def found(comment: str) -> Contract:
    read = contract(comment)
    assert read is not None
    return read


def refusal(comment: str) -> AssemblyError:
    with pytest.raises(AssemblyError) as caught:
        contract(comment)
    return caught.value


def test_items_have_prose_and_ranges_over_several_lines() -> None:
    assert (
        Item("rax", "address in the first page", 0, 0x3FF),
        Item("rcx", "number of pages", 1, 65535),
    ) == found(HOUSE).inputs


def test_prose_may_hold_a_comma() -> None:
    assert (Item("rax", "address, 0 on failure"),) == found(HOUSE).outputs


def test_a_flag_is_a_value_or_prose() -> None:
    assert (FlagRule("zf", None, "1 exactly on failure"), FlagRule("df", 0, "0")) == found(HOUSE).flags


def test_clobbered_registers_are_named_as_written() -> None:
    assert ("r8d", "dx") == found(HOUSE).clobbers


def test_writes_are_a_symbol_with_a_range_or_prose() -> None:
    expected = (Write("os_MemoryMap[0..131071]", "os_MemoryMap", 0, 131071), Write("what RDI points at"))
    assert expected == found(HOUSE).writes


def test_the_stack_is_in_bytes() -> None:
    assert 32 == found(HOUSE).stack


def test_what_is_not_named_is_preserved() -> None:
    kept = found(HOUSE).preserved
    assert {"rax", "r8", "rdx"}.isdisjoint(kept)
    assert {"rbx", "rcx", "r15"} <= set(kept)


def test_nothing_named_preserves_all() -> None:
    assert "all" == found("; IN nothing\n; OUT nothing\n; CLOBBERS nothing").preserved


def test_places_and_text_are_kept() -> None:
    read = found(HOUSE)
    assert ("house", 10, 1, HOUSE[: HOUSE.index("f:") - 1]) == (read.style, read.line, read.comment_line, read.text)


@pytest.mark.parametrize("word", ["undefined", "preserved", "nothing"])
def test_flags_may_say_one_word(word: str) -> None:
    assert word == found(f"; FLAGS {word}").other_flags


def test_keys_come_in_any_order() -> None:
    assert found("; OUT rax\n; IN rcx").inputs == (Item("rcx"),)


def test_hash_comments_hold_contracts_too() -> None:
    assert (Item("rcx", "x"),) == found("# IN  rcx = x").inputs


def test_a_contract_can_become_json() -> None:
    assert "rax" == json.loads(json.dumps(dataclasses.asdict(found(HOUSE))))["inputs"][0]["register"]


@pytest.mark.parametrize(
    ("comment", "place", "message"),
    [
        ("; IN  rxc = pages", "t:1:7", "'rxc' is no register"),
        ("; IN  rax = pages,\n;       rbq = more", "t:2:9", "'rbq' is no register"),
        ("; OUT rax, rxx", "t:1:12", "'rxx' is no register"),
        ("; IN  rax = pages, 5..1", "t:1:20", "'5..1' is no range"),
        ("; IN  rax = pages, 1..x", "t:1:20", "'1..x' is no range"),
        ("; IN  rax = x\n; FLAGS xf = 1", "t:2:9", "'xf' is no flag"),
        ("; IN  rax = x\n; CLOBBERS rax, foo", "t:2:17", "'foo' is no register"),
        ("; IN  rax = x\n; STACK many", "t:2:9", "'many' is no size"),
        ("; IN  rax = x\n; OUT", "t:2:3", "OUT says nothing"),
        ("; IN  rax = x\n; IN  rbx = y", "t:2:7", "IN stands twice in one contract"),
        ("; WRITES map[9..1]", "t:1:14", "'9..1' is no range"),
    ],
)
def test_a_contract_that_does_not_parse_points_at_the_place(comment: str, place: str, message: str) -> None:
    error = refusal(comment)
    assert (place, message) == (str(error.span), error.message)


@pytest.mark.parametrize(
    "comment",
    [
        "; OUT of memory comes here",
        "; IN the beginning",
        "; STACK",
        "; only prose",
        "nop",
        "; IN rax = x\n",
        "; STACK grows",
    ],
)
def test_prose_is_no_contract(comment: str) -> None:
    assert contract(comment) is None


def test_a_loose_contract_takes_one_register_a_line() -> None:
    read = found("#  IN:  RAX = Starting address\n# RCX = Number of pages\n# OUT:  RCX = Number of pages freed")
    assert ("loose", ("rax", "rcx"), ("rcx",)) == (
        read.style,
        tuple(item.register for item in read.inputs),
        tuple(item.register for item in read.outputs),
    )


def test_a_loose_contract_without_outputs_preserves_all() -> None:
    assert "all" == found("#  IN:  RSI = Source\n# OUT:  Nothing, all registers preserved").preserved


def test_a_loose_contract_is_never_an_error() -> None:
    assert () == found("; IN: whatever = 5, 9..1\n; OUT: R99 = x").inputs
