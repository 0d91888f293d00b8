"""Say how an instruction is written: the hint for one whose operands fit no form of it.

Only what people get wrong has an entry; the words are theirs, not the manual's. Source: Intel SDM volume 2.
"""

from __future__ import annotations

from allocator.assembly.branches import condition
from allocator.assembly.instruction import Immediate, Instruction, Memory, Register
from allocator.assembly.register_file import REGISTER_CODES

_TWO = "{} takes a register or memory, then a register, memory or a number"
_ONE = "{} takes one register or memory operand"
_NONE = "{} takes no operands"
_SHIFT = "what {} counts by is a number or cl: {} eax, cl"
_WIDENING = "{} widens a byte or a word: {} eax, byte [rbx]"
_DIVIDING = "{} takes one register or memory operand; the other is rax or part of it: {} ecx"
_USAGES = {
    "mov add or adc sbb and sub xor cmp": _TWO,
    "test": "{} takes a register or memory, then a register or a number",
    "not neg inc dec": _ONE,
    "mul div idiv": _DIVIDING,
    "imul": "{} takes one register, or a register and what it is multiplied by: {} eax, ecx",
    "shl shr sal sar rol ror rcl rcr": _SHIFT,
    "lea": "{} takes a register and an address in brackets: {} rax, [rbx+8]; mov copies a register",
    "movzx": _WIDENING + "; a dword is widened by mov eax, ebx",
    "movsx": _WIDENING + "; a dword by movsxd rax, ebx",
    "movsxd": "{} widens a dword to a qword: {} rax, ebx",
    "xchg": "{} takes two registers, or a register and memory",
    "bswap": "{} takes a register of 32 or 64 bits",
    "in": "{} takes al, ax or eax, then a port: a number up to 255, or dx",
    "out": "{} takes a port, a number up to 255 or dx, then al, ax or eax",
    "jmp call": "{} takes a label, a register or an address in brackets: {} label",
    "loop loope loopne loopz loopnz jcxz jecxz jrcxz": "{} takes a label",
    "push pop": "{} takes a register or memory: {} rax",
    "int": "{} takes a number: {} 0x80",
    "fld fst fstp": "{} takes memory, or one of st0 to st7: {} qword [rbx]",
    "movd": "{} moves a dword between an xmm and a general register: movq moves a qword",
    "movq": "{} moves a qword to or from an xmm register: mov moves numbers into registers",
    "cli sti cld std clc stc cmc hlt nop syscall cpuid rdtsc leave pushf popf": _NONE,
}
_BY_NAME = {name: text for names, text in _USAGES.items() for name in names.split()}
_NUMBER_FIRST = frozenset({"push", "int", "out", "enter", "ret", "retf", "retn", "jmp", "call", "xabort", "xbegin"})


def usage(instruction: Instruction) -> str | None:
    """Return how the instruction is written, or what its operands break, or None where there is nothing to say."""
    return _about_operands(instruction) or _about_name(instruction.mnemonic)


def _about_operands(instruction: Instruction) -> str | None:
    name, operands = instruction.mnemonic, instruction.operands
    starts_with_number = len(operands) > 1 and isinstance(operands[0], Immediate)
    if starts_with_number and name not in _NUMBER_FIRST and condition(name, "j") is None:
        return f"the target comes first, and a number is none: {name} target, source"
    kinds = [REGISTER_CODES[operand.name].kind for operand in operands if isinstance(operand, Register)]
    if name == "mov" and "segment" in kinds:
        return "a segment register is loaded from a register or from memory: mov ax, 5 and mov ds, ax"
    if name == "mov" and {"control", "debug"} & {*kinds}:
        size = "64" if instruction.bits == 64 else "32"
        return f"control and debug registers are moved to and from general registers of {size} bits"
    if "xmm" in kinds and name not in _BY_NAME:
        return f"{name} takes an xmm register, then an xmm register or memory"
    if name == "mov" and "x87" in kinds:
        return "fld loads st0, and fstp stores it"
    return None


def _about_name(name: str) -> str | None:
    if condition(name, "j") is not None:
        return f"{name} takes a label; only jmp and call take a register or memory"
    if condition(name, "set") is not None:
        return f"{name} takes one byte: {name} al"
    if condition(name, "cmov") is not None:
        return f"{name} takes a register, then a register or memory, of 16, 32 or 64 bits"
    text = _BY_NAME.get(name)
    return text.format(name, name) if text else None


def mismatch(name: str, target: Register | Memory, source: Register | Memory) -> str | None:
    """Return what to write where two operands should have one size and have not."""
    if not isinstance(target, Register) or not isinstance(source, Register):
        return "movzx and movsx read a smaller operand from memory" if name == "mov" else None
    wide, narrow = REGISTER_CODES[target.name], REGISTER_CODES[source.name]
    if wide.size < narrow.size:
        part = _part(source.name, wide.size)
        return f"the low {wide.size * 8} bits of {source.name} are {part}" if part else None
    if name != "mov" or narrow.size == 4:
        whole = _part(source.name, wide.size)
        return f"use {whole}, if its upper bits are what they should be" if whole else None
    return f"movzx {target.name}, {source.name} fills up with zeros, movsx with the sign"


def _part(name: str, size: int) -> str | None:
    """Return the name of the same general register in another size."""
    code = REGISTER_CODES[name]
    same = (
        other
        for other, its in REGISTER_CODES.items()
        if its.kind == "general" and its.number == code.number and its.size == size and not its.high
    )
    return None if code.high or code.kind != "general" else next(same, None)
