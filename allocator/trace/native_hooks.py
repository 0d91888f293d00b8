"""Record in machine code: the hooks that the engine calls, compiled by Numba when they are first needed.

They do what `recorder.py` does, into columns of fixed capacity, and know nothing of Python: all they share
with it is one `STATE` record, whose address the engine hands to every call.

How an instruction is recorded: when the next one begins, the general registers are compared with those kept
from before, and what differs is appended. The flags are asked for only when the engine's lazy flag state
moved. Segment and control registers, the width of the code and the base of its segment are compared after
instructions that can change them, and after whatever the machine did by itself between two runs of the engine.

Registers are read from the engine's state by pointer where its layout was verified (``env`` is set), else by
one batched call of its API for every instruction. Both fill equal columns.
"""

# Numba infers the types of what it compiles, and its decorators hide them from anybody else.
# mypy: ignore-errors
# ruff: noqa: ANN001, ANN201, ANN202

from __future__ import annotations

import numpy as np
from numba import carray, cfunc, from_dtype, njit, types

from allocator.machine.engine_state import BASES, CONTEXT_HEADER, MODE_FLAGS
from allocator.machine.native_calls import (
    address_of_pointer,
    call,
    halves,
    octets,
    words,
)
from allocator.registers import FULL, SEGMENTS, VECTORS
from allocator.trace.native_difference import differing, lowest
from allocator.trace.native_places import PAGING, find_place, line_of
from allocator.trace.native_reach import reaches_low
from allocator.trace.native_state import (
    COUNTS_16,
    COUNTS_32,
    GENERAL,
    HAS_TWO_STRINGS,
    IS_FAR_RETURN,
    IS_ODD,
    IS_REPEATED,
    IS_SYSTEM,
    IS_TRANSFER,
    LAZY,
    NOTHING,
    SLOTS,
    STATE_LAYOUT,
    SYSTEM,
)

_STATE = from_dtype(STATE_LAYOUT)

_RFLAGS = FULL.index("rflags")
_RCX = FULL.index("rcx")
_FIRST_SYSTEM = _RFLAGS + 1
_CR0, _CR3, _CR4 = (FULL.index(name) - _FIRST_SYSTEM for name in ("cr0", "cr3", "cr4"))
_COUNTER = 16
"""The instruction pointer, as a word of the engine's state."""
_CODE_BASE = BASES[SEGMENTS.index("cs")]
_DATA_BASES = tuple(base for name, base in zip(SEGMENTS, BASES, strict=True) if name != "cs")
_IN_32, _IN_64 = 1 << 4, 1 << 15

# The engine's lazy flags, as offsets in its state in 64-bit words: EFLAGS, the result and sources of the
# last flag-setting operation, and in one word which operation that was and the direction flag.
ENV_EFLAGS, ENV_LAZY = 17, 18
_CC_SOURCE, _CC_OPERATION = 19, 21
_FLAGS_ARE_IN_SOURCE = 1
_STATUS, _STATUS_AND_DIRECTION, _DIRECTION = 0x8D5, 0xCD5, 0x400

_STEP = types.void(types.voidptr, types.int64, types.uint32, types.CPointer(_STATE))
_ACCESS = types.void(types.voidptr, types.int32, types.int64, types.int32, types.int64, types.CPointer(_STATE))


@njit(inline="always")
def _begin(state, engine, address, size):
    slot = np.uintp((address ^ (address >> 14)) & (SLOTS - 1))
    place = halves(state.slot_place)[slot]
    if words(state.slot_generation)[slot] != state.generation or words(state.place_address)[place] != address:
        place = find_place(state, engine, address, size, slot)
    state.last = address
    state.place = place
    state.is_echo = state.is_left = 0


@njit(inline="never")
def _compare_vectors(state, engine):
    call(state.read_registers, engine, state.vector_ids, state.vector_pointers, VECTORS)
    now, before = words(state.vector), words(state.vector_before)
    for number in range(VECTORS):
        low, high = 2 * number, 2 * number + 1
        if now[low] != before[low] or now[high] != before[high]:
            before[low], before[high] = now[low], now[high]
            words(state.vector_step)[state.vectors] = state.steps
            words(state.vector_number)[state.vectors] = number
            words(state.vector_low)[state.vectors] = now[low]
            words(state.vector_high)[state.vectors] = now[high]
            state.vectors += 1


@njit(inline="never")
def _count_repetitions(state, traits, counted):
    if traits & COUNTS_16:
        counted &= 0xFFFF
    elif traits & COUNTS_32:
        counted &= 0xFFFFFFFF
    words(state.repeat_step)[state.repeats] = state.steps
    words(state.repeat_count)[state.repeats] = counted
    state.repeats += 1


