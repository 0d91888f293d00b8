; privilege.asm -- two processes in ring 3, each with page tables of its own
;
; A boot sector. The kernel's memory is mapped in both processes, for the
; kernel alone; the processes share their code, which they can only read, and
; each has a page of its own at one and the same address.
;
;       physical                        linear, in both processes
;       001000  IDT                     000000  the first MiB, kernel only
;       001800  TSS                     400000  code of the processes, read only
;       002000  page directory of A     401000  data: A and B have each its own
;       003000  page directory of B     402000  a page that moves, kernel only
;       004000  page table, first MiB
;       005000  page table of A, for 400000
;       006000  page table of B, for 400000
;       007C00  this sector
;       009000  end of the kernel's stack, then what happened: five dwords
;       010000  data of A
;       011000  data of B
;       012000  where the page lies that moves, and 013000 where it goes
;
; What happened:
;
;       +0      what A finds in its page after B has written to the same address
;       +4      error code of A's read of the kernel's memory: 5 (present, user)
;       +8      address of that read
;       +12     what the page that moved reads before INVLPG: the old frame
;       +16     what it reads after INVLPG: the new one

        bits    16
        org     0x7C00

IDT             equ     0x1000
TSS             equ     0x1800
DIRECTORY_A     equ     0x2000
DIRECTORY_B     equ     0x3000
TABLE_KERNEL    equ     0x4000
TABLE_A         equ     0x5000
TABLE_B         equ     0x6000
TABLES_END      equ     0x7000
STACK_TOP       equ     0x9000
HAPPENED        equ     0x9000
DATA_A          equ     0x10000
DATA_B          equ     0x11000
MOVED_FROM      equ     0x12000
MOVED_TO        equ     0x13000

USER_CODE       equ     0x400000        ; the frame that this sector lies in
USER_DATA       equ     0x401000
MOVING          equ     0x402000
TO_USER         equ     USER_CODE - 0x7000

KERNEL_PAGE     equ     3               ; present, writable
USER_PAGE       equ     7               ; present, writable, user
USER_READ_ONLY  equ     5               ; present, user
PAGING          equ     0x80010000      ; CR0.PG; CR0.WP: for the kernel too

KERNEL_CODE     equ     0x08
KERNEL_DATA     equ     0x10
PROCESS_CODE    equ     0x1B            ; with RPL 3
PROCESS_DATA    equ     0x23
TASK            equ     0x28

PAGE_FAULT      equ     14
SWITCH          equ     0x30            ; the other process goes on
TELL            equ     0x31            ; EAX is put down
FINISH          equ     0x32            ; this process has done all it wanted
MARK_A          equ     0xAAAAAAAA
MARK_B          equ     0xBBBBBBBB

; privilege_start -- where the BIOS begins; it ends in HLT
;
; IN        nothing
; OUT       nothing
; FLAGS     undefined
; CLOBBERS  RAX, RCX, RDX, RBX, RSP, RBP, RSI, RDI
; WRITES    everything that is drawn above
; STACK     64 bytes
privilege_start:
        cli                             ; until the end: there are no devices
        cld
        xor     ax, ax
        mov     ds, ax
        lgdt    [gdt_register]
        mov     eax, cr0
        or      al, 1
        mov     cr0, eax
        jmp     KERNEL_CODE:protected

        bits    32
protected:
        mov     ax, KERNEL_DATA
        mov     ds, ax
        mov     es, ax
        mov     ss, ax
        mov     esp, STACK_TOP

        mov     edi, IDT                ; IDT, TSS, tables: all empty
        mov     ecx, (TABLES_END - IDT) / 4
        xor     eax, eax
        rep stosd

        mov     dword [TSS + 4], STACK_TOP
        mov     dword [TSS + 8], KERNEL_DATA

        mov     edi, TABLE_KERNEL
        mov     eax, KERNEL_PAGE
