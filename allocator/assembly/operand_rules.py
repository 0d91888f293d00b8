"""Check the operands of an instruction, and settle what the source left open, before anything encodes it.

- Registers exist in the code's mode, and AH, BH, CH, DH do not meet a REX prefix (which Keystone dies of).
- Operands that must have one size have it; a memory operand without a size takes the register's.
- Where nothing says the size of a memory operand, the instruction is refused: Keystone would pick one.
- Numbers fit their field: Keystone would cut them off.
"""

from __future__ import annotations

from dataclasses import replace

from allocator.assembly.addressing import NEEDS_64
from allocator.assembly.branches import condition
from allocator.assembly.instruction import Immediate, Instruction, Memory, Operand, Register
from allocator.assembly.mnemonics import STRING_STEMS
from allocator.assembly.other_vector_mnemonics import OTHER_VECTOR_MNEMONICS
from allocator.assembly.refusal import Refused
from allocator.assembly.register_file import REGISTER_CODES, RegisterCode, general
from allocator.assembly.usage import mismatch, usage
from allocator.assembly.vex_table import VEX_FORMS
from allocator.registers import SEGMENTS
from allocator.units import counted

ARITHMETIC = frozenset({"add", "or", "adc", "sbb", "and", "sub", "xor", "cmp"})
FULL_NUMBER = ARITHMETIC | {"mov", "test", "imul"}
"""Instructions whose number is as wide as their other operand (but at most a dword, mov to a register apart)."""

_SAME_SIZE_WORDS = """
    xchg xadd cmpxchg bsf bsr popcnt lzcnt tzcnt bt btc btr bts shld shrd movbe movnti andn bextr bzhi blsi blsr blsmsk
    pdep pext mulx rorx sarx shlx shrx adcx adox
"""
_SAME_SIZE = FULL_NUMBER | frozenset(_SAME_SIZE_WORDS.split())
_SHIFTS = frozenset({"shl", "shr", "sal", "sar", "rol", "ror", "rcl", "rcr"})
_STRINGS = frozenset(stem + size for stem in STRING_STEMS for size in "bwdq")
_COUNTS = dict.fromkeys(_SHIFTS, 2) | {"shld": 3, "shrd": 3, "fnstsw": 1}
"""Operands of what Keystone would supply one for."""
_LOCKABLE_WORDS = """
    adc add and btc btr bts cmpxchg cmpxchg16b cmpxchg8b dec inc neg not or sbb sub xadd xchg xor
"""
_LOCKABLE = frozenset(_LOCKABLE_WORDS.split())
_ONE_SIZE_WORDS = {
    2: "arpl fldcw fnstcw fnstsw lar lldt lmsw lsl ltr sldt smsw str verr verw",
    4: "cvtsi2sd cvtsi2ss cvtss2si cvttss2si ldmxcsr movsxd stmxcsr",
    8: "cmpxchg8b cvtsd2si cvttsd2si vmclear vmptrld vmptrst vmxon",
    10: "fbld fbstp",
    16: "cmpxchg16b",
}
_ONE_SIZE = {name: size for size, words in _ONE_SIZE_WORDS.items() for name in words.split()}
"""The size of a memory operand that says none; where there are several, NASM's choice."""
_NO_SIZE_WORDS = """
    bound call clflush clflushopt clwb fldenv fnsave fnstenv frstor fxrstor fxrstor64 fxsave fxsave64 invept invlpg
    invpcid invvpid jmp lds lea les lfs lgdt lgs lidt lss prefetch prefetchnta prefetcht0 prefetcht1 prefetcht2
    prefetchw prefetchwt1 sgdt sidt xrstor xrstor64 xrstors xrstors64 xsave xsave64 xsavec xsavec64 xsaveopt
    xsaveopt64 xsaves xsaves64
"""
_NO_SIZE = frozenset(_NO_SIZE_WORDS.split())
_ONLY_64_WORDS = """
    cdqe cmpsq cmpxchg16b cqo fxrstor64 fxsave64 iretq jrcxz lodsq movsq movsxd pextrq pinsrq popfq pushfq rdfsbase
    rdgsbase retfq retnq scasq stosq swapgs sysexitq sysretq wrfsbase wrgsbase xrstor64 xrstors64 xsave64 xsavec64
    xsaveopt64 xsaves64
"""
_ONLY_64 = frozenset(_ONLY_64_WORDS.split())
_NOT_64_WORDS = """
    aaa aad aam aas arpl bound daa das into jcxz lds les popa popad popaw popfd pusha pushad pushaw pushfd retnd salc
"""
_NOT_64 = frozenset(_NOT_64_WORDS.split())
_INSTEAD = {
    "pusha": "push the registers one by one", "pushad": "push the registers one by one",
    "popa": "pop the registers one by one", "popad": "pop the registers one by one",
    "pushfd": "pushfq pushes all flags", "popfd": "popfq pops all flags", "jcxz": "there are jecxz and jrcxz",
}  # fmt: skip


