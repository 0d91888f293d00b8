; blocks.asm -- blocks of 64 bytes; the free ones are linked through their first qword

        bits 64

; block_init -- make one list of all blocks
;  IN:  RDI = address of the first block, RCX = number of blocks
; OUT:  nothing. All registers preserved
block_init:
        push rax
        push rcx
        push rdi
        mov [block_head], rdi
.link:  dec rcx
        jz .last
        lea rax, [rdi + 64]
        mov [rdi], rax
        mov rdi, rax
        jmp .link
.last:  mov qword [rdi], 0
        pop rdi
        pop rcx
        pop rax
        ret

; block_get -- take the first block off the list
;  IN:  nothing
; OUT:  RAX = address of the block, 0 when there is none
block_get:
        mov rax, [block_head]
        test rax, rax
        jz .none
        push rcx
        mov rcx, [rax]
        mov [block_head], rcx
        pop rcx
.none:  ret

; block_put -- put a block back, to be taken first
;  IN:  RAX = address of the block
; OUT:  nothing
block_put:
        push rcx
        mov rcx, [block_head]
        mov [rax], rcx
        mov [block_head], rax
        pop rcx
        ret

block_head:
        dq 0
