"""Take the bytes of one x86 instruction apart, up to and including its opcode.

    [prefixes] [REX] [0F | 0F 38 | 0F 3A] opcode [ModRM [SIB] [displacement]] [immediate]
    [prefixes] VEX (C4, C5) or EVEX (62)  opcode ...

Nothing is decoded beyond that: which prefixes are there, and where the opcode is. Source: Intel SDM volume 2,
chapter 2.
"""

from __future__ import annotations

from typing import NamedTuple

PREFIXES = frozenset(b"\xf0\xf2\xf3\x2e\x36\x3e\x26\x64\x65\x66\x67")
SEGMENT_PREFIXES = {0x26: "es", 0x2E: "cs", 0x36: "ss", 0x3E: "ds", 0x64: "fs", 0x65: "gs"}
OPERAND_SIZE = 0x66
ADDRESS_SIZE = 0x67
REPNE = 0xF2
REP = 0xF3
LOCK = 0xF0
LONGEST_INSTRUCTION = 15
"""Bytes: the processor refuses anything longer (SDM volume 2, section 2.3.11)."""

_GENERAL_IN_0F38 = frozenset(range(0xF0, 0x100)) - {0xF6}
_VECTOR_IN_0F = frozenset(
    {*range(0x10, 0x18), *range(0x28, 0x30), *range(0x50, 0x77), *range(0x78, 0x80)}
    | {0xAE, 0xC2, *range(0xC4, 0xC7), *range(0xD0, 0xFF)}
)


class Anatomy(NamedTuple):
    """Where the parts of an instruction lie.

    ``rex`` is 0 where there is none. ``map`` is 0 (one byte), 0x0F, 0x38 or 0x3A; ``vex`` the first byte of
    a VEX or EVEX prefix, or 0. ``opcode_at`` is the opcode's offset.
    """

    prefixes: bytes
    rex: int
    vex: int
    map: int
    opcode_at: int
    opcode: int

    @property
    def is_vector(self) -> bool:
        """Whether 66 is part of the opcode rather than an operand size: SSE and MMX."""
        if self.map == 0x0F:
            return self.opcode in _VECTOR_IN_0F
        return self.map == 0x3A or (self.map == 0x38 and self.opcode not in _GENERAL_IN_0F38)

    @property
    def is_avx(self) -> bool:
        """Whether the instruction is VEX or EVEX encoded and not one of BMI, which alone work on general registers."""
        if not self.vex:
            return False
        return self.vex == 0x62 or not (
            (self.map == 0x38 and self.opcode in range(0xF2, 0xF8)) or (self.map == 0x3A and self.opcode == 0xF0)
        )

    @property
    def segment(self) -> str | None:
        """The segment override, the last one where there are several."""
        names = [SEGMENT_PREFIXES[byte] for byte in self.prefixes if byte in SEGMENT_PREFIXES]
        return names[-1] if names else None

    @property
    def has_operand_size(self) -> bool:
        """Whether 66 is among the prefixes."""
        return OPERAND_SIZE in self.prefixes

    @property
    def has_address_size(self) -> bool:
        """Whether 67 is among the prefixes."""
        return ADDRESS_SIZE in self.prefixes

    def operand_size(self, bits: int) -> int:
        """Return the operand size in bytes that the prefixes ask for, where 4 is the default of 64-bit code."""
        if self.rex & 8:
            return 8
        default = 2 if bits == 16 else 4
        return (6 - default) if self.has_operand_size else default

    def address_size(self, bits: int) -> int:
        """Return the address size in bytes that the prefixes ask for."""
        if not self.has_address_size:
            return bits // 8
        return {16: 4, 32: 2, 64: 4}[bits]


def dissect(code: bytes, bits: int) -> Anatomy | None:
    """Return the anatomy of the instruction that `code` starts with, or None where it ends before the opcode."""
    at = 0
    while at < len(code) and code[at] in PREFIXES:
        at += 1
    prefixes = code[:at]
    rex = 0
    if bits == 64 and at < len(code) and code[at] & 0xF0 == 0x40:
        rex = code[at]
        at += 1
    try:
        if _is_vex(code, at, bits):
            return _dissect_vex(code, prefixes, at)
        opcode_map, at = _opcode_map(code, at)
        return Anatomy(prefixes, rex, 0, opcode_map, at, code[at])
    except IndexError:
        return None


def _is_vex(code: bytes, at: int, bits: int) -> bool:
    # Outside 64-bit code C4, C5 and 62 are LES, LDS and BOUND, whose ModRM never has mod = 3.
    return code[at] in (0xC4, 0xC5, 0x62) and (bits == 64 or code[at + 1] >= 0xC0)


def _dissect_vex(code: bytes, prefixes: bytes, at: int) -> Anatomy:
    length = {0xC5: 2, 0xC4: 3, 0x62: 4}[code[at]]
    selector = 1 if length == 2 else code[at + 1] & (0x1F if length == 3 else 0x07)
    opcode_map = {1: 0x0F, 2: 0x38, 3: 0x3A}.get(selector, 0)
    return Anatomy(prefixes, 0, code[at], opcode_map, at + length, code[at + length])


def _opcode_map(code: bytes, at: int) -> tuple[int, int]:
    if code[at] != 0x0F:
        return 0, at
    if code[at + 1] in (0x38, 0x3A):
        return code[at + 1], at + 2
    return 0x0F, at + 1
