"""Encode by table what Keystone encodes wrongly, in whole or in some mode.

    class                                    what Keystone does
    push, pop, pushf, popf of any size       another size than asked for, or a truncated number
    ret, retf, iret, sysret, leave, enter    the wrong width in 16-bit code, iretw for iret
    string instructions                      refuses bare movsd, knows no a16 and a32
    far jumps through memory, lgdt and kin   no spelling for the other width
    mov to and from an absolute address      another address in 64-bit code
    mov to a register                        another form than NASM's
    multi-byte nop, int 3, ud0, ud1, ...     another instruction

Opcodes from Intel SDM volume 2. What comes out is read back like everything else.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from allocator.assembly.addressing import encode_address
from allocator.assembly.instruction import Immediate, Instruction, Memory, Register
from allocator.assembly.machine_code import MachineCode, Prefixes
from allocator.assembly.numbers import immediate_bytes, in_bytes, signed
from allocator.assembly.refusal import Refused
from allocator.assembly.register_file import REGISTER_CODES, RegisterCode, general

# Mnemonic to opcode and operand size; 0 is the mode's own, "stack" sizes default to 8 in 64-bit code.
_STRINGS = {
    stem + letter: (opcode + (letter != "b"), size)
    for stem, opcode in (
        ("movs", 0xA4), ("cmps", 0xA6), ("stos", 0xAA), ("lods", 0xAC), ("scas", 0xAE), ("ins", 0x6C), ("outs", 0x6E),
    )
    for letter, size in (("b", 1), ("w", 2), ("d", 4), ("q", 8))
    if not (stem in ("ins", "outs") and letter == "q")
}  # fmt: skip
_CONVERSIONS = {
    "cbw": (0x98, 2), "cwde": (0x98, 4), "cdqe": (0x98, 8), "cwd": (0x99, 2), "cdq": (0x99, 4), "cqo": (0x99, 8),
}  # fmt: skip
_STACKED = {
    "pushf": (0x9C, 0), "pushfw": (0x9C, 2), "pushfd": (0x9C, 4), "pushfq": (0x9C, 8),
    "popf": (0x9D, 0), "popfw": (0x9D, 2), "popfd": (0x9D, 4), "popfq": (0x9D, 8),
    "leave": (0xC9, 0), "ret": (0xC3, 0), "retn": (0xC3, 0), "retnw": (0xC3, 2), "retnd": (0xC3, 4), "retnq": (0xC3, 8),
    "pusha": (0x60, 0), "pushaw": (0x60, 2), "pushad": (0x60, 4),
    "popa": (0x61, 0), "popaw": (0x61, 2), "popad": (0x61, 4),
}  # fmt: skip
_RETURNS = {
    "retf": (0xCB, 0), "retfw": (0xCB, 2), "retfd": (0xCB, 4), "retfq": (0xCB, 8),
    "iret": (0xCF, 0), "iretw": (0xCF, 2), "iretd": (0xCF, 4), "iretq": (0xCF, 8),
}  # fmt: skip
_FIXED = {
    "int1": b"\xf1", "icebp": b"\xf1", "int3": b"\xcc", "salc": b"\xd6", "wait": b"\x9b", "fwait": b"\x9b",
    "xlat": b"\xd7", "xlatb": b"\xd7", "ud2": b"\x0f\x0b", "ud2a": b"\x0f\x0b", "ud2b": b"\x0f\xb9",
    "pause": b"\xf3\x90",
    "endbr64": b"\xf3\x0f\x1e\xfa", "endbr32": b"\xf3\x0f\x1e\xfb", "nop": b"\x90", "serialize": b"\x0f\x01\xe8",
"wbnoinvd": b"\xf3\x0f\x09", "sysret": b"\x0f\x07", "sysexit": b"\x0f\x35",
}  # fmt: skip
# Mnemonic to opcode, ModRM's middle field, and whether a register operand has its own size.
_GROUPS = {
    "sldt": (b"\x0f\x00", 0, True), "str": (b"\x0f\x00", 1, True), "lldt": (b"\x0f\x00", 2, False),
    "ltr": (b"\x0f\x00", 3, False), "verr": (b"\x0f\x00", 4, False), "verw": (b"\x0f\x00", 5, False),
    "sgdt": (b"\x0f\x01", 0, False), "sidt": (b"\x0f\x01", 1, False), "lgdt": (b"\x0f\x01", 2, False),
    "lidt": (b"\x0f\x01", 3, False), "smsw": (b"\x0f\x01", 4, True), "lmsw": (b"\x0f\x01", 6, False),
    "invlpg": (b"\x0f\x01", 7, False),
}  # fmt: skip
_TABLES_OF_MEMORY = frozenset({"sgdt", "sidt", "lgdt", "lidt", "invlpg"})
_PUSH_SEGMENT = {"es": b"\x06", "cs": b"\x0e", "ss": b"\x16", "ds": b"\x1e", "fs": b"\x0f\xa0", "gs": b"\x0f\xa8"}
_STACK_64 = "in 64-bit code the stack holds qwords (or words)"


def encode_raw(instruction: Instruction, prefixes: Prefixes) -> MachineCode | None:
    """Return the encoding of an instruction that is encoded by table, or None where Keystone does it right.

    Raises Refused.
    """
    name, operands = instruction.mnemonic, instruction.operands
    if not operands:
        return _encode_bare(name, instruction.bits, prefixes)
    handler = _HANDLERS.get(name)
    if handler is not None:
        return handler(instruction, prefixes)
    if name in _GROUPS:
        return _encode_group(instruction, prefixes)
    return None


def _encode_bare(name: str, bits: int, prefixes: Prefixes) -> MachineCode | None:
    demanded = prefixes.operand_size or 0
    if name in _STACKED:
        opcode, size = _STACKED[name]
        return _stacked(bytes([opcode]), size or demanded, bits)
    if name in _FIXED or name in ("sysretq", "sysexitq"):
        fixed, size = (_FIXED[name], demanded) if name in _FIXED else (_FIXED[name[:-1]], 8)
        return _sized(fixed, size, bits, address_size=_counter_size(prefixes, bits))
    for table in (_STRINGS, _CONVERSIONS, _RETURNS):
        if name in table:
            opcode, size = table[name]
            return _sized(bytes([opcode]), size or demanded, bits, address_size=_counter_size(prefixes, bits))
    return None


def _counter_size(prefixes: Prefixes, bits: int) -> bool:
    size = prefixes.address_size or bits // 8
    if size not in ((4, 8) if bits == 64 else (2, 4)):
        raise Refused(f"{bits}-bit code cannot use addresses of {size * 8} bits")
    return size != bits // 8


def _sized(opcode: bytes, size: int, bits: int, *, address_size: bool = False) -> MachineCode:
    """Return the code of an instruction whose size in 64-bit code is 4 unless REX.W says 8."""
    default = 2 if bits == 16 else 4
    if size == 8 and bits != 64:
        raise Refused("this instruction exists in 64-bit code only")
    return MachineCode(opcode, size == 6 - default, rex=8 if size == 8 else 0, address_size=address_size)


def _stacked(opcode: bytes, size: int, bits: int, immediate: bytes = b"") -> MachineCode:
    """Return the code of an instruction that moves the stack pointer: in 64-bit code by 8, or by 2 with 66."""
    default = bits // 8
    size = size or default
    if size == 8 and bits != 64:
        raise Refused("this instruction exists in 64-bit code only")
    if size == 4 and bits == 64:
        raise Refused("this size does not exist in 64-bit code", _STACK_64)
    return MachineCode(opcode, size != default, immediate=immediate)


def _encode_group(instruction: Instruction, prefixes: Prefixes) -> MachineCode:
    name, bits = instruction.mnemonic, instruction.bits
    opcode, field, own_size = _GROUPS[name]
    operand = _only(instruction)
    if isinstance(operand, Memory):
        _check_size(operand, (2,) if name not in _TABLES_OF_MEMORY else (), name)
        size = prefixes.operand_size or 0
        address = encode_address(operand, bits, prefixes.address_size)
        return MachineCode(opcode, size == (4 if bits == 16 else 2), field=field, address=address)
    code = _register(operand, bits, name)
    if name in _TABLES_OF_MEMORY or code.size == 1:
        raise Refused(f"{name} does not take this register", "it takes a memory operand")
    # NASM gives sldt no REX.W: the upper half becomes zero without it.
    size = code.size if own_size and not (name == "sldt" and code.size == 8) else 0
    return _with_register(opcode, field, code, size, bits)


def _check_size(memory: Memory, allowed: tuple[int, ...], name: str) -> None:
    if memory.size is not None and allowed and memory.size not in allowed:
        raise Refused(f"{name} does not take a memory operand of {memory.size} bytes")


def _with_register(opcode: bytes, field: int, code: RegisterCode, size: int, bits: int) -> MachineCode:
    rex = (8 if size == 8 else 0) | code.number >> 3
    return MachineCode(
        opcode, bool(size) and size == (4 if bits == 16 else 2), rex=rex, field=field, register=code.number
    )


def _only(instruction: Instruction) -> object:
    if len(instruction.operands) != 1:
        raise Refused(f"{instruction.mnemonic} takes one operand, not {len(instruction.operands)}")
    return instruction.operands[0]


def _register(operand: object, bits: int, name: str) -> RegisterCode:
    code = general(operand.name) if isinstance(operand, Register) else None
    if code is None:
        raise Refused(f"{name} does not take this operand")
    if bits != 64 and (code.size == 8 or code.rex):
        raise Refused("this register exists in 64-bit code only")
    return code


def _push(instruction: Instruction, prefixes: Prefixes) -> MachineCode | None:
    bits, operand = instruction.bits, _only(instruction)
    if isinstance(operand, Register) and operand.name in _PUSH_SEGMENT:
        return _segment(_PUSH_SEGMENT[operand.name], operand.name, bits, prefixes)
    if isinstance(operand, Immediate):
        return _push_number(operand, bits, prefixes)
    return _push_or_pop(operand, bits, prefixes, (0x50, b"\xff", 6))


def _pop(instruction: Instruction, prefixes: Prefixes) -> MachineCode | None:
    bits, operand = instruction.bits, _only(instruction)
    if isinstance(operand, Register) and operand.name in _PUSH_SEGMENT:
        if operand.name == "cs":
            raise Refused("cs cannot be popped", "use retf, or a far jump")
        opcode = _PUSH_SEGMENT[operand.name]
        return _segment(opcode[:-1] + bytes([opcode[-1] + 1]), operand.name, bits, prefixes)
    return _push_or_pop(operand, bits, prefixes, (0x58, b"\x8f", 0))


def _segment(opcode: bytes, name: str, bits: int, prefixes: Prefixes) -> MachineCode:
    if bits == 64 and len(opcode) == 1:
        raise Refused(f"{name} cannot be pushed or popped in 64-bit code", "move it through a general register")
    return _stacked(opcode, prefixes.operand_size or 0, bits)


def _push_number(operand: Immediate, bits: int, prefixes: Prefixes) -> MachineCode:
    size = prefixes.operand_size or bits // 8
    byte_only = operand.size == 1
    if operand.size in (2, 4, 8):
        size = operand.size
    # NASM takes `push dword` in 64-bit code for the width of the immediate.
    size = 8 if bits == 64 and size == 4 else size
    width = min(size, 4)
    value = signed(operand.value, size, f"a push of {in_bytes(size)}")
    if size == 8 and not -(1 << 31) <= value < 1 << 31:
        raise Refused(
            f"{operand.value:#x} does not fit: push takes 32 bits and extends their sign",
            "move it into a register and push that",
        )
    fits = -128 <= value <= 127
    if byte_only and not fits:
        raise Refused(f"{operand.value:#x} does not fit in a byte")
    if byte_only or (fits and not operand.strict and not operand.relocatable):
        return _stacked(b"\x6a", size, bits, value.to_bytes(1, "little", signed=True))
    return _stacked(b"\x68", size, bits, value.to_bytes(width, "little", signed=True))


def _push_or_pop(operand: object, bits: int, prefixes: Prefixes, codes: tuple[int, bytes, int]) -> MachineCode:
    short, opcode, field = codes
    if isinstance(operand, Memory):
        size = operand.size or prefixes.operand_size
        if size is None:
            raise Refused(
                "the size of the memory operand is not known", "write word, dword or qword before the bracket"
            )
        plain = _stack_size(size, bits)
        address = encode_address(operand, bits, prefixes.address_size)
        return MachineCode(opcode, plain, field=field, address=address)
    code = _register(operand, bits, "push or pop")
    plain = _stack_size(code.size, bits)
    return MachineCode(bytes([short + (code.number & 7)]), plain, rex=code.number >> 3)


def _stack_size(size: int, bits: int) -> bool:
    """Return whether 66 is needed; raises Refused for a size that the stack does not take."""
    if size not in ((2, 8) if bits == 64 else (2, 4)):
        hint = _STACK_64 if bits == 64 else "the stack holds words and dwords"
        raise Refused(f"{in_bytes(size)} cannot be pushed or popped in {bits}-bit code", hint)
    return size != bits // 8


def _return(instruction: Instruction, prefixes: Prefixes) -> MachineCode | None:
    name = instruction.mnemonic
    operand = _only(instruction)
    if not isinstance(operand, Immediate) or not 0 <= operand.value <= 0xFFFF:
        raise Refused(f"{name} takes the number of bytes to drop from the stack, 0 to 0xffff")
    immediate = operand.value.to_bytes(2, "little")
    opcode, size = (_RETURNS if name.startswith("retf") else _STACKED)[name]
    size = size or prefixes.operand_size or 0
    if name.startswith("retf"):
        code = _sized(bytes([opcode - 1]), size, instruction.bits)
        return MachineCode(code.opcode, code.operand_size, rex=code.rex, immediate=immediate)
    return _stacked(bytes([opcode - 1]), size, instruction.bits, immediate)


def _enter(instruction: Instruction, prefixes: Prefixes) -> MachineCode | None:
    numbers = [operand.value for operand in instruction.operands if isinstance(operand, Immediate)]
    if len(numbers) != 2 or len(instruction.operands) != 2:
        raise Refused("enter takes two numbers", "enter bytes, level")
    if not -0x8000 <= numbers[0] <= 0xFFFF or not 0 <= numbers[1] <= 0xFF:
        raise Refused("enter takes a number of 16 bits and one of 8")
    immediate = (numbers[0] & 0xFFFF).to_bytes(2, "little") + bytes([numbers[1]])
    return _stacked(b"\xc8", prefixes.operand_size or 0, instruction.bits, immediate)


def _jump(instruction: Instruction, prefixes: Prefixes) -> MachineCode | None:
    bits, operand = instruction.bits, _only(instruction)
    is_call = instruction.mnemonic == "call"
    if isinstance(operand, Memory):
        address = encode_address(operand, bits, prefixes.address_size)
        if operand.far:
            return _far_through_memory(
                operand, prefixes, bits, MachineCode(b"\xff", field=3 if is_call else 5, address=address)
            )
        size = operand.size or prefixes.operand_size or bits // 8
        return MachineCode(b"\xff", _near_size(size, bits), field=2 if is_call else 4, address=address)
    code = _register(operand, bits, instruction.mnemonic)
    plain = _near_size(code.size, bits)
    return MachineCode(b"\xff", plain, rex=code.number >> 3, field=2 if is_call else 4, register=code.number)


def _near_size(size: int, bits: int) -> bool:
    if size not in ((8,) if bits == 64 else (2, 4)):
        raise Refused(f"{bits}-bit code cannot jump to an address of {size * 8} bits")
    return size != bits // 8


def _far_through_memory(operand: Memory, prefixes: Prefixes, bits: int, code: MachineCode) -> MachineCode:
    size = operand.size or prefixes.operand_size or bits // 8
    if size not in (2, 4, 8) or size == 8 > bits // 8:
        raise Refused("the offset of a far pointer is a word, a dword, or a qword in 64-bit code")
    sized = _sized(code.opcode, size, bits)
    return MachineCode(code.opcode, sized.operand_size, rex=sized.rex, field=code.field, address=code.address)


def _interrupt(instruction: Instruction, prefixes: Prefixes) -> MachineCode | None:
    operand = _only(instruction)
    if not isinstance(operand, Immediate):
        raise Refused(f"{instruction.mnemonic} takes a number")
    opcode = {"int": b"\xcd", "aam": b"\xd4", "aad": b"\xd5"}[instruction.mnemonic]
    return MachineCode(opcode, immediate=immediate_bytes(operand, 1, instruction.mnemonic))


def _nop(instruction: Instruction, prefixes: Prefixes) -> MachineCode | None:
    bits, operand = instruction.bits, _only(instruction)
    if isinstance(operand, Memory):
        if operand.size not in (2, 4, 8):
            raise Refused("the size of the memory operand is not known", "write word or dword before the bracket")
        sized = _sized(b"\x0f\x1f", operand.size, bits)
        address = encode_address(operand, bits, prefixes.address_size)
        return MachineCode(sized.opcode, sized.operand_size, rex=sized.rex, address=address)
    code = _register(operand, bits, "nop")
    if code.size == 1:
        raise Refused("nop does not take a register of one byte")
    return _with_register(b"\x0f\x1f", 0, code, code.size, bits)


def _access_rights(instruction: Instruction, prefixes: Prefixes) -> MachineCode | None:
    """Return ``lar`` or ``lsl``: the selector is a word, in a register of any size."""
    name, bits = instruction.mnemonic, instruction.bits
    if len(instruction.operands) != 2:
        raise Refused(f"{name} takes two operands")
    target = _register(instruction.operands[0], bits, name)
    source = instruction.operands[1]
    if target.size == 1:
        raise Refused(f"{name} does not take a register of one byte")
    sized = _sized(b"\x0f\x02" if name == "lar" else b"\x0f\x03", target.size, bits)
    code = replace(sized, rex=sized.rex | target.number >> 3 << 2, field=target.number)
    if isinstance(source, Memory):
        _check_size(source, (2, target.size), name)
        return replace(code, address=encode_address(source, bits, prefixes.address_size))
    register = _register(source, bits, name)
    if register.size == 1:
        raise Refused(f"{name} does not take a register of one byte")
    return replace(code, rex=code.rex | register.number >> 3, register=register.number)


def _mov(instruction: Instruction, prefixes: Prefixes) -> MachineCode | None:
    if len(instruction.operands) != 2:
        raise Refused(f"mov takes two operands, not {len(instruction.operands)}")
    target, source = instruction.operands
    if isinstance(target, Register) and isinstance(source, Immediate):
        code = general(target.name)
        return _mov_number(_register(target, instruction.bits, "mov"), source, instruction.bits) if code else None
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
        raise Refused(f"operand sizes disagree: the register has {in_bytes(code.size)}, the memory {memory.size}")
    size = (
        8 if memory.displacement_size == 8 and bits == 64 else encode_address(memory, bits, prefixes.address_size).size
    )
    width = 1 << size * 8
    if not -(width >> 1) <= memory.displacement < width:
        raise Refused(f"the address {memory.displacement:#x} does not fit in {size} bytes")
    if code.size == 8 and bits != 64:
        raise Refused("rax exists in 64-bit code only")
    sized = _sized(bytes([opcode + (code.size > 1)]), code.size, bits, address_size=size != bits // 8)
    offset = (memory.displacement % width).to_bytes(size, "little")
    return MachineCode(
        sized.opcode, sized.operand_size, rex=sized.rex, immediate=offset,
        address_size=sized.address_size, segment=memory.segment,
    )  # fmt: skip


def _mov_number(code: RegisterCode, source: Immediate, bits: int) -> MachineCode:
    number, size = code.number, code.size
    value = signed(source.value, size, f"a register of {in_bytes(size)}")
    if source.size not in (None, size) and not (size == 8 and source.size == 4):
        raise Refused(f"operand sizes disagree: the register has {in_bytes(size)}, the number {source.size}")
    full = source.relocatable or (source.strict and source.size == 8)
    rex = number >> 3 | (0x40 if code.rex and size == 1 else 0)
    if size == 8 and not full:
        if -(1 << 31) <= value < 1 << 31:
            immediate = value.to_bytes(4, "little", signed=True)
            return MachineCode(b"\xc7", rex=rex | 8, register=number, immediate=immediate)
        if source.size == 4:
            raise Refused(f"{source.value:#x} does not fit in a dword that is extended to a qword")
    opcode = bytes([(0xB0 if size == 1 else 0xB8) | number & 7])
    immediate = value.to_bytes(size, "little", signed=True)
    sized = _sized(opcode, size, bits)
    return MachineCode(opcode, sized.operand_size, rex=sized.rex | rex, immediate=immediate)


def _mov_special(target: object, source: object, bits: int, prefixes: Prefixes) -> MachineCode | None:
    """Return ``mov`` to and from a segment register: without 66 where it only fills the upper half."""
    for segment, other, opcode in ((target, source, b"\x8e"), (source, target, b"\x8c")):
        if not isinstance(segment, Register) or segment.name not in _PUSH_SEGMENT:
            continue
        if segment is target and segment.name == "cs":
            raise Refused("cs cannot be moved to", "use a far jump, or retf")
        field = REGISTER_CODES[segment.name].number
        if isinstance(other, Memory):
            _check_size(other, (2,) if bits != 64 else (2, 8), "mov of a segment register")
            address = encode_address(other, bits, prefixes.address_size)
            return MachineCode(opcode, field=field, address=address)
        code = _register(other, bits, "mov of a segment register")
        if code.size == 1:
            raise Refused("a segment register has two bytes", "move it through ax")
        if opcode == b"\x8e":
            return MachineCode(opcode, rex=code.number >> 3, field=field, register=code.number)
        return _with_register(opcode, field, code, code.size if code.size != 8 else 0, bits)
    return None


_HANDLERS: dict[str, Callable[[Instruction, Prefixes], MachineCode | None]] = {
    "push": _push, "pop": _pop, "ret": _return, "retn": _return, "retf": _return, "retfw": _return,
    "retfd": _return, "retfq": _return, "retnw": _return, "retnd": _return, "retnq": _return,
    "enter": _enter, "jmp": _jump, "call": _jump, "int": _interrupt, "aam": _interrupt, "aad": _interrupt,
    "nop": _nop, "mov": _mov, "lar": _access_rights, "lsl": _access_rights,
}  # fmt: skip
