"""Describe the processor as a called routine finds it: registers, descriptors and page tables of the sandbox.

Source: Intel SDM volume 3, sections 3.4.5 (descriptors), 4.5 (4-level paging), 9.8.5 (initialising IA-32e mode).
"""

from __future__ import annotations

import struct
from collections.abc import Mapping
from typing import TYPE_CHECKING, NamedTuple

from allocator.addresses import PAGE_TABLES, Range
from allocator.errors import MachineError
from allocator.registers import GENERAL, SEGMENTS
from allocator.units import PAGE_SIZE

if TYPE_CHECKING:
    from allocator.machine.cpu import Cpu


class CalledState(NamedTuple):
    """What decides the registers in which a routine of `bits`-bit code is called.

    ``origin`` is `CALLED`, or `RESET` where the processor begins as after a reset, or `PRESENT` where all registers
    that are not given stay as they are.
    """

    bits: int
    code_selector: int
    stack_pointer: int
    selectors: tuple[tuple[str, int], ...] = ()
    origin: str = "called"


CALLED, RESET, PRESENT = "called", "reset", "present"
DESCRIPTORS = struct.pack("<5Q", 0, 0x00AF9B000000FFFF, 0x00CF9B000000FFFF, 0x00CF93000000FFFF, 0x008F9B000000FFFF)
"""Null, code 64, code 32, data, code 16: base 0, limit 4 GiB (SDM volume 3, section 3.4.5)."""
PAGE_TABLE_BYTES = struct.pack(
    "<Q4088x512Q", (PAGE_TABLES.start + 0x1000) | 0x23, *[(page << 30) | 0xE3 for page in range(512)]
)  # one entry for 512 GiB; below it 512 of 1 GiB: present, writable, accessed, dirty (SDM volume 3, section 4.5)
CODE_SELECTORS = {16: 0, 32: 0x10, 64: 0x08}
"""What CS holds in a called routine of that width."""
DATA_SELECTORS = {16: 0, 32: 0x18, 64: 0x18}
FILL = {name: 0x00C0FFEE_BAD00000 + 0x1111 * (index + 1) for index, name in enumerate(GENERAL) if name != "rsp"}
"""What the registers hold that a caller does not give: odd, distinct, and no address of anything."""
RESET_REGISTERS = {"rdx": 0x663, "rip": 0xFFF0, "rflags": 2, "cs": 0xF000, "cr0": 0x10}
"""The registers that are not zero when a machine boots. CR0 is what firmware leaves: caches on."""


def with_selectors(state: CalledState, given: Mapping[str, int]) -> tuple[CalledState, dict[str, int]]:
    """Move the selectors among the registers that are `given` into the state."""
    selectors = tuple((name, value) for name, value in given.items() if name in SEGMENTS)
    return state._replace(selectors=selectors), {name: value for name, value in given.items() if name not in SEGMENTS}


def prepare(cpu: Cpu, state: CalledState) -> None:
    """Put every register into the state in which a routine is called, or in which a machine boots."""
    if state.origin == PRESENT:
        _keep(cpu, state)
        return
    if state.origin == RESET:
        _reset(cpu, state)
        return
    segments = {**dict.fromkeys(SEGMENTS, DATA_SELECTORS[state.bits]), "cs": state.code_selector}
    cpu.load_segments(state.bits, {**segments, **dict(state.selectors)})
    cpu.set("cr4", 0x600)  # SSE as an operating system enables it
    if state.bits == 64:
        _enter_long_mode(cpu)
    for name, value in FILL.items():
        cpu.set(name, value)
    cpu.set("rsp", state.stack_pointer)


def _reset(cpu: Cpu, state: CalledState) -> None:
    cpu.load_segments(16, {"cs": state.code_selector})
    cpu.set_vector_table(0, 0x3FF)
    for name, value in RESET_REGISTERS.items():
        if name not in SEGMENTS:
            cpu.set(name, value)


def _keep(cpu: Cpu, state: CalledState) -> None:
    if state.selectors:
        raise MachineError("the segment registers of a booted machine are what its program made them")
    for name, value in FILL.items():
        cpu.set(name, value)
    cpu.set("rsp", state.stack_pointer)


def lay_page_tables(cpu: Cpu) -> None:
    """Put the page tables of called 64-bit code into memory."""
    cpu.map(Range(PAGE_TABLES.end - PAGE_SIZE, PAGE_TABLES.end))
    cpu.push(PAGE_TABLES.start, PAGE_TABLE_BYTES)


def _enter_long_mode(cpu: Cpu) -> None:
    # With tables that map 512 GiB to themselves.
    cpu.set("cr4", 0x620)
    cpu.set("cr3", PAGE_TABLES.start)
    cpu.set_efer(0xD01)
    cpu.set("cr0", 0x80000033)