.page:
        stosd                           ; EAX = next frame, with its bits
        add     eax, 0x1000
        cmp     eax, 0x100000
        jb      .page

        mov     eax, TABLE_KERNEL | KERNEL_PAGE
        mov     dword [DIRECTORY_A], eax
        mov     dword [DIRECTORY_B], eax
        mov     dword [DIRECTORY_A + 4], TABLE_A | USER_PAGE
        mov     dword [DIRECTORY_B + 4], TABLE_B | USER_PAGE
        mov     eax, 0x7000 | USER_READ_ONLY
        mov     dword [TABLE_A], eax
        mov     dword [TABLE_B], eax
        mov     dword [TABLE_A + 4], DATA_A | USER_PAGE
        mov     dword [TABLE_B + 4], DATA_B | USER_PAGE
        mov     dword [TABLE_A + 8], MOVED_FROM | KERNEL_PAGE

        mov     esi, gates              ; ESI = next of the list of handlers
.gate:
        movzx   edi, byte [esi]         ; EDI = vector, 0 at the end
        movzx   eax, word [esi + 1]
        add     esi, 3
        test    edi, edi
        jz      .ready
        mov     dword [IDT + edi * 8], eax
        mov     word [IDT + edi * 8 + 2], KERNEL_CODE
        mov     dword [IDT + edi * 8 + 4], 0xEE00
        jmp     .gate

.ready:
        lidt    [idt_register]
        mov     ax, TASK
        ltr     ax
        mov     eax, DIRECTORY_A
        mov     cr3, eax
        mov     eax, cr0
        or      eax, PAGING
        mov     cr0, eax

        push    PROCESS_DATA            ; as if A had been interrupted
        push    USER_DATA + 0x1000
        push    2
        push    PROCESS_CODE
        push    process_a + TO_USER
        mov     ax, PROCESS_DATA
        mov     ds, ax
        iretd

; The two processes. They run at 400000, and nothing of them is kept when
; they are switched but where they are.
process_a:
        mov     dword [USER_DATA], MARK_A
        int     SWITCH
        mov     eax, dword [USER_DATA]  ; its own, not B's
        int     TELL
        mov     eax, dword [HAPPENED]   ; the kernel's: a page fault
.caught:
        int     FINISH

process_b:
        mov     dword [USER_DATA], MARK_B
        int     SWITCH

; The kernel's handlers. DS is good for all memory at every level.
on_switch:
        mov     eax, dword [esp]        ; EIP of the one, for the other's
        xchg    eax, dword [other]
        mov     dword [esp], eax
        mov     eax, cr3
        xor     eax, DIRECTORY_A ^ DIRECTORY_B
        mov     cr3, eax                ; the TLB forgets the process's pages
        iretd

on_tell:
        mov     dword [HAPPENED], eax
        iretd

on_page_fault:
        pop     dword [HAPPENED + 4]    ; the error code lies on top
        mov     eax, cr2
        mov     dword [HAPPENED + 8], eax
        mov     dword [esp], process_a.caught + TO_USER
        iretd

on_finish:
        mov     dword [MOVED_FROM], 1
        mov     dword [MOVED_TO], 2
        mov     eax, dword [MOVING]     ; the TLB knows the page from here on
        mov     dword [TABLE_A + 8], MOVED_TO | KERNEL_PAGE
        mov     eax, dword [MOVING]
        mov     dword [HAPPENED + 12], eax
        invlpg  [MOVING]
        mov     eax, dword [MOVING]
        mov     dword [HAPPENED + 16], eax
.halted:
        hlt
        jmp     .halted

other:
        dd      process_b + TO_USER     ; where the process is that waits

gates:
        db      PAGE_FAULT
        dw      on_page_fault
        db      SWITCH
        dw      on_switch
        db      TELL
        dw      on_tell
        db      FINISH
        dw      on_finish
        db      0
        dw      0

        align   4, db 0
gdt:
gdt_register:                           ; the null descriptor is never read
        dw      gdt_end - gdt - 1
        dd      gdt
        dw      0
        dq      0x00CF9A000000FFFF      ; 08 code of the kernel
        dq      0x00CF92000000FFFF      ; 10 data of the kernel
        dq      0x00CFFA000000FFFF      ; 18 code of the processes
        dq      0x00CFF2000000FFFF      ; 20 data of the processes
        dq      0x0000890018000067      ; 28 TSS at 1800
gdt_end:

idt_register:
        dw      (FINISH + 1) * 8 - 1
        dd      IDT

        times   510 - ($ - $$) db 0
        dw      0xAA55
