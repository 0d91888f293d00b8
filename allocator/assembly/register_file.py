"""Know the registers as an encoding sees them: kind, number, size.

A register's number has four bits: three go into ModRM, SIB or the opcode, the fourth into a REX prefix.
Source: Intel SDM volume 2, section 2.1.5 and table 2-2.
"""

from __future__ import annotations

from typing import NamedTuple

from allocator.registers import SEGMENTS


class RegisterCode(NamedTuple):
    """What an encoding needs to know of a register.

    ``kind`` is ``general``, ``segment``, ``control``, ``debug``, ``mmx``, ``x87``, ``xmm``, ``ymm``, ``mask`` or
    ``evex``; the last two are what only AVX-512 can name. ``size`` is in bytes. ``high`` marks AH, CH, DH, BH, which
    no instruction with a REX prefix can name; ``rex`` the registers that need one: R8 and above, SPL, BPL, SIL, DIL.
    """

    kind: str
    number: int
    size: int
    high: bool = False
    rex: bool = False


_LETTERS = ("ax", "cx", "dx", "bx", "sp", "bp", "si", "di")


def _general_codes() -> dict[str, RegisterCode]:
    codes: dict[str, RegisterCode] = {}
    for number, name in enumerate(_LETTERS):
        codes[name] = RegisterCode("general", number, 2)
        codes["e" + name] = RegisterCode("general", number, 4)
        codes["r" + name] = RegisterCode("general", number, 8)
    for number, letter in enumerate("acdb"):
        codes[letter + "l"] = RegisterCode("general", number, 1)
        codes[letter + "h"] = RegisterCode("general", number + 4, 1, high=True)
    for number, name in enumerate(("spl", "bpl", "sil", "dil"), 4):
        codes[name] = RegisterCode("general", number, 1, rex=True)
    for number in range(8, 16):
        for suffix, size in (("", 8), ("d", 4), ("w", 2), ("b", 1)):
            codes[f"r{number}{suffix}"] = RegisterCode("general", number, size, rex=True)
    return codes


def _other_codes() -> dict[str, RegisterCode]:
    codes = {name: RegisterCode("segment", number, 2) for number, name in enumerate(SEGMENTS)}
    for number in range(16):
        codes[f"cr{number}"] = RegisterCode("control", number, 8, rex=number > 7)
        codes[f"dr{number}"] = RegisterCode("debug", number, 8, rex=number > 7)
        codes[f"xmm{number}"] = RegisterCode("xmm", number, 16, rex=number > 7)
        codes[f"ymm{number}"] = RegisterCode("ymm", number, 32, rex=number > 7)
    for number in range(8):
        codes[f"mm{number}"] = RegisterCode("mmx", number, 8)
        codes[f"st{number}"] = RegisterCode("x87", number, 10)
        codes[f"k{number}"] = RegisterCode("mask", number, 8)
    for number in range(32):
        codes[f"zmm{number}"] = RegisterCode("evex", number, 64)
    for number in range(16, 32):
        codes[f"xmm{number}"] = RegisterCode("evex", number, 16)
        codes[f"ymm{number}"] = RegisterCode("evex", number, 32)
    return codes


REGISTER_CODES = _general_codes() | _other_codes()
"""Every register that an instruction can name, lower case."""


def general(name: str) -> RegisterCode | None:
    """Return the code of a general register, or None for any other name."""
    code = REGISTER_CODES.get(name)
    return code if code and code.kind == "general" else None
