; world_driver.asm -- call one routine in many worlds, and keep what is unlike
;
; Assembled far from the routine, with these names given from outside:
;
;       routine         what is called
;       os_MemoryMap    where 16 bytes of page map are laid before a call
;       world_end       qword: behind the last case
;       world_log       qword: where the next unlike case goes
;       world_log_end   qword: behind the room for them
;       world_stack     qword: this routine's own
;
;       case    +0    pages before (16 bytes, as all pages here)
;               +16   request (byte)            what is expected after it:
;               +17   status (byte)
;               +20   RAX (dword, for all 64 bits)
;               +24   pages
;       unlike  +0    address of the case (qword), and what came:
;               +8    RAX (qword)
;               +16   pages
;               +32   status (qword)
;
; The status is ZF in bit 0, DF in bit 1, and bit 2
; where a register was not preserved: all but RAX and the flags have to be.
;
; A store costs the engine ten times as much as a load. So nothing is stored
; for a case that is as expected: the flags are read without a stack, pages
; are laid only where they differ, and the place in the table is kept in two
; registers, R14 and its complement R15: a routine that changes one of them
; ends the run, and is found that way.

        bits    64

CASE_SIZE       equ     40              ; bytes
UNLIKE_SIZE     equ     40              ; bytes

FILL_RBX        equ     -0x11111111     ; odd, distinct, and 64 bits wide
FILL_RDX        equ     -0x12121213
FILL_RSI        equ     -0x13131315
FILL_RDI        equ     -0x14141417
FILL_RBP        equ     -0x15151519
FILL_R8         equ     -0x1616161b
FILL_R9         equ     -0x1717171d
FILL_R10        equ     -0x1818181f
FILL_R11        equ     -0x19191921
FILL_R12        equ     -0x1a1a1a23
FILL_R13        equ     -0x1b1b1b25


; world_driver -- make the calls of all cases
;
; IN        R14 = the first case, R15 = its complement
; OUT       R14 = the case behind the last, R15 = its complement
; FLAGS     undefined
; CLOBBERS  RAX, RBX, RCX, RDX, RSI, RDI, RBP, R8, R9, R10, R11, R12, R13
; WRITES    os_MemoryMap[0..15], the log, world_log, world_stack
; STACK     4096 bytes
world_driver:
        mov     [world_stack], rsp

.next:
        mov     rax, [r14]
        cmp     rax, [os_MemoryMap]
        je      .low_is_laid
        mov     [os_MemoryMap], rax
.low_is_laid:
        mov     rax, [r14 + 8]
        cmp     rax, [os_MemoryMap + 8]
        je      .high_is_laid
        mov     [os_MemoryMap + 8], rax
.high_is_laid:
        movzx   ecx, byte [r14 + 16]
        mov     rbx, FILL_RBX
        mov     rdx, FILL_RDX
        mov     rsi, FILL_RSI
        mov     rdi, FILL_RDI
        mov     rbp, FILL_RBP
        mov     r8, FILL_R8
        mov     r9, FILL_R9
        mov     r10, FILL_R10
        mov     r11, FILL_R11
        mov     r12, FILL_R12
        mov     r13, FILL_R13
        call    routine

        movq    xmm0, rax               ; as yet nothing may touch the flags
        movq    xmm1, rsi
        mov     esi, world_stack
        lodsb                           ; steps up or down, as DF says
        setz    al
        cld
        movzx   eax, al
        sub     rsi, world_stack + 1    ; RSI = 0 for up, -2 for down
        and     esi, 2
        or      eax, esi                ; RAX = the status, but for bit 2

        mov     rsi, r14
        xor     rsi, r15
        not     rsi
        test    rsi, rsi
        jnz     .lost

        movq    rsi, xmm1
        xor     rbx, FILL_RBX
        xor     rdx, FILL_RDX
        or      rbx, rdx
        movzx   edx, byte [r14 + 16]
        xor     rcx, rdx
        or      rcx, rbx                ; RCX collects what was not preserved
        xor     rsi, FILL_RSI
        or      rcx, rsi
        xor     rdi, FILL_RDI
        or      rcx, rdi
        xor     rbp, FILL_RBP
        or      rcx, rbp
        xor     r8, FILL_R8
        or      rcx, r8
        xor     r9, FILL_R9
        or      rcx, r9
        xor     r10, FILL_R10
        or      rcx, r10
        xor     r11, FILL_R11
        or      rcx, r11
        xor     r12, FILL_R12
        or      rcx, r12
        xor     r13, FILL_R13
        or      rcx, r13
        mov     rdx, [world_stack]
        xor     rsp, rdx
        or      rcx, rsp
        mov     rsp, rdx
        neg     rcx                     ; CF = 1 when anything was
        sbb     rcx, rcx
        and     ecx, 4
        or      rax, rcx                ; RAX = the status

        movq    rbx, xmm0               ; RBX = the routine's RAX
        mov     rcx, [os_MemoryMap]
        mov     rdx, [os_MemoryMap + 8]
        mov     esi, dword [r14 + 20]
        xor     rsi, rbx                ; RSI collects what is unlike
        mov     rdi, [r14 + 24]
        xor     rdi, rcx
        or      rsi, rdi
        mov     rdi, [r14 + 32]
        xor     rdi, rdx
        or      rsi, rdi
        movzx   edi, byte [r14 + 17]
        xor     rdi, rax
        or      rsi, rdi
        jnz     .unlike

.advance:
        add     r14, CASE_SIZE
        sub     r15, CASE_SIZE
        cmp     r14, [world_end]
        jb      .next
        ret

.unlike:
        mov     rdi, [world_log]
        cmp     rdi, [world_log_end]
        jae     .done                   ; no room: this case is made again
        mov     [rdi], r14
        mov     [rdi + 8], rbx
        mov     [rdi + 16], rcx
        mov     [rdi + 24], rdx
        mov     [rdi + 32], rax
        add     rdi, UNLIKE_SIZE
        mov     [world_log], rdi
        jmp     .advance

.lost:
        mov     rsp, [world_stack]
.done:
        ret
