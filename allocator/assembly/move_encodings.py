"""Encode the forms of mov that Keystone gets wrong, or otherwise than NASM.

mov reg, number         the shortest form that NASM has for it
mov al|ax|eax|rax, [x]  an address without ModRM
mov seg, x   mov x, seg without the 66 that changes nothing
"""

from __future__ import annotations

from allocator.assembly.addressing import encode_address
from allocator.assembly.immediates import signed, spoken
from allocator.assembly.instruction import Immediate, Instruction, Memory, Operand, Register
from allocator.assembly.machine_code import MachineCode, sized, with_register
from allocator.assembly.operand_rules import check_size, general_register
from allocator.assembly.prefixes import Prefixes
from allocator.assembly.refusal import Refused
from allocator.assembly.register_file import REGISTER_CODES, RegisterCode, general
from allocator.assembly.usage import usage
from allocator.registers import SEGMENTS
from allocator.units import counted


def encode_move(instruction: Instruction, prefixes: Prefixes) -> MachineCode | None:
    """Return the code of the forms of ``mov`` that Keystone gets wrong, None for the others; raises Refused."""
    if len(instruction.operands) != 2:
        raise Refused(f"mov takes two operands, not {len(instruction.operands)}", usage(instruction))
    target, source = instruction.operands
    sizes = [
        code.size
        for operand in instruction.operands
        if isinstance(operand, Register) and (code := general(operand.name))
    ]
    if prefixes.operand_size and sizes and prefixes.operand_size not in sizes:
        raise Refused(f"{instruction.prefixes[0]} contradicts the operands", "leave it out: the registers say the size")
    if isinstance(target, Register) and isinstance(source, Immediate):
        code = general(target.name)
        return (
            _mov_number(target.name, general_register(target, instruction.bits, "mov"), source, instruction.bits)
            if code
            else None
        )
    for register, memory, opcode in ((target, source, 0xA0), (source, target, 0xA2)):
        if isinstance(register, Register) and isinstance(memory, Memory):
            code = general(register.name)
            if code and code.number == 0 and _is_absolute(memory, instruction.bits, prefixes):
                return _mov_absolute(code, memory, opcode, instruction.bits, prefixes)
    return _mov_special(target, source, instruction.bits, prefixes)


def _is_absolute(memory: Memory, bits: int, prefixes: Prefixes) -> bool:
    if memory.base or memory.index or (memory.relative and bits == 64):
        return False
    # In 64-bit code NASM uses the form with eight bytes of address only where the source demands it.
    return bits != 64 or memory.displacement_size == 8 or (memory.address_size or prefixes.address_size) == 4


def _mov_absolute(code: RegisterCode, memory: Memory, opcode: int, bits: int, prefixes: Prefixes) -> MachineCode:
    if memory.size not in (None, code.size):
        raise Refused(
            f"operand sizes disagree: the register has {counted(code.size, 'byte')}, the memory {memory.size}"
        )
    size = (
        8 if memory.displacement_size == 8 and bits == 64 else encode_address(memory, bits, prefixes.address_size).size
    )
    width = 1 << size * 8
    if not -(width >> 1) <= memory.displacement < width:
        raise Refused(f"the address {memory.displacement:#x} does not fit in {size} bytes", None, memory)
    if code.size == 8 and bits != 64:
        raise Refused("rax exists in 64-bit code only")
    code_size = sized(bytes([opcode + (code.size > 1)]), code.size, bits, address_size=size != bits // 8)
    offset = (memory.displacement % width).to_bytes(size, "little")
    return MachineCode(
        code_size.opcode, code_size.operand_size, rex=code_size.rex, immediate=offset,
        address_size=code_size.address_size, segment=memory.segment,
    )  # fmt: skip


def _mov_number(name: str, code: RegisterCode, source: Immediate, bits: int) -> MachineCode:
    number, size = code.number, code.size
    value = signed(source, size, name)
    if source.size not in (None, size) and not (size == 8 and source.size == 4):
        raise Refused(
            f"operand sizes disagree: the register has {counted(size, 'byte')}, the number {source.size}",
            "leave out its size",
            source,
        )
    full = source.relocatable or (source.strict and source.size == 8)
    rex = number >> 3 | (0x40 if code.rex and size == 1 else 0)
    if size == 8 and not full:
        if -(1 << 31) <= value < 1 << 31:
            immediate = value.to_bytes(4, "little", signed=True)
            return MachineCode(b"\xc7", rex=rex | 8, register=number, immediate=immediate)
        if source.size == 4:
            raise Refused(
                f"{spoken(source.value)} does not fit in a dword that is extended to a qword",
                "leave out 'dword'",
                source,
            )
    opcode = bytes([(0xB0 if size == 1 else 0xB8) | number & 7])
    immediate = value.to_bytes(size, "little", signed=True)
    code_size = sized(opcode, size, bits)
    return MachineCode(opcode, code_size.operand_size, rex=code_size.rex | rex, immediate=immediate)


def _mov_special(target: Operand, source: Operand, bits: int, prefixes: Prefixes) -> MachineCode | None:
    """Return ``mov`` to and from a segment register: without 66 where it only fills the upper half."""
    for segment, other, opcode in ((target, source, b"\x8e"), (source, target, b"\x8c")):
        if not isinstance(segment, Register) or segment.name not in SEGMENTS:
            continue
        if segment is target and segment.name == "cs":
            raise Refused("cs cannot be moved to", "use a far jump, or retf", segment)
        field = REGISTER_CODES[segment.name].number
        if isinstance(other, Memory):
            check_size(other, (2,) if bits != 64 else (2, 8), "mov of a segment register")
            address = encode_address(other, bits, prefixes.address_size)
            return MachineCode(opcode, field=field, address=address)
        if isinstance(other, Immediate) or (isinstance(other, Register) and general(other.name) is None):
            return None  # which Keystone refuses
        code = general_register(other, bits, "mov of a segment register")
        if code.size == 1:
            raise Refused("a segment register has two bytes", "move it through ax", other)
        if opcode == b"\x8e":
            return MachineCode(opcode, rex=code.number >> 3, field=field, register=code.number)
        return with_register(opcode, field, code, code.size if code.size != 8 else 0, bits)
    return None
