; pool.asm -- routines with one defect each, for the messages that name it

        bits    64

; take -- take pages from the top, one byte too many is marked
; IN        RCX = number of pages
; OUT       RAX = address of the lowest
; CLOBBERS  nothing
; WRITES    os_MemoryMap[0..131071]
; STACK     24 bytes
take:
        push    rcx
        push    rdi
        mov     eax, [os_MemAmount]
        shr     eax, 1                  ; pages in the machine
        sub     rax, rcx
        mov     rdi, rax
        dec     rdi                     ; one page too low
        add     rdi, os_MemoryMap
        inc     rcx                     ; one page too many
        push    rax
        mov     al, 2
        rep     stosb
        pop     rax
        shl     rax, 20                 ; pages are 2 MiB, not 1
        pop     rdi
        pop     rcx
        ret

; spoil -- give back another register than the caller's
; OUT       nothing
; CLOBBERS  nothing
spoil:
        push    rbx
        push    rdx
        mov     rbx, 7
        mov     rdx, 8
        pop     rbx                     ; the wrong way round
        pop     rdx
        ret

; fall -- read where there is no memory
; OUT       RAX = what lies there
fall:
        mov     rbx, 0x7000000000
        mov     rax, [rbx]
        ret

; count -- add the bytes of a table
; OUT       EAX = their sum
sum:
        xor     eax, eax
        mov     rsi, table
        mov     ecx, 5                  ; the table has four
.next:
        movzx   edx, byte [rsi]
        add     eax, edx
        inc     rsi
        dec     ecx
        jnz     .next
        mov     [total], eax
        stc
        ret

twice:
        call    sum
        call    sum
        ret

table:  db      1, 2, 3, 4
        db      100
total:  dd      0
