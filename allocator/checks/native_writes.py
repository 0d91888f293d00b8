"""Hear of every store of a call and keep the few stretches of memory that were written: native code by Numba.

A store that touches or continues a known stretch makes it longer, any other begins a new one. A call that writes to
more places than there is room for says so, and is looked at in another way.
"""

# Numba infers the types of what it compiles, and its decorators hide them from anybody else.
# mypy: ignore-errors
# ruff: noqa: ANN001, ANN201

from __future__ import annotations

from numba import carray, cfunc, types

STRETCHES = 32
"""Room for so many: a call writes to the stack, the page map, and little else."""
COUNT, FIRST = 0, 1
"""The block of words: how many stretches there are (more than `STRETCHES`: too many), then start and end of each."""
WORDS = FIRST + 2 * STRETCHES


@cfunc(
    types.void(types.voidptr, types.int32, types.int64, types.int32, types.int64, types.CPointer(types.int64)),
    cache=True,
)
def on_write(engine, kind, address, size, value, user):
    """Hear of a store of `size` bytes."""
    block = carray(user, WORDS)
    end = address + size
    count = block[COUNT]
    if count > STRETCHES:
        return
    for index in range(count):
        start = FIRST + 2 * index
        if address <= block[start + 1] and end >= block[start]:
            block[start] = min(block[start], address)
            block[start + 1] = max(block[start + 1], end)
            return
    if count < STRETCHES:
        block[FIRST + 2 * count] = address
        block[FIRST + 2 * count + 1] = end
    block[COUNT] = count + 1
