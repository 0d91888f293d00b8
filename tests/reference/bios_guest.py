"""A caller of BIOS services that notes what they write."""

from __future__ import annotations

from collections.abc import Mapping

from allocator.machine.bios import Bios
from allocator.machine.bios_caller import STACK, Caller

__all__ = ["CALLER", "STACK", "PlainGuest"]

CALLER = 0x7C10
"""Where the INT stands that is served."""


class PlainGuest(Caller):
    """A caller whose INT left a frame on the stack."""

    def __init__(self, bios: Bios) -> None:
        self.written: list[tuple[int, bytes]] = []
        super().__init__(bios)
        frame = (CALLER + 2, 0, 0x0202)
        self.write(STACK, b"".join(word.to_bytes(2, "little") for word in frame))
        self.written.clear()

    def write(self, address: int, data: bytes, /) -> None:
        self.written.append((address, data))
        super().write(address, data)

    def give(self, registers: Mapping[str, int]) -> PlainGuest:
        for name, value in registers.items():
            self.set(name, value)
        return self
