; A loader's second stage, in the manner of hobby kernels: names with colon before equ, a header with a check sum,
; three widths, tables that measure themselves.
USE32
ORG 0x00008000

SIZE equ 1024
MAGIC			equ 0xE85250D6
LENGTH		equ header_end - header
CHECKSUM	equ -(MAGIC + 0 + LENGTH)

start:
	jmp start32			; taken by the first processor only
	nop
	nop
USE16
	cli
	xor eax, eax
	mov ds, ax
	mov esp, 0x8000
	jmp 0x0000:near16
near16:
	lgdt [cs:GDTR32]
	mov eax, cr0
	or al, 1
	mov cr0, eax
	jmp 8:start32
	align 8
header:	dd MAGIC
	dd 0, LENGTH, CHECKSUM
header_end:

USE32
start32:
	mov edi, 0xb8000
	mov cx, 80*25
	rep stosw
	mov [0x000B809C], byte '2'
	mov al, 00100110b
	out 0x71, al
	mov esi, gdt64
	mov ecx, (gdt64_end - gdt64)
	rep movsb
create:
	stosd
	add eax, 0x00001000
	dec ecx
	cmp ecx, 0
	jne create
	or eax, 0x0000000B0
	jmp CODE64:start64
align 16
USE64
start64:
	mov rax, clear64
	jmp rax
clear64:
	mov edi, start
	mov rcx, 256-32
	mov word [0x00*16], gate_00
	mov word [0x13*16], gate_00
	mov rsi, [p_mem]
	mov rdx, [InfoMap+8]
	add rsi, 0x0000000000050400
	and ecx, 0xFFFFFFFE
	mov dword [p_mem], ecx
	cmp cl, 'Z'
	mov rcx, ((32768 - SIZE) / 8)
	mov cx, [eax + 0x100004]
	mov rbx, [rax + p_mem]
	jmp 0x0000000000100000
gate_00:
	iretq
InfoMap:		equ 0x0000000000005000
p_mem:			equ InfoMap + 0x20		; MiB
align 16
GDTR32:
dw gdt64_end - gdt64 - 1
dq gdt64
gdt64:
NULL64 equ $-gdt64
dq 0
CODE64 equ $-gdt64
dq 0x00209A0000000000
gdt64_end:
message:	db 10, 'Loader ', 0
EOF:
	db 0xDE, 0xAD, 0xC0, 0xDE
times SIZE-($-$$) db 0x90
