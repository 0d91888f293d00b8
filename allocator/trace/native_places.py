"""Find the place of an instruction for the native hooks, by address and bytes; compiled by Numba.

A place is known until something may have changed it: a store to code, another width or mode, other page tables. Then
its ``generation`` is over, and it is looked at anew; it is the same place if its bytes are the same.
"""

# Numba infers the types of what it compiles, and its decorators hide them from anybody else.
# mypy: ignore-errors
# ruff: noqa: ANN001, ANN201, ANN202, SIM110

from __future__ import annotations

import numpy as np
from numba import njit

from allocator.machine.native_calls import address_of_array, call, call_with_five, halves, octets, words
from allocator.trace.native_state import CODE_BYTES, CODE_LINES
from allocator.trace.native_traits import traits_of

PAGING = 1 << 31
_TO_EXECUTE = 4
"""What the engine calls an access that fetches code."""


@njit(inline="always")
def line_of(address):
    """Return the row of the table of lines that hold code."""
    return np.uintp((address >> 6) & (CODE_LINES - 1))


@njit(inline="never")
def _is_same(state, known, candidate, length):
    if octets(state.place_size)[known] != length or octets(state.place_bits)[known] != state.bits:
        return False
    if words(state.place_cr0)[known] != state.cr0 or words(state.place_base)[known] != state.base:
        return False
    old, new = octets(state.place_code + known * CODE_BYTES), octets(state.place_code + candidate * CODE_BYTES)
    for index in range(CODE_BYTES):
        if old[index] != new[index]:
            return False
    return True


@njit(inline="never")
def _read_code(state, engine, address, code, size):
    # Code is fetched from linear addresses; the engine's ordinary reads are physical.
    if state.cr0 & PAGING:
        return call_with_five(state.read_linear, engine, address, _TO_EXECUTE, code, size) & 0xFFFFFFFF
    return call(state.read_memory, engine, address, code, size) & 0xFFFFFFFF


@njit(inline="never")
def _physical(state, engine, address):
    if state.cr0 & PAGING:
        found = words(state.general)
        if not call(state.translate, engine, address, _TO_EXECUTE, state.general) & 0xFFFFFFFF:
            return found[0]
    return address


@njit(inline="never")
def find_place(state, engine, address, size, slot):
    """Return the number of the place at `address`, and enter it into `slot` of the table."""
    # Known from before, and doubtful since code was stored to: it is the same place if its bytes are the same.
    number = state.places
    if number == state.max_places:
        state.overflow = 1
        return 0
    code = octets(state.place_code + number * CODE_BYTES)
    length = np.int64(size) if size <= 15 else np.int64(0)
    for index in range(CODE_BYTES):
        code[index] = 0
    wanted = length if length else 15
    while wanted and _read_code(state, engine, address, address_of_array(code), wanted):
        wanted -= 1
    known = halves(state.slot_place)[slot]
    if number and words(state.place_address)[known] == address and _is_same(state, known, number, length):
        number = known
    else:
        words(state.place_address)[number] = address
        octets(state.place_size)[number] = length
        octets(state.place_bits)[number] = state.bits
        words(state.place_cr0)[number] = state.cr0
        words(state.place_base)[number] = state.base
        octets(state.place_traits)[number] = traits_of(code, state.bits)
        halves(state.place_reach)[number] = 0
        state.places += 1
    halves(state.slot_place)[slot] = number
    words(state.slot_generation)[slot] = state.generation
    physical = _physical(state, engine, address)
    lines = octets(state.code_lines)
    lines[line_of(physical)] = lines[line_of(physical + 14)] = 1
    return number
