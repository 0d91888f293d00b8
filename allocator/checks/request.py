"""Say what an instruction asks the processor for, before it runs: the moment at which rules of the manual are asked.

    mov cr0, eax      CR0 is to become EAX                        lgdt [m]     GDTR is to become what lies there
    mov ss, ax        SS is to be loaded with AX                  retf, iret   CS:IP comes from the stack
    jmp 8:start       CS:IP is to become that

What the processor would refuse is asked for all the same. Of a far transfer through memory and of a return the operand
is read where the processor would read it.

Source: Intel SDM volume 2, the pages of these instructions.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from typing import Any

from allocator.checks.situation import FarTransfer, SegmentLoad, Situation, TableLoad
from allocator.instructions.disassembly import Decoded, MemoryOperand, Reading, RegisterOperand, decode, read
from allocator.machine.descriptor_tables import Read
from allocator.machine.processor_state import ProcessorState
from allocator.machine.segments import Segment
from allocator.machine.system_registers import BITS, SystemRegisters, TableRegister
from allocator.registers import FULL, REGISTERS, SEGMENTS
from allocator.trace.linear import Moment, pointers_of, start_of
from allocator.trace.schema import Place

EFER = 0xC0000080
_FAR_JUMPS = {0xEA: "jmp", 0x9A: "call"}
_RETURNS = ("retf", "retfq", "iret", "iretw", "iretd", "iretq")
_FAR_POINTERS = ("lds", "les", "lss", "lfs", "lgs")
_LOW_CR0 = 0xF
_DIVISIONS = ("div", "idiv")
_USING_STACK = ("push", "pop", "call", "ret", "iret", "enter", "leave", "int")
_IF = 1 << 9
_SYSTEM_REGISTER = re.compile(r"\b[cd]r\d")
_LME = 1 << BITS["efer"]["LME"]
_LMA = 1 << BITS["efer"]["LMA"]


_read = lru_cache(maxsize=1024)(read)
"""The operands of an instruction, wherever it lies: of near branches, whose targets are relative, nothing is asked."""


@dataclass(frozen=True)
class Request:
    """One instruction about to run: where, with which registers (in the order of `FULL`), on which processor.

    ``memory`` reads physical addresses.
    """

    place: Place
    registers: Sequence[int]
    state: ProcessorState
    memory: Read

    @cached_property
    def decoded(self) -> Decoded:
        """The instruction, disassembled."""
        return decode(self.place.code, self.place.bits, self.place.address)

    @cached_property
    def reading(self) -> Reading | None:
        """Its operands."""
        return _read(self.place.code, self.place.bits)

    @cached_property
    def plain(self) -> Situation:
        """The moment as if the instruction changed nothing."""
        state, registers = self.state, self.state.registers
        code = Segment(state.segments["cs"].attributes << 32)
        following = state.counter + len(self.place.code)
        return Situation(
            registers, registers, self.memory, following, self.stack(0), code, state=state, code_address=state.counter,
            instruction=self.decoded.name, operand_address=self.operand_address, pointers=self._pointers(),
            moves_system=bool(_SYSTEM_REGISTER.search(self.decoded.operands)), uses_sse="xmm" in self.decoded.operands,
            operand=self.divisor() if self.decoded.name in _DIVISIONS else None,
        )  # fmt: skip

    def _pointers(self) -> tuple[tuple[str, int], ...]:
        """Return the registers that make the address of the operand, or are the divisor; else the stack pointer."""
        operands = self.reading.operands if self.reading else ()
        found = [each for each in operands if isinstance(each, MemoryOperand)]
        names = [name for each in found for name in (each.base, each.index_register) if name and name != "rip"]
        if self.decoded.name in _DIVISIONS or self.decoded.operands.startswith("cr"):
            names += [each.name for each in operands if isinstance(each, RegisterOperand) and each.name[:2] != "cr"]
        if self.decoded.name == "wrmsr":
            names = ["eax", "ecx"]
        if not found and self.decoded.name.startswith(_USING_STACK):
            names = [{16: "sp", 32: "esp", 64: "rsp"}[self.state.stack_bits]]
        return tuple((name, self.register(name)) for name in dict.fromkeys(names))

    def divisor(self) -> int | None:
        """Return what DIV or IDIV divides by."""
        operand = self.reading.operands[0] if self.reading and self.reading.operands else None
        if isinstance(operand, RegisterOperand):
            return self.register(operand.name)
        return int.from_bytes(self.from_memory(operand.size), "little") if isinstance(operand, MemoryOperand) else None

    def situation(self) -> Situation:
        """Return the moment with what the instruction asks for."""
        make = _REQUESTS.get(self.decoded.name)
        asked = make(self) if make and self.reading else None
        found = asked or self.plain
        return replace(found, target=self._near_target())

    def _near_target(self) -> int | None:
        """Return where RET, or JMP or CALL through a register, leads in 64-bit code."""
        if self.place.bits != 64 or self.reading is None:
            return None
        if self.decoded.name == "ret":
            return int.from_bytes(self.plain.read(self.stack(0), 8), "little")
        if self.decoded.name not in ("jmp", "call"):
            return None
        if isinstance(self.reading.operands[0], RegisterOperand):
            return self.operand(0)
        return None if self.operand_address is None else int.from_bytes(self.from_memory(8), "little")

    # -- operands --

    def register(self, name: str) -> int:
        """Return a register by any architectural name."""
        view = REGISTERS[name]
        return view.of(int(self.registers[FULL.index(view.full)]) & (1 << 64) - 1)

    def operand(self, number: int) -> int:
        """Return the value of a register operand, or of a selector or word in memory."""
        chosen = self.reading.operands[number] if self.reading else None
        if isinstance(chosen, RegisterOperand):
            return self.register(chosen.name)
        return int.from_bytes(self.from_memory(2), "little")

    @cached_property
    def operand_address(self) -> int | None:
        """The linear address of the operand in memory."""
        if self.reading is None or not any(isinstance(each, MemoryOperand) for each in self.reading.operands):
            return None
        pointer = pointers_of(self.place.code, self.place.bits)[0]
        mask = (1 << 64) - 1 if self.place.bits == 64 else 0xFFFFFFFF
        return start_of(pointer, Moment(self.place, self.registers, self.state)) & mask

    def from_memory(self, size: int, offset: int = 0) -> bytes:
        """Return the bytes of the operand in memory, zeros where there is none."""
        if self.operand_address is None:
            return bytes(size)
        return self.plain.read(self.operand_address + offset, size).ljust(size, b"\0")

    def stack(self, distance: int) -> int:
        """Return the linear address so many bytes above the stack pointer."""
        state = self.state
        if state.stack_bits == 64:
            return state.rsp + distance & (1 << 64) - 1
        return state.segments["ss"].base + (state.rsp + distance & (1 << state.stack_bits) - 1) & 0xFFFFFFFF

    def popped(self, count: int, size: int) -> list[int]:
        """Return the entries from the top of the stack on."""
        parts = (self.plain.read(self.stack(number * size), size) for number in range(count))
        return [int.from_bytes(part, "little") for part in parts]

    @property
    def operand_size(self) -> int:
        """The operand size in bytes."""
        return self.reading.anatomy.operand_size(self.place.bits) if self.reading else 0


def _moved(request: Request) -> Situation | None:
    """Return what MOV to a control or a segment register asks for."""
    target = request.reading.operands[0] if request.reading else None
    if not isinstance(target, RegisterOperand):
        return None
    if target.name in SEGMENTS:
        return _loaded(request, target.name, request.operand(1) & 0xFFFF, _origin(request, 1))
    return _controlled(request, target.name, request.operand(1)) if target.name in ("cr0", "cr3", "cr4") else None


def _controlled(request: Request, name: str, value: int) -> Situation:
    before = request.state.registers
    after = _with(before, name, value)
    if name == "cr0" and after.is_set("cr0", "PG") and before.efer & _LME:
        after = replace(after, efer=before.efer | _LMA)
    elif name == "cr0" and not after.is_set("cr0", "PG"):
        after = replace(after, efer=before.efer & ~_LMA)
    return replace(request.plain, after=after, written=name)


def _with(registers: SystemRegisters, name: str, value: int | TableRegister) -> SystemRegisters:
    changed: dict[str, Any] = {name: value}
    return replace(registers, **changed)


def _low_word(request: Request) -> Situation:
    """LMSW sets the four low bits of CR0, and cannot clear PE."""
    cr0 = request.state.registers.cr0
    return _controlled(request, "cr0", cr0 & ~(_LOW_CR0 - 1) | request.operand(0) & _LOW_CR0)


def _model_specific(request: Request) -> Situation | None:
    number = request.register("ecx")
    value = request.register("edx") << 32 | request.register("eax")
    if number != EFER:
        return replace(request.plain, model_specific=(number, value))
    after = replace(request.state.registers, efer=value & ~_LMA | request.state.registers.efer & _LMA)
    return replace(request.plain, after=after, written="efer")


def _table(request: Request) -> Situation | None:
    if request.operand_address is None:
        return None
    size = 8 if request.place.bits == 64 else 4
    data = request.from_memory(2 + size)
    limit, base = int.from_bytes(data[:2], "little"), int.from_bytes(data[2:], "little")
    is_cut = request.operand_size == 2 and size == 4
    register = "gdtr" if request.decoded.name == "lgdt" else "idtr"
    loaded = TableRegister(base & 0xFFFFFF if is_cut else base, limit)
    after = _with(request.state.registers, register, loaded)
    offset = request.operand_address - _base_of_operand(request)
    load = TableLoad(register, request.operand_address, offset, base, loaded)
    return replace(request.plain, after=after, table=load)


def _base_of_operand(request: Request) -> int:
    if request.place.bits == 64:
        return 0
    return request.state.segments[pointers_of(request.place.code, request.place.bits)[0].segment].base


def _loaded(request: Request, register: str, selector: int, source: str | int | None) -> Situation:
    return replace(request.plain, load=SegmentLoad(register, selector, source=source))


def _origin(request: Request, number: int) -> str | int | None:
    """Return the register, or the address, that an operand is."""
    operand = request.reading.operands[number] if request.reading else None
    return operand.name if isinstance(operand, RegisterOperand) else request.operand_address


def _popped(request: Request) -> Situation | None:
    target = request.reading.operands[0] if request.reading and request.reading.operands else None
    if not isinstance(target, RegisterOperand) or target.name not in SEGMENTS:
        return None
    return _loaded(request, target.name, request.popped(1, 2)[0], request.stack(0))


def _far_pointer(request: Request) -> Situation:
    selector = int.from_bytes(request.from_memory(2, request.operand_size), "little")
    source = None if request.operand_address is None else request.operand_address + request.operand_size
    return _loaded(request, request.decoded.name[1:], selector, source)


def _system_segment(request: Request) -> Situation:
    register = "tr" if request.decoded.name == "ltr" else "ldtr"
    return _loaded(request, register, request.operand(0) & 0xFFFF, _origin(request, 0))


def _jumped(request: Request) -> Situation | None:
    assert request.reading is not None
    anatomy, size = request.reading.anatomy, request.operand_size
    source = None
    if anatomy.opcode in _FAR_JUMPS and anatomy.map == 0:
        data = request.place.code[anatomy.opcode_at + 1 :]
    elif _is_far(request, anatomy.opcode, anatomy.opcode_at):
        data = request.from_memory(size + 2)
        source = None if request.operand_address is None else request.operand_address + size
    else:
        return None
    offset, selector = int.from_bytes(data[:size], "little"), int.from_bytes(data[size : size + 2], "little")
    return replace(request.plain, transfer=FarTransfer(selector, offset, 8 * size, source=source))


def _is_far(request: Request, opcode: int, at: int) -> bool:
    code = request.place.code
    return opcode == 0xFF and len(code) > at + 1 and code[at + 1] >> 3 & 7 in (3, 5)


def _returned(request: Request) -> Situation:
    size, name = request.operand_size, request.decoded.name
    is_interrupt = name.startswith("iret")
    offset, selector, *_ = request.popped(2, size)
    selector &= 0xFFFF
    stack = request.stack(0) if is_interrupt else None
    transfer = FarTransfer(selector, offset, 8 * size, name, stack, request.stack(size))
    situation = replace(request.plain, transfer=transfer)
    outer = selector & 3 > request.state.cpl or (is_interrupt and size == 8)
    if not outer or request.state.registers.is_real:
        return situation
    parameters = 0 if is_interrupt or not request.reading or not request.reading.operands else request.operand(0)
    at = size * (4 if is_interrupt else 3) + parameters
    source = request.stack(at)
    popped = int.from_bytes(request.plain.read(source, 2), "little")
    return replace(situation, load=SegmentLoad("ss", popped, selector & 3, source))


def _interruptible(request: Request) -> Situation:
    flags = request.popped(1, request.operand_size)[0] if request.decoded.name.startswith("popf") else _IF
    after = replace(request.state.registers, rflags=request.state.registers.rflags & ~_IF | flags & _IF)
    return replace(request.plain, after=after)


_REQUESTS: dict[str, Callable[[Request], Situation | None]] = {
    "mov": _moved,
    "lmsw": _low_word,
    "wrmsr": _model_specific,
    "lgdt": _table,
    "lidt": _table,
    "pop": _popped,
    **dict.fromkeys(("sti", "popf", "popfd", "popfq"), _interruptible),
    "ltr": _system_segment,
    "lldt": _system_segment,
    "jmp": _jumped,
    "call": _jumped,
    **dict.fromkeys(_FAR_POINTERS, _far_pointer),
    **dict.fromkeys(_RETURNS, _returned),
}
"""Mnemonic to what makes its situation."""
