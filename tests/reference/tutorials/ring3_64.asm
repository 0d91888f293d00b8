; long mode with an IDT, a TSS, and user code of 64 bits
        bits 16
        org 0x7c00
%define KCODE 0x08
%define KDATA 0x10
%define UDATA 0x1b
%define UCODE 0x23
%define TSSS  0x28
%define P4 0x1000
%define P3 0x2000
%define P2 0x3000
%define IDT64 0x5000
%define TSS64 0x6000
boot:   cli
        cld
        xor ax, ax
        mov ds, ax
        mov es, ax
        mov ss, ax
        mov sp, 0x7c00
        mov di, P4
        mov cx, 0x6000 / 2
        rep stosw
        mov dword [P4], P3 | 7
        mov dword [P3], P2 | 7
        mov dword [P2], 0x87
        mov eax, 0xa0
        mov cr4, eax
        mov eax, P4
        mov cr3, eax
        mov ecx, 0xc0000080
        rdmsr
        bts eax, 8
        wrmsr
        lgdt [gdt.ptr]
        mov eax, cr0
        or eax, 0x80000001
        mov cr0, eax
        jmp KCODE:long64
        bits 64
long64: mov eax, KDATA
        mov ds, eax
        mov es, eax
        mov ss, eax
        mov rsp, 0x7c00
        mov qword [TSS64 + 4], 0x80000
        mov rax, TSS64
        mov [gdt.tss + 2], ax
        mov ax, TSSS
        ltr ax
        mov edi, IDT64 + 0x80 * 16
        mov rax, gate80
        call install
        mov byte [IDT64 + 0x80 * 16 + 5], 0xee
        mov edi, IDT64 + 13 * 16
        mov rax, gp
        call install
        mov edi, IDT64 + 14 * 16
        mov rax, pf
        call install
        lidt [idt.ptr]
        push UDATA
        push 0x70000
        push 0x2
        push UCODE
        push user
        iretq
install:
        mov [rdi], ax
        mov word [rdi + 2], KCODE
        mov word [rdi + 4], 0x8e00
        shr rax, 16
        mov [rdi + 6], ax
        shr rax, 16
        mov [rdi + 8], eax
        ret
user:   mov rbx, 5
        int 0x80
        mov rbx, 6
        int 0x80
        jmp $
gate80: push rax
        inc byte [n]
        cmp byte [n], 2
        pop rax
        je fin
        iretq
fin:    hlt
        jmp fin
gp:     add rsp, 8
        mov byte [0xb8000], 'G'
        cli
        hlt
pf:     add rsp, 8
        mov byte [0xb8000], 'P'
        cli
        hlt
n:      db 0
        align 8
gdt:    dq 0
        dq 0x00209A0000000000
        dq 0x0000920000000000
        dq 0x0000F20000000000
        dq 0x0020FA0000000000
.tss:   dq 0x0000890000000067
        dq 0
.ptr:   dw $ - gdt - 1
        dd gdt
idt:
.ptr:   dw 0x81 * 16 - 1
        dq IDT64
        times 510-($-$$) db 0
        dw 0xaa55
