; big real mode
bits 16
org 0x7c00
start:  xor ax, ax
        mov ds, ax
        mov ss, ax
        mov sp, 0x9c00
        cli
        push ds
        lgdt [gdtinfo]
        mov eax, cr0
        or al, 1
        mov cr0, eax
        jmp 0x8:pmode
pmode:  mov bx, 0x10
        mov ds, bx
        and al, 0xFE
        mov cr0, eax
        jmp 0x0:unrealm
unrealm: pop ds
        sti
        mov bx, 0x0f01
        mov eax, 0x0b8000
        mov word [ds:eax], bx
        mov edi, 0x200000
        mov dword [edi], 0xcafebabe
        cmp dword [edi], 0xcafebabe
        jne $
        cli
        hlt
gdtinfo: dw gdt_end - gdt - 1
        dd gdt
gdt:    dd 0, 0
codedesc: db 0xff, 0xff, 0, 0, 0, 10011010b, 00000000b, 0
flatdesc: db 0xff, 0xff, 0, 0, 0, 10010010b, 11001111b, 0
gdt_end:
times 510-($-$$) db 0
dw 0xAA55
