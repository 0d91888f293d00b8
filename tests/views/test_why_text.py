"""How an explanation is laid out: what fits a screen, what is counted, and what things are called."""

from __future__ import annotations

from functools import cache

import pytest
from reference.boot_programs import sector
from reference.paged_programs import TABLES_A, paged

from allocator import Machine, Trace, assemble, record, shipped
from allocator.machine.pc import PC
from allocator.views.extent import SCREEN, Extent
from allocator.views.why import why_text
from allocator.views.why_table import MOST_ROWS

FULL = Extent(is_full=True)
MANY = "\n".join(f" add rax, {number}" for number in range(1, 41))


def traced(text: str, **registers: int) -> Trace:
    return record(Machine(assemble(text=text)), "f", limit=100_000, returns=None, vectors=False, **registers)


def booted(text: str) -> Trace:
    return record(PC(assemble(text=text, bits=16), "64M"), limit=100_000)


@cache
def two_calls() -> Trace:
    return booted(sector(" int 0x12\n mov bx, ax\n mov ax, 0x0e41\n int 0x10\n mov cx, 0xffff\n mov ah, 2\n int 0x1a"))


@cache
def marked_entry() -> Trace:
    return booted(paged(f"mov dword [0x400000], 5\n mov ebx, [{TABLES_A + 4:#x}]", {0x400000: 0x400000}))


def shown(trace: Trace, what: str, *, control: bool = False, width: int = 200, extent: Extent = SCREEN) -> list[str]:
    """The lines, with runs of spaces made one."""
    return [" ".join(line.split()) for line in why_text(trace.why(what, control=control), width=width, extent=extent)]


# The table


def test_the_columns_have_titles() -> None:
    assert "step line instruction result from (made by step)" in shown(traced("f: mov eax, 5\n ret"), "rax")


def test_each_row_says_what_ran_what_it_made_and_of_what() -> None:
    assert "1 2 lea rbx, [rax + 1] rbx = 6 from rax (0)" in shown(
        traced("f: mov eax, 5\n lea rbx, [rax + 1]\n ret"), "rbx"
    )


def test_short_rows_stay_on_one_line() -> None:
    lines = shown(traced("f:\n mov eax, [os_MemAmount]\n ret"), "rax", width=90)
    assert "0 2 mov eax, [os_MemAmount] rax = 0x40 from os_MemAmount = 0x40" in lines


@pytest.mark.parametrize("width", [60, 80, 100, 140])
def test_no_line_of_the_table_is_wider_than_the_terminal(width: int) -> None:
    trace = record(Machine(assemble(shipped("memory.asm"))), "os_mem_allocate", rcx=3)
    table = list(why_text(trace.why("rax"), width=max(width, 88)))
    table = table[: table.index("")]
    assert max(width, 88) >= max(map(len, table))


def test_a_comment_that_finds_no_room_is_left_out() -> None:
    trace = traced("f: mov eax, 5 ; the answer, or a part of it\n ret")
    assert not any("answer" in line for line in shown(trace, "rax", width=40))


def test_more_steps_than_a_screen_holds_are_counted() -> None:
    lines = shown(traced(f"f: mov eax, 1\n{MANY}\n ret"), "rax", extent=Extent(hint="--all"))
    assert "... 21 more lines of the program, 21 steps: --all" in lines
    assert MOST_ROWS == sum(line.split()[:1] != [] and line.split()[0].isdigit() for line in lines)


def test_all_steps_are_shown_where_that_is_asked_for() -> None:
    lines = shown(traced(f"f: mov eax, 1\n{MANY}\n ret"), "rax", extent=FULL)
    assert 41 == sum(line.split()[:1] != [] and line.split()[0].isdigit() for line in lines)


def test_of_many_steps_each_line_of_the_program_is_shown_once() -> None:
    body = "\n".join([" mov r8d, 30", ".n:", *(f" add rax, {number}" for number in range(1, 15)), " dec r8", " jnz .n"])
    lines = shown(traced(f"f: mov eax, 1\n{body}\n ret"), "rax")
    assert any(line.startswith("479 x30 17 add rax, 14 rax = 0xc4f from rax") for line in lines)


