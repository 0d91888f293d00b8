"""Encode AVX, AVX2 and FMA: find the form that the operands fit, and fill in its VEX prefix.

Keystone would pick EVEX for some, and for others the operands' opposite order, which NASM does not. The engine that
runs the code has no AVX: a routine may contain it, and is stopped where it would execute it.
Source: Intel SDM volume 2, section 2.3 "Intel Advanced Vector Extensions".
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from allocator.assembly.addressing import encode_address
from allocator.assembly.immediates import immediate_bytes
from allocator.assembly.instruction import Immediate, Instruction, Memory, Operand, Register
from allocator.assembly.machine_code import MachineCode
from allocator.assembly.prefixes import Prefixes
from allocator.assembly.refusal import Refused
from allocator.assembly.register_file import REGISTER_CODES
from allocator.assembly.vex_table import VEX_FORMS, VexForm

_FRACTIONS = {"x": 1, "h": 2, "q": 4, "e": 8}


def with_both_sources(instruction: Instruction) -> Instruction:
    """Return ``vaddps xmm0, xmm0, xmm1`` for ``vaddps xmm0, xmm1``, as NASM reads it; others as they are."""
    # A fused multiplication has three operands of its own, and a mask is no source.
    has_all = instruction.mnemonic.startswith(("vf", "vmaskmov"))
    if has_all or len(instruction.operands) < 2 or any(_fitting(instruction)):
        return instruction
    first, *others = instruction.operands
    fuller = replace(instruction, operands=(first, first, *others))
    shares = any(form.operands[0][0] in "VH" and form.operands[1][0] in "HU" for form, _ in _fitting(fuller))
    return fuller if shares else instruction


def encode_vex(instruction: Instruction, prefixes: Prefixes) -> MachineCode:
    """Return the code of an instruction of `VEX_FORMS`; raises Refused."""
    if prefixes.operand_size or prefixes.repeat or prefixes.lock:
        raise Refused(f"{instruction.prefixes[0]} cannot stand before {instruction.mnemonic}")
    fitting = next(_fitting(instruction), None)
    if fitting is None:
        raise Refused(f"{instruction.mnemonic} does not take these operands", _hint(instruction))
    return _encode(*fitting, instruction, prefixes)


def _hint(instruction: Instruction) -> str | None:
    sizes = {REGISTER_CODES[operand.name].size for operand in instruction.operands if isinstance(operand, Register)}
    if {16, 32} <= sizes:
        return "its registers are all xmm or all ymm"
    counts = sorted({len(form.operands) for form in VEX_FORMS[instruction.mnemonic]})
    if len(instruction.operands) in counts:
        return None
    return f"it takes {' or '.join(map(str, counts))} operands, not {len(instruction.operands)}"


def _fitting(instruction: Instruction) -> Iterator[tuple[VexForm, int]]:
    """Yield the forms that the operands fit, each with the length of its vectors, 16 or 32 bytes."""
    operands = instruction.operands
    for form in VEX_FORMS[instruction.mnemonic]:
        if len(form.operands) != len(operands):
            continue
        for length in form.lengths:
            if all(_fits(kind, operand, length) for kind, operand in zip(form.operands, operands, strict=True)):
                yield form, length


def _fits(kind: tuple[str, str], operand: Operand, length: int) -> bool:
    letter, written = kind
    if letter == "I":
        return isinstance(operand, Immediate)
    size = length // _FRACTIONS[written] if written in _FRACTIONS else int(written)
    if isinstance(operand, Memory):
        return letter in "WME" and operand.size in (None, size)
    if not isinstance(operand, Register) or letter == "M":
        return False
    code = REGISTER_CODES.get(operand.name)
    if code is None:
        return False
    if letter in "GE":
        return code.kind == "general" and code.size == max(size, 4)
    return code.kind in ("xmm", "ymm") and code.size == max(size, 16)


def _encode(form: VexForm, length: int, instruction: Instruction, prefixes: Prefixes) -> MachineCode:
    by_letter = {letter: operand for (letter, _), operand in zip(form.operands, instruction.operands, strict=True)}
    middle = by_letter.get("V") or by_letter.get("G")
    field = _number(middle) if middle else form.field or 0
    second = _number(by_letter["H"]) if "H" in by_letter else 0
    # R, X and B, inverted in the top of the second byte, are filled in from the REX bits when all are known.
    prefix = form.wide << 7 | (~second & 15) << 3 | (length == 32) << 2 | form.mandatory
    code = MachineCode(
        bytes([0xC4, 0xE0 | form.map, prefix, form.opcode]),
        rex=field >> 3 << 2,
        field=field,
        immediate=_immediate(form, by_letter),
    )
    last = next((by_letter[letter] for letter in "WUME" if letter in by_letter), None)
    if isinstance(last, Memory):
        return replace(code, address=encode_address(last, instruction.bits, prefixes.address_size))
    if last is None:
        return code
    return replace(code, rex=code.rex | _number(last) >> 3, register=_number(last))


def _number(operand: Operand) -> int:
    assert isinstance(operand, Register)
    return REGISTER_CODES[operand.name].number


def _immediate(form: VexForm, by_letter: dict[str, Operand]) -> bytes:
    if form.predicate is not None:
        return bytes([form.predicate])
    if "S" in by_letter:
        return bytes([_number(by_letter["S"]) << 4])
    number = by_letter.get("I")
    return immediate_bytes(number, 1, "the last operand") if isinstance(number, Immediate) else b""
