"""Cut a trace into pieces of many steps, each with what the writers of long texts need, as columns.

A piece knows what each changed register held before, which the columns of a trace do not say, and which of its steps
are unusual: repeated string instructions, long or physical accesses,
those of the machine itself, more changes than usual. Those are left to the
writer that makes one line at a time.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from allocator.registers import FULL
from allocator.trace.schema import LONG
from allocator.trace.trace import Trace
from allocator.views.blocks import Numbers

STEPS_A_PIECE = 8192
MOST_CHANGES = 3
"""Registers and accesses of a step that are written by columns."""
MOST_ACCESSES = 2
RFLAGS = FULL.index("rflags")


class ChangeRows(NamedTuple):
    """The n-th changed register (flags apart) of those steps that have one."""

    steps: Numbers
    register: Numbers
    before: Numbers
    after: Numbers


class AccessRows(NamedTuple):
    """The n-th access of those steps that have one."""

    steps: Numbers
    kind: Numbers
    size: Numbers
    address: Numbers
    before: Numbers
    after: Numbers


class Piece(NamedTuple):
    """Some steps in a row, numbered from `first`; the rows below count from there.

    ``next_place`` is -1 for the last step of a trace. ``flags_before`` and ``flags_after`` are RFLAGS around each step.
    """

    first: int
    place: Numbers
    next_place: Numbers
    flags_before: Numbers
    flags_after: Numbers
    changes: list[ChangeRows]
    accesses: list[AccessRows]
    unusual: list[int]

    def __len__(self) -> int:
        return len(self.place)


def pieces(trace: Trace) -> Iterator[Piece]:
    """Yield the whole trace, piece after piece."""
    state = np.array([trace.start[name] for name in FULL], dtype=np.uint64)
    arrays = trace.arrays
    change = access = 0
    for first in range(0, len(trace), STEPS_A_PIECE):
        steps = slice(first, min(first + STEPS_A_PIECE, len(trace)))
        changes = slice(change, change := change + int(arrays.changes[steps].sum(dtype=np.int64)))
        accesses = slice(access, access := access + int(arrays.accesses[steps].sum(dtype=np.int64)))
        yield _piece(trace, steps, changes, accesses, state)


def _piece(trace: Trace, steps: slice, changes: slice, accesses: slice, state: npt.NDArray[np.uint64]) -> Piece:
    """Return one piece, and advance `state` behind it."""
    arrays = trace.arrays
    count = steps.stop - steps.start
    register, value = arrays.register[changes], arrays.value[changes]
    before = _values_before(register, value, state)
    owners = np.repeat(np.arange(count), arrays.changes[steps])
    is_flags = register == RFLAGS
    flags_before, flags_after = _flags_around(owners[is_flags], value[is_flags], count, state[RFLAGS])
    _, last = np.unique(register[::-1], return_index=True)
    state[register[::-1][last]] = value[::-1][last]
    others = ~is_flags
    change_groups = [
        ChangeRows(owners[others][rows], register[others][rows], before[others][rows], value[others][rows])
        for rows in _by_rank(owners[others], MOST_CHANGES)
    ]
    access_owners = np.repeat(np.arange(count), arrays.accesses[steps])
    columns = [getattr(arrays, name)[accesses] for name in AccessRows._fields[1:]]
    access_groups = [
        AccessRows(access_owners[rows], *(column[rows] for column in columns))
        for rows in _by_rank(access_owners, MOST_ACCESSES)
    ]
    following = np.append(arrays.place[steps.start + 1 : steps.stop + 1].astype(np.int64), -1)[:count]
    unusual = _unusual(trace, steps, accesses, owners[others], access_owners)
    return Piece(
        steps.start, arrays.place[steps], following, flags_before, flags_after, change_groups, access_groups, unusual
    )


def _values_before(register: Numbers, value: Numbers, state: Numbers) -> Numbers:
    """Return for each change what the register held before it."""
    order = np.argsort(register, kind="stable")
    ordered = register[order]
    previous = np.empty(len(order), dtype=np.uint64)
    is_first = np.concatenate(([True], ordered[1:] != ordered[:-1]))[: len(order)]
    previous[1:] = value[order][:-1]
    previous[is_first] = state[ordered[is_first]]
    before = np.empty_like(previous)
    before[order] = previous
    return before


def _flags_around(steps: Numbers, values: Numbers, count: int, start: np.uint64) -> tuple[Numbers, Numbers]:
    known = np.concatenate(([start], values))
    changed = np.zeros(count, dtype=np.int64)
    changed[steps] = 1
    after = np.cumsum(changed)
    return known[after - changed], known[after]


def _by_rank(owners: Numbers, most: int) -> list[Numbers]:
    """Return the rows that are the first, the second ... of their owner."""
    ranks = np.arange(len(owners)) - np.searchsorted(owners, owners)
    return [np.flatnonzero(ranks == rank) for rank in range(most) if (ranks == rank).any()]


def _unusual(trace: Trace, steps: slice, accesses: slice, owners: Numbers, access_owners: Numbers) -> list[int]:
    columns = trace.columns
    count = steps.stop - steps.start
    found = np.zeros(count, dtype=bool)
    found |= np.bincount(owners, minlength=count) > MOST_CHANGES
    found |= np.bincount(access_owners, minlength=count) > MOST_ACCESSES
    found[access_owners[trace.arrays.size[accesses] == LONG]] = True
    for step in columns.repeats:
        if steps.start <= step < steps.stop:
            found[step - steps.start] = True
    for row in (*columns.physical, *columns.makers):
        if accesses.start <= row < accesses.stop:
            found[access_owners[row - accesses.start]] = True
    steps_found: list[int] = np.flatnonzero(found).tolist()
    return steps_found