def settle(instruction: Instruction) -> Instruction:
    """Return the instruction with every size decided; raises Refused where its operands make no sense."""
    name, bits = instruction.mnemonic, instruction.bits
    _check_mode(name, bits)
    _check_count(instruction)
    if not instruction.operands:
        return instruction
    codes = [_check_register(operand, bits) for operand in instruction.operands]
    _check_vectors(name, codes)
    _check_distance(instruction)
    _check_high_bytes(instruction, codes)
    settled = _settle_sizes(instruction, codes)
    _check_sizes(settled, codes)
    return settled


def _check_mode(name: str, bits: int) -> None:
    if name in OTHER_VECTOR_MNEMONICS:
        raise Refused(
            f"{name} is an instruction of AVX-512, XOP or FMA4, or a gather: none is encoded",
            "use the form of SSE or AVX",
        )
    if name in _ONLY_64 and bits != 64:
        raise Refused(f"{name} exists in 64-bit code only", NEEDS_64)
    if name in _NOT_64 and bits == 64:
        raise Refused(f"{name} does not exist in 64-bit code", _INSTEAD.get(name, "it exists in 16 and 32-bit code"))


def _check_count(instruction: Instruction) -> None:
    name, count = instruction.mnemonic, len(instruction.operands)
    memory = [operand for operand in instruction.operands if isinstance(operand, Memory)]
    if len(memory) > 1:
        raise Refused("an instruction has at most one memory operand", "move one of them into a register", memory[1])
    if count != _COUNTS.get(name, count):
        raise Refused(f"{name} takes {counted(_COUNTS[name], 'operand')}, not {count}", usage(instruction))
    if name in _STRINGS and count and not any(_is_xmm(operand) for operand in instruction.operands):
        raise Refused(f"{name} takes no operands: its registers are implied", "write a segment, a16 or a32 before it")
    if "lock" in instruction.prefixes and not (
        name in _LOCKABLE and any(isinstance(operand, Memory) for operand in instruction.operands)
    ):
        raise Refused(f"{name} cannot be locked like this", "lock is for instructions that change memory")


def _is_xmm(operand: Operand) -> bool:
    return isinstance(operand, Register) and operand.name.startswith("xmm")


def _check_register(operand: Operand, bits: int) -> RegisterCode | None:
    if isinstance(operand, Memory) and operand.segment not in (None, *SEGMENTS):
        raise Refused(f"{operand.segment} is no segment register", None, operand)
    if not isinstance(operand, Register):
        return None
    code = REGISTER_CODES.get(operand.name)
    if code is None:
        raise Refused(f"there is no register {operand.name}", None, operand)
    if code.kind in ("evex", "mask"):
        raise Refused(
            f"{operand.name} is a register of AVX-512, which is not encoded",
            "use xmm0 to xmm15 or ymm0 to ymm15",
            operand,
        )
    if bits != 64 and (code.rex or (code.kind == "general" and code.size == 8)):
        raise Refused(f"{operand.name} exists in 64-bit code only", NEEDS_64, operand)
    return code


def _check_vectors(name: str, codes: list[RegisterCode | None]) -> None:
    if name in VEX_FORMS or not any(code and code.kind == "ymm" for code in codes):
        return
    hint = f"v{name} takes ymm registers" if f"v{name}" in VEX_FORMS else None
    raise Refused(f"{name} does not take a ymm register", hint)


