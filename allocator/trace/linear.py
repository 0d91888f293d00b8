"""Tell at which linear address an access lies of which the engine says only the physical one.

    mov [fs:rbx + 8*rcx], eax      the operand        FS base + rbx + 8*rcx
    rep movsb                      the strings        DS:rsi is read, ES:rdi written
    push, call, iret               the stack          near SS:rsp
    mov ds, ax                     the tables         GDT base + selector

A page keeps the lowest 12 bits of an address, so an access lies at the candidate that agrees in these, and that the
page tables lead to that frame. Where they do not (the processor still knows an older translation), agreeing is enough.

Source: Intel SDM volume 1, section 3.7.5 (effective addresses); volume 3, section 3.4.4 (bases in 64-bit code).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from allocator.instructions.disassembly import MemoryOperand, Reading, RegisterOperand, decode, read
from allocator.machine.processor_state import ProcessorState
from allocator.registers import FULL, REGISTERS
from allocator.trace.schema import READ, WRITE, Place

_IN_FRAME = 0xFFF
_STACK_REACH = 1024
"""Bytes around the stack pointer that one instruction can touch."""
_SHORTEST_REACH = 16
_SAVED_STATE = 576
_SAVES = ("fxsave", "fxrstor", "fxsave64", "fxrstor64", "fsave", "fnsave", "frstor", "fstenv", "fnstenv", "fldenv")
_STRINGS = (*range(0x6C, 0x70), *range(0xA4, 0xA8), *range(0xAA, 0xB0))
_BIT_TESTS = ("bt", "bts", "btr", "btc")
_BOTH = (READ, WRITE)


class Pointer(NamedTuple):
    """An address that an instruction forms, of `width` bytes, in `segment`.

    What is accessed begins at most `reach` bytes behind it, and `below` before it; ``kinds`` is what can be done
    there. ``bit`` is a register whose value, a number of bits, moves it on by whole operands (BT).
    """

    segment: str
    width: int
    base: str | None
    scaled: str | None = None
    scale: int = 1
    displacement: int = 0
    is_relative: bool = False
    reach: int = _SHORTEST_REACH
    below: int = 0
    kinds: tuple[int, ...] = _BOTH
    bit: RegisterOperand | None = None


class Moment(NamedTuple):
    """What an address is computed from: the instruction, the registers before it, or before this round of it."""

    place: Place
    registers: Sequence[int]
    processor: ProcessorState


def find_linear(
    moment: Moment, kind: int, physical: int, ordinal: int, leads_to: Callable[[int, int], bool]
) -> int | None:
    """Return the linear address of an access to `physical`, or None where no pointer explains it.

    It is access number `ordinal` of its instruction; ``leads_to(linear, physical)`` asks the page tables.
    """
    found = list(_candidates(moment, kind, physical, ordinal))
    sure = (address for address in found if leads_to(address, physical))
    return next(sure, found[0] if found else None)


def _candidates(moment: Moment, kind: int, physical: int, ordinal: int) -> Iterator[int]:
    place = moment.place
    mask = (1 << 64) - 1 if place.bits == 64 else 0xFFFFFFFF
    for pointer in pointers_of(place.code, place.bits, ordinal % 2):
        if kind in pointer.kinds:
            start = start_of(pointer, moment) - pointer.below
            distance = physical - start & _IN_FRAME
            if distance < pointer.below + pointer.reach:
                yield start + distance & mask
    for start, limit in _tables(moment.processor):
        distance = physical - start & _IN_FRAME
        if kind == READ or distance <= limit:  # a load marks a descriptor as accessed, LTR one as busy
            yield start + distance & mask


def _tables(processor: ProcessorState) -> tuple[tuple[int, int], ...]:
    return processor.gdtr, (processor.ldtr.base, processor.ldtr.limit), (processor.tr.base, processor.tr.limit)


def start_of(pointer: Pointer, moment: Moment) -> int:
    """Return the linear address that a pointer means, not yet cut to the width of addresses."""
    place = moment.place
    offset = pointer.displacement
    if pointer.is_relative:
        offset += place.offset + len(place.code)
    for name, scale in ((pointer.base, 1), (pointer.scaled, pointer.scale)):
        if name:
            offset += scale * _value(name, moment)
    if pointer.bit:
        width = pointer.bit.size
        number = _value(pointer.bit.name, moment)
        number -= (number >> 8 * width - 1) << 8 * width
        offset += number // (8 * width) * width
    return (offset & (1 << 8 * pointer.width) - 1) + _segment_base(pointer.segment, moment)


def _value(name: str, moment: Moment) -> int:
    view = REGISTERS[name]
    return view.of(int(moment.registers[FULL.index(view.full)]) & (1 << 64) - 1)


def _segment_base(segment: str, moment: Moment) -> int:
    if moment.place.bits == 64 and segment not in ("fs", "gs"):
        return 0
    return moment.processor.segments[segment].base


@lru_cache(maxsize=4096)
def pointers_of(code: bytes, bits: int, turn: int = 0) -> tuple[Pointer, ...]:
    """Return the addresses that an instruction forms, the likeliest first; `turn` is 1 for every second access."""
    reading = read(code, bits)
    if reading is None:
        return ()
    pointers = [*_explicit(reading, decode(code, bits).name, bits), *_implicit(decode(code, bits).name, reading, bits)]
    if decode(code, bits).name.startswith("cmps") and len(pointers) > 1:  # ES:rDI is read first, then DS:rSI
        in_es = [pointer for pointer in pointers if pointer.segment == "es"]
        pointers = pointers if turn else [*in_es, *pointers]
    return tuple(pointers)


def _explicit(reading: Reading, name: str, bits: int) -> Iterator[Pointer]:
    width = reading.anatomy.address_size(bits)
    last = reading.operands[-1] if reading.operands else None
    for operand in reading.operands:
        if isinstance(operand, MemoryOperand):
            reach = _SAVED_STATE if name in _SAVES else max(operand.size, _SHORTEST_REACH)
            bit = last if name in _BIT_TESTS and isinstance(last, RegisterOperand) else None
            is_string = _is_string(reading, operand)
            yield Pointer(
                _segment(operand, is_string), width, operand.base, operand.index_register, operand.scale,
                operand.displacement, operand.relative, operand.size if is_string else reach, 0,
                _string_kinds(operand, name) if is_string else _BOTH, bit,
            )  # fmt: skip


def _is_string(reading: Reading, operand: MemoryOperand) -> bool:
    return reading.anatomy.map == 0 and reading.anatomy.opcode in _STRINGS and operand.base is not None


def _segment(operand: MemoryOperand, is_string: bool) -> str:
    base = operand.base or ""
    if is_string and base.endswith("di"):
        return "es"
    return operand.segment or ("ss" if base.endswith(("bp", "sp")) else "ds")


def _string_kinds(operand: MemoryOperand, name: str) -> tuple[int, ...]:
    is_read = (operand.base or "").endswith("si") or name.startswith(("scas", "cmps"))
    return (READ,) if is_read else (WRITE,)


def _implicit(name: str, reading: Reading, bits: int) -> Iterator[Pointer]:
    width = reading.anatomy.address_size(bits)
    prefix = {2: "", 4: "e", 8: "r"}[width]
    segment = reading.anatomy.segment or "ds"
    if name == "xlatb":
        yield Pointer(segment, width, prefix + "bx", "al", reach=1, kinds=(READ,))
    if name.startswith("maskmov"):
        yield Pointer(segment, width, prefix + "di", kinds=(WRITE,))
    # The width of the stack is not that of the code, but the upper half of a pointer in use is zero.
    stack = bits // 8 if bits != 16 else 4
    top, frame = {4: ("esp", "ebp"), 8: ("rsp", "rbp")}[stack]
    if bits == 16:
        yield Pointer("ss", 2, "sp", reach=_STACK_REACH, below=_STACK_REACH)
    yield Pointer("ss", stack, top, reach=_STACK_REACH, below=_STACK_REACH)
    if name in ("leave", "enter"):
        yield Pointer("ss", stack, frame, reach=_STACK_REACH, below=_STACK_REACH)
