"""Take an interrupt or an exception where the engine stopped for one, and go on in its handler.

The engine reports INT n and exceptions, and knows neither vectors nor gates: `delivery` says what happens, and here
it is done to the processor and to memory, between two runs of the engine.

- A called machine has no handlers, unless the routine itself executed LIDT.
- An exception in real mode whose vector still leads to the firmware's own empty handler ends the run: the handler
  would return to the same instruction for ever. A debug trap is no fault, and goes on.

Not modelled: NMI; exceptions of x87 instructions by IRQ 13.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from allocator.machine.cpu import Cpu
from allocator.machine.delivery import Arrival, Event, Shutdown, Unmodelled, deliver
from allocator.machine.ending import INTERRUPT, INVALID, Ending
from allocator.machine.exceptions import DEBUG, INVALID_OPCODE, PAGE_FAULT
from allocator.machine.linear_memory import LinearMemory, MachineAccess, PhysicalRead, PhysicalWrite, Untranslated
from allocator.machine.processor_state import ProcessorState, linear_address
from allocator.machine.run import LIMIT, MEMORY_FAULT, TRIPLE_FAULT, UNSUPPORTED, MemoryAccess, Stop

_INT, _ICEBP = 0xCD, 0xF1
MOST_ALIKE = 4096
"""Exceptions in a row that are all alike, after which a handler is taken for one that changes nothing."""


class Interrupts:
    """The interrupts of one machine; ``read`` and ``write`` take physical addresses.

    ``is_empty(vector)`` tells whether an entry of the vector table leads to a handler of the firmware's that does
    nothing; without it there is no firmware, and nothing is delivered before the program has loaded a table of its own.
    """

    def __init__(
        self,
        cpu: Cpu,
        read: PhysicalRead,
        write: PhysicalWrite,
        is_empty: Callable[[bytes], bool] | None = None,
    ) -> None:
        self.stop: Stop | None = None
        """Set where an interrupt ended the run; cleared by whoever starts one."""
        self._last: tuple[Event, int] | None = None
        self._alike = 0
        self._cpu = cpu
        self._read = read
        self._write = write
        self._is_empty = is_empty

    def take(self, ending: Ending, hear: Callable[[MachineAccess], None]) -> bool:
        """Deliver what the engine stopped for; tell whether the run goes on. ``hear`` is told of every access."""
        if ending.cause not in (INTERRUPT, INVALID):
            return False
        state = self._cpu.state()
        if self._is_empty is None and state.idtr.limit == 0:
            return False
        memory = LinearMemory(state.registers, self._read, self._write, "interrupt")
        event = self._event(ending, state, memory)
        if self._has_no_handler(event, state, memory):
            return False
        return self._take(event, state, memory, hear)

    def take_external(self, vector: int, hear: Callable[[MachineAccess], None]) -> bool:
        """Deliver the interrupt of a device before the next instruction; likewise."""
        state = self._cpu.state()
        memory = LinearMemory(state.registers, self._read, self._write, "interrupt")
        return self._take(Event(vector, state.rip, state.rip, is_external=True), state, memory, hear)

    def _take(
        self, event: Event, state: ProcessorState, memory: LinearMemory, hear: Callable[[MachineAccess], None]
    ) -> bool:
        self.stop = self._deliver(event, state, memory)
        for access in memory.accesses if self.stop is None else ():
            hear(access)
        return self.stop is None

    def _deliver(self, event: Event, state: ProcessorState, memory: LinearMemory) -> Stop | None:
        if self._is_endless(event, state):
            message = f"{event.name} {MOST_ALIKE:,} times in a row: its handler returns to it, and nothing has changed"
            return _stopped(LIMIT, message, event, state)
        try:
            outcome = deliver(state, event, memory)
        except Untranslated as nowhere:
            return _no_memory(event, nowhere, state)
        if not isinstance(outcome, Arrival):
            return _stop(event, outcome, state)
        self._arrive(outcome, state)
        return None

    def _is_endless(self, event: Event, state: ProcessorState) -> bool:
        this = (event, state.rsp) if event.is_exception and event.vector != DEBUG else None
        self._alike = self._alike + 1 if this and this == self._last else 0
        self._last = this
        return self._alike >= MOST_ALIKE

    def _arrive(self, arrival: Arrival, state: ProcessorState) -> None:
        self._cpu.apply(arrival.change)
        # The frame was written while user code ran: where its tables refuse that, the engine changed CR2.
        fault_address = arrival.fault_address
        self._cpu.set("cr2", state.registers.cr2 if fault_address is None else fault_address)

    def _event(self, ending: Ending, state: ProcessorState, memory: LinearMemory) -> Event:
        pending, rip = self._cpu.pending(), state.rip
        if ending.cause == INVALID or ending.vector is None:
            if memory.peek(state.counter, 1) == bytes([_ICEBP]):
                return Event(DEBUG, rip, rip + 1)
            return Event(INVALID_OPCODE, rip, rip)
        if pending.is_software:
            has_number = memory.peek(state.counter - 2, 2) == bytes([_INT, ending.vector])
            return Event(ending.vector, rip - (2 if has_number else 1), rip, is_software=True)
        address = state.registers.cr2 if ending.vector == PAGE_FAULT else None
        return Event(ending.vector, rip, rip, pending.error_code, fault_address=address)

    def _has_no_handler(self, event: Event, state: ProcessorState, memory: LinearMemory) -> bool:
        if self._is_empty is None or event.is_software or event.vector == DEBUG or state.registers.is_set("cr0", "PE"):
            return False
        if 4 * event.vector + 3 > state.idtr.limit:
            return False
        return self._is_empty(memory.peek(state.idtr.base + 4 * event.vector, 4))


def _stop(event: Event, outcome: Shutdown | Unmodelled, state: ProcessorState) -> Stop:
    if isinstance(outcome, Unmodelled):
        return _stopped(UNSUPPORTED, f"{event.name}: {outcome.reason}", event, state)
    message = f"triple fault: {'; '.join(outcome.steps)}; and the processor shuts down"
    return _stopped(TRIPLE_FAULT, message, event, state)


def _stopped(kind: str, message: str, event: Event, state: ProcessorState) -> Stop:
    address = linear_address(state.bits, state.segments["cs"].base, event.start)
    return Stop(kind, message, lambda: address, vector=event.vector)


def _no_memory(event: Event, nowhere: Untranslated, state: ProcessorState) -> Stop:
    message = f"{event.name} cannot be delivered: {nowhere.kind} at {nowhere.address:#x}, {nowhere.reason}"
    access = MemoryAccess(nowhere.kind, nowhere.address, 1)
    return replace(_stopped(MEMORY_FAULT, message, event, state), access=access)
