; 32-bit paging, kernel half at C0000000
        [bits 16]
        [org 0x7c00]
        KERNEL_VIRT equ 0xC0000000
        PD equ 0x9000
        PT0 equ 0xA000
boot:   cli
        xor ax, ax
        mov ds, ax
        mov es, ax
        mov ss, ax
        mov sp, 0x7c00
        in al, 0x92
        or al, 2
        out 0x92, al
        lgdt [gdtr]
        mov eax, cr0
        or al, 1
        mov cr0, eax
        jmp dword 0x08:pmode
        [bits 32]
pmode:  mov ax, 0x10
        mov ds, ax
        mov es, ax
        mov ss, ax
        mov esp, 0x9000
        call clear_pd
        call fill_pt
        mov dword [PD], PT0 + 3
        mov dword [PD + (KERNEL_VIRT >> 22) * 4], PT0 + 3
        mov dword [PD + 1023 * 4], PD + 3
        mov eax, PD
        mov cr3, eax
        mov eax, cr0
        or eax, 0x80000000
        mov cr0, eax
        lea eax, [KERNEL_VIRT + higher_half]
        jmp eax
higher_half:
        add esp, KERNEL_VIRT
        mov dword [PD + KERNEL_VIRT], 0
        mov eax, cr3
        mov cr3, eax
        mov eax, [0xFFFFF000]
        push eax
        mov dword [KERNEL_VIRT + 0xB8000], 0x2f4b2f4f
        hlt
clear_pd:
        mov edi, PD
        mov ecx, 1024
        xor eax, eax
        rep stosd
        ret
fill_pt:
        mov edi, PT0
        mov eax, 0x003
        mov ecx, 1024
.l:     mov [edi], eax
        add eax, 4096
        add edi, 4
        dec ecx
        jnz .l
        ret
        align 4
gdt:    dd 0, 0
        db 0xff, 0xff, 0, 0, 0, 0x9a, 0xcf, 0
        db 0xff, 0xff, 0, 0, 0, 0x92, 0xcf, 0
gdtr:   dw 23
        dd gdt
        times 510-($-$$) db 0
        dw 0xaa55
