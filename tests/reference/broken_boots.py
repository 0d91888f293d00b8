"""Boot sectors that each break one rule of the manual in a way that people do: a healthy one, and an edit of it.

Each healthy program ends at HLT: in 32-bit code, under 32-bit paging, in 64-bit code, or in a handler that was entered
from ring 3.
"""

from __future__ import annotations

from typing import NamedTuple

_START = """
        bits 16
        org 0x7c00
start:  cli
        xor ax, ax
        mov ds, ax
        mov es, ax
        mov ss, ax
        mov sp, 0x7c00
"""
_SWITCH = """
        lgdt [gdtr]
        mov eax, cr0
        or eax, 1
        mov cr0, eax
        jmp 8:start32
        bits 32
start32: mov ax, 0x10
        mov ds, ax
        mov es, ax
        mov ss, ax
        mov esp, 0x90000
"""
_TABLES = """
        align 8
gdt:    dq 0
        dq 0x00cf9a000000ffff           ; 08 code
        dq 0x00cf92000000ffff           ; 10 data
        dq 0x00af9a000000ffff           ; 18 code of 64 bits
        dq 0x00cffa000000ffff           ; 20 code of ring 3
        dq 0x00cff2000000ffff           ; 28 data of ring 3
        dq 0x0000890006000067           ; 30 task state at 600h
gdtr:   dw $ - gdt - 1
        dd gdt
        times 510 - ($ - $$) db 0
        dw 0xaa55
"""
PROTECTED = (
    _START
    + _SWITCH
    + """
        mov dword [0x100000], 0x12345678
        push eax
        call work
        hlt
work:   mov eax, [0x100000]
        ret
"""
    + _TABLES
)
PAGED = (
    _START
    + _SWITCH
    + """
        mov edi, 0x1000                 ; page directory, and one page table
        mov ecx, 2048
        xor eax, eax
        rep stosd
        mov dword [0x1000], 0x2003
        mov edi, 0x2000
        mov eax, 3
        mov ecx, 1024
.next:  stosd
        add eax, 0x1000
        loop .next
        mov eax, 0x1000
        mov cr3, eax
        mov eax, cr0
        or eax, 0x80000000
        mov cr0, eax
        mov dword [0x200000], 5
        push eax
        hlt
"""
    + _TABLES
)
LONG = (
    _START
    + _SWITCH
    + """
        mov edi, 0x1000
        mov ecx, 3072
        xor eax, eax
        rep stosd
        mov dword [0x1000], 0x2003      ; PML4, PDPT, page directory with a page of 2 MiB
        mov dword [0x2000], 0x3003
        mov dword [0x3000], 0x83
        mov eax, 0x1000
        mov cr3, eax
        mov eax, cr4
        or eax, 0x20
        mov cr4, eax
        mov ecx, 0xc0000080
        rdmsr
        or eax, 0x100
        wrmsr
        mov eax, cr0
        or eax, 0x80000000
        mov cr0, eax
        jmp 0x18:start64
        bits 64
start64: mov rsp, 0x90000
        mov rax, [0x1000]
        push rax
        hlt
"""
    + _TABLES
)
RING_3 = (
    _START
    + _SWITCH
    + """
        mov dword [0x604], 0x80000      ; ESP0 and SS0
        mov word [0x608], 0x10
        mov ax, 0x30
        ltr ax
        mov edi, 0x1000                 ; an IDT with a gate for INT 30h
        mov ecx, 256
        xor eax, eax
        rep stosd
        mov dword [0x1000 + 0x30 * 8], 0x80000 + handler
        mov dword [0x1000 + 0x30 * 8 + 4], 0xee00
        lidt [idtr]
        push 0x2b
        push 0x70000
        push 2
        push 0x23
        push user
        iretd
user:   mov ax, 0x2b
        mov ds, ax
        mov es, ax
        int 0x30
        jmp $
handler: mov ax, 0x10
        mov ds, ax
        hlt
idtr:   dw 0x31 * 8 - 1
        dd 0x1000
"""
    + _TABLES
)
HEALTHY = {"protected": PROTECTED, "paged": PAGED, "long": LONG, "ring 3": RING_3}


class BrokenBoot(NamedTuple):
    """A healthy program, the edits that break it, the rule, and what the report has to name: a value, and a line."""

    program: str
    edits: tuple[tuple[str, str], ...]
    rule: str
    value: str
    line: str

    @property
    def text(self) -> str:
        """The broken program."""
        text = self.program
        for old, new in self.edits:
            assert old in text, old
            text = text.replace(old, new, 1)
        return text


