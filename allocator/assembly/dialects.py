"""Know the words of other assemblers, and what NASM writes instead: MASM, GNU as, and what people take from C."""

from __future__ import annotations

_WORDS = {
    "proc endp": "NASM has no procedures: a label is enough, as in main:",
    "ends": "NASM has struc and endstruc; a section ends where the next begins",
    ".data .text .bss": "NASM writes section {0}",
    ".section": "NASM writes section without the dot",
    ".code .model .stack .const .386 .486 .586 .686": "that is MASM: NASM writes section .text and bits 32",
    ".globl .global": "NASM writes global without the dot",
    "public": "NASM writes global",
    ".byte": "NASM writes db",
    ".ascii .asciz .string": 'NASM writes db "text", 0',
    ".word .short .hword": "NASM writes dw",
    ".long .int": "NASM writes dd",
    ".quad": "NASM writes dq",
    ".zero .space .skip": "NASM writes times n db 0, or resb n",
    ".align .balign .p2align": "NASM writes align without the dot",
    ".equ .set": "NASM writes name equ value",
    ".org": "NASM writes org without the dot",
    ".intel_syntax .att_syntax": "NASM has one syntax, and needs no such line",
    ".if .while .repeat .endif .endw if while for else goto": "compare and jump: cmp eax, 5 and je label",
    "invoke": "NASM calls without invoke: put the arguments where the routine wants them, then call it",
    "offset": "the name alone is the address: mov rax, name",
    "ptr": "a size is enough: dword [address]",
    "assume end": "NASM needs no such line",
    "=": "NASM writes name equ value",
    "#include": 'NASM writes %include "file"',
    "#define": "NASM writes %define NAME text",
    "#if #ifdef #ifndef #else #elif #endif #undef #pragma #error": "NASM's directives begin with %, as in %ifdef",
}
_HINTS = {word: hint.format(word) for words, hint in _WORDS.items() for word in words.split()}


def said_in_nasm(word: str) -> str | None:
    """Return what NASM writes for a word of another assembler, or None.

    >>> said_in_nasm(".quad"), said_in_nasm("mov")
    ('NASM writes dq', None)
    """
    return _HINTS.get(word.lower())
