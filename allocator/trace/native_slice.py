"""Walk long traces backwards and forwards in native code; `backward.py` and `forward.py` say what is done.

The walks are compiled by Numba and kept on disk. Locations are two words of 64 bits; which bytes of memory are
wanted (or reached) is held as `native_bytes.py` says.

Written for speed, which the plain twins pay for:

- Numbers are signed, since Numba makes a float of a signed and an unsigned one.
- Arrays are handed over one by one: taking them out of a tuple costs more than an instruction's flow.
"""

# ruff: noqa: PLR0912, PLR0915 -- a walk is one loop, and its arrays are handed over one by one

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
from numba import njit

from allocator.trace.backward import DECIDED, PLACED, RULES, SLOTS_READ, SLOTS_WRITTEN, WALKED, Marks, Wanted
from allocator.trace.flow import MOST_RULES
from allocator.trace.flow_table import FlowTable
from allocator.trace.native_bytes import HASH, BytesSet
from allocator.trace.schema import LONG, READ, WRITE
from allocator.trace.slice_index import SLOT_SHIFT, Bytes, Words, index_of

if TYPE_CHECKING:
    from allocator.trace.trace import Trace

_WRITES_MEMORY, _READS_MEMORY, _BYTEWISE, _OF_WALK = 1, 2, 4, 8
_DECIDES, _DECIDES_BY_MEMORY, _WALKS = 1, 2, 4


def walk_back_natively(trace: Trace, table: FlowTable, moment: int, wanted: Wanted, control: bool) -> Marks:
    """Do what `walk_back` does."""
    index = index_of(trace, table)
    bytes_wanted = BytesSet(index.frames, wanted.memory)
    live = _split(wanted.locations)
    upto = min(moment, table.steps)
    marks = np.zeros(upto, np.uint16)
    seen = np.zeros((len(table.flows) << MOST_RULES, 2), np.int64)
    decides_before = moment - 1 if control else 0
    _back(
        table.column_before(upto), *index.touches, *index.flows, bytes_wanted.lookup, bytes_wanted.alive,
        trace.access_rows[upto], decides_before, live, len(wanted.memory), marks, seen,
    )  # fmt: skip
    codes = np.flatnonzero(seen[:, 0])
    kinds = {
        (code >> MOST_RULES, code & RULES): (step, count)
        for code, (count, step) in zip(codes.tolist(), seen[codes].tolist(), strict=True)
    }
    return Marks(0, marks, kinds, Wanted(_joined(live), bytes_wanted.addresses))


def walk_on_natively(trace: Trace, table: FlowTable, origin: int, reached: Wanted) -> Marks:
    """Do what `walk_on` does."""
    index = index_of(trace, table)
    bytes_reached = BytesSet(index.frames, reached.memory)
    live = _split(reached.locations)
    begin = min(origin + 1, table.steps)
    marks = np.zeros(table.steps - begin, np.uint16)
    column = table.own[begin : table.steps]
    _on(
        column, begin, *index.touches, *index.flows, bytes_reached.lookup, bytes_reached.alive,
        trace.access_rows[begin], live, len(reached.memory), marks,
    )  # fmt: skip
    return Marks(begin, marks, {}, Wanted(_joined(live), bytes_reached.addresses))


# -- preparing --


def _split(mask: int) -> Words:
    return np.array([mask & (1 << 64) - 1, mask >> 64], np.uint64).view(np.int64)


def _joined(words: Words) -> int:
    low, high = words.view(np.uint64).tolist()
    return int(low) | int(high) << 64


# -- native: memory --


@njit(cache=True)  # type: ignore[untyped-decorator]
def _at(lookup: Words, address: int) -> int:
    """Return where the byte at `address`, which lies in a known frame, stands among the bytes of all frames."""
    frame = address >> 12
    slot = (frame * HASH >> 32) & (len(lookup) - 1)
    while lookup[slot, 0] != frame or lookup[slot, 1] < 0:
        slot = (slot + 1) & (len(lookup) - 1)
    return lookup[slot, 1] << 12 | address & 0xFFF  # type: ignore[no-any-return]


@njit(cache=True)  # type: ignore[untyped-decorator]
def _size_at(size: Bytes, before: Words, long_sizes: Words, row: int) -> int:
    return np.int64(size[row]) if size[row] != LONG else long_sizes[before[row]]  # type: ignore[no-any-return]


