"""Turn the values of ``db``, ``dw``, ``dd``, ``dq`` and ``dt`` into bytes.

A string is padded with zeros to a whole number of elements; a number must fit its element, as signed or unsigned
(NASM only warns). Source: NASM manual, 3.2.1 "Dx: Declaring Initialized Data", 3.4.6 "Floating-Point Constants".
"""

from __future__ import annotations

from fractions import Fraction
from typing import NamedTuple

from allocator.assembly.expressions import Expression, Scope, Value
from allocator.assembly.immediates import spoken
from allocator.assembly.operands import is_placed
from allocator.assembly.syntax import Data
from allocator.assembly.tokens import Token

_NAMES = {1: "a byte", 2: "a word", 4: "a dword", 8: "a qword", 10: "ten bytes"}

_WIDER = {1: "dw, dd or dq", 2: "dd or dq", 4: "dq"}


class _FloatFormat(NamedTuple):
    """Bits of the significand, bias of the exponent, and whether the significand's first bit is written out."""

    precision: int
    bias: int
    explicit: bool = False


_FLOAT_FORMATS = {4: _FloatFormat(24, 127), 8: _FloatFormat(53, 1023), 10: _FloatFormat(64, 16383, explicit=True)}
_MAX_FLOAT_LENGTH = 100
_MAX_EXPONENT = 5000


def data_size(data: Data) -> int:
    """Return the bytes that one repetition of `data` takes; no value is needed for that."""
    return sum(-(-len(item) // data.size) * data.size if isinstance(item, bytes) else data.size for item in data.items)


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
    if value.terms and not is_placed(value):
        raise item.error("data holds a number or the address of a label, nothing else")
    if size == 10:
        raise item.error("dt takes floating-point numbers and strings only", "write 5.0 for the number 5")
    number = value.signed
    if size < 8 and not -(1 << 8 * size) <= number < 1 << 8 * size:
        raise item.error(f"{spoken(number)} does not fit {_NAMES[size]}", f"use {_WIDER[size]}")
    return (number & (1 << 8 * size) - 1).to_bytes(size, "little")


def _float_bytes(token: Token, size: int) -> bytes:
    text = token.text.replace("_", "")
    exponent = text.lower().partition("e")[2]
    if size not in _FLOAT_FORMATS:
        raise token.error(f"the floating-point number {token.text} does not fit {_NAMES[size]}", "use dd, dq or dt")
    if len(text) > _MAX_FLOAT_LENGTH or (exponent and abs(int(exponent)) > _MAX_EXPONENT):
        raise token.error("the floating-point number is out of range")
    encoded = _encoded(abs(Fraction(text)), _FLOAT_FORMATS[size])
    if encoded is None:
        raise token.error("the floating-point number is out of range")
    return (encoded | text.startswith("-") << 8 * size - 1).to_bytes(size, "little")


def _encoded(exact: Fraction, form: _FloatFormat) -> int | None:
    """Return the bits of `exact`, rounded to the nearest, without the sign; None where it is too large."""
    if not exact:
        return 0
    power = exact.numerator.bit_length() - exact.denominator.bit_length()
    power -= Fraction(2) ** power > exact
    power = max(power, 1 - form.bias)  # below it the significand has leading zeros
    significand = round(exact / Fraction(2) ** (power - form.precision + 1))
    if significand >> form.precision:
        significand, power = significand >> 1, power + 1
    if power > form.bias:
        return None
    normal = significand >> form.precision - 1
    stored = significand if form.explicit else significand - (normal << form.precision - 1)
    width = form.precision if form.explicit else form.precision - 1
    return (power + form.bias if normal else 0) << width | stored
