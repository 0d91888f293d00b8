"""A caller of BIOS services without a processor: registers in a dictionary, 1 MiB and a little of memory."""

from __future__ import annotations

from collections.abc import Mapping

from allocator.machine.bios import Bios
from allocator.registers import FULL, REGISTERS

MEMORY = 0x120000
STACK = 0x7000
CALLER = 0x7C10
"""Where the INT stands that is served."""


class PlainGuest:
    """What `Bios.serve` wants of a machine."""

    def __init__(self, bios: Bios | None = None) -> None:
        self.memory = bytearray(MEMORY)
        self.full = dict.fromkeys(FULL, 0)
        self.full["rsp"] = STACK
        self.written: list[tuple[int, bytes]] = []
        for address, content in bios.rom() if bios else []:
            self.memory[address : address + len(content)] = content
        self.memory[STACK : STACK + 6] = bytes.fromhex(f"{CALLER + 2 & 0xFF:02x}{CALLER + 2 >> 8:02x} 0000 0202")

    def get(self, name: str) -> int:
        view = REGISTERS[name]
        return view.of(self.full[view.full])

    def set(self, name: str, value: int) -> None:
        view = REGISTERS[name]
        assert 0 <= value <= view.mask, f"{name} cannot be {value:#x}"
        self.full[view.full] = self.full[view.full] & ~(view.mask << view.low) | value << view.low

    def read(self, address: int, size: int) -> bytes:
        return bytes(self.memory[address : address + size]).ljust(size, b"\xff")

    def write(self, address: int, data: bytes) -> None:
        self.written.append((address, data))
        data = data[: max(0, len(self.memory) - address)]
        self.memory[address : address + len(data)] = data

    def give(self, registers: Mapping[str, int]) -> PlainGuest:
        for name, value in registers.items():
            self.set(name, value)
        return self
