; protected mode with a timer: data before code
org 7C00h
bits 16
jmp short entry
gdtinfo: dw gdt_last - gdt_first - 1
         dd gdt_first
gdt_first: dq 0
k_code:  dw 0FFFFh, 0
         db 0, 9Ah, 0CFh, 0
k_data:  dw 0FFFFh, 0
         db 0, 92h, 0CFh, 0
gdt_last:
idtinfo: dw 256*8-1
         dd 20000h
ticks:   dd 0
entry:
    cli
    xor ax, ax
    mov ds, ax
    mov ss, ax
    mov sp, 7C00h
    in al, 92h
    or al, 2
    out 92h, al
    lgdt [gdtinfo]
    mov eax, cr0
    inc ax
    mov cr0, eax
    jmp dword (k_code - gdt_first):pm
bits 32
pm: mov ax, k_data - gdt_first
    mov ds, ax
    mov es, ax
    mov fs, ax
    mov gs, ax
    mov ss, ax
    mov esp, 90000h
    ; the whole IDT: everything halts
    mov edi, 20000h
    mov ecx, 256
.gate:
    mov eax, bad
    mov [edi], ax
    mov word [edi+2], k_code - gdt_first
    mov word [edi+4], 8E00h
    shr eax, 16
    mov [edi+6], ax
    add edi, 8
    loop .gate
    mov eax, timer
    mov [20000h + 20h*8], ax
    shr eax, 16
    mov [20000h + 20h*8 + 6], ax
    lidt [idtinfo]
    mov al, 11h
    out 20h, al
    out 0A0h, al
    mov al, 20h
    out 21h, al
    mov al, 28h
    out 0A1h, al
    mov al, 4
    out 21h, al
    mov al, 2
    out 0A1h, al
    mov al, 1
    out 21h, al
    out 0A1h, al
    mov al, 0FEh
    out 21h, al
    mov al, 0FFh
    out 0A1h, al
    mov al, 36h
    out 43h, al
    mov ax, 11932
    out 40h, al
    mov al, ah
    out 40h, al
    sti
.wait:
    hlt
    cmp dword [ticks], 3
    jb .wait
    cli
    hlt
    jmp $
timer:
    push eax
    inc dword [ticks]
    mov al, 20h
    out 20h, al
    pop eax
    iretd
bad:
    cli
    mov word [0B8000h], 4F21h
    hlt
    jmp $
times 510-($-$$) db 0
dw 0AA55h
