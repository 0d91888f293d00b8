"""Hold one moment at which the rules of the manual are asked: a write that changes the mode, or a fault.

``before`` and ``after`` are the registers around the instruction; where the processor would refuse a write, ``after``
is what the program asked for. What is not known is None, and the rules that need it hold.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import NamedTuple

from allocator.assembly.image import Image
from allocator.machine.descriptor_tables import Read
from allocator.machine.page_entries import LEVELS_4, LEVELS_5, Paging
from allocator.machine.paging import KERNEL_READ, Access, Walk, walk
from allocator.machine.processor_state import ProcessorState
from allocator.machine.segments import Segment
from allocator.machine.system_registers import SystemRegisters, TableRegister
from allocator.units import FRAME_SIZE


class FarTransfer(NamedTuple):
    """A far jump, call or return: where it leads, and how many bits of the offset its operand has.

    ``by`` is the mnemonic of a return, "" for jumps and calls; ``stack`` is where IRET finds its frame, and ``source``
    where the selector came from: an address, or None for what the instruction says itself.
    """

    selector: int
    offset: int
    operand_bits: int
    by: str = ""
    stack: int | None = None
    source: int | None = None


class SegmentLoad(NamedTuple):
    """A segment register, LDTR or TR that is to be loaded; ``level`` is that of the code an SS is popped for.

    ``source`` is where the selector comes from: a register's name, or an address.
    """

    register: str
    selector: int
    level: int | None = None
    source: str | int | None = None


class TableLoad(NamedTuple):
    """LGDT or LIDT: its operand's linear address and offset, the base that lies there, and what is loaded."""

    register: str
    address: int
    offset: int
    base: int
    loaded: TableRegister


class Delivery(NamedTuple):
    """An interrupt or exception that is to be delivered; ``fault_address`` is CR2 of a page fault.

    ``is_external`` is whether a device wants it.
    """

    vector: int
    is_software: bool = False
    fault_address: int | None = None
    access: Access = KERNEL_READ
    is_external: bool = False


@dataclass(frozen=True)
class Situation:
    """What a rule looks at. ``memory`` reads physical addresses; ``code`` is the descriptor that CS was loaded with.

    ``state`` is the processor with the hidden parts of its segments, and ``stale`` the segment registers that were
    not loaded since CR0.PE was set; ``image`` is the program. ``operand_address`` is where the instruction's operand
    lies, ``target`` where a near jump through a register or the stack leads; ``unmasked`` are the vectors of hardware
    interrupts that the controllers let through. ``moves_system`` says that it is a MOV with a control or debug
    register, ``uses_sse`` that it has an SSE register. ``written`` is the control register that it writes, changed or
    not, ``model_specific`` another one that WRMSR writes, ``pointers`` the registers that make the address of its
    operand or of the stack, or that it divides by, ``operand`` the divisor.
    """

    before: SystemRegisters
    after: SystemRegisters
    memory: Read
    next_address: int | None = None
    stack_pointer: int | None = None
    code: Segment | None = None
    transfer: FarTransfer | None = None
    delivery: Delivery | None = None
    load: SegmentLoad | None = None
    table: TableLoad | None = None
    state: ProcessorState | None = None
    code_address: int | None = None
    stale: frozenset[str] = frozenset()
    instruction: str = ""
    operand_address: int | None = None
    target: int | None = None
    unmasked: tuple[int, ...] = ()
    moves_system: bool = False
    uses_sse: bool = False
    image: Image | None = None
    written: str = ""
    model_specific: tuple[int, int] | None = None
    pointers: tuple[tuple[str, int], ...] = ()
    operand: int | None = None

    def sets(self, register: str, bit: str) -> bool:
        """Tell whether the instruction sets a bit that was clear."""
        return self.after.is_set(register, bit) and not self.before.is_set(register, bit)

    def clears(self, register: str, bit: str) -> bool:
        """Tell whether the instruction clears a bit that was set."""
        return self.before.is_set(register, bit) and not self.after.is_set(register, bit)

    @cached_property
    def paging(self) -> Paging:
        """The paging that the instruction leaves behind; of five levels the engine has four."""
        found = Paging.of(self.after)
        return replace(found, mode=LEVELS_4) if found.mode == LEVELS_5 else found

    def walk(self, address: int, access: Access | None = None) -> Walk:
        """Translate a linear address as the instruction leaves things."""
        asked = address, access or KERNEL_READ
        if asked not in self._walks:
            self._walks[asked] = walk(self.paging, address, self.memory, asked[1])
        return self._walks[asked]

    @cached_property
    def _walks(self) -> dict[tuple[int, Access], Walk]:
        """The walks that were made already: many rules ask for the same."""
        return {}

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

    @cached_property
    def begins_paging(self) -> bool:
        """Whether paging is on afterwards, and the instruction turned it on, or chose other tables or a format."""
        is_on = self.after.is_set("cr0", "PG") and self.after.is_set("cr0", "PE")
        if self.after.is_set("efer", "LME") and not self.after.is_set("cr4", "PAE"):
            return False  # refused before any table is looked at
        has_other_format = self.before.cr4 != self.after.cr4 and Paging.of(self.before) != Paging.of(self.after)
        return is_on and (self.sets("cr0", "PG") or self.before.cr3 != self.after.cr3 or has_other_format)
