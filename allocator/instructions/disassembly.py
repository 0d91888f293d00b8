"""Disassemble one instruction at a time, in NASM's spelling. The only file that imports Capstone.

    bytes --dissect--> anatomy --Capstone--> its text --spelling--> Decoded

- Every byte string has an answer: what is no instruction is one byte of data, ``db 0x0f``.
- The text can be assembled again by NASM.
- Capstone decodes SSE in 16-bit code as MMX, or not at all. 16-bit code is 32-bit code with the meaning of
  67 turned round, so it is decoded as that.
- Answers are cached by bits and bytes; only branches and RIP-relative operands also by their address.
- What an instruction reads and writes is found out when it is asked for; `effects.py` fills Capstone's gaps.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache, cached_property, lru_cache
from typing import Any, NamedTuple, TypeAlias

from allocator.instructions.anatomy import ADDRESS_SIZE, LONGEST_INSTRUCTION, Anatomy, dissect
from allocator.instructions.effects import ALL_FLAGS, Effects, repaired
from allocator.instructions.spelling import RELATIVE_BRANCHES, STRING_OPERATIONS, branch_target, spell

Untyped: TypeAlias = Any
"""An object of Capstone's binding, which declares no types."""

CACHE_ENTRIES = 1 << 16

_RETURNS = frozenset({
    "ret", "retf", "retfq", "iret", "iretw", "iretd", "iretq", "sysret", "sysretq", "sysexit", "sysexitq",
})  # fmt: skip


@dataclass(frozen=True)
class Decoded:
    """One instruction: `size` bytes, its `text`, and the text's two halves.

    ``mnemonic`` includes the prefixes, as in ``rep stosb``. Of bytes that are no instruction ``mnemonic`` is ``db``.
    """

    size: int
    text: str
    mnemonic: str
    operands: str
    code: bytes = field(repr=False)
    bits: int = field(repr=False)
    target: int | None = field(default=None, repr=False)
    """Where a relative branch leads."""

    @cached_property
    def name(self) -> str:
        """The mnemonic without its prefixes."""
        return self.mnemonic.rsplit(" ", 1)[-1]

    @property
    def is_call(self) -> bool:
        """Whether it pushes a return address and jumps."""
        return self.name == "call"

    @property
    def is_return(self) -> bool:
        """Whether it returns from a routine or an interrupt."""
        return self.name in _RETURNS

    @property
    def is_branch(self) -> bool:
        """Whether it jumps or may jump, calls and returns apart."""
        return self.name != "call" and self.name in RELATIVE_BRANCHES

    @property
    def is_repeated(self) -> bool:
        """Whether it is a string instruction under REP, REPE or REPNE."""
        return self.name in STRING_OPERATIONS and self.mnemonic.startswith("rep")

    @property
    def is_avx(self) -> bool:
        """Whether it is VEX or EVEX encoded (BMI apart), which the engine that runs it gets wrong silently."""
        anatomy = dissect(self.code, self.bits)
        return self.mnemonic != "db" and anatomy is not None and anatomy.is_avx

    @cached_property
    def effects(self) -> Effects:
        """Registers and flags that it reads and writes."""
        return _effects(self.bits, self.code, self.name)

    @property
    def reads(self) -> frozenset[str]:
        """The registers that it reads, by the names that it uses (``al``, ``esi``), flags as ``zf``."""
        return self.effects.reads

    @property
    def writes(self) -> frozenset[str]:
        """The registers that it writes, by the names that it uses, flags as ``zf``."""
        return self.effects.writes


class RegisterOperand(NamedTuple):
    """A register as it was read back."""

    name: str
    size: int


class NumberOperand(NamedTuple):
    """An immediate as it was read back; a branch's target is an address."""

    value: int
    size: int


class MemoryOperand(NamedTuple):
    """An address as it was read back; ``segment`` only where it was overridden, ``relative`` means to RIP."""

    size: int
    segment: str | None
    base: str | None
    index_register: str | None
    scale: int
    displacement: int
    relative: bool


