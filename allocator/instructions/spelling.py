"""Spell an instruction the way NASM reads it, from the way Capstone prints it.

    Capstone                                      here
    mov eax, dword ptr es:[di]                    mov eax, dword [es:di]
    rep movsb byte ptr es:[edi], byte ptr [esi]   rep movsb
    ljmp 8:0x1234    lcall 8, 0x1234              jmp 8:0x1234    call 8:0x1234
    jmp ptr [ebx]    ljmp [bx]                    jmp far dword [ebx]    jmp far word [bx]
    fadd st(1)       movabs rax, 1                fadd st1    mov rax, 1
    66 C3: ret       66 98 in 16-bit: cbw         o16 ret (o32 in 16-bit code)    cwde

What Capstone prints wrongly or leaves out is taken from the bytes. Pure functions of text and bytes; no engine.
"""

from __future__ import annotations

import re

from allocator.instructions.anatomy import REP, REPNE, Anatomy

STRING_OPERATIONS = frozenset(
    name + size for name in ("movs", "cmps", "scas", "lods", "stos", "ins", "outs") for size in "bwdq"
) - {"insq", "outsq"}
RELATIVE_BRANCHES = frozenset({
    "jmp", "call", "loop", "loope", "loopne", "jcxz", "jecxz", "jrcxz", "xbegin",
    "jo", "jno", "jb", "jae", "je", "jne", "jbe", "ja", "js", "jns", "jp", "jnp", "jl", "jge", "jle", "jg",
})  # fmt: skip

_SIZE_NAMES = {1: "byte", 2: "word", 4: "dword", 8: "qword"}
_SEGMENT_OUTSIDE = re.compile(r"\b([c-gs]s):\[")
_STACK_REGISTER = re.compile(r"\bst\((\d)\)")
_NO_INDEX = re.compile(r" \+ [er]iz(?:\*\d)?")
_RIP = re.compile(r"\[(?:([c-gs]s):)?rip(?: ([+-]) (0x[0-9a-f]+|\d+))?\]")
_ABSOLUTE = re.compile(r"\[(?:([c-gs]s):)?(0x[0-9a-f]+|\d+)\]")
# NASM knows their size, or knows it otherwise than Capstone.
_SIZED_BY_MNEMONIC_WORDS = """
    bound clflush clflushopt cmpxchg16b comisd fldenv fnsave fnstenv frstor fxrstor fxsave invlpg lds lea les lfs lgdt
    lgs lidt lss prefetch prefetchnta prefetcht0 prefetcht1 prefetcht2 prefetchw pshufw punpckldq punpcklbw punpcklwd
    sgdt sidt ucomisd xrstor xsave
"""
_SIZED_BY_MNEMONIC = frozenset(_SIZED_BY_MNEMONIC_WORDS.split())
_NASM_NAMES = {
    "movabs": "mov", "fcompi": "fcomip", "fucompi": "fucomip", "sysretq": "o64 sysret", "sysexitq": "o64 sysexit",
}  # fmt: skip
_BY_SIZE = {
    0x98: {2: "cbw", 4: "cwde", 8: "cdqe"},
    0x99: {2: "cwd", 4: "cdq", 8: "cqo"},
    0xCF: {2: "iretw", 4: "iretd", 8: "iretq"},
}
_STACKED = {0x9C: "pushf", 0x9D: "popf", 0x60: "pusha", 0x61: "popa"}
# Their text is the same with and without 66.
_SIZE_UNSPOKEN = frozenset(b"\xc2\xc3\xca\xcb\xc8\xc9\x06\x07\x0e\x16\x17\x1e\x1f")


def spell(mnemonic: str, operands: str, anatomy: Anatomy, bits: int, end: int) -> tuple[str, str]:
    """Return the mnemonic (with its prefixes) and the operands in NASM's spelling.

    `end` is the address behind the instruction, from which RIP-relative addresses are resolved.
    """
    *prefixes, name = mnemonic.split()
    prefixes = [prefix for prefix in prefixes if prefix not in ("notrack", "bnd")]
    if name in STRING_OPERATIONS and anatomy.map == 0:
        return _spell_string(name, anatomy, bits), ""
    if name in ("jmp", "call", "ljmp", "lcall"):
        name, operands = _spell_jump(name, operands, anatomy, bits)
    name = _name_by_size(name, anatomy, bits)
    operands = _spell_operands(name, operands, anatomy, bits, end)
    prefixes += _unspoken_prefixes(name, anatomy, bits)
    return " ".join((*prefixes, _NASM_NAMES.get(name, name))), operands


def branch_target(code: bytes, address: int, anatomy: Anatomy, bits: int) -> int:
    """Return where the relative branch `code` at `address` leads, as the processor computes it.

    Capstone neither wraps nor extends it rightly in 16-bit code, where IP is 16 bits wide.
    """
    wide = anatomy.map or anatomy.opcode in (0xE8, 0xE9, 0xC7)
    width = (4 if bits == 64 else anatomy.operand_size(bits)) if wide else 1
    target = address + len(code) + int.from_bytes(code[-width:], "little", signed=True)
    if bits == 64:
        return target & 0xFFFF_FFFF_FFFF_FFFF
    if anatomy.operand_size(bits) == 2:
        # Linear addresses above 64 KiB come from a CS base, which the wrap does not touch.
        return (address & ~0xFFFF) | (target & 0xFFFF)
    return target & 0xFFFF_FFFF


