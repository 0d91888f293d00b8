; Protected mode: tables, an interrupt stub, scaled addresses.
        [bits 32]
        [org 0x100000]
        global  entry
VIDEO   equ     0xB8000
COLUMNS equ     80
GATE    equ     8E00h
entry:  mov     ax, 0x10
        mov     ds, eax
        mov     esp, stack.top
        lidt    [idtr]
        mov     edi, VIDEO + 2*COLUMNS*3 + (2*10)
        mov     ecx, message.end - message
        mov     esi, message
.write: lodsb
        mov     ah, 0b0001_1111
        mov     [edi], ax
        add     edi, 2
        dec     ecx
        jnz     .write
        mov     eax, [esi+ecx*4+table-2]
        mov     eax, [ecx*4+table]
        mov     edx, [eax*2+eax]
        mov     edx, [eax*5+1]
        mov     byte [ebp+ecx], -1
        mov     word [esp+8], 1 << 4 | 3
        and     dword [esp], ~0FFFh
        imul    eax, ecx, 100
        cmp     eax, 1000
        ja      near entry
        push    dword table
        push    byte 5
        push    200
        call    isr
        add     esp, 12
        bt      [table], eax
        jmp     $
isr:    pushad
        mov     al, 20h
        out     20h, al
        popad
        iretd
        align   16
table:  dd      entry, isr, $-table, message
idtr:   dw      2*8-1
        dd      idt
idt:    dw      0, 8, GATE, 0
        dq      0x1234_5678_9ABC_DEF0
message db      'protected', 0
.end:
        align   4, db 0
        times   3 dw 0xFFFF
section .bss
        alignb  16
        resb    4096
stack.top:
