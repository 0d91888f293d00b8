; console.asm -- prints text, with a BIOS and without one
;
; In real mode the BIOS does it. In long mode nobody does: the text goes to the
; first serial port, which is ready as the BIOS left it.

%ifndef CONSOLE
%define CONSOLE

        global  text_print
        global  port_print

TELETYPE        equ     0x0E
SERIAL_DATA     equ     0x3F8
SERIAL_STATUS   equ     0x3FD
SERIAL_EMPTY    equ     0x20
SERIAL_TRIES    equ     1000

        bits    16

; text_print -- print by the BIOS
;
; IN        SI = text that ends in 0, DF = upwards, 0..0
; OUT       nothing
; FLAGS     undefined
; CLOBBERS  nothing
; WRITES    nothing
; STACK     18 bytes
text_print:
        pusha

.next:
        lodsb
        test    al, al
        jz      .done
        mov     ah, TELETYPE
        mov     bx, 7                   ; page 0, grey
        push    si
        int     0x10
        pop     si
        jmp     .next

.done:
        popa
        ret


        bits    64

; port_print -- print by the serial port
;
; IN        RSI = text that ends in 0, DF = upwards, 0..0
; OUT       nothing
; FLAGS     undefined
; CLOBBERS  RAX, RCX, RDX, RSI
; WRITES    nothing
; STACK     nothing
port_print:
        lodsb
        test    al, al
        jz      .done
        mov     ah, al
        mov     dx, SERIAL_STATUS
        mov     ecx, SERIAL_TRIES

.wait:
        in      al, dx
        test    al, SERIAL_EMPTY
        loopz   .wait
        mov     al, ah
        mov     dx, SERIAL_DATA
        out     dx, al
        jmp     port_print

.done:
        ret

%endif
