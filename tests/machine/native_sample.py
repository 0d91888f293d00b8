"""A C function for the tests of what keeps such functions."""

from __future__ import annotations

from numba import cfunc, types


@cfunc(types.int64(types.int64, types.int64))
def add(one, other):
    return one + other
