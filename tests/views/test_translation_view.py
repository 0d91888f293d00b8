"""The way of an address as text and as figures."""

from __future__ import annotations

import dataclasses
import re
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path

import pytest
from golden import assert_golden
from reference.made_states import (
    LONG_64,
    LONG_MEMORY,
    PAGED_32,
    PAGED_MEMORY,
    PROTECTED_32,
    linear_memory,
    state_of,
)

from allocator.machine.paging import Access
from allocator.machine.system_registers import SystemRegisters
from allocator.machine.translation import translate
from allocator.views.ink import Ink
from allocator.views.translation import address_fields, refusing_entries, translation_text
from allocator.views.translation_html import translation_html

CASES = {
    "32-bit paging": (PAGED_32, PAGED_MEMORY, "ds:0x403123", None),
    "a page of 4 MiB": (PAGED_32, PAGED_MEMORY, 0xC0123456, None),
    "a write of user code": (PAGED_32, PAGED_MEMORY, 0x404123, Access("write", True)),
    "a misaligned CR3": (dataclasses.replace(PAGED_32, cr3=0x1004), PAGED_MEMORY, 0x1000, None),
    "long mode": (LONG_64, LONG_MEMORY, "ds:0x201123", None),
    "a page of 1 GiB": (LONG_64, LONG_MEMORY, 0x40000000, None),
    "not present": (LONG_64, LONG_MEMORY, 0x800000, None),
    "not canonical": (LONG_64, LONG_MEMORY, 1 << 47, None),
    "no paging": (PROTECTED_32, PAGED_MEMORY, "0x20:0x2000", None),
    "a null selector": (PROTECTED_32, PAGED_MEMORY, "0:0x2000", None),
    "real mode": (SystemRegisters(ds=0x1234), PAGED_MEMORY, "ds:0x10", None),
}


def made(name: str):
    registers, read, address, access = CASES[name]
    return translate(state_of(registers), linear_memory(registers, read), address, access)


def test_the_ways_as_text():
    text = "\n\n".join(f"{name}\n{translation_text(made(name))}" for name in CASES)
    assert_golden(text + "\n", Path(__file__).parent / "golden" / "translations.txt")


@pytest.mark.parametrize("name", CASES)
def test_colour_adds_nothing_but_colour(name):
    coloured = translation_text(made(name), Ink(is_on=True))
    assert translation_text(made(name)) == re.sub(r"\x1b\[[0-9;]*m", "", coloured)


@pytest.mark.parametrize("name", ["32-bit paging", "a page of 4 MiB", "long mode", "a page of 1 GiB", "not present"])
def test_the_bit_fields_make_up_the_address(name):
    walk = made(name).walk
    fields = address_fields(walk)
    assert walk.address == sum(field.value << field.low for field in fields)
    assert all(high.low == low.high + 1 for high, low in pairwise(fields))


class Texts(HTMLParser):
    """Collects the texts, and checks that elements are closed in order."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.words: list[str] = []

    def handle_starttag(self, tag, attrs):
        self.open.append(tag)

    def handle_endtag(self, tag):
        assert tag == self.open.pop()

    def handle_data(self, data):
        self.words.append(data)


def texts(html: str) -> list[str]:
    parser = Texts()
    parser.feed(html)
    parser.close()
    assert parser.open == []
    return parser.words


@pytest.mark.parametrize("name", CASES)
def test_every_way_becomes_well_formed_html(name):
    assert texts(translation_html(made(name)))


def test_the_figure_has_every_entry_and_the_physical_address():
    words = texts(translation_html(made("32-bit paging")))
    assert {"PDE 1", "00003007", "page table at 3000", "PTE 3", "00005067", "5123", "0000000011"} <= set(words)


def test_the_figure_of_a_selector_has_its_descriptor():
    words = texts(translation_html(made("no paging")))
    assert {"GDT entry 4 at 820", "base  400000", "limit fff", "+ offset 00002000", "= linear 00402000"} <= set(words)


def test_a_fault_is_said_in_words():
    assert "#PF(0) on a kernel read: the PDE is not present (P is clear)" in texts(
        translation_html(made("not present"))
    )


@pytest.mark.parametrize("word", ["http:", "https:", "src=", "href=", "url(", "<script"])
def test_nothing_is_fetched(word):
    assert word not in translation_html(made("long mode"))


def test_a_notebook_shows_the_same():
    assert translation_html(made("long mode")) == made("long mode")._repr_html_()


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("32-bit paging", set()),
        ("a write of user code", {1}),
        ("a page of the kernel for user code", {0}),
        ("not present", {2}),
        ("not canonical", set()),
        ("no paging", set()),
    ],
)
def test_the_entries_that_refuse_stand_out(name, expected):
    kernel = (PAGED_32, PAGED_MEMORY, 0xC0123456, Access("read", True))
    registers, read, address, access = CASES.get(name, kernel)
    walk = translate(state_of(registers), linear_memory(registers, read), address, access).walk
    assert expected == refusing_entries(walk)
