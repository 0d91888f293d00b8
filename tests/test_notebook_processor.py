"""Parts of a processor that a notebook shows: modes, words bit by bit, two page tables."""

from __future__ import annotations

import re
from functools import cache
from html import unescape

from allocator import PC, Trace, assemble, record, shipped
from allocator.notebook import Display, bits, compare_pages, modes, paging_modes


@cache
def trace() -> Trace:
    return record(PC(assemble(shipped("privilege.asm"))))


def words_of(display: Display) -> str:
    shown = re.sub(r"<style>.*?</style>|<[^>]+>", " ", display._repr_html_(), flags=re.DOTALL)
    return " ".join(unescape(shown).split())


def test_modes_are_shown_with_what_prepared_them_and_where_the_code_lay() -> None:
    words = words_of(modes(trace()))
    assert "CR0: PE protected mode" in words
    assert "GDT entry 1, base 0 00007c18" in words


def test_modes_have_a_line() -> None:
    assert "<modes real16, protected16, protected32, paged32, paged32, paged32>" == repr(modes(trace()))


def test_the_words_of_a_translation_stand_in_the_order_of_the_way() -> None:
    words = words_of(bits(trace().translate("ds:0x401000")))
    places = [words.index(title) for title in ("selector 0023", "descriptor 00cff3", "PDE 00005027", "PTE 00010067")]
    assert sorted(places) == places


def test_two_page_tables_stand_side_by_side() -> None:
    end = trace().processor_at("end")
    words = words_of(compare_pages(end.page_tables(0x2000), end.page_tables(0x3000), ("A", "B")))
    assert "A and B" in words
    assert "00401000-00401fff 00010000-00010fff user rwx 00011000-00011fff user rwx differs" in words


def test_the_mode_of_paging_that_holds_is_named() -> None:
    before, after = (paging_modes(trace().processor_at(when)) for when in ("protected", "end"))
    assert ("<modes of paging: none>", "<modes of paging: 32-bit>") == (repr(before), repr(after))
    assert "> 32-bit 1 0 0" in words_of(after)
