"""Find the processor's state inside the engine, or say that it cannot be found.

Reading registers by pointer is several times faster than through the engine's API. The path to the state
is known for the wheels of Unicorn 2.1 on 64-bit Linux; it is walked without trusting it, through the kernel, so that a
wrong pointer is an error code and not a crash, and it is believed only when values that were written through
the API are read back at the places where they are expected.

A saved context of the engine holds the same state behind a header, on every platform. That is where the hidden
parts of the segment registers are read, for which the API has no name.
"""

from __future__ import annotations

import ctypes
import struct
from collections.abc import Callable
from functools import lru_cache
from io import FileIO
from pathlib import Path
from typing import NamedTuple

from allocator.registers import SEGMENTS

_TO_CPU = 0x1B8
_TO_STATE = 0x128
_GENERAL = 16
CONTEXT_HEADER = 40
"""Bytes of a saved context before the state begins."""
MODE_FLAGS = 22
"""The 64-bit word of the state whose bits say in which width code runs: bit 4 is 32-bit code, bit 15 64-bit code."""
BASES = tuple(24 + 3 * index for index in range(len(SEGMENTS)))
"""The 64-bit words of the state that hold the segments' hidden bases, in the order of `SEGMENTS`."""
_IN_32, _IN_64 = 1 << 4, 1 << 15
_SENTINELS = tuple(0x5A5A_0000_1234_0000 + 0x0101 * index for index in range(_GENERAL))


class HiddenSegments(NamedTuple):
    """What the processor keeps of its segments beside the selectors: the width of its code, and the bases."""

    bits: int
    bases: tuple[int, ...]


def read_hidden_segments(state: int) -> HiddenSegments:
    """Return the hidden parts of the segment registers from the engine's state at that address of this process."""
    words = (ctypes.c_uint64 * (BASES[-1] + 1)).from_address(state)
    flags = words[MODE_FLAGS]
    bits = 64 if flags & _IN_64 else 32 if flags & _IN_32 else 16
    return HiddenSegments(bits, tuple(words[at] for at in BASES))


def find_state(handle: int, write_general: Callable[[tuple[int, ...]], None]) -> int:
    """Return the address of the state of the engine at `handle`, or 0 where it is not as expected.

    ``write_general`` sets the sixteen general registers through the API, in the order of their encoding.
    """
    write_general(_SENTINELS)
    try:
        with Path("/proc/self/mem").open("rb", buffering=0) as memory:
            state = _word(memory, _word(memory, handle + _TO_CPU) + _TO_STATE)
            memory.seek(state)
            found = struct.unpack(f"<{_GENERAL}Q", memory.read(8 * _GENERAL))
    except (OSError, ValueError, OverflowError, struct.error):
        return 0
    return state if found == _SENTINELS else 0


_COUNTER, _LIMIT = 0x558, 0x560
# Where the engine counts what it executes under a count, and the count: verified before it is believed.


def read_counter(handle: int, count: int) -> int | None:
    """Return how many units the engine at `handle` began in its last run, whose count was `count`; None if unknown."""
    if not _has_counter(handle):
        return None
    made, most = (ctypes.c_uint64.from_address(handle + place).value for place in (_COUNTER, _LIMIT))
    return made if most == count and made <= count + 1 else None


@lru_cache(maxsize=1024)
def _has_counter(handle: int) -> bool:
    # Whether the two words can be read at all; what they hold is compared each time.
    try:
        with Path("/proc/self/mem").open("rb", buffering=0) as memory:
            return _word(memory, handle + _COUNTER) <= _word(memory, handle + _LIMIT) + 1
    except (OSError, ValueError, OverflowError, struct.error):
        return False


def _word(memory: FileIO, address: int) -> int:
    memory.seek(address)
    (word,) = struct.unpack("<Q", memory.read(8))
    return int(word)
