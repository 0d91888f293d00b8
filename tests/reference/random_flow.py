"""Make random programs whose values flow through registers, flags and memory, straight ahead or with branches.

A program works on 64 bytes at `SCRATCH`, addressed by RBP and an index that is kept small, and on its stack.
"""

from __future__ import annotations

from random import Random

SCRATCH = 0x200800
SCRATCH_SIZE = 64

_WORDS = {8: ("al", "ah", "bl", "cl", "ch", "dl", "dh", "sil", "r8b", "r9b"),
          16: ("ax", "bx", "cx", "dx", "si", "r8w", "r9w"),
          32: ("eax", "ebx", "ecx", "edx", "esi", "r8d", "r9d"),
          64: ("rax", "rbx", "rcx", "rdx", "rsi", "r8", "r9")}  # fmt: skip
_SIZES = {8: "byte", 16: "word", 32: "dword", 64: "qword"}
_CONDITIONS = ("z", "nz", "c", "nc", "s", "ns", "o", "no", "l", "ge", "be", "a", "p", "np")
_TWO = ("mov", "add", "sub", "adc", "sbb", "and", "or", "xor", "cmp", "test")
_ONE = ("inc", "dec", "neg", "not")
_SHIFTS = ("shl", "shr", "sar", "rol", "ror", "rcl", "rcr")
_SCANS = ("bsf", "bsr", "popcnt", "tzcnt", "lzcnt")


def random_program(random: Random, length: int, branches: bool) -> str:
    """Return a routine ``f`` of about `length` statements."""
    body = _block(random, length, branches, [0])
    return "f:\n" + "\n".join(f"    {line}" if not line.endswith(":") else line for line in [*body, "cld", "ret"])


def _block(random: Random, length: int, branches: bool, labels: list[int]) -> list[str]:
    lines: list[str] = []
    while len(lines) < length:
        if branches and length > 3 and random.random() < 0.15:
            lines += _branch(random, labels)
        else:
            lines += random.choice(_STATEMENTS)(random)
    return lines


def _branch(random: Random, labels: list[int]) -> list[str]:
    labels[0] += 1
    name = f".l{labels[0]}"
    body = _block(random, random.randint(1, 3), False, labels)
    kind = random.random()
    if kind < 0.6:
        return [f"j{random.choice(_CONDITIONS)} {name}", *body, f"{name}:"]
    if kind < 0.8:
        return [f"and r14, {random.choice((1, 3))}", "inc r14", f"{name}:", *body, "dec r14", f"jnz {name}"]
    return [f"mov r15, {name}", f"mov r13, {name}x", f"cmov{random.choice(_CONDITIONS)} r15, r13", "jmp r15",
            f"{name}:", *body, f"{name}x:"]  # fmt: skip


def _register(random: Random, width: int | None = None) -> str:
    return random.choice(_WORDS[width or random.choice((8, 16, 32, 64))])


def _memory(random: Random, width: int, index: bool = True) -> tuple[list[str], str]:
    if index and random.random() < 0.4:
        source = _register(random, 64)
        return ([f"mov r10, {source}", "and r10, 31"], f"{_SIZES[width]} [rbp + r10 + {random.randint(0, 16)}]")
    return [], f"{_SIZES[width]} [rbp + {random.randint(0, SCRATCH_SIZE - width // 8)}]"


def _pair(random: Random, width: int) -> str:
    left, right = _register(random, width), _register(random, width)
    if width == 8 and ({"sil", "r8b", "r9b"} & {left, right}):  # AH to DH cannot be named together with these
        left, right = (each if each[-1] != "h" else each[0] + "l" for each in (left, right))
    return f"{left}, {right}"


def _two(random: Random) -> list[str]:
    width, name = random.choice((8, 16, 32, 64)), random.choice(_TWO)
    if random.random() < 0.3:
        return [f"{name} {_register(random, width)}, {random.randint(0, 127)}"]
    return [f"{name} {_pair(random, width)}"]


def _load(random: Random) -> list[str]:
    width = random.choice((8, 16, 32, 64))
    before, memory = _memory(random, width)
    return [*before, f"{random.choice(_TWO[:8])} {_plain(random, width)}, {memory}"]


def _store(random: Random) -> list[str]:
    width = random.choice((8, 16, 32, 64))
    before, memory = _memory(random, width)
    return [*before, f"{random.choice(_TWO)} {memory}, {_plain(random, width)}"]


def _plain(random: Random, width: int) -> str:
    """Return a register that every encoding can name."""
    return random.choice([name for name in _WORDS[width] if name[-1] != "h"])


