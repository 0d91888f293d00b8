; e820.asm -- asks the firmware which memory there is
;
; Four services can say it, the newest first. Whichever answers, what is left
; at FIRMWARE_MAP has one format, that of the newest (boot_layout.asm):
;
;       E820    a list of regions of any kind, one for each call
;       E801    two amounts: from 1 to 16 MiB, and above 16 MiB
;       88h     one amount: above 1 MiB, never more than 64 MiB
;       CMOS    amounts that nobody corrects for what the BIOS keeps
;
; Firmware makes mistakes, and each of these has been seen:
; - It changes EDX, ESI, EBP, DS or ES: all are saved around the call.
; - It writes only what differs from the entry before: the entries are asked
;   for in one place, and copied from there.
; - It writes 20 bytes where 24 were asked for, or 24 whose last dword nobody
;   filled: that dword is 1 before each call. Where bit 0 is clear in all
;   entries it says nothing, and no entry is skipped.
; - It ends the list with CF = 1 on the call after the last entry.
; - It forgets 'SMAP' in the middle: then nothing of the list is believed.
; - Its list never ends, or is longer than the table: not believed either.
; - E801 leaves AX and BX zero and answers in CX and DX.
; - 88h sets CF and answers all the same.

%ifndef E820
%define E820
%include "boot_layout.asm"
%include "intcall.asm"

        bits    16

        global  map_probe
        global  e820_read

SMAP            equ     0x534D4150      ; 'SMAP', as a number
E820_CALLS      equ     1024            ; a list that is longer never ends
MIN_ENTRY_SIZE  equ     20
BIOS_MEMORY     equ     0x15            ; numbers of interrupts
BIOS_BASE_SIZE  equ     0x12
FULL_15_MIB     equ     15 * 1024       ; KiB between 1 and 16 MiB
SIXTEEN_MIB     equ     0x1000000
CMOS_INDEX      equ     0x70
CMOS_DATA       equ     0x71
CARRY           equ     1               ; CF in EFLAGS

; map_probe -- make the firmware map, from the best service that answers
;
; IN        DS = 0, 0..0, ES = 0, 0..0, SS = 0, 0..0
; OUT       AX = number of entries or 0 when nothing answers
; FLAGS     ZF = 1 exactly when AX is 0, DF = 0
; CLOBBERS  nothing
; WRITES    FIRMWARE_MAP[0..4095]
; STACK     188 bytes
map_probe:
        pushad
        cld
        mov     dword [MAP_MAGIC], 'MAP1'
        mov     dword [MAP_ENTRY_SIZE], ENTRY_SIZE

        mov     dword [MAP_SOURCE], SOURCE_E820
        mov     di, MAP_ENTRIES
        call    e820_read
        jnc     .done

        mov     dword [MAP_SOURCE], SOURCE_E801
        call    e801_read
        jnc     .done

        mov     dword [MAP_SOURCE], SOURCE_88
        call    old_size_read
        jnc     .done

        mov     dword [MAP_SOURCE], SOURCE_CMOS
        call    cmos_read
        jnc     .done
        mov     dword [MAP_COUNT], 0

.done:
        popad
        mov     ax, word [MAP_COUNT]
        test    ax, ax
        ret


; e820_read -- read the list of regions, all of it
;
; An entry of length 0 is skipped, and one whose attributes have bit 0 clear,
; unless it is clear in all of them.
;
; IN        ES, DI = where the entries go, 24 bytes each, DS = 0, 0..0
; OUT       nothing
; FLAGS     CF = 1 when there is no list that can be believed, DF = 0
; CLOBBERS  nothing
; WRITES    MAP_COUNT[0..3], 24 bytes for each entry from ES:DI
; STACK     66 bytes
e820_read:
        pushad
        cld
        mov     dword [MAP_COUNT], 0
        mov     word [e820_first], di
        mov     dx, E820_CALLS          ; DX = calls that are left
        xor     ebx, ebx                ; EBX = 0: the first entry

.next:
        dec     dx
        jz      .fail
        call    e820_ask
        jc      .end                    ; past the last one, or no such service
        cmp     eax, SMAP
        jne     .fail
        call    e820_keep
        jc      .fail                   ; more than there is room for
        test    ebx, ebx
        jnz     .next                   ; 0: that was the last one

.end:
        cmp     word [MAP_COUNT], 0
        je      .fail
        call    e820_drop_disabled
        popad
        clc
        ret

.fail:
        mov     dword [MAP_COUNT], 0
        popad
        stc
        ret


