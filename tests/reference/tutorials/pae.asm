; PAE without long mode, 2 MiB pages
bits 16
org 0x7c00
        cli
        xor ax, ax
        mov ds, ax
        mov ss, ax
        mov sp, 0x7c00
        lgdt [gp]
        mov eax, cr0
        or eax, 1
        mov cr0, eax
        jmp 8:p32
bits 32
p32:    mov ax, 16
        mov ds, ax
        mov es, ax
        mov ss, ax
        mov esp, 0x7c00
        PDPT equ 0x20000
        PDIR equ 0x21000
        mov edi, PDPT
        mov ecx, 0x2000 / 4
        xor eax, eax
        rep stosd
        mov dword [PDPT], PDIR | 1
        mov dword [PDIR], 0x83
        mov dword [PDIR + 8], 0x200083
        mov eax, cr4
        bts eax, 5
        mov cr4, eax
        mov eax, PDPT
        mov cr3, eax
        mov eax, cr0
        bts eax, 31
        mov cr0, eax
        jmp short .on
.on:    mov dword [0x300000], 'PAE!'
        cmp dword [0x300000], 'PAE!'
        jne .bad
        hlt
.bad:   jmp $
align 16
gt:     dq 0
        dq 0x00CF9A000000FFFF
        dq 0x00CF92000000FFFF
gp:     dw 23
        dd gt
times 510-($-$$) db 0
dw 0xAA55
