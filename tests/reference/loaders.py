"""Loaders of the kinds that people publish, written for the tests: what each of them needs is in its name."""

from __future__ import annotations

_BEGIN = """
bits 16
org 0x7C00
        xor     ax, ax
        mov     ds, ax
        mov     es, ax
        mov     [drive], dl
        mov     ax, 3
        int     0x10
"""
_PRINT = """
print:  lodsb
        test    al, al
        jz      .end
        mov     ah, 0x0E
        mov     bx, 7
        int     0x10
        jmp     print
.end:   ret
drive:  db 0
"""
_END = """
times 510 - ($ - $$) db 0
        dw      0xAA55
"""
_GDT = """
gdt:    dq      0, 0x00CF9A000000FFFF, 0x00CF92000000FFFF, 0x00AF9A000000FFFF
gdtr:   dw      gdtr - gdt - 1
        dd      gdt
"""
_TO_PROTECTED = """
        cli
        lgdt    [gdtr]
        mov     eax, cr0
        or      al, 1
        mov     cr0, eax
        jmp     8:protected
bits 32
protected:
        mov     ax, 0x10
        mov     ds, ax
        mov     es, ax
        mov     ss, ax
        mov     esp, 0x7C00
"""
_SECOND = "db 'second sector', 0\ntimes 512 - ($ - second) db 0\n"