def _broken(program: str, *words: str) -> BrokenBoot:
    old, new, rule, value, line = words
    return BrokenBoot(program, ((old, new),), rule, value, line)


_LOAD_DATA = "mov ds, ax\n        mov es, ax\n        mov ss, ax\n        mov esp"
_CODE, _DATA, _CODE_64 = "dq 0x00cf9a000000ffff", "dq 0x00cf92000000ffff", "dq 0x00af9a000000ffff"
_CODE_3, _DATA_3 = "dq 0x00cffa000000ffff", "dq 0x00cff2000000ffff"
_PAGING = "or eax, 0x80000000\n        mov cr0, eax"

_TO_HIGH_TABLE = """mov esi, gdt
        mov edi, 0x1000000
        mov ecx, 16
        rep movsd
        mov dword [0x100000], 5
        jmp 0x38:.in16
        bits 16
.in16:  lgdt [high]
        jmp dword 8:.in32
        bits 32
.in32:
"""
_HIGH_GDTR = """dq 0x00009a000000ffff           ; 38 code of 16 bits
high:   dw 0x3f
        dd 0x1000000
"""

BROKEN_BOOTS = {
    # -- the switch to protected mode --
    "ds for lgdt": _broken(
        PROTECTED, "mov ds, ax\n        mov es", "mov bx, 0x7c0\n mov ds, bx\n mov es",
        "LGDT finds its operand", "DS", "lgdt [gdtr]"),
    "base of 24 bits": BrokenBoot(
        PROTECTED, (("mov dword [0x100000], 0x12345678", _TO_HIGH_TABLE), ("gdtr:   dw", _HIGH_GDTR + "gdtr:   dw")),
        "the base fits the operand of LGDT", "0x1000000", "lgdt [high]"),
    "interrupts on": _broken(
        PROTECTED, "start:  cli", "start:  sti", "interrupts are off for the switch", "RFLAGS", "mov cr0, eax"),
    "gdt limit of one": _broken(
        PROTECTED, "dw $ - gdt - 1", "dw 7", "the GDT has a code and a data segment", "GDTR.limit = 0x7", "lgdt"),
    "gdt outside memory": _broken(
        PROTECTED, "lgdt [gdtr]", "db 0x66\n lgdt [gdtr]\n nop", "the GDT lies in memory", "GDTR.base", "lgdt"
    )._replace(edits=(("lgdt [gdtr]", "o32 lgdt [gdtr]"), ("dd gdt\n", "dd gdt + 0x50000000\n"))),
    "no far jump": _broken(
        PROTECTED, "jmp 8:start32", "jmp start32", "a far transfer follows the switch", "CS = 0x0", "start32"),
    "no far jump, then a fault": _broken(
        PROTECTED, "jmp 8:start32", "ud2", "a far transfer follows the switch", "CS = 0x0", "ud2"),
    "16-bit offset": BrokenBoot(
        PROTECTED, (("jmp 8:start32", "jmp 8:(far32 & 0xffff)"), ("gdt:    dq 0\n", "far32 equ 0x16000\ngdt:    dq 0\n")),
        "the offset fits the operand", "8:6000", "jmp 8:(far32 & 0xffff)"),
    "null code segment": _broken(
        PROTECTED, "jmp 8:start32", "jmp 0:start32", "CS is never null", "0:7c20", "jmp 0:start32"),
    "selector behind the table": _broken(
        PROTECTED, "jmp 8:start32", "jmp 0x40:start32", "a selector lies within its table", "entry 8", "jmp 0x40"),
    "selector counted in ones": _broken(
        PROTECTED, "jmp 8:start32", "jmp 0x10:start32", "CS selects code", "data", "jmp 0x10"),
    "gdt without a null descriptor": _broken(
        PROTECTED, "gdt:    dq 0\n", "gdt:\n", "the first descriptor is null", "entry 0", "lgdt [gdtr]"),
    "code not present": _broken(
        PROTECTED, _CODE, "dq 0x00cf1a000000ffff", "a segment is present", "P is clear", "dq 0x00cf1a"),
    "code of ring 3": _broken(
        PROTECTED, _CODE, "dq 0x00cffa000000ffff", "code runs at its own level", "DPL 3", "jmp 8:start32"),
    "code that is short": _broken(
        PROTECTED, _CODE, "dq 0x00409a0000000fff", "a target lies within the limit", "0xfff", "jmp 8:start32"),
    "code of 16 bits": _broken(
        PROTECTED, _CODE, "dq 0x008f9a000000ffff", "code runs in the width it is made for", "D 0", "start32"),
    # -- segment registers --
    "data segments not loaded": _broken(
        PROTECTED, _LOAD_DATA, "mov ss, ax\n mov esp", "data segments are loaded after the switch", "DS = 0x0",
        "mov dword [0x100000]"),
    "ss not loaded": BrokenBoot(
        PROTECTED, (("mov ss, ax\n        mov esp", "mov esp"), ("call work", "cmp eax, [0x8fffc]\n je .on\n ud2\n.on:")),
        "SS is loaded after the switch", "SS = 0x0", "push eax"),
    "null stack segment": _broken(
        PROTECTED, "mov ss, ax\n        mov esp", "xor ax, ax\n mov ss, ax\n mov esp", "SS selects writable data",
        "loaded with 0x0", "mov ss, ax"),
    "stack in code": _broken(
        PROTECTED, "mov ss, ax\n        mov esp", "mov ax, 8\n mov ss, ax\n mov esp", "SS selects writable data",
        "loaded with 0x8", "mov ss, ax"),
    "stack with another rpl": _broken(
        PROTECTED, "mov ss, ax\n        mov esp", "mov ax, 0x13\n mov ss, ax\n mov esp", "SS selects writable data", "RPL 3",
        "mov ss, ax"),
    "data behind the table": _broken(
        PROTECTED, "mov ax, 0x10", "mov ax, 0x50", "a data segment can be read", "entry 10", "mov ds, ax"),
    "data through a null selector": _broken(
        PROTECTED, "mov esp, 0x90000", "mov esp, 0x90000\n xor ax, ax\n mov ds, ax",
        "nothing is accessed through the null selector", "DS = 0x0", "mov dword [0x100000]"),
    "data that is read-only": BrokenBoot(
        PROTECTED, (("mov esp, 0x90000", "mov esp, 0x90000\n mov ax, 8\n mov ds, ax"),),
        "a segment allows the access", "code that cannot be written", "mov dword [0x100000]"),
    "write through cs": _broken(
        PROTECTED, "mov dword [0x100000]", "mov dword [cs:0x100000]", "a segment allows the access", "CS = 0x8",
        "mov dword [cs:0x100000]"),
    "data that ends": _broken(
        PROTECTED, _DATA, "dq 0x004092000000ffff", "an access lies within the limit", "0xffff", "mov dword"),
    "offset over 64 KiB in real mode": _broken(
        PROTECTED, "lgdt [gdtr]", "mov ebx, 0x100000\n mov al, [ebx]\n lgdt [gdtr]",
        "a segment in real mode has 64 KiB", "0x100000", "mov al, [ebx]"),
    "busy task state": _broken(
        RING_3, "0x0000890006000067", "0x00008b0006000067", "LTR loads an available TSS", "busy", "ltr ax"),
    "line 20 closed": _broken(
        PROTECTED, "lgdt [gdtr]", "in al, 0x92\n and al, 0xfc\n out 0x92, al\n lgdt [gdtr]",
        "address line 20 is open above 1 MiB", "0x100000", "mov dword [0x100000]"),
    "stack that wraps": _broken(
        PROTECTED, "lgdt [gdtr]", "mov sp, 1\n push ax\n mov sp, 0x7c00\n lgdt [gdtr]", "a stack has room", "SP = 0x1",
        "push ax"),
    "firmware on a stack that wraps": _broken(
        PROTECTED, "lgdt [gdtr]", "mov sp, 4\n int 0x12\n mov sp, 0x7c00\n lgdt [gdtr]", "a stack has room", "SP = 0x4",
        "int 0x12"),
    # -- interrupts --
    "int without idt": _broken(
        PROTECTED, "push eax", "int 0x10", "protected mode has an IDT of its own", "IDTR", "int"),
    "fault without idt": _broken(
        PROTECTED, "push eax", "xor ebx, ebx\n div ebx", "a quotient exists", "EBX 0x0", "xor ebx, ebx"),
    "sti without idt": _broken(PROTECTED, "push eax", "sti\n nop", "interrupts have gates", "IDT", "sti"),
    "idt too short": _broken(RING_3, "dw 0x31 * 8 - 1", "dw 0x30 * 8 - 1", "the vector lies within the IDT",
                             "IDTR.limit = 0x17f", "int 0x30"),
    "gate not present": _broken(RING_3, "0xee00", "0x6e00", "a gate is present", "P clear", "int 0x30"),
    "gate to data": _broken(RING_3, "0x80000 + handler", "0x100000 + handler", "a gate leads to code", "10:", "int 0x30"),
    "gate of ring 0": _broken(RING_3, "0xee00", "0x8e00", "INT n needs a gate of its level", "DPL 0", "int 0x30"),
    "gate that is none": _broken(RING_3, "0xee00", "0xf200", "an IDT holds gates", "data", "int 0x30"),
    "no task state": _broken(RING_3, "ltr ax", "nop", "another level needs a TSS", "TR = 0x0", "int 0x30"),
    "task state without a stack": _broken(
        RING_3, "mov word [0x608], 0x10", "nop", "the TSS has a stack", "0:80000", "int 0x30"),
    "frame of 16 bits": _broken(
        RING_3, "        hlt\nidtr", "        iretw\nidtr", "IRET takes the frame that was pushed", "words of 4 (iretd)", "iretw"),
    "user stack of ring 0": _broken(RING_3, "push 0x2b\n", "push 0x10\n", "SS selects writable data", "0x10", "iretd"),
    "user code without rpl": _broken(RING_3, "push 0x23\n", "push 0x20\n", "code runs at its own level", "RPL 0", "iretd"),
    "port in ring 3": BrokenBoot(
        RING_3, (("int 0x30", "out 0x80, al"), ("mov word [0x608], 0x10", "mov dword [0x664], 0x680000")),
        "ports and IF need IOPL", "IOPL", "out"),
    "hlt in ring 3": _broken(RING_3, "int 0x30", "hlt", "privileged instructions run at level 0", "CS = 0x23", "hlt"),
    "sse off": _broken(PROTECTED, "push eax", "xorps xmm0, xmm0", "SSE needs CR4.OSFXSR", "CR4 = 0x0", "xorps"),
    # -- paging --
    "paging before protection": _broken(
        PROTECTED, "or eax, 1\n", "or eax, 0x80000000\n", "paging needs protected mode", "CR0 = 0x80000010", "mov cr0"),
    "directory misaligned": _broken(
        PAGED, "mov eax, 0x1000\n        mov cr3", "mov eax, 0x1800\n        mov cr3", "CR3 is aligned", "CR3 = 0x1800",
        "mov cr3, eax")._replace(edits=(("mov eax, 0x1000\n        mov cr3", "mov eax, 0x1800\n        mov cr3"),
                                        ("[0x1000], 0x2003", "[0x1800], 0x2003"))),
    "directory outside memory": _broken(
        PAGED, "mov eax, 0x1000\n        mov cr3", "mov eax, 0x70001000\n        mov cr3", "the top table lies in memory",
        "CR3 = 0x70001000", "mov cr3, eax"),
    "cr3 never loaded": _broken(
        PAGED, "mov cr3, eax", "nop", "CR3 is loaded before paging", "CR3 = 0x0", "mov cr0, eax"),
    "identity mapping missing": _broken(
        PAGED, "mov dword [0x1000], 0x2003", "mov dword [0x1c00], 0x2003", "the code that turns paging on is mapped", "PDE",
        "mov cr0, eax"),
    "stack at the hole": _broken(
        LONG, "mov rsp, 0x90000", "mov rsp, 0xffff800000000000", "an address is canonical", "0xffff7ffffffffff8", "push rax"),
    "long code with d alone": _broken(
        LONG, _CODE_64, "dq 0x00cf9a000000ffff", "code runs in the width it is made for", "L 0, D 1", "start64"),
    "table not present": _broken(
        PAGED, "mov dword [0x1000], 0x2003", "mov dword [0x1000], 0x2002", "the code that turns paging on is mapped",
        "PDE", "mov dword [0x1000], 0x2002"),
    "4 MiB without pse": _broken(
        PAGED, "mov dword [0x1000], 0x2003", "mov dword [0x1000], 0x83", "pages of 4 MiB need CR4.PSE", "CR4 = 0x0",
        "mov cr0, eax"),
    "page behind the table": _broken(
        PAGED, "mov dword [0x200000], 5", "mov dword [0x400000], 5", "a page is present", "PDE", "mov dword [0x400000]"),
    "kernel writes read-only": BrokenBoot(
        PAGED, (("or eax, 0x80000000", "or eax, 0x80010000"), ("mov eax, 3\n", "mov eax, 1\n")),
        "an access has its rights", "R/W", "mov dword [0x200000]"),
    "reserved bits of cr4": _broken(
        LONG, "or eax, 0x20\n", "or eax, 0x8020\n", "reserved bits of CR0 and CR4 are clear", "0x8000", "mov cr4, eax"),
    # -- long mode --
    "pae clear": _broken(
        LONG, "or eax, 0x20\n", "or eax, 0x10\n", "long mode needs CR4.PAE", "CR4 = 0x10", "mov cr0, eax"),
    "pae never set": _broken(
        LONG, "mov cr4, eax", "nop", "long mode needs CR4.PAE", "EFER = 0x100", "mov cr0, eax"),
    "lme under paging": _broken(
        LONG, "mov ecx, 0xc0000080\n", "mov eax, cr0\n or eax, 0x80000000\n mov cr0, eax\n mov ecx, 0xc0000080\n",
        "long mode needs EFER.LME", "EFER = 0x0", "mov cr0, eax"),
    "pdpte with rights": BrokenBoot(
        LONG, (("[0x1000], 0x2003", "[0x1000], 0x3003"), ("or eax, 0x100\n", "or eax, 0\n"), ("jmp 0x18:start64", "hlt")),
        "a PDPTE of PAE has no rights", "PDPTE 0 is 0x3003", "mov cr0, eax"),
    "base that moves": _broken(
        PROTECTED, _CODE, "dq 0x00cf9a007c00ffff", "a base is added to every offset", "0x7c00", "jmp 8:start32"),
    "base with a segment": BrokenBoot(
        PROTECTED, (("mov ds, ax\n        mov es", "mov bx, 0x7c0\n mov ds, bx\n mov es"),
                    ("lgdt [gdtr]", "lgdt [gdtr - 0x7c00]"), ("dd gdt\n", "dd gdt - 0x7c00\n")),
        "GDTR and IDTR hold linear addresses", "GDTR.base", "lgdt"),
    "error code left": BrokenBoot(
        RING_3, (("mov dword [0x1000 + 0x30 * 8], 0x80000 + handler", "mov dword [0x1000 + 13 * 8], 0x80000 + handler"),
                 ("0x30 * 8 + 4], 0xee00", "13 * 8 + 4], 0xee00"), ("        hlt\nidtr", "        iretd\nidtr"),
                 ("int 0x30", "mov cr0, eax")),
        "the error code is taken off before IRET", "IRET takes the error code", "iretd"),
    "handler that halts": BrokenBoot(
        RING_3, (("mov dword [0x1000 + 0x30 * 8], 0x80000 + handler", "mov dword [0x1000 + 13 * 8], 0x80000 + handler"),
                 ("0x30 * 8 + 4], 0xee00", "13 * 8 + 4], 0xee00"), ("int 0x30", "mov ax, 0x10\n mov fs, ax")),
        "a data segment can be read", "DPL 0", "mov fs, ax"),
    "nx without nxe": _broken(
        LONG, "mov dword [0x3000], 0x83", "mov dword [0x3000], 0x83\n mov dword [0x3004], 0x80000000",
        "NX needs EFER.NXE", "EFER", "mov dword [0x3004]"),
    "l clear": _broken(
        LONG, "jmp 0x18:start64", "jmp 8:start64", "code runs in the width it is made for", "L 0", "jmp 8:start64"),
    "l and d": _broken(
        LONG, _CODE_64, "dq 0x00ef9a000000ffff", "L and D exclude each other", "0x00ef9a", "jmp 0x18:start64"),
    "not canonical": _broken(
        LONG, "mov rax, [0x1000]", "mov rbx, 0x800000000000\n mov rax, [rbx]", "an address is canonical",
        "0x800000000000", "mov rax, [rbx]"),
    "long mode page missing": _broken(
        LONG, "mov rax, [0x1000]", "mov rax, [0x200000]", "a page is present", "PDE", "mov rax, [0x200000]"),
    "stack not mapped": _broken(
        LONG, "mov rsp, 0x90000", "mov rsp, 0x400000", "a page is present", "0x3ffff8", "push rax"),
    "paging off in long mode": _broken(
        LONG, "mov rax, [0x1000]", "mov rax, cr0\n btr rax, 31\n mov cr0, rax", "paging stays in 64-bit code", "CR0",
        "mov cr0, rax"),
    "pae off in long mode": _broken(
        LONG, "mov rax, [0x1000]", "xor eax, eax\n mov cr4, rax", "PAE stays in long mode", "CR4 = 0x0", "mov cr4, rax"),
    "iretd in long mode": _broken(
        LONG, "mov rax, [0x1000]", "push 0\n push 0x8000\n push 2\n push 0x18\n push start64\n iretd", "IRET takes the frame that was pushed", "IRETD",
        "iretd"),
}  # fmt: skip
"""By what is wrong with them."""
