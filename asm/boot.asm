; boot.asm -- the boot sector: loads the bridge from the sectors after it
;
;       7C00    code and messages, at most 440 bytes
;       7DB8    disk signature and partition table: left alone
;       7DFE    55 AA
;
; The bridge says in its first sector how many sectors it has. They are read
; one by one, so that no track, no segment and no old BIOS sets a limit: by
; number (INT 13h, AH = 42h) where the BIOS can, else by cylinder, head and
; sector. A read that fails is tried again.
;
;       nasm -f bin -i asm/ asm/boot.asm -o boot.bin
;       nasm -f bin -i asm/ asm/bridge.asm -o bridge.bin
;       cat boot.bin bridge.bin > disk.img

%include "boot_layout.asm"

        bits    16
        org     BOOT_SECTOR

        global  boot_start

CODE_SIZE       equ     440             ; what lies behind belongs to the disk
BOOT_SIGNATURE  equ     0xAA55
TRIES           equ     3

; boot_start -- where the BIOS begins; it goes on in the bridge, or stops
;
; IN        DL = number of the drive that this sector was read from
; OUT       nothing
; FLAGS     undefined
; CLOBBERS  RAX, RCX, RDX, RBX, RSP, RBP, RSI, RDI
; WRITES    the bridge's sectors, from 8000
; STACK     20 bytes
boot_start:
        cli                             ; no interrupt between SS and SP
        xor     ax, ax
        mov     ds, ax
        mov     es, ax
        mov     ss, ax
        mov     sp, STACK_TOP
        sti
        cld
        jmp     0:.begin                ; some BIOSes come with CS = 07C0

.begin:
        mov     byte [drive], dl
        call    geometry_read

        mov     ax, 1                   ; AX = sector: the bridge's first
        mov     bx, BRIDGE              ; BX = where it goes
        call    sector_read
        cmp     dword [BRIDGE], 'BRDG'
        jne     .absent
        mov     cx, word [BRIDGE_SECTORS]
        jcxz    .absent
        cmp     cx, BRIDGE_LIMIT
        ja      .absent

.next:
        dec     cx                      ; CX = sectors still to be read
        jz      .loaded
        inc     ax
        add     bx, SECTOR_SIZE
        call    sector_read
        jmp     .next

.loaded:
        mov     dl, byte [drive]
        jmp     0:BRIDGE_ENTRY

.absent:
        mov     si, no_bridge
        jmp     boot_refuse


; geometry_read -- ask how the drive's sectors are counted
;
; IN        DL = number of the drive
; OUT       nothing
; FLAGS     undefined
; CLOBBERS  nothing
; WRITES    sectors, heads, by_number
; STACK     18 bytes
geometry_read:
        pusha
        push    es
        mov     byte [by_number], 0
        mov     ah, 0x41                ; are there reads by sector number?
        mov     bx, 0x55AA
        int     0x13
        jc      .by_place
        cmp     bx, 0xAA55
        jne     .by_place
        test    cl, 1
        setnz   byte [by_number]

.by_place:
        mov     ah, 0x08                ; CL = a track's sectors, DH = last head
        mov     dl, byte [drive]
        xor     di, di
        int     0x13
        jc      .done                   ; then what a 1.44 MB floppy has counts
        and     cx, 0x3F                ; bits 6 and 7 belong to the cylinder
        jz      .done
        inc     dh
        jz      .done
        mov     byte [sectors], cl
        mov     byte [heads], dh

.done:
        pop     es
        popa
        ret


; sector_read -- read one sector, or print why not and stop
;
; IN        AX = number of the sector, from 0, BX = where it goes
; OUT       nothing
; FLAGS     undefined
; CLOBBERS  nothing
; WRITES    512 bytes from BX
; STACK     18 bytes
sector_read:
        pusha
        mov     word [packet.offset], bx
        mov     word [packet.number], ax
        mov     bp, TRIES

.again:
        call    sector_request
        jnc     .done
        xor     ah, ah                  ; reset the drive, then try again
        mov     dl, byte [drive]
        int     0x13
        dec     bp
        jnz     .again
        mov     si, no_read
        jmp     boot_refuse

.done:
        popa
        ret


; sector_request -- ask the BIOS once for the sector that the packet names
;
; IN        nothing
; OUT       nothing
; FLAGS     CF = 1 exactly on failure
; CLOBBERS  RAX, RCX, RDX, RBX, RSI, RDI
; WRITES    512 bytes at the packet's address
; STACK     nothing
sector_request:
        mov     dl, byte [drive]
        cmp     byte [by_number], 0
        je      .by_place
        mov     si, packet
        mov     ah, 0x42
        int     0x13
        ret

.by_place:
        mov     ax, word [packet.number]
        div     byte [sectors]          ; AL = track, AH = sector from 0
        mov     cl, ah
        inc     cx                      ; CL = sector from 1
        xor     ah, ah
        div     byte [heads]            ; AL = cylinder, AH = head
        mov     ch, al
        mov     dh, ah
        mov     bx, word [packet.offset]
        mov     ax, 0x0201              ; read one sector
        int     0x13
        ret


; boot_refuse -- print why there is nothing to boot, and stop
;
; IN        SI = text that ends in 0
; OUT       nothing
; FLAGS     undefined
; CLOBBERS  RAX, RBX, RSI
; WRITES    nothing
; STACK     nothing
boot_refuse:
        lodsb
        test    al, al
        jz      .stop
        mov     ah, 0x0E                ; print AL as on a teletype
        mov     bx, 7                   ; page 0, grey
        int     0x10
        jmp     boot_refuse

.stop:
        cli
        hlt
        jmp     .stop


no_bridge:
        db      "boot: no bridge behind the boot sector", 13, 10, 0
no_read:
        db      "boot: the disk cannot be read", 13, 10, 0

drive:
        db      0
by_number:
        db      0                       ; 1: the BIOS reads by sector number
sectors:
        db      18                      ; of a track
heads:
        db      2

        align   4, db 0
packet:
        db      16, 0                   ; the packet's own size
        dw      1                       ; sectors to read
.offset:
        dw      0
        dw      0                       ; its segment
.number:
        dd      0, 0

        times   CODE_SIZE - ($ - $$) db 0
        times   SECTOR_SIZE - 2 - CODE_SIZE db 0
        dw      BOOT_SIGNATURE
