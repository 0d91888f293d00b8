; real mode: own service on INT 21h and a timer hook
bits 16
org 0x7c00
        jmp 0:go
go:     cli
        xor ax, ax
        mov ds, ax
        mov es, ax
        mov ss, ax
        mov sp, 0x7c00
        mov word [0x21*4], service
        mov word [0x21*4+2], cs
        mov eax, [0x1c*4]
        mov [old], eax
        mov word [0x1c*4], tick
        mov word [0x1c*4+2], 0
        sti
        mov ah, 2
        mov dl, 'A'
        int 0x21
.wait:  hlt
        cmp word [count], 2
        jb .wait
        cli
        hlt
service:
        cmp ah, 2
        jne .no
        push ax
        mov al, dl
        mov ah, 0x0e
        int 0x10
        pop ax
.no:    iret
tick:   push ds
        push ax
        xor ax, ax
        mov ds, ax
        inc word [count]
        pop ax
        pop ds
        jmp far [cs:old]
count   dw 0
old     dd 0
times 510-($-$$) db 0
dw 0xAA55
