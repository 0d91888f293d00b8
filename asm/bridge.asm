; bridge.asm -- goes from real mode to a page of memory in long mode
;
;       real mode       asks the firmware for its map, checks what it needs
;       protected mode  32 bits, flat segments
;       paging          pages of 4 MiB for a moment, with the low 4 MiB once
;                       more at C0000000, as kernels like to see themselves
;       paging          pages of 4 KiB, as far as memory goes, at most 64 MiB
;       long mode       pages of 2 MiB, 4 GiB of them, each where it is
;
; There the firmware map becomes the page map, and one page is allocated:
;
;       bridge_done             RAX = its address, RCX = 1
;
; Or it does not come so far, and prints why:
;
;       bridge_refuse.stop      in real mode: AX = 1 no map, 2 no memory at
;                               1 MiB, 3 no long mode, 4 line 20 stays off
;       bridge_no_page.stop     in long mode: no page is free, RAX = 0
;
; The processor is halted at all three, and nothing will interrupt it.
;
; The page map is made by regions, or with -d POLICY_BAREMETAL by the sum.
;
; How it is assembled and put on a disk stands in boot.asm. It begins with
;
;       +0      dd  "BRDG"
;       +4      dw  number of sectors
;       +8      where it is entered, in real mode

%include "boot_layout.asm"

        bits    16
        org     BRIDGE

        global  bridge_start
        global  bridge_done
        global  bridge_no_page
        global  bridge_refuse

NO_MAP          equ     1
NO_ROOM         equ     2
NO_LONG_MODE    equ     3
NO_A20          equ     4

ROOM_START      equ     ONE_MIB         ; what the allocator's tables need
ROOM_END        equ     os_MemoryMap + MEMORY_MAP_SIZE

CODE_32         equ     0x08            ; selectors
DATA            equ     0x10
CODE_64         equ     0x18

NMI_OFF         equ     0x80            ; in the index of the CMOS
CMOS_STATUS     equ     0x0D            ; a byte that is harmless to read
PIC_MASK        equ     0x21            ; first interrupt controller
PIC_MASK_2      equ     0xA1            ; second one

CR0_PROTECTED   equ     1
CR0_PAGING      equ     0x80000000
CR4_LARGE       equ     0x10            ; PSE: pages of 4 MiB
CR4_WIDE        equ     0x20            ; PAE: entries of 64 bits
EFER            equ     0xC0000080
EFER_LONG       equ     0x100

PRESENT         equ     1
WRITABLE        equ     2
LARGE           equ     0x80
FRAME           equ     0x1000          ; 4 KiB
PAGE_2_MIB      equ     0x200000
PAGE_4_MIB      equ     0x400000
TABLE_ENTRIES   equ     1024            ; of 32 bits
PAGING_LIMIT    equ     64 * ONE_MIB
HIGH_HALF       equ     0xC0000000
HIGH_ENTRY      equ     (HIGH_HALF >> 22) * 4

CPUID_FLAG      equ     1 << 21
CPUID_LAST      equ     0x80000000
CPUID_FEATURES  equ     0x80000001
LONG_MODE_BIT   equ     29

PAGES_WANTED    equ     1
FIRST_FREE_MIB  equ     4               ; the allocator reaches pages from here

        dd      'BRDG'
        dw      (bridge_end - $$ + SECTOR_SIZE - 1) / SECTOR_SIZE
        dw      0

; bridge_start -- where the boot sector jumps to
;
; IN        DS = 0, 0..0, ES = 0, 0..0, SS = 0, 0..0
; OUT       nothing
; FLAGS     undefined
; CLOBBERS  RAX, RCX, RDX, RBX, RSP, RBP, RSI, RDI
; WRITES    FIRMWARE_MAP[0..4095], page tables, os_MemoryMap[0..131071],
;           os_MemAmount[0..3]
; STACK     190 bytes
bridge_start:
        cld
        call    map_probe
        mov     si, text_no_map
        mov     cx, NO_MAP
        jz      bridge_refuse

        mov     bx, word [MAP_SOURCE]   ; BX = who answered, from 1
        add     bx, bx
        mov     si, word [sources + bx - 2]
        call    text_print

        call    room_check
        mov     si, text_no_room
        mov     cx, NO_ROOM
        jc      bridge_refuse

        call    long_mode_check
        mov     si, text_no_long_mode
        mov     cx, NO_LONG_MODE
        jc      bridge_refuse

        call    a20_enable
        mov     si, text_no_a20
        mov     cx, NO_A20
        jc      bridge_refuse

        call    interrupts_mask
        lidt    [no_interrupts]
        lgdt    [descriptors_register]
        mov     eax, cr0
        or      al, CR0_PROTECTED
        mov     cr0, eax
        jmp     CODE_32:protected_start


