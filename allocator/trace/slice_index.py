"""Lay out a trace for the native walks: its flows, its accesses and the frames that they lie in, as arrays."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple
from weakref import WeakKeyDictionary

import numpy as np
import numpy.typing as npt

from allocator.trace.arrays import CHUNK, sizes_of
from allocator.trace.backward import WALKED
from allocator.trace.flow import Flow, Rule
from allocator.trace.flow_table import FlowTable
from allocator.trace.schema import LONG, MMU

if TYPE_CHECKING:
    from allocator.trace.trace import Trace

SLOT_SHIFT = 4
"""Where in the word of a rule's memory the number of its slot begins; 0 for none, so that slots count from 1."""
Words = npt.NDArray[np.int64]
Bytes = npt.NDArray[np.uint8]


class Flows(NamedTuple):
    """The flows of a table as arrays; of each pair of words the lower one first.

    By flow: the number of its ``first`` rule, what it ``written``, ``decides`` by, its ``addresses``, and ``bits``. By
    rule: ``outputs``, ``inputs`` and what it does with ``memory``.
    """

    first: Words
    written_low: Words
    written_high: Words
    decides_low: Words
    decides_high: Words
    addresses_low: Words
    addresses_high: Words
    bits: Words
    outputs_low: Words
    outputs_high: Words
    inputs_low: Words
    inputs_high: Words
    memory: Words


class Touches(NamedTuple):
    """The columns of accesses that the walks read."""

    counts: npt.NDArray[np.uint16]
    kind: Bytes
    size: Bytes
    address: Words
    before: Words
    long_sizes: Words


class Index(NamedTuple):
    """What is found out once for a trace: its flows, its accesses, and the frames that they lie in."""

    flows: Flows
    touches: Touches
    frames: Words


_PACKED: WeakKeyDictionary[FlowTable, Flows] = WeakKeyDictionary()


def index_of(trace: Trace, table: FlowTable) -> Index:
    """Return the index of `trace`, which keeps it."""
    if table not in _PACKED:
        _PACKED[table] = _pack_flows(table.flows)
    if "_native_touches" not in trace.__dict__:
        trace.__dict__["_native_touches"] = _pack_touches(trace), _frames(trace)
    return Index(_PACKED[table], *trace.__dict__["_native_touches"])


def _pack_flows(flows: list[Flow]) -> Flows:
    rules = [rule for flow in flows for rule in flow.rules]
    return Flows(
        np.cumsum([0, *(len(flow.rules) for flow in flows)]),
        *_words([flow.outputs for flow in flows]),
        *_words([flow.decides for flow in flows]),
        *_words([flow.addresses for flow in flows]),
        np.array([_bits(flow) for flow in flows], np.int64),
        *_words([rule.outputs for rule in rules]),
        *_words([rule.inputs for rule in rules]),
        np.array([_memory_bits(rule) for rule in rules], np.int64),
    )


def _bits(flow: Flow) -> int:
    return flow.is_decision | flow.decides_by_memory << 1 | any(rule.walks for rule in flow.rules) << 2


def _memory_bits(rule: Rule) -> int:
    bits = rule.writes_memory | rule.reads_memory << 1 | rule.is_bytewise << 2 | rule.walks << 3
    return bits | rule.slot + 1 << SLOT_SHIFT


def _words(masks: list[int]) -> tuple[Words, Words]:
    low = np.array([mask & (1 << 64) - 1 for mask in masks], np.uint64)
    return low.view(np.int64), np.array([mask >> 64 for mask in masks], np.int64)


def _pack_touches(trace: Trace) -> Touches:
    arrays = trace.physical_search.arrays
    long_sizes = np.array([len(value.before) for value in trace.columns.long], np.int64)
    words = arrays.address.view(np.int64), arrays.before.view(np.int64)
    return Touches(arrays.accesses, _kinds(trace), arrays.size, *words, long_sizes)


def _kinds(trace: Trace) -> Bytes:
    walked = [row for row, maker in trace.columns.makers.items() if maker == MMU]
    if not walked:
        return trace.arrays.kind
    kinds: Bytes = trace.arrays.kind.copy()
    kinds[walked] = WALKED
    return kinds


def _frames(trace: Trace) -> Words:
    """Return the numbers of all physical frames that the trace touches, ascending."""
    arrays, found = trace.physical_search.arrays, [np.empty(0, np.int64)]
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
