"""Connect the processor of a PC to its firmware and its devices.

- Where execution reaches a trap in ROM, before the instruction there, the firmware performs its service.
- IN and OUT go to the devices.

A service sees the caller through `Guest`: flags are those in the frame that the interrupt left on the stack, which
are what the caller gets back.

Not modelled: how long a device takes.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from allocator.machine.cpu import Cpu
from allocator.machine.guards import Guards
from allocator.machine.linear_memory import LinearMemory, MachineAccess, Untranslated
from allocator.machine.memory import Memory
from allocator.machine.processor_state import SegmentRegister
from allocator.machine.run import MEMORY_FAULT, MemoryAccess, Stop
from allocator.machine.system_registers import SystemRegisters
from allocator.registers import FLAGS, REGISTERS, SEGMENTS

if TYPE_CHECKING:
    from allocator.machine.bios import Bios

_FLAGS_IN_FRAME = 4


class Wiring:
    """The connections of one machine."""

    def __init__(self, cpu: Cpu, memory: Memory, guards: Guards, bios: Bios) -> None:
        self.stop: Stop | None = None
        """Set where a service ended the run."""
        self.exit_reason: str | None = None
        """Set where a program ended the machine by a port."""
        self.hear: Callable[[MachineAccess], None] = lambda _access: None
        """Told of what a service does to memory."""
        self.bios = bios
        self._cpu = cpu
        self._memory = memory
        self._traps = dict(bios.traps)
        cpu.watch_ports(bios.devices.read_port, self._write_port)
        guards.watch_range(min(self._traps), max(self._traps), self._reach)

    def begin(self) -> None:
        """Start a run."""
        self.stop = None
        self.exit_reason = None

    def _write_port(self, port: int, size: int, value: int) -> None:
        reason = self.bios.devices.write_port(port, size, value)
        if reason is not None:
            self.exit_reason = reason
            self._cpu.stop()

    def _reach(self, _engine: object, address: int, _size: int, _data: object) -> None:
        vector = self._traps.get(address)
        if vector is None:
            return
        guest = Guest(self._cpu, self._memory)
        try:
            self.stop = self.bios.serve(vector, guest)
        except Untranslated as nowhere:
            self.stop = _no_memory(vector, nowhere, address)
        for access in guest.accesses:
            self.hear(access)
        if self.stop:
            self._cpu.stop()


class Guest:
    """The caller of a service: its registers and its memory."""

    def __init__(self, cpu: Cpu, memory: Memory) -> None:
        self._cpu = cpu
        # Paging is the only thing that decides; firmware is called without it as a rule.
        registers = cpu.state().registers if cpu.get("cr0") >> 31 else SystemRegisters()
        self._linear = LinearMemory(registers, memory.peek_existing, memory.write, "firmware")

    @property
    def accesses(self) -> list[MachineAccess]:
        """What was done to memory."""
        return self._linear.accesses

    def get(self, name: str) -> int:
        """Return a register or a flag."""
        if name in FLAGS:
            return self._flags() >> FLAGS[name] & 1
        view = REGISTERS[name]
        return view.of(self._cpu.get(view.full))

    def set(self, name: str, value: int) -> None:
        """Set a register or a flag; what a smaller register leaves of a larger one stays."""
        if name in FLAGS:
            self._set_flags(self._flags() & ~(1 << FLAGS[name]) | (value & 1) << FLAGS[name])
            return
        view = REGISTERS[name]
        if name in SEGMENTS:
            self._cpu.load_segment(name, SegmentRegister.real(value))
            return
        kept = self._cpu.get(view.full) & ~(view.mask << view.low)
        self._cpu.set(view.full, kept | (value & view.mask) << view.low)

    def read(self, address: int, size: int) -> bytes:
        """Return memory at a linear address."""
        return self._linear.read(address, size)

    def write(self, address: int, data: bytes) -> None:
        """Change memory at a linear address."""
        if data:
            self._linear.write(address, data)

    def _flags_address(self) -> int:
        return (self.get("ss") << 4) + (self.get("sp") + _FLAGS_IN_FRAME & 0xFFFF)

    def _flags(self) -> int:
        return int.from_bytes(self._linear.peek(self._flags_address(), 2), "little")

    def _set_flags(self, flags: int) -> None:
        if flags != self._flags():
            self._linear.write(self._flags_address(), flags.to_bytes(2, "little"))


def _no_memory(vector: int, nowhere: Untranslated, address: int) -> Stop:
    message = f"INT {vector:02X}h was given {nowhere.address:#x} to {nowhere.kind}, where this machine has no memory"
    return Stop(
        MEMORY_FAULT, message, lambda: address, MemoryAccess(nowhere.kind, nowhere.address, 1), vector
    )  # fmt: skip