LOADERS = {
    "one that runs in segment 07C0": """
bits 16
org 0
        jmp     0x7C0:begin
begin:  mov     ax, cs
        mov     ds, ax
        mov     ax, 3
        int     0x10
        mov     si, text
        call    print
        cli
        hlt
text:   db      "here", 13, 10, "and there", 0
"""
    + _PRINT
    + _END,
    "one that reads by cylinder, head and sector": _BEGIN
    + """
        mov     ah, 0
        mov     dl, [drive]
        int     0x13
        mov     ax, 0x0201
        mov     bx, second
        mov     cx, 2
        mov     dh, 0
        mov     dl, [drive]
        int     0x13
        jc      $
        mov     si, second
        call    print
        cli
        hlt
"""
    + _PRINT
    + _END
    + "second: "
    + _SECOND,
    "one that reads by number": _BEGIN
    + """
        mov     si, packet
        mov     ah, 0x42
        mov     dl, [drive]
        int     0x13
        jc      $
        mov     si, second
        call    print
        cli
        hlt
packet: db      16, 0
        dw      1, second, 0
        dq      1
"""
    + _PRINT
    + _END
    + "second: "
    + _SECOND,
    "one that moves itself away and loads the active partition": """
bits 16
org 0x0600
        cld
        xor     ax, ax
        mov     ss, ax
        mov     sp, 0x7C00
        mov     ds, ax
        mov     es, ax
        mov     si, 0x7C00
        mov     di, 0x0600
        mov     cx, 256
        rep movsw
        jmp     0:moved
moved:  mov     si, 0x07BE
.next:  test    byte [si], 0x80
        jnz     .found
        add     si, 16
        jmp     .next
.found: mov     ax, [si + 8]
        mov     [packet + 8], ax
        mov     si, packet
        mov     ah, 0x42
        int     0x13
        jmp     0:0x7C00
packet: db      16, 0
        dw      1, 0x7C00, 0
        dq      0
times 446 + 16 - ($ - $$) db 0
        db      0x80, 0, 2, 0, 1, 0, 2, 0
        dd      1, 1
times 510 - ($ - $$) db 0
        dw      0xAA55
        mov     ax, 3
        int     0x10
        mov     ax, 0x0E50
        int     0x10
        cli
        hlt
times 1024 - ($ - $$) db 0
""",
    "one that reads the disk at its ports, in protected mode": _BEGIN
    + _TO_PROTECTED
    + """
        mov     dx, 0x1F7
.ready: in      al, dx
        and     al, 0xC0
        cmp     al, 0x40
        jne     .ready
        mov     ebx, wanted
        mov     dx, 0x1F2
.tell:  mov     al, [ebx]
        out     dx, al
        inc     ebx
        inc     dx
        cmp     dx, 0x1F8
        jb      .tell
        dec     dx
.wait:  in      al, dx
        and     al, 0xC8
        cmp     al, 0x48
        jne     .wait
        mov     edi, 0x100000
        mov     dx, 0x1F0
        mov     ecx, 128
        cld
        rep insd
        mov     esi, 0x100000
        mov     edi, 0xB8000
        mov     ah, 0x1F
.show:  lodsb
        test    al, al
        jz      .end
        stosw
        jmp     .show
.end:   hlt
wanted: db      1, 1, 0, 0, 0xE0, 0x20
drive:  db      0
"""
    + _GDT
    + _END
    + "second: "
    + _SECOND,
    "one that waits for ticks of the clock": _BEGIN
    + """
        sti
        mov     cx, 3
again:  mov     ax, [0x46C]
.same:  cmp     ax, [0x46C]
        je      .same
        mov     ax, 0x0E2E
        int     0x10
        loop    again
        cli
        hlt
drive:  db      0
"""
    + _END,
    "one that asks for the ticks, and waits by INT 15h": _BEGIN
    + """
        mov     ah, 0
        int     0x1A
        mov     bx, dx
.same:  mov     ah, 0
        int     0x1A
        cmp     bx, dx
        je      .same
        mov     cx, 0
        mov     dx, 1000
        mov     ah, 0x86
        int     0x15
        mov     si, done
        call    print
        cli
        hlt
done:   db      "done", 0
"""
    + _PRINT
    + _END,
    "one with a handler for the timer": _BEGIN
    + """
        cli
        mov     word [4 * 0x1C], tick
        mov     word [4 * 0x1C + 2], 0
        sti
.wait:  hlt
        cmp     byte [count], 4
        jb      .wait
        cli
        hlt
tick:   pusha
        mov     ax, 0x0E74
        int     0x10
        inc     byte [cs:count]
        popa
        iret
count:  db      0
drive:  db      0
"""
    + _END,
    "one that reprograms interrupt controller and timer in protected mode": _BEGIN
    + """
        mov     di, 0x2000 + 8 * 0x20
        mov     word [di], tick
        mov     word [di + 2], 8
        mov     word [di + 4], 0x8E00
        mov     word [di + 6], 0
"""
    + _TO_PROTECTED
    + """
        lidt    [idtr]
        mov     esi, program
        mov     ecx, 13
.next:  lodsw
        movzx   edx, al
        mov     al, ah
        out     dx, al
        loop    .next
        mov     edi, 0xB8000
        sti
.wait:  hlt
        cmp     edi, 0xB8000 + 2 * 3
        jb      .wait
        cli
        hlt
tick:   push    eax
        mov     ax, 0x0754
        stosw
        mov     al, 0x20
        out     0x20, al
        pop     eax
        iretd
program: db     0x20, 0x11, 0xA0, 0x11, 0x21, 0x20, 0xA1, 0x28, 0x21, 4, 0xA1, 2, 0x21, 1, 0xA1, 1
        db      0x21, 0xFE, 0xA1, 0xFF, 0x43, 0x36, 0x40, 0x9B, 0x40, 0x2E
idtr:   dw      8 * 0x21 - 1
        dd      0x2000
drive:  db      0
"""
    + _GDT
    + _END,
    "one in unreal mode": _BEGIN
    + """
        cli
        lgdt    [gdtr]
        mov     eax, cr0
        or      al, 1
        mov     cr0, eax
        mov     bx, 0x10
        mov     fs, bx
        and     al, 0xFE
        mov     cr0, eax
        mov     edi, 0x200000
        mov     byte [fs:edi], 'U'
        mov     al, [fs:edi]
        mov     ah, 0x0E
        int     0x10
        cli
        hlt
drive:  db      0
"""
    + _GDT
    + _END,
    "one that goes to long mode at once": _BEGIN
    + """
        cli
        mov     edi, 0x1000
        mov     ecx, 0xC00
        xor     eax, eax
        rep stosd
        mov     dword [0x1000], 0x2003
        mov     dword [0x2000], 0x3003
        mov     dword [0x3000], 0x83
        mov     eax, 0x1000
        mov     cr3, eax
        mov     eax, 0xA0
        mov     cr4, eax
        mov     ecx, 0xC0000080
        rdmsr
        or      eax, 0x100
        wrmsr
        mov     eax, cr0
        or      eax, 0x80000001
        mov     cr0, eax
        lgdt    [gdtr]
        jmp     0x18:long
bits 64
long:   mov     rax, 0x1F6E1F6F1F6C
        mov     [0xB8000], rax
        mov     dword [0xB8006], 0x1F67
        hlt
drive:  db      0
"""
    + _GDT
    + _END,
    "one that writes to the screen itself, in 40 columns": _BEGIN
    + """
        mov     ax, 1
        int     0x10
        mov     ax, 0xB800
        mov     es, ax
        mov     di, 2 * 40 * 2
        mov     ax, 0x4E01
        mov     cx, 5
        rep stosw
        mov     dx, 0x3D4
        mov     al, 0x0F
        out     dx, al
        inc     dx
        in      al, dx
        mov     ah, 0x4E
        add     al, 'a'
        stosw
        cli
        hlt
drive:  db      0
"""
    + _END,
    "one that calls the old handler of INT 10h": _BEGIN
    + """
        mov     eax, [4 * 0x10]
        mov     [old], eax
        cli
        mov     word [4 * 0x10], hook
        mov     word [4 * 0x10 + 2], 0
        sti
        mov     ax, 0x0E61
        int     0x10
        int     0x10
        cli
        hlt
hook:   inc     al
        pushf
        call far [cs:old]
        iret
old:    dd      0
drive:  db      0
"""
    + _END,
}
