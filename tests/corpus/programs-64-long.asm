; Long mode: RIP-relative addresses, wide immediates, forward differences, local labels of other routines.
        bits    64
        default rel
        org     0x200000
%ifndef PAGES
%assign PAGES   512*2
%endif
%if PAGES > 1000 && PAGES <= 1024
%define KIND    'many'
%else
%define KIND    'few'
%endif
first:  lea     rdi, [bitmap]
        mov     rcx, [count]
        mov     rax, [abs first]
        mov     rdx, [fs:0x28]
        mov     r8, 0x1122334455667788
        mov     r9, first
        mov     r10d, -1
        mov     eax, second.inner
        test    rcx, rcx
        jz      second.inner
.scan:  cmp     byte [rdi+rcx-1], 1
        jne     .next
        inc     r9
.next:  dec     rcx
        jnz     .scan
        add     rsp, second.end-second
        sub     rsp, far_end-first
        cmp     qword [rsp+8], 0x7F
        cmp     dword [count], 0x80
        mov     [rel count], r9
        mov     rax, [rsi+r12*8+0x40]
        mov     rax, [r13+0]
        mov     rax, [r12]
        mov     rax, [rbp+r13*2]
        movzx   eax, byte [r8+rax]
        movsxd  rdx, dword [rdi]
        lock inc qword [count]
        lock cmpxchg [rdi], dl
        rep stosq
        jmp     first
second: push    rbx
        times   40 nop
.inner: pop     rbx
        ret
.end    equ     $
        align   32
        jmp     near first.scan
        jmp     far_end
        times   200 nop
        jrcxz   far_end
        call    qword [rax]
        jmp     [table+rax*8]
far_end:
        hlt
        section .data
bitmap: times   64 db 1, 2
count:  dq      PAGES, bitmap, -1
table:  dq      first, second, second.inner, $$
name:   db      KIND, 0, `tab\t\x7F`, "it's"
        dw      'ab', 'c'
        dt      1.5
        dd      3.14159, -0.0