def _check_distance(instruction: Instruction) -> None:
    for operand in instruction.operands:
        if isinstance(operand, Immediate) and operand.distance:
            raise Refused(
                f"{operand.distance} is for jumps", f"leave it out: this is a {instruction.mnemonic}", operand
            )
        if isinstance(operand, Memory) and operand.far and instruction.mnemonic not in ("jmp", "call", "lea"):
            raise Refused("far is for jumps and calls", f"leave it out: this is a {instruction.mnemonic}", operand)


def _check_high_bytes(instruction: Instruction, codes: list[RegisterCode | None]) -> None:
    if not any(code and code.high for code in codes):
        return
    for operand, code in zip(instruction.operands, codes, strict=True):
        if (code and (code.rex or (code.kind == "general" and code.size == 8))) or _is_extended(operand):
            high = next(o for o in instruction.operands if isinstance(o, Register) and REGISTER_CODES[o.name].high)
            other = operand.name if isinstance(operand, Register) else "an address of r8 to r15"
            raise Refused(
                f"{high.name} cannot be used together with {other}",
                f"ah, bh, ch and dh exist only without a REX prefix: shift it into {high.name[0]}l first",
                high,
            )


def _is_extended(operand: Operand) -> bool:
    if not isinstance(operand, Memory):
        return False
    parts = [general(name) for name in (operand.base, operand.index) if name]
    return any(code is not None and code.rex for code in parts)


def _settle_sizes(instruction: Instruction, codes: list[RegisterCode | None]) -> Instruction:
    size = _size_of_memory(instruction, codes)
    if size is None:
        return instruction
    operands = tuple(
        replace(operand, size=size) if isinstance(operand, Memory) and operand.size is None else operand
        for operand in instruction.operands
    )
    return replace(instruction, operands=operands)


def _size_of_memory(instruction: Instruction, codes: list[RegisterCode | None]) -> int | None:
    """Return the size that a memory operand without one takes; None where it needs none."""
    name = instruction.mnemonic
    if not any(isinstance(operand, Memory) and operand.size is None for operand in instruction.operands):
        return None
    if name in _ONE_SIZE:
        return _ONE_SIZE[name]
    if condition(name, "set") is not None:
        return 1
    if name in _NO_SIZE or name in VEX_FORMS or any(code and code.kind in ("mmx", "xmm") for code in codes):
        return None
    if name in _SAME_SIZE or condition(name, "cmov") is not None:
        for operand, code in zip(instruction.operands, codes, strict=True):
            if code and code.kind in ("general", "segment"):
                return code.size
            if isinstance(operand, Immediate) and operand.size:
                return operand.size
    raise Refused(
        "the size of the memory operand is not known",
        "write byte, word, dword or qword before the bracket: dword [...]",
        next(operand for operand in instruction.operands if isinstance(operand, Memory)),
    )


def _check_sizes(instruction: Instruction, codes: list[RegisterCode | None]) -> None:
    name, operands = instruction.mnemonic, instruction.operands
    if name not in _SAME_SIZE and condition(name, "cmov") is None and name not in _SHIFTS:
        return
    if any(code and code.kind != "general" for code in codes):
        return
    sized = [
        (operand, code.size if code else getattr(operand, "size", None))
        for operand, code in zip(operands, codes, strict=True)
        if code or isinstance(operand, Memory)
    ]
    # A shift's count is in CL whatever it shifts.
    if name in _SHIFTS or name in ("shld", "shrd"):
        sized = [pair for pair in sized if pair[0] != Register("cl") or pair is sized[0]]
        sized = sized[:1] if name in _SHIFTS else sized[:2]
    for operand, size in sized[1:]:
        if size != sized[0][1]:
            target, source = sized[0][0], operand
            assert isinstance(target, Register | Memory) and isinstance(source, Register | Memory)
            raise Refused(
                f"operand sizes disagree: {_named(*sized[0])}, {_named(operand, size)}",
                mismatch(name, target, source),
                operand,
            )


def _named(operand: Operand, size: int | None) -> str:
    name = operand.name if isinstance(operand, Register) else "the memory operand"
    return f"{name} has {counted(size or 0, 'byte')}"


def check_size(memory: Memory, allowed: tuple[int, ...], name: str) -> None:
    """Raise Refused where the source says another size than the allowed ones, if there are any."""
    if memory.size is not None and allowed and memory.size not in allowed:
        raise Refused(f"{name} does not take a memory operand of {memory.size} bytes", None, memory)


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
