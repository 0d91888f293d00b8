"""Sizes and distances that contradict the instruction are refused, where NASM refuses them or would emit nonsense."""

from __future__ import annotations

from pathlib import Path

import pytest
from real_nasm import nasm_bytes, our_bytes

from allocator.errors import AssemblyError


@pytest.mark.parametrize(
    "text",
    [
        "bits 32\njnc dword x\nx:",
        "jnc word x\nx:",
        "bits 64\nloop dword x\nx:",
        "bits 32\nlidt dword [5]",
        "bits 64\nsgdt qword [5]",
        "bits 64\ninvlpg dword [rax]",
        "bits 64\nmov rdi, word 5",
        "bits 64\nmov rdi, byte 5",
        "mov eax, short 5",
        "mov eax, near 5",
        "mov ax, far [5]",
        "jmp far near [5]",
        "jmp short [5]",
        "bits 32\njecxz near x\nx:",
        "push tword 5",
        "ret byte 5",
        "bits 64\nadd al, [word 5]",
        "bits 32\nadd al, [qword 5]",
        "bits 32\nadd al, [word eax + 5]",
        "bits 32\nadd al, [dword bx + 5]",
        "bits 64\nadd al, [qword rax + 5]",
        "bits 32\na32 add al, [word 5]",
        "o64 scasw",
        "bits 32\na64 popf",
        "bits 64\na16 leave",
    ],
)
def test_a_size_or_distance_that_means_nothing_is_refused_as_nasm_does(text: str, tmp_path: Path):
    assert nasm_bytes(tmp_path, text) is None
    with pytest.raises(AssemblyError):
        our_bytes(text)


@pytest.mark.parametrize(
    "text",
    [
        "bits 32\nret word 5",
        "bits 64\nretf word 5",
        "bits 32\njmp strict x\nx:",
        "jz strict x\nx:",
        "bits 64\nadd al, [qword 5]",
        "bits 32\nadd al, [word bx]",
        "lea ax, far [5]",
    ],
)
def test_a_size_or_distance_that_means_something_is_read_as_nasm_does(text: str, tmp_path: Path):
    assert nasm_bytes(tmp_path, text) == our_bytes(text)


@pytest.mark.parametrize("text", ["o32 mov ax, 5", "bits 32\no16 mov eax, 5", "o32 push ax", "bits 64\no64 mov eax, 5"])
def test_a_prefix_that_contradicts_the_registers_is_refused(text: str):
    # NASM emits it before a number of the register's size: the processor would read on into what follows.
    with pytest.raises(AssemblyError, match="leave"):
        our_bytes(text)


@pytest.mark.parametrize(
    "text", ["o16 add eax, ebx", "o16 in eax, dx", "bits 32\no32 add ax, bx", "bits 64\no64 add dword [rax], 5"]
)
def test_a_prefix_of_the_codes_own_width_that_the_operands_contradict_is_refused(text: str):
    # NASM lets it win: `o16 add eax, ebx` is its add ax, bx.
    with pytest.raises(AssemblyError, match="operand size prefix"):
        our_bytes(text)


@pytest.mark.parametrize("text", ["o16 add ax, bx", "o16 add al, 5", "bits 32\no32 nop", "o16 fld qword [5]"])
def test_a_prefix_of_the_codes_own_width_that_changes_nothing_is_left_out(text: str, tmp_path: Path):
    assert nasm_bytes(tmp_path, text) == our_bytes(text)


@pytest.mark.parametrize("text", ["o16 movsd", "bits 32\no16 iretd", "bits 64\no32 cbw", "bits 64\no16 pushfq"])
def test_a_prefix_that_contradicts_the_mnemonic_is_refused(text: str):
    # NASM emits another instruction: `bits 64; o32 cbw` is its cwde.
    with pytest.raises(AssemblyError, match="contradicts"):
        our_bytes(text)


@pytest.mark.parametrize(
    "text",
    [
        "bits 32\nand eax, ~(1 << 31)",
        "and dword [bx], ~0x80000000",
        "mov ax, ~0x8000",
        "and bl, ~0x80",
        "push word ~0x8000",
    ],
)
def test_all_bits_but_the_top_one_fit_as_in_nasm(text: str, tmp_path: Path):
    assert nasm_bytes(tmp_path, text) == our_bytes(text)


def test_all_bits_but_the_top_one_of_32_do_not_fit_a_register_of_64():
    with pytest.raises(AssemblyError, match="does not fit"):
        our_bytes("bits 64\nand rax, ~(1 << 31)")
