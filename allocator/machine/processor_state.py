"""Hold the whole state of the processor that has to do with segments, tables and privilege, at one moment.

A segment register has two parts: the selector that programs see, and behind it what was read from the
descriptor when it was loaded, which stays in force until it is loaded again, whatever mode comes (SDM volume 3,
section 3.4.3).

Source: Intel SDM volume 3, sections 2.4 (table registers), 3.4.3 (segment registers), 5.5 (privilege levels).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from allocator.machine.segments import Segment
from allocator.machine.system_registers import SystemRegisters, TableRegister

_PRESENT, _CODE_OR_DATA, _WIDE = 1 << 15, 1 << 12, 1 << 22
REAL_ATTRIBUTES = 0x9300
"""What the hidden part of a segment says after a reset: present, data, writable, accessed."""


class SegmentRegister(NamedTuple):
    """A segment register, LDTR or TR; ``attributes`` is the upper dword of its descriptor."""

    selector: int
    base: int
    limit: int
    attributes: int

    @classmethod
    def of(cls, selector: int, segment: Segment) -> SegmentRegister:
        """Return what loading `selector` puts into the register when it selects `segment`."""
        return cls(selector, segment.base, segment.limit, segment.value >> 32 & 0xFFFFFFFF)

    @classmethod
    def real(cls, selector: int) -> SegmentRegister:
        """Return what a selector means in real mode."""
        return cls(selector, selector << 4, 0xFFFF, REAL_ATTRIBUTES)

    @property
    def dpl(self) -> int:
        """The privilege level of its descriptor."""
        return self.attributes >> 13 & 3

    @property
    def is_wide(self) -> bool:
        """D or B: whether its code, or the stack in it, is of 32 bits."""
        return bool(self.attributes & _WIDE)

    @property
    def is_usable(self) -> bool:
        """Whether it is present and describes code or data."""
        return self.attributes & (_PRESENT | _CODE_OR_DATA) == _PRESENT | _CODE_OR_DATA


@dataclass(frozen=True)
class ProcessorState:
    """One moment of the processor: ``registers`` as programs see them, ``segments`` with their hidden parts by name."""

    rip: int
    rsp: int
    registers: SystemRegisters
    segments: Mapping[str, SegmentRegister]
    ldtr: SegmentRegister
    tr: SegmentRegister

    def __repr__(self) -> str:
        return f"<ProcessorState: {self.registers.mode}, privilege level {self.cpl}, next at {self.counter:#x}>"

    @property
    def bits(self) -> int:
        """The width of the code that runs."""
        return self.registers.bits

    @property
    def cpl(self) -> int:
        """The current privilege level, 0 to 3."""
        return self.registers.cpl

    @property
    def stack_bits(self) -> int:
        """The width of the stack pointer."""
        if self.bits == 64:
            return 64
        return 32 if self.segments["ss"].is_wide else 16

    @property
    def gdtr(self) -> TableRegister:
        """Where the global descriptor table lies."""
        return self.registers.gdtr

    @property
    def idtr(self) -> TableRegister:
        """Where the interrupt descriptor table lies; in real mode the vectors."""
        return self.registers.idtr

    @property
    def counter(self) -> int:
        """The linear address of the next instruction."""
        return linear_address(self.bits, self.segments["cs"].base, self.rip)


def linear_address(bits: int, base: int, offset: int) -> int:
    """Return where `offset` in a segment lies, for code of this width: 64-bit code has no bases in CS."""
    return offset if bits == 64 else base + (offset & 0xFFFFFFFF) & 0xFFFFFFFF
