"""Tell what the processor held of modes, tables and segments before any step of a trace, from the trace alone.

    control registers, selectors   have columns
    EFER, bases of FS and GS       what WRMSR wrote; LMA is LME under paging
    GDTR, IDTR                     what LGDT and LIDT read
    LDTR, TR                       what LLDT and LTR were given
    hidden part of a segment       what its descriptor said when the register was loaded last

In real mode a load changes the base alone: limit and attributes stay those of protected mode.

Not modelled: SWAPGS, WRFSBASE and WRGSBASE, task switches by hardware, SYSENTER and SYSCALL, SMM.

Source: Intel SDM volume 3, sections 2.4 (table registers), 3.4.3 (hidden parts), 3.4.4 (in 64-bit code), 9.8.5 (LMA).
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from allocator.instructions.disassembly import RegisterOperand, decode, read
from allocator.machine.descriptor_tables import find_descriptor
from allocator.machine.processor_state import ProcessorState, SegmentRegister
from allocator.machine.run import Registers
from allocator.machine.segments import Segment
from allocator.machine.system_registers import BITS, SystemRegisters, TableRegister
from allocator.registers import FULL, SEGMENTS
from allocator.trace.arrays import spans_back
from allocator.trace.first_state import first_state
from allocator.trace.past_memory import PastMemory

if TYPE_CHECKING:
    from allocator.trace.step import Step
    from allocator.trace.trace import Trace

_EFER, _BASES = 0xC0000080, {"fs": 0xC0000100, "gs": 0xC0000101}
_LMA = 1 << BITS["efer"]["LMA"]
_FAR = r"\b(jmp|call) (far |[^\[]*:)|\bretf|\biret"
_LOADS = {name: re.compile(rf"\b(mov|pop) {name}\b|\bl{name} ") for name in SEGMENTS} | {
    "cs": re.compile(_FAR), "ss": re.compile(r"\b(mov|pop) ss\b|\blss |\biret"),
    **{name: re.compile(rf"\b{name}\b") for name in ("lgdt", "lidt", "lldt", "ltr", "wrmsr")},
}  # fmt: skip
_WIDE, _LONG = 1 << 22, 1 << 21
_SYSTEM_LOADS = {"ldtr": "lldt", "tr": "ltr"}
_OPERAND_SIZE = 0x66


class SystemHistory:
    """The processor before the steps of one trace."""

    def __init__(self, trace: Trace) -> None:
        self._trace = trace
        self._first = first_state(trace)
        places = trace.columns.places
        texts = [decode(place.code, place.bits, place.address).text for place in places]
        self._loading = {
            name: np.array([bool(pattern.search(text)) for text in texts], np.bool_)
            for name, pattern in _LOADS.items()
        }  # fmt: skip
        self._is_protected = np.array([place.mode != "real16" for place in places], np.bool_)

    def state_at(self, moment: int) -> ProcessorState:
        """Return the processor before step `moment`, which may be the length of the trace."""
        values = self._trace.registers_at(moment)
        registers = self._registers(moment, values)
        segments = {name: self._segment(name, moment) for name in SEGMENTS}
        for name in _BASES:
            segments[name] = segments[name]._replace(base=self._base(name, moment, segments[name].base))
        bits = self._bits(moment, registers, segments["cs"])
        if moment < len(self._trace):
            segments["cs"] = segments["cs"]._replace(base=self._trace[moment].place.base)
        registers = replace(registers, bits=bits, fs_base=segments["fs"].base, gs_base=segments["gs"].base)
        ldtr, tr = self._system_segment("ldtr", moment), self._system_segment("tr", moment)
        return ProcessorState(values["rip"], values["rsp"], registers, segments, ldtr, tr)

    def _bits(self, moment: int, registers: SystemRegisters, code: SegmentRegister) -> int:
        if moment < len(self._trace):
            return self._trace[moment].bits
        if registers.is_long and code.attributes & _LONG:
            return 64
        return 32 if code.attributes & _WIDE else 16

    def _registers(self, moment: int, values: Registers) -> SystemRegisters:
        """Return the registers, those aside that are hidden parts."""
        plain = {name: values[name] for name in ("cr0", "cr2", "cr3", "cr4", "rflags", *SEGMENTS)}
        first = self._first.registers
        return SystemRegisters(
            **plain, efer=self._efer(moment, values["cr0"]),
            gdtr=self._table("lgdt", moment, first.gdtr), idtr=self._table("lidt", moment, first.idtr),
            ldtr=self._selector("ldtr", moment, first.ldtr), tr=self._selector("tr", moment, first.tr),
        )  # fmt: skip

    def _efer(self, moment: int, cr0: int) -> int:
        step = self._last_wrmsr(_EFER, moment)
        written = self._first.registers.efer if step is None else _written(self._trace[step])
        is_active = written >> BITS["efer"]["LME"] & cr0 >> BITS["cr0"]["PG"] & 1
        return written & ~_LMA | (_LMA if is_active else 0)

    def _table(self, instruction: str, moment: int, first: TableRegister) -> TableRegister:
        step = self._last_at(instruction, moment)
        return first if step is None else loaded_table(self._trace[step])

    def _selector(self, name: str, moment: int, first: int) -> int:
        step = self._last_at(_SYSTEM_LOADS[name], moment)
        return first if step is None else loaded_selector(self._trace[step])

    # -- hidden parts --

    def _segment(self, name: str, moment: int) -> SegmentRegister:
        step = self._last_load(name, moment)
        if step is None:
            return self._first.segments[name]
        after = self._registers(step + 1, self._trace.registers_at(step + 1))
        selector = getattr(after, name)
        if not after.is_real:
            return self._described(after, selector, step + 1)
        kept = self._loaded_in_protected_mode(name, step)
        return SegmentRegister(selector, selector << 4, kept.limit, kept.attributes)

    def _loaded_in_protected_mode(self, name: str, moment: int) -> SegmentRegister:
        step = self._last_at(name, moment, self._is_protected)
        if step is None:
            return self._first.segments[name]
        after = self._registers(step + 1, self._trace.registers_at(step + 1))
        return self._described(after, getattr(after, name), step + 1)

    def _system_segment(self, name: str, moment: int) -> SegmentRegister:
        step = self._last_at(_SYSTEM_LOADS[name], moment)
        if step is None:
            return self._first.ldtr if name == "ldtr" else self._first.tr
        before = self._registers(step, self._trace.registers_at(step))
        return self._described(before, loaded_selector(self._trace[step]), step)  # before LTR marks it as busy

    def _described(self, registers: SystemRegisters, selector: int, moment: int) -> SegmentRegister:
        """Return what loading `selector` found in its table before step `moment`."""
        memory = PastMemory(self._trace, moment).seen_by(registers)
        found = find_descriptor(registers, memory.peek, selector).descriptor
        if not isinstance(found, Segment):
            return SegmentRegister(selector, 0, 0, 0)
        return SegmentRegister.of(selector, found)

    def _base(self, name: str, moment: int, base: int) -> int:
        """Return the base of FS or GS: that of the descriptor, or what WRMSR wrote since."""
        step = self._last_wrmsr(_BASES[name], moment)
        loaded = self._last_load(name, moment)
        return base if step is None or (loaded is not None and loaded > step) else _written(self._trace[step])

    # -- the last step that loaded something --

    def _last_load(self, name: str, moment: int) -> int | None:
        """Return the last step before `moment` that loaded a segment register, by an instruction or an interrupt."""
        found = [self._last_at(name, moment), self._last_change(name, moment)]
        return max((step for step in found if step is not None), default=None)

    def _last_at(self, name: str, moment: int, among: npt.NDArray[np.bool_] | None = None) -> int | None:
        wanted = self._loading[name] if among is None else self._loading[name] & among
        if not wanted.any():
            return None
        place = self._trace.arrays.place
        for begin, end in spans_back(0, moment):
            found = np.flatnonzero(wanted[place[begin:end]])
            if len(found):
                return begin + int(found[-1])
        return None

    def _last_change(self, name: str, moment: int) -> int | None:
        register, number = self._trace.arrays.register, FULL.index(name)
        for begin, end in spans_back(0, self._trace.change_rows[moment]):
            found = np.flatnonzero(register[begin:end] == number)
            if len(found):
                return self._trace.change_rows.step_of(begin + int(found[-1]))
        return None

    def _last_wrmsr(self, register: int, moment: int) -> int | None:
        step = self._last_at("wrmsr", moment)
        while step is not None and self._trace[step].before.ecx != register:
            step = self._last_at("wrmsr", step)
        return step


def loaded_table(step: Step) -> TableRegister:
    """Return what LGDT or LIDT read: 2 bytes of limit, then 8 of base, or 4, or 3 with 16-bit operands."""
    reads = sorted((each for each in step.accesses if each.kind == "read"), key=lambda each: each.address)
    data = b"".join(each.after for each in reads)
    is_short = (step.bits == 16) != (_OPERAND_SIZE in step.code[:-2]) and step.bits != 64
    base = int.from_bytes(data[2:5] if is_short else data[2:10], "little")
    return TableRegister(base, int.from_bytes(data[:2], "little"))


def loaded_selector(step: Step) -> int:
    """Return the selector that LLDT or LTR loads."""
    reading = read(step.code, step.bits, step.address)
    operand = reading.operands[0] if reading and reading.operands else None
    if isinstance(operand, RegisterOperand):
        return step.before[operand.name] & 0xFFFF
    return next((each.value & 0xFFFF for each in step.accesses if each.kind == "read"), 0)


def _written(step: Step) -> int:
    return step.before.edx << 32 | step.before.eax
