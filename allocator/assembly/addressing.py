"""Encode a memory operand: ModRM, SIB and displacement, as NASM chooses them.

    16-bit   [bx|bp + si|di + disp]       ModRM                     mod 0: no displacement, rm 6: disp16 alone
    32, 64   [base + index*scale + disp]  ModRM (SIB)               mod 1: one byte, mod 2: two or four
    64       [rel target]                 ModRM, disp32             from the end of the instruction

NASM's choices: ``[r*2]`` becomes ``[r+r]``, ``[r*3]`` becomes ``[r+r*2]`` (5 and 9 alike), a scale of 1 without base
makes a base, ESP is never an index, a displacement has one byte where it fits unless the source says otherwise or it
depends on where the code lies. Source: Intel SDM volume 2, tables 2-1 to 2-3.
"""

from __future__ import annotations

from dataclasses import dataclass

from allocator.assembly.instruction import Memory
from allocator.assembly.refusal import Refused
from allocator.assembly.register_file import REGISTER_CODES, general

_FORMS_16 = {
    ("bx", "si"): 0, ("bx", "di"): 1, ("bp", "si"): 2, ("bp", "di"): 3,
    ("si", None): 4, ("di", None): 5, ("bp", None): 6, ("bx", None): 7,
}  # fmt: skip
NEEDS_64 = "write 'bits 64' before it"
_WITHOUT_BASE = {2: 1, 3: 2, 5: 4, 9: 8}


@dataclass(frozen=True, slots=True)
class Address:
    """An encoded address: `modrm` without its middle field, what follows it, and the bits that a REX prefix holds.

    ``target`` is set for an address relative to RIP, whose four bytes of displacement are still to be found.
    """

    size: int
    modrm: int
    tail: bytes
    rex: int = 0
    target: int | None = None
    segment: str | None = None


def encode_address(memory: Memory, bits: int, address_size: int | None = None) -> Address:
    """Return the encoded address of `memory` in `bits`-bit code.

    `address_size` is what an ``a16`` or ``a32`` prefix asks for. Raises Refused.
    """
    try:
        return _encode(memory, bits, address_size)
    except Refused as refused:
        raise Refused(refused.message, refused.hint, memory) from None


def _encode(memory: Memory, bits: int, address_size: int | None) -> Address:
    size = _address_size(memory, bits, address_size)
    if memory.relative and bits == 64 and memory.base is None and memory.index is None:
        if not -(1 << 63) <= memory.displacement < 1 << 64:
            raise Refused(f"the address {memory.displacement:#x} does not exist")
        return Address(size, 0x05, b"", 0, memory.displacement, memory.segment)
    if size == 2:
        return _encode_16(memory)
    return _encode_32_64(memory, size, bits)


def _address_size(memory: Memory, bits: int, prefixed: int | None) -> int:
    sizes = {_register_size(name, bits) for name in (memory.base, memory.index) if name}
    if len(sizes) > 1:
        raise Refused(
            f"an address cannot mix {memory.base} and {memory.index}",
            "both registers of an address have the same size",
        )
    if memory.address_size and prefixed not in (None, memory.address_size):
        raise Refused(f"an address of {memory.address_size * 8} bits cannot have the prefix a{prefixed * 8}")
    demanded = memory.address_size or prefixed
    if not sizes:
        size = demanded or bits // 8
    else:
        (size,) = sizes
        if demanded and demanded != size:
            raise Refused(f"registers of {size * 8} bits cannot form an address of {demanded * 8} bits")
    if size not in (2, 4, 8) or (size == 8) > (bits == 64) or (size == 2 and bits == 64):
        raise Refused(f"{bits}-bit code cannot use addresses of {size * 8} bits", _size_hint(size, bits))
    _check_displacement(memory, size)
    return size


def _check_displacement(memory: Memory, size: int) -> None:
    asked = memory.displacement_size
    has_register = memory.base is not None or memory.index is not None
    exists = {1: True, 2: size == 2, 4: size >= 4, 8: size == 8 and not has_register}
    if asked is not None and not exists.get(asked, False):
        beside = " beside a register" if has_register else ""
        raise Refused(f"an address of {size * 8} bits has no displacement of {asked * 8} bits{beside}")


def _size_hint(size: int, bits: int) -> str | None:
    if size == 8:
        return f"64-bit registers exist in 64-bit code only: {NEEDS_64}"
    return "use the 64-bit or the 32-bit register" if bits == 64 else None


