"""Encode what moves the stack pointer and has operands: push, pop, enter, and returns that drop arguments.

Keystone encodes another size than was asked for, or cuts the number off, in every mode.
"""

from __future__ import annotations

from dataclasses import replace

from allocator.assembly.addressing import encode_address
from allocator.assembly.immediates import signed, spoken
from allocator.assembly.instruction import Immediate, Instruction, Memory, Operand, Register
from allocator.assembly.machine_code import STACK_64, MachineCode, sized, stacked
from allocator.assembly.operand_rules import general_register, only_operand
from allocator.assembly.prefixes import Prefixes
from allocator.assembly.refusal import Refused
from allocator.units import counted

PUSH_SEGMENT = {"es": b"\x06", "cs": b"\x0e", "ss": b"\x16", "ds": b"\x1e", "fs": b"\x0f\xa0", "gs": b"\x0f\xa8"}
_RETURN_SIZES = {"w": 2, "d": 4, "q": 8}


def encode_push(instruction: Instruction, prefixes: Prefixes) -> MachineCode | None:
    """Return the code of ``push``; raises Refused."""
    bits, operand = instruction.bits, only_operand(instruction)
    if isinstance(operand, Register) and operand.name in PUSH_SEGMENT:
        return _segment(PUSH_SEGMENT[operand.name], operand.name, bits, prefixes)
    if isinstance(operand, Immediate):
        return _push_number(operand, bits, prefixes)
    return _push_or_pop(operand, bits, prefixes, (0x50, b"\xff", 6))


def encode_pop(instruction: Instruction, prefixes: Prefixes) -> MachineCode | None:
    """Return the code of ``pop``; raises Refused."""
    bits, operand = instruction.bits, only_operand(instruction)
    if isinstance(operand, Register) and operand.name in PUSH_SEGMENT:
        if operand.name == "cs":
            raise Refused("cs cannot be popped", "use retf, or a far jump", operand)
        opcode = PUSH_SEGMENT[operand.name]
        return _segment(opcode[:-1] + bytes([opcode[-1] + 1]), operand.name, bits, prefixes)
    return _push_or_pop(operand, bits, prefixes, (0x58, b"\x8f", 0))


def _segment(opcode: bytes, name: str, bits: int, prefixes: Prefixes) -> MachineCode:
    if bits == 64 and len(opcode) == 1:
        raise Refused(f"{name} cannot be pushed or popped in 64-bit code", "move it through a general register")
    return stacked(opcode, prefixes.operand_size or 0, bits)


def _push_number(operand: Immediate, bits: int, prefixes: Prefixes) -> MachineCode:
    size = prefixes.operand_size or bits // 8
    byte_only = operand.size == 1
    if operand.size not in (None, 1, 2, 4, 8):
        raise Refused(f"{counted(operand.size, 'byte')} cannot be pushed", None, operand)
    if operand.size and not byte_only:
        size = operand.size
    # NASM takes `push dword` in 64-bit code for the width of the immediate.
    size = 8 if bits == 64 and size == 4 else size
    width = min(size, 4)
    value = signed(operand, size, f"a push of {counted(size, 'byte')}")
    if size == 8 and not -(1 << 31) <= value < 1 << 31:
        raise Refused(
            f"{spoken(operand.value)} does not fit: push takes 32 bits and extends their sign",
            "move it into a register and push that",
            operand,
        )
    fits = -128 <= value <= 127
    if byte_only and not fits:
        raise Refused(f"{spoken(operand.value)} does not fit in a byte", "leave out 'byte'", operand)
    if byte_only or (fits and not operand.strict and not operand.relocatable):
        return stacked(b"\x6a", size, bits, value.to_bytes(1, "little", signed=True))
    return stacked(b"\x68", size, bits, value.to_bytes(width, "little", signed=True))


def _push_or_pop(operand: Operand, bits: int, prefixes: Prefixes, codes: tuple[int, bytes, int]) -> MachineCode:
    short, opcode, field = codes
    if isinstance(operand, Memory):
        size = operand.size or prefixes.operand_size
        if size is None:
            raise Refused(
                "the size of the memory operand is not known",
                f"write {'qword' if bits == 64 else 'word or dword'} before the bracket",
                operand,
            )
        plain = _stack_size(size, bits, operand)
        address = encode_address(operand, bits, prefixes.address_size)
        return MachineCode(opcode, plain, field=field, address=address)
    code = general_register(operand, bits, "push or pop")
    if prefixes.operand_size not in (None, code.size):
        raise Refused(
            f"{code.size * 8} bits are pushed or popped here", "leave the prefix out: the register says the size"
        )
    plain = _stack_size(code.size, bits, operand)
    return MachineCode(bytes([short + (code.number & 7)]), plain, rex=code.number >> 3)


def _stack_size(size: int, bits: int, operand: Operand) -> bool:
    """Return whether 66 is needed; raises Refused for a size that the stack does not take."""
    if size not in ((2, 8) if bits == 64 else (2, 4)):
        hint = STACK_64 if bits == 64 else "the stack holds words and dwords"
        name = operand.name if isinstance(operand, Register) else counted(size, "byte")
        raise Refused(f"{name} cannot be pushed or popped in {bits}-bit code", hint, operand)
    return size != bits // 8


def encode_return(instruction: Instruction, prefixes: Prefixes) -> MachineCode | None:
    """Return the code of a return that drops arguments; raises Refused."""
    name = instruction.mnemonic
    operand = only_operand(instruction)
    if not isinstance(operand, Immediate) or not 0 <= operand.value <= 0xFFFF:
        raise Refused(f"{name} takes the number of bytes to drop from the stack, 0 to 0xffff")
    if operand.size not in (None, 2):
        raise Refused(f"{name} takes a word, not {counted(operand.size, 'byte')}", "leave out the size", operand)
    immediate = operand.value.to_bytes(2, "little")
    size = _RETURN_SIZES.get(name[-1]) or prefixes.operand_size or 0
    if name.startswith("retf"):
        return replace(sized(b"\xca", size, instruction.bits), immediate=immediate)
    return stacked(b"\xc2", size, instruction.bits, immediate)


def encode_enter(instruction: Instruction, prefixes: Prefixes) -> MachineCode | None:
    """Return the code of ``enter``; raises Refused."""
    numbers = [operand.value for operand in instruction.operands if isinstance(operand, Immediate)]
    if len(numbers) != 2 or len(instruction.operands) != 2:
        raise Refused("enter takes two numbers", "enter bytes, level")
    if not -0x8000 <= numbers[0] <= 0xFFFF or not 0 <= numbers[1] <= 0xFF:
        raise Refused("enter takes a number of 16 bits and one of 8")
    immediate = (numbers[0] & 0xFFFF).to_bytes(2, "little") + bytes([numbers[1]])
    return stacked(b"\xc8", prefixes.operand_size or 0, instruction.bits, immediate)
