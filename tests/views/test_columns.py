"""What is written by columns, many lines at once, is what is written line by line."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from allocator import Image, Machine, Trace, assemble, record
from allocator.trace.step import Step
from allocator.views import step_columns
from allocator.views.blocks import decimal, hexadecimal, join_blocks, table_of
from allocator.views.jsonl import trace_jsonl
from allocator.views.jsonl_columns import jsonl_texts
from allocator.views.listing import Listing, trace_listing
from allocator.views.listing_columns import listing_texts

PROGRAMS = {
    "everything": """
        f:      push rbx
                mov  rbx, -1
                mov  esi, 0x200000
                mov  edi, 0x200100
                mov  ecx, 9
                rep  movsb
                mov  ecx, 0
                rep  stosb
                movdqu xmm0, [0x200000]
                movdqu [0x200200], xmm0
                xchg rax, rdx
                cmpxchg [0x200000], rdx
                mov  ah, 5
                mov  al, 0xff
                add  al, 1
                cld
                std
                inc  qword [0x200000]
                call .inner
                pop  rbx
                ret
        .inner: push 7
                pop  rax
                ret
    """,
    "loop": "f: mov ecx, 3000\n.next: mov [0x200000+rcx*8], rcx\nadd rdx, [0x200008]\ndec rcx\njnz .next\nret",
    "16 bits": "bits 16\norg 0x7c00\nf: pusha\nmov cx, 50\n.x: mov [0x600], cx\nloop .x\npopa\nret",
    "32 bits": "bits 32\nf: pushad\nmov ecx, 50\n.x: mov [0x200600], cx\nloop .x\npopad\nret",
    "nothing but ret": "f: ret",
    "rewrites itself": "f: mov ecx, 5\n.x: inc byte [.y + 1]\n.y: mov al, 1\nloop .x\nret",
}


@pytest.fixture(params=PROGRAMS)
def trace(request: pytest.FixtureRequest) -> Trace:
    return record(Machine(assemble(text=PROGRAMS[request.param], name="ünicode.asm")), "f")


@pytest.fixture(params=["os_mem_allocate", "os_mem_get_free"])
def shipped_trace(request: pytest.FixtureRequest, our_program: Image) -> Trace:
    return record(Machine(our_program, memory="2G"), request.param, rcx=3, limit=10_000)


@pytest.mark.parametrize("size", [7, 8192])
def test_json_lines(size: int, trace: Trace, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(step_columns, "STEPS_A_PIECE", size)
    assert list(trace_jsonl(trace)) == "\n".join(jsonl_texts(trace)).split("\n")


def test_json_lines_of_the_shipped_routines(shipped_trace: Trace) -> None:
    assert list(trace_jsonl(shipped_trace)) == "\n".join(jsonl_texts(shipped_trace)).split("\n")


@pytest.mark.parametrize("width", [80, 160, 240])
@pytest.mark.parametrize("size", [7, 8192])
def test_listing(size: int, width: int, trace: Trace, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(step_columns, "STEPS_A_PIECE", size)
    assert list(trace_listing(trace, width=width)) == "\n".join(listing_texts(trace, width)).split("\n")


@pytest.mark.parametrize("width", [80, 160])
def test_listing_of_the_shipped_routines(width: int, shipped_trace: Trace) -> None:
    assert list(trace_listing(shipped_trace, width=width)) == "\n".join(listing_texts(shipped_trace, width)).split("\n")


def test_most_lines_of_a_loop_come_from_templates(our_program: Image, monkeypatch: pytest.MonkeyPatch) -> None:
    machine = Machine(our_program, memory="2G")
    machine.page_map.load(b"\1" * 1024)
    trace = record(machine, "os_mem_get_free", limit=8_000)
    made: list[int] = []
    one_at_a_time = Listing.lines

    def counted(self: Listing, step: Step) -> Iterator[str]:
        made.append(step.index)
        return one_at_a_time(self, step)

    monkeypatch.setattr(Listing, "lines", counted)
    list(listing_texts(trace, 160))
    assert len(trace) // 20 > len(made)


@given(st.lists(st.integers(0, (1 << 64) - 1), min_size=1))
def test_numbers_are_written_in_hexadecimal(numbers: list[int]) -> None:
    lines = table_of(["\n"])[np.zeros(len(numbers), dtype=int)]
    block = hexadecimal(np.array(numbers, dtype=np.uint64))
    assert [f"{number:x}" for number in numbers] == join_blocks([block, lines]).split("\n")[:-1]


@given(st.lists(st.integers(0, (1 << 64) - 1), min_size=1))
def test_numbers_are_written_in_decimal(numbers: list[int]) -> None:
    lines = table_of(["\n"])[np.zeros(len(numbers), dtype=int)]
    block = decimal(np.array(numbers, dtype=np.uint64))
    assert [str(number) for number in numbers] == join_blocks([block, lines]).split("\n")[:-1]


def test_texts_of_several_lengths_share_a_table() -> None:
    assert "abcde" == join_blocks([table_of(["a", "", "bcd", "e"])])
