"""Tell from the first bytes of an instruction what the native hooks must know of it; compiled by Numba.

Source: Intel SDM volume 2, section 2.1 (prefixes) and appendix A (opcodes).
"""

# Numba infers the types of what it compiles, and its decorators hide them from anybody else.
# mypy: ignore-errors
# ruff: noqa: ANN001, ANN201, ANN202

from __future__ import annotations

from numba import njit

from allocator.trace.native_state import (
    COUNTS_16,
    COUNTS_32,
    HAS_TWO_STRINGS,
    IS_FAR_RETURN,
    IS_REPEATED,
    IS_SWAPPED,
    IS_SYSTEM,
    IS_TRANSFER,
)


@njit(inline="never")
def _two_byte_traits(second, third, has_rep):
    if second == 0x38:  # MOVBE; with F2 in front it is CRC32
        return IS_SWAPPED if third in (0xF0, 0xF1) and not has_rep else 0
    if 0x80 <= second <= 0x8F:
        return IS_TRANSFER
    if second == 0xAE and has_rep:  # WRFSBASE and WRGSBASE
        return IS_SYSTEM
    if second in (0x05, 0x07, 0x34, 0x35):
        return IS_TRANSFER | IS_SYSTEM
    return IS_SYSTEM if second in (0x00, 0x01, 0x06, 0x22, 0x30, 0xA1, 0xA9, 0xB2, 0xB4, 0xB5) else 0


@njit(inline="never")
def _opcode_traits(opcode, second, third, has_rep):
    if opcode in (0xA4, 0xA5, 0xA6, 0xA7, 0xAA, 0xAB, 0xAC, 0xAD, 0xAE, 0xAF, 0x6C, 0x6D, 0x6E, 0x6F):
        two_strings = HAS_TWO_STRINGS if 0xA4 <= opcode <= 0xA7 else 0
        return IS_REPEATED | two_strings if has_rep else 0
    if 0x70 <= opcode <= 0x7F or 0xE0 <= opcode <= 0xE3 or opcode in (0xE8, 0xE9, 0xEB, 0xC2, 0xC3):
        return IS_TRANSFER
    if opcode in (0xCA, 0xCB, 0xCF, 0x9A, 0xEA):
        return IS_TRANSFER | IS_SYSTEM | (IS_FAR_RETURN if opcode in (0xCA, 0xCB) else 0)
    if opcode == 0xFF:
        return IS_TRANSFER | IS_SYSTEM if 2 <= (second >> 3) & 7 <= 5 else 0
    if opcode in (0x8E, 0x07, 0x17, 0x1F, 0xC4, 0xC5, 0xCC, 0xCD, 0xCE, 0xF1):
        return IS_SYSTEM
    return _two_byte_traits(second, third, has_rep) if opcode == 0x0F else 0


@njit(inline="never")
def _count_width(address):
    if address == 16:
        return COUNTS_16
    return COUNTS_32 if address == 32 else 0


@njit(inline="never")
def traits_of(code, bits):
    """Return what the bytes of an instruction, of `bits`-bit code, say."""
    # Prefixes first (SDM volume 2, section 2.1), then the opcode (appendix A).
    at = 0
    has_rep = False
    address = bits
    while at < 14:
        byte = code[at]
        if byte in (0xF2, 0xF3):
            has_rep = True
        elif byte == 0x67:
            address = 32 if bits != 32 else 16
        elif byte not in (0x66, 0xF0, 0x2E, 0x36, 0x3E, 0x26, 0x64, 0x65):
            break
        at += 1
    if bits == 64 and code[at] & 0xF0 == 0x40:
        at += 1
    return _opcode_traits(code[at], code[at + 1], code[at + 2], has_rep) | _count_width(address)