def _register_size(name: str, bits: int) -> int:
    code = general(name)
    if code is None or code.size == 1:
        raise Refused(f"{name} cannot be part of an address", "an address is made of general registers")
    if code.rex and bits != 64:
        raise Refused(f"{name} exists in 64-bit code only", NEEDS_64)
    return code.size


def _encode_16(memory: Memory) -> Address:
    if memory.scale != 1 and memory.index:
        raise Refused("16-bit addresses have no scale", "use 32-bit registers: [ecx*4] works in 16-bit code too")
    base, index = memory.base, memory.index
    if base is None:
        base, index = index, None
    displacement = _displacement(memory, 2)
    if base is None:
        return Address(2, 0x06, displacement.to_bytes(2, "little", signed=True), 0, None, memory.segment)
    form = _FORMS_16.get((base, index), _FORMS_16.get((index or "", base)))
    if form is None:
        both = f"{base}+{index}" if index else base
        raise Refused(f"there is no 16-bit address [{both}]", "it is made of bx or bp, plus si or di")
    mod, tail = _mod_and_tail(memory, displacement, 2, form == 6)
    return Address(2, mod << 6 | form, tail, 0, None, memory.segment)


def _encode_32_64(memory: Memory, size: int, bits: int) -> Address:
    base, index, scale = _arranged(memory)
    displacement = _displacement(memory, size)
    rex = (_number(base) >> 3 if base else 0) | (_number(index) >> 3 << 1 if index else 0)
    if base is None:
        tail = displacement.to_bytes(4, "little", signed=True)
        if index is None and bits != 64:
            return Address(size, 0x05, tail, 0, None, memory.segment)
        # In 64-bit code ModRM alone would mean RIP-relative: an absolute address takes a SIB byte without base.
        number = _number(index) if index else 4
        sib = _log2(scale) << 6 | (number & 7) << 3 | 5
        return Address(size, 0x04, bytes([sib]) + tail, rex, None, memory.segment)
    number = _number(base) & 7
    mod, tail = _mod_and_tail(memory, displacement, 4, number == 5)
    if index is None and number != 4:
        return Address(size, mod << 6 | number, tail, rex, None, memory.segment)
    sib = _log2(scale) << 6 | ((_number(index) & 7) if index else 4) << 3 | number
    return Address(size, mod << 6 | 4, bytes([sib]) + tail, rex, None, memory.segment)


def _arranged(memory: Memory) -> tuple[str | None, str | None, int]:
    base, index, scale = memory.base, memory.index, memory.scale
    if index is None:
        return base, None, 1
    if scale not in (1, 2, 4, 8) and (base is not None or scale not in _WITHOUT_BASE):
        raise Refused(f"{scale} is no scale", "an index is multiplied by 1, 2, 4 or 8")
    if base is None and scale == 1:
        return index, None, 1
    if base is None and scale in _WITHOUT_BASE:
        base, scale = index, _WITHOUT_BASE[scale]
    if _number(index) == 4 and scale == 1:
        base, index = index, base
    if index and _number(index) == 4:
        raise Refused(f"{index} cannot be the index of an address", "esp and rsp can only be the base")
    return base, index, scale


def _number(name: str) -> int:
    return REGISTER_CODES[name].number


def _log2(scale: int) -> int:
    return scale.bit_length() - 1


def _mod_and_tail(memory: Memory, displacement: int, width: int, needs_one: bool) -> tuple[int, bytes]:
    demanded = memory.displacement_size
    fits = -128 <= displacement <= 127
    if demanded == 1 and not fits:
        raise Refused(f"the displacement {displacement:#x} does not fit in a byte")
    if demanded == 1 or (demanded is None and fits and not memory.relocatable):
        if displacement == 0 and not needs_one and demanded is None:
            return 0, b""
        return 1, displacement.to_bytes(1, "little", signed=True)
    return 2, displacement.to_bytes(width, "little", signed=True)


def _displacement(memory: Memory, size: int) -> int:
    """Return the displacement as a signed number of the width that an address of `size` bytes holds."""
    value = memory.displacement
    width = min(size, 4) * 8
    # A 64-bit address has 32 bits of displacement, sign-extended: 80000000 would become FFFFFFFF80000000.
    high = (1 << 31) - 1 if size == 8 else (1 << width) - 1
    if size == 8 and value >= (1 << 64) - (1 << 31):
        value -= 1 << 64
    if not -(1 << (width - 1)) <= value <= high or value >= 1 << 64:
        raise Refused(
            f"the displacement {value:#x} does not fit: it must lie between {-(1 << (width - 1)):#x} and {high:#x}",
            "load the address into a register first" if size == 8 else None,
        )
    return value - (1 << width) if value >= 1 << (width - 1) else value