Operand = RegisterOperand | NumberOperand | MemoryOperand


class Reading(NamedTuple):
    """The parts of an instruction, for comparing them with what was asked for."""

    size: int
    mnemonic: str
    operands: tuple[Operand, ...]
    anatomy: Anatomy


_cache: dict[tuple[int, bytes] | tuple[int, bytes, int], Decoded | None] = {}


def decode(code: bytes, bits: int, address: int = 0) -> Decoded:
    r"""Return the instruction that `code` starts with, as `bits`-bit code that lies at `address`.

    Raises ValueError when `code` is empty.

    >>> decode(b"\xf3\xaa", 64).text
    'rep stosb'
    """
    key = (bits, code)
    found = _cache.get(key)
    if found is None:
        # None in the cache marks bytes whose text depends on where they lie.
        found = _cache.get((bits, code, address)) or _decode_anew(code, bits, address)
    return found


def read(code: bytes, bits: int, address: int = 0) -> Reading | None:
    """Return the parts of the instruction that `code` starts with, or None where it is none."""
    anatomy = dissect(code, bits)
    if anatomy is None:
        return None
    engine_bits, engine_code = _for_engine(code, bits, anatomy)
    instruction = next(_engine(engine_bits, True).disasm(engine_code, address, 1), None)
    if instruction is None:
        return None
    size = instruction.size - len(engine_code) + len(code) if engine_code is not code else instruction.size
    operands: tuple[Operand, ...] = tuple(_operand(instruction, o, anatomy) for o in instruction.operands)
    if _is_relative(anatomy, instruction.op_str):
        target = branch_target(code[:size], address, anatomy, bits)
        operands = (NumberOperand(target, _target_size(anatomy, bits)),)
    return Reading(size, instruction.mnemonic, operands, anatomy)


def warm_up() -> None:
    """Load Capstone now, where it would otherwise be loaded by the first instruction."""
    _engine(64, True)


def _decode_anew(code: bytes, bits: int, address: int) -> Decoded:
    if not code:
        raise ValueError("there are no bytes to decode")
    decoded, depends = _decode_uncached(code[:LONGEST_INSTRUCTION], bits, address)
    if len(_cache) >= CACHE_ENTRIES:
        _cache.clear()
    if depends:
        _cache[bits, code] = None
        _cache[bits, code, address] = decoded
    else:
        _cache[bits, code] = decoded
    return decoded


def _decode_uncached(code: bytes, bits: int, address: int) -> tuple[Decoded, bool]:
    anatomy = dissect(code, bits)
    if anatomy is None:
        return _data(code, bits), False
    engine_bits, engine_code = _for_engine(code, bits, anatomy)
    found = next(_engine(engine_bits, False).disasm_lite(engine_code, address, 1), None)
    if found is None:
        return _data(code, bits), False
    _, size, mnemonic, operands = found
    size += len(code) - len(engine_code)
    target = branch_target(code[:size], address, anatomy, bits) if _is_relative(anatomy, operands) else None
    text = f"{target:#x}" if target is not None else operands
    name, text = spell(mnemonic, text, anatomy, bits, address + size)
    whole = f"{name} {text}" if text else name
    depends = target is not None or "rip" in operands
    return Decoded(size, whole, name, text, code[:size], bits, target), depends


def _is_relative(anatomy: Anatomy, operands: str) -> bool:
    if anatomy.vex or not operands[:1].isdigit():
        return False
    if anatomy.map == 0x0F:
        return anatomy.opcode & 0xF0 == 0x80
    return anatomy.map == 0 and (
        anatomy.opcode & 0xF0 == 0x70 or anatomy.opcode in (0xE0, 0xE1, 0xE2, 0xE3, 0xE8, 0xE9, 0xEB, 0xC7)
    )


def _target_size(anatomy: Anatomy, bits: int) -> int:
    return 8 if bits == 64 else anatomy.operand_size(bits)


