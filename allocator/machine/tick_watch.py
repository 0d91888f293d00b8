"""Let the clock's ticks at 46Ch go on while a program looks at them, as it does that waits without asking firmware.

    again: cmp ax, [46Ch]      each look finds one tick more, where the timer of a PC would have come in between:
           je again            in real mode, interrupts enabled, IRQ 0 open, and the firmware's own handler at vector 8

Not modelled: how long a program looks away. A record of the run shows what was read, and no write: nothing that the
program did changed the ticks.
Source: Ralf Brown's memory list, 0040:006C.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from allocator.machine.bios_data_area import TICKS, TICKS_A_DAY
from allocator.machine.cpu import READ, Cpu
from allocator.registers import FLAGS

if TYPE_CHECKING:
    from allocator.machine.bios import Bios

_TICKS_BYTES = 4
_TIMER_VECTOR = 4 * 0x08
_TIMER_LINE = 0


class TickWatch:
    """Watches reads of the ticks of one machine."""

    def __init__(self, cpu: Cpu, bios: Bios) -> None:
        self._cpu = cpu
        self._bios = bios
        cpu.watch(READ, self._look, TICKS, TICKS + _TICKS_BYTES - 1)

    def _look(self, _engine: object, _kind: int, address: int, _size: int, _value: int, _data: object) -> None:
        if address == TICKS and self._is_ticking():  # whoever reads the upper half next is told the same time
            ticks = int.from_bytes(self._cpu.read(TICKS, _TICKS_BYTES), "little") + 1
            self._cpu.push(TICKS, (ticks % TICKS_A_DAY).to_bytes(_TICKS_BYTES, "little"))

    def _is_ticking(self) -> bool:
        if self._cpu.get("cr0") & 1 or not self._cpu.get("rflags") >> FLAGS["if"] & 1:
            return False
        is_open = self._bios.devices.master.is_open(_TIMER_LINE)
        return is_open and self._bios.is_default(self._cpu.read(_TIMER_VECTOR, 4))
