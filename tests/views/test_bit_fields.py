"""Selectors, descriptors, gates and entries, bit by bit, as text and as HTML."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest
from golden import assert_golden
from hypothesis import given
from hypothesis import strategies as st
from reference.made_states import LONG_64, LONG_MEMORY, PAGED_32, PAGED_MEMORY, linear_memory, state_of

from allocator.machine.page_entries import LEVELS, PageEntry, Paging, decode_entry
from allocator.machine.segments import Selector, decode_descriptor
from allocator.machine.system_registers import SystemRegisters
from allocator.machine.translation import translate
from allocator.views.bit_fields import bit_fields, bits_text, translation_bits_text, words_of
from allocator.views.bit_fields_html import bits_html

CODE_32, TSS_BUSY, GATE = 0x00CF9A000000FFFF, 0x00008B0018000067, 0x0000EE0000087D3F
LONG_GATE = (0x12345678 << 64 | 0x80008E0300081234).to_bytes(16, "little")
WORDS = {
    "a selector": Selector(0x2F),
    "code": decode_descriptor(CODE_32.to_bytes(8, "little")),
    "a task state": decode_descriptor(TSS_BUSY.to_bytes(8, "little")),
    "a gate": decode_descriptor(GATE.to_bytes(8, "little")),
    "a gate of long mode": decode_descriptor(LONG_GATE, is_long=True),
    "a table": decode_entry(0x5027, LEVELS["32-bit"][0], Paging("32-bit", 0)),
    "a page of 4 MiB": decode_entry(0xC02083, LEVELS["32-bit"][0], Paging("32-bit", 0)),
    "a page of 4 KiB": decode_entry(0x8000000000051167, LEVELS["4-level"][3], Paging("4-level", 0)),
    "an entry of PAE": decode_entry(0x2001, LEVELS["PAE"][0], Paging("PAE", 0)),
    "nothing": decode_entry(0x1234, LEVELS["32-bit"][1], Paging("32-bit", 0)),
}


def test_words_as_text() -> None:
    text = "\n\n".join(bits_text(word) for word in WORDS.values())
    assert_golden(text + "\n", Path(__file__).parent / "golden" / "bit_fields.txt")


def covered(word) -> tuple[int, int]:
    """The value that the fields make up, and how many bits they are; fails where they do not follow each other."""
    fields = bit_fields(word)
    assert [field.low - 1 for field in fields] == [*(field.high for field in fields[1:]), -1]
    return sum(field.value << field.low for field in fields), fields[0].high + 1


@given(st.integers(0, (1 << 16) - 1))
def test_every_bit_of_a_selector_is_in_a_field(value: int) -> None:
    assert (value, 16) == covered(Selector(value))


@given(st.binary(min_size=16, max_size=16), st.booleans())
def test_every_bit_of_a_descriptor_is_in_a_field(data: bytes, is_long: bool) -> None:
    word = decode_descriptor(data, is_long)
    assert (word.value, 8 * word.size) == covered(word)


@given(st.integers(0, (1 << 64) - 1), st.sampled_from([(mode, level) for mode in LEVELS for level in LEVELS[mode]]))
def test_every_bit_of_an_entry_is_in_a_field(value: int, kind) -> None:
    mode, level = kind
    word = decode_entry(value % (1 << 8 * level.size), level, Paging(mode, 0))
    assert (word.value, 8 * level.size) == covered(word)


def test_a_translation_has_its_words_in_the_order_of_the_way() -> None:
    found = translate(state_of(PAGED_32), linear_memory(PAGED_32, PAGED_MEMORY), "ds:0x403123")
    assert ["Selector", "Segment", "PageEntry", "PageEntry"] == [type(word).__name__ for word in words_of(found)]


def test_a_selector_keeps_its_rpl() -> None:
    user = dataclasses.replace(LONG_64, ds=0x13)
    found = translate(state_of(user), linear_memory(user, LONG_MEMORY), "ds:0x201123")
    assert "asked for at privilege level 3" in translation_bits_text(found)


def test_without_paging_there_may_be_no_word() -> None:
    found = translate(state_of(SystemRegisters()), linear_memory(SystemRegisters(), PAGED_MEMORY), 0x1234)
    assert "no word is looked at: paging is off" == translation_bits_text(found)


@pytest.mark.parametrize("name", WORDS)
def test_a_notebook_shows_a_word_as_a_strip(name: str) -> None:
    word = WORDS[name]
    assert bits_html(word) == word._repr_html_()
    assert '<svg width="' in bits_html(word)


def test_a_strip_has_a_row_for_each_32_bits() -> None:
    counts = [bits_html(WORDS[name]).count(">31</text>") for name in ("a selector", "code", "a gate of long mode")]
    assert [0, 1, 1] == counts
    assert ">95</text>" in bits_html(WORDS["a gate of long mode"])


def test_a_name_that_has_no_room_is_left_out() -> None:
    table = WORDS["a table"]
    assert isinstance(table, PageEntry)
    assert 1 == bits_html(table).count(">ignored</text>")
