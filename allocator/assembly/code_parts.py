"""Make the parts that encodings by table share: sizes, registers, and the checks of both.

Two families of instructions take their size differently in 64-bit code: those of the stack are 64 bits wide by
themselves (`stacked`), the others 32 bits wide unless REX.W says otherwise (`sized`).
"""

from __future__ import annotations

from allocator.assembly.addressing import NEEDS_64
from allocator.assembly.instruction import Instruction, Memory, Operand, Register
from allocator.assembly.machine_code import MachineCode
from allocator.assembly.refusal import Refused
from allocator.assembly.register_file import RegisterCode, general
from allocator.assembly.usage import usage

STACK_64 = "in 64-bit code the stack holds qwords (or words)"


def sized(opcode: bytes, size: int, bits: int, *, address_size: bool = False) -> MachineCode:
    """Return the code of an instruction whose size in 64-bit code is 4 unless REX.W says 8."""
    default = 2 if bits == 16 else 4
    if size == 8 and bits != 64:
        raise Refused("this instruction exists in 64-bit code only")
    return MachineCode(opcode, size == 6 - default, rex=8 if size == 8 else 0, address_size=address_size)


def stacked(opcode: bytes, size: int, bits: int, immediate: bytes = b"") -> MachineCode:
    """Return the code of an instruction that moves the stack pointer: in 64-bit code by 8, or by 2 with 66."""
    default = bits // 8
    size = size or default
    if size == 8 and bits != 64:
        raise Refused("this instruction exists in 64-bit code only")
    if size == 4 and bits == 64:
        raise Refused("this size does not exist in 64-bit code", STACK_64)
    return MachineCode(opcode, size != default, immediate=immediate)


def check_size(memory: Memory, allowed: tuple[int, ...], name: str) -> None:
    """Raise Refused where the source says another size than the allowed ones, if there are any."""
    if memory.size is not None and allowed and memory.size not in allowed:
        raise Refused(f"{name} does not take a memory operand of {memory.size} bytes", None, memory)


def with_register(opcode: bytes, field: int, code: RegisterCode, size: int, bits: int) -> MachineCode:
    """Return the code of an instruction on one register; `size` 0 means that the register's does not count."""
    rex = (8 if size == 8 else 0) | code.number >> 3
    return MachineCode(
        opcode, bool(size) and size == (4 if bits == 16 else 2), rex=rex, field=field, register=code.number
    )


def only_operand(instruction: Instruction) -> Operand:
    """Return the operand of an instruction that has one; raises Refused for another number."""
    if len(instruction.operands) != 1:
        raise Refused(f"{instruction.mnemonic} takes one operand, not {len(instruction.operands)}", usage(instruction))
    return instruction.operands[0]


def general_register(operand: Operand, bits: int, name: str) -> RegisterCode:
    """Return the code of a general register; raises Refused for anything else."""
    code = general(operand.name) if isinstance(operand, Register) else None
    if code is None:
        raise Refused(f"{name} does not take this operand", None, operand)
    if bits != 64 and (code.size == 8 or code.rex):
        raise Refused("this register exists in 64-bit code only", NEEDS_64, operand)
    return code
