"""Fit an immediate into its field: the ranges, and what is said when it does not fit."""

from __future__ import annotations

from allocator.assembly.instruction import Immediate
from allocator.assembly.refusal import Refused
from allocator.units import counted

_PLAIN_DIGITS = 1 << 16
"""Numbers below are said in decimal, as people write them."""


def spoken(value: int) -> str:
    """Return a number as a message says it.

    >>> spoken(300), spoken(0x12345678)
    ('300', '0x12345678')
    """
    return str(value) if abs(value) < _PLAIN_DIGITS else f"{value:#x}"


def signed(operand: Immediate, size: int, holder: str) -> int:
    """Return the value as the signed number with the same `size` bytes; raises Refused where it has more."""
    bits = size * 8
    low, high = -(1 << (bits - 1)), (1 << bits) - 1
    if operand.value == low - 1:  # every bit but the top one, as ~(1 << 31) yields it: NASM takes that too
        return -(low + 1)
    if not low <= operand.value <= high:
        raise Refused(
            f"{spoken(operand.value)} does not fit in {holder}, which holds {spoken(low)} to {spoken(high)}",
            f"use something wider, or keep the lower {bits} bits: {spoken(operand.value)} & {(1 << bits) - 1:#x}",
            operand,
        )
    return operand.value - (1 << bits) if operand.value >= 1 << (bits - 1) else operand.value


def immediate_bytes(operand: Immediate, size: int, what: str) -> bytes:
    """Return the number as `size` bytes; raises Refused where it does not fit."""
    if operand.size not in (None, size):
        raise Refused(f"{what} takes a number of {counted(size, 'byte')}, not of {operand.size}", None, operand)
    value = signed(operand, size, f"the {counted(size, 'byte')} that {what} takes")
    return value.to_bytes(size, "little", signed=True)
