"""Memory as lines of sixteen bytes: what it held, and what a step did to it."""

from __future__ import annotations

import re

import pytest
from views.test_html import text_of

from allocator import Machine, Trace, assemble, record
from allocator.errors import AllocatorError
from allocator.views.html_memory import MOST_LINES, memory_html, touched_memory


@pytest.fixture(scope="module")
def trace() -> Trace:
    code = "f: mov word [0x300004], 0x1234\n mov al, [0x300005]\n mov ecx, 4096\n mov edi, 0x310000\n rep stosb\n ret"
    return record(Machine(assemble(text=code)), "f")


def test_bytes_are_those_of_the_moment(trace: Trace) -> None:
    assert "00300000 00 00 00 00 00 00" in text_of(memory_html(trace, "0x300000..0x30000f", 0))
    assert "00300000 00 00 00 00 34 12" in text_of(memory_html(trace, "0x300000..0x30000f", 1))


def test_bytes_that_the_step_before_wrote_are_marked_with_what_they_were(trace: Trace) -> None:
    marked = re.findall(r'<b class="write" title="was (..)">(..)</b>', memory_html(trace, "0x300000..0x30000f", 1))

    assert [("00", "34"), ("00", "12")] == marked


def test_bytes_that_the_step_before_read_are_marked(trace: Trace) -> None:
    assert ["12"] == re.findall(r"<u>(..)</u>", memory_html(trace, "0x300000..0x30000f", 2))


def test_lines_have_names(trace: Trace) -> None:
    assert "00120010 os_MemoryMap+0x10 01 01" in text_of(memory_html(trace, "page_map[16..31]"))


def test_a_byte_that_nothing_tells_is_two_dots(trace: Trace) -> None:
    assert "·· ··" in text_of(memory_html(trace, 0x5000000000))


def test_a_step_shows_the_lines_that_it_touched(trace: Trace) -> None:
    assert "00300000" in touched_memory(trace[0])


def test_a_step_without_memory_shows_none(trace: Trace) -> None:
    assert "" == touched_memory(trace[2])


def test_of_a_long_access_the_first_lines_are_shown(trace: Trace) -> None:
    assert 4 == touched_memory(trace[4]).count("0031")


def test_a_long_range_is_cut(trace: Trace) -> None:
    words = text_of(memory_html(trace, "0x300000..0x30ffff"))

    assert f"{4096 - MOST_LINES:,} more lines" in words


def test_the_last_bytes_of_all_can_be_asked_for(trace: Trace) -> None:
    assert "fffffffffffffff0" in text_of(memory_html(trace, (1 << 64) - 1))


@pytest.mark.parametrize("where", ["no_such_name", "0x10000000000000000"])
def test_what_is_no_memory_is_refused(trace: Trace, where: str) -> None:
    with pytest.raises(AllocatorError):
        memory_html(trace, where)