; bridge_refuse -- print why, and stop
;
; IN        SI = text that ends in 0, CX = code of the reason
; OUT       AX = code of the reason
; FLAGS     undefined
; CLOBBERS  nothing
; WRITES    nothing
; STACK     20 bytes
bridge_refuse:
        call    text_print
        mov     ax, cx
        cli

.stop:
        hlt
        jmp     .stop


; room_check -- see whether there is memory for the allocator's own tables
;
; IN        DS = 0, 0..0
; OUT       nothing
; FLAGS     CF = 1 when from 1 MiB on there is not enough
; CLOBBERS  nothing
; WRITES    nothing
; STACK     32 bytes
room_check:
        pushad
        mov     si, MAP_ENTRIES
        mov     cx, word [MAP_COUNT]
        xor     dx, dx                  ; DX = 1: a usable entry holds it all

.next:
        mov     eax, dword [si + ENTRY_BASE]
        mov     ebx, dword [si + ENTRY_BASE + 4]
        mov     edi, eax
        mov     ebp, ebx
        add     edi, dword [si + ENTRY_LENGTH]
        adc     ebp, dword [si + ENTRY_LENGTH + 4]      ; EBP:EDI = its end
        test    ebx, ebx
        jnz     .skip                   ; it begins above 4 GiB
        cmp     dword [si + ENTRY_TYPE], TYPE_USABLE
        jne     .other
        cmp     eax, ROOM_START
        ja      .skip
        test    ebp, ebp
        jnz     .holds
        cmp     edi, ROOM_END
        jb      .skip

.holds:
        mov     dx, 1
        jmp     .skip

.other:                                 ; reserved: it must not touch the room
        cmp     eax, ROOM_END
        jae     .skip
        test    ebp, ebp
        jnz     .fail
        cmp     edi, ROOM_START
        ja      .fail

.skip:
        add     si, ENTRY_SIZE
        loop    .next
        test    dx, dx
        jz      .fail
        popad
        clc
        ret

.fail:
        popad
        stc
        ret


; long_mode_check -- see whether the processor has 64 bits
;
; IN        nothing
; OUT       nothing
; FLAGS     CF = 1 when it has not
; CLOBBERS  nothing
; WRITES    nothing
; STACK     36 bytes
long_mode_check:
        pushad
        pushfd
        pop     eax
        mov     ecx, eax
        xor     eax, CPUID_FLAG
        push    eax
        popfd
        pushfd
        pop     eax
        xor     eax, ecx                ; who has CPUID can change that flag
        test    eax, CPUID_FLAG
        jz      .fail

        mov     eax, CPUID_LAST
        cpuid
        cmp     eax, CPUID_FEATURES
        jb      .fail
        mov     eax, CPUID_FEATURES
        cpuid
        bt      edx, LONG_MODE_BIT
        jnc     .fail
        popad
        clc
        ret

.fail:
        popad
        stc
        ret


; interrupts_mask -- let nothing interrupt: no handler survives what follows
;
; IN        nothing
; OUT       nothing
; FLAGS     IF = 0
; CLOBBERS  nothing
; WRITES    nothing
; STACK     2 bytes
interrupts_mask:
        cli
        push    ax
        mov     al, NMI_OFF | CMOS_STATUS
        out     CMOS_INDEX, al
        in      al, CMOS_DATA           ; the index wants to be followed by that
        mov     al, 0xFF
        out     PIC_MASK, al
        out     PIC_MASK_2, al
        pop     ax
        ret


        bits    32

; protected_start -- from flat segments to long mode
;
; IN        nothing
; OUT       nothing
; FLAGS     undefined
; CLOBBERS  RAX, RCX, RDX, RBX, RSP, RBP, RSI, RDI
; WRITES    page tables
; STACK     128 bytes
protected_start:
        mov     eax, DATA
        mov     ds, eax
        mov     es, eax
        mov     fs, eax
        mov     gs, eax
        mov     ss, eax
        mov     esp, STACK_TOP

        call    large_paging_enable
        call    memory_end_find
        call    small_paging_enable
        call    long_mode_enable
        jmp     CODE_64:long_start


