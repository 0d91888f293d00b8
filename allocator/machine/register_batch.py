"""Read many registers by one call of the engine, whose arguments are built once.

A call through the binding builds them anew each time, which costs ten times as much.
"""

from __future__ import annotations

import ctypes
from collections.abc import Callable, Sequence
from typing import Any


class RegisterBatch:
    """The registers `ids` of the engine at `handle`, of so many 64-bit words each."""

    def __init__(self, read: Callable[..., int], handle: Any, ids: Sequence[int], words: int = 1) -> None:  # noqa: ANN401 -- the engine's handle
        self._read = read
        self._handle = handle
        self._count = len(ids)
        self._values = (ctypes.c_uint64 * (words * self._count))()
        base = ctypes.addressof(self._values)
        self._ids = (ctypes.c_int * self._count)(*ids)
        self._pointers = (ctypes.c_void_p * self._count)(*[base + 8 * words * index for index in range(self._count)])

    def read(self) -> bytes:
        """Return their values, little-endian, in order."""
        self._read(self._handle, self._ids, self._pointers, self._count)
        return bytes(self._values)
