"""Explain what a processor does with addresses: by its segments, its descriptor tables and its page tables.

    processor.translate("ds:0x1234")     where it leads, entry by entry
    processor.gdt()                      the descriptor tables, decoded; also ldt(), idt(), and vectors() of real mode
    processor.task_state()               the stacks for more privileged code
    processor.page_tables()              everything that the page tables map
    processor.control_registers()        CR0 to CR4, EFER, the table registers, with what their bits mean

A machine is asked what holds now; the processor of a moment that is past (`trace.processor_at`) what held then.
"""

from __future__ import annotations

from abc import ABC, abstractmethod

from allocator.machine.descriptor_tables import DescriptorTable, Vector, read_gdt, read_idt, read_ldt, read_vectors
from allocator.machine.linear_memory import LinearMemory
from allocator.machine.page_ranges import PageTables, survey_page_tables
from allocator.machine.paging import Access
from allocator.machine.processor_state import ProcessorState
from allocator.machine.system_registers import SystemRegisters
from allocator.machine.task_state import TaskState, read_task_state
from allocator.machine.translation import Address, Translation, translate


class Explainable(ABC):
    """A processor with its memory, to be looked at."""

    @abstractmethod
    def system_state(self) -> ProcessorState:
        """Return what the processor holds of segments, tables and privilege, hidden parts included."""

    @abstractmethod
    def read_physical(self, address: int, size: int) -> bytes:
        """Return as many bytes of physical memory as there are."""

    def translate(self, address: Address, access: Access | None = None) -> Translation:
        """Explain where a linear address, ``"ds:0x1234"`` or (selector, offset) leads; raises UsageError."""
        state = self.system_state()
        return translate(state, self._linear(state.registers), address, access)

    def read_linear(self, address: int, size: int) -> bytes:
        """Return as many bytes as there are from a linear address on."""
        return self._linear(self.system_state().registers).peek(address, size)

    def control_registers(self) -> SystemRegisters:
        """Return the registers that decide how addresses are translated."""
        return self.system_state().registers

    def page_tables(self, root: int | None = None) -> PageTables:
        """Return everything that the page tables map: those that CR3 names, or those at `root`."""
        registers = self.system_state().registers
        return survey_page_tables(registers if root is None else registers.with_root(root), self.read_physical)

    def gdt(self) -> DescriptorTable:
        """Return the global descriptor table."""
        return read_gdt(self.system_state().registers, self.read_linear)

    def ldt(self) -> DescriptorTable:
        """Return the local descriptor table that LDTR selects."""
        return read_ldt(self.system_state().registers, self.read_linear)

    def idt(self) -> DescriptorTable:
        """Return the interrupt descriptor table of protected or long mode."""
        return read_idt(self.system_state().registers, self.read_linear)

    def task_state(self) -> TaskState:
        """Return the task state segment that TR names."""
        state = self.system_state()
        return read_task_state(state.tr, state.registers.is_long, self.read_linear)

    def vectors(self) -> tuple[Vector, ...]:
        """Return the interrupt vectors of real mode."""
        return read_vectors(self.system_state().registers, self.read_linear)

    def _linear(self, registers: SystemRegisters) -> LinearMemory:
        return LinearMemory.for_looking(registers, self.read_physical)
