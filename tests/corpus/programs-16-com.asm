[bits 16]
[org 100h]
%define DOS int 21h
%define LENGTH(first, last) (last - first)
section .text
main:
        mov     ah, 9
        mov     dx, text
        DOS
        mov     cx, LENGTH(text, text.end)
        mov     si, text
        mov     di, buffer
.copy   lodsb
        xor     al, 'a' ^ 'A'
        es stosb
        loop    .copy
        mov     word [fs:bx+si], text.end
        mov     ax, [es:di]
        mov     bx, [bp+si-0x7f]
        mov     bx, [bp+di+0x80]
        mov     ax, [cs:table+bx]
        lea     bx, [table+2*3]
        jmp     [table+bx]
        call    far [vector]
        jmp     0xF000:0xFFF0
        mov     ax, 4C00h
        DOS
section .data
text    db      'some text', 13, 10, '$'
.end:
table:  dw      main, main.copy, $, $$, table.end-table
.end
vector: dw      0, 0x40
section .bss
buffer: resb    64
count:  resw    1
