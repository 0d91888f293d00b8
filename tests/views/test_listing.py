"""The listing of a trace, as it is shown at the usual widths."""

from __future__ import annotations

from pathlib import Path

import pytest
from golden import assert_golden

from allocator import Machine, Trace, assemble, record
from allocator.views.ink import Ink
from allocator.views.listing import trace_listing
from allocator.views.summary import ending, opening

GOLDEN = Path(__file__).parent / "golden"


def listing_of(text: str, routine: str = "f", width: int = 120, **registers: int) -> str:
    trace = record(Machine(assemble(text=text, name="t.asm")), routine, **registers)
    return "\n".join(trace_listing(trace, width=width))


@pytest.fixture(scope="module")
def allocation(our_program: object) -> Trace:
    return record(Machine(our_program), "os_mem_allocate", rcx=3)  # type: ignore[arg-type]


@pytest.mark.parametrize("width", [80, 120, 160])
def test_one_allocation_at_the_usual_widths(allocation: Trace, width: int) -> None:
    lines = [
        *opening(allocation.run, ["rcx=3"], allocation.firmware_map),
        *trace_listing(allocation, width=width),
        "",
        *ending(allocation.run, len(allocation)),
        "",
    ]

    assert_golden("\n".join(lines), GOLDEN / f"listing-{width}.txt")


@pytest.mark.parametrize("width", [80, 120, 160, 200])
def test_no_line_is_wider_than_the_terminal(allocation: Trace, width: int) -> None:
    assert width >= max(map(len, trace_listing(allocation, width=width)))


def test_colour_changes_nothing_but_colour(allocation: Trace) -> None:
    import re

    plain = list(trace_listing(allocation, width=120))
    coloured = [
        re.sub(r"\x1b\[[0-9;]*m", "", line).rstrip() for line in trace_listing(allocation, width=120, ink=Ink(True))
    ]

    assert plain == coloured


def test_without_ink_there_is_no_escape(allocation: Trace) -> None:
    assert "\x1b" not in "\n".join(trace_listing(allocation))


def test_steps_that_were_left_out_are_counted(allocation: Trace) -> None:
    lines = list(trace_listing(allocation, [allocation[0], allocation[9]]))

    assert " ...  8 steps not shown" in lines


def test_a_jump_says_why_and_where_to() -> None:
    shown = listing_of("f: xor eax, eax\njz .on\nnop\n.on: ret")

    assert "taken: ZF is 1  to f.on" in shown


def test_a_jump_that_is_not_taken_says_why() -> None:
    shown = listing_of("f: xor eax, eax\njnz .on\n.on: ret")

    assert "not taken: ZF is 1" in shown


def test_a_register_is_named_as_wide_as_it_was_written() -> None:
    assert "al=7" in listing_of("f: mov al, 7\nret")


def test_a_high_byte_is_named() -> None:
    assert "ah=7" in listing_of("f: mov ah, 7\nret")


def test_32_bit_code_has_32_bit_registers() -> None:
    assert "ecx=0x12345" in listing_of("bits 32\nf: mov ecx, 0x12345\nret")


def test_a_symbol_is_shown_instead_of_its_address() -> None:
    assert "rax=os_MemoryMap+0x1f" in listing_of("f: mov rax, os_MemoryMap+31\nret")


def test_a_register_of_the_caller_is_recognised_elsewhere() -> None:
    assert "rax=caller's rdi" in listing_of("f: mov rax, rdi\nret")


def test_a_write_to_the_page_map_says_what_it_means() -> None:
    shown = listing_of("f: mov byte [os_MemoryMap+5], 2\nret")

    assert "write os_MemoryMap+0x5 = 2  page 5: free -> used" in shown


def test_a_write_to_a_variable_says_what_was_there() -> None:
    assert "write os_MemAmount = 0x10, was 0x40" in listing_of("f: mov dword [os_MemAmount], 16\nret")


def test_rep_is_one_step_with_its_count() -> None:
    shown = listing_of("f: mov edi, os_MemoryMap\nmov ecx, 3\nmov al, 2\nrep stosb\nret")

    assert "3 times" in shown


def test_a_source_cannot_control_the_terminal() -> None:
    assert "\x1b" not in listing_of("f: ret ; \x1b[2J")


def test_an_included_comment_character_inside_a_string_opens_no_comment() -> None:
    from allocator.views.source_text import split_comment

    assert ("db ';', \"#\"", "; three") == split_comment("db ';', \"#\" ; three")
