"""Processors and memories made by hand, for the views of translation: flat segments, and page tables of each mode."""

from __future__ import annotations

import struct
from collections.abc import Callable, Mapping

from allocator.machine.linear_memory import LinearMemory
from allocator.machine.processor_state import ProcessorState, SegmentRegister
from allocator.machine.segments import Segment, decode_descriptor
from allocator.machine.system_registers import SystemRegisters, TableRegister

GDT, DIRECTORY, TABLE = 0x800, 0x1000, 0x2000
CODE_32, DATA_32, CODE_64, STACK = 0x00CF9B000000FFFF, 0x00CF93000000FFFF, 0x00AF9B000000FFFF, 0x0040_9340_0000_0FFF
TABLE_OF_DESCRIPTORS = struct.pack("<5Q", 0, CODE_32, DATA_32, CODE_64, STACK)

Read = Callable[[int, int], bytes]


def memory_of(parts: Mapping[int, bytes], end: int = 0x100000) -> Read:
    """Return what reads these bytes, and zeros elsewhere below `end`."""
    content = bytearray(end)
    for address, data in parts.items():
        content[address : address + len(data)] = data
    return lambda address, size: bytes(content[address : address + size]) if address < end else b""


def words(entries: Mapping[int, int], size: int) -> dict[int, bytes]:
    """Return entries of page tables as bytes by address."""
    return {address: value.to_bytes(size, "little") for address, value in entries.items()}


def state_of(registers: SystemRegisters) -> ProcessorState:
    """Return a state whose segment registers hold what the table of descriptors says."""
    segments = {name: _held(getattr(registers, name), registers) for name in ("es", "cs", "ss", "ds", "fs", "gs")}
    nothing = SegmentRegister(0, 0, 0, 0)
    return ProcessorState(0x7C00, 0x7000, registers, segments, nothing, nothing)


def _held(selector: int, registers: SystemRegisters) -> SegmentRegister:
    if registers.is_real:
        return SegmentRegister.real(selector)
    found = decode_descriptor(TABLE_OF_DESCRIPTORS[selector & 0xFFF8 :][:8], registers.is_long)
    assert isinstance(found, Segment)
    return SegmentRegister.of(selector, found)


def linear_memory(registers: SystemRegisters, read: Read) -> LinearMemory:
    """Return memory for looking at only."""

    def refuse(address: int, data: bytes) -> None:
        raise AssertionError("nothing is to be written")

    return LinearMemory(registers, read, refuse, "firmware")


FLAT = {"cs": 8, "ss": 0x10, "ds": 0x10, "es": 0x10, "fs": 0x10, "gs": 0x10, "gdtr": TableRegister(GDT, 0x27)}
PROTECTED_32 = SystemRegisters(cr0=0x11, bits=32, **FLAT)
PAGED_32 = SystemRegisters(cr0=0x80010011, cr3=DIRECTORY, cr4=0x10, bits=32, **FLAT)
LONG_64 = SystemRegisters(cr0=0x80010011, cr3=DIRECTORY, cr4=0x20, efer=0xD00, bits=64, **{**FLAT, "cs": 0x18})
PAGED_MEMORY = memory_of(
    {
        GDT: TABLE_OF_DESCRIPTORS,
        **words({DIRECTORY: TABLE | 0x27, DIRECTORY + 4: 0x3007, DIRECTORY + 0xC00: 0x00C0_0083}, 4),
        **words({TABLE + 4 * page: page << 12 | 0x63 for page in range(16)}, 4),
        **words({0x300C: 0x5067, 0x3010: 0x9065}, 4),
    }
)
LONG_MEMORY = memory_of(
    {
        GDT: TABLE_OF_DESCRIPTORS,
        **words({DIRECTORY: 0x2007, 0x2000: 0x3007, 0x2008: 0x4000_0083, 0x3008: 0x4007}, 8),
        **words({0x3000: 0xE3}, 8),
        **words({0x4000 + 8 * page: 0x50000 + (page << 12) | 7 | (1 << 63) * (page % 2) for page in range(4)}, 8),
    }
)
