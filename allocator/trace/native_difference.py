"""Compare many words at once: what Numba's own language lacks for it, as instructions of LLVM."""

# Numba infers the types of what it compiles, and its decorators hide them from anybody else.
# mypy: ignore-errors
# ruff: noqa: ANN001, ANN201, ANN202

from __future__ import annotations

from llvmlite import ir
from numba import types
from numba.extending import intrinsic

_WORD = ir.IntType(64)


@intrinsic
def differing(typing_context, first, second):
    """Return a bit for each of the sixteen words at two addresses that is not the same in both."""

    def generate(_context, builder, _signature, arguments):
        vector = ir.VectorType(_WORD, 16)
        loaded = [builder.load(builder.inttoptr(each, vector.as_pointer()), align=8) for each in arguments]
        unequal = builder.icmp_unsigned("!=", *loaded)
        return builder.zext(builder.bitcast(unequal, ir.IntType(16)), _WORD)

    return types.int64(types.int64, types.int64), generate


@intrinsic
def lowest(typing_context, bits):
    """Return the number of the lowest bit that is set; one has to be."""

    def generate(_context, builder, _signature, arguments):
        return builder.cttz(arguments[0], ir.Constant(ir.IntType(1), 1))

    return types.uint64(types.int64), generate
