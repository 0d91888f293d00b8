"""Fit an immediate into its field: the ranges, and what is said when it does not fit."""

from __future__ import annotations

from allocator.assembly.instruction import Immediate
from allocator.assembly.refusal import Refused


def in_bytes(size: int) -> str:
    """Return ``1 byte`` or ``4 bytes``.

    >>> in_bytes(1), in_bytes(4)
    ('1 byte', '4 bytes')
    """
    return f"{size} byte{'' if size == 1 else 's'}"


def signed(value: int, size: int, what: str) -> int:
    """Return `value` as the signed number with the same `size` bytes; raises Refused where it has more."""
    bits = size * 8
    low, high = -(1 << (bits - 1)), (1 << bits) - 1
    if not low <= value <= high:
        raise Refused(f"{value:#x} does not fit in {what}: it must lie between {low:#x} and {high:#x}")
    return value - (1 << bits) if value >= 1 << (bits - 1) else value


def immediate_bytes(operand: Immediate, size: int, what: str) -> bytes:
    """Return the number as `size` bytes; raises Refused where it does not fit."""
    if operand.size not in (None, size):
        raise Refused(f"{what} takes a number of {in_bytes(size)}, not of {operand.size}")
    value = signed(operand.value, size, f"the {size * 8} bits that {what} takes")
    return value.to_bytes(size, "little", signed=True)
