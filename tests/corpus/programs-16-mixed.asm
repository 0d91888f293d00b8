; From real mode to long mode in one image: the width changes on the way.
bits 16
org 0x8000
stage:
  cli
  lgdt [cs:pointer]
  mov eax, cr0
  or eax, 1
  mov cr0, eax
  jmp dword 0x08:protected
  push word 5
  push dword 5
  a32 lodsb
  mov eax, [ebx+ecx*2]
  mov ax, [dword 0x12345678]
  o32 ret
bits 32
protected:
  mov ax, 0x10
  mov ss, ax
  mov eax, 0x3003
  mov [0x2000], eax
  mov eax, cr4
  bts eax, 5
  mov cr4, eax
  mov ecx, 0xC0000080
  rdmsr
  or eax, 1 << 8
  wrmsr
  mov eax, cr0
  or eax, 1 << 31
  mov cr0, eax
  jmp 0x18:wide
  a16 lodsb
  mov ax, [bx+si]
  push word 5
bits 64
wide:
  mov rax, 0xFFFF_FFFF_8000_0000
  mov rsp, stack
  mov rdi, qword 5
  call wide.routine
  jmp $
.routine:
  iretq
align 8
gdt: dq 0, 0x00CF9A000000FFFF, 0x00CF92000000FFFF, 0x00AF9A000000FFFF
pointer: dw pointer - gdt - 1
  dd gdt
label_without_colon resb 3
x times 3 db 5
times 4096 - ($ - $$) db 0
stack equ $$ + 0x4000
