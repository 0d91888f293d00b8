"""Compare what came out of an encoding with what was asked for, by disassembling it.

An encoding passes when the disassembler finds the whole of it to be one instruction with the same mnemonic, the same
operands (registers, numbers modulo their width, addresses part by part) and the prefixes that were asked for.
Several names for one thing are folded first.
"""

from __future__ import annotations

from allocator.assembly.branches import is_relative_branch
from allocator.assembly.instruction import Far, Immediate, Instruction, Memory, Operand, Register
from allocator.assembly.mnemonics import CONDITIONS, STRING_STEMS
from allocator.assembly.prefixes import OPERAND_SIZES, Prefixes
from allocator.assembly.register_file import REGISTER_CODES
from allocator.instructions.anatomy import LOCK, REP, REPNE
from allocator.instructions.disassembly import MemoryOperand, NumberOperand, Reading, RegisterOperand, read

_SYNONYMS = {
    "retn": "ret", "retnw": "ret", "retnd": "ret", "retnq": "ret", "retfw": "retf", "retfd": "retf", "retfq": "retf",
    "iretw": "iret", "iretd": "iret", "iretq": "iret", "sysretq": "sysret", "sysexitq": "sysexit", "sal": "shl",
    "pushfw": "pushf", "pushfd": "pushf", "pushfq": "pushf", "popfw": "popf", "popfd": "popf", "popfq": "popf",
    "pushaw": "pusha", "pushad": "pusha", "pushal": "pusha", "popaw": "popa", "popad": "popa", "popal": "popa",
    "loopz": "loope", "loopnz": "loopne", "xlat": "xlatb", "icebp": "int1", "fwait": "wait", "ud2a": "ud2",
    "movabs": "mov", "ljmp": "jmp", "lcall": "call", "movsxd": "movsx", "cwde": "cbw", "cdqe": "cbw", "cdq": "cwd",
    "cqo": "cwd", "fcompi": "fcomip", "fucompi": "fucomip",
    # movq between an xmm and a general register is movd with REX.W.
    "movd": "movq",
}  # fmt: skip
_ANY_ORDER = frozenset({"xchg", "test"})
_UNREADABLE = frozenset({"serialize", "ud0", "ud1", "ud2b"})
"""What Capstone decodes not at all, or with the wrong length; encoded by table only."""


def difference(instruction: Instruction, prefixes: Prefixes, code: bytes, address: int) -> str | None:
    """Return what is wrong with `code` as the encoding of `instruction` at `address`, or None."""
    if instruction.mnemonic in _UNREADABLE or _is_self_exchange(instruction, code):
        return None
    code = code[1:] if prefixes.wait else code
    found = read(code, instruction.bits, address)
    if found is None:
        return "it is no instruction"
    if found.size != len(code):
        return f"its first {found.size} of {len(code)} bytes are already an instruction"
    return (
        _mnemonic_difference(instruction, found)
        or _prefix_difference(instruction, prefixes, found)
        or _operands_difference(instruction, found, address + len(code))
    )


def _is_self_exchange(instruction: Instruction, code: bytes) -> bool:
    # 90 is XCHG of the accumulator with itself, and reads as nop.
    return instruction.mnemonic == "xchg" and len(set(instruction.operands)) == 1 and code[-1] == 0x90


def _fold(name: str) -> str:
    for stem in ("j", "set", "cmov"):
        if name.startswith(stem) and name[len(stem) :] in CONDITIONS:
            return f"{stem}{CONDITIONS[name[len(stem) :]]}"
    return _SYNONYMS.get(name, name)


def _mnemonic_difference(instruction: Instruction, found: Reading) -> str | None:
    name = found.mnemonic.split()[-1]
    if _fold(name) == _fold(instruction.mnemonic):
        return None
    return f"it reads as {name}"


def _prefix_difference(instruction: Instruction, prefixes: Prefixes, found: Reading) -> str | None:
    present = found.anatomy.prefixes
    if prefixes.lock != (LOCK in present):
        return "its lock prefix is not as asked for"
    if prefixes.repeat and prefixes.repeat not in present:
        return "its repeat prefix is missing"
    if prefixes.segment and found.anatomy.segment != prefixes.segment:
        return "its segment override is missing"
    if instruction.operands or instruction.mnemonic[:-1] not in STRING_STEMS:
        return None
    # Of a string instruction nothing else tells these three.
    size = prefixes.address_size or instruction.bits // 8
    as_asked = (
        found.anatomy.address_size(instruction.bits) == size
        and found.anatomy.segment == prefixes.segment
        and bool({REP, REPNE} & {*present}) == bool(prefixes.repeat)
    )
    return None if as_asked else "its prefixes are not those asked for"


