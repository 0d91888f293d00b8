"""Number every place outside of memory that can hold a value, so that a set of them is one integer.

    bits   0- 63   sixteen general registers, four parts each: bits 0-7, 8-15, 16-31, 32-63
    bits  64- 77   the flags, one by one
    bits  78- 88   segment and control registers
    bits  89-104   xmm0 .. xmm15, whole
    bits 105-107   all of the x87 (and MMX), MXCSR, and everything else that a processor has

A part is as small as a name can reach: AL and AH are one part each, AX two, EAX three. Writing EAX clears the
rest of RAX (SDM volume 1, section 3.4.1.1), so it writes all four.
"""

from __future__ import annotations

from functools import cache

from allocator.registers import CONTROL, FLAGS, GENERAL, REGISTERS, SEGMENTS

PARTS = ((0, 8), (8, 8), (16, 16), (32, 32))
"""(lowest bit, width) of the parts of a general register."""

_PER_REGISTER = len(PARTS)
_FLAGS_AT = _PER_REGISTER * len(GENERAL)
_WHOLE_AT = _FLAGS_AT + len(FLAGS)
_WHOLE = (*SEGMENTS, *CONTROL, *(f"xmm{number}" for number in range(16)), "fpu", "mxcsr", "system")
_BITS = {name: _FLAGS_AT + position for position, name in enumerate(FLAGS)} | {
    name: _WHOLE_AT + position for position, name in enumerate(_WHOLE)
}

COUNT = _WHOLE_AT + len(_WHOLE)
ALL_FLAGS = ((1 << len(FLAGS)) - 1) << _FLAGS_AT
ALL_GENERAL = (1 << _FLAGS_AT) - 1


@cache
def read_mask(name: str) -> int:
    """Return the locations that reading `name` reads; a name that no table has is part of ``system``."""
    if name in _BITS:
        return 1 << _BITS[name]
    view = REGISTERS.get(name)
    if view is not None and view.full in GENERAL:
        base = _PER_REGISTER * GENERAL.index(view.full)
        covered = [part for part, (low, _) in enumerate(PARTS) if view.low <= low < view.low + view.width]
        return sum(1 << base + part for part in covered)
    if view is not None and view.full == "rflags":
        return ALL_FLAGS
    return 1 << _BITS[_group(name)]


@cache
def written_mask(name: str) -> int:
    """Return the locations that writing `name` writes."""
    view = REGISTERS.get(name)
    if view is not None and view.full in GENERAL and view.width == 32:
        return read_mask(view.full)
    return read_mask(name)


def _group(name: str) -> str:
    if name.startswith(("ymm", "zmm")) and f"x{name[1:]}" in _BITS:
        return f"x{name[1:]}"
    return "fpu" if name.startswith(("st", "mm", "fp")) else "system"


def changed_mask(full: str, differing: int) -> int:
    """Return the locations of the full register `full` that hold any of the `differing` bits."""
    if full == "rflags":
        return sum(1 << _BITS[name] for name, bit in FLAGS.items() if differing >> bit & 1)
    if full not in GENERAL:
        return 1 << _BITS[full] if differing else 0
    base = _PER_REGISTER * GENERAL.index(full)
    return sum(1 << base + part for part, (low, width) in enumerate(PARTS) if differing >> low & (1 << width) - 1)


def names_in(mask: int) -> list[str]:
    """Return names for the locations of `mask`: each register as wide as it is used, then flags and the rest.

    >>> names_in(read_mask("eax") | read_mask("bh") | read_mask("zf"))
    ['eax', 'bh', 'zf']
    """
    found: list[str] = []
    for position, full in enumerate(GENERAL):
        parts = mask >> _PER_REGISTER * position & (1 << _PER_REGISTER) - 1
        if parts:
            found += _views(full, parts)
    return found + [name for name, bit in _BITS.items() if mask >> bit & 1]


@cache
def _views(full: str, parts: int) -> tuple[str, ...]:
    """Return the narrowest name that covers `parts`; AL and AH apart where only they are meant."""
    base = _PER_REGISTER * GENERAL.index(full)
    named = [(name, read_mask(name) >> base) for name, view in REGISTERS.items() if view.full == full]
    covering = [(bin(mask).count("1"), name) for name, mask in named if not parts & ~mask]
    return (min(covering)[1],)
