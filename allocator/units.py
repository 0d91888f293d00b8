"""Read and write quantities: addresses, sizes, counts, the way people type them."""

from __future__ import annotations

import re

from allocator.errors import UsageError

KIB = 1 << 10
MIB = 1 << 20
GIB = 1 << 30
TIB = 1 << 40
PAGE_SIZE = 2 * MIB
"""One page of the allocator: 2 MiB."""
FRAME_SIZE = 4 * KIB
"""One frame of the processor: 4 KiB."""

_UNITS = {"": 1, "K": KIB, "M": MIB, "G": GIB, "T": TIB}
_SIZE = re.compile(r"(0[xX][0-9a-fA-F]{1,64}|[0-9]{1,64})\s*([KMGT]?)(?:i?B)?", re.IGNORECASE)
_SEPARATORS = str.maketrans("", "", "_,")


def parse_size(text: str) -> int:
    """Return the bytes in ``64M``, ``4GiB``, ``0x100000`` or ``655360``; raises UsageError.

    >>> parse_size("64M") == 64 * MIB
    True
    """
    match = _SIZE.fullmatch(text.strip())
    if not match:
        raise UsageError(f"'{text}' is not a size: write a number with K, M, G or T, such as 64M")
    return int(match[1], 16 if match[1][:2] in ("0x", "0X") else 10) * _UNITS[match[2].upper()]


def format_size(size: int) -> str:
    """Return `size` bytes in the largest unit that shows it exactly, or with one decimal.

    >>> format_size(65536 * 1024), format_size(654336), format_size(5), format_size(1536 * 1024 + 1)
    ('64 MiB', '639 KiB', '5 bytes', '1.5 MiB')
    """
    for name, unit in (("TiB", TIB), ("GiB", GIB), ("MiB", MIB), ("KiB", KIB)):
        if size >= unit:
            return f"{size // unit:,} {name}" if size % unit == 0 or size < MIB else f"{size / unit:,.1f} {name}"
    return counted(size, "byte")


def counted(number: int, noun: str) -> str:
    """Return the number with the noun, in the plural where it is not one.

    >>> counted(1, "step"), counted(4096, "step")
    ('1 step', '4,096 steps')
    """
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def parse_number(text: str) -> int:
    """Return the number in ``10``, ``0x10``, ``0b10``, ``-1`` or ``1_000``; raises UsageError.

    >>> parse_number("0x10"), parse_number("010"), parse_number("-1")
    (16, 10, -1)
    """
    plain = text.strip().translate(_SEPARATORS)
    try:
        return int(plain, 0 if re.match(r"[-+]?0[xXbBoO]", plain) else 10)
    except ValueError:
        raise UsageError(f"'{text}' is not a number: write it decimal or as 0x...") from None