; large_paging_enable -- turn paging on with two pages of 4 MiB
;
; IN        DF = upwards, 0..0
; OUT       nothing
; FLAGS     undefined
; CLOBBERS  RAX, RCX, RDI
; WRITES    the directory at 10000
; STACK     nothing
large_paging_enable:
        mov     edi, LARGE_DIRECTORY
        mov     ecx, TABLE_ENTRIES
        xor     eax, eax
        rep stosd
        mov     eax, PRESENT | WRITABLE | LARGE         ; of address 0
        mov     dword [LARGE_DIRECTORY], eax
        mov     dword [LARGE_DIRECTORY + HIGH_ENTRY], eax

        mov     eax, cr4
        or      eax, CR4_LARGE
        mov     cr4, eax
        mov     eax, LARGE_DIRECTORY
        mov     cr3, eax
        mov     eax, cr0
        or      eax, CR0_PAGING
        mov     cr0, eax
        ret


; memory_end_find -- find how far pages of 4 KiB are to reach
;
; The map is read where it appears a second time.
;
; IN        nothing
; OUT       EAX = end of usable memory, at most 64 MiB, rounded up to 4 MiB
; FLAGS     undefined
; CLOBBERS  RCX, RDX, RSI
; WRITES    nothing
; STACK     nothing
memory_end_find:
        mov     esi, HIGH_HALF + MAP_ENTRIES
        mov     ecx, dword [HIGH_HALF + MAP_COUNT]
        xor     edx, edx                ; EDX = the highest end so far

.next:
        cmp     dword [esi + ENTRY_TYPE], TYPE_USABLE
        jne     .skip
        cmp     dword [esi + ENTRY_BASE + 4], 0
        jne     .skip
        mov     eax, dword [esi + ENTRY_BASE]
        cmp     eax, PAGING_LIMIT
        jae     .skip
        cmp     dword [esi + ENTRY_LENGTH + 4], 0
        jne     .limit
        add     eax, dword [esi + ENTRY_LENGTH]
        jc      .limit
        cmp     eax, PAGING_LIMIT
        jbe     .compare

.limit:
        mov     eax, PAGING_LIMIT

.compare:
        cmp     eax, edx
        jbe     .skip
        mov     edx, eax

.skip:
        add     esi, ENTRY_SIZE
        loop    .next
        lea     eax, [edx + PAGE_4_MIB - 1]
        and     eax, -PAGE_4_MIB
        ret


; small_paging_enable -- go over to pages of 4 KiB, each where it is
;
; IN        EAX = where they end, 0x400000..0x4000000, DF = upwards, 0..0
; OUT       nothing
; FLAGS     undefined
; CLOBBERS  RAX, RCX, RDX, RDI
; WRITES    the directory at 11000 and the tables behind it
; STACK     nothing
small_paging_enable:
        mov     edx, eax
        shr     edx, 22                 ; EDX = tables: each reaches 4 MiB
        mov     ecx, eax
        shr     ecx, 12                 ; ECX = pages
        mov     edi, PAGE_TABLES
        mov     eax, PRESENT | WRITABLE

.page:
        stosd
        add     eax, FRAME
        loop    .page

        mov     edi, PAGE_DIRECTORY
        mov     ecx, edx
        mov     eax, PAGE_TABLES | PRESENT | WRITABLE

.table:
        stosd
        add     eax, FRAME
        loop    .table

        mov     ecx, TABLE_ENTRIES      ; the rest of the directory is empty
        sub     ecx, edx
        xor     eax, eax
        rep stosd
        mov     eax, PAGE_DIRECTORY
        mov     cr3, eax
        mov     eax, cr4
        and     eax, ~CR4_LARGE
        mov     cr4, eax
        ret


; long_mode_enable -- turn long mode on; its code is still 32 bits wide
;
; Paging has to be off meanwhile: the tables change their format.
;
; IN        DF = upwards, 0..0
; OUT       nothing
; FLAGS     undefined
; CLOBBERS  RAX, RCX, RDX, RDI
; WRITES    the tables at 30000
; STACK     4 bytes
long_mode_enable:
        call    long_tables_fill
        mov     eax, cr0
        and     eax, ~CR0_PAGING
        mov     cr0, eax
        mov     eax, cr4
        or      eax, CR4_WIDE
        mov     cr4, eax
        mov     eax, PML4
        mov     cr3, eax
        mov     ecx, EFER
        rdmsr
        or      eax, EFER_LONG
        wrmsr
        mov     eax, cr0
        or      eax, CR0_PAGING
        mov     cr0, eax
        ret


