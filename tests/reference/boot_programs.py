"""Boot sectors that every recorder must write down alike."""

from __future__ import annotations

_SECTOR = """
bits 16
org 0x7c00
start:  xor ax, ax
        mov ds, ax
        mov es, ax
        mov ss, ax
        mov sp, 0x7c00
{body}
        cli
        hlt
{rest}
        times 510 - ($ - $$) db 0
        dw 0xaa55
"""
_UP = """
        cli
        lgdt [gdtr]
        lidt [idtr]
        mov eax, cr0
        or al, 1
        mov cr0, eax
        jmp 8:in32
bits 32
in32:   mov ax, 0x10
        mov ds, ax
        mov es, ax
        mov ss, ax
        mov esp, 0x7000
        mov word [0x600 + 8 * 0x30], handler
        mov dword [0x600 + 8 * 0x30 + 2], 0x8e000008
        mov word [0x600 + 8 * 14], fault
        mov dword [0x600 + 8 * 14 + 2], 0x8e000008
        mov word [0x600], divide
        mov dword [0x600 + 2], 0x8e000008
"""
_TABLES = """
align 8
gdt:    dq 0
        dq 0x00cf9b000000ffff
        dq 0x00cf93000000ffff
gdtr:   dw $ - gdt - 1
        dd gdt
idtr:   dw 0x31 * 8 - 1
        dd 0x600
handler: inc edx
        iretd
divide: mov ecx, 1
        iretd
fault:  mov eax, cr2                            ; 400000h is mapped to 800000h and the other way round
        shr eax, 22
        mov ecx, eax
        shl ecx, 22
        neg ecx
        add ecx, 0xc00083
        mov [0x20000 + 4 * eax], ecx
        add esp, 4
        iretd
"""


def sector(body: str, rest: str = "") -> str:
    """Return the source of a boot sector that does this in real mode and halts; `rest` lies behind it."""
    return _SECTOR.format(body=body, rest=rest)


BOOT_PROGRAMS = {
    "services": _SECTOR.format(
        body="""
        mov ax, 0x0e41
        int 0x10
        int 0x12
        mov di, 0x500
        xor ebx, ebx
.next:  mov eax, 0xe820
        mov edx, 0x534d4150
        mov ecx, 24
        int 0x15
        jc .done
        add di, 24
        test ebx, ebx
        jnz .next
.done:  mov ax, 0x0201
        mov cx, 1
        mov dx, 0x80
        mov bx, 0x8000
        int 0x13
        mov al, 0x55
        out 0xe9, al
        in al, 0x64
""",
        rest="",
    ),
    "handlers in real mode": _SECTOR.format(
        body="""
        mov word [4 * 0x21], handler
        mov word [4 * 0x21 + 2], 0
        mov word [0], divide
        mov word [2], 0
        int 0x21
        sti
        int 0x21
        xor dx, dx
        xor cx, cx
        div cx
        mov si, 0x7c00
        mov di, 0x600
        mov cx, 16
        rep movsw
        pushf
        push word 0x7c0
        push word .far - 0x7c00
        retf
.far:   popf
        jmp 0:.on
.on:
""",
        rest="handler: inc bx\n iret\ndivide: mov cx, 1\n iret\n",
    ),
    "handlers in protected mode": _SECTOR.format(
        body=_UP
        + """
        int 0x30
        xor ecx, ecx
        xor edx, edx
        div ecx
        mov dword [0x20000], 0x83
        mov eax, 0x20000
        mov cr3, eax
        mov eax, cr4
        or al, 0x10
        mov cr4, eax
        mov eax, cr0
        bts eax, 31
        mov cr0, eax
        mov dword [0x400000], 7
        mov ebx, [0x400000]
        mov dword [0x7ffffe], 0x11223344
        mov esi, 0x400000
        mov edi, 0x500000
        mov ecx, 3
        rep movsd
        hlt
""",
        rest=_TABLES,
    ),
}
"""By what they do; each ends at HLT."""
