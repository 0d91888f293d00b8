"""Read descriptor tables out of memory: GDT, LDT, IDT, and the vectors of real mode.

- A table is `base` and `limit`; the limit is the offset of its last byte, so 8 descriptors have limit 3Fh.
- ``read(address, size)`` returns memory at linear addresses, and fewer bytes where there is none.
- A table that ends in the middle of a descriptor, that lies where no memory is, a selector behind its end: all of that
  is described in ``problem``, never raised.

Source: Intel SDM volume 3, sections 3.4.3 (segment registers), 3.5.1 (tables), 6.10 (IDT), 21.1.4 (real-mode vectors).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import NamedTuple

from allocator.machine.segments import DESCRIPTOR_SIZE, WIDE_SIZE, Gate, Segment, Selector, decode_descriptor
from allocator.machine.system_registers import SystemRegisters, TableRegister

Read = Callable[[int, int], bytes]
"""``read(address, size)``: memory; fewer bytes where it ends, none where there is none."""

_HOLDERS = ("cs", "ss", "ds", "es", "fs", "gs", "ldtr", "tr")
VECTORS = 256
MOST_ENTRIES = 8192
"""A limit has 16 bits."""


@dataclass(frozen=True)
class Slot:
    """A place in a table: what lies there, or why it cannot be used (or both).

    ``held_by`` are the registers whose selector means it.
    """

    table: str
    index: int
    address: int
    descriptor: Segment | Gate | None
    problem: str | None = None
    held_by: tuple[str, ...] = ()

    @property
    def selector(self) -> Selector:
        """What selects it, with RPL 0."""
        return Selector(self.index << 3 | (4 if self.table == "ldt" else 0))


@dataclass(frozen=True)
class DescriptorTable:
    """All of a table: ``name`` is ``gdt``, ``ldt`` or ``idt``."""

    name: str
    base: int
    limit: int
    slots: tuple[Slot, ...] = ()
    problem: str | None = None

    def _repr_html_(self) -> str:
        from allocator.views.descriptor_tables import descriptor_table_html

        return descriptor_table_html(self)

    def __repr__(self) -> str:
        return f"<{self.name.upper()} at {self.base:#x}, limit {self.limit:#x}: {len(self.slots):,} entries>"


class Vector(NamedTuple):
    """An entry of the real-mode vector table; `problem` where the table does not reach so far."""

    number: int
    address: int
    segment: int
    offset: int
    problem: str | None = None

    @property
    def target(self) -> int:
        """The linear address that it leads to."""
        return (self.segment << 4) + self.offset


def read_gdt(registers: SystemRegisters, read: Read) -> DescriptorTable:
    """Return the global descriptor table."""
    return _with_holders(_Reader("gdt", *registers.gdtr, registers.is_long, read).table(), registers)


def read_ldt(registers: SystemRegisters, read: Read) -> DescriptorTable:
    """Return the local descriptor table that LDTR selects; without slots where it selects none."""
    found = _find_ldt(registers, read)
    return found if isinstance(found, DescriptorTable) else _with_holders(found.table(), registers)


def _with_holders(table: DescriptorTable, registers: SystemRegisters) -> DescriptorTable:
    """Say of each descriptor which registers hold its selector; in real mode they hold no selectors."""
    if registers.is_real:
        return table
    holders: dict[Selector, list[str]] = {}
    for name in _HOLDERS:
        chosen = Selector(getattr(registers, name) & ~3)
        if not chosen.is_null:
            holders.setdefault(chosen, []).append(name)
    slots = (replace(slot, held_by=tuple(holders.get(slot.selector, ()))) for slot in table.slots)
    return replace(table, slots=tuple(slots))


def read_idt(registers: SystemRegisters, read: Read) -> DescriptorTable:
    """Return the interrupt descriptor table of protected or long mode."""
    return _idt(registers, read).table(VECTORS)


def read_vectors(registers: SystemRegisters, read: Read) -> tuple[Vector, ...]:
    """Return the 256 far pointers of real mode, wherever IDTR puts them."""
    return tuple(_vector(registers.idtr, number, read) for number in range(VECTORS))


def find_descriptor(registers: SystemRegisters, read: Read, selector: int) -> Slot:
    """Return what a selector selects in protected mode, without reading the rest of the table."""
    chosen = Selector(selector)
    if chosen.is_null:
        return Slot("gdt", 0, registers.gdtr.base, None, "the null selector selects nothing")
    if chosen.table == "gdt":
        return _Reader("gdt", *registers.gdtr, registers.is_long, read).slot(chosen.offset)
    found = _find_ldt(registers, read)
    if isinstance(found, DescriptorTable):
        return Slot("ldt", chosen.index, found.base + chosen.offset, None, found.problem)
    return found.slot(chosen.offset)


def find_gate(registers: SystemRegisters, read: Read, vector: int) -> Slot:
    """Return the entry of the IDT for a vector in protected or long mode."""
    idt = _idt(registers, read)
    return idt.slot(vector * idt.entry_size)


def _idt(registers: SystemRegisters, read: Read) -> _Reader:
    size = WIDE_SIZE if registers.is_long else DESCRIPTOR_SIZE
    return _Reader("idt", *registers.idtr, registers.is_long, read, size)


def _find_ldt(registers: SystemRegisters, read: Read) -> _Reader | DescriptorTable:
    """Return what reads the LDT, or the empty table that says why there is none."""
    if Selector(registers.ldtr).is_null:
        return DescriptorTable("ldt", 0, 0, (), "LDTR holds the null selector: there is no LDT")
    slot = find_descriptor(registers, read, registers.ldtr & ~4)
    segment = slot.descriptor
    if not isinstance(segment, Segment) or segment.kind != "ldt":
        problem = slot.problem or f"LDTR selects {segment.kind if segment else 'nothing'}, not an LDT"
        return DescriptorTable("ldt", 0, 0, (), problem)
    if not segment.is_present:
        return DescriptorTable("ldt", segment.base, segment.limit, (), "the descriptor of the LDT is not present")
    return _Reader("ldt", segment.base, min(segment.limit, 0xFFFF), registers.is_long, read)


class _Reader(NamedTuple):
    """Where a table lies and how it is read; ``entry_size`` is 16 for the IDT of long mode."""

    name: str
    base: int
    limit: int
    is_long: bool
    read: Read
    entry_size: int = DESCRIPTOR_SIZE

    def table(self, most: int = MOST_ENTRIES) -> DescriptorTable:
        """Return the whole table, `most` entries at most."""
        return DescriptorTable(self.name, self.base, self.limit, tuple(self._slots(most)), self._problem())

    def _slots(self, most: int) -> Iterator[Slot]:
        offset = 0
        while offset <= self.limit and offset < most * self.entry_size:
            slot = self.slot(offset)
            yield slot
            offset += max(self.entry_size, slot.descriptor.size if slot.descriptor else 0)

    def slot(self, offset: int) -> Slot:
        """Return the entry `offset` bytes into the table."""
        address, index = self.base + offset, offset // self.entry_size
        if offset + self.entry_size - 1 > self.limit:
            where = "begins behind" if offset > self.limit else "does not end within"
            return Slot(self.name, index, address, None, f"entry {index} {where} the limit {self.limit:#x}")
        data = self.read(address, WIDE_SIZE if self.is_long else DESCRIPTOR_SIZE)
        if len(data) < self.entry_size:
            return Slot(self.name, index, address, None, f"there is no memory at {address + len(data):#x}")
        descriptor = decode_descriptor(data, self.is_long)
        if offset + descriptor.size - 1 > self.limit or len(data) < descriptor.size:
            return Slot(self.name, index, address, descriptor, "its second half lies behind the end of the table")
        return Slot(self.name, index, address, descriptor, descriptor.problem)

    def _problem(self) -> str | None:
        rest = (self.limit + 1) % DESCRIPTOR_SIZE
        if not rest:
            return None
        return f"it ends {rest} bytes into a descriptor: the limit {self.limit:#x} is no multiple of 8 less 1"


def _vector(register: TableRegister, number: int, read: Read) -> Vector:
    address = register.base + 4 * number
    data = read(address, 4)
    problem = None
    if 4 * number + 3 > register.limit:
        problem = f"the limit {register.limit:#x} does not reach vector {number:#x}"
    elif len(data) < 4:
        problem = f"there is no memory at {address + len(data):#x}"
    word = int.from_bytes(data, "little")
    return Vector(number, address, word >> 16, word & 0xFFFF, problem)
