"""Programs that every recorder must write down alike."""

from __future__ import annotations

import random

PROGRAMS = {
    "straight": "f: mov eax, 5\n add eax, ecx\n push rax\n pop rbx\n stc\n cmc\n ret",
    "loop": "f: xor eax, eax\n.n: add eax, ecx\n dec rcx\n jnz .n\n ret",
    "rep stosb": "f: mov edi, 0x200000\n rep stosb\n ret",
    "rep movsw": "f: mov esi, os_MemoryMap\n mov edi, 0x200000\n rep movsw\n ret",
    "rep nothing": "f: xor ecx, ecx\n mov edi, 0x200000\n rep stosb\n ret",
    "rep downwards": "f: std\n mov edi, 0x200100\n rep stosd\n cld\n ret",
    "rep one": "f: mov ecx, 1\n mov edi, 0x200000\n rep stosq\n ret",
    "repe cmpsb": "f: mov esi, os_MemoryMap\n mov edi, os_MemoryMap + 1\n mov ecx, 9\n repe cmpsb\n ret",
    "repne scasb": "f: mov edi, os_MemoryMap\n mov al, 1\n mov ecx, 9\n repne scasb\n ret",
    "lods and stos": "f: mov esi, os_MemoryMap\n mov edi, 0x200000\n.n: lodsb\n stosb\n dec cl\n jnz .n\n ret",
    "two strings": "f: mov edi, 0x200000\n mov ecx, 3\n rep stosb\n mov ecx, 2\n rep stosb\n nop\n ret",
    "rewrites itself": "f: mov byte [rel g + 1], 7\ng: mov al, 1\n ret",
    "rewrites behind": "f: call g\n mov byte [rel g + 1], 7\n call g\n mov byte [rel g + 1], 1\n call g\n ret\ng: mov al, 1\n ret",
    "stores beside its code": "f: mov ecx, 5\n.n: inc byte [rel here]\n dec ecx\n jnz .n\n ret\nhere: db 0",
    "branch to itself": "f: loop f\n ret",
    "flags": "f: add al, 0x70\n sbb bl, cl\n shl edx, 3\n rcl dl, 1\n imul eax, ecx, 7\n neg ebx\n bt eax, 3\n inc cl\n ret",
    "more flags": "f: mul cl\n sar ebx, 1\n ror eax, 5\n bsf edx, ecx\n and al, 0x0f\n xadd eax, ebx\n cmpxchg ecx, edx\n popfq\n ret",
    "pushed flags": "f: stc\n pushfq\n pop rax\n std\n pushfq\n pop rbx\n cld\n lahf\n sahf\n ret",
    "unaligned": "f: mov rax, [0x200ffd]\n mov [0x200ffd], rcx\n mov rax, [0x3ffffd]\n mov [0x3ffffd], rcx\n ret",
    "unaligned near a start": "f: mov [0x20000b], ebx\n nop\n nop\n nop\n nop\n nop\n nop\n nop\n nop\n inc byte [0x200020]\n ret",
    "wide": "f: movdqu xmm0, [os_MemoryMap]\n movdqu [0x200001], xmm0\n movq rax, xmm0\n ret",
    "movbe": "f: mov eax, 0x01020304\n movbe [0x200000], eax\n movbe cx, [0x200000]\n movbe [0x200008], rdx\n crc32 eax, byte [0x200000]\n crc32 eax, dword [0x200000]\n ret",
    "clock": "f: rdtsc\n mov ebx, eax\n rdtsc\n rdrand rcx\n ret",
    "segments": "f: mov eax, 0x18\n mov es, ax\n mov fs, ax\n mov ax, ds\n ret",
    "control": "f: mov rax, cr0\n mov rbx, cr4\n mov cr2, rcx\n ret",
    "fault": "f: nop\n mov eax, [0x4000000]\n ret",
    "store that fails": "f: nop\n mov [0x4000000], eax\n ret",
    "call that fails": "f: mov esp, 0x11f800\n call f",
    "fence": "f: mov al, [0x11ffff]\n ret",
    "divide": "f: xor ecx, ecx\n div ecx\n ret",
    "jump to nowhere": "f: jmp rax",
    "hlt": "f: nop\n hlt",
    "avx": "f: nop\n db 0xc5, 0xf0, 0x58, 0xc2\n ret",
    "never returns": "f: inc eax\n jmp f",
    "undefined": "f: nop\n ud2",
    "int3": "f: int3",
    "16 bits": "bits 16\nf: mov ax, 5\n push ax\n pop bx\n mov cx, 3\n mov di, 0x2000\n rep stosw\n loop $\n ret",
    "16 bits, segments": "bits 16\nf: mov ax, 0x1000\n mov es, ax\n mov [es:4], cl\n lds si, [0x2000]\n retn",
    "32 bits": "bits 32\nf: pushad\n mov ecx, 5\n.n: add eax, ecx\n loop .n\n mov edi, 0x200000\n mov cl, 4\n rep stosd\n popad\n ret",
    "enter and leave": "f: enter 16, 0\n mov [rbp - 8], rcx\n leave\n ret",
    "xchg and xlatb": "f: mov ebx, os_MemoryMap\n mov al, 3\n xlatb\n xchg [0x200000], rcx\n bswap rcx\n ret",
    "fxsave": "f: fxsave [0x200000]\n fld1\n fstp qword [0x200300]\n ret",
}

_OPERATIONS = ("add", "sub", "xor", "and", "or", "adc", "sbb", "cmp", "test", "mov", "imul", "xchg")
_REGISTERS = ("rax", "rbx", "rcx", "rdx", "rsi", "rdi", "r8", "r9", "r10")
_SHIFTS = ("shl", "shr", "sar", "rol", "ror", "rcl", "rcr")


def random_program(seed: int) -> str:
    """Return a program that ends: straight pieces, stores, strings, a counted loop."""
    rng = random.Random(seed)
    lines = ["f: mov ebp, 0x200000", " mov r15, 3", ".again:"]
    for number in range(rng.randrange(5, 30)):
        lines.append(" " + _random_line(rng, number))
    lines += [" dec r15", " jnz .again", " ret"]
    return "\n".join(lines)


def _random_line(rng: random.Random, number: int) -> str:
    first, second = rng.choice(_REGISTERS), rng.choice(_REGISTERS)
    offset = rng.randrange(0, 0x1000)
    size = rng.choice(("byte", "word", "dword", "qword"))
    return rng.choice((
        f"{rng.choice(_OPERATIONS)} {first}, {second}",
        f"{rng.choice(_SHIFTS)} {first}, {rng.randrange(1, 40)}",
        f"mov [rbp + {offset}], {first}",
        f"mov {first}, [rbp + {offset}]",
        f"inc {size} [rbp + {offset}]",
        f"push {first}\n pop {second}",
        f"lea {first}, [{second} + {offset}]",
        f"cmp {first}, {second}\n jb .l{number}\n not {first}\n.l{number}:",
        f"lea rdi, [rbp + {offset}]\n mov ecx, {rng.randrange(0, 20)}\n rep stos{rng.choice('bwdq')}",
        f"lea rsi, [rbp + {offset}]\n lea rdi, [rbp + {rng.randrange(0x1000)}]\n mov cl, {rng.randrange(9)}\n movzx ecx, cl\n rep movsb",
        f"set{rng.choice(('z', 'c', 's', 'o', 'p'))} [rbp + {offset}]",
        f"cmov{rng.choice(('z', 'c', 's', 'o', 'p'))} {first}, {second}",
    ))  # fmt: skip
