"""Be the two interrupt controllers: which hardware interrupts are masked, and at which vectors they would arrive.

    20h/21h   master, IRQ 0-7    firmware sets vectors 08h-0Fh
    A0h/A1h   slave, IRQ 8-15    firmware sets vectors 70h-77h

    command port   bit 4: ICW1, begins four words   bit 3: OCW3, what a read returns   else OCW2: end of interrupt
    data port      ICW2 (first vector), ICW3, ICW4 in that order after ICW1; else the mask

An interrupt that was taken is in service until its end is told, and holds back itself and all of higher numbers.
Not modelled: requests that are remembered, rotation, special masks, the slave's lines at the master.
Source: Intel 8259A data sheet.
"""

from __future__ import annotations

from typing import NamedTuple

MASTER_COMMAND, MASTER_DATA = 0x20, 0x21
SLAVE_COMMAND, SLAVE_DATA = 0xA0, 0xA1
_ICW1, _ICW1_NEEDS_ICW4, _ICW1_SINGLE, _OCW3 = 0x10, 0x01, 0x02, 0x08
_ENDS_BY_ITSELF = 0x02
_END, _END_OF_ONE, _OCW2_COMMAND = 0x20, 0x60, 0xE0
_READ_SERVICE = 0x03


class PicState(NamedTuple):
    """`base` is the first vector, `awaited` the initialisation words still to come, `in_service` a bit for a line."""

    base: int
    mask: int
    awaited: tuple[int, ...] = ()
    in_service: int = 0
    ends_by_itself: bool = False
    shows_service: bool = False


class Pic:
    """One of the two controllers."""

    def __init__(self, command: int, base: int, mask: int) -> None:
        self.ports = (command, command + 1)
        self.state = PicState(base, mask)

    def is_open(self, line: int) -> bool:
        """Tell whether an interrupt on `line` would reach the processor now."""
        held_back = self.state.in_service & (2 << line) - 1
        return not (self.state.mask >> line & 1 or held_back or self.state.awaited)

    def take(self, line: int) -> int:
        """Put an interrupt into service, and return its vector."""
        if not self.state.ends_by_itself:
            self.state = self.state._replace(in_service=self.state.in_service | 1 << line)
        return self.state.base + line

    def read(self, port: int) -> int:
        """Return the mask from the data port, and from the other what is in service, or 0 for what is requested."""
        if port == self.ports[1]:
            return self.state.mask
        return self.state.in_service if self.state.shows_service else 0

    def write(self, port: int, value: int) -> None:
        """Take a command word, or a mask."""
        if port == self.ports[0]:
            self._command(value)
        elif self.state.awaited:
            self._initialise(value)
        else:
            self.state = self.state._replace(mask=value)

    def _command(self, value: int) -> None:
        if value & _ICW1:
            words = [2, *([] if value & _ICW1_SINGLE else [3]), *([4] if value & _ICW1_NEEDS_ICW4 else [])]
            self.state = PicState(self.state.base, 0, tuple(words))
        elif value & _OCW3:
            if value & 2:
                self.state = self.state._replace(shows_service=value & _READ_SERVICE == _READ_SERVICE)
        elif value & _OCW2_COMMAND == _END:
            served = self.state.in_service
            self.state = self.state._replace(in_service=served & served - 1)  # the lowest line is served first
        elif value & _OCW2_COMMAND == _END_OF_ONE:
            self.state = self.state._replace(in_service=self.state.in_service & ~(1 << (value & 7)))

    def _initialise(self, value: int) -> None:
        word, *others = self.state.awaited
        self.state = self.state._replace(awaited=tuple(others))
        if word == 2:
            self.state = self.state._replace(base=value & 0xF8)
        elif word == 4:
            self.state = self.state._replace(ends_by_itself=bool(value & _ENDS_BY_ITSELF))
