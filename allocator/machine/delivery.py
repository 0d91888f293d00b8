"""Deliver an interrupt or an exception as the manual says: through the vectors of real mode, or a gate of the IDT.

                            real mode     16- and 32-bit gates                   gates of long mode
    table at IDTR           4 bytes       8 bytes                                16 bytes
    new stack               never         inner privilege level: SSn:ESPn        inner level: RSPn; any: ISTn
    pushed, first to last   FLAGS CS IP   [SS ESP] EFLAGS CS EIP [error code]    SS RSP RFLAGS CS RIP [error code]
    cleared                 IF TF AC      TF NT RF VM, IF by interrupt gates     the same; RSP is aligned to 16 first

- Nothing is written before everything was checked. What cannot be delivered is an exception in its turn: two that do
  not go together are a double fault, and one more shuts the processor down. Every step of that is told in words.
- A software interrupt (INT n, INT3, INTO) may use a gate only from a privilege level that the gate allows.

Not modelled: task gates and task switches, virtual-8086 mode, the bit in a descriptor that says it was used, stacks
that expand down, CET; RF in the frame of a fault, which matters for breakpoints in debug registers only, and which the
engine would not clear again after one instruction.

Source: Intel SDM volume 3, sections 6.12 (gates), 6.13 (error codes), 6.14 (long mode), 6.15 and table 6-5 (double
faults), 7.2 (task state); volume 2, INT n.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple, NoReturn

from allocator.machine.descriptor_tables import find_descriptor, find_gate
from allocator.machine.engine_context import Change
from allocator.machine.exceptions import (
    CONTRIBUTORY,
    DOUBLE_FAULT,
    GENERAL_PROTECTION,
    HAVE_ERROR_CODE,
    INVALID_TASK,
    NOT_PRESENT,
    PAGE_FAULT,
    STACK_FAULT,
    exception_name,
)
from allocator.machine.linear_memory import LinearMemory, Untranslated
from allocator.machine.processor_state import ProcessorState, SegmentRegister
from allocator.machine.segments import Gate, Segment, Selector
from allocator.machine.task_state import field_place, stack_fields, task_bits

_TF, _IF, _NT, _RF, _VM, _AC = 1 << 8, 1 << 9, 1 << 14, 1 << 16, 1 << 17, 1 << 18
_EXTERNAL, _IN_IDT = 1, 2


class Event(NamedTuple):
    """What is to be delivered. ``start`` is the RIP of the instruction, ``following`` the one that the frame holds.

    It is an exception unless it ``is_software`` or ``is_external``, a device's.
    """

    vector: int
    start: int
    following: int
    error_code: int = 0
    is_software: bool = False
    fault_address: int | None = None
    is_external: bool = False

    @property
    def is_exception(self) -> bool:
        """Whether the processor itself raised it."""
        return not (self.is_software or self.is_external)

    @property
    def name(self) -> str:
        """What it is called."""
        if not self.is_exception:
            return f"{'int' if self.is_software else 'a device interrupt, vector'} {self.vector:#x}"
        place = "" if self.fault_address is None else f" at {self.fault_address:#x}"
        return exception_name(self.vector) + place


class Shutdown(NamedTuple):
    """A triple fault: the steps that led to it, in words."""

    steps: tuple[str, ...]


class Unmodelled(NamedTuple):
    """A delivery that this machine does not do: the reason."""

    reason: str


@dataclass(frozen=True)
class Arrival:
    """The registers with which a handler begins; ``fault_address`` is what CR2 becomes, unless it is None."""

    event: Event
    change: Change
    fault_address: int | None
    problems: tuple[str, ...] = ()


class _RefusedError(Exception):
    """The delivery itself broke a rule: the exception that follows from it."""

    def __init__(self, vector: int, error_code: int, reason: str, fault_address: int | None = None) -> None:
        super().__init__(reason)
        self.vector = vector
        self.error_code = error_code
        self.reason = reason
        self.fault_address = fault_address


class _UnmodelledError(Exception):
    """The delivery needs what is not modelled."""


def deliver(state: ProcessorState, event: Event, memory: LinearMemory) -> Arrival | Shutdown | Unmodelled:
    """Push the frame of `event` and return where it leads; `memory` is that of the kernel.

    Raises Untranslated where the frame has no memory.
    """
    steps: list[str] = []
    current: Event | None = event
    fault_address = event.fault_address
    while current is not None:
        try:
            return Arrival(current, _Delivery(state, current, memory).change(), fault_address, tuple(steps))
        except _UnmodelledError as unmodelled:
            return Unmodelled(str(unmodelled))
        except _RefusedError as refused:
            steps.append(f"{current.name} cannot be delivered: {refused.reason}")
            if refused.fault_address is not None:
                fault_address = refused.fault_address
            current = _following(current, refused)
    return Shutdown(tuple(steps))


def _following(event: Event, refused: _RefusedError) -> Event | None:
    """Return the event that a refused one turns into; None for a shutdown."""
    again = Event(refused.vector, event.start, event.start, refused.error_code, fault_address=refused.fault_address)
    if not event.is_exception:
        return again
    if event.vector == DOUBLE_FAULT:
        return None
    both = event.vector in CONTRIBUTORY and refused.vector in CONTRIBUTORY
    if both or (event.vector == PAGE_FAULT and refused.vector in CONTRIBUTORY | {PAGE_FAULT}):
        return again._replace(vector=DOUBLE_FAULT, error_code=0, fault_address=None)
    return again


@dataclass
class _Delivery:
    """One attempt to deliver one event."""

    state: ProcessorState
    event: Event
    memory: LinearMemory
    _words: list[int] = field(default_factory=list)

    def change(self) -> Change:
        """Push the frame, and return the registers of the handler."""
        registers = self.state.registers
        try:
            if not registers.is_set("cr0", "PE"):
                return self._through_vector()
            if registers.is_virtual:
                raise _UnmodelledError("interrupts in virtual-8086 mode are not modelled")
            return self._through_gate()
        except Untranslated as nowhere:
            if nowhere.fault is None:
                raise
            fault, place = nowhere.fault, nowhere.address
            reason = f"{nowhere.kind} at {place:#x}: {fault.reason}"
            raise _RefusedError(fault.vector, fault.error_code, reason, place) from None

    # -- real mode --

    def _through_vector(self) -> Change:
        state, vector = self.state, self.event.vector
        base, limit = state.idtr
        if 4 * vector + 3 > limit:
            raise _RefusedError(GENERAL_PROTECTION, 0, f"vector {vector:#x} lies behind the limit {limit:#x} of IDTR")
        entry = self.memory.read(base + 4 * vector, 4)
        offset, selector = int.from_bytes(entry[:2], "little"), int.from_bytes(entry[2:], "little")
        flags = state.registers.rflags
        words = (flags, state.registers.cs, self.event.following)
        pointer = self._push(state.segments["ss"], state.rsp, words, 2)
        code = state.segments["cs"]._replace(selector=selector, base=selector << 4)
        return Change(offset, pointer, flags & ~(_IF | _TF | _AC | _RF), {"cs": code})

    # -- protected mode --

    def _through_gate(self) -> Change:
        gate = self._gate()
        selector = gate.selector
        segment = self._code_segment(selector, gate)
        level = self.state.cpl if segment.is_conforming else segment.dpl
        width = gate.bits // 8
        stack, pointer = self._stack(level, gate)
        words = [self.state.registers.rflags, self.state.registers.cs, self.event.following]
        if gate.bits == 64 or level != self.state.cpl:
            words = [self.state.registers.ss, self.state.rsp, *words]
        if self.event.vector in HAVE_ERROR_CODE and self.event.is_exception:
            words.append(self.event.error_code)
        self._check_target(gate, segment)
        pointer = self._push(stack, pointer, words, width)
        kept = _TF | _NT | _RF | _VM | (_IF if gate.kind == "interrupt gate" else 0)
        code = SegmentRegister.of(selector.value & ~3 | level, segment)
        segments = {"cs": code} if stack is self.state.segments["ss"] else {"cs": code, "ss": stack}
        return Change(gate.offset, pointer, self.state.registers.rflags & ~kept, segments)

    def _gate(self) -> Gate:
        state, event = self.state, self.event
        size = 16 if state.registers.is_long else 8
        code = 8 * event.vector | _IN_IDT
        if event.vector * size + size - 1 > state.idtr.limit:
            self._refuse(
                GENERAL_PROTECTION, code, f"the IDT ends at its limit {state.idtr.limit:#x} before gate {event.vector}"
            )
        self.memory.read(state.idtr.base + event.vector * size, size)
        slot = find_gate(state.registers, self.memory.peek, event.vector)
        gate = slot.descriptor
        if not isinstance(gate, Gate) or gate.kind == "call gate":
            kind = gate.kind if gate else "missing"
            self._refuse(
                GENERAL_PROTECTION, code, f"gate {event.vector} of the IDT is {kind}, not an interrupt or trap gate"
            )
        if event.is_software and gate.dpl < state.cpl:
            reason = f"gate {event.vector} is for privilege level {gate.dpl}, and the program runs at {state.cpl}"
            raise _RefusedError(GENERAL_PROTECTION, code, reason)
        if not gate.is_present:
            self._refuse(NOT_PRESENT, code, f"gate {event.vector} of the IDT is not present")
        if gate.kind == "task gate":
            raise _UnmodelledError(f"gate {event.vector} of the IDT is a task gate, and task switches are not modelled")
        return gate

    def _code_segment(self, selector: Selector, gate: Gate) -> Segment:
        place = f"the code segment {selector.value:#x} of gate {self.event.vector}"
        code = selector.value & ~3
        if selector.is_null:
            self._refuse(GENERAL_PROTECTION, 0, f"{place} is the null selector")
        segment = self._descriptor(selector, GENERAL_PROTECTION, place)
        if segment.kind != "code" or segment.dpl > self.state.cpl:
            what = f"is {segment.kind}" if segment.kind != "code" else f"is for privilege level {segment.dpl}"
            self._refuse(GENERAL_PROTECTION, code, f"{place} {what}")
        if gate.bits == 64 and segment.bits != 64:
            self._refuse(GENERAL_PROTECTION, code, f"{place} is not 64-bit code")
        if not segment.is_present:
            self._refuse(NOT_PRESENT, code, f"{place} is not present")
        return segment

    def _descriptor(self, selector: Selector, vector: int, place: str) -> Segment:
        slot = find_descriptor(self.state.registers, self.memory.peek, selector.value)
        if not isinstance(slot.descriptor, Segment):
            self._refuse(vector, selector.value & ~3, f"{place}: {slot.problem or 'it is a gate'}")
        self.memory.read(slot.address, slot.descriptor.size)
        return slot.descriptor

    def _check_target(self, gate: Gate, segment: Segment) -> None:
        if gate.bits == 64:
            if gate.offset >> 47 not in (0, 0x1FFFF):
                self._refuse(GENERAL_PROTECTION, 0, f"the handler's address {gate.offset:#x} is not canonical")
        elif gate.offset > segment.limit:
            self._refuse(
                GENERAL_PROTECTION, 0, f"the handler lies at {gate.offset:#x}, behind the limit of its segment"
            )

    # -- stacks --

    def _stack(self, level: int, gate: Gate) -> tuple[SegmentRegister, int]:
        state = self.state
        if gate.bits == 64:
            return self._long_stack(level, gate)
        if level == state.cpl:
            return state.segments["ss"], state.rsp
        pointer, selector = self._task_stack(level)
        return self._inner_stack(Selector(selector), level), pointer

    def _long_stack(self, level: int, gate: Gate) -> tuple[SegmentRegister, int]:
        state = self.state
        stack, pointer = state.segments["ss"], state.rsp
        if gate.ist or level != state.cpl:
            pointer = self._task_field(64, f"ist{gate.ist}" if gate.ist else f"rsp{level}")
        if level != state.cpl:
            stack = SegmentRegister(level, 0, 0, level << 13)
        if pointer >> 47 not in (0, 0x1FFFF):
            self._refuse(STACK_FAULT, 0, f"the stack pointer {pointer:#x} of the task state is not canonical")
        return stack, pointer & ~0xF

    def _task_stack(self, level: int) -> tuple[int, int]:
        bits = task_bits(self.state.tr, is_long=False) or 32
        selector, pointer = stack_fields(bits, level)
        return self._task_field(bits, pointer), self._task_field(bits, selector)

    def _task_field(self, bits: int, name: str) -> int:
        offset, size = field_place(bits, name)
        task = self.state.tr
        if task.selector & 0xFFFC == 0 or offset + size - 1 > task.limit:
            what = (
                "there is no task state" if task.selector & 0xFFFC == 0 else f"the task state ends at {task.limit:#x}"
            )
            self._refuse(INVALID_TASK, task.selector & ~3, f"{what}, where the inner stack should be named")
        return int.from_bytes(self.memory.read(task.base + offset, size), "little")

    def _inner_stack(self, selector: Selector, level: int) -> SegmentRegister:
        place, code = f"the stack segment {selector.value:#x} of the task state", selector.value & ~3
        if selector.is_null:
            self._refuse(INVALID_TASK, 0, f"{place} is the null selector")
        segment = self._descriptor(selector, INVALID_TASK, place)
        if selector.rpl != level or segment.dpl != level or not segment.is_writable:
            self._refuse(INVALID_TASK, code, f"{place} is not writable data of privilege level {level}")
        if not segment.is_present:
            self._refuse(STACK_FAULT, code, f"{place} is not present")
        return SegmentRegister.of(selector.value, segment)

    def _push(self, stack: SegmentRegister, pointer: int, words: tuple[int, ...] | list[int], width: int) -> int:
        """Store `words` below the stack pointer and return the new one."""
        bits = 64 if width == 8 else 32 if stack.is_wide else 16
        mask = (1 << bits) - 1
        places = [pointer - width * (index + 1) & mask for index in range(len(words))]
        pushed = [(word & (1 << 8 * width) - 1).to_bytes(width, "little") for word in words]
        self.memory.write_all(
            (self._linear(stack, place, bits), data) for place, data in zip(places, pushed, strict=True)
        )
        return pointer & ~mask | places[-1]

    def _linear(self, stack: SegmentRegister, offset: int, bits: int) -> int:
        return offset if bits == 64 else stack.base + offset & 0xFFFFFFFF

    def _refuse(self, vector: int, code: int, reason: str) -> NoReturn:
        raise _RefusedError(vector, code | (0 if self.event.is_software else _EXTERNAL), reason)