def _one(random: Random) -> list[str]:
    width = random.choice((8, 16, 32, 64))
    before, memory = _memory(random, width)
    return [*before, f"{random.choice(_ONE)} {random.choice((memory, _register(random, width)))}"]


def _shift(random: Random) -> list[str]:
    count = random.choice(("cl", "0", "1", str(random.randint(2, 7))))
    return [f"{random.choice(_SHIFTS)} {_register(random)}, {count}"]


def _double_shift(random: Random) -> list[str]:
    width = random.choice((32, 64))
    return [f"{random.choice(('shld', 'shrd'))} {_pair(random, width)}, {random.choice(('cl', '5'))}"]


def _wide(random: Random) -> list[str]:
    target = _plain(random, random.choice((32, 64)))
    source = _plain(random, random.choice((8, 16)))
    return [f"{random.choice(('movzx', 'movsx'))} {target}, {source}"]


def _conditional(random: Random) -> list[str]:
    if random.random() < 0.5:
        return [f"set{random.choice(_CONDITIONS)} {_register(random, 8)}"]
    return [f"cmov{random.choice(_CONDITIONS)} {_pair(random, random.choice((16, 32, 64)))}"]


def _multiply(random: Random) -> list[str]:
    width = random.choice((16, 32, 64))
    return [random.choice((f"mul {_register(random, width)}", f"imul {_pair(random, width)}",
                           f"imul {_pair(random, width)}, 7", f"imul {_register(random, width)}"))]  # fmt: skip


def _divide(random: Random) -> list[str]:
    return ["xor edx, edx", "or ebx, 1", random.choice(("div ebx", "div rbx"))]


def _scan(random: Random) -> list[str]:
    return [f"{random.choice(_SCANS)} {_pair(random, random.choice((32, 64)))}"]


def _bit(random: Random) -> list[str]:
    return [f"{random.choice(('bt', 'bts', 'btr', 'btc'))} {_pair(random, random.choice((32, 64)))}"]


def _exchange(random: Random) -> list[str]:
    width = random.choice((8, 16, 32, 64))
    before, memory = _memory(random, width)
    name = random.choice(("xchg", "xadd", "cmpxchg"))
    if random.random() < 0.5:
        return [f"{name} {_pair(random, width)}"]
    return [*before, f"{name} {memory}, {_plain(random, width)}"]


def _three_xors(random: Random) -> list[str]:
    left, right = random.sample(_WORDS[random.choice((32, 64))], 2)
    return [f"xor {left}, {right}", f"xor {right}, {left}", f"xor {left}, {right}"]


def _stack(random: Random) -> list[str]:
    if random.random() < 0.2:
        return ["pushfq", f"pop {_register(random, 64)}"]
    middle = random.choice(([], [f"mov {_plain(random, 8)}, byte [rsp + {random.randint(0, 7)}]"], _two(random)))
    return [f"push {random.choice((_register(random, 64), '5'))}", *middle, f"pop {_register(random, 64)}"]


def _flags(random: Random) -> list[str]:
    return [random.choice(("stc", "clc", "cmc", "lahf", "sahf", "salc_free")).replace("salc_free", "std\n    cld")]


def _widen(random: Random) -> list[str]:
    return [random.choice(("cbw", "cwde", "cdqe", "cwd", "cdq", "cqo", "bswap eax", "bswap rbx", "xlatb_free"))
            .replace("xlatb_free", "lea rax, [rbx + rcx*2 + 5]")]  # fmt: skip


def _string(random: Random) -> list[str]:
    name, size = random.choice(("movs", "stos", "lods", "scas", "cmps")), random.choice("bwdq")
    repeat = random.choice(("", "rep")) if name in ("movs", "stos", "lods") else random.choice(("", "repe", "repne"))
    source, target = random.randint(16, 32), random.randint(16, 32)
    setup = [f"lea rsi, [rbp + {source}]", f"lea rdi, [rbp + {target}]"]
    setup += [random.choice(("std", "cld")), "and ecx, 3"] if repeat else []
    return [*setup, f"{repeat} {name}{size}".strip(), "cld"]


def _vector(random: Random) -> list[str]:
    target, source = random.randint(0, 2), random.randint(0, 2)
    return [f"movq xmm{target}, {_register(random, 64)}", f"paddd xmm{source}, xmm{target}",
            f"movq {_register(random, 64)}, xmm{random.randint(0, 2)}"]  # fmt: skip


_STATEMENTS = (
    _two, _two, _two, _load, _load, _store, _store, _store, _one, _shift, _shift, _double_shift, _wide, _conditional,
    _conditional, _multiply, _divide, _scan, _bit, _exchange, _exchange, _three_xors, _stack, _stack, _flags, _widen,
    _string, _vector,
)  # fmt: skip
