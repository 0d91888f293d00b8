; Multi-line macros and repetitions: frames, saved registers, strings, a table of interrupt stubs and descriptors.
        [bits 32]
        [org 0x100000]
%idefine SystemGate 0x8E00

%macro save 1-*
%rep %0
        push    %1
%rotate 1
%endrep
%endmacro

%macro restore 1-*
%rep %0
%rotate -1
        pop     %1
%endrep
%endmacro

%imacro Prologue 0-1 0
        push    ebp
        mov     ebp, esp
%if %1 > 0
        sub     esp, %1
%endif
%endmacro

%macro repeat_until 2+ 
%%again:
        %2
        j%-1    %%again
%endmacro

%macro text 2+                          ; a label, and what it holds
%1:     db      %2
.length equ     $ - %1
%endmacro

%macro descriptor 2-3 {9Ah, 0CFh}       ; base, limit, access and flags
        dw      %2 & 0xFFFF, %1 & 0xFFFF
        db      (%1 >> 16) & 0xFF, %3, %1 >> 24
%endmacro

%macro compare 2
%ifnum %1
        mov     eax, %1
%elifidni %1, EAX
%elifstr %1
        mov     eax, %1
%else
        mov     eax, [%1]
%endif
        cmp     eax, %2
%endmacro

%macro push 2-*                         ; more than one: each; one alone is the instruction
%rep %0
        push    %1
%rotate 1
%endrep
%endmacro

%macro stub 1
stub_%1:
%ifidn %1, 2
        hlt
%endif
        push    byte %1
        jmp     near stub_end
%endmacro

entry:  Prologue 16
        save    ebx, esi, edi
        mov     ecx, 3
        repeat_until z, dec ecx
.next:  repeat_until nz, {xor ebx, ebx}
        compare eax, 5
        compare 7, 5
        compare greeting, 'H'
        compare 'abcd', eax
        push    1, 2, dword [esp]
        push    3
        add     esp, 16
        jz      .next
        restore ebx, esi, edi
        leave
        ret
%assign number 0
%rep 6
%if number = 4
%exitrep
%endif
        stub    number
%assign number number + 1
%endrep
stub_end:
        add     esp, 4
        iretd
text    greeting, "Hello, ", 'world', 0
text    short_one, 33
        align   8
table:  descriptor 0, 0xFFFFF
        descriptor 0x12345678, 0x1000, {92h, 0CFh}
%rep 2
%rep 3
        dd      stub_%+ 3
%endrep
        dw      greeting.length, short_one.length
%endrep
        dw      SYSTEMGATE
