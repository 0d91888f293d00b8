r"""Write many lines at once: blocks of characters, one row a line, that are put side by side and squeezed.

    blocks      {"step":   9 . . , "text": "lodsb" . . . "rsi": "0x 1 2 0 0 0 . "}
                {"step":   1 0 . , "text": "inc rcx" . . . . . . . . . . . . . }
    joined      {"step": 9, "text": "lodsb" "rsi": "0x12000"}\n...                  without the NULs (.)

A block is an array of bytes, as wide as its longest row, padded with NULs, which no text here contains. What differs
little from line to line is rendered once and gathered from a table; numbers are formatted by columns.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

Block = npt.NDArray[np.uint8]
Numbers = npt.NDArray[Any]

_HEX = np.frombuffer(b"0123456789abcdef", dtype=np.uint8)
_POWERS = 10 ** np.arange(20, dtype=np.uint64)
_SIXTEENS = np.uint64(1) << np.arange(0, 64, 4, dtype=np.uint64)


def join_blocks(blocks: Sequence[Block]) -> str:
    """Return the rows as text, each block's part behind the other's."""
    return np.concatenate(blocks, axis=1).tobytes().translate(None, b"\0").decode()


def constant(text: str, rows: int) -> Block:
    """Return a block that holds `text` in each row."""
    return np.broadcast_to(np.frombuffer(text.encode(), dtype=np.uint8), (rows, len(text.encode())))


def table_of(texts: Iterable[str]) -> Block:
    """Return a block with a row for each text."""
    encoded = np.array([text.encode() for text in texts] or [b""], dtype=bytes)
    return (
        encoded.view(np.uint8).reshape(len(encoded), -1) if encoded.itemsize else np.zeros((len(encoded), 1), np.uint8)
    )


def rendered(keys: Numbers, render: Callable[[int], str]) -> Block:
    """Return a block of what `render` makes of each key; it is asked once for each distinct one."""
    distinct, index = np.unique(keys, return_inverse=True)
    block: Block = table_of(map(render, distinct.tolist()))[index.reshape(-1)]
    return block


def decimal(numbers: Numbers) -> Block:
    """Return numbers as decimal digits, each row from its start."""
    values = numbers.astype(np.uint64)
    lengths = np.maximum(1, np.searchsorted(_POWERS, values, side="right"))
    places = np.arange(lengths.max(initial=1))
    powers = _POWERS[np.maximum(0, lengths[:, None] - 1 - places)]
    digits: Block = (values[:, None] // powers % np.uint64(10)).astype(np.uint8) + np.uint8(48)
    digits[places >= lengths[:, None]] = 0
    return digits


def hexadecimal(numbers: Numbers) -> Block:
    """Return numbers as hexadecimal digits, without a prefix, each row from its start."""
    values = numbers.astype(np.uint64)
    lengths = np.maximum(1, np.searchsorted(_SIXTEENS, values, side="right"))
    places = np.arange(lengths.max(initial=1))
    shifts = (np.maximum(0, lengths[:, None] - 1 - places) * 4).astype(np.uint64)
    digits: Block = _HEX[(values[:, None] >> shifts & np.uint64(15)).astype(np.intp)]
    digits[places >= lengths[:, None]] = 0
    return digits


def scattered(rows: Numbers, parts: Sequence[Block], count: int) -> Block:
    """Return a block of `count` rows that holds `parts` side by side in these rows and nothing in the others."""
    block = np.zeros((count, sum(part.shape[1] for part in parts)), dtype=np.uint8)
    if len(rows):
        block[rows] = np.concatenate(parts, axis=1)
    return block
