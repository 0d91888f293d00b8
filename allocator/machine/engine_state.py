"""Find the processor's state inside the engine, or say that it cannot be found.

Reading registers by pointer is several times faster than through the engine's API. The path to the state
is known for the wheels of Unicorn 2.1 on 64-bit Linux; it is walked without trusting it, through the kernel, so that a
wrong pointer is an error code and not a crash, and it is believed only when values that were written through
the API are read back at the places where they are expected.
"""

from __future__ import annotations

import struct
from collections.abc import Callable
from pathlib import Path

_TO_CPU = 0x1B8
_TO_STATE = 0x128
_GENERAL = 16
_SENTINELS = tuple(0x5A5A_0000_1234_0000 + 0x0101 * index for index in range(_GENERAL))


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


def _word(memory: object, address: int) -> int:
    memory.seek(address)  # type: ignore[attr-defined]
    (word,) = struct.unpack("<Q", memory.read(8))  # type: ignore[attr-defined]
    return int(word)