def _data(code: bytes, bits: int) -> Decoded:
    text = f"{code[0]:#04x}"
    return Decoded(1, f"db {text}", "db", text, code[:1], bits)


def _for_engine(code: bytes, bits: int, anatomy: Anatomy) -> tuple[int, bytes]:
    """Return the bits and bytes that Capstone decodes rightly: SSE in 16-bit code is handed over as 32-bit code."""
    if bits != 16 or not (anatomy.is_vector or anatomy.vex):
        return bits, code
    if anatomy.has_address_size:
        at = anatomy.prefixes.index(ADDRESS_SIZE)
        return 32, code[:at] + code[at + 1 :]
    return 32, bytes([ADDRESS_SIZE]) + code


def _operand(instruction: Untyped, operand: Untyped, anatomy: Anatomy) -> Operand:
    from capstone import x86_const

    if operand.type == x86_const.X86_OP_REG:
        return RegisterOperand(_register_name(instruction, operand.reg) or "", operand.size)
    if operand.type == x86_const.X86_OP_IMM:
        return NumberOperand(operand.imm, operand.size)
    memory = operand.mem
    base = _register_name(instruction, memory.base)
    index = _register_name(instruction, memory.index)
    relative = base in ("rip", "eip")
    return MemoryOperand(
        operand.size,
        anatomy.segment,
        None if relative else base,
        None if index in ("eiz", "riz") else index,
        memory.scale,
        memory.disp,
        relative,
    )


def _register_name(instruction: Untyped, number: int) -> str | None:
    name = instruction.reg_name(number)
    return name.replace("(", "").replace(")", "") if name else None


@lru_cache(maxsize=CACHE_ENTRIES)
def _effects(bits: int, code: bytes, name: str) -> Effects:
    anatomy = dissect(code, bits)
    if anatomy is None or name == "db":
        return Effects(frozenset(), frozenset())
    engine_bits, engine_code = _for_engine(code, bits, anatomy)
    instruction = next(_engine(engine_bits, True).disasm(engine_code, 0, 1), None)
    if instruction is None:
        return Effects(frozenset(), frozenset())
    read_numbers, written_numbers = instruction.regs_access()
    reads = {_register_name(instruction, number) or "" for number in read_numbers}
    writes = {_register_name(instruction, number) or "" for number in written_numbers}
    flags = _flags(instruction, anatomy)
    listed = Effects(frozenset(reads) | flags.reads, frozenset(writes) | flags.writes)
    operands = tuple(_operand(instruction, operand, anatomy) for operand in instruction.operands)
    named = tuple(o.name if isinstance(o, RegisterOperand) else None for o in operands)
    return repaired(name, named, anatomy, bits, listed)


def _flags(instruction: Untyped, anatomy: Anatomy) -> Effects:
    if 0xD8 <= anatomy.opcode <= 0xDF and anatomy.map == 0:
        # Of the x87 Capstone reports the FPU's own condition bits in the same field.
        return Effects(frozenset(), frozenset())
    bits = instruction.eflags
    return Effects(_flags_with(bits, ("TEST", "PRIOR")), _flags_with(bits, ("MODIFY", "SET", "RESET", "UNDEFINED")))


def _flags_with(bits: int, verbs: tuple[str, ...]) -> frozenset[str]:
    from capstone import x86_const

    return frozenset(
        name
        for name in ALL_FLAGS
        for verb in verbs
        if bits & getattr(x86_const, f"X86_EFLAGS_{verb}_{name.upper()}", 0)
    )


@cache
def _engine(bits: int, detail: bool) -> Untyped:
    """Return Capstone for `bits`; the import costs what a program that decodes nothing should not pay."""
    import capstone

    modes = {16: capstone.CS_MODE_16, 32: capstone.CS_MODE_32, 64: capstone.CS_MODE_64}
    engine = capstone.Cs(capstone.CS_ARCH_X86, modes[bits])
    engine.detail = detail
    return engine
