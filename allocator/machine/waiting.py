"""Decide what ends the waiting of a processor: at HLT, or at a jump to itself, a device may interrupt it.

    HLT, interrupts enabled    a key that was given, else a tick of the timer        devices.py says which
    jump to itself             the same, where the program has a handler of its own

A program is over, and the run ends, where interrupts are disabled or masked, and where the timer has ticked for a while
(`pit.MOST_TICKS`). So it is at an HLT where the handlers are the firmware's own, which only count ticks, unless the
code behind it goes back for another look at something, or returns; a real PC would run on into what lies there.

Not modelled: interrupts while code runs that does not wait in one of these ways.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from allocator.instructions.anatomy import LONGEST_INSTRUCTION
from allocator.instructions.disassembly import decode
from allocator.machine.cpu import Cpu
from allocator.registers import FLAGS

if TYPE_CHECKING:
    from allocator.machine.bios import Bios

_TIMER, _KEYBOARD, _USER_TICK = 0x08, 0x09, 0x1C
_VECTORS = (_TIMER, _KEYBOARD, _USER_TICK)
_VECTOR_BYTES = 4
_LOOKED_AT, _RETURNS_WITHIN = 16, 3
"""Instructions behind HLT in which a way back is looked for, and those in which a RET is one."""


class Waiting:
    """The waiting of one machine's processor; ``peek(address, size)`` reads linear memory."""

    def __init__(self, cpu: Cpu, peek: Callable[[int, int], bytes], bios: Bios) -> None:
        self._cpu = cpu
        self._peek = peek
        self._bios = bios

    def end_halt(self, address: int, size: int, bits: int) -> int | None:
        """Return the vector of the interrupt that ends the HLT at `address`; None where the program is over."""
        is_futile = self._leads_nowhere(address, size, bits) and not self._has_handler()
        return None if is_futile else self._wake()

    def end_spin(self) -> int | None:
        """Return the vector of the interrupt that breaks in on a jump to itself; None where the program is over."""
        return self._wake() if self._has_handler() else None

    def _wake(self) -> int | None:
        is_enabled = self._cpu.get("rflags") >> FLAGS["if"] & 1
        return self._bios.devices.wake() if is_enabled else None

    def _leads_nowhere(self, address: int, size: int, bits: int) -> bool:
        place = address + size
        for number in range(_LOOKED_AT):
            code = self._peek(place, LONGEST_INSTRUCTION)
            if not code:
                break
            behind = decode(code, bits, place)
            if behind.name == "ret":
                return number >= _RETURNS_WITHIN
            if behind.target is not None and behind.target <= address and behind.name != "call":
                return number == 0 and behind.target == address
            place += behind.size
        return True

    def _has_handler(self) -> bool:
        """Tell whether the program brought a handler of its own: outside of real mode it has to."""
        state = self._cpu.state()
        if state.registers.is_set("cr0", "PE"):
            return True
        entries = (self._peek(state.idtr.base + _VECTOR_BYTES * vector, _VECTOR_BYTES) for vector in _VECTORS)
        return any(len(entry) == _VECTOR_BYTES and not self._bios.is_default(entry) for entry in entries)
