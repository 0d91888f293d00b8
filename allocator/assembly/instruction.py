"""State one instruction with everything decided: registers, numbers, and what the source insisted on.

This is what the layout hands to the encoder. No names, no expressions and no text are left in it, so two
equal instructions have equal encodings (relative branches and ``rel`` addresses apart, which also depend
on where they lie), and an `Instruction` can be the key of a cache.

Sizes are in bytes: 1, 2, 4, 8, 10, 16, 32, 64.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Register:
    """A register by its NASM name, lower case: ``rax``, ``r8b``, ``cr0``, ``xmm1``, ``st0``."""

    name: str


@dataclass(frozen=True, slots=True)
class Immediate:
    """A number, or the target of a branch (then an absolute address).

    ``size`` is what a size keyword demanded, ``distance`` is ``short`` or ``near`` where the source says so.
    ``relocatable`` means that the value depends on where the code lies: NASM then never picks a shorter
    encoding because of the value. ``strict`` forbids shortening altogether.
    """

    value: int
    size: int | None = None
    distance: str | None = None
    relocatable: bool = False
    strict: bool = False


@dataclass(frozen=True, slots=True)
class Far:
    """``selector:offset``; ``size`` is the offset's size where the source demands it (``jmp dword 8:x``)."""

    selector: int
    offset: int
    size: int | None = None


@dataclass(frozen=True, slots=True)
class Memory:
    """``size segment:[base + index * scale + displacement]``.

    ``size`` is None where the source leaves it to the other operand. ``displacement_size`` is demanded by
    ``[byte x]``, ``[word x]``, ``[dword x]``, ``[qword x]``; ``address_size`` by ``[a16 x]``, ``[a32 x]`` and by those
    same keywords where there is no register to say it. ``relative`` asks for an address relative to RIP
    (``[rel x]``), with ``displacement`` as the absolute target. ``far`` marks ``jmp far [x]``.
    """

    size: int | None = None
    segment: str | None = None
    base: str | None = None
    index: str | None = None
    scale: int = 1
    displacement: int = 0
    displacement_size: int | None = None
    address_size: int | None = None
    relative: bool = False
    relocatable: bool = False
    far: bool = False


Operand = Register | Immediate | Far | Memory


@dataclass(frozen=True, slots=True)
class Instruction:
    """One instruction in `bits`-bit code: prefixes as written, mnemonic in lower case, operands in NASM's order."""

    mnemonic: str
    operands: tuple[Operand, ...] = ()
    prefixes: tuple[str, ...] = ()
    bits: int = 64
