"""Tell at once, for most accesses, that their linear address is their physical one; compiled by Numba.

Where page tables map low addresses to themselves, and only high ones elsewhere, an address made of small numbers is
its own physical address: BASE + 8 * INDEX + DISPLACEMENT, each of them small. Which registers an instruction makes its
addresses of is found out once, by `reach_of`. What is not sure is left to `linear.py`, which takes a thousand times as
long.
"""

# Numba infers the types of what it compiles, and its decorators hide them from anybody else.
# mypy: ignore-errors
# ruff: noqa: ANN001, ANN201, SIM110

from __future__ import annotations

import numpy as np
from numba import njit

from allocator.machine.native_calls import halves, words
from allocator.registers import FULL, REGISTERS
from allocator.trace.linear import pointers_of
from allocator.trace.native_state import GENERAL

SHARE = 16
"""Registers below a sixteenth of what is mapped to itself cannot lead beyond it: 1 + 8 of them, and a displacement."""
FAR_DISPLACEMENT = 1 << 27
"""What a displacement has to stay below."""
IS_KNOWN, IS_FAR = 1 << 30, 1 << 31


def reach_of(code: bytes, bits: int, is_system: bool) -> int:
    """Return a mask of the general registers that the addresses of an instruction are made of.

    `IS_FAR` is set where that does not tell enough: it may read descriptors, or its displacement is large.
    """
    mask = IS_KNOWN
    for pointer in pointers_of(code, bits):
        if is_system or pointer.bit or not 0 <= pointer.displacement < FAR_DISPLACEMENT:
            return IS_KNOWN | IS_FAR
        for name in (pointer.base, pointer.scaled):
            mask |= 1 << FULL.index(REGISTERS[name].full) if name else 0
    return mask


@njit(inline="never")
def reaches_low(state):
    """Tell whether the instruction under way can only touch addresses that are mapped to themselves."""
    reach = np.int64(halves(state.place_reach)[state.place])
    end = np.uint64(state.low_end)
    if not reach & IS_KNOWN or reach & IS_FAR or state.has_bases or np.uint64(state.last) >= end:
        return False
    registers = words(state.before)
    for index in range(GENERAL):
        if reach >> index & 1 and np.uint64(registers[index]) >= end:
            return False
    return True