; e820_ask -- ask for one entry, whatever the firmware does to registers
;
; IN        EBX = which entry: what the call before answered, DS = 0, 0..0
; OUT       EAX = 'SMAP', EBX = the next entry or 0,
;           ECX = bytes of the entry
; FLAGS     CF = 1 when there is no such entry
; CLOBBERS  nothing
; WRITES    e820_entry[0..23]
; STACK     22 bytes
e820_ask:
        push    ds
        push    es
        push    edx
        push    esi
        push    edi
        push    ebp
        push    ds
        pop     es
        mov     di, e820_entry
        mov     dword [e820_entry + ENTRY_FLAGS], 1
        mov     eax, 0xE820             ; some want the high word clear
        mov     edx, SMAP
        mov     ecx, ENTRY_SIZE
        int     BIOS_MEMORY
        cld
        sti                             ; some come back without interrupts
        pop     ebp
        pop     edi
        pop     esi
        pop     edx
        pop     es
        pop     ds
        ret


; e820_keep -- add the entry that was just read to the list, if it counts
;
; IN        CX = bytes that the firmware says it has,
;           ES, DI = where it goes, DS = 0, 0..0
; OUT       DI = where the next one goes
; FLAGS     CF = 1 when the list is full, DF = 0
; CLOBBERS  nothing
; WRITES    MAP_COUNT[0..3], 24 bytes from ES:DI
; STACK     8 bytes
e820_keep:
        push    ecx
        push    esi
        jcxz    .skip
        cmp     cx, MIN_ENTRY_SIZE
        ja      .measure
        mov     dword [e820_entry + ENTRY_FLAGS], 1     ; it wrote none

.measure:
        mov     ecx, dword [e820_entry + ENTRY_LENGTH]
        or      ecx, dword [e820_entry + ENTRY_LENGTH + 4]
        jz      .skip
        cmp     word [MAP_COUNT], MAP_ROOM
        jae     .full
        inc     word [MAP_COUNT]
        mov     si, e820_entry
        mov     cx, ENTRY_SIZE / 4
        rep movsd

.skip:
        clc
        jmp     .done

.full:
        stc

.done:
        pop     esi
        pop     ecx
        ret


; e820_drop_disabled -- take out the entries that say they are to be skipped
;
; IN        ES = segment of the list, DS = 0, 0..0
; OUT       nothing
; FLAGS     DF = 0
; CLOBBERS  nothing
; WRITES    MAP_COUNT[0..3], the list
; STACK     32 bytes
e820_drop_disabled:
        pushad
        mov     si, word [e820_first]
        mov     cx, word [MAP_COUNT]

.look:                                  ; for one that is not to be skipped
        test    byte [es:si + ENTRY_FLAGS], 1
        jnz     .sort
        add     si, ENTRY_SIZE
        loop    .look
        jmp     .done                   ; bit 0 is clear in all: it says nothing

.sort:
        mov     si, word [e820_first]   ; SI = entry that is looked at
        mov     di, si                  ; DI = where the next one is kept
        mov     dx, word [MAP_COUNT]    ; DX = entries still to be looked at
        mov     word [MAP_COUNT], 0

.next:
        mov     cx, ENTRY_SIZE / 4
        test    byte [es:si + ENTRY_FLAGS], 1
        jz      .drop
        inc     word [MAP_COUNT]
        es rep movsd
        jmp     .more

.drop:
        add     si, ENTRY_SIZE

.more:
        dec     dx
        jnz     .next

.done:
        popad
        ret


; e801_read -- make the map of two amounts
;
; IN        DS = 0, 0..0, ES = 0, 0..0, SS = 0, 0..0
; OUT       nothing
; FLAGS     CF = 1 when the service is not there
; CLOBBERS  nothing
; WRITES    FIRMWARE_MAP[0..4095]
; STACK     154 bytes
e801_read:
        pushad
        mov     ax, 0xE801
        call    memory_ask
        jc      .done
        mov     ax, word [answer + CALL_ECX]
        mov     dx, word [answer + CALL_EDX]
        mov     cx, ax
        or      cx, dx
        jnz     .found
        mov     ax, word [answer + CALL_EAX]
        mov     dx, word [answer + CALL_EBX]

.found:                                 ; AX in KiB, DX in 64 KiB
        call    map_of_amounts

.done:
        popad
        ret


; old_size_read -- make the map of the amount that INT 15h, AH = 88h, tells
;
; IN        DS = 0, 0..0, ES = 0, 0..0, SS = 0, 0..0
; OUT       nothing
; FLAGS     CF = 1 when the service is not there
; CLOBBERS  nothing
; WRITES    FIRMWARE_MAP[0..4095]
; STACK     154 bytes
old_size_read:
        pushad
        mov     ax, 0x8800
        call    memory_ask
        mov     ax, word [answer + CALL_EAX]
        jnc     .found
        cmp     ah, 0x86                ; "no such function", in both of its
        je      .fail                   ; spellings; else CF means nothing
        cmp     ah, 0x80
        je      .fail

.found:
        xor     dx, dx
        call    map_of_kib
        jmp     .done

.fail:
        stc

.done:
        popad
        ret


