"""Call BIOS services without a processor: registers in a table, and 1 MiB and 64 KiB of memory.

    Caller(bios).call(0x15, eax=0xE820, ...)  -> the caller with its registers after the call

What the firmware puts into memory at the start is there. An address beyond the end reads FFh, and keeps nothing.
"""

from __future__ import annotations

from allocator.errors import MachineError
from allocator.machine.bios import Bios
from allocator.registers import FULL, REGISTERS
from allocator.units import MIB

MEMORY_BYTES = MIB + 0x10000
"""What segment:offset can reach."""
STACK = 0x7000


class Caller:
    """Whoever executes INT: see `bios_call.Guest`."""

    def __init__(self, bios: Bios) -> None:
        self.memory = bytearray(MEMORY_BYTES)
        self.registers = {**dict.fromkeys(FULL, 0), "rsp": STACK}
        self._bios = bios
        for address, content in bios.rom():
            self.write(address, content)

    def call(self, vector: int, **registers: int) -> Caller:
        """Set registers and make the call; raises MachineError where the firmware has no such service."""
        for name, value in registers.items():
            self.set(name, value)
        stop = self._bios.serve(vector, self)
        if stop:
            raise MachineError(stop.message)
        return self

    def get(self, name: str, /) -> int:
        """Return a register or a flag."""
        view = REGISTERS[name]
        return view.of(self.registers[view.full])

    def set(self, name: str, value: int, /) -> None:
        """Set a register or a flag; raises MachineError for a value that does not fit."""
        view = REGISTERS[name]
        if value & ~view.mask:
            raise MachineError(f"{name} has {view.width} bits, and cannot be {value:#x}")
        kept = self.registers[view.full] & ~(view.mask << view.low)
        self.registers[view.full] = kept | value << view.low

    def read(self, address: int, size: int, /) -> bytes:
        """Return memory."""
        return bytes(self.memory[address : address + size]).ljust(size, b"\xff")

    def write(self, address: int, data: bytes, /) -> None:
        """Change memory."""
        kept = data[: max(0, len(self.memory) - address)]
        self.memory[address : address + len(kept)] = kept
