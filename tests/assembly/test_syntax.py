"""Lines become statements: labels, prefixes, operands, and errors that point at what they mean."""

from __future__ import annotations

from pathlib import Path

import pytest
from real_nasm import nasm_bytes, our_bytes

from allocator.assembly.assembler import assemble
from allocator.errors import AssemblyError, SymbolError


def refusal(text: str, **options: object) -> AssemblyError:
    with pytest.raises(AssemblyError) as caught:
        assemble(text=text, **options)  # type: ignore[arg-type]
    return caught.value


@pytest.mark.parametrize(
    "text",
    [
        "foo: mov ax, 1",
        "foo mov ax, 1",
        "foo:\n.bar: jmp .bar\nbaz: jmp foo.bar",
        "foo db 5\nbar resb 2\nbaz times 2 db 1\nq equ 5\ndw foo, bar, baz, q",
        "a: nop\n.c: nop\na.d: nop\n.e: dw a.d.e",
        "foo:\nbar equ 5\n.x: dw foo.x",
        "mov ax, $mov\n$mov: nop",
        "mov:\nnop",
        "a?b@c: nop\n_x$y#z~w: dw _x$y#z~w",
        "fo\u00e9: dw fo\u00e9",
        "times 2 rep movsb\nrep times 2 movsb",
        "wait\nx: wait",
        "MOV AX, BX\nDw 5\nTIMES 3 NOP",
        "foo",
        "db 1,",
    ],
)
def test_a_label_or_a_prefix_is_told_from_an_instruction_as_nasm_does(text: str, tmp_path: Path) -> None:
    assert nasm_bytes(tmp_path, text) == our_bytes(text)


@pytest.mark.parametrize(
    "text",
    [
        "mov ax, es:[di]\nmov ax, [es:di]\nes mov ax, [di]\nmov ax, [cs:x+bx]\nx:",
        "mov byte [bx], 5\nmov [bx], byte 5\nmov ax, word 5\npush byte 5\npush strict word 5\npush strict dword 5",
        "jmp 8:5\njmp dword 8:5\njmp word 8:5\ncall 8:x\nx: jmp far [5]\njmp far dword [bx]\ncall far [bx]",
        "jmp short x\njmp near x\nx: jz near x\njz short x",
        "mov ax, [si+bx]\nmov ax, [di+bp+2]\nmov ax, [bp]\nmov eax, [ecx*4+0x10]\nmov al, [dword 5]",
        "bits 32\nmov eax, [ebx*1]\nmov eax, [ebx*2]\nmov eax, [ebx+eax]\nmov eax, [ebx*1+eax]\nmov eax, [eax*1+ebx]",
        "bits 32\nmov eax, [eax*3]\nmov eax, [eax+eax]\nmov eax, [eax+eax*2]\nmov eax, [eax+esp]\nmov eax, [esp*1+eax]",
        "bits 32\nmov eax, [(eax+2)*4]\nmov eax, [ebp+ebp*4]\nmov eax, [eax-ebx+ebx]\nmov eax, [ebx+ecx*4-5+3*2]",
        "bits 32\nmov bl, [word 5]\nmov bl, [a16 5]\nmov eax, [byte ebx]\nmov eax, [dword ebx+1]\nmov eax, (ebx)",
        "bits 64\nx: mov rax, [rel x]\nmov rax, [abs x]\nmov rax, [x]\nlea rdi, [rel y+4]\ny: cmp dword [rel y], 500",
        "bits 64\ndefault rel\nx: mov rax, [x]\nmov rax, [fs:x]\nmov rax, [rax+x]\nmov rax, [5]\nmov rax, [abs x]",
        "bits 64\nmov al, [qword 5]\nmov rax, [rbx+rcx*4+x-2]\nx: mov rbx, x\nmov ebx, x\nmov rax, qword 5",
        "lock inc word [bx]\nrepne scasb\nrep cs movsw\no32 ret\na32 lodsb",
        "x: mov ax, y-x\nadd ax, y-x\nmov ax, [bx+y-x]\nimul ax, bx, y-x\npush y-x\ny:",
    ],
)
def test_operands_are_read_as_nasm_reads_them(text: str, tmp_path: Path) -> None:
    assert nasm_bytes(tmp_path, text) == our_bytes(text)