_SIZES = {
    "cbw": 2, "cwde": 4, "cdqe": 8, "cwd": 2, "cdq": 4, "cqo": 8, "iretw": 2, "iretd": 4, "iretq": 8, "retfw": 2,
    "retfd": 4, "retfq": 8, "retnw": 2, "retnd": 4, "retnq": 8, "pushfw": 2, "pushfd": 4, "pushfq": 8, "popfw": 2,
    "popfd": 4, "popfq": 8, "pushaw": 2, "pushad": 4, "popaw": 2, "popad": 4, "sysretq": 8, "sysexitq": 8,
}  # fmt: skip
_ON_STACK = frozenset({"pushf", "pushfq", "popf", "popfq", "ret", "retn", "retnq", "leave", "enter", "push", "pop"})
_TABLES = frozenset({"lgdt", "lidt", "sgdt", "sidt"})


def _operands_difference(instruction: Instruction, found: Reading, end: int) -> str | None:
    wrong_size = _size_difference(instruction, found)
    if wrong_size:
        return wrong_size
    asked, name = instruction.operands, instruction.mnemonic
    if not asked and name[:-1] in STRING_STEMS:
        return None  # one notation names what the other implies
    if name in _ANY_ORDER and len(found.operands) == 2 and _all_match(instruction, asked[::-1], found, end):
        return None
    return None if _all_match(instruction, asked, found, end) else "its operands are not those asked for"


def _size_difference(instruction: Instruction, found: Reading) -> str | None:
    """Compare the operand size where the text does not say it, being the same with and without 66."""
    name, bits, anatomy = instruction.mnemonic, instruction.bits, found.anatomy
    if name[:-1] in STRING_STEMS or anatomy.map == 0x38 or anatomy.is_vector or not _is_size_unsaid(instruction):
        return None
    size = _asked_size(instruction)
    expected_66 = size == (4 if bits == 16 else 2)
    # What goes through the stack, and branches, are 64 bits wide without REX.W.
    widened = name in _ON_STACK or (isinstance(_first(instruction), Immediate) and not name.startswith("retf"))
    if anatomy.has_operand_size != expected_66 or bool(anatomy.rex & 8) != (size == 8 and not widened):
        return "its operand size is not the one asked for"
    return None


def _first(instruction: Instruction) -> Operand | None:
    return instruction.operands[0] if instruction.operands else None


def _is_size_unsaid(instruction: Instruction) -> bool:
    first = _first(instruction)
    if first is None or instruction.mnemonic in _TABLES or isinstance(first, Far):
        return True
    if isinstance(first, Register):
        return instruction.mnemonic in ("push", "pop") and REGISTER_CODES[first.name].kind == "segment"
    return isinstance(first, Immediate) and instruction.mnemonic not in ("out", "int", "xabort")


def _asked_size(instruction: Instruction) -> int | None:
    """Return the operand size in bytes that mnemonic, operand or prefix ask for; None for the default."""
    first = _first(instruction)
    prefixed = [OPERAND_SIZES[word] for word in instruction.prefixes if word in OPERAND_SIZES]
    size = first.size if isinstance(first, (Immediate, Far)) and first.size != 1 else None
    if instruction.mnemonic.startswith("ret"):
        size = None  # of the number of bytes to drop, a word whatever the return's width
    if instruction.mnemonic == "push" and instruction.bits == 64 and size == 4:
        return None
    return _SIZES.get(instruction.mnemonic) or size or (prefixed[0] if prefixed else None)


def _all_match(instruction: Instruction, asked: tuple[Operand, ...], found: Reading, end: int) -> bool:
    wanted: tuple[object, ...] = _expanded(instruction.mnemonic, asked)
    present: tuple[object, ...] = found.operands
    if len(wanted) != len(present):
        # One notation names ST0 or XMM0 where the other implies it.
        longer = _without_implied(max(wanted, present, key=len))
        wanted, present = (longer, present) if len(wanted) > len(present) else (wanted, longer)
    if len(wanted) != len(present):
        return False
    return all(_matches(instruction, one, other, end) for one, other in zip(wanted, present, strict=True))