def _spell_string(name: str, anatomy: Anatomy, bits: int) -> str:
    words = []
    if REP in anatomy.prefixes:
        words.append("repe" if name[:4] in ("cmps", "scas") else "rep")
    elif REPNE in anatomy.prefixes:
        words.append("repne")
    if anatomy.has_address_size:
        words.append(f"a{anatomy.address_size(bits) * 8}")
    if anatomy.segment:
        words.append(anatomy.segment)
    return " ".join((*words, name))


def _spell_jump(name: str, operands: str, anatomy: Anatomy, bits: int) -> tuple[str, str]:
    plain = name.removeprefix("l")
    size = _SIZE_NAMES[anatomy.operand_size(bits)]
    if anatomy.opcode in (0xEA, 0x9A) and anatomy.map == 0:
        selector, offset = re.split(r"\s*[:,]\s*", operands)
        return plain, f"{size + ' ' if anatomy.has_operand_size else ''}{selector}:{offset}"
    if name != plain or operands.startswith("ptr "):
        return plain, f"far {size} {operands.removeprefix('ptr ')}"
    return plain, operands


def _name_by_size(name: str, anatomy: Anatomy, bits: int) -> str:
    if anatomy.map or anatomy.vex:
        return name
    size = anatomy.operand_size(bits)
    if anatomy.opcode == 0xCF and bits != 64 and not anatomy.has_operand_size:
        return "iret"
    if anatomy.opcode in _BY_SIZE:
        return _BY_SIZE[anatomy.opcode][size]
    if anatomy.opcode in _STACKED:
        if not anatomy.has_operand_size:
            return _STACKED[anatomy.opcode] + ("q" if bits == 64 else "")
        return _STACKED[anatomy.opcode] + ("w" if size == 2 else "d")
    return name


def _unspoken_prefixes(name: str, anatomy: Anatomy, bits: int) -> list[str]:
    words = []
    if anatomy.has_operand_size and not anatomy.vex and _size_is_unspoken(name, anatomy):
        words.append(f"o{anatomy.operand_size(bits) * 8}")
    if anatomy.map == 0 and anatomy.opcode in (0xE0, 0xE1, 0xE2, 0xD7) and anatomy.has_address_size:
        words.append(f"a{anatomy.address_size(bits) * 8}")
    if anatomy.map == 0 and anatomy.opcode == 0xD7 and anatomy.segment:
        words.append(anatomy.segment)
    return words


def _size_is_unspoken(name: str, anatomy: Anatomy) -> bool:
    if anatomy.map == 0:
        return anatomy.opcode in _SIZE_UNSPOKEN
    return name in ("lgdt", "lidt", "sgdt", "sidt") or (anatomy.map == 0x0F and anatomy.opcode & 0xF6 == 0xA0)


def _spell_operands(name: str, operands: str, anatomy: Anatomy, bits: int, end: int) -> str:
    text = operands.replace("xmmword ptr ", "" if "xmm" in operands.replace("xmmword", "") else "oword ")
    text = (
        text.replace("ymmword ptr", "yword")
        .replace("zmmword ptr", "zword")
        .replace("xword ptr", "tword")
        .replace("tbyte ptr", "tword")
    )
    text = text.replace("fword ptr ", "").replace(" ptr ", " ").removeprefix("ptr ")
    text = _SEGMENT_OUTSIDE.sub(r"[\1:", text)
    text = _STACK_REGISTER.sub(r"st\1", _NO_INDEX.sub("", text))
    if name == "xchg" and anatomy.opcode in (0x86, 0x87) and "[" not in text:
        # NASM puts the first operand into ModRM's middle field, Capstone reads it from the last.
        text = ", ".join(reversed(text.split(", ")))
    if name in _SIZED_BY_MNEMONIC:
        text = re.sub(r"\b(?:byte|word|dword|qword|oword) \[", "[", text)
    if anatomy.map == 0 and anatomy.opcode in (0x68, 0x6A):
        text = _spell_pushed(text, anatomy, bits)
    if anatomy.map == 0 and anatomy.opcode in (0xD0, 0xD1) and "," not in text:
        # Of RCL Capstone leaves out the 1.
        text += ", 1"
    return _spell_absolute(name, text, anatomy, bits, end) if "[" in text else text


def _spell_pushed(text: str, anatomy: Anatomy, bits: int) -> str:
    size = _SIZE_NAMES[anatomy.operand_size(bits)]
    width = 1 << anatomy.operand_size(bits) * 8
    if anatomy.opcode == 0x68 and (int(text, 0) + 0x80) % width < 0x100:
        return f"strict {size} {text}"
    return f"{size} {text}" if anatomy.has_operand_size else text


def _spell_absolute(name: str, text: str, anatomy: Anatomy, bits: int, end: int) -> str:
    def relative(match: re.Match[str]) -> str:
        distance = int(match[3] or "0", 0) * (-1 if match[2] == "-" else 1)
        return f"[rel {match[1] + ':' if match[1] else ''}{(end + distance) & 0xFFFF_FFFF_FFFF_FFFF:#x}]"

    text = _RIP.sub(relative, text)
    if name == "movabs":
        return _ABSOLUTE.sub(lambda m: f"[qword {m[1] + ':' if m[1] else ''}{m[2]}]", text)
    if anatomy.has_address_size:
        size = {2: "word", 4: "dword"}[anatomy.address_size(bits)] if bits != 64 else "a32"
        return _ABSOLUTE.sub(lambda m: f"[{size} {m[1] + ':' if m[1] else ''}{m[2]}]", text)
    return text
