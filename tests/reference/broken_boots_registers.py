"""Boot programs that break what the manual asks of control registers, entries and instructions one by one."""

from __future__ import annotations

from reference.broken_boots import LONG, PAGED, PROTECTED, BrokenBoot

_CODE = "dq 0x00cf9a000000ffff"


def _broken(program: str, old: str, new: str, *words: str) -> BrokenBoot:
    rule, value, line = words
    return BrokenBoot(program, ((old, new),), rule, value, line)


def _sets(register: str, bits: str) -> str:
    """Return 32-bit code that sets bits of a control register."""
    return f"mov eax, {register}\n or eax, {bits}\n mov {register}, eax"


BROKEN_REGISTERS = {
    "nw without cd": _broken(
        PROTECTED, "push eax", _sets("cr0", "0x20000000"), "NW needs CD", "CR0 = 0x20000011", "or eax, 0x20000000"),
    "ldt that is data": _broken(
        PROTECTED, "push eax", "mov ax, 0x10\n lldt ax", "LLDT loads an LDT", "AX 0x10", "mov ax, 0x10"),
    "pcide too early": _broken(
        PROTECTED, "push eax", _sets("cr4", "0x20000"), "PCIDE needs long mode", "CR4 = 0x20000", "mov cr4, eax"),
    "bytes that are no instruction": _broken(
        PROTECTED, "push eax", "db 0x0f, 0x04", "an instruction exists", "#UD", "db 0x0f, 0x04"),
    "x87 emulated": _broken(
        PROTECTED, "push eax", _sets("cr0", "4") + "\n fldpi", "x87 and SSE need CR0.TS and CR0.EM clear", "CR0 = 0x15",
        "mov cr0, eax"),
    "code that goes on behind its limit": _broken(
        PROTECTED, _CODE, "dq 0x00409a0000007c2f", "the instruction pointer stays within the limit", "0x7c2f",
        "jmp 8:start32"),
    "lme while paging is on": _broken(
        PAGED, "mov dword [0x200000], 5", "mov ecx, 0xc0000080\n rdmsr\n or eax, 0x100\n wrmsr",
        "LME changes without paging only", "CR0 0x80000011", "wrmsr"),
    "reserved bit of efer": _broken(
        LONG, "or eax, 0x100\n", "or eax, 0x102\n", "reserved bits of EFER are clear", "0x102", "or eax, 0x102"),
    "register that no processor has": _broken(
        LONG, "mov ecx, 0xc0000080", "mov ecx, 0xc080", "a model-specific register exists", "ECX 0xc080",
        "mov ecx, 0xc080"),
    "five levels": _broken(
        LONG, "or eax, 0x20\n", "or eax, 0x1020\n", "LA57 needs five levels", "CR4 = 0x1020", "mov cr4, eax"),
    "five levels later": _broken(
        LONG, "mov rax, [0x1000]", "mov rax, cr4\n bts rax, 12\n mov cr4, rax", "LA57 stays in long mode",
        "CR4 = 0x1020", "mov cr4, rax"),
    "large page between two": _broken(
        LONG, "[0x3000], 0x83", "[0x3000], 0x2083", "no entry has reserved bits", "0x2083",
        "mov dword [0x3000], 0x2083"),
    "long mode from long code": _broken(
        LONG, _CODE, "dq 0x00ef9a000000ffff", "long mode is entered from 32-bit code", "CS = 0x8 has L set",
        "mov cr0, eax"),
}  # fmt: skip
"""By what is wrong with them."""
