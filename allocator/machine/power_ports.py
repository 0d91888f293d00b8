"""Be the ports by which programs talk to whoever runs them: progress, a debug console, reset and power.

    80h    the power-on self-test's progress code: kept
    E9h    the debug console of Bochs and QEMU: what is written is said, a read returns E9h
    F4h    QEMU's isa-debug-exit: ends the machine
    CF9h   PIIX's reset control: bit 2 resets
    604h   power off under QEMU (B004h under older ones): 2000h

Not modelled: sleep states but off; what else the power management registers hold: they read 0.
Source: Bochs and QEMU documentation; PIIX data sheet, "Reset Control Register".
"""

from __future__ import annotations

from typing import NamedTuple

from allocator.machine.console import Console

PROGRESS, DEBUG_CONSOLE, DEBUG_EXIT, RESET_CONTROL = 0x80, 0xE9, 0xF4, 0xCF9
_POWER = {0x605: "604h", 0xB005: "B004h"}
"""The high byte of the power management control register carries the bit; its port, and how it is called."""
_SLEEP_ENABLE, _RESET_CPU = 0x20, 0x04


class PowerState(NamedTuple):
    """The last progress code."""

    progress: int = 0


class PowerPorts:
    """Ports 80h, E9h, F4h, 604h, B004h and CF9h."""

    ports = (PROGRESS, DEBUG_CONSOLE, DEBUG_EXIT, RESET_CONTROL, *_POWER)

    def __init__(self, console: Console) -> None:
        self._console = console
        self.state = PowerState()

    def read(self, port: int) -> int:
        """Return E9h from the debug console, by which programs notice that it is there."""
        return {DEBUG_CONSOLE: DEBUG_CONSOLE, PROGRESS: self.state.progress}.get(port, 0)

    def write(self, port: int, value: int) -> str | None:
        """Say a byte, or end the machine."""
        if port == DEBUG_CONSOLE:
            self._console.hear("debug port", bytes([value]))
        elif port == PROGRESS:
            self.state = PowerState(value)
        elif port == DEBUG_EXIT:
            return f"the program ended the machine by port F4h with {value:#x}: exit status {value << 1 & 0xFF | 1}"
        elif port == RESET_CONTROL and value & _RESET_CPU:
            return "the program reset the machine by port CF9h"
        elif port in _POWER and value & _SLEEP_ENABLE:
            return f"the program switched the machine off by port {_POWER[port]}"
        return None
