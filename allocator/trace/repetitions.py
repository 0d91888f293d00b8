"""Fold the accesses of repeated string instructions: one for each side, however often it went round.

The native hooks write a row for every round. What people want to see is that ``rep stosb`` stored so many
bytes from here to there.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import numpy.typing as npt

from allocator.trace.schema import ACCESS_COLUMNS, LONG, READ, WRITE, LongValue

Rows = dict[str, npt.NDArray[Any]]
"""Columns of the table of accesses, by name."""

NAMES = ACCESS_COLUMNS


def fold_repetitions(
    rows: Rows, counts: npt.NDArray[np.uint8], rounds: Mapping[int, int], two_strings: Mapping[int, bool]
) -> tuple[Rows, npt.NDArray[np.uint8], list[LongValue]]:
    """Return the table of accesses, the counts of rows of each step, and the long values, all folded.

    ``rows`` may have more columns than those: then a folded access has what its lowest row has.

    ``counts`` has the rows of each step, 0 for a repeated one, whose rows ``rounds`` counts; ``two_strings`` tells
    which of those read two strings in turn (CMPS).
    """
    if not rounds:
        return rows, counts, []
    long: list[LongValue] = []
    ends = _row_ends(counts, rounds)
    counts = counts.copy()
    pieces: list[Rows] = []
    done = 0
    for step, count in sorted(rounds.items()):
        end = int(ends[step])
        folded = _fold({name: rows[name][end - count : end] for name in rows}, two_strings[step], long)
        pieces += [{name: rows[name][done : end - count] for name in rows}, folded]
        counts[step] = len(folded["kind"])
        done = end
    pieces.append({name: rows[name][done:] for name in rows})
    return {name: np.concatenate([piece[name] for piece in pieces]) for name in rows}, counts, long


def _row_ends(counts: npt.NDArray[np.uint8], rounds: Mapping[int, int]) -> npt.NDArray[np.int64]:
    raw = counts.astype(np.int64)
    raw[list(rounds)] = list(rounds.values())
    return np.cumsum(raw)


def _fold(rows: Rows, has_two_strings: bool, long: list[LongValue]) -> Rows:
    reads, writes = np.flatnonzero(rows["kind"] == READ), np.flatnonzero(rows["kind"] == WRITE)
    sides = [reads[0::2], reads[1::2], writes] if has_two_strings else [reads, writes]
    joined = [_join({name: rows[name][side] for name in rows}, long) for side in sides if len(side)]
    return {name: np.array([row[name] for row in joined], rows[name].dtype) for name in rows}


def _join(rows: Rows, long: list[LongValue]) -> dict[str, int]:
    order = np.argsort(rows["address"], kind="stable")
    joined = {name: int(column[order[0]]) for name, column in rows.items()}
    before, after = (_bytes_of(rows[name][order], rows["size"][order]) for name in ("before", "after"))
    if len(before) <= 8:
        return {**joined, "size": len(before), "before": _number(before), "after": _number(after)}
    long.append(LongValue(before, after if joined["kind"] == WRITE else before))
    return {**joined, "size": LONG, "before": len(long) - 1, "after": len(long) - 1}


def _bytes_of(values: npt.NDArray[np.uint64], sizes: npt.NDArray[np.uint8]) -> bytes:
    is_inside = np.arange(8) < sizes[:, None]  # where a round crosses into another frame it has two rows
    return values.astype("<u8").view(np.uint8).reshape(-1, 8)[is_inside].tobytes()


def _number(value: bytes) -> int:
    return int.from_bytes(value, "little")
