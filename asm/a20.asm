; a20.asm -- makes memory above 1 MiB different from memory at 0
;
; The first PC had 20 address lines: 100000 was 0 again, and programs relied
; on it. Later ones keep line 20 low until somebody asks for it:
;
;       INT 15h, AX = 2401h     where the BIOS knows it
;       port 92                 bit 1, the fast way
;       keyboard controller     bit 1 of its output port, the first way

%ifndef A20
%define A20

        bits    16

        global  a20_enable

MIRROR_SEGMENT  equ     0xFFFF          ; FFFF:0010 is 100000, or 0
MIRROR_OFFSET   equ     0x10
FAST_PORT       equ     0x92
FAST_A20        equ     2               ; bit 0 would reset the machine
FAST_RESET      equ     1
KEYBOARD_DATA   equ     0x60
KEYBOARD_STATUS equ     0x64
KEYBOARD_BUSY   equ     2
KEYBOARD_WRITE  equ     0xD1            ; the next byte is for the output port
KEYBOARD_A20_ON equ     0xDF

; a20_enable -- turn address line 20 on, unless it is
;
; IN        DS = 0, 0..0
; OUT       nothing
; FLAGS     CF = 1 when it stays off
; CLOBBERS  nothing
; WRITES    nothing
; STACK     24 bytes
a20_enable:
        pusha
        call    a20_check
        jz      .done

        mov     ax, 0x2401
        int     0x15
        call    a20_check
        jz      .done

        in      al, FAST_PORT
        or      al, FAST_A20
        and     al, ~FAST_RESET & 0xFF
        out     FAST_PORT, al
        call    a20_check
        jz      .done

        call    keyboard_wait
        mov     al, KEYBOARD_WRITE
        out     KEYBOARD_STATUS, al
        call    keyboard_wait
        mov     al, KEYBOARD_A20_ON
        out     KEYBOARD_DATA, al
        call    keyboard_wait
        call    a20_check
        jz      .done
        popa
        stc
        ret

.done:
        popa
        clc
        ret


; a20_check -- see whether 1 MiB and 0 are two places
;
; IN        DS = 0, 0..0
; OUT       nothing
; FLAGS     ZF = 1 exactly when line 20 is on
; CLOBBERS  nothing
; WRITES    nothing
; STACK     6 bytes
a20_check:
        push    ax
        push    es
        mov     ax, MIRROR_SEGMENT
        mov     es, ax
        mov     ax, word [a20_word]
        not     word [es:a20_word + MIRROR_OFFSET]
        cmp     ax, word [a20_word]     ; did it change here too?
        pushf
        not     word [es:a20_word + MIRROR_OFFSET]
        popf
        pop     es
        pop     ax
        ret


; keyboard_wait -- wait until the keyboard controller takes a byte
;
; IN        nothing
; OUT       nothing
; FLAGS     undefined
; CLOBBERS  RAX, RCX
; WRITES    nothing
; STACK     nothing
keyboard_wait:
        xor     cx, cx                  ; 65536 times at most

.next:
        in      al, KEYBOARD_STATUS
        test    al, KEYBOARD_BUSY
        loopnz  .next
        ret


        align   2, db 0
a20_word:
        dw      0

%endif