def test_of_a_loop_that_fits_the_first_round_is_shown() -> None:
    lines = shown(traced("f: mov eax, 0\n.n: inc rax\n loop .n\n ret", rcx=3000), "rax")
    assert "x the step above, 2,999 times more: steps 1 to 5,997" in lines


def test_steps_that_only_say_where_memory_lies_are_counted() -> None:
    lines = shown(traced("f: push rdx\n push rcx\n pop rax\n pop rdx\n ret"), "rax", extent=Extent(hint="--all"))
    assert "1 more step only says where memory lies, by segment or stack pointer: --all" in lines


def test_they_are_shown_where_all_is_asked_for() -> None:
    lines = shown(traced("f: push rdx\n push rcx\n pop rax\n pop rdx\n ret"), "rax", extent=FULL)
    assert any("push rdx" in line for line in lines)


def test_and_where_the_stack_pointer_is_asked_for() -> None:
    lines = shown(traced("f: push rdx\n pop rax\n ret"), "rsp")
    assert any("push rdx" in line for line in lines)


def test_a_segment_register_is_no_source_of_what_lies_in_its_segment() -> None:
    trace = booted(sector(" mov byte [0x600], 5\n mov bl, [0x600]"))
    assert not any("from ds" in line for line in shown(trace, "bl"))


# The firmware


def test_a_service_of_the_firmware_is_called_by_its_name() -> None:
    row = next(line for line in shown(two_calls(), "bx") if "INT 12h" in line)
    assert row.endswith("INT 12h ax = 0x280 what the firmware answers the firmware: KiB of base memory")


def test_a_service_stands_at_the_line_of_its_call() -> None:
    row = next(line for line in shown(two_calls(), "bx") if "INT 12h" in line)
    assert "9" == row.split()[1]


def test_a_service_is_an_input_by_its_name() -> None:
    assert any(
        line.startswith("INT 1Ah AH=02h the firmware: time of day, at step") for line in shown(two_calls(), "cx")
    )


def test_what_a_port_says_comes_from_outside() -> None:
    row = next(line for line in shown(booted(sector(" in al, 0x64")), "al") if "in al, 0x64" in line)
    assert "from outside of the program" in row


# The page walk


def test_bits_that_the_processor_set_are_said_to_be_its_own() -> None:
    row = next(line for line in shown(marked_entry(), "ebx", width=240) if "mov dword [0x400000], 5" in line)
    assert row.endswith(
        "sets accessed, dirty in the PDE at 0x20004, for 0x400000 from 0x20004 = 0x400083 (29) "
        "by the page walk, not by the program"
    )


def test_a_store_that_is_used_as_well_keeps_its_comment() -> None:
    trace = booted(paged("mov [0x400000], eax ; kept\n mov ebx, [0x400000]", {0x400000: 0x400000}))
    assert any(line.endswith("; kept") for line in shown(trace, "ebx"))


def test_many_bytes_are_counted() -> None:
    trace = traced("f: rep movsb\n ret", rsi=0x200000, rdi=0x201000, rcx=24)
    row = next(line for line in shown(trace, "0x201000..0x201017") if "rep movsb" in line)
    assert "write 0x201000, 24 bytes" in row and "0x200000, 24 bytes" in row


def test_but_many_bytes_of_the_page_map_are_pages() -> None:
    trace = traced("f: rep stosb\n ret", rdi=0x120002, rcx=24, al=2)
    assert any("pages 2-25: free" in line for line in shown(trace, "page_map[2..25]"))


# What decided


def test_branches_are_shown_the_last_one_first() -> None:
    trace = traced("f: test rcx, rcx\n jz .one\n test rdx, rdx\n jz .one\n.one: mov eax, 5\n ret", rcx=1, rdx=1)
    lines = shown(trace, "rax", control=True)
    branches = [line for line in lines[lines.index("and these branches decided the path") :] if "jz" in line]
    assert [["4", "jz", ".one"], ["2", "jz", ".one"]] == [line.split()[:3] for line in branches]


def test_a_branch_says_what_it_went_by() -> None:
    trace = traced("f: test rcx, rcx\n jz .one\n.one: mov eax, 5\n ret", rcx=1)
    assert "2 jz .one 1 time, taken 0 last at step 1, by ZF (0)" in shown(trace, "rax", control=True)
