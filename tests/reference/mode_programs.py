"""Programs that change the mode they run in: every recorder must write them down alike."""

from __future__ import annotations

_TABLES = """
bits 16
align 8
gdt:    dq 0
        dq 0x00cf9b000000ffff           ; 08 code 32
        dq 0x00cf93000000ffff           ; 10 data
        dq 0x00af9b000000ffff           ; 18 code 64
        dq 0x00009b000000ffff           ; 20 code 16
        dq 0x000093000000ffff           ; 28 data 16
        dq 0x00cf93030000ffff           ; 30 data at 30000h
gdtr:   dw $ - gdt - 1
        dd gdt
"""

# Every mode and back: real, protected 16 and 32, paging, compatibility and long mode.
_UP = """
bits 16
org 0x8000
f:      cli
        lgdt [gdtr]
        mov eax, cr0
        or al, 1
        mov cr0, eax
        mov bx, 0x10
        jmp 8:.in32
bits 32
.in32:  mov ds, bx
        mov es, bx
        mov ss, bx
        push eax
        pop ecx
"""
_DOWN = """
        jmp 0x20:.in16
bits 16
.in16:  mov ax, 0x28
        mov ds, ax
        mov es, ax
        mov ss, ax
        mov eax, cr0
        and eax, 0x7ffffffe
        mov cr0, eax
        jmp 0:.real
.real:  xor ax, ax
        mov ds, ax
        mov es, ax
        mov ss, ax
        mov ax, [gdtr]
        ret
"""
_PAGED_32 = """
        mov dword [0x20000], 0x83               ; 4 MiB pages: 0 as it is, 400000h and 800000h exchanged
        mov dword [0x20004], 0x800083
        mov dword [0x20008], 0x400083
        mov dword [0x20ffc], 0x000083           ; the last 4 MiB are the first
        mov eax, 0x20000
        mov cr3, eax
        mov eax, cr4
        or al, 0x10
        mov cr4, eax
        mov eax, cr0
        bts eax, 31
        mov cr0, eax
        mov dword [0x400010], 0x11223344
        mov eax, [0x800010]
        mov eax, [0x400010]
        mov esi, 0x400010
        mov edi, 0x800020
        mov ecx, 6
        rep movsb
        mov ecx, 3
        std
        mov edi, 0xffc30008
        rep stosd
        cld
        push dword [0x400010]
        pop dword [0x800030]
        mov eax, [0x7ffffe]
        mov [0x7ffffe], ecx
        mov ax, 0x30
        mov fs, ax
        mov dword [fs:0x3d0000], 5
        inc dword [fs:ecx*4 + esi + 0x10]
        bts dword [0x400010], 7
        mov ecx, 0x403
        bt [esi], ecx
        cmpsb
        mov bx, 0
        mov ebx, 0x400000
        xlatb
        call .there + 0xffc00000
        mov eax, cr0
        btr eax, 31
        mov cr0, eax
        jmp .on
.there: nop
        mov eax, [0xffc20000]
        ret
.on:    mov ecx, cr3
        mov cr3, ecx
"""
_LONG = """
        mov dword [0x21000], 0x22003
        mov dword [0x22000], 0x23003
        mov dword [0x23000], 0x83               ; 2 MiB pages: 200000h lies at 600000h and the other way round
        mov dword [0x23008], 0x600083
        mov dword [0x23018], 0x200083
        mov dword [0x23010], 0x400083
        mov eax, 0x21000
        mov cr3, eax
        mov eax, cr4
        or al, 0x20
        mov cr4, eax
        mov ecx, 0xc0000080
        rdmsr
        bts eax, 8
        wrmsr
        mov eax, cr0
        bts eax, 31
        mov cr0, eax
        nop
        jmp 0x18:.in64
bits 64
.in64:  mov rax, 0x123456789abcdef0
        mov [0x200000], rax
        mov rbx, [0x600000]
        mov [0x3ffffc], rax
        mov rcx, [0x3ffffc]
        mov [0x5ffffd], eax
        movdqu xmm0, [0x3ffff8]
        movdqu [0x3ffff4], xmm0
        push rax
        mov ecx, 0xc0000101
        mov eax, 0x200000
        xor edx, edx
        wrmsr
        mov [gs:0x18], rax
        lock xadd [gs:rsp - 0x7000], rax
        enter 8, 1
        leave
        pop rax
        sgdt [0x600100]
        sub rsp, 16
        mov dword [rsp + 4], 8
        mov dword [rsp], .back
        jmp far dword [rsp]
bits 32
.back:  mov eax, cr0
        btr eax, 31
        mov cr0, eax
        nop
        add esp, 16
        mov ecx, 0xc0000080
        rdmsr
        btr eax, 8
        wrmsr
"""
# One address in two modes: what is 16-bit code at first is 32-bit code later.
_TWICE = """
        call .both
        jmp .on
.both:  db 0xb8, 1, 0, 0x40, 0xc3               ; mov eax, 0xc3400001 or mov ax, 1; inc ax; ret
        db 0, 0, 0xc3
.on:
"""
_BOTH = """
bits 16
org 0x8000
f:      lgdt [gdtr]
        call both
        mov eax, cr0
        or al, 1
        mov cr0, eax
        jmp 8:.in32
bits 32
.in32:  call both
        call both
"""
_CODE_OF_BOTH = """
bits 16
both:   mov ax, 0x9090                          ; as 32-bit code: mov eax, 0x40409090
        inc ax
        inc ax
        ret
"""

MODE_PROGRAMS = {
    "protected mode and back": _UP + _DOWN + _TABLES,
    "paging and back": _UP + _PAGED_32 + _DOWN + _TABLES,
    "long mode and back": _UP + _LONG + _DOWN + _TABLES,
    "long mode twice": _UP + _LONG + _LONG.replace(".in64", ".again").replace(".back", ".last") + _DOWN + _TABLES,
    "one address in two modes": _BOTH + _DOWN + _CODE_OF_BOTH + _TABLES,
    "another segment": """
bits 16
org 0x8000
f:      mov ax, 0x1234
        mov es, ax
        mov word [es:0x10], 0x5678
        mov dx, [es:0x10]
        push cs
        push word .on
        push word 0x800
        push word .far - 0x8000
        retf
.far:   nop
        retf
.on:    ret
""",
}
"""By what they do; each begins at ``f`` and returns in real mode."""
