"""Explain where an address leads: selector and offset, descriptor, linear address, page tables, physical address.

    logical              linear                       physical
    ds:00001234   base   00801234   CR3 -> PDE -> PTE   00003234
    -------------------> ---------------------------->

- A segment register still holds what its descriptor said when it was loaded: that is in force, and where the table says
  something else by now, ``problem`` says so. A selector given as a number is looked up in its table.
- In 64-bit code only FS and GS have a base, and no segment has a limit.
- What a processor would refuse (a limit, a null selector) is described; the engine checks little of it.

Source: Intel SDM volume 3, sections 3.4 (logical to linear), 3.4.3 (hidden part), 4.3 to 4.5; 21.1.1 (real mode).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from allocator.errors import UsageError
from allocator.machine.descriptor_tables import Slot, find_descriptor
from allocator.machine.linear_memory import LinearMemory
from allocator.machine.paging import Access, Fault, Walk
from allocator.machine.processor_state import ProcessorState, SegmentRegister
from allocator.machine.segments import Segment, Selector
from allocator.machine.system_registers import SystemRegisters
from allocator.registers import SEGMENTS
from allocator.units import parse_number

Address = int | str | tuple[int, int]
"""A linear address; or ``"ds:0x1234"``, ``"8:0x1234"``; or selector and offset."""


class SegmentUse(NamedTuple):
    """How a selector and an offset became a linear address: ``base`` was added.

    ``register`` is the segment register's name, "" for a selector given as a number; ``slot`` is the place in a
    descriptor table, None in real mode.
    """

    register: str
    selector: int
    offset: int
    base: int | None
    slot: Slot | None
    problem: str | None = None


@dataclass(frozen=True)
class Translation:
    """Where an address leads. ``walk`` is None where no linear address came out of segmentation."""

    registers: SystemRegisters
    segment: SegmentUse | None
    walk: Walk | None

    @property
    def address(self) -> int | None:
        """The linear address."""
        return self.walk.address if self.walk else None

    @property
    def physical(self) -> int | None:
        """The physical address, or None where there is none."""
        return self.walk.physical if self.walk else None

    @property
    def fault(self) -> Fault | None:
        """The exception that an access would end in."""
        return self.walk.fault if self.walk else None

    @property
    def problems(self) -> tuple[str, ...]:
        """What is odd on the way, in words."""
        found = (self.segment and self.segment.problem, self.walk and self.walk.problem)
        return tuple(problem for problem in found if problem)

    def _repr_html_(self) -> str:
        from allocator.views.translation_html import translation_html

        return translation_html(self)

    def __repr__(self) -> str:
        start = "nowhere" if self.address is None else f"{self.address:#x}"
        if self.segment:
            start = f"{self.segment.register or hex(self.segment.selector)}:{self.segment.offset:#x} -> {start}"
        end = f"#{self.fault.vector}: {self.fault.reason}" if self.fault else "nowhere"
        return f"<Translation {start} -> {end if self.physical is None else hex(self.physical)}>"


def translate(
    state: ProcessorState, memory: LinearMemory, address: Address, access: Access | None = None
) -> Translation:
    """Explain where `address` leads for `access`, by default a read at the privilege level that runs.

    Never raises for what memory holds; raises UsageError for an address that is none.
    """
    registers = state.registers
    who = access or Access("read", registers.cpl == 3, registers.is_set("rflags", "AC"))
    if isinstance(address, int) and not isinstance(address, bool):
        return Translation(registers, None, memory.walk(address & _mask(64), who))
    register, selector, offset = _parsed(state, address)
    used = _in_register(state, memory, register, offset) if register else _by_number(state, memory, selector, offset)
    if used.base is None:
        return Translation(registers, used, None)
    linear = used.base + used.offset & _mask(64 if state.bits == 64 else 32)
    return Translation(registers, used, memory.walk(linear, who))


def _parsed(state: ProcessorState, address: Address) -> tuple[str, int, int]:
    """Return the register's name or "", the selector, and the offset."""
    if isinstance(address, tuple) and len(address) == 2 and all(isinstance(part, int) for part in address):
        return "", address[0] & 0xFFFF, address[1] & _mask(state.bits)
    first, colon, last = str(address).strip().lower().partition(":")
    if not isinstance(address, str) or not colon:
        raise UsageError(f"{address!r} is not an address: write 0x1234 as a number, or 'ds:0x1234', or '8:0x1234'")
    offset = parse_number(last) & _mask(state.bits)
    if first in SEGMENTS:
        return first, state.segments[first].selector, offset
    return "", parse_number(first) & 0xFFFF, offset


def _mask(bits: int) -> int:
    return (1 << max(bits, 32)) - 1


def _in_register(state: ProcessorState, memory: LinearMemory, name: str, offset: int) -> SegmentUse:
    """Return what the register holds, and how that differs from the table."""
    held = state.segments[name]
    is_flat = state.bits == 64 and name not in ("fs", "gs")
    base = 0 if is_flat else held.base
    if state.registers.is_real:
        problem = None
        if held.base != held.selector << 4:
            problem = f"{name.upper()} still has the base {held.base:#x} that it was loaded with in another mode"
        return SegmentUse(name, held.selector, offset, base, None, problem or _beyond(held.limit, offset))
    if Selector(held.selector).is_null and (is_flat or state.bits == 64):
        return SegmentUse(name, held.selector, offset, base, None)
    slot = find_descriptor(state.registers, memory.peek, held.selector)
    problem = slot.problem or _difference(name, held, slot) or (None if state.bits == 64 else _misuse(slot, offset))
    return SegmentUse(name, held.selector, offset, base, slot, problem)


def _by_number(state: ProcessorState, memory: LinearMemory, selector: int, offset: int) -> SegmentUse:
    """Return what loading the selector would give."""
    if state.registers.is_real:
        return SegmentUse("", selector, offset, selector << 4, None, _beyond(0xFFFF, offset))
    slot = find_descriptor(state.registers, memory.peek, selector)
    segment = slot.descriptor
    if not isinstance(segment, Segment) or segment.is_system:
        problem = slot.problem or f"the descriptor is of kind {segment.kind if segment else 'none'}: it has no memory"
        return SegmentUse("", selector, offset, None, slot, problem)
    if state.bits == 64:
        return SegmentUse("", selector, offset, 0, slot, slot.problem)
    return SegmentUse("", selector, offset, segment.base, slot, slot.problem or _misuse(slot, offset))


def _difference(name: str, held: SegmentRegister, slot: Slot) -> str | None:
    segment = slot.descriptor
    if (
        not isinstance(segment, Segment)
        or segment.is_system
        or (segment.base, segment.limit) == (held.base, held.limit)
    ):
        return None
    return (
        f"{name.upper()} was loaded before the table became what it is: it still has base {held.base:#x} and "
        f"limit {held.limit:#x}, the table now says {segment.base:#x} and {segment.limit:#x}"
    )


def _misuse(slot: Slot, offset: int) -> str | None:
    segment = slot.descriptor
    if not isinstance(segment, Segment):
        return None
    if not segment.is_present:
        return "the descriptor is not present (P is clear)"
    if not segment.contains(offset):
        side = "not above" if segment.expands_down else "behind"
        return f"the offset {offset:#x} lies {side} the limit {segment.limit:#x}"
    return None


def _beyond(limit: int, offset: int) -> str | None:
    return f"the offset {offset:#x} lies behind the limit {limit:#x}" if offset > limit else None
