"""Turn the values of ``db``, ``dw``, ``dd``, ``dq`` and ``dt`` into bytes.

A string is padded with zeros to a whole number of elements; a number must fit its element, as signed or unsigned
(NASM only warns). Source: NASM manual, 3.2.1 "Dx: Declaring Initialized Data", 3.4.6 "Floating-Point Constants".
"""

from __future__ import annotations

import struct
from fractions import Fraction

from allocator.assembly.expressions import Expression, Scope, Value
from allocator.assembly.operands import is_label
from allocator.assembly.syntax import Data
from allocator.assembly.tokens import Token

_NAMES = {1: "a byte", 2: "a word", 4: "a dword", 8: "a qword", 10: "ten bytes"}
_FLOAT_FORMATS = {4: "<f", 8: "<d"}
_MAX_EXPONENT = 5000


def data_size(data: Data) -> int:
    """Return the bytes that one repetition of `data` takes; no value is needed for that."""
    return sum(
        -(-len(item) // data.size) * data.size if isinstance(item, bytes) else data.size for item in data.items
    )  # fmt: skip


def data_bytes(data: Data, scope: Scope) -> bytes:
    """Return the bytes of one repetition of `data`; raises AssemblyError."""
    return b"".join(_item_bytes(item, data.size, scope) for item in data.items)


def _item_bytes(item: Expression | bytes | Token | None, size: int, scope: Scope) -> bytes:
    if item is None:
        return bytes(size)
    if isinstance(item, bytes):
        return item + bytes(-len(item) % size)
    if isinstance(item, Token):
        return _float_bytes(item, size)
    return _number_bytes(item, item.evaluate(scope), size)


def _number_bytes(item: Expression, value: Value, size: int) -> bytes:
    if value.terms and not is_label(value):
        raise item.error("data holds a number or the address of a label, nothing else")
    if size == 10:
        raise item.error("dt takes floating-point numbers and strings only", "write 5.0 for the number 5")
    number = value.signed
    if size < 8 and not -(1 << 8 * size) <= number < 1 << 8 * size:
        raise item.error(f"the value {number:#x} does not fit {_NAMES[size]}")
    return (number & (1 << 8 * size) - 1).to_bytes(size, "little")


def _float_bytes(token: Token, size: int) -> bytes:
    text = token.text.replace("_", "")
    exponent = text.lower().partition("e")[2]
    if size not in (4, 8, 10):
        raise token.error(f"the floating-point number {token.text} does not fit {_NAMES[size]}", "use dd, dq or dt")
    if len(text) > 100 or (exponent and abs(int(exponent)) > _MAX_EXPONENT):
        raise token.error("the floating-point number is out of range")
    try:
        exact = Fraction(text)
        return _extended(exact) if size == 10 else struct.pack(_FLOAT_FORMATS[size], exact)
    except (OverflowError, ValueError):
        raise token.error("the floating-point number is out of range") from None


def _extended(exact: Fraction) -> bytes:
    """Encode as x87's 80 bits: 64 of significand with its first one written out, 15 of exponent, the sign."""
    sign = 0x8000 if exact < 0 else 0
    exact = abs(exact)
    if not exact:
        return bytes(8) + sign.to_bytes(2, "little")
    power = exact.numerator.bit_length() - exact.denominator.bit_length()
    power -= Fraction(2) ** power > exact
    significand = round(exact / Fraction(2) ** (power - 63))
    if significand == 1 << 64:
        significand, power = 1 << 63, power + 1
    if not 0 < power + 16383 < 0x7FFF:
        raise OverflowError
    return significand.to_bytes(8, "little") + (sign | power + 16383).to_bytes(2, "little")
