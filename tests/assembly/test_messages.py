"""What people write wrong when they begin, and what they are told: reviewed as a text, ``golden/messages.txt``."""

from __future__ import annotations

from pathlib import Path

import pytest
from golden import assert_golden

from allocator.assembly.assembler import assemble
from allocator.errors import AssemblyError

GOLDEN = Path(__file__).parent / "golden" / "messages.txt"
MISTAKES = """
mov %eax, %ebx
movl eax, 5
mov 5, eax
mov eax, ebx, ecx
mov rax [rbx]
mov eax, (5
mov al, 300
mov eax, 0x10000000000000000
mov eax, bx
mov al, rbx
xor rax, eax
mov [rbx], 5
mov [r8], ah
mov ds, 5
add [rax], [rbx]
mov eax, dword ptr [rbx]
mov rax, offset x
main proc
.data
#include "x.h"
x = 5
int 0x100
shl eax, ebx
lea rax, rbx
push al
mul eax, 5
jmp
ret 5,
mov eax, eax + 1
mov rax, [rbx-rcx]
mov rax, ffh
mov rax, nosuch
db 'x
db 300
secton mine
lock mov [rax], eax
vaddps zmm0, zmm1, zmm2
bits 32; mov rax, 5
""".strip().splitlines()


def message(line: str) -> str:
    with pytest.raises(AssemblyError) as caught:
        assemble(text=line.replace("; ", "\n"))
    return str(caught.value)


def test_each_mistake_is_answered_in_words_that_help():
    assert_golden("\n\n".join(message(line) for line in MISTAKES) + "\n", GOLDEN)


@pytest.mark.parametrize("line", MISTAKES)
def test_each_answer_has_a_place_and_a_hint(line: str):
    with pytest.raises(AssemblyError) as caught:
        assemble(text=line.replace("; ", "\n"))
    assert (True, True) == (caught.value.span is not None, bool(caught.value.hint))
