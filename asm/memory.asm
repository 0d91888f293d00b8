; memory.asm -- hands out the machine's memory in pages of 2 MiB
;
; One table says for every page whether it is free, lowest page first:
;
;       os_MemoryMap
;       +------+------+------+-- ~ --+------+------+
;       | used | free | free |       | used | free |   one byte for each page
;       +------+------+------+-- ~ --+------+------+
; page     0      1      2             N-2    N-1      N = os_MemAmount / 2
; begins   0   200000 400000                           at page number << 21
;
; os_MemAmount is a dword: how much memory the machine has, in MiB.
; Both belong to the machine, which says where they lie. NASM by itself wants
; to be told: -d os_MemoryMap=0x120000 -d os_MemAmount=0x110108
;
; Kept exactly as BareMetal's kernel behaved, odd as it is:
; - Pages 0 and 1 are not handed out: the scan gives up when it has read page
;   1, free or not.
; - With 2 or 3 MiB the scan begins on page 0 and can hand it out: as address
;   0, which reads as a failure. With less it begins below the table.
; - os_mem_release believes what it is told, and os_mem_get_free looks at
;   65,535 pages whatever the machine has.
; - Only os_mem_allocate sets the direction flag. The others expect it clear,
;   as everybody leaves it, and walk downwards when it is set.
; - There is no lock: two processors at once can be given the same page.
;
; In the contracts STACK is what lies below the return address. A status flag
; that FLAGS does not name is undefined.

        bits    64

        global  os_mem_allocate
        global  os_mem_release
        global  os_mem_get_free
        global  os_mem_copy

PAGE_FREE       equ     1               ; a page's byte; 0 is "no such page"
PAGE_USED       equ     2
PAGE_SIZE_BITS  equ     21              ; a page has 1 << 21 bytes: 2 MiB
COUNT_END_PAGE  equ     65536           ; counting stops before this many

        align   16
        db      "PAGE ALLOCATOR  "      ; easy to find in a dump of memory
        align   16


; os_mem_allocate -- find pages in a row that are free, and mark them used
;
; From the last page downwards, so that low memory stays free the longest.
;
; IN        RCX = number of pages
; OUT       RAX = address of the lowest of the pages or 0 on failure
; FLAGS     ZF = 1 exactly when RAX is 0, DF = 0
; CLOBBERS  nothing
; WRITES    os_MemoryMap[0..131071]
; STACK     32 bytes
os_mem_allocate:
        push    rsi
        push    rdx
        push    rbx

        cmp     rcx, 0
        je      .full                   ; no pages asked for: that fails

        xor     rax, rax                ; spare: loading EAX clears bits 32-63
        mov     eax, dword [os_MemAmount]
        shr     eax, 1                  ; RAX = pages in the machine
        mov     rdx, os_MemoryMap       ; RDX = where the table starts
        mov     rsi, rdx
        sub     rsi, 1
        add     rsi, rax                ; RSI = where the last page's byte is
        std                             ; from here on LODSB steps downwards

.restart:
        mov     rbx, rcx                ; RBX = pages still to be found

.next:
        lodsb                           ; AL = this page; RSI = the next lower
        cmp     rsi, rdx
        je      .full                   ; page 0 is next: nothing was found
        cmp     al, PAGE_FREE
        jne     .restart                ; the row is broken: count afresh
        dec     rbx
        jnz     .next

.mark:                                  ; the row begins just above RSI
        cld
        xor     rdi, rsi                ; three XORs exchange RDI and RSI:
        xor     rsi, rdi                ; RSI = the caller's RDI, kept safe
        xor     rdi, rsi                ; RDI = the byte below the row
        add     rdi, 1                  ; RDI = the row's first byte
        mov     rbx, rdi                ; RBX = the same, for the address
        push    rcx                     ; REP counts RCX down to 0
        mov     al, PAGE_USED
        rep stosb                       ; RCX bytes of the table become 2
        pop     rcx
        mov     rdi, rsi                ; RDI = the caller's again
        sub     rbx, rdx                ; RBX = number of the row's first page
        shl     rbx, PAGE_SIZE_BITS     ; RBX = its address; ZF = 1 only for 0
        mov     rax, rbx
        jmp     .done

.full:
        cld
        xor     rax, rax                ; RAX = 0: no pages; ZF = 1

.done:
        pop     rbx                     ; POP and RET leave the flags alone
        pop     rdx
        pop     rsi
        ret


; os_mem_release -- mark pages free again
;
; Nothing is checked: not that the pages were used, nor that they exist, nor
; that the address is the start of a page.
;
; IN        RAX = address in the first page, 0..0x3FFFFFFFFF,
;           RCX = number of pages, 0..131072, DF = upwards, 0..0
; OUT       RCX = number of pages freed: what was asked for
; FLAGS     DF = 0
; CLOBBERS  nothing
; WRITES    os_MemoryMap[0..131071]
; STACK     24 bytes
os_mem_release:
        push    rdi
        push    rcx
        push    rax

        shr     rax, PAGE_SIZE_BITS     ; RAX = number of the first page
        add     rax, os_MemoryMap
        mov     rdi, rax                ; RDI = where its byte is
        mov     al, PAGE_FREE
        rep stosb                       ; RCX bytes of the table become 1

        pop     rax
        pop     rcx
        pop     rdi
        ret


; os_mem_get_free -- count the free pages
;
; IN        DF = upwards, 0..0
; OUT       RCX = number of free pages among the first 65535
; FLAGS     DF = 0
; CLOBBERS  nothing
; WRITES    nothing
; STACK     24 bytes
os_mem_get_free:
        push    rsi
        push    rbx
        push    rax

        mov     rsi, os_MemoryMap       ; RSI = where page 0's byte is
        xor     rcx, rcx                ; RCX = pages looked at
        xor     rbx, rbx                ; RBX = of these, free

.next:
        lodsb                           ; AL = this page; RSI = the next higher
        inc     rcx
        cmp     rcx, COUNT_END_PAGE
        je      .done                   ; the last byte is read, not counted
        cmp     al, PAGE_FREE
        jne     .next
        inc     rbx
        jmp     .next

.done:
        mov     rcx, rbx

        pop     rax
        pop     rbx
        pop     rsi
        ret


; os_mem_copy -- copy bytes, lowest first
;
; Where the destination begins inside the source, bytes are read that were
; just written: the beginning of the source repeats.
;
; IN        RSI = address of the source, RDI = address of the destination,
;           RCX = number of bytes, DF = upwards, 0..0
; OUT       nothing
; FLAGS     preserved
; CLOBBERS  nothing
; WRITES    RCX bytes from RDI
; STACK     24 bytes
os_mem_copy:
        push    rdi
        push    rsi
        push    rcx

        rep movsb

        pop     rcx
        pop     rsi
        pop     rdi
        ret
