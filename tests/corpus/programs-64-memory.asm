; Expressions, numbers and sections.
        use64
one     equ     1
two     equ     one + one
later   equ     after - before
        section .rodata
list:   db      0x1F, 1Fh, $1F, 0h1F, 31, 0d31, 31d, 0t31, 37q, 37o, 0o37, 0q37, 11111b, 0b1_1111, 0y11111
        dw      1 + 2 * 3, (1 + 2) * 3, 7 / 2, 7 % 4, -7 // 2, -7 %% 4
        dd      1 << 4 | 2, 0xF0 & ~0x10 ^ 3, !0, !5, -one, +two, 5 - - 5
        dq      1 << 63, -1 >> 60, 'ABCDEFGH', later
        dw      3 > 2, 3 < 2, 3 = 3, 3 <> 3, 1 && 0, 1 || 0
        section .text
before: times   two nop
        mov     eax, later
        mov     al, two * 4
        mov     rbx, list
        mov     cl, [list + two]
        times   8 - ($ - before) % 8 nop
after:
        section .custom
        db      'custom'
        section .text
        jmp     custom_end
        times   3 jmp after
        section .custom
custom_end:
        dd      custom_end - $$