; long_tables_fill -- make the tables of long mode: 4 GiB, each where it is
;
; IN        DF = upwards, 0..0
; OUT       nothing
; FLAGS     undefined
; CLOBBERS  RAX, RCX, RDI
; WRITES    the tables at 30000
; STACK     nothing
long_tables_fill:
        mov     edi, PML4
        mov     ecx, 6 * TABLE_ENTRIES
        xor     eax, eax
        rep stosd
        mov     dword [PML4], LONG_POINTERS | PRESENT | WRITABLE

        mov     edi, LONG_POINTERS
        mov     ecx, 4
        mov     eax, LONG_TABLES | PRESENT | WRITABLE

.pointer:
        mov     dword [edi], eax
        add     edi, 8
        add     eax, FRAME
        loop    .pointer

        mov     edi, LONG_TABLES
        mov     ecx, 4 * TABLE_ENTRIES / 2
        mov     eax, PRESENT | WRITABLE | LARGE

.page:
        mov     dword [edi], eax
        add     edi, 8
        add     eax, PAGE_2_MIB
        loop    .page
        ret


        bits    64

; long_start -- make the page map, and allocate a page
;
; IN        nothing
; OUT       RAX = address of the page, RCX = number of pages: 1
; FLAGS     undefined
; CLOBBERS  RDX, RSP, RSI, RDI
; WRITES    os_MemoryMap[0..131071], os_MemAmount[0..3]
; STACK     128 bytes
long_start:
        mov     eax, DATA
        mov     ds, eax
        mov     es, eax
        mov     ss, eax
        mov     esp, STACK_TOP

        mov     esi, MAP_ENTRIES
        mov     ecx, dword [MAP_COUNT]
%ifdef POLICY_BAREMETAL
        call    page_map_sum
%else
        call    page_map_regions
%endif
        cmp     eax, FIRST_FREE_MIB
        jb      bridge_no_page          ; the allocator must not scan that
        mov     ecx, PAGES_WANTED
        call    os_mem_allocate
        test    rax, rax
        jz      bridge_no_page

bridge_done:                            ; RAX = the page
        hlt
        jmp     bridge_done


; bridge_no_page -- print that no page is free, and stop
;
; IN        DF = upwards, 0..0
; OUT       RAX = 0, 0..0
; FLAGS     undefined
; CLOBBERS  RCX, RDX, RSI
; WRITES    nothing
; STACK     8 bytes
bridge_no_page:
        mov     esi, text_no_page
        call    port_print
        xor     eax, eax

.stop:
        hlt
        jmp     .stop


%include "page_map.asm"
%include "memory.asm"
%include "e820.asm"
%include "a20.asm"
%include "console.asm"


        align   8, db 0
descriptors:
        dq      0
        dq      0x00CF9A000000FFFF      ; 08: code of 32 bits, all 4 GiB
        dq      0x00CF92000000FFFF      ; 10: data, all 4 GiB
        dq      0x00AF9A000000FFFF      ; 18: code of 64 bits
descriptors_register:
        dw      descriptors_register - descriptors - 1
        dd      descriptors
no_interrupts:
        dw      0                       ; an exception resets the machine
        dd      0

sources:
        dw      text_e820, text_e801, text_88, text_cmos
text_e820:
        db      "bridge: memory map by E820", 13, 10, 0
text_e801:
        db      "bridge: memory map by E801", 13, 10, 0
text_88:
        db      "bridge: memory map by 88h", 13, 10, 0
text_cmos:
        db      "bridge: memory map by CMOS", 13, 10, 0
text_no_map:
        db      "bridge: the firmware does not say which memory there is"
        db      13, 10, 0
text_no_room:
        db      "bridge: no memory at 1 MiB for the allocator's tables"
        db      13, 10, 0
text_no_long_mode:
        db      "bridge: this processor has no 64 bits", 13, 10, 0
text_no_a20:
        db      "bridge: address line 20 stays off", 13, 10, 0
text_no_page:
        db      "bridge: no page of 2 MiB is usable", 13, 10, 0

bridge_end:
