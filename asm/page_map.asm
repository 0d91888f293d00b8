; page_map.asm -- makes the allocator's table of pages from a firmware map
;
; Two ways, and the second is the better one:
;
;       page_map_sum            as BareMetal did it: adds up what is there and
;                               calls every page below that sum free. Where
;                               memory has holes, they are handed out.
;       page_map_regions        a page is free when all of its 2 MiB is usable
;
; A firmware map is a row of entries of 24 bytes (boot_layout.asm), in any
; order. They may overlap: what one entry calls usable and another does not is
; not usable. Page 0 is used in both: the machine's own.

%ifndef PAGE_MAP
%define PAGE_MAP
%include "boot_layout.asm"

        bits    64

        global  page_map_regions
        global  page_map_sum

TYPE_ACPI_DATA  equ     3               ; the old sum counts these two as well
TYPE_DISABLED   equ     6
MAP_PAGES       equ     MEMORY_MAP_SIZE
MAP_MIB         equ     MAP_PAGES * 2
MAP_PAGE_BITS   equ     21
MAP_PAGE_LAST   equ     (1 << MAP_PAGE_BITS) - 1
MIB_BITS        equ     20
STATE_FREE      equ     1
STATE_USED      equ     2

; page_map_regions -- free is what is usable as a whole
;
; IN        RSI = address of the first entry, RCX = number of entries, 0..1024,
;           DF = upwards, 0..0
; OUT       RAX = MiB up to the highest usable end: os_MemAmount
; FLAGS     DF = 0
; CLOBBERS  nothing
; WRITES    os_MemoryMap[0..131071], os_MemAmount[0..3]
; STACK     120 bytes
page_map_regions:
        push    rbx
        push    rcx
        push    rdx
        push    rsi
        push    rdi
        push    rbp
        push    r8
        push    r9
        push    r10
        push    r11

        mov     r8, rsi                 ; R8 = the first entry
        imul    rcx, rcx, ENTRY_SIZE
        lea     r9, [rsi + rcx]         ; R9 = behind the last entry
        call    pages_clear
        call    pages_free_usable
        call    pages_take_others
        call    usable_end_find
        shr     rax, MIB_BITS
        call    amount_store

        pop     r11
        pop     r10
        pop     r9
        pop     r8
        pop     rbp
        pop     rdi
        pop     rsi
        pop     rdx
        pop     rcx
        pop     rbx
        ret


; page_map_sum -- free is what lies below the sum of all lengths
;
; IN        RSI = address of the first entry, RCX = number of entries, 0..1024,
;           DF = upwards, 0..0
; OUT       RAX = the sum in MiB, plus 1, rounded down to even: os_MemAmount
; FLAGS     DF = 0
; CLOBBERS  nothing
; WRITES    os_MemoryMap[0..131071], os_MemAmount[0..3]
; STACK     72 bytes
page_map_sum:
        push    rcx
        push    rdx
        push    rsi
        push    rdi

        call    pages_clear
        xor     eax, eax                ; RAX = the sum in bytes
        jrcxz   .sum

.next:
        mov     edx, dword [rsi + ENTRY_TYPE]
        cmp     edx, TYPE_USABLE
        je      .count
        cmp     edx, TYPE_ACPI_DATA
        je      .count
        cmp     edx, TYPE_DISABLED
        jne     .skip

.count:
        add     rax, qword [rsi + ENTRY_LENGTH]
        jnc     .skip
        mov     rax, -1                 ; more than a register can say

.skip:
        add     rsi, ENTRY_SIZE
        dec     rcx
        jnz     .next

.sum:
        shr     rax, MIB_BITS
        inc     rax
        and     rax, -2
        call    amount_store
        mov     ecx, eax
        shr     ecx, 1                  ; RCX = pages below the sum
        mov     edi, os_MemoryMap
        push    rax
        mov     al, STATE_FREE
        rep stosb
        pop     rax
        mov     byte [os_MemoryMap], STATE_USED

        pop     rdi
        pop     rsi
        pop     rdx
        pop     rcx
        ret


; pages_clear -- no page exists, but page 0
;
; IN        DF = upwards, 0..0
; OUT       nothing
; FLAGS     preserved
; CLOBBERS  nothing
; WRITES    os_MemoryMap[0..131071]
; STACK     32 bytes
pages_clear:
        pushfq
        push    rax
        push    rcx
        push    rdi
        xor     eax, eax
        mov     edi, os_MemoryMap
        mov     ecx, MEMORY_MAP_SIZE / 8
        rep stosq
        mov     byte [os_MemoryMap], STATE_USED
        pop     rdi
        pop     rcx
        pop     rax
        popfq
        ret


; amount_store -- set os_MemAmount, as far as the table reaches
;
; IN        RAX = MiB
; OUT       RAX = MiB, at most 2 for each byte of the table
; FLAGS     undefined
; CLOBBERS  nothing
; WRITES    os_MemAmount[0..3]
; STACK     nothing
amount_store:
        cmp     rax, MAP_MIB
        jbe     .fits
        mov     eax, MAP_MIB

.fits:
        mov     dword [os_MemAmount], eax
        ret


; pages_free_usable -- mark free what usable entries cover, each page whole
;
; IN        R8 = the first entry, R9 = behind the last, DF = upwards, 0..0
; OUT       nothing
; FLAGS     undefined
; CLOBBERS  RAX, RCX, RDX, RBX, RDI, RBP, R10, R11
; WRITES    os_MemoryMap[0..131071]
; STACK     16 bytes
pages_free_usable:
        mov     r10, r8                 ; R10 = entry that is looked at

