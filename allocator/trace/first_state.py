"""Tell the processor's state before the first step of a trace: what no instruction of the run has set.

    boot                    as after a reset
    call of a machine       what the sandbox prepares for code of that width
    call of a booted PC     as its boot left it; only the live machine knows

Source: Intel SDM volume 3, section 10.1.1 and table 10-1 (reset); `called_state.py` (what a routine is called in).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from allocator.addresses import DESCRIPTORS, PAGE_TABLES
from allocator.machine import called_state
from allocator.machine.processor_state import ProcessorState, SegmentRegister
from allocator.machine.segments import Segment, Selector, decode_descriptor
from allocator.machine.system_registers import SystemRegisters, TableRegister
from allocator.registers import SEGMENTS
from allocator.trace.schema import BOOT

if TYPE_CHECKING:
    from allocator.trace.trace import Trace

_EFER_64 = 0xD01
_NO_TABLE = TableRegister(0, 0)
_VECTORS = TableRegister(0, 0x3FF)
_NO_SEGMENT = SegmentRegister(0, 0, 0, 0)
_CALLED_IN = {16: (0, 0), 32: (0x11, 0), 64: (0x80000033, PAGE_TABLES.start)}
"""CR0 and CR3 of a routine that the sandbox calls, by the width of its code."""


def first_state(trace: Trace) -> ProcessorState:
    """Return the processor before step 0; raises TraceError where only a machine that is gone could tell."""
    bits = trace[0].bits if len(trace) else trace.image.bits_at(trace.run.entry)
    is_boot = trace.run.routine == BOOT
    if is_boot or (trace.start.cr0, trace.start.cr3) == _CALLED_IN[bits]:
        return _prepared(trace, bits, is_boot)
    return trace.run.machine_before().system_state()


def _prepared(trace: Trace, bits: int, is_boot: bool) -> ProcessorState:
    start = trace.start
    plain = {name: start[name] for name in ("cr0", "cr2", "cr3", "cr4", "rflags", *SEGMENTS)}
    gdtr = _NO_TABLE if bits == 16 else TableRegister(DESCRIPTORS.start, len(called_state.DESCRIPTORS) - 1)
    idtr = _VECTORS if is_boot else _NO_TABLE
    efer = _EFER_64 if bits == 64 else 0
    registers = SystemRegisters(**plain, efer=efer, gdtr=gdtr, idtr=idtr, bits=bits)
    segments = {name: _segment(start[name], bits) for name in SEGMENTS}
    return ProcessorState(start.rip, start.rsp, registers, segments, _NO_SEGMENT, _NO_SEGMENT)


def _segment(selector: int, bits: int) -> SegmentRegister:
    if bits == 16:
        return SegmentRegister.real(selector)
    found = decode_descriptor(called_state.DESCRIPTORS[Selector(selector).offset :][:8], bits == 64)
    return SegmentRegister.of(selector, found) if isinstance(found, Segment) else _NO_SEGMENT
