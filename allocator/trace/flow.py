"""Say how values flow through one instruction: which of its outputs comes from which of its inputs.

    push rax        memory <- rax, rsp (where)      rsp <- rsp
    popa            di <- 1st word    si <- 2nd     bp <- 3rd     ...     ax <- 8th
    lodsb           al <- memory, rsi (where)       rsi <- rsi, df
    mov ax, bx      al <- bl                        ah <- bh
    xor eax, eax    rax, flags <- nothing           its result depends on no input

- What decides the address of an access is an input of the value that is read, or of the bytes that are written.
- Where the tables are not certain that an instruction overwrites a register, the old value stays an input.
- Where the manual leaves a flag undefined, the engine may leave it as it was: its old value stays an input.
- What instructions with a rule of their own do is in the SDM, volume 2; everything else has one rule: each
  output comes from all inputs.

Not modelled: code that is overwritten while it runs is no input of what it computes; page tables are no input of what
is found where they lead.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import NamedTuple

from allocator.instructions.disassembly import NumberOperand, RegisterOperand, decode
from allocator.registers import REGISTERS, SEGMENTS
from allocator.trace.flow_parts import Parts, union
from allocator.trace.locations import ALL_FLAGS, ALL_GENERAL, read_mask, written_mask
from allocator.trace.schema import Place


class Rule(NamedTuple):
    """Some outputs and what they come from: sets of locations, and the memory that the step accessed.

    ``is_bytewise``: each byte written comes from the byte read at the same distance, not from all of them.
    ``walks``: the rule of the page walk, which sets bits in entries and leaves the rest of them.
    ``slot``: of the values that PUSHA or POPA moves, which one is meant, the lowest address first.
    """

    outputs: int
    inputs: int
    writes_memory: bool = False
    reads_memory: bool = False
    is_bytewise: bool = False
    walks: bool = False
    slot: int = -1


MOST_RULES = 9
"""How many rules the marks of a walk have room for."""


class Flow(NamedTuple):
    """The flow of one instruction.

    ``decides`` and ``decides_by_memory`` are what it goes by when it chooses where to go on (``is_decision``);
    ``addresses`` are the registers that say where it writes memory; ``outside`` names what brings a value that
    no register or memory held before. ``bases`` are segment registers and the stack pointer, where they are no value
    that it works on, but say where memory lies.
    """

    rules: tuple[Rule, ...]
    decides: int = 0
    decides_by_memory: bool = False
    is_decision: bool = False
    addresses: int = 0
    outside: str | None = None
    bases: int = 0

    @property
    def outputs(self) -> int:
        """All locations that it writes."""
        return union(rule.outputs for rule in self.rules)

    @property
    def inputs(self) -> int:
        """All locations that it reads."""
        return union(rule.inputs for rule in self.rules) | self.decides


def of_values(flow: Flow) -> Flow:
    """Return a flow without its bases: how values flow, wherever segments and the stack may lie."""
    stack = read_mask("rsp")
    rules = (rule if rule.outputs & stack else rule._replace(inputs=rule.inputs & ~flow.bases) for rule in flow.rules)
    decides, addresses = flow.decides & ~flow.bases, flow.addresses & ~flow.bases
    return flow._replace(rules=tuple(rules), decides=decides, addresses=addresses)


def flow_of(place: Place) -> Flow:
    """Return the flow of the instruction at `place`."""
    return _flow(place.code, place.bits, place.mode != "long64")


@lru_cache(maxsize=1 << 14)
def _flow(code: bytes, bits: int, is_segmented: bool) -> Flow:
    parts = Parts(decode(code, bits), is_segmented)
    rules = tuple(rule for rule in _rules(parts) if rule.outputs or rule.writes_memory)
    is_indirect = parts.decoded.is_return or (
        parts.name in ("jmp", "call") and not isinstance(parts.first, NumberOperand) and parts.decoded.target is None
    )
    is_decision = is_indirect or (parts.decoded.is_branch and parts.name != "jmp")
    decides = parts.reads | parts.segments if is_decision else 0
    outside = parts.name if parts.name in _OUTSIDE else None
    return Flow(rules, decides, is_indirect, is_decision, parts.addresses, outside, parts.bases)


# What brings a value from outside of the program: the clock, ports, firmware and system calls.
_OUTSIDE = frozenset({
    "rdtsc", "rdtscp", "rdrand", "rdseed", "rdpmc", "rdmsr", "in", "int", "int1", "int3", "into", "syscall", "sysenter",
    "insb", "insw", "insd",
})  # fmt: skip
_SERVICES = frozenset({"int", "int1", "int3", "into", "syscall", "sysenter"})

# These leave nothing of the old value of the registers that they write.
_OVERWRITE = frozenset({
    "mov", "movabs", "movzx", "movsx", "movsxd", "movbe", "lea", "pop", "mul", "imul", "popcnt", "lzcnt", "tzcnt",
    "andn", "bextr", "blsi", "blsr", "blsmsk", "bzhi", "pdep", "pext", "rorx", "sarx", "shlx", "shrx", "mulx",
    "cpuid", "rdtsc", "rdtscp", "rdrand", "rdseed", "rdmsr", "rdpmc", "in", "str", "sldt", "smsw", "lahf",
    "movd", "movq", "movaps", "movapd", "movups", "movupd", "movdqa", "movdqu", "lddqu", "pmovmskb", "movmskps",
    "cvttsd2si", "cvtsd2si", "cvttss2si", "cvtss2si", "pextrw",
})  # fmt: skip
# These define every flag that they write, from what they read.
_DEFINE_FLAGS = frozenset({
    "add", "sub", "adc", "sbb", "cmp", "neg", "inc", "dec", "and", "or", "xor", "test", "xadd", "cmpxchg",
    "stc", "clc", "cmc", "std", "cld", "sti", "cli", "sahf", "popf", "popfw", "popfd", "popfq", "iret", "iretw",
    "iretd", "iretq", "scas", "cmps",
})  # fmt: skip
_SELECTORS = union(map(read_mask, SEGMENTS))
_OTHER_WIDTH = 0x66
_ALL = ("edi", "esi", "ebp", "esp", "ebx", "edx", "ecx", "eax")
"""Where PUSHA puts what, the lowest address first; POPA leaves out SP (SDM volume 2)."""
_SHIFTS = frozenset({"shl", "sal", "shr", "sar"})
# With both operands the same register the result is a constant.
_ZEROING = frozenset({
    "xor", "sub", "cmp", "pxor", "xorps", "xorpd", "psubb", "psubw", "psubd", "psubq", "pcmpeqb", "pcmpeqw", "pcmpeqd",
})  # fmt: skip
# Every bit of the result comes from the same bit of the operands.
_BITWISE = frozenset({"mov", "and", "or", "xor", "not"})
# (from, to): Capstone gives those of 32-bit code also in 16-bit code.
_WIDENINGS = {
    "cbw": ("al", "ax"), "cwde": ("ax", "eax"), "cdqe": ("eax", "rax"),
    "cwd": ("ax", "dx"), "cdq": ("eax", "edx"), "cqo": ("rax", "rdx"),
}  # fmt: skip


def _rules(parts: Parts) -> list[Rule]:
    if parts.decoded.mnemonic == "db":
        return []
    if parts.name in _OUTSIDE:
        return _outside(parts)
    if parts.string:
        return _STRINGS[parts.string](parts)
    if parts.name in _WIDENINGS:
        source, target = _WIDENINGS[parts.name]
        return [Rule(written_mask(target), read_mask(source))]
    special = _SPECIAL.get(parts.name)
    return special(parts) if special else _usual(parts)


def _outside(parts: Parts) -> list[Rule]:
    inputs = ALL_GENERAL if parts.name in _SERVICES else parts.reads | parts.where
    return [Rule(parts.writes, inputs, True, False)]


# -- instructions whose outputs all come from all inputs --


def _usual(parts: Parts) -> list[Rule]:
    values, flags = parts.writes & ~ALL_FLAGS, parts.writes & ALL_FLAGS
    inputs = _inputs(parts)
    kept_flags = 0 if _defines_flags(parts) else flags
    by_part = _by_part(parts)
    if by_part:
        return [*by_part, Rule(flags, inputs | kept_flags, False, True)]
    inputs |= 0 if _overwrites(parts) else parts.kept
    return [Rule(values, inputs, True, True), Rule(flags, inputs | kept_flags, False, True)]


def _inputs(parts: Parts) -> int:
    if _is_constant(parts):
        return 0
    if _is_borrow(parts):
        return read_mask("cf")
    if parts.name == "mov" and parts.moves_segment and parts.writes & _SELECTORS:
        return _selector_read(parts) | parts.where
    return parts.reads | parts.where


def _selector_read(parts: Parts) -> int:
    # Capstone names the register as wide as the code; a selector has 16 bits.
    source = parts.operands[-1]
    return _lower_half(source.name) if isinstance(source, RegisterOperand) else 0


def _overwrites(parts: Parts) -> bool:
    """Tell whether nothing is left of what the written registers held."""
    is_known = parts.name in _OVERWRITE or parts.name.startswith("set")
    return is_known or _is_constant(parts) or _is_borrow(parts)


def _is_borrow(parts: Parts) -> bool:
    """Tell whether it makes 0 or -1 of the carry flag alone: SBB of a register with itself."""
    return parts.name == "sbb" and parts.same_register


def _is_constant(parts: Parts) -> bool:
    """Tell whether the result is the same whatever the operands hold."""
    if parts.name in _ZEROING and parts.same_register:
        return True
    last = parts.operands[-1] if len(parts.operands) == 2 else None
    is_register = isinstance(parts.first, RegisterOperand)
    return is_register and parts.name == "and" and isinstance(last, NumberOperand) and last.value == 0


def _defines_flags(parts: Parts) -> bool:
    if parts.name in _SHIFTS:
        count = parts.operands[-1] if parts.operands else None
        return isinstance(count, NumberOperand) and count.value & 0x1F != 0
    return parts.name in _DEFINE_FLAGS


def _by_part(parts: Parts) -> list[Rule]:
    """Return a rule for each part of the destination where the instruction works on every bit by itself."""
    if parts.name not in _BITWISE or parts.memory or parts.moves_segment or _is_constant(parts):
        return []
    names = [operand.name for operand in parts.operands if isinstance(operand, RegisterOperand)]
    if not names or any(name not in REGISTERS or REGISTERS[name].low for name in names):
        return []
    sources = [_parts_of(name) for name in (names[1:] if parts.name == "mov" else names)]
    targets = _parts_of(names[0])
    rules = [Rule(target, union(each[at] for each in sources)) for at, target in enumerate(targets)]
    cleared = written_mask(names[0]) & ~read_mask(names[0])
    return [*rules, Rule(cleared, 0)] if cleared else rules


def _parts_of(name: str) -> list[int]:
    mask = read_mask(name)
    lowest = mask & -mask
    return [lowest << at for at in range(bin(mask).count("1"))]


# -- instructions whose outputs come from different inputs --


def _push(parts: Parts) -> list[Rule]:
    moved = Rule(parts.part("rsp"), parts.part("rsp"))
    return [Rule(0, parts.reads | parts.where, True, True), moved]


def _pop(parts: Parts) -> list[Rule]:
    pointer = written_mask("rsp")
    moved = Rule(pointer, parts.part("rsp"))
    is_pointer = isinstance(parts.first, RegisterOperand) and written_mask(parts.first.name) & pointer
    if is_pointer:
        return [Rule(parts.writes, parts.reads | parts.kept, False, True)]
    return [Rule(parts.writes & ~pointer, parts.part("rsp") | parts.where, True, True), moved]


def _push_all(parts: Parts) -> list[Rule]:
    where = parts.part("rsp") | parts.segments
    stored = [Rule(0, _all_part(parts, name) | where, True, slot=at) for at, name in enumerate(_ALL) if name != "esp"]
    return [*stored, Rule(written_mask("rsp"), parts.part("rsp"), True, slot=_ALL.index("esp"))]


def _pop_all(parts: Parts) -> list[Rule]:
    where = parts.part("rsp") | parts.segments
    names = [name for name in _ALL if name != "esp"]
    loaded = [Rule(_all_part(parts, name), where, False, True, slot=at) for at, name in enumerate(names)]
    return [*loaded, Rule(written_mask("rsp"), parts.part("rsp"))]


def _all_part(parts: Parts, name: str) -> int:
    # Capstone names 32 bits for both widths.
    is_word = (parts.decoded.bits == 16) != (_OTHER_WIDTH in parts.decoded.code[:-1])
    return _lower_half(name) if is_word else written_mask(name)


def _lower_half(name: str) -> int:
    lowest = read_mask(name) & -read_mask(name)
    return lowest | lowest << 1


def _call(parts: Parts) -> list[Rule]:
    moved = Rule(written_mask("rsp"), parts.part("rsp"))
    where = parts.part("rsp") | parts.segments
    if "far" not in parts.decoded.operands:
        return [Rule(0, where, True, False), moved]
    return [Rule(read_mask("cs"), where | read_mask("cs") | parts.where, True, True), moved]


def _ret(parts: Parts) -> list[Rule]:
    return [Rule(written_mask("rsp"), parts.part("rsp"))]


def _leave(parts: Parts) -> list[Rule]:
    frame = parts.part("rbp") | parts.segments
    kept = parts.kept if parts.decoded.bits == 16 else 0
    return [Rule(written_mask("rsp"), frame | kept), Rule(written_mask("rbp"), frame | kept, False, True)]


def _exchange(parts: Parts) -> list[Rule]:
    left, right = parts.operands
    if isinstance(left, RegisterOperand) and isinstance(right, RegisterOperand):
        return [
            Rule(written_mask(left.name), read_mask(right.name)),
            Rule(written_mask(right.name), read_mask(left.name)),
        ]
    register = next(operand.name for operand in parts.operands if isinstance(operand, RegisterOperand))
    return [
        Rule(written_mask(register), parts.where, False, True),
        Rule(0, read_mask(register) | parts.where, True, False),
    ]


_SPECIAL: dict[str, Callable[[Parts], list[Rule]]] = {
    "push": _push,
    "pop": _pop,
    "call": _call,
    "ret": _ret,
    "leave": _leave,
    "xchg": _exchange,
    "pusha": _push_all,
    "pushad": _push_all,
    "pushaw": _push_all,
    "popa": _pop_all,
    "popad": _pop_all,
    "popaw": _pop_all,
}


# -- string instructions --


def _steps(parts: Parts, extra: int = 0, by_memory: bool = False) -> list[Rule]:
    """Return how the index registers and the counter move on."""
    rules = []
    for full in ("rsi", "rdi"):
        register = parts.part(full)
        if register and written_mask(full) & parts.writes:
            rules.append(Rule(written_mask(full), register | parts.rounds | read_mask("df") | extra, False, by_memory))
    if parts.is_repeated:
        rules.append(Rule(written_mask("rcx"), parts.part("rcx") | extra, False, by_memory))
    return rules


def _movs(parts: Parts) -> list[Rule]:
    where = parts.part("rsi") | parts.part("rdi") | parts.rounds | parts.segments
    return [Rule(0, where, True, True, True), *_steps(parts)]


def _lods(parts: Parts) -> list[Rule]:
    accumulator = parts.writes & written_mask("rax")
    kept = parts.kept & written_mask("rax") if parts.is_repeated else 0
    where = parts.part("rsi") | parts.rounds | parts.segments
    return [Rule(accumulator, where | kept, False, True), *_steps(parts)]


def _stos(parts: Parts) -> list[Rule]:
    where = parts.part("rdi") | parts.rounds | parts.segments
    return [Rule(0, parts.part("rax") | where, True, False), *_steps(parts)]


def _compare(parts: Parts) -> list[Rule]:
    flags = parts.writes & ALL_FLAGS
    inputs = parts.reads | parts.segments
    if not parts.is_repeated:
        return [Rule(flags, inputs & ~read_mask("df"), False, True), *_steps(parts)]
    # How far it goes depends on what it compares; with a count of zero the flags stay.
    return [Rule(flags, inputs | flags, False, True), *_steps(parts, inputs, True)]


_STRINGS: dict[str, Callable[[Parts], list[Rule]]] = {
    "movs": _movs,
    "lods": _lods,
    "stos": _stos,
    "cmps": _compare,
    "scas": _compare,
    "outs": _steps,
}
