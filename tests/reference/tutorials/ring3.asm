; user mode with a struc for the TSS and for descriptors
        org 0x7c00
        bits 16
tss.esp0 equ 4
tss.ss0 equ 8
tss.iomap equ 102
tss_size equ 104
KCODE equ 0x08
KDATA equ 0x10
UCODE equ 0x18 | 3
UDATA equ 0x20 | 3
TSSSEL equ 0x28
MYTSS equ 0x500
idt equ 0x8000
begin:  cli
        cld
        xor ax, ax
        mov ds, ax
        mov es, ax
        mov ss, ax
        mov sp, 0x7c00
        lgdt [gdtptr]
        mov eax, cr0
        or eax, 1
        mov cr0, eax
        jmp KCODE:kernel32
        bits 32
kernel32:
        mov ax, KDATA
        mov ds, ax
        mov es, ax
        mov fs, ax
        mov gs, ax
        mov ss, ax
        mov esp, 0x7c00
        mov edi, MYTSS
        mov ecx, tss_size
        xor eax, eax
        rep stosb
        mov dword [MYTSS + tss.esp0], 0x7000
        mov dword [MYTSS + tss.ss0], KDATA
        mov word [MYTSS + tss.iomap], tss_size
        mov ax, TSSSEL
        ltr ax
        mov edi, idt
        mov ecx, 0x81
.fill:  mov dword [edi], (KCODE << 16) + fatal
        mov dword [edi + 4], 0x8e00
        add edi, 8
        loop .fill
        mov dword [idt + 13 * 8], (KCODE << 16) + fatal_code
        mov dword [idt + 0x80 * 8], (KCODE << 16) + syscall_entry
        mov dword [idt + 0x80 * 8 + 4], 0xee00
        lidt [idtptr]
        mov ax, UDATA
        mov ds, ax
        mov es, ax
        mov fs, ax
        mov gs, ax
        push UDATA
        push 0x6000
        pushfd
        push UCODE
        push userland
        iret
userland:
        mov eax, 42
        int 0x80
        mov ebx, 7
        int 0x80
        jmp $
syscall_entry:
        push ds
        push eax
        mov ax, KDATA
        mov ds, ax
        inc dword [calls]
        cmp dword [calls], 2
        je .stop
        pop eax
        pop ds
        iret
.stop:  hlt
        jmp .stop
fatal_code:
        add esp, 4
fatal:  hlt
        jmp fatal
calls:  dd 0
        align 8
gdt:    dq 0
        dw 0xffff, 0
        db 0, 0x9a, 0xcf, 0
        dw 0xffff, 0
        db 0, 0x92, 0xcf, 0
        dw 0xffff, 0
        db 0, 0xfa, 0xcf, 0
        dw 0xffff, 0
        db 0, 0xf2, 0xcf, 0
        dw tss_size - 1, MYTSS
        db 0, 0x89, 0, 0
gdtend:
gdtptr: dw gdtend - gdt - 1
        dd gdt
idtptr: dw 0x81 * 8 - 1
        dd idt
        times 510 - ($ - $$) db 0
        dw 0xaa55