@njit(cache=True)  # type: ignore[untyped-decorator]
def _fill(lookup: Words, alive: Bytes, start: int, size: int, value: int) -> int:
    """Set `size` bytes to `value`; return how many had another one."""
    changed, done = 0, 0
    while done < size:
        at = _at(lookup, start + done)
        for position in range(at, min(at + size - done, (at | 0xFFF) + 1)):
            changed += alive[position] != value
            alive[position] = value
            done += 1
    return changed


@njit(cache=True)  # type: ignore[untyped-decorator]
def _any(lookup: Words, alive: Bytes, start: int, size: int) -> bool:
    """Tell whether any of `size` bytes is set."""
    done = 0
    while done < size:
        at = _at(lookup, start + done)
        for position in range(at, min(at + size - done, (at | 0xFFF) + 1)):
            if alive[position]:
                return True
            done += 1
    return False


@njit(cache=True)  # type: ignore[untyped-decorator]
def _any_in(
    wanted_kind: int, begin: int, end: int, kind: Bytes, size: Bytes, address: Words, before: Words, long_sizes: Words,
    lookup: Words, alive: Bytes,
) -> bool:  # fmt: skip
    """Tell whether an access of this kind touches a byte that is set."""
    for row in range(begin, end):
        if kind[row] == wanted_kind and _any(lookup, alive, address[row], _size_at(size, before, long_sizes, row)):
            return True
    return False


@njit(cache=True)  # type: ignore[untyped-decorator]
def _fill_in(
    wanted_kind: int, value: int, begin: int, end: int, kind: Bytes, size: Bytes, address: Words, before: Words,
    long_sizes: Words, lookup: Words, alive: Bytes,
) -> int:  # fmt: skip
    """Set the bytes of the accesses of this kind; return how many had another value."""
    changed = 0
    for row in range(begin, end):
        if kind[row] == wanted_kind:
            changed += _fill(lookup, alive, address[row], _size_at(size, before, long_sizes, row), value)
    return changed


@njit(cache=True)  # type: ignore[untyped-decorator]
def _distance(begin: int, end: int, kind: Bytes, size: Bytes, address: Words, before: Words, long_sizes: Words) -> int:
    """Do what `copy_distance` does."""
    read, write = -1, -1
    for row in range(begin, end):
        if (kind[row] == READ and read >= 0) or (kind[row] == WRITE and write >= 0):
            return 0
        read = row if kind[row] == READ else read
        write = row if kind[row] == WRITE else write
    if read < 0 or write < 0:
        return 0
    length, distance = _size_at(size, before, long_sizes, read), address[read] - address[write]
    is_apart = distance >= length or -distance >= length
    return distance if is_apart and length == _size_at(size, before, long_sizes, write) else 0


@njit(cache=True)  # type: ignore[untyped-decorator]
def _copy(
    wanted_kind: int, distance: int, begin: int, end: int, kind: Bytes, size: Bytes, address: Words, before: Words,
    long_sizes: Words, lookup: Words, alive: Bytes,
) -> int:  # fmt: skip
    """Set each byte at `distance` from one that is set in the accesses of this kind; return how many are new."""
    added = 0
    for row in range(begin, end):
        if kind[row] == wanted_kind:
            for place in range(address[row], address[row] + _size_at(size, before, long_sizes, row)):
                if alive[_at(lookup, place)]:
                    at = _at(lookup, place + distance)
                    added += alive[at] == 0
                    alive[at] = 1
    return added


@njit(cache=True)  # type: ignore[untyped-decorator]
def _has(wanted_kind: int, begin: int, end: int, kind: Bytes) -> bool:
    for row in range(begin, end):  # noqa: SIM110 -- compiled, a loop is faster than a generator
        if kind[row] == wanted_kind:
            return True
    return False


@njit(cache=True)  # type: ignore[untyped-decorator]
def _rows_of_slot(wanted_kind: int, slot: int, begin: int, end: int, kind: Bytes) -> tuple[int, int]:
    """Return the row of a slot, which counts from 1, as the rows to look at: all where not each slot has one."""
    count, found = 0, begin
    for row in range(begin, end):
        if kind[row] == wanted_kind:
            count += 1
            if count == slot:
                found = row
    return (found, found + 1) if count == (SLOTS_WRITTEN if wanted_kind == WRITE else SLOTS_READ) else (begin, end)


@njit(cache=True)  # type: ignore[untyped-decorator]
def _any_in_slot(
    wanted_kind: int, slot: int, begin: int, end: int, kind: Bytes, size: Bytes, address: Words, before: Words,
    long_sizes: Words, lookup: Words, alive: Bytes,
) -> bool:  # fmt: skip
    first, last = _rows_of_slot(wanted_kind, slot, begin, end, kind)
    return _any_in(wanted_kind, first, last, kind, size, address, before, long_sizes, lookup, alive)  # type: ignore[no-any-return]


