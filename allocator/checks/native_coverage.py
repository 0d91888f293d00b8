"""Hear of every instruction and of every read of the page map, and count: native code by Numba.

An instruction is finished when the next one begins: only then is it known which way a branch went, and what the
instruction read. One that is reported again at once is the next round of a REP and counts as the same.
"""

# Numba infers the types of what it compiles, and its decorators hide them from anybody else.
# mypy: ignore-errors
# ruff: noqa: ANN001, ANN201

from __future__ import annotations

import numpy as np
from numba import carray, cfunc, from_dtype, types

from allocator.machine.native_calls import halves, words

AREAS = 64
"""Room for so many stretches of code."""
STATE_LAYOUT = np.dtype(
    [
        ("areas", np.int64),  # how many stretches there are, and for each: start, end, its first place in `numbers`
        ("area", np.int64, (3 * AREAS,)),
        ("numbers", np.int64),  # the address of a table of 32-bit numbers: of the instruction at each address, plus 1
        ("traits", np.int64),  # the addresses of the columns
        ("targets", np.int64),
        ("sizes", np.int64),
        ("reaches", np.int64),
        ("last", np.int64),  # the address under way
        ("number", np.int64),  # its number, or -1
        ("is_transfer", np.int64),
        ("state", np.int64),
        ("has_read", np.int64),  # whether it read the page map
    ]
)
_STATE = from_dtype(STATE_LAYOUT)
IS_BRANCH, IS_TRANSFER, IS_ENTRY = 1, 2, 4
TIMES, TAKEN, NOT_TAKEN, STATES = range(4)
OTHER = 3


@cfunc(types.void(types.voidptr, types.int64, types.uint32, types.CPointer(_STATE)), cache=True)
def on_step(engine, address, size, user):
    """Hear that the instruction at `address` is about to run."""
    state = carray(user, 1)[0]
    if address == state.last and not state.is_transfer:
        return
    if state.number >= 0:
        reach = words(state.reaches + 32 * state.number)
        reach[STATES] |= state.state
        if words(state.traits)[state.number] & IS_BRANCH:
            if address == words(state.targets)[state.number]:
                reach[TAKEN] += 1
            if address == state.last + words(state.sizes)[state.number]:
                reach[NOT_TAKEN] += 1
    number = np.int64(-1)
    for index in range(state.areas):
        if state.area[3 * index] <= address < state.area[3 * index + 1]:
            place = address - state.area[3 * index] + state.area[3 * index + 2]
            number = np.int64(halves(state.numbers)[place]) - 1
    state.last = address
    state.has_read = 0
    state.number = number
    state.is_transfer = 1
    if number >= 0:
        traits = words(state.traits)[number]
        words(state.reaches + 32 * number)[TIMES] += 1
        state.is_transfer = traits & IS_TRANSFER
        if traits & IS_ENTRY:
            state.state = 0


@cfunc(
    types.void(types.voidptr, types.int32, types.int64, types.int32, types.int64, types.CPointer(_STATE)), cache=True
)
def on_read(engine, kind, address, size, value, user):
    """Hear that `size` bytes of the page map were read, and are `value`."""
    state = carray(user, 1)[0]
    if not state.has_read:
        state.state = 0
        state.has_read = 1
    for index in range(min(size, 8)):
        state.state |= 1 << min((value >> (8 * index)) & 0xFF, OTHER)
