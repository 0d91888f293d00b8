"""Boot programs in the ways in which tutorials write them, and what people get wrong in them.

The programs lie in `tutorials/`: labels, macros, order and layout differ from one to the next. Each healthy one ends at
HLT; a broken one is an edit of it.
"""

from __future__ import annotations

from pathlib import Path

from reference.broken_boots import BrokenBoot

_FOLDER = Path(__file__).parent / "tutorials"
TUTORIALS = {file.stem: file.read_text(encoding="utf-8") for file in sorted(_FOLDER.glob("*.asm"))}
"""Name to source of the healthy programs."""


def _broken(program: str, old: str, new: str, *words: str) -> BrokenBoot:
    rule, value, line = words
    return BrokenBoot(TUTORIALS[program], ((old, new),), rule, value, line)


BROKEN_TUTORIALS = {
    # -- the switch to protected mode --
    "base before limit": _broken(
        "switch", "dw gdt_end - gdt_start - 1\n    dd gdt_start", "dd gdt_start\n    dw gdt_end - gdt_start - 1",
        "the limit comes before the base", "gdt_start", "lgdt [gdt_descriptor]"),
    "base of one word": _broken(
        "switch", "dd gdt_start\nCODE", "dw gdt_start\nCODE", "the base has as many bytes as LGDT reads",
        "only 2 bytes of the base", "lgdt [gdt_descriptor]"),
    "protection not written": _broken(
        "switch", "    mov cr0, eax\n", "", "CR0.PE is set before the far jump", "CR0 0x10", "jmp CODE_SEG:init_pm"),
    "protection by the wrong bit": _broken(
        "switch", "or eax, 0x1", "or eax, 0x2", "CR0.PE is set before the far jump", "CR0 0x12", "mov cr0, eax"),
    "access byte without present": _broken(
        "switch", "db 10011010b", "db 00011010b", "a segment is present", "P is clear", "db 00011010b"),
    "flags byte without size": _broken(
        "switch", "db 11001111b", "db 10001111b", "code runs in the width it is made for", "init_pm is 32-bit code",
        "db 10001111b"),
    "data that expands down": _broken(
        "switch", "db 10010010b", "db 10010110b", "an access lies within the limit", "expands down", "db 10010110b"),
    "data without granularity": _broken(
        "switch", "db 11001111b\n    db 0x0\ngdt_end", "db 01000000b\n    db 0x0\ngdt_end",
        "an access lies within the limit", "ends at 0xffff", "db 01000000b"),
    "offset from the beginning": _broken(
        "switch", "jmp CODE_SEG:init_pm", "jmp CODE_SEG:init_pm - 0x7c00",
        "an offset counts from the base of its segment", "0x7c00 further", "jmp CODE_SEG:init_pm - 0x7c00"),
    "bits 32 forgotten": _broken(
        "switch", "[bits 32]\ninit_pm", "init_pm", "code runs in the width it is made for", "init_pm is 16-bit code",
        "jmp CODE_SEG:init_pm"),
    "sector read over the program": _broken(
        "switch", "KERNEL_OFFSET equ 0x1000", "KERNEL_OFFSET equ 0x7c00", "code stays as it was assembled",
        "no longer what was assembled", "int 0x13"),
    "sector never read": _broken(
        "switch", "call KERNEL_OFFSET", "call kernel", "a transfer leads to code", "kernel was never read",
        "call kernel"),
    "interrupts left on": _broken(
        "switch", "    cli\n    lgdt", "    lgdt", "interrupts are off for the switch", "IF 0x1", "mov cr0, eax"),
    "stack outside memory": _broken(
        "switch", "mov ebp, 0x90000", "mov ebp, 0x90000000", "an address has memory behind it", "ESP 0x90000000",
        "mov esp, ebp"),
    # -- paging --
    "cr3 at the table": _broken(
        "higher", "mov eax, PD\n        mov cr3", "mov eax, PT0\n        mov cr3", "no level of the tables is left out",
        "points at a page table", "mov cr3, eax"),
    "entry with a frame number": _broken(
        "higher", "[PD], PT0 + 3", "[PD], (PT0 >> 12) + 3", "the code that turns paging on stays", "PDE at 0x9000",
        "(PT0 >> 12) + 3"),
    "entries too close": _broken(
        "higher", "add eax, 4096", "add eax, 1024", "the code that turns paging on stays",
        "mapped to 0x1c", "mov cr0, eax"),
    "paging by the wrong bit": _broken(
        "higher", "or eax, 0x80000000", "or eax, 0x40000000", "an address has memory behind it", "paging is off",
        "lea eax, [KERNEL_VIRT + higher_half]"),
    "table that clears the stack": _broken(
        "higher", "mov esp, 0x9000", "mov esp, 0xA000", "a transfer leads to code", "word at 0x9ffc", "rep stosd"),
    "stack left behind": _broken(
        "higher", "add esp, KERNEL_VIRT\n", "nop\n", "a page is present", "ESP 0x9000",
        "mov dword [PD + KERNEL_VIRT], 0"),
    "index without a size": _broken(
        "higher", "(KERNEL_VIRT >> 22) * 4", "(KERNEL_VIRT >> 22)", "a page is present", "entry 768", "jmp eax"),
    "cr3 with a frame number": _broken(
        "higher", "mov eax, PD\n        mov cr3", "mov eax, PD >> 12\n        mov cr3", "CR3 is aligned",
        "not the number of a frame", "mov cr3, eax"),
    "table in the rom": _broken(
        "higher", "PT0 equ 0xA000", "PT0 equ 0xF0000", "what is written lies in memory", "0xf0000", "mov edi, PT0"),
    "pae forgotten": _broken(
        "pae", "bts eax, 5", "bts eax, 4", "the tables have the format that is on", "made for PAE", "mov cr4, eax"),
    # -- long mode --
    "wrong msr": _broken(
        "direct", "0xC0000080", "0xC0000081", "long mode needs EFER.LME", "MSR 0xc0000081", "wrmsr"),
    "paging forgotten": _broken(
        "direct", "0x80000001", "0x00000001", "64-bit code needs long mode", "CR0.PG is clear", "mov cr0, ebx"),
    "code without l": _broken(
        "direct", "0x00209A0000000000", "0x00009A0000000000", "code runs in the width it is made for",
        "LongMode is 64-bit code", "dq 0x00009A0000000000"),
    "user pages for the kernel": _broken(
        "ring3_64", "P3 | 7", "P3 | 3", "an access has its rights", "U/S is clear in the PML4E",
        "mov dword [P4], P3 | 3"),
    "interrupt stack table empty": _broken(
        "ring3_64", "mov word [rdi + 4], 0x8e00", "mov word [rdi + 4], 0x8e01",
        "the TSS has a stack", "IST1", "rep stosw"),
    # -- interrupts and rings --
    "controller not moved": _broken(
        "timer", "mov al, 20h\n    out 21h", "mov al, 8\n    out 21h",
        "exceptions and interrupts have their own vectors",
        "0x8 to 0xf", "out 21h, al"),
    "interrupt never ended": _broken(
        "timer", "    mov al, 20h\n    out 20h, al\n    pop", "    pop", "an interrupt is ended at its controller",
        "line 0 is still in service", "hlt"),
    "controller without its fourth word": _broken(
        "timer", "    mov al, 1\n    out 21h, al\n    out 0A1h, al\n    mov al, 0FEh\n    out 21h, al\n", "",
        "a controller gets all its words", "waits for ICW4", "hlt"),
    "handler without pop": _broken(
        "timer", "    pop eax\n    iretd", "    iretd", "a handler pops what it pushed", "4 bytes below", "push eax"),
    "handler with ret": _broken(
        "timer", "iretd", "ret", "a handler returns with IRET", "CS and the flags", "ret"),
    "gate type in the wrong byte": _broken(
        "timer", "mov word [edi+4], 8E00h", "mov word [edi+4], 008Eh", "interrupts have gates", "vector 0x20", "sti"),
    "gate too low": _broken(
        "ring3", "0x80 * 8 + 4], 0xee00", "0x80 * 8 + 4], 0x8e00",
        "INT n needs a gate of its level", "DPL 0", "0x8e00"),
    "frame turned round": _broken(
        "ring3", "push UDATA\n        push 0x6000", "push 0x6000\n        push UDATA", "SS selects writable data",
        "loaded with 0x6000", "push 0x6000"),
    "frame without flags": _broken(
        "ring3", "        pushfd\n", "", "SS selects writable data", "push SS, stack pointer, flags", "iret"),
    "left by retf": _broken(
        "ring3", "push userland\n        iret", "push userland\n        retf", "SS selects writable data",
        "RETF takes no flags", "push 0x6000"),
    "stack of the kernel for users": _broken(
        "ring3", "tss.ss0], KDATA", "tss.ss0], UDATA", "the TSS has a stack", "SS0", "tss.ss0], UDATA"),
    "user divides by zero": _broken(
        "ring3", "mov eax, 42\n", "xor ebx, ebx\n div ebx\n mov eax, 42\n", "a quotient exists",
        "EBX 0x0", "xor ebx, ebx"),
    "vector turned round": BrokenBoot(
        TUTORIALS["vectors"],
        (("[0x21*4], service", "[0x21*4+2], service"), ("[0x21*4+2], cs", "[0x21*4], cs")),
        "a transfer leads to code", "word at 0x84", "int 0x21"),
    "back without pe cleared": _broken(
        "unreal", "and al, 0xFE", "and al, 0xFF", "CS is never null", "CR0 0x11", "jmp 0x0:unrealm"),
}  # fmt: skip
"""By what is wrong with them."""
