"""Parts of nouns that a notebook shows by asking the trace or the checks."""

from __future__ import annotations

import re
from html import unescape

import pytest

from allocator import Machine, assemble, record
from allocator.errors import UsageError
from allocator.notebook import Display, contract, memory

CODE = "; IN RCX = pages, 1..9\n; OUT RAX = address\n; WRITES nothing\nf: mov byte [os_MemoryMap + 3], 2\n ret\ng: ret"


def words_of(display: Display) -> str:
    return " ".join(
        unescape(re.sub(r"<style>.*?</style>|<[^>]+>", " ", display._repr_html_(), flags=re.DOTALL)).split()
    )


def test_memory_is_shown_at_a_moment() -> None:
    trace = record(Machine(assemble(text=CODE)), "f", rcx=1)

    assert "os_MemoryMap 02 01 01 01" in words_of(memory(trace, "page_map[0..3]", 0))
    assert "os_MemoryMap 02 01 01 02" in words_of(memory(trace, "page_map[0..3]"))


def test_a_contract_stands_with_the_rules_that_the_call_broke() -> None:
    words = words_of(contract(Machine(assemble(text=CODE)).call("f", rcx=1)))

    assert "contract of f" in words
    assert "1 broken rule" in words


def test_a_routine_without_a_contract_has_none_to_show() -> None:
    with pytest.raises(UsageError, match="'g' has no contract"):
        contract(Machine(assemble(text=CODE)).call("g"))
