"""Directives place code and data where NASM places them."""

from __future__ import annotations

from pathlib import Path

import pytest
from real_nasm import nasm_bytes, our_bytes

from allocator.assembly.assembler import assemble
from allocator.errors import AssemblyError


def refusal(text: str) -> AssemblyError:
    with pytest.raises(AssemblyError) as caught:
        assemble(text=text)
    return caught.value


@pytest.mark.parametrize(
    "text",
    [
        "section .data\ndb 1\nsection .text\nnop\nsection .foo\ndb 3\nsection .bss\nresb 3\nx:\nsection .text\ndw x",
        "section .text\nnop\nsection .data\ndb 2\nalign 16\ndb 1",
        "section .foo\ndb 3\nsection .data\ndb 1\nsection .bar\ndb 4\nsection .text\ndb 9\nsection .rodata\ndb 5",
        "section .foo\ndb 3\nsegment .data\ndb 1",
        "section .bss\nresb 5\na: alignb 16\nb: resb 1\nsection .text\ndw a, b",
        "section .text\nnop\nalignb 8\nnop\nsection .data\nalignb 32\ndb 1",
        "nop\nalign 8, db 0\nnop\nalignb 4\nnop\nalign 8\nnop\nalign 16, nop\nalign 64, resb 1\nnop",
        "org 5\nalign 4\nnop\nalign 4\nnop\ndw $$",
        "org 5\nalign 2\nnop\nsection .data\nalign 2\ndw $$",
        "org 5\nnop\nsection .foo\ndw $$",
        "org 5\nsection .foo\ndw $$\nsection .bar",
        "nop\norg 0x7c00\ndw $, $$",
        "a: nop\nsection .data\nb: db 1\nsection .text\nmov ax, b\nmov ax, a\nmov bx, [b]",
        "section .data\nx: db 1\ny: db 2\nsection .text\nt: nop\nz equ y-t\ndw x-$$, y-$, z\nmov ax, x-$$",
        "jmp c\nsection .data\nnop\nc: jmp c\njz c\ncall c",
        "use16\nmov eax, 1\nUSE32\nmov eax, 1\nBITS 64\nmov eax, 1\n[BITS 32]\nmov eax, 1\n[org 5]",
        "[section .data]\ndb 1\n[global foo]\nfoo: nop\nglobal foo, bar\nbar:\nextern baz",
        "resb 3\nx: resw 2\nresd 1\ny resq 1\nrest 1\ndw x, y",
        "x db ?\ny dw ?, 1",
        'db "abc", \'d\', 1, -1, ~0x80\ndw "abc", ""\ndd "a", "abcde"\ndq "ab"\ndt "abc"',
        "dd 1.5, -0.1, 3.4028235e38, 1e-45, 1e-40, 16777217.0\ndq 0.1, 1e308, 4.9e-324, -0.0\ndt 0.1, -1.0, 1e-4940",
        "a: dw a\nalign 8\nb: dd b-a, $-$$\ndq a",
        "times 3 dw $\nnop\ntimes 3 jmp $",
        "times e-s db 1\ns: nop\nnop\ne:",
        "x equ $\nnop\nlength equ $-x\ndb length\ny equ z\nz equ 5\ndb y",
        "times 0 nop\ntimes 4 - 2 db 5\ntimes (3) db 1\ntimes 2*2 dw -1",
    ],
)
def test_the_image_is_nasms(text: str, tmp_path: Path) -> None:
    assert nasm_bytes(tmp_path, text) == our_bytes(text)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("bits 17", "bits takes 16, 32 or 64"),
        ("align 3", "an alignment must be a power of two, not 3"),
        ("align 0", "an alignment must be a power of two, not 0"),
        ("times -1 nop", "times is negative: -1"),
        ("resb -1", "a size is negative: -1"),
        ("times x nop\nx:", "times must be a plain number, not an address or a register"),
        ("times rax nop", "times must be a plain number, not an address or a register"),
        ("db 256", "256 does not fit a byte"),
        ("dw -65537", "-0x10001 does not fit a word"),
        ("dt 5", "dt takes floating-point numbers and strings only"),
        ("db 1.5", "the floating-point number 1.5 does not fit a byte"),
        ("dd 1e999", "the floating-point number is out of range"),
        ("db rax", "data holds a number or the address of a label, nothing else"),
        ("x: dd x*2", "data holds a number or the address of a label, nothing else"),
        ("x equ rax", "equ names a number or an address, nothing else"),
        ("x: dd x >> 4", "'>>' works on plain numbers, not on addresses or registers"),
        ("section .bss\ndb 1", ".bss has no bytes in the image, only room"),
        ("section .bss\nnop", ".bss has no bytes in the image, only room"),
        ("section .data align=16", "the section attribute 'align' is not supported yet"),
        ("org 1\norg 2", "the source has two origins"),
        ("org -1", "an image cannot start at -0x1"),
        ("default foo", "default takes rel or abs"),
        ("global 5", "global needs a name"),
        ("global f:function", "a type behind a shared name is not supported yet"),
        ("times 1000000000 nop", "1,000,000,000 repetitions would make the image larger than 64 MiB"),
        ("times 60000000 nop", "the program has more than 1,048,576 instructions"),
        ("resq 1 << 61", "2,305,843,009,213,693,952 repetitions would make the image larger than 64 MiB"),
        ("resb 40000000\nresb 40000000", "the image would be larger than 64 MiB"),
        ("".join(f"section s{i}\nresb 30000000\n" for i in range(9)), "the image would be larger than 64 MiB"),
        ("".join(f"section s{i}\nalign 1 << 25\nnop\n" for i in range(9)), "the image would be larger than 64 MiB"),
        ("nop\nalign 1 << 40", "the alignment is larger than an image can be"),
        ("times 5000 jmp $", "too many repetitions of instructions that depend on their address"),
    ],
)
def test_a_directive_that_makes_no_sense_is_refused_with_its_reason(text: str, message: str) -> None:
    error = refusal(text)
    assert message == error.message
    assert error.span is not None


def test_room_behind_the_image_has_addresses_and_no_bytes() -> None:
    image = assemble(text="nop\nsection .bss\nx: resb 8\ny:", origin=0x1000)
    assert (1, 0x1004, 0x100C) == (len(image.segments[0].data), image.symbols["x"], image.symbols["y"])


def test_sixteen_bit_code_starts_where_firmware_loads_it() -> None:
    assert 0x7C00 == assemble(text="bits 16\nnop").segments[0].start


def test_other_code_starts_at_the_kernels_address() -> None:
    assert 0x100000 == assemble(text="nop").segments[0].start


def test_org_wins_over_the_given_origin() -> None:
    assert 0x500 == assemble(text="org 0x500\nnop", origin=0x1000).segments[0].start