def _expanded(name: str, asked: tuple[Operand, ...]) -> tuple[Operand, ...]:
    """Return the operands as a disassembler lists them."""
    if asked and isinstance(asked[0], Far):
        return (Immediate(asked[0].selector), Immediate(asked[0].offset))
    if name.startswith("loop"):
        return asked[:1]
    return asked


def _without_implied(operands: tuple[object, ...]) -> tuple[object, ...]:
    """Return the operands without ST0 and XMM0 at either end, which one notation implies and another names."""
    implied = ("st0", "xmm0")
    if operands and getattr(operands[0], "name", "") == "st0":
        return operands[1:]
    if operands and getattr(operands[-1], "name", "") in implied:
        return operands[:-1]
    return operands


_LOOSE_WORDS = """
    movmskps movmskpd pmovmskb lar lsl lldt ltr verr verw lmsw smsw sldt str nop pextrw pinsrw
    vmovmskps vmovmskpd vpmovmskb vpextrw vpinsrw vpextrb vpinsrb vextractps
"""
_LOOSE = frozenset(_LOOSE_WORDS.split())
"""Their register may be read back with another size."""
_SIZE_FREE_WORDS = """
    lea bound nop sgdt sidt lgdt lidt lar lsl invlpg jmp call comisd ucomisd punpcklbw punpcklwd punpckldq
"""
_SIZE_FREE = frozenset(_SIZE_FREE_WORDS.split())
"""Their memory operand may be read back with another size."""


def _matches(instruction: Instruction, asked: object, found: object, end: int) -> bool:
    if isinstance(asked, Register):
        return isinstance(found, RegisterOperand) and _same_register(instruction, asked.name, found.name)
    if isinstance(asked, Immediate):
        return isinstance(found, NumberOperand) and _same_number(instruction, asked, found)
    if isinstance(asked, Memory) and isinstance(found, MemoryOperand):
        return _same_memory(instruction, asked, found, end)
    return False


def _same_number(instruction: Instruction, asked: Immediate, found: NumberOperand) -> bool:
    size = 1 if instruction.mnemonic == "xabort" else found.size or 8
    if is_relative_branch(instruction):
        # The pointer wraps, and in 16-bit code a target may lie above 64 KiB, behind a segment's base.
        return (asked.value - found.value) % (1 << 8 * size) == 0
    fits = _fits(asked.value, size) or asked.value == ~(1 << 8 * size - 1)  # ~(1 << 31) is meant for 32 bits
    return fits and (asked.value - found.value) % (1 << 8 * size) == 0


def _fits(value: int, size: int) -> bool:
    """Whether `size` bytes hold the number, signed or not: one that is equal modulo its width may be cut off."""
    return -(1 << 8 * size - 1) <= value < 1 << 8 * size


def _same_register(instruction: Instruction, asked: str, found: str) -> bool:
    if asked == found:
        return True
    one, other = REGISTER_CODES.get(asked), REGISTER_CODES.get(found)
    if one is None or other is None or one.kind != other.kind:
        return False
    names = [operand.name for operand in instruction.operands if isinstance(operand, Register)]
    loose = instruction.mnemonic in _LOOSE or any(REGISTER_CODES[name].kind == "segment" for name in names)
    return loose and one.number == other.number and 1 not in (one.size, other.size)


def _same_memory(instruction: Instruction, asked: Memory, found: MemoryOperand, end: int) -> bool:
    if asked.size not in (None, found.size) and instruction.mnemonic not in _SIZE_FREE:
        return False
    prefixed = [word for word in instruction.prefixes if len(word) == 2 and word[1] == "s"]
    if found.segment != (asked.segment or (prefixed[0] if prefixed else None)):
        return False
    if found.relative:
        target = found.displacement + end
        return asked.relative and (asked.displacement - target) % (1 << 64) == 0
    size = _address_size(asked, instruction.bits)
    return (
        _fits(asked.displacement, size)
        and _parts(asked.base, asked.index, asked.scale) == _parts(found.base, found.index_register, found.scale)
        and (asked.displacement - found.displacement) % (1 << 8 * size) == 0
    )


def _parts(base: str | None, index: str | None, scale: int) -> dict[str, int]:
    parts: dict[str, int] = {}
    if base:
        parts[base] = 1
    if index:
        parts[index] = parts.get(index, 0) + scale
    return parts


def _address_size(asked: Memory, bits: int) -> int:
    register = asked.base or asked.index
    if register:
        return REGISTER_CODES[register].size
    return asked.address_size or bits // 8
