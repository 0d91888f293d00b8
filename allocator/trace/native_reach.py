"""Tell at once, for most accesses, that their linear address is their physical one; compiled by Numba.

Where page tables map low addresses to themselves, and only high ones elsewhere, an address made of small numbers is
its own physical address: BASE + 8 * INDEX + DISPLACEMENT, each of them small. Of which registers an instruction makes
its addresses is found out once (`native_translation.py`). What is not sure is left to `linear.py`, which takes a
thousand times as long.
"""

# Numba infers the types of what it compiles, and its decorators hide them from anybody else.
# mypy: ignore-errors
# ruff: noqa: ANN001, ANN201, SIM110

from __future__ import annotations

import numpy as np
from numba import njit

from allocator.machine.native_calls import halves, words
from allocator.trace.native_state import GENERAL, IS_FAR, IS_KNOWN


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
