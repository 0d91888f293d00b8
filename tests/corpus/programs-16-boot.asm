; A boot sector in the usual manner: message, disk read, A20, E820, jump to what was read.
        bits    16
        org     0x7C00

SECTORS equ     4
LOAD    equ     0x8000
SMAP    equ     'PAMS'

start:  jmp     short begin
        nop
oem     db      'TEST 1.0'
        times   0x3E-($-$$) db 0
begin:  cli
        xor     ax, ax
        mov     ds, ax
        mov     es, ax
        mov     ss, ax
        mov     sp, start
        sti
        mov     [drive], dl
        mov     si, message
        call    print
.read:  mov     ax, 0x0200 | SECTORS
        mov     bx, LOAD
        mov     cx, 2
        xor     dh, dh
        mov     dl, [drive]
        int     0x13
        jnc     .loaded
        dec     byte [tries]
        jnz     .read
        jmp     failed
.loaded:
        xor     ebx, ebx
        mov     di, 0x6000
e820:   mov     eax, 0xE820
        mov     edx, 'SMAP'
        mov     ecx, 24
        mov     dword [es:di+20], 1
        int     0x15
        jc      .done
        cmp     eax, 'SMAP'
        jne     near failed
        add     di, 24
        test    ebx, ebx
        jnz     e820
.done:  in      al, 0x92
        or      al, 2
        out     0x92, al
        lgdt    [gdtr]
        mov     eax, cr0
        or      al, 1
        mov     cr0, eax
        jmp     dword 8:LOAD
print:  lodsb
        test    al, al
        jz      .end
        mov     ah, 0Eh
        mov     bx, 7
        int     10h
        jmp     print
.end:   ret
failed: mov     si, trouble
        call    print
.halt:  hlt
        jmp     .halt

drive   db      0
tries   db      3
message db      "loading", 13, 10, 0
trouble db      "disk error", 0
        align   8
gdt:    dq      0, 0x00CF9A000000FFFF, 0x00CF92000000FFFF
gdtr:   dw      gdtr-gdt-1
        dd      gdt
        times   510-($-$$) db 0
        dw      0xAA55
