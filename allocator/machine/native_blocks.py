"""Count steps at nearly full speed: a hook on blocks of code instead of instructions, compiled by Numba.

The engine calls it when a block of translated code begins. How many instructions a block holds is looked up
in a table by its address; a block that is not there yet is decoded once, in Python, through a pointer to a callback. A
repeated string instruction begins a block for each of its rounds, and is one step all the same: the table
says where a block ends in one, and the rounds that follow are not counted as steps.

Not counted exactly: a block that stores into itself, of which the engine runs only a part.
"""

# Numba infers the types of what it compiles, and its decorators hide them from anybody else.
# mypy: ignore-errors
# ruff: noqa: ANN001, ANN201

from __future__ import annotations

import numpy as np
from numba import carray, cfunc, from_dtype, types

from allocator.machine.native_calls import address_of_pointer, call, words

PACE_LAYOUT = np.dtype(
    [
        (name, np.int64)
        for name in (
            # how many units may still run, and how many were rounds that are no steps
            "left", "rounds",
            # what a round costs of what is left: 1 where units are counted, 0 where steps are
            "round_cost",
            # the engine's stop, and the callback that fills a row of the table
            "stop", "decode",
            # the string instruction that the last block ended in, or NOWHERE
            "repeating",
            # the block under way: its row, and whether it is one more round
            "row", "is_round",
            # the table: a row for each slot, see `ADDRESS`
            "table",
        )
    ]
)  # fmt: skip
_PACE = from_dtype(PACE_LAYOUT)

SLOTS = 1 << 12
ROW = 4
ADDRESS, STEPS, REPEATING = 0, 1, 2
"""A row: where a block begins, how many steps it has, and the repeated string instruction that it ends in."""
NOWHERE = -1


@cfunc(types.void(types.voidptr, types.int64, types.uint32, types.CPointer(_PACE)), cache=True)
def on_block(engine, address, size, user):
    """Hear that the block of `size` bytes at `address` is about to run."""
    pace = carray(user, 1)[0]
    table = words(pace.table)
    row = ROW * (address & (SLOTS - 1))
    if table[row + ADDRESS] != address:
        call(pace.decode, address, np.int64(size), row, 0)
    count = table[row + STEPS]
    pace.row = row
    pace.is_round = address == pace.repeating
    if pace.is_round:
        pace.rounds += 1
        pace.left -= count - 1 + pace.round_cost
    elif pace.left < count:
        call(pace.stop, address_of_pointer(engine), 0, 0, 0)
        return
    else:
        pace.left -= count
    pace.repeating = table[row + REPEATING]
