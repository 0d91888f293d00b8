"""Whatever a source holds: an image or one AssemblyError that points at a place, soon, and never anything else.

The short form runs with the other tests; ALLOCATOR_FULL=1 asks for the long one.
"""

from __future__ import annotations

import os
import random
import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from allocator.assembly.assembler import assemble, shipped
from allocator.assembly.mnemonics import MNEMONICS
from allocator.errors import AssemblyError

FULL = os.environ.get("ALLOCATOR_FULL") == "1"
LINES, SOURCES = (20_000, 2_000) if FULL else (1_500, 150)
SECONDS = 20
CORPUS = sorted((Path(__file__).parent.parent / "corpus").glob("programs-*.asm"))

WORDS = [
    "mov", "jmp", "call", "rep", "lock", "db", "dw", "dq", "dt", "resb", "times", "align", "equ", "org", "bits",
    "section", "global", "extern", "default", "rel", "byte", "word", "dword", "qword", "short", "near", "far",
    "strict", "rax", "eax", "ax", "al", "ah", "r8", "cs", "es", "cr0", "xmm0", "st0", "[", "]", "(", ")", ",",
    ":", "+", "-", "*", "/", "//", "%", "%%", "&", "|", "^", "~", "!", "<<", ">>", "<", "=", "$", "$$", "$1",
    "0x10", "10h", "1_0", "0b1", "0xFFFFFFFFFFFFFFFF", "0x10000000000000000", "-1", "0", "1.5", "1e5", "'a'",
    '"bc"', "`\\n`", "'", "label", ".local", "label.local", "label:", "?", "@", "..@x", "#", ";", "\\", "{k1}",
    "%define", "%if", "%else", "%endif", "%include", "%1", "%%x", "%assign", "%macro", "%undef", "\0", "\x1b",
    "\ud800", "é", "\u202e", "struc", "endstruc", "istruc", "at", "iend", "absolute", "cpu",
    "incbin", "dup", "wrt",
]  # fmt: skip


def words(rng: random.Random) -> list[str]:
    return WORDS if rng.random() < 0.7 else sorted(MNEMONICS)


def random_line(rng: random.Random) -> str:
    kind = rng.random()
    if kind < 0.6:
        return rng.choice(["", " "]).join(rng.choice(words(rng)) for _ in range(rng.randrange(1, 9)))
    if kind < 0.8:
        operands = ", ".join(rng.choice(WORDS) for _ in range(rng.randrange(4)))
        return f"{rng.choice(sorted(MNEMONICS))} {operands}"
    return "".join(chr(rng.randrange(1, 0x250)) for _ in range(rng.randrange(60)))


def mutated(rng: random.Random, lines: list[str]) -> str:
    lines = list(lines)
    for _ in range(rng.randrange(1, 5)):
        at = rng.randrange(len(lines))
        line = lines[at]
        cut = rng.randrange(len(line) + 1)
        lines[at] = rng.choice(
            [
                line[:cut] + rng.choice(WORDS) + line[cut:],
                line[:cut] + line[cut + 1 :],
                line[:cut],
                rng.choice(lines),
                random_line(rng),
                line[:cut] + str(rng.getrandbits(rng.randrange(1, 70))) + line[cut:],
            ]
        )
    return "\n".join(lines)


@contextmanager
def deadline() -> Iterator[None]:
    """Turn a hang into a failure; where there is no alarm, at least notice it afterwards."""

    def alarm(*_: object) -> None:
        raise TimeoutError(f"not assembled within {SECONDS} seconds")

    started = time.monotonic()
    if hasattr(signal, "SIGALRM"):
        before = signal.signal(signal.SIGALRM, alarm)
        signal.alarm(SECONDS)
    try:
        yield
    finally:
        if hasattr(signal, "SIGALRM"):
            signal.alarm(0)
            signal.signal(signal.SIGALRM, before)
    assert time.monotonic() - started < SECONDS


def accepted(text: str, bits: int) -> bool:
    with deadline():
        try:
            assemble(text=text, bits=bits)
        except AssemblyError as error:
            assert error.span is not None, (text, error.message)
            assert "error: " in str(error)
            assert 1 <= error.span.line <= text.count("\n") + 1
            return False
    return True


@pytest.mark.campaign
@pytest.mark.parametrize("seed", range(10))
def test_random_lines_are_assembled_or_refused(seed: int) -> None:
    rng = random.Random(seed)
    results = [accepted(random_line(rng), rng.choice((16, 32, 64))) for _ in range(LINES // 10)]
    assert {True, False} == set(results)


@pytest.mark.campaign
@pytest.mark.parametrize("seed", range(10))
def test_mutated_programs_are_assembled_or_refused(seed: int) -> None:
    rng = random.Random(seed)
    sources = [path.read_text(encoding="utf-8").split("\n") for path in (*CORPUS, shipped("memory.asm"))]
    results = [accepted(mutated(rng, rng.choice(sources)), rng.choice((16, 64))) for _ in range(SOURCES // 10)]
    assert False in results


HOSTILE = {
    "deep parentheses": "db " + "(" * 10_000,
    "many signs": "db " + "- " * 10_000 + "1",
    "a long sum": "a: db " + "+".join(["a-a"] * 3000),
    "a long name": "mov rax, " + "a" * 10_000,
    "a long number": "db 0x" + "f" * 60_000,
    "a long float": "dd 1." + "9" * 60_000,
    "a huge exponent": "dd 1e999999999",
    "a huge shift": "dq 1 << 99999999999",
    "many registers": "mov rax, [" + "+".join(["rax"] * 5000) + "]",
    "many operands": "mov " + ",".join(["rax"] * 10_000),
    "a product of products": "mov rax, [rax" + "*1000000" * 1000 + "]",
    "an endless repetition": "times 1000000000 nop",
    "endless room": "resq 1 << 61",
    "many repeated jumps": "times 4000 jmp $\n" * 200,
    "many prefixes": "lock " * 10_000 + "nop",
    "many open conditions": "%if 1\n" * 10_000,
    "a bomb without text": "\n".join(f"%define a{i} a{i + 1} a{i + 1}" for i in range(90)) + "\n%define a90\na0",
    "a macro of macros": "%define f(x) x,x,x,x\ndb " + "f(" * 60 + "1" + ")" * 60,
    "only continuations": "\\\n" * 50_000,
    "a constant of its own": "a equ a",
    "a forward chain": "\n".join(f"n{i} equ n{i + 1}" for i in range(500)) + "\nn500 equ 5\ndb n0",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_source_ends(name: str) -> None:
    accepted(HOSTILE[name], 64)