@njit(cache=True)  # type: ignore[untyped-decorator]
def _fill_in_slot(
    wanted_kind: int, slot: int, begin: int, end: int, kind: Bytes, size: Bytes, address: Words, before: Words,
    long_sizes: Words, lookup: Words, alive: Bytes,
) -> int:  # fmt: skip
    first, last = _rows_of_slot(wanted_kind, slot, begin, end, kind)
    return _fill_in(wanted_kind, 1, first, last, kind, size, address, before, long_sizes, lookup, alive)  # type: ignore[no-any-return]


# -- native: the walks --


@njit(cache=True)  # type: ignore[untyped-decorator]
def _back(
    column: npt.NDArray[np.uint32],
    counts: Bytes, kind: Bytes, size: Bytes, address: Words, before: Words, long_sizes: Words,
    first: Words, written_low: Words, written_high: Words, decides_low: Words, decides_high: Words,
    addresses_low: Words, addresses_high: Words, bits: Words,
    outputs_low: Words, outputs_high: Words, inputs_low: Words, inputs_high: Words, memory: Words,
    lookup: Words, alive: Bytes,
    row: int, decides_before: int, live: Words, wanted: int, marks: npt.NDArray[np.uint16], seen: Words,
) -> None:  # fmt: skip
    low, high = live[0], live[1]
    for step in range(len(column) - 1, -1, -1):
        flow, end, mark = np.int64(column[step]), row, 0
        row -= counts[step]
        is_hit = wanted > 0 and row < end and _any_in(
            WRITE, row, end, kind, size, address, before, long_sizes, lookup, alive
        )  # fmt: skip
        if is_hit or (written_low[flow] & low) | (written_high[flow] & high) != 0:
            kill_low, kill_high, add_low, add_high, does = 0, 0, 0, 0, 0
            for rule in range(first[flow], first[flow + 1]):
                is_live = (outputs_low[rule] & low) | (outputs_high[rule] & high) != 0
                stores = is_hit and memory[rule] & _WRITES_MEMORY != 0
                if stores and memory[rule] >> SLOT_SHIFT:
                    slot = memory[rule] >> SLOT_SHIFT
                    stores = _any_in_slot(
                        WRITE, slot, row, end, kind, size, address, before, long_sizes, lookup, alive
                    )  # fmt: skip
                if is_live or stores:
                    mark |= 1 << (rule - first[flow])
                    kill_low |= outputs_low[rule]
                    kill_high |= outputs_high[rule]
                    add_low |= inputs_low[rule]
                    add_high |= inputs_high[rule]
                    does |= memory[rule]
                    if memory[rule] >> SLOT_SHIFT and memory[rule] & _READS_MEMORY:
                        does &= ~_READS_MEMORY  # no other rule of such a step reads
                        slot = memory[rule] >> SLOT_SHIFT
                        wanted += _fill_in_slot(
                            READ, slot, row, end, kind, size, address, before, long_sizes, lookup, alive
                        )  # fmt: skip
            low, high = (low & ~kill_low) | add_low, (high & ~kill_high) | add_high
            if is_hit and mark:
                distance = 0
                if does & _BYTEWISE:
                    distance = _distance(row, end, kind, size, address, before, long_sizes)
                if distance != 0:
                    does &= ~_READS_MEMORY
                    wanted += _copy(
                        WRITE, distance, row, end, kind, size, address, before, long_sizes, lookup, alive
                    )  # fmt: skip
                wanted -= _fill_in(WRITE, 0, row, end, kind, size, address, before, long_sizes, lookup, alive)
            if does & _READS_MEMORY and row < end:
                wanted += _fill_in(READ, 1, row, end, kind, size, address, before, long_sizes, lookup, alive)
        if wanted > 0 and bits[flow] & _WALKS and _any_in(
            WALKED, row, end, kind, size, address, before, long_sizes, lookup, alive
        ):  # fmt: skip
            for rule in range(first[flow], first[flow + 1]):
                if memory[rule] & _OF_WALK:
                    mark |= 1 << (rule - first[flow])
                    low |= inputs_low[rule]
                    high |= inputs_high[rule]
        if mark:
            seen[flow << MOST_RULES | mark, 0] += 1
            seen[flow << MOST_RULES | mark, 1] = step
        if step < decides_before:
            if bits[flow] & _DECIDES:
                mark |= DECIDED
                low |= decides_low[flow]
                high |= decides_high[flow]
                if bits[flow] & _DECIDES_BY_MEMORY:
                    wanted += _fill_in(READ, 1, row, end, kind, size, address, before, long_sizes, lookup, alive)
            has_places = addresses_low[flow] | addresses_high[flow] != 0
            if wanted > 0 and has_places and _has(WRITE, row, end, kind):
                mark |= PLACED
                low |= addresses_low[flow]
                high |= addresses_high[flow]
        if mark:
            marks[step] = mark
    live[0], live[1] = low, high