@pytest.mark.parametrize(
    ("text", "place", "message"),
    [
        ("nop\n mvo rax, 1", "2:2", "'mvo' is neither an instruction nor a directive"),
        ("x: mvo rax, 1", "1:4", "'mvo' is neither an instruction nor a directive"),
        ("lret", "1:1", "'lret' is not an instruction"),
        ("mov rax, [rbx", "1:10", "this bracket is not closed"),
        ("mov rax,", "1:9", "an operand is missing here"),
        ("mov rax, (1", "1:10", "this parenthesis is not closed"),
        ("mov rax, rbx rcx", "1:14", "'rcx' was not expected here"),
        ("mov rax, rbx + 1", "1:10", "a register can be calculated with only inside of brackets"),
        ("mov rax, [rbx+rcx+rdx]", "1:11", "an address can hold two registers at most"),
        ("mov rax, [rbx*7]", "1:11", "rbx times 7 is no part of an address"),
        ("mov rax, [rbx*2+rcx*2]", "1:11", "only one of an address's registers can be multiplied"),
        ("mov rax, [cs]", "1:11", "cs cannot be part of an address"),
        ("rax: nop", "1:1", "'rax' is a register and cannot be a label"),
        ("word ret", "1:1", "'word' is a keyword and cannot be a label"),
        ("mov ax, far bx", "1:13", "far needs selector:offset or an address in brackets"),
        ("jmp near 8:5", "1:10", "a far address is not near"),
        ("rep foo: nop", "1:5", "an instruction was expected after rep"),
        ("lock", "1:1", "a prefix on a line of its own is not supported yet"),
        ("equ 5", "1:1", "equ needs a name before it"),
        ("db", "1:1", "db needs a value"),
        ("(", "1:1", "a label or an instruction was expected"),
        ("x: nop\nx: nop", "2:1", "'x' is defined twice"),
        ("jmp short near x\nx:", "1:11", "this contradicts the word before it"),
        ("jmp short [rax]", "1:11", "short is for the target of a jump, and this is an address in brackets"),
        ("..start: nop", "1:1", "the special label '..start' is not supported yet"),
        ("mov eax, [nosplit eax*2]", "1:11", "'nosplit' is not supported yet"),
        ("[struc 5]", "1:2", "'struc' is not supported yet as a directive in brackets"),
        ("times 2 align 4", "1:1", "this cannot be repeated"),
        ("mov eax, dword ptr [x]", "1:16", "NASM has no 'ptr'"),
        ("times 2 times 3 nop", "1:9", "times inside times is not supported"),
    ],
)
def test_an_error_points_at_the_place_and_says_what(text: str, place: str, message: str) -> None:
    error = refusal(text)
    assert (f"<text>:{place}", message) == (str(error.span), error.message)


@pytest.mark.parametrize("word", ["incbin 'x'", "common x 4", "do 5", "export x", "ddq 5"])
def test_what_nasm_has_and_we_have_not_is_named(word: str) -> None:
    assert f"'{word.partition(' ')[0]}' is not supported yet" == refusal(word).message


def test_dup_is_named_as_not_supported() -> None:
    assert "'dup' is not supported yet" == refusal("db 5 dup (3)").message


def test_a_misspelt_instruction_gets_a_suggestion() -> None:
    assert "did you mean lodsb?" == refusal("x: lodbs 5").hint


def test_a_misspelt_name_gets_a_suggestion() -> None:
    error = refusal("mov rsi, os_MemoryMpa")
    assert isinstance(error, SymbolError)
    assert "did you mean os_MemoryMap?" == error.hint


def test_a_lone_word_that_is_used_is_a_label() -> None:
    assert "lret" in assemble(text="lret\njmp lret").labels


def test_second_definition_says_where_the_first_is() -> None:
    assert "the first definition is at <text>:1:1" == refusal("x: nop\nx: nop").hint


def test_ah_beside_an_extended_register_is_an_error_and_no_exit() -> None:
    assert "ah" in refusal("mov [r8], ah").message


def test_a_size_that_contradicts_the_register_is_refused() -> None:
    assert "ax is not a byte" == refusal("mov byte ax, 5").message


def test_a_hash_comment_opens_where_a_token_starts() -> None:
    assert b"\x90\xb0\x01" == assemble(text="nop # none\nmov al, 1# none").segments[0].data
