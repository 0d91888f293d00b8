"""Let compiled Python touch memory and call C: the few instructions that Numba's own language lacks.

Addresses are 64-bit integers here, as they come from a shared block of words; nothing is checked.
"""

# Numba infers the types of what it compiles, and its decorators hide them from anybody else.
# mypy: ignore-errors
# ruff: noqa: ANN001, ANN201, ANN202

from __future__ import annotations

import numpy as np
from llvmlite import ir
from numba import carray, njit, types
from numba.core import cgutils
from numba.extending import intrinsic

_LENGTH = 1 << 40
"""A length for arrays whose real one is checked by their owner."""


@intrinsic
def call(typing_context, function, first, second, third, fourth):
    """Call the C function at an address with four 64-bit arguments."""
    word = types.int64

    def generate(_context, builder, _signature, arguments):
        native = ir.IntType(64)
        pointer = ir.FunctionType(native, [native] * 4).as_pointer()
        return builder.call(builder.inttoptr(arguments[0], pointer), arguments[1:])

    return word(word, word, word, word, word), generate


@intrinsic
def call_with_five(typing_context, function, first, second, third, fourth, fifth):
    """Call the C function at an address with five 64-bit arguments."""
    word = types.int64

    def generate(_context, builder, _signature, arguments):
        native = ir.IntType(64)
        pointer = ir.FunctionType(native, [native] * 5).as_pointer()
        return builder.call(builder.inttoptr(arguments[0], pointer), arguments[1:])

    return word(word, word, word, word, word, word), generate


@intrinsic
def pointer_to(typing_context, address):
    """Turn an address into a pointer."""

    def generate(_context, builder, _signature, arguments):
        return builder.inttoptr(arguments[0], cgutils.voidptr_t)

    return types.voidptr(types.int64), generate


@intrinsic
def address_of_pointer(typing_context, pointer):
    """Turn a pointer into an address."""

    def generate(_context, builder, _signature, arguments):
        return builder.ptrtoint(arguments[0], ir.IntType(64))

    return types.int64(types.voidptr), generate


@intrinsic
def address_of_array(typing_context, array):
    """Return the address of an array's first element."""

    def generate(context, builder, signature, arguments):
        made = cgutils.create_struct_proxy(signature.args[0])(context, builder, value=arguments[0])
        return builder.ptrtoint(made.data, ir.IntType(64))

    return types.int64(array), generate


@njit(inline="always")
def words(address):
    """View memory as 64-bit words."""
    return carray(pointer_to(address), _LENGTH, np.int64)


@njit(inline="always")
def halves(address):
    """View memory as 32-bit words."""
    return carray(pointer_to(address), _LENGTH, np.uint32)


@njit(inline="always")
def octets(address):
    """View memory as bytes."""
    return carray(pointer_to(address), _LENGTH, np.uint8)
