"""Count instructions the way people do, from the way the engine reports them.

The engine calls a code hook once for every iteration of a repeated string instruction and once more when
the count has run out, and it calls it twice for an instruction that stores into its own block of
translated code. Nothing but a branch to itself executes twice in a row at one address for real, so a
report for the same address as the one before it is a new step only if the instruction there is a branch.
"""

from __future__ import annotations

from collections.abc import Callable

from allocator.instructions.disassembly import Decoded, decode


class StepFilter:
    """Tell new steps from repetitions; one for each run."""

    __slots__ = ("_is_transfer", "_last", "_read")

    def __init__(self, read_code: Callable[[int, int], bytes]) -> None:
        self._read = read_code
        self._last = -1
        self._is_transfer: bool | None = None

    def is_new(self, address: int, size: int, bits: int) -> bool:
        """Tell whether the engine's report for `address` begins a step."""
        if address != self._last:
            self._last = address
            self._is_transfer = None
            return True
        if self._is_transfer is None:
            self._is_transfer = is_transfer(decode(self._read(address, size), bits, address))
        return self._is_transfer


def is_transfer(decoded: Decoded) -> bool:
    """Tell whether an instruction can lead to itself."""
    return decoded.is_branch or decoded.is_call or decoded.is_return
