"""Make PCs that boot a few lines of assembly: in real mode, or behind a switch to protected or long mode.

    07C00  boot sector: loads the rest, switches                  0F000  task state
    10000  page tables of long mode: the first 2 MiB are identity

Selectors: 08 code and 10 data of level 0, 1B and 23 those of level 3, 28 the task state, 38 64-bit code and 4B that of
level 3, 40 16-bit code; 30 is free for a test.
"""

from __future__ import annotations

from collections.abc import Mapping

from allocator import assemble
from allocator.assembly.image import Image
from allocator.machine.pc import PC

INTERRUPT, TRAP = 0x8E00, 0x8F00
FOR_USERS = 0x6000
_PADDED = "\ntimes 512 * {sectors} - ($ - $$) db 0\n"
_LOAD = """
        mov     ax, 0x0209
        mov     bx, 0x7E00
        mov     cx, 2
        mov     dx, 0x80
        int     0x13
"""
_GDT = """
align 8
gdt:    dq 0, 0x00CF9A000000FFFF, 0x00CF92000000FFFF, 0x00CFFA000000FFFF, 0x00CFF2000000FFFF
        dw 0x67, 0xF000, 0x8900, 0
        dq 0, 0x00AF9A000000FFFF, 0x008F9A000000FFFF, 0x00AFFA000000FFFF
gdtr:   dw gdtr - gdt - 1
        dd gdt
"""
_TO_PROTECTED = """
        cli
        lgdt    [gdtr]
        lidt    [idtr]
        mov     eax, cr0
        or      eax, 1
        mov     cr0, eax
        jmp     0x08:protected
bits 32
protected:
        mov     ax, 0x10
        mov     ds, ax
        mov     es, ax
        mov     ss, ax
        mov     esp, 0x7000
"""
_TO_LONG = """
        mov     edi, 0x10000
        mov     ecx, 0xC00
        xor     eax, eax
        rep stosd
        mov     dword [0x10000], 0x11007
        mov     dword [0x11000], 0x12007
        mov     dword [0x12000], 0x87
        mov     eax, 0x10000
        mov     cr3, eax
        mov     eax, 0x20
        mov     cr4, eax
        mov     ecx, 0xC0000080
        mov     eax, 0x100
        xor     edx, edx
        wrmsr
        mov     eax, 0x80000011
        mov     cr0, eax
        jmp     0x38:long
bits 64
long:   lidt    [idtr_long]
"""


def disk(text: str, sectors: int = 1) -> Image:
    """Return an image whose first sector firmware starts; `text` is in it, or behind it."""
    first = "bits 16\norg 0x7C00\n"
    if sectors == 1:
        return assemble(text=f"{first}{text}\ntimes 510 - ($ - $$) db 0\ndw 0xAA55\n")
    load = f"{_LOAD} jmp near behind\ntimes 510 - ($ - $$) db 0\ndw 0xAA55\nbehind:\n"
    return assemble(text=f"{first}{load}{text}{_PADDED.format(sectors=sectors)}")


def real(text: str, **options: object) -> PC:
    """Return a PC whose boot sector is `text`."""
    return PC(disk(text), **options)  # type: ignore[arg-type]


def protected(text: str, gates: Mapping[int, tuple[str, int, int]] | None = None, last: int = 0x40) -> PC:
    """Return a PC that runs `text` in 32-bit protected mode; `gates` are label, selector and attributes by vector."""
    return PC(protected_disk(text, gates, last))


def protected_disk(text: str, gates: Mapping[int, tuple[str, int, int]] | None = None, last: int = 0x40) -> Image:
    """Return the program of `protected`."""
    idt = "\n".join(_gate(*(gates or {}).get(vector, ("0", 0, 0))) for vector in range(last))
    tables = f"{_GDT}align 8\nidt:\n{idt}\nidtr: dw idtr - idt - 1\n dd idt\n"
    return disk(_TO_PROTECTED + text + tables, sectors=10)


def long(text: str, gates: Mapping[int, tuple[str, int, int]] | None = None, last: int = 0x40) -> PC:
    """Return a PC that runs `text` in 64-bit code; `gates` as for `protected`."""
    return PC(long_disk(text, gates, last))


def long_disk(text: str, gates: Mapping[int, tuple[str, int, int]] | None = None, last: int = 0x40) -> Image:
    """Return the program of `long`."""
    idt = "\n".join(_gate(*(gates or {}).get(vector, ("0", 0, 0))) + "\n dq 0" for vector in range(last))
    long_table = f"idt_long:\n{idt}\nidtr_long: dw idtr_long - idt_long - 1\n dq idt_long\n"
    tables = f"{_GDT}align 8\nidtr: dw 0\n dd 0\n{long_table}"
    return disk(_TO_PROTECTED + _TO_LONG + text + tables, sectors=10)


def to_user(flags: int = 2) -> str:
    """Return what leads from the kernel of `protected` to user code with a stack at 5000; the kernel's is at 6000."""
    return f"""
        mov     dword [0xF004], 0x6000
        mov     word [0xF008], 0x10
        mov     ax, 0x28
        ltr     ax
        push    dword 0x23
        push    dword 0x5000
        push    dword {flags:#x}
        push    dword 0x1B
        push    dword user
        iretd
user:
"""


def _gate(label: str, selector: int, attributes: int) -> str:
    return f"dw {label}, {selector:#x}, {attributes:#x}, 0"