@njit(inline="never")
def _compare_system(state, engine, row):
    call(state.read_registers, engine, state.system_ids, state.system_pointers, SYSTEM)
    now, before = words(state.system), words(state.system_before)
    if (now[_CR0] ^ before[_CR0]) | (now[_CR3] ^ before[_CR3]) | (now[_CR4] ^ before[_CR4]) | (now[_CR0] & PAGING):
        state.generation += 1  # other code may lie at an address that is known
        if state.is_doubtful or now[_CR0] != before[_CR0] or now[_CR3] != before[_CR3] or now[_CR4] != before[_CR4]:
            state.is_doubtful = 0
            call(state.renew, 0, 0, 0, 0)
    for index in range(SYSTEM):
        if now[index] != before[index]:
            before[index] = now[index]
            octets(state.register)[row] = _FIRST_SYSTEM + index
            words(state.value)[row] = now[index]
            row += np.uintp(1)
    state.cr0 = now[_CR0]
    _look_at_segments(state, engine)
    return row


@njit(inline="never")
def _look_at_segments(state, engine):
    if state.env:
        hidden = words(state.env)
    else:
        call(state.save_context, engine, state.context, 0, 0)
        hidden = words(state.context + CONTEXT_HEADER)
    flags, base = hidden[MODE_FLAGS], hidden[_CODE_BASE]
    bits = 16
    if flags & _IN_64:
        bits = 64
    elif flags & _IN_32:
        bits = 32
    state.has_bases = 0
    for index in _DATA_BASES:
        if hidden[index]:
            state.has_bases = 1
    if bits != state.bits or base != state.base:
        state.bits, state.base = bits, base
        state.generation += 1


@njit(inline="always")
def _flags(state, engine, now):
    if not state.env:
        return now[GENERAL]
    kept = words(state.lazy_flags)
    moved = (
        (now[ENV_EFLAGS] ^ kept[0])
        | (now[ENV_LAZY] ^ kept[1])
        | (now[ENV_LAZY + 1] ^ kept[2])
        | (now[ENV_LAZY + 2] ^ kept[3])
        | (now[ENV_LAZY + 3] ^ kept[4])
    )
    if not moved:
        return state.flags
    for index in range(LAZY):
        kept[index] = now[ENV_EFLAGS + index]
    if now[_CC_OPERATION] & 0xFFFFFFFF == _FLAGS_ARE_IN_SOURCE:
        direction = now[_CC_OPERATION] >> 32
        plain = now[ENV_EFLAGS] & ~_STATUS_AND_DIRECTION
        return plain | (direction & _DIRECTION) | (now[_CC_SOURCE] & _STATUS) | 2
    scratch = words(state.general)
    scratch[0] = 0
    call(state.read_flags, engine, state.flags_id, state.general, 0)
    return scratch[0]


@njit(inline="always")
def _complete(state, engine, is_last):
    before = words(state.before)
    address = state.env
    if not address:
        address = state.general
        call(state.read_registers, engine, state.general_ids, state.general_pointers, GENERAL + 1)
    now = words(address)
    traits = octets(state.place_traits)[state.place]
    if traits & IS_REPEATED:
        _count_repetitions(state, traits, before[_RCX] - now[_RCX])
    row = np.uintp(state.changes)
    register, value = octets(state.register), words(state.value)
    moved = differing(address, state.before)  # at once, because most registers stay as they are
    while moved:
        index = lowest(moved)
        before[index] = value[row] = now[index]
        register[row] = index
        row += np.uintp(1)
        moved &= moved - 1
    flags = _flags(state, engine, now)
    if flags != state.flags:
        state.flags = flags
        register[row] = _RFLAGS
        value[row] = flags
        row += np.uintp(1)
    if is_last or traits & IS_SYSTEM or state.is_disturbed:
        row = _compare_system(state, engine, row)
        state.is_disturbed = 0
    if state.vector:
        _compare_vectors(state, engine)
    state.changes = row
    step = np.uintp(state.steps)
    halves(state.step_changes)[step] = row
    halves(state.step_accesses)[step] = state.accesses
    halves(state.step_place)[step] = state.place
    state.steps += 1


@njit(inline="never")
def _swapped(value, size):
    swapped = np.int64(0)
    for _ in range(size):
        swapped = (swapped << 8) | (value & 0xFF)
        value >>= 8
    return swapped


@njit(inline="never")
def _keep_counter(state, engine, value):
    # In real mode the engine forgets the instruction pointer that it has read when the selector's read is hooked.
    if state.cr0 & 1:
        return
    if state.returning != state.steps:
        state.returning, state.counter = state.steps, value
        return
    state.returning = NOTHING
    if state.env:
        words(state.env)[_COUNTER] = state.counter
        return
    call(state.save_context, engine, state.context, 0, 0)
    words(state.context + CONTEXT_HEADER)[_COUNTER] = state.counter
    call(state.restore_context, engine, state.context, 0, 0)


