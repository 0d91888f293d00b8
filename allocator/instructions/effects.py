"""Say which registers and flags an instruction reads and writes, where Capstone does not know.

Capstone's lists were compared with execution: the instructions below are those that it gets wrong. Each row
names what is to be added; nothing is ever taken away.

`sp` stands for the stack pointer in the width of the code, `count` for CX, ECX or RCX in the width of the address.
"""

from __future__ import annotations

from typing import NamedTuple

from allocator.instructions.anatomy import REP, REPNE, Anatomy
from allocator.registers import STATUS_FLAGS


class Effects(NamedTuple):
    """Registers by the names that the instruction uses, and flags (``zf``)."""

    reads: frozenset[str]
    writes: frozenset[str]


# The instruction pointer changes always; flags are named one by one; eiz and riz say that there is no index.
_NOT_COUNTED = frozenset({"rflags", "eflags", "flags", "rip", "eip", "ip", "eiz", "riz", ""})
ALL_FLAGS = (*STATUS_FLAGS, "df", "if", "tf", "nt", "rf")
"""The flags that instructions read and write."""

# Mnemonic to (reads, writes) that Capstone leaves out.
_MISSING: dict[str, tuple[str, str]] = {
    "enter": ("sp bp", "sp bp"),
    "leave": ("bp", "sp bp"),
    "xlatb": ("al bx", "al"),
    "aaa": ("al ah af", "al ah"),
    "aas": ("al ah af", "al ah"),
    "aam": ("al", "al ah"),
    "aad": ("al ah", "al ah"),
    "daa": ("al af cf", "al"),
    "das": ("al af cf", "al"),
    "salc": ("cf", "al"),
    "lahf": ("sf zf af pf cf", "ah"),
    "rcl": ("cf", ""),
    "rcr": ("cf", ""),
    "lzcnt": ("", "cf"),
    "tzcnt": ("", "cf zf"),
    "popcnt": ("", "cf pf af zf sf of"),
    "fcomi": ("", "zf pf cf"),
    "fcomip": ("", "zf pf cf"),
    "fucomi": ("", "zf pf cf"),
    "fucompi": ("", "zf pf cf"),
    "ptest": ("", "of zf cf"),
    "pcmpestri": ("", "of zf cf sf"),
    "pcmpestrm": ("", "of zf cf sf"),
    "pcmpistri": ("", "of zf cf sf"),
    "pcmpistrm": ("", "of zf cf sf"),
    "test": ("", "cf pf af zf sf of"),
    "cmps": ("df", "cf pf af zf sf of"),
    "scas": ("df", "cf pf af zf sf of"),
    "ins": ("df", ""),
    "outs": ("df", ""),
    "movs": ("df", ""),
    "lods": ("df", ""),
    "stos": ("df", ""),
}


def repaired(name: str, operands: tuple[str | None, ...], anatomy: Anatomy, bits: int, listed: Effects) -> Effects:
    """Return the effects with what Capstone leaves out; `listed` is what it says.

    `operands` holds a register's name for each operand that is one, None for the others.
    """
    reads, writes = set(listed.reads - _NOT_COUNTED), set(listed.writes - _NOT_COUNTED)
    string = name[:-1] if anatomy.map == 0 and name[:-1] in _MISSING and name[-1] in "bwdq" else name
    more_reads, more_writes = _MISSING.get(string, ("", ""))
    reads |= {_wide(word, bits, anatomy) for word in more_reads.split()}
    writes |= {_wide(word, bits, anatomy) for word in more_writes.split()}
    if string != name and (REP in anatomy.prefixes or REPNE in anatomy.prefixes):
        reads.add(_wide("count", bits, anatomy))
        writes.add(_wide("count", bits, anatomy))
    if name in ("test", "push"):
        reads.update(operand for operand in operands if operand)
    if name == "pop":
        writes.update(operand for operand in operands if operand)
    if name.startswith("pushf"):
        reads.update(ALL_FLAGS)
    both = _read_and_written(name, anatomy, bits)
    return Effects(frozenset(reads) | both, frozenset(writes) | both)


def _wide(word: str, bits: int, anatomy: Anatomy) -> str:
    if word in ("sp", "bp"):
        return {16: "", 32: "e", 64: "r"}[bits] + word
    if word == "bx":
        return {2: "", 4: "e", 8: "r"}[anatomy.address_size(bits)] + "bx"
    if word == "count":
        return {2: "", 4: "e", 8: "r"}[anatomy.address_size(bits)] + "cx"
    return word


def _read_and_written(name: str, anatomy: Anatomy, bits: int) -> frozenset[str]:
    if name == "cmpxchg":
        size = 1 if anatomy.opcode == 0xB0 else anatomy.operand_size(bits)
        return frozenset({{1: "al", 2: "ax", 4: "eax", 8: "rax"}[size]})
    if name in ("push", "pop"):
        return frozenset({_wide("sp", bits, anatomy)})
    return frozenset()