@njit(cache=True)  # type: ignore[untyped-decorator]
def _on(
    column: npt.NDArray[np.uint32],
    begin: int,
    counts: Bytes, kind: Bytes, size: Bytes, address: Words, before: Words, long_sizes: Words,
    first: Words, written_low: Words, written_high: Words, decides_low: Words, decides_high: Words,
    addresses_low: Words, addresses_high: Words, bits: Words,
    outputs_low: Words, outputs_high: Words, inputs_low: Words, inputs_high: Words, memory: Words,
    lookup: Words, alive: Bytes,
    row: int, live: Words, reached: int, marks: npt.NDArray[np.uint16],
) -> None:  # fmt: skip
    low, high = live[0], live[1]
    for position in range(len(column)):
        flow, start, mark = np.int64(column[position]), row, 0
        row += counts[begin + position]
        is_walked = False
        if bits[flow] & _WALKS:
            for rule in range(first[flow], first[flow + 1]):
                if memory[rule] & _OF_WALK and (inputs_low[rule] & low) | (inputs_high[rule] & high) != 0:
                    reached += _fill_in(WALKED, 1, start, row, kind, size, address, before, long_sizes, lookup, alive)
            is_walked = _any_in(WALKED, start, row, kind, size, address, before, long_sizes, lookup, alive)
        is_read = reached > 0 and row > start and _any_in(
            READ, start, row, kind, size, address, before, long_sizes, lookup, alive
        )  # fmt: skip
        does_write = row > start and _has(WRITE, start, row, kind)
        make_low, make_high, storing, goes_by, slots = 0, 0, 0, False, 0
        for rule in range(first[flow], first[flow + 1]):
            if memory[rule] & _OF_WALK:
                mark |= np.int64(is_walked) << (rule - first[flow])
                continue
            is_used = (inputs_low[rule] & low) | (inputs_high[rule] & high) != 0
            loads, slot = is_read and memory[rule] & _READS_MEMORY != 0, memory[rule] >> SLOT_SHIFT
            if loads and slot:
                loads = _any_in_slot(READ, slot, start, row, kind, size, address, before, long_sizes, lookup, alive)
            if is_used or loads:
                make_low |= outputs_low[rule]
                make_high |= outputs_high[rule]
                writes = does_write and memory[rule] & _WRITES_MEMORY != 0
                if writes and slot:
                    slots |= 1 << slot
                elif writes:
                    storing, goes_by = memory[rule], is_used
                if writes or outputs_low[rule] | outputs_high[rule] != 0:
                    mark |= 1 << (rule - first[flow])
        if bits[flow] & _DECIDES:
            by_register = (decides_low[flow] & low) | (decides_high[flow] & high) != 0
            if by_register or (is_read and bits[flow] & _DECIDES_BY_MEMORY != 0):
                mark |= DECIDED
        if does_write and (reached > 0 or storing or slots):
            distance = 0
            if storing & _BYTEWISE and not goes_by:
                distance = _distance(start, row, kind, size, address, before, long_sizes)
            reached -= _fill_in(WRITE, 0, start, row, kind, size, address, before, long_sizes, lookup, alive)
            if distance != 0:
                reached += _copy(
                    READ, -distance, start, row, kind, size, address, before, long_sizes, lookup, alive
                )  # fmt: skip
            elif storing:
                reached += _fill_in(WRITE, 1, start, row, kind, size, address, before, long_sizes, lookup, alive)
            for slot in range(1, SLOTS_WRITTEN + 1):
                if slots >> slot & 1:
                    reached += _fill_in_slot(
                        WRITE, slot, start, row, kind, size, address, before, long_sizes, lookup, alive
                    )  # fmt: skip
        low = (low & ~written_low[flow]) | make_low
        high = (high & ~written_high[flow]) | make_high
        if mark:
            marks[position] = mark
        if reached == 0 and low | high == 0:
            break
    live[0], live[1] = low, high