@njit(inline="never")
def _goes_on(state, traits, row):
    """Tell whether a round of REP goes on in the frame of the one before: then it lies in the same page, too."""
    step = state.steps
    first = np.int64(halves(state.step_accesses)[step - 1]) if step else 0
    known = np.int64(row) - (2 if traits & HAS_TWO_STRINGS else 1)
    kind, size = octets(state.kind), octets(state.size)
    if known < first or kind[known] != kind[row] or size[known] != size[row]:
        return False
    old, new, length = words(state.physical)[known], words(state.physical)[row], np.int64(size[row])
    if abs(new - old) != length or old >> 12 != new >> 12 or max(old, new) & 0xFFF > 0x1000 - length:
        return False
    words(state.address)[row] = words(state.address)[known] + new - old
    return True


@njit(inline="always")
def _append_access(state, engine, kind, address, size, before, after):
    row = np.uintp(state.accesses)
    if state.accesses == state.max_accesses:
        state.overflow = 1
        return
    traits = octets(state.place_traits)[state.place]
    if traits & IS_ODD:
        if traits & IS_FAR_RETURN:
            _keep_counter(state, engine, after)
        else:
            # Of MOVBE the engine reports the register's value, not the bytes in memory.
            after = _swapped(after, size)
            before = before if kind else after
    mask = -1 if size >= 8 else (1 << (8 * size)) - 1
    octets(state.kind)[row] = kind
    octets(state.size)[row] = size
    words(state.address)[row] = words(state.physical)[row] = address
    words(state.data_before)[row] = before & mask
    words(state.data_after)[row] = after & mask
    state.accesses += 1
    if state.is_mapped and not (traits & IS_REPEATED and _goes_on(state, traits, row)) and not reaches_low(state):
        call(state.locate, np.int64(row), kind, address, size)


# With all that they call inlined, the hooks cannot raise, and nobody looks for that: a nanosecond an instruction.
@cfunc(_STEP, forceinline=True)
def on_step(engine, address, size, user):
    """Hear that the instruction at `address` is about to run, for the first time or again."""
    state = carray(user, 1)[0]
    if state.units == state.budget:
        call(state.stop, address_of_pointer(engine), 0, 0, 0)
        return
    state.units += 1
    if address == state.last and not state.is_left:
        traits = octets(state.place_traits)[state.place]
        if traits & IS_REPEATED:
            return
        if not traits & IS_TRANSFER:
            state.is_echo = 1
            return
    if state.begun == state.max_begun:
        state.units -= 1
        call(state.stop, address_of_pointer(engine), 0, 0, 0)
        return
    state.begun += 1
    if state.last != NOTHING:
        _complete(state, address_of_pointer(engine), False)
    _begin(state, address_of_pointer(engine), address, size)


@cfunc(_STEP, forceinline=True)
def on_finish(engine, _address_unused, _size, user):
    """Complete the last step; called by Python when the run has ended."""
    state = carray(user, 1)[0]
    if state.last != NOTHING:
        _complete(state, address_of_pointer(engine), True)
        state.last = NOTHING


@cfunc(_ACCESS, forceinline=True)
def on_read(engine, _kind, address, size, value, user):
    """Hear that `size` bytes were read and were `value`."""
    state = carray(user, 1)[0]
    if state.last == NOTHING or state.is_echo:
        return
    _append_access(state, address_of_pointer(engine), 0, address, size, value, value)


@cfunc(_ACCESS, forceinline=True)
def on_write(engine, _kind, address, size, value, user):
    """Hear that `size` bytes are about to become `value`."""
    state = carray(user, 1)[0]
    if state.last == NOTHING or state.is_echo:
        return
    scratch = words(state.general)
    scratch[0] = 0
    # What is not backed yet reads as zero; what does not exist is taken out when the run has ended.
    there = size
    while there and call(state.read_memory, address_of_pointer(engine), address, state.general, there) & 0xFFFFFFFF:
        there -= 1
    _append_access(state, address_of_pointer(engine), 1, address, size, scratch[0], value)
    lines = octets(state.code_lines)
    if lines[line_of(address)] or lines[line_of(address + size - 1)]:
        state.generation += 1
    if address < state.table_end and state.table_start < address + size:
        state.is_doubtful = state.is_disturbed = 1


@cfunc(_STEP, forceinline=True)
def on_nothing(_engine, _address_unused, _size, _user):
    """Do nothing: what any recorder is measured against."""
