"""Encode by table what Keystone encodes wrongly, in whole or in some mode.

    class                                    what Keystone does
    push, pop, pushf, popf of any size       another size than asked for, or a truncated number
    ret, retf, iret, sysret, leave, enter    the wrong width in 16-bit code, iretw for iret
    string instructions                      refuses bare movsd, knows no a16 and a32
    far jumps through memory, lgdt and kin   no spelling for the other width
    mov to and from an absolute address      another address in 64-bit code
    mov to a register                        another form than NASM's
    multi-byte nop, int 3, ud0, ud1, ...     another instruction
    AVX                                      EVEX, or the operands the other way round

Opcodes from Intel SDM volume 2. What comes out is read back like everything else.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from allocator.assembly.addressing import encode_address
from allocator.assembly.immediates import immediate_bytes, spoken
from allocator.assembly.instruction import Immediate, Instruction, Memory
from allocator.assembly.machine_code import MachineCode, sized, stacked, with_register
from allocator.assembly.move_encodings import encode_move
from allocator.assembly.operand_rules import check_size, general_register, only_operand
from allocator.assembly.prefixes import Prefixes
from allocator.assembly.refusal import Refused
from allocator.assembly.stack_encodings import encode_enter, encode_pop, encode_push, encode_return
from allocator.assembly.usage import usage
from allocator.assembly.vex_encodings import encode_vex
from allocator.assembly.vex_table import VEX_FORMS

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
    "ud0": b"\x0f\xff", "ud1": b"\x0f\xb9",
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


def encode_raw(instruction: Instruction, prefixes: Prefixes) -> MachineCode | None:
    """Return the encoding of an instruction that is encoded by table, or None where Keystone does it right.

    Raises Refused.
    """
    name, operands = instruction.mnemonic, instruction.operands
    if name in VEX_FORMS:
        return encode_vex(instruction, prefixes)
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
        return stacked(bytes([opcode]), _one_size(name, size, demanded), bits)
    if name in _FIXED or name in ("sysretq", "sysexitq"):
        fixed, size = (_FIXED[name], demanded) if name in _FIXED else (_FIXED[name[:-1]], 8)
        return sized(fixed, size, bits, address_size=_counter_size(prefixes, bits))
    for table in (_STRINGS, _CONVERSIONS, _RETURNS):
        if name in table:
            opcode, size = table[name]
            size = _one_size(name, size, demanded)
            return sized(bytes([opcode]), size, bits, address_size=_counter_size(prefixes, bits))
    return None


def _one_size(name: str, size: int, demanded: int) -> int:
    """Return the size that the mnemonic or else the prefix says; before bytes a prefix means nothing."""
    if size > 1 and demanded not in (0, size):
        raise Refused(f"o{demanded * 8} contradicts {name}, which says its size", "leave the prefix out")
    return size or demanded


def _counter_size(prefixes: Prefixes, bits: int) -> bool:
    size = prefixes.address_size or bits // 8
    if size not in ((4, 8) if bits == 64 else (2, 4)):
        raise Refused(f"{bits}-bit code cannot use addresses of {size * 8} bits")
    return size != bits // 8


def _encode_group(instruction: Instruction, prefixes: Prefixes) -> MachineCode:
    name, bits = instruction.mnemonic, instruction.bits
    opcode, field, own_size = _GROUPS[name]
    operand = only_operand(instruction)
    if isinstance(operand, Memory):
        if name in _TABLES_OF_MEMORY and operand.size:
            raise Refused(f"{name} takes an address without a size", f"{name} [...]", operand)
        check_size(operand, () if name in _TABLES_OF_MEMORY else (2,), name)
        size = prefixes.operand_size or 0
        address = encode_address(operand, bits, prefixes.address_size)
        return MachineCode(opcode, size == (4 if bits == 16 else 2), field=field, address=address)
    code = general_register(operand, bits, name)
    if name in _TABLES_OF_MEMORY or code.size == 1:
        raise Refused(f"{name} does not take this register", "it takes a memory operand", operand)
    # NASM gives sldt no REX.W: the upper half becomes zero without it.
    size = code.size if own_size and not (name == "sldt" and code.size == 8) else 0
    return with_register(opcode, field, code, size, bits)


def _jump(instruction: Instruction, prefixes: Prefixes) -> MachineCode | None:
    bits, operand = instruction.bits, only_operand(instruction)
    is_call = instruction.mnemonic == "call"
    if isinstance(operand, Memory):
        address = encode_address(operand, bits, prefixes.address_size)
        if operand.far:
            return _far_through_memory(
                operand, prefixes, bits, MachineCode(b"\xff", field=3 if is_call else 5, address=address)
            )
        size = operand.size or prefixes.operand_size or bits // 8
        return MachineCode(b"\xff", _near_size(size, bits), field=2 if is_call else 4, address=address)
    code = general_register(operand, bits, instruction.mnemonic)
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
    own = sized(code.opcode, size, bits)
    return MachineCode(code.opcode, own.operand_size, rex=own.rex, field=code.field, address=code.address)


def _interrupt(instruction: Instruction, prefixes: Prefixes) -> MachineCode | None:
    name, operand = instruction.mnemonic, only_operand(instruction)
    if not isinstance(operand, Immediate):
        raise Refused(f"{instruction.mnemonic} takes a number", usage(instruction), operand)
    if name == "int" and not 0 <= operand.value <= 0xFF:
        raise Refused(f"{spoken(operand.value)} is no interrupt", "interrupts are numbered 0 to 255", operand)
    opcode = {"int": b"\xcd", "aam": b"\xd4", "aad": b"\xd5"}[name]
    return MachineCode(opcode, immediate=immediate_bytes(operand, 1, name))


def _nop(instruction: Instruction, prefixes: Prefixes) -> MachineCode | None:
    bits, operand = instruction.bits, only_operand(instruction)
    if isinstance(operand, Memory):
        if operand.size not in (2, 4, 8):
            raise Refused("the size of the memory operand is not known", "write word or dword before the bracket")
        own = sized(b"\x0f\x1f", operand.size, bits)
        address = encode_address(operand, bits, prefixes.address_size)
        return MachineCode(own.opcode, own.operand_size, rex=own.rex, address=address)
    code = general_register(operand, bits, "nop")
    if code.size == 1:
        raise Refused("nop does not take a register of one byte")
    return with_register(b"\x0f\x1f", 0, code, code.size, bits)


def _access_rights(instruction: Instruction, prefixes: Prefixes) -> MachineCode | None:
    """Return ``lar`` or ``lsl``: the selector is a word, in a register of any size."""
    name, bits = instruction.mnemonic, instruction.bits
    if len(instruction.operands) != 2:
        raise Refused(f"{name} takes two operands")
    target = general_register(instruction.operands[0], bits, name)
    source = instruction.operands[1]
    if target.size == 1:
        raise Refused(f"{name} does not take a register of one byte")
    own = sized(b"\x0f\x02" if name == "lar" else b"\x0f\x03", target.size, bits)
    code = replace(own, rex=own.rex | target.number >> 3 << 2, field=target.number)
    if isinstance(source, Memory):
        check_size(source, (2, target.size), name)
        return replace(code, address=encode_address(source, bits, prefixes.address_size))
    register = general_register(source, bits, name)
    if register.size == 1:
        raise Refused(f"{name} does not take a register of one byte")
    return replace(code, rex=code.rex | register.number >> 3, register=register.number)


_RETURNING = dict.fromkeys(("ret", "retn", "retnw", "retnd", "retnq", "retf", "retfw", "retfd", "retfq"), encode_return)
_HANDLERS: dict[str, Callable[[Instruction, Prefixes], MachineCode | None]] = {
    "push": encode_push, "pop": encode_pop, "enter": encode_enter, "jmp": _jump, "call": _jump, "mov": encode_move,
    "int": _interrupt, "aam": _interrupt, "aad": _interrupt, "nop": _nop, "lar": _access_rights, "lsl": _access_rights,
    **_RETURNING,
}  # fmt: skip
