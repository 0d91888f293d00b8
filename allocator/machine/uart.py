"""Be the first serial port, a 16550: what is sent goes to the console, nothing arrives.

    3F8h  data; divisor low with DLAB     3FCh  modem control, bit 4 loops what is sent back
    3F9h  interrupts; divisor high        3FDh  line status: always ready to send
    3FAh  FIFO control, identification    3FEh  modem status: carrier, ready, clear to send
    3FBh  line control, bit 7 is DLAB     3FFh  scratch

Not modelled: speed, interrupts, errors, the depth of the FIFO.
Source: National Semiconductor PC16550D data sheet.
"""

from __future__ import annotations

from typing import NamedTuple

from allocator.machine.console import Console

BASE = 0x3F8
DATA, INTERRUPTS, FIFO, LINE, MODEM, LINE_STATUS, MODEM_STATUS, SCRATCH = range(8)
READY_TO_SEND, DATA_READY, CONNECTED = 0x60, 0x01, 0xB0
_DLAB, _LOOP, _FIFO_ENABLED, _NO_INTERRUPT = 0x80, 0x10, 0xC0, 0x01


class UartState(NamedTuple):
    """The registers as last written; `looped` is a byte sent to itself and not yet read."""

    registers: bytes = bytes(8)
    divisor: bytes = b"\x0c\x00"
    looped: int | None = None


class Uart:
    """Ports 3F8h to 3FFh."""

    ports = tuple(range(BASE, BASE + 8))

    def __init__(self, console: Console) -> None:
        self._console = console
        self.state = UartState()

    def read(self, port: int) -> int:
        """Return a register."""
        register = port - BASE
        if register in (DATA, INTERRUPTS) and self._has(LINE, _DLAB):
            return self.state.divisor[register]
        if register == DATA:
            return self._take_looped()
        if register == FIFO:
            return _NO_INTERRUPT | (_FIFO_ENABLED if self._has(FIFO, 1) else 0)
        if register == LINE_STATUS:
            return READY_TO_SEND | (DATA_READY if self.state.looped is not None else 0)
        return CONNECTED if register == MODEM_STATUS else self.state.registers[register]

    def write(self, port: int, value: int) -> None:
        """Send a byte, or set a register."""
        register = port - BASE
        if register in (DATA, INTERRUPTS) and self._has(LINE, _DLAB):
            self.state = self.state._replace(divisor=_with(self.state.divisor, register, value))
        elif register == DATA:
            self._send(value)
        else:
            self.state = self.state._replace(registers=_with(self.state.registers, register, value))

    def _send(self, value: int) -> None:
        if self._has(MODEM, _LOOP):
            self.state = self.state._replace(looped=value)
        else:
            self._console.hear("serial port", bytes([value]))

    def _take_looped(self) -> int:
        value = self.state.looped or 0
        self.state = self.state._replace(looped=None)
        return value

    def _has(self, register: int, bit: int) -> bool:
        return bool(self.state.registers[register] & bit)


def _with(content: bytes, place: int, value: int) -> bytes:
    return content[:place] + bytes([value]) + content[place + 1 :]
