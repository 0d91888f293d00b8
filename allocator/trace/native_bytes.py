"""Hold which bytes of memory a native walk wants, or reached.

It is a byte each, in a row for each 4 KiB frame that the trace touches; a hash table leads from a frame to its row. The
walks look bytes up by themselves: what is called from another file, Numba would keep when that file changes.
"""

from __future__ import annotations

import numpy as np
from numba import njit

from allocator.trace.slice_index import Words

HASH = 0x9E3779B97F4A7C15 - (1 << 64)
"""The golden ratio in 64 bits (Knuth, volume 3, section 6.4)."""


class BytesSet:
    """A set of bytes of memory: ``alive`` has a byte for each in the frames, ``lookup`` leads from frame to row."""

    def __init__(self, frames: Words, memory: frozenset[int]) -> None:
        addresses = np.array(sorted(memory), np.uint64).view(np.int64)
        self._frames = np.union1d(frames, addresses >> 12)
        self.lookup = np.full((max(16, 1 << (2 * len(self._frames)).bit_length()), 2), -1, np.int64)
        _hash(self.lookup, self._frames)
        self.alive = np.zeros(len(self._frames) << 12, np.uint8)
        self.alive[np.searchsorted(self._frames, addresses >> 12) << 12 | addresses & 0xFFF] = 1

    @property
    def addresses(self) -> frozenset[int]:
        """The bytes that are in it now."""
        positions = np.flatnonzero(self.alive)
        addresses = self._frames[positions >> 12] << 12 | positions & 0xFFF
        return frozenset(addresses.view(np.uint64).tolist())


@njit(cache=True)  # type: ignore[untyped-decorator]
def _hash(lookup: Words, frames: Words) -> None:
    for row in range(len(frames)):
        slot = (frames[row] * HASH >> 32) & (len(lookup) - 1)
        while lookup[slot, 1] >= 0:
            slot = (slot + 1) & (len(lookup) - 1)
        lookup[slot, 0] = frames[row]
        lookup[slot, 1] = row
