"""Write a long trace as JSON lines, many at a time: the same characters as `jsonl`, which makes one line at a time."""

from __future__ import annotations

import json
from collections.abc import Iterator

import numpy as np

from allocator.registers import FLAGS, FULL
from allocator.trace.schema import ACCESS_KINDS
from allocator.trace.trace import Trace
from allocator.views.blocks import (
    Block,
    constant,
    decimal,
    hexadecimal,
    join_blocks,
    rendered,
    scattered,
    table_of,
)
from allocator.views.jsonl import header_object, step_object
from allocator.views.step_columns import AccessRows, ChangeRows, Piece, pieces

_EMPTY = '"repeat": 1, "registers": {'


def jsonl_texts(trace: Trace) -> Iterator[str]:
    """Yield the header, then texts of many lines each, without the end of the last line."""
    yield json.dumps(header_object(trace))
    writer = _Writer(trace)
    for piece in pieces(trace):
        yield writer.text(piece)


class _Writer:
    """What is rendered once for a trace."""

    def __init__(self, trace: Trace) -> None:
        self._trace = trace
        self._places = self._place_table()
        self._registers = table_of(f'"{name}": ["0x' for name in FULL)
        self._kinds = table_of(f'{{"kind": "{kind}", "by": "program", "address": "0x' for kind in ACCESS_KINDS)

    def _place_table(self) -> Block:
        """Return what a line says of its place: everything from `address` to `line`."""
        texts = [""] * len(self._trace.columns.places)
        numbers, first_steps = np.unique(self._trace.arrays.place, return_index=True)
        for number, step in zip(numbers.tolist(), first_steps.tolist(), strict=True):
            line = json.dumps(step_object(self._trace[step]))
            texts[number] = line[line.index(', "address"') : line.index('"repeat": ')]
        return table_of(texts)

    def text(self, piece: Piece) -> str:
        """Return the lines of one piece."""
        rows = len(piece)
        blocks = [
            constant('{"step": ', rows),
            decimal(np.arange(piece.first, piece.first + rows)),
            self._places[piece.place],
            constant(_EMPTY, rows),
            *(self._changes(changes, rows, rank) for rank, changes in enumerate(piece.changes)),
            constant('}, "flags": {', rows),
            self._flags(piece),
            constant('}, "accesses": [', rows),
            *(self._accesses(accesses, rows, rank) for rank, accesses in enumerate(piece.accesses)),
            constant("]}\n", rows),
        ]
        text = join_blocks(blocks)[:-1]
        return self._with_unusual(text, piece) if piece.unusual else text

    def _changes(self, changes: ChangeRows, rows: int, rank: int) -> Block:
        count = len(changes.steps)
        parts = [
            constant(", " if rank else "", count),
            self._registers[changes.register],
            hexadecimal(changes.before),
            constant('", "0x', count),
            hexadecimal(changes.after),
            constant('"]', count),
        ]
        return scattered(changes.steps, parts, rows)

    def _flags(self, piece: Piece) -> Block:
        pairs = piece.flags_before << np.uint64(32) | piece.flags_after & np.uint64(0xFFFF_FFFF)
        return rendered(pairs, _flag_text)

    def _accesses(self, accesses: AccessRows, rows: int, rank: int) -> Block:
        count = len(accesses.steps)
        address = hexadecimal(accesses.address)
        parts = [
            constant(", " if rank else "", count),
            self._kinds[accesses.kind],
            address,
            constant('", "physical": "0x', count),
            address,
            constant('", "size": ', count),
            decimal(accesses.size),
            constant(', "before": "0x', count),
            hexadecimal(accesses.before),
            constant('", "after": "0x', count),
            hexadecimal(accesses.after),
            constant('"}', count),
        ]
        return scattered(accesses.steps, parts, rows)

    def _with_unusual(self, text: str, piece: Piece) -> str:
        lines = text.split("\n")
        for row in piece.unusual:
            lines[row] = json.dumps(step_object(self._trace[piece.first + row]))
        return "\n".join(lines)


def _flag_text(pair: int) -> str:
    before, after = pair >> 32, pair & 0xFFFF_FFFF
    return ", ".join(
        f'"{name}": [{before >> bit & 1}, {after >> bit & 1}]'
        for name, bit in FLAGS.items()
        if (before ^ after) >> bit & 1
    )
