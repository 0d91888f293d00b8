; intcall.asm -- calls any interrupt of the BIOS with all registers of choice
;
; INT takes its number from the instruction's own second byte: a number that
; is known only when the program runs has to be written there. All registers
; come from a block in memory, and go to one:
;
;       +0      EDI     +16     EBX     +32     GS, FS: two words
;       +4      ESI     +20     EDX     +36     ES, DS: two words
;       +8      EBP     +24     ECX     +40     EFLAGS
;       +12     unused  +28     EAX
;
; That is the order in which PUSHAD and the pushes before it leave them.
;
; It is called as GCC calls a function compiled with -m16 -mregparm=3: the
; arguments in EAX, EDX, ECX, a return address of 32 bits (call dword).

%ifndef INTCALL
%define INTCALL

        bits    16

        global  int_call

CALL_EDI        equ     0
CALL_ESI        equ     4
CALL_EBP        equ     8
CALL_EBX        equ     16
CALL_EDX        equ     20
CALL_ECX        equ     24
CALL_EAX        equ     28
CALL_GS         equ     32
CALL_FS         equ     34
CALL_ES         equ     36
CALL_DS         equ     38
CALL_EFLAGS     equ     40
CALL_SIZE       equ     44
CALL_DWORDS     equ     CALL_SIZE / 4

; int_call -- call an interrupt with the registers of one block, fill another
;
; Both blocks lie in the segment that DS, ES and SS share.
;
; IN        EAX = number of the interrupt, 0..255,
;           EDX = address of the block that the interrupt gets,
;           ECX = address of the block for what it answers, or 0
; OUT       nothing
; FLAGS     preserved
; CLOBBERS  nothing
; WRITES    44 bytes from ECX
; STACK     84 bytes
int_call:
        pushfd
        push    fs
        push    gs
        pushad
        mov     byte [cs:.number], al   ; the next INT is this one
        jmp     .patched                ; and the processor fetches it anew

.patched:
        sub     sp, CALL_SIZE           ; a copy of the block, on the stack
        mov     si, dx
        mov     di, sp
        mov     cx, CALL_DWORDS
        cld
        rep movsd
        popad                           ; each POP takes its register from it
        pop     gs
        pop     fs
        pop     es
        pop     ds
        popfd

        db      0xCD                    ; INT
.number:
        db      0

        pushfd                          ; the same, backwards
        push    ds
        push    es
        push    fs
        push    gs
        pushad
        mov     bp, sp                  ; BP = the answer, on the stack
        mov     ax, ss
        mov     ds, ax
        mov     es, ax
        mov     di, word [bp + CALL_SIZE + CALL_ECX]
        test    di, di
        jz      .done
        mov     si, bp
        mov     cx, CALL_DWORDS
        cld
        rep movsd

.done:
        add     sp, CALL_SIZE
        popad
        pop     gs
        pop     fs
        popfd
        o32 ret

%endif
