"""Walk long traces backwards and forwards in native code; `backward.py` and `forward.py` say what is done.

The walks are compiled by Numba and kept on disk. Locations are two words of 64 bits; which bytes of memory are
wanted (or tainted) is a byte each, in one row for each 4 KiB frame that the trace touches. Numbers are signed,
since Numba makes a float of a signed and an unsigned one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import numpy.typing as npt
from numba import njit

from allocator.trace.arrays import CHUNK, sizes_of
from allocator.trace.backward import DECIDED, PLACED, Marks, Wanted
from allocator.trace.flow import Flow
from allocator.trace.flow_table import FlowTable
from allocator.trace.schema import LONG, WRITE

if TYPE_CHECKING:
    from allocator.trace.trace import Trace

Words = npt.NDArray[np.int64]

_WRITES_MEMORY, _READS_MEMORY, _BYTEWISE = 1, 2, 4
_DECIDES, _DECIDES_BY_MEMORY = 1, 2


class _Flows(NamedTuple):
    """The flows of a table as arrays: by flow ``written``, ``decides``, ``addresses``, ``bits``; by rule the others."""

    first: Words
    written: Words
    decides: Words
    addresses: Words
    bits: Words
    outputs: Words
    inputs: Words
    memory: Words


class _Touches(NamedTuple):
    """The columns of accesses that the walks read, and the frames that they lie in."""

    counts: npt.NDArray[np.uint8]
    kind: npt.NDArray[np.uint8]
    size: npt.NDArray[np.uint8]
    address: Words
    before: Words
    long_sizes: Words
    frames: Words


def walk_back_natively(trace: Trace, table: FlowTable, moment: int, wanted: Wanted, control: bool) -> Marks:
    """Do what `walk_back` does."""
    flows, touches = _index(trace, table)
    touches = _with_frames_of(touches, wanted.memory)
    alive = _alive(touches.frames, wanted.memory)
    locations = _split(wanted.locations)
    upto = min(moment, table.steps)
    marks = np.zeros(upto, np.uint8)
    row = trace.access_rows[upto]
    _back(table.column_before(upto), flows, touches, row, moment, locations, alive, len(wanted.memory), control, marks)
    steps = np.flatnonzero(marks)
    rest = Wanted(_joined(locations), _addresses(touches.frames, alive))
    return Marks(steps, marks[steps], rest)


def walk_on_natively(trace: Trace, table: FlowTable, origin: int, reached: Wanted) -> Marks:
    """Do what `walk_on` does."""
    flows, touches = _index(trace, table)
    touches = _with_frames_of(touches, reached.memory)
    alive = _alive(touches.frames, reached.memory)
    locations = _split(reached.locations)
    begin = min(origin + 1, table.steps)
    marks = np.zeros(table.steps - begin, np.uint8)
    column = trace.arrays.place[begin : table.steps]
    _on(column, begin, flows, touches, trace.access_rows[begin], locations, alive, len(reached.memory), marks)
    steps = np.flatnonzero(marks)
    rest = Wanted(_joined(locations), _addresses(touches.frames, alive))
    return Marks(steps + begin, marks[steps], rest)


# -- preparing --


def _index(trace: Trace, table: FlowTable) -> tuple[_Flows, _Touches]:
    if "_native_index" not in trace.__dict__:
        trace.__dict__["_native_index"] = _pack_flows(table.flows), _pack_touches(trace)
    found: tuple[_Flows, _Touches] = trace.__dict__["_native_index"]
    return found


def _pack_flows(flows: list[Flow]) -> _Flows:
    rules = [rule for flow in flows for rule in flow.rules]
    return _Flows(
        np.cumsum([0, *(len(flow.rules) for flow in flows)]),
        _words([flow.outputs for flow in flows]),
        _words([flow.decides for flow in flows]),
        _words([flow.addresses for flow in flows]),
        np.array([flow.is_decision * _DECIDES | flow.decides_by_memory * _DECIDES_BY_MEMORY for flow in flows]),
        _words([rule.outputs for rule in rules]),
        _words([rule.inputs for rule in rules]),
        np.array([rule.writes_memory | rule.reads_memory << 1 | rule.is_bytewise << 2 for rule in rules], np.int64),
    )


def _words(masks: list[int]) -> Words:
    pairs = [(mask & (1 << 64) - 1, mask >> 64) for mask in masks]
    return np.array(pairs, np.uint64).reshape(-1, 2).view(np.int64)


def _pack_touches(trace: Trace) -> _Touches:
    arrays = trace.arrays
    long_sizes = np.array([len(value.before) for value in trace.columns.long], np.int64)
    address = arrays.address.view(np.int64)
    return _Touches(
        arrays.accesses, arrays.kind, arrays.size, address, arrays.before.view(np.int64), long_sizes, _frames(trace)
    )


def _frames(trace: Trace) -> Words:
    """Return the numbers of all frames that the trace touches, ascending."""
    arrays, found = trace.arrays, [np.empty(0, np.int64)]
    address = arrays.address.view(np.int64)
    for begin in range(0, len(address), CHUNK):
        piece = address[begin : begin + CHUNK]
        for frames in (piece >> 12, piece + arrays.size[begin : begin + CHUNK] >> 12):
            is_new = np.concatenate([[True], frames[1:] != frames[:-1]])
            found.append(np.unique(frames[is_new]))
    rows = np.flatnonzero(arrays.size == LONG)
    for start, size in zip(address[rows].tolist(), sizes_of(trace.columns, arrays, rows).tolist(), strict=True):
        found.append(np.arange(start >> 12, (start + int(size) >> 12) + 1, dtype=np.int64))
    return np.unique(np.concatenate(found))


def _with_frames_of(touches: _Touches, memory: frozenset[int]) -> _Touches:
    wanted = _signed(memory) >> 12
    return touches._replace(frames=np.union1d(touches.frames, wanted))


def _alive(frames: Words, memory: frozenset[int]) -> npt.NDArray[np.uint8]:
    alive = np.zeros(len(frames) << 12, np.uint8)
    addresses = _signed(memory)
    alive[np.searchsorted(frames, addresses >> 12) << 12 | addresses & 0xFFF] = 1
    return alive


def _addresses(frames: Words, alive: npt.NDArray[np.uint8]) -> frozenset[int]:
    positions = np.flatnonzero(alive)
    addresses = frames[positions >> 12] << 12 | positions & 0xFFF
    return frozenset(addresses.view(np.uint64).tolist())


def _signed(memory: frozenset[int]) -> Words:
    return np.array(sorted(memory), np.uint64).view(np.int64)


def _split(mask: int) -> Words:
    return _words([mask])[0].copy()


def _joined(words: Words) -> int:
    low, high = words.view(np.uint64).tolist()
    return int(low) | int(high) << 64


# -- native: memory --


@njit(cache=True)  # type: ignore[untyped-decorator]
def _size_of(touches: Any, row: int) -> int:  # noqa: ANN401 -- compiled for the types that it is called with
    size = np.int64(touches.size[row])
    return touches.long_sizes[touches.before[row]] if size == LONG else size  # type: ignore[no-any-return]


@njit(cache=True)  # type: ignore[untyped-decorator]
def _at(frames: Words, address: int) -> int:
    """Return where the byte at `address` stands among the bytes of all frames."""
    low, high, frame = 0, len(frames), address >> 12
    while low < high:
        middle = (low + high) >> 1
        if frames[middle] < frame:
            low = middle + 1
        else:
            high = middle
    return low << 12 | address & 0xFFF


@njit(cache=True)  # type: ignore[untyped-decorator]
def _fill(frames: Words, alive: npt.NDArray[np.uint8], start: int, size: int, value: int) -> int:
    """Set `size` bytes to `value`; return how many had another one."""
    changed, done = 0, 0
    while done < size:
        at = _at(frames, start + done)
        for position in range(at, min(at + size - done, (at | 0xFFF) + 1)):
            changed += alive[position] != value
            alive[position] = value
            done += 1
    return changed


@njit(cache=True)  # type: ignore[untyped-decorator]
def _any(frames: Words, alive: npt.NDArray[np.uint8], start: int, size: int) -> bool:
    """Tell whether any of `size` bytes is set."""
    done = 0
    while done < size:
        at = _at(frames, start + done)
        for position in range(at, min(at + size - done, (at | 0xFFF) + 1)):
            if alive[position]:
                return True
            done += 1
    return False


@njit(cache=True)  # type: ignore[untyped-decorator]
def _copied(touches: Any, begin: int, end: int) -> int:  # noqa: ANN401
    """Return how far a plain copy, one read and one write of ranges apart, brings each byte; 0 where it is none."""
    if end - begin != 2 or touches.kind[begin] == touches.kind[begin + 1]:
        return 0
    read = begin if touches.kind[begin] != WRITE else begin + 1
    write = 2 * begin + 1 - read
    size, distance = _size_of(touches, read), touches.address[read] - touches.address[write]
    is_apart = distance >= size or -distance >= size
    return distance if is_apart and size == _size_of(touches, write) else 0  # type: ignore[no-any-return]


@njit(cache=True)  # type: ignore[untyped-decorator]
def _move(frames: Words, alive: npt.NDArray[np.uint8], start: int, size: int, distance: int) -> int:
    """Want each byte at `distance` from a wanted one; return how many are newly wanted."""
    added = 0
    for address in range(start, start + size):
        if alive[_at(frames, address)]:
            at = _at(frames, address + distance)
            added += alive[at] == 0
            alive[at] = 1
    return added


# -- native: backwards --


@njit(cache=True)  # type: ignore[untyped-decorator]
def _back(
    column: npt.NDArray[np.uint32],
    flows: Any,  # noqa: ANN401
    touches: Any,  # noqa: ANN401
    row: int,
    moment: int,
    live: Words,
    alive: npt.NDArray[np.uint8],
    wanted: int,
    control: bool,
    marks: npt.NDArray[np.uint8],
) -> None:
    for step in range(len(column) - 1, -1, -1):
        flow, end = column[step], row
        row -= touches.counts[step]
        is_hit = (flows.written[flow, 0] & live[0]) | (flows.written[flow, 1] & live[1]) != 0
        if is_hit or (wanted > 0 and row < end):
            mark, change = _explain(flow, flows, touches, row, end, live, alive, wanted)
            marks[step], wanted = mark, wanted + change
        if control and step < moment - 1:
            mark, change = _decide(flow, flows, touches, row, end, live, alive, wanted)
            marks[step] |= mark
            wanted += change


@njit(cache=True)  # type: ignore[untyped-decorator]
def _explain(
    flow: int,
    flows: Any,  # noqa: ANN401
    touches: Any,  # noqa: ANN401
    row: int,
    end: int,
    live: Words,
    alive: npt.NDArray[np.uint8],
    wanted: int,
) -> tuple[int, int]:
    """Go back over one step; return its mark and how many more bytes are wanted."""
    is_hit = wanted > 0 and _is_written(touches, row, end, alive)
    mark = _fired(flow, flows, live, is_hit)
    if not mark:
        return 0, 0
    first, change = flows.first[flow], 0
    distance = _copied(touches, row, end) if is_hit else 0
    if distance != 0 and mark & 1 and flows.memory[first] & _BYTEWISE:
        change += _want_copied(touches, row, end, alive, distance)
    else:
        distance = 0
    if is_hit:
        change -= _forget_written(touches, row, end, alive)
    for number in range(flows.first[flow + 1] - first):
        if mark >> number & 1:
            live &= ~flows.outputs[first + number]
    for number in range(flows.first[flow + 1] - first):
        if mark >> number & 1:
            live |= flows.inputs[first + number]
            if flows.memory[first + number] & _READS_MEMORY and not (number == 0 and distance != 0):
                change += _want_read(touches, row, end, alive)
    return mark, change


@njit(cache=True)  # type: ignore[untyped-decorator]
def _fired(flow: int, flows: Any, live: Words, is_hit: bool) -> int:  # noqa: ANN401
    first, mark = flows.first[flow], 0
    for rule in range(first, flows.first[flow + 1]):
        is_wanted = (flows.outputs[rule, 0] & live[0]) | (flows.outputs[rule, 1] & live[1]) != 0
        if is_wanted or (is_hit and flows.memory[rule] & _WRITES_MEMORY):
            mark |= 1 << (rule - first)
    return mark


@njit(cache=True)  # type: ignore[untyped-decorator]
def _decide(
    flow: int,
    flows: Any,  # noqa: ANN401
    touches: Any,  # noqa: ANN401
    row: int,
    end: int,
    live: Words,
    alive: npt.NDArray[np.uint8],
    wanted: int,
) -> tuple[int, int]:
    """Want what a step decided by, and what its stores went by; return its mark and how many more bytes are wanted."""
    mark, change = 0, 0
    if flows.bits[flow] & _DECIDES:
        mark |= DECIDED
        live |= flows.decides[flow]
        if flows.bits[flow] & _DECIDES_BY_MEMORY:
            change += _want_read(touches, row, end, alive)
    has_places = (flows.addresses[flow, 0] | flows.addresses[flow, 1]) != 0
    if wanted + change > 0 and has_places and _writes(touches, row, end):
        mark |= PLACED
        live |= flows.addresses[flow]
    return mark, change


@njit(cache=True)  # type: ignore[untyped-decorator]
def _is_written(touches: Any, begin: int, end: int, alive: npt.NDArray[np.uint8]) -> bool:  # noqa: ANN401
    for row in range(begin, end):
        if touches.kind[row] == WRITE:
            if _any(touches.frames, alive, touches.address[row], _size_of(touches, row)):
                return True
    return False


@njit(cache=True)  # type: ignore[untyped-decorator]
def _writes(touches: Any, begin: int, end: int) -> bool:  # noqa: ANN401
    for row in range(begin, end):
        if touches.kind[row] == WRITE:
            return True
    return False


@njit(cache=True)  # type: ignore[untyped-decorator]
def _forget_written(touches: Any, begin: int, end: int, alive: npt.NDArray[np.uint8]) -> int:  # noqa: ANN401
    forgotten = 0
    for row in range(begin, end):
        if touches.kind[row] == WRITE:
            forgotten += _fill(touches.frames, alive, touches.address[row], _size_of(touches, row), 0)
    return forgotten


@njit(cache=True)  # type: ignore[untyped-decorator]
def _want_read(touches: Any, begin: int, end: int, alive: npt.NDArray[np.uint8]) -> int:  # noqa: ANN401
    added = 0
    for row in range(begin, end):
        if touches.kind[row] != WRITE:
            added += _fill(touches.frames, alive, touches.address[row], _size_of(touches, row), 1)
    return added


@njit(cache=True)  # type: ignore[untyped-decorator]
def _want_copied(
    touches: Any,  # noqa: ANN401
    begin: int,
    end: int,
    alive: npt.NDArray[np.uint8],
    distance: int,
) -> int:
    for row in range(begin, end):
        if touches.kind[row] == WRITE:
            return _move(touches.frames, alive, touches.address[row], _size_of(touches, row), distance)
    return 0


# -- native: forwards --


@njit(cache=True)  # type: ignore[untyped-decorator]
def _on(
    column: npt.NDArray[np.uint32],
    begin: int,
    flows: Any,  # noqa: ANN401
    touches: Any,  # noqa: ANN401
    row: int,
    live: Words,
    alive: npt.NDArray[np.uint8],
    reached: int,
    marks: npt.NDArray[np.uint8],
) -> None:
    for position in range(len(column)):
        flow, start = column[position], row
        row += touches.counts[begin + position]
        is_read = reached > 0 and _is_read(touches, start, row, alive)
        fired = _used(flow, flows, live, is_read)
        does_write = _writes(touches, start, row)
        marks[position] = _mark(flow, flows, live, fired, is_read, does_write)
        if does_write and (reached > 0 or fired):
            reached += _reach_written(flow, flows, touches, start, row, live, alive, fired)
        if fired or (flows.written[flow, 0] & live[0]) | (flows.written[flow, 1] & live[1]) != 0:
            first = flows.first[flow]
            for number in range(flows.first[flow + 1] - first):
                if fired >> number & 1:
                    live |= flows.outputs[first + number]
                else:
                    live &= ~flows.outputs[first + number]
        if reached == 0 and live[0] | live[1] == 0:
            return


@njit(cache=True)  # type: ignore[untyped-decorator]
def _used(flow: int, flows: Any, live: Words, is_read: bool) -> int:  # noqa: ANN401
    first, fired = flows.first[flow], 0
    for rule in range(first, flows.first[flow + 1]):
        is_used = (flows.inputs[rule, 0] & live[0]) | (flows.inputs[rule, 1] & live[1]) != 0
        if is_used or (is_read and flows.memory[rule] & _READS_MEMORY):
            fired |= 1 << (rule - first)
    return fired


@njit(cache=True)  # type: ignore[untyped-decorator]
def _mark(flow: int, flows: Any, live: Words, fired: int, is_read: bool, does_write: bool) -> int:  # noqa: ANN401
    mark, first = 0, flows.first[flow]
    for number in range(flows.first[flow + 1] - first):
        rule = first + number
        has_output = flows.outputs[rule, 0] | flows.outputs[rule, 1] != 0
        if fired >> number & 1 and (has_output or (does_write and flows.memory[rule] & _WRITES_MEMORY)):
            mark |= 1 << number
    if flows.bits[flow] & _DECIDES:
        goes_by = (flows.decides[flow, 0] & live[0]) | (flows.decides[flow, 1] & live[1]) != 0
        if goes_by or (is_read and flows.bits[flow] & _DECIDES_BY_MEMORY):
            mark |= DECIDED
    return mark


@njit(cache=True)  # type: ignore[untyped-decorator]
def _is_read(touches: Any, begin: int, end: int, alive: npt.NDArray[np.uint8]) -> bool:  # noqa: ANN401
    for row in range(begin, end):
        if touches.kind[row] != WRITE:
            if _any(touches.frames, alive, touches.address[row], _size_of(touches, row)):
                return True
    return False


@njit(cache=True)  # type: ignore[untyped-decorator]
def _reach_written(
    flow: int,
    flows: Any,  # noqa: ANN401
    touches: Any,  # noqa: ANN401
    begin: int,
    end: int,
    live: Words,
    alive: npt.NDArray[np.uint8],
    fired: int,
) -> int:
    """Reach or leave the bytes that a step writes; return how many more are reached."""
    rule = _memory_rule(flow, flows, fired)
    distance = 0
    if rule >= 0 and flows.memory[rule] & _BYTEWISE:
        goes_by = (flows.inputs[rule, 0] & live[0]) | (flows.inputs[rule, 1] & live[1]) != 0
        distance = 0 if goes_by else _copied(touches, begin, end)
    change = -_forget_written(touches, begin, end, alive)
    for row in range(begin, end):
        if touches.kind[row] == WRITE and rule >= 0:
            start, size = touches.address[row], _size_of(touches, row)
            if distance == 0:
                change += _fill(touches.frames, alive, start, size, 1)
            else:
                change += _move(touches.frames, alive, start + distance, size, -distance)
    return change


@njit(cache=True)  # type: ignore[untyped-decorator]
def _memory_rule(flow: int, flows: Any, fired: int) -> int:  # noqa: ANN401
    first = flows.first[flow]
    for number in range(flows.first[flow + 1] - first):
        if fired >> number & 1 and flows.memory[first + number] & _WRITES_MEMORY:
            return first + number  # type: ignore[no-any-return]
    return -1