.next:
        cmp     r10, r9
        jae     .done
        cmp     dword [r10 + ENTRY_TYPE], TYPE_USABLE
        jne     .skip
        mov     r11, r10
        call    entry_end_find
        mov     rdx, rbp
        call    usable_run_find         ; RDX = where this usable run ends
        shr     rdx, MAP_PAGE_BITS      ; RDX = the first page not in it
        cmp     rdx, MAP_PAGES
        jbe     .fits
        mov     edx, MAP_PAGES

.fits:
        mov     rdi, qword [r10 + ENTRY_BASE]
        add     rdi, MAP_PAGE_LAST
        jc      .skip
        shr     rdi, MAP_PAGE_BITS      ; RDI = the first page that is whole
        mov     rcx, rdx
        sub     rcx, rdi
        jbe     .skip                   ; there is no whole page
        add     rdi, os_MemoryMap
        mov     al, STATE_FREE
        rep stosb

.skip:
        add     r10, ENTRY_SIZE
        jmp     .next

.done:
        mov     byte [os_MemoryMap], STATE_USED
        ret


; pages_take_others -- let no page be free that another kind of entry touches
;
; IN        R8 = the first entry, R9 = behind the last, DF = upwards, 0..0
; OUT       nothing
; FLAGS     undefined
; CLOBBERS  RAX, RCX, RDI, RBP, R11
; WRITES    os_MemoryMap[0..131071]
; STACK     8 bytes
pages_take_others:
        mov     r11, r8                 ; R11 = entry that is looked at

.next:
        cmp     r11, r9
        jae     .done
        cmp     dword [r11 + ENTRY_TYPE], TYPE_USABLE
        je      .skip
        cmp     qword [r11 + ENTRY_LENGTH], 0
        je      .skip
        call    entry_end_find
        mov     rdi, qword [r11 + ENTRY_BASE]
        shr     rdi, MAP_PAGE_BITS      ; RDI = the first page it touches
        mov     rcx, rbp
        dec     rcx
        shr     rcx, MAP_PAGE_BITS      ; RCX = the last one
        cmp     rcx, MAP_PAGES - 1
        jbe     .fits
        mov     ecx, MAP_PAGES - 1

.fits:
        inc     rcx
        sub     rcx, rdi
        jbe     .skip                   ; it lies beyond the table
        add     rdi, os_MemoryMap
        xor     eax, eax
        rep stosb

.skip:
        add     r11, ENTRY_SIZE
        jmp     .next

.done:
        mov     byte [os_MemoryMap], STATE_USED
        ret


; usable_run_find -- find where usable memory ends that begins in an entry
;
; IN        RDX = end of a usable entry, R8 = the first entry,
;           R9 = behind the last
; OUT       RDX = end of all usable entries that follow without a gap
; FLAGS     undefined
; CLOBBERS  RBX, RBP, R11
; WRITES    nothing
; STACK     8 bytes
usable_run_find:
        xor     ebx, ebx                ; RBX = 1: the run grew in this round
        mov     r11, r8

.next:
        cmp     r11, r9
        jae     .round
        cmp     dword [r11 + ENTRY_TYPE], TYPE_USABLE
        jne     .skip
        cmp     qword [r11 + ENTRY_BASE], rdx
        ja      .skip                   ; it begins behind a gap
        call    entry_end_find
        cmp     rbp, rdx
        jbe     .skip
        mov     rdx, rbp
        mov     ebx, 1

.skip:
        add     r11, ENTRY_SIZE
        jmp     .next

.round:
        test    ebx, ebx
        jnz     usable_run_find         ; what came before may follow now
        ret


; usable_end_find -- find the highest address that usable memory reaches
;
; From above: the highest end of a usable entry, unless another kind covers
; it. Then the search goes on below that one.
;
; IN        R8 = the first entry, R9 = behind the last
; OUT       RAX = one past the last usable byte or 0
; FLAGS     undefined
; CLOBBERS  RDX, RBP, R11
; WRITES    nothing
; STACK     8 bytes
usable_end_find:
        mov     rax, -1                 ; RAX = nothing usable from here on

.lower:
        xor     edx, edx                ; RDX = highest usable end up to RAX
        mov     r11, r8

.usable:
        cmp     r11, r9
        jae     .highest
        cmp     dword [r11 + ENTRY_TYPE], TYPE_USABLE
        jne     .skip
        cmp     qword [r11 + ENTRY_LENGTH], 0
        je      .skip
        cmp     qword [r11 + ENTRY_BASE], rax
        jae     .skip
        call    entry_end_find
        cmp     rbp, rax
        cmova   rbp, rax
        cmp     rbp, rdx
        cmova   rdx, rbp

.skip:
        add     r11, ENTRY_SIZE
        jmp     .usable

.highest:
        mov     rax, rdx
        mov     r11, r8

.other:
        cmp     r11, r9
        jae     .done
        cmp     dword [r11 + ENTRY_TYPE], TYPE_USABLE
        je      .pass
        cmp     qword [r11 + ENTRY_LENGTH], 0
        je      .pass
        cmp     qword [r11 + ENTRY_BASE], rax
        jae     .pass
        call    entry_end_find
        cmp     rbp, rax
        jb      .pass
        mov     rax, qword [r11 + ENTRY_BASE]
        jmp     .lower                  ; the byte below RAX was not usable

.pass:
        add     r11, ENTRY_SIZE
        jmp     .other

.done:
        ret


; entry_end_find -- find where an entry ends
;
; IN        R11 = address of the entry
; OUT       RBP = one past its last byte, at most 2 to the 64th, less 1
; FLAGS     undefined
; CLOBBERS  nothing
; WRITES    nothing
; STACK     nothing
entry_end_find:
        mov     rbp, qword [r11 + ENTRY_BASE]
        add     rbp, qword [r11 + ENTRY_LENGTH]
        jnc     .done
        mov     rbp, -1

.done:
        ret

%endif