; cmos_read -- make the map of what the machine's set-up once wrote down
;
; Nothing is taken off there for what the BIOS keeps at the end of memory for
; tables: the last MiB is left out.
;
; IN        DS = 0, 0..0, ES = 0, 0..0, SS = 0, 0..0
; OUT       nothing
; FLAGS     CF = 1 when nothing is written there
; CLOBBERS  nothing
; WRITES    FIRMWARE_MAP[0..4095]
; STACK     100 bytes
cmos_read:
        pushad
        mov     al, 0x34                ; units of 64 KiB above 16 MiB
        call    cmos_word
        mov     dx, ax
        mov     ax, FULL_15_MIB
        sub     dx, 16                  ; 1 MiB less
        ja      .both
        mov     al, 0x30                ; KiB above 1 MiB
        call    cmos_word
        xor     dx, dx
        sub     ax, 1024
        jbe     .fail
        call    map_of_kib
        jmp     .done

.both:
        call    map_of_amounts
        jmp     .done

.fail:
        stc

.done:
        popad
        ret


; cmos_word -- read two bytes of the CMOS
;
; IN        AL = number of the lower one
; OUT       AX = the word
; FLAGS     undefined
; CLOBBERS  nothing
; WRITES    nothing
; STACK     2 bytes
cmos_word:
        push    cx
        mov     cl, al
        inc     al
        out     CMOS_INDEX, al
        in      al, CMOS_DATA
        mov     ah, al
        mov     al, cl
        out     CMOS_INDEX, al
        in      al, CMOS_DATA
        pop     cx
        ret


; memory_ask -- call INT 15h with zeros in all registers but AX
;
; IN        AX = which function, DS = 0, 0..0, ES = 0, 0..0, SS = 0, 0..0
; OUT       nothing
; FLAGS     CF = what the BIOS answered, DF = 0
; CLOBBERS  nothing
; WRITES    question[0..43], answer[0..43]
; STACK     120 bytes
memory_ask:
        pushad
        movzx   edx, ax
        xor     eax, eax
        mov     di, question
        mov     cx, CALL_DWORDS
        cld
        rep stosd
        mov     word [question + CALL_EAX], dx
        mov     eax, BIOS_MEMORY
        mov     edx, question
        mov     ecx, answer
        call    dword int_call
        sti
        mov     al, byte [answer + CALL_EFLAGS]
        shr     al, 1                   ; CF = the answer's CF: it is bit 0
        popad
        ret


; map_of_amounts -- make the map of what lies below and above 16 MiB
;
; IN        AX = KiB from 1 MiB, at most 15 MiB, DX = 64 KiB units from 16 MiB
; OUT       nothing
; FLAGS     CF = 1 when that is nothing, or more than fits below 16 MiB
; CLOBBERS  nothing
; WRITES    FIRMWARE_MAP[0..4095]
; STACK     66 bytes
map_of_amounts:
        cmp     ax, FULL_15_MIB
        ja      map_of_kib.fail

; map_of_kib -- make the map of one amount, and of what lies above 16 MiB
;
; IN        AX = KiB from 1 MiB, DX = 64 KiB units from 16 MiB
; OUT       nothing
; FLAGS     CF = 1 when that is nothing
; CLOBBERS  nothing
; WRITES    FIRMWARE_MAP[0..4095]
; STACK     66 bytes
map_of_kib:
        pushad
        mov     bx, ax
        or      bx, dx
        jz      .nothing
        mov     dword [MAP_COUNT], 0
        movzx   ebx, ax                 ; EBX = KiB from 1 MiB
        int     BIOS_BASE_SIZE          ; AX = KiB from 0
        movzx   ecx, ax
        xor     eax, eax
        call    map_add
        mov     ecx, ebx
        mov     eax, ONE_MIB
        call    map_add
        movzx   ecx, dx
        shl     ecx, 6                  ; ECX = KiB from 16 MiB
        mov     eax, SIXTEEN_MIB
        call    map_add
        popad
        clc
        ret

.nothing:
        popad

.fail:
        stc
        ret


; map_add -- add usable memory to the map
;
; IN        EAX = base, ECX = KiB, 0..4194240, DS = 0, 0..0, ES = 0, 0..0
; OUT       nothing
; FLAGS     DF = 0
; CLOBBERS  nothing
; WRITES    FIRMWARE_MAP[0..4095]
; STACK     32 bytes
map_add:
        pushad
        jecxz   .done
        cld
        movzx   edi, word [MAP_COUNT]
        inc     word [MAP_COUNT]
        imul    edi, edi, ENTRY_SIZE
        add     edi, MAP_ENTRIES
        stosd                           ; base
        xor     eax, eax
        stosd
        mov     eax, ecx
        shl     eax, 10
        stosd                           ; length
        xor     eax, eax
        stosd
        mov     al, TYPE_USABLE
        stosd
        stosd                           ; attributes: bit 0 is set too

.done:
        popad
        ret


        align   4, db 0
e820_entry:
        times   ENTRY_SIZE db 0         ; where all entries are read
e820_first:
        dw      0                       ; where the list begins in its segment
        align   4, db 0
question:
        times   CALL_SIZE db 0
answer:
        times   CALL_SIZE db 0

%endif
