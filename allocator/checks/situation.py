"""Hold one moment at which the rules of the manual are asked: a write that changes the mode, or a fault.

``before`` and ``after`` are the registers around the instruction; where the processor would refuse a write, ``after``
is what the program asked for. What is not known is None, and the rules that need it hold.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from allocator.machine.descriptor_tables import Read
from allocator.machine.page_entries import Paging
from allocator.machine.paging import KERNEL_READ, Access, Walk, walk
from allocator.machine.segments import Segment
from allocator.machine.system_registers import SystemRegisters
from allocator.units import FRAME_SIZE


class FarTransfer(NamedTuple):
    """A far jump, call or return: where it leads, and how many bits of the offset its operand has."""

    selector: int
    offset: int
    operand_bits: int


class Delivery(NamedTuple):
    """An interrupt or exception that is to be delivered; ``fault_address`` is CR2 of a page fault."""

    vector: int
    is_software: bool = False
    fault_address: int | None = None
    access: Access = KERNEL_READ


@dataclass(frozen=True)
class Situation:
    """What a rule looks at. ``memory`` reads physical addresses; ``code`` is the descriptor that CS was loaded with."""

    before: SystemRegisters
    after: SystemRegisters
    memory: Read
    next_address: int | None = None
    stack_pointer: int | None = None
    code: Segment | None = None
    transfer: FarTransfer | None = None
    delivery: Delivery | None = None

    def sets(self, register: str, bit: str) -> bool:
        """Tell whether the instruction sets a bit that was clear."""
        return self.after.is_set(register, bit) and not self.before.is_set(register, bit)

    def clears(self, register: str, bit: str) -> bool:
        """Tell whether the instruction clears a bit that was set."""
        return self.before.is_set(register, bit) and not self.after.is_set(register, bit)

    @cached_property
    def paging(self) -> Paging:
        """The paging that the instruction leaves behind."""
        return Paging.of(self.after)

    def walk(self, address: int, access: Access | None = None) -> Walk:
        """Translate a linear address as the instruction leaves things."""
        return walk(self.paging, address, self.memory, access or KERNEL_READ)

    def read(self, address: int, size: int) -> bytes:
        """Return as many bytes as there are from a linear address on."""
        data = b""
        while size > 0:
            length = min(size, FRAME_SIZE - address % FRAME_SIZE)
            physical = self.walk(address).physical
            part = b"" if physical is None else self.memory(physical, length)
            data += part
            if len(part) < length:
                break
            address, size = address + length, size - length
        return data

    @property
    def begins_paging(self) -> bool:
        """Whether paging is on afterwards, and the instruction turned it on or chose other tables."""
        is_on = self.after.is_set("cr0", "PG")
        return is_on and (self.sets("cr0", "PG") or self.before.cr3 != self.after.cr3)
