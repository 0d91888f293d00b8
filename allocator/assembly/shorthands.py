"""Rewrite the shorthand forms of instructions to the one form that the processor has.

    fadd            faddp st1, st0        the bare x87 instructions work on the two topmost registers
    fcom st0, st2   fcom st2              ST0 is implied, and fcmovb st2 means fcmovb st0, st2
    fstcw [x]       wait fnstcw [x]       and finit, fclex, fstsw, fstenv, fsave
    imul eax, 5     imul eax, eax, 5
    mov rax, 5      mov eax, 5            the upper half becomes zero either way
    aam, aad        aam 10, aad 10
    retd            retnd                 and retw, retq
    cmpps x, y, 1   cmpltps x, y          the eight predicates of SSE have names
    pclmullqlqdq    pclmulqdq x, y, 0     and the other three
    vaddps x, y     vaddps x, x, y        and the other instructions of AVX with two sources
    vcmpps x,y,z,1  vcmpltps x, y, z      the 32 predicates of AVX have names
    vfmadd123ps     vfmadd213ps           the first two factors commute

What comes out means the same in every case. Source: NASM manual, appendix B; Intel SDM volume 2.
"""

from __future__ import annotations

from dataclasses import replace

from allocator.assembly.instruction import Immediate, Instruction, Operand, Register
from allocator.assembly.register_file import general
from allocator.assembly.vex_encodings import with_both_sources
from allocator.assembly.vex_table import PREDICATES, VEX_COMPARES, VEX_FORMS

_ST0, _ST1 = Register("st0"), Register("st1")
_POPPING = {
    "fadd": "faddp", "fsub": "fsubp", "fsubr": "fsubrp", "fmul": "fmulp", "fdiv": "fdivp", "fdivr": "fdivrp",
}  # fmt: skip
_ON_ST1 = frozenset({"fcom", "fcomp", "fxch", "fucom", "fucomp"})
_COMPARES = frozenset({"cmpps", "cmppd", "cmpss", "cmpsd"})
_PRODUCTS = {"pclmullqlqdq": 0x00, "pclmulhqlqdq": 0x01, "pclmullqhqdq": 0x10, "pclmulhqhqdq": 0x11}
_NEAR_RETURNS = {"retw": "retnw", "retd": "retnd", "retq": "retnq"}
_FUSED_ORDERS = {"123": "213", "312": "132", "321": "231"}
_COMPARING = frozenset({"fcomi", "fcomip", "fucomi", "fucomip"})
_WAITING = frozenset({"fstcw", "fstsw", "fstenv", "fsave", "finit", "fclex"})


def write_out(instruction: Instruction) -> Instruction:
    """Return the instruction in its canonical form; most are already."""
    name, operands = instruction.mnemonic, instruction.operands
    if name[0] == "f":
        return _canonical_x87(instruction)
    if name == "mov":
        return _narrowed(instruction)
    if name in _COMPARES and len(operands) == 3:
        return _named_compare(instruction, PREDICATES[:8])
    if name[0] == "v":
        return _canonical_vector(instruction)
    if name == "imul" and len(operands) == 2 and isinstance(operands[1], Immediate):
        operands = (operands[0], *operands)
    elif name in ("aam", "aad") and not operands:
        operands = (Immediate(10),)
    elif name in _NEAR_RETURNS:
        name = _NEAR_RETURNS[name]
    elif name in _PRODUCTS and len(operands) == 2:
        name, operands = "pclmulqdq", (*operands, Immediate(_PRODUCTS[name]))
    else:
        return instruction
    return replace(instruction, mnemonic=name, operands=operands)


def _named_compare(instruction: Instruction, predicates: tuple[str, ...]) -> Instruction:
    *operands, predicate = instruction.operands
    if not isinstance(predicate, Immediate) or not 0 <= predicate.value < len(predicates):
        return instruction
    stem, suffix = instruction.mnemonic[:-2], instruction.mnemonic[-2:]
    return replace(instruction, mnemonic=stem + predicates[predicate.value] + suffix, operands=tuple(operands))


def _canonical_vector(instruction: Instruction) -> Instruction:
    name = instruction.mnemonic
    if name[1:] in _PRODUCTS:
        product = Immediate(_PRODUCTS[name[1:]])
        instruction = replace(instruction, mnemonic="vpclmulqdq", operands=(*instruction.operands, product))
    elif name.startswith("vf") and name[-5:-2] in _FUSED_ORDERS:
        instruction = replace(instruction, mnemonic=name[:-5] + _FUSED_ORDERS[name[-5:-2]] + name[-2:])
    if instruction.mnemonic not in VEX_FORMS:
        return instruction
    instruction = with_both_sources(instruction)
    return _named_compare(instruction, PREDICATES) if name in VEX_COMPARES and instruction.operands else instruction


def _canonical_x87(instruction: Instruction) -> Instruction:
    name, operands = instruction.mnemonic, instruction.operands
    if name in _WAITING:
        return replace(instruction, mnemonic="fn" + name[1:], prefixes=("wait", *instruction.prefixes))
    if name in _POPPING and not operands:
        return replace(instruction, mnemonic=_POPPING[name], operands=(_ST1, _ST0))
    if name in _POPPING.values() and len(operands) < 2:
        operands = (*(operands or (_ST1,)), _ST0)
    elif name in _ON_ST1:
        operands = _without_st0(operands) or (_ST1,)
    elif (name in _COMPARING or name.startswith("fcmov")) and len(operands) < 2:
        operands = (_ST0, *(operands or (_ST1,)))
    return replace(instruction, operands=operands)


def _without_st0(operands: tuple[Operand, ...]) -> tuple[Operand, ...]:
    if len(operands) == 2 and _ST0 in operands:
        return operands[1:] if operands[0] == _ST0 else operands[:1]
    return operands


def _narrowed(instruction: Instruction) -> Instruction:
    if len(instruction.operands) != 2:
        return instruction
    target, source = instruction.operands
    code = general(target.name) if isinstance(target, Register) else None
    if code is None or code.size != 8 or instruction.bits != 64 or not isinstance(source, Immediate):
        return instruction
    if source.size in (1, 2, 4) or source.relocatable or source.strict or not 0 <= source.value < 1 << 32:
        return instruction
    assert isinstance(target, Register)
    return replace(instruction, operands=(Register(_half(target.name)), replace(source, size=None)))


def _half(name: str) -> str:
    return name + "d" if name[1:].isdigit() else "e" + name[1:]
