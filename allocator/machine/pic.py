"""Be the two interrupt controllers: which hardware interrupts are masked, and at which vectors they would arrive.

    20h/21h   master, IRQ 0-7    firmware sets vectors 08h-0Fh
    A0h/A1h   slave, IRQ 8-15    firmware sets vectors 70h-77h

    command port   bit 4: ICW1, begins four words   bit 3: OCW3, what a read returns   else OCW2: end of interrupt
    data port      ICW2 (first vector), ICW3, ICW4 in that order after ICW1; else the mask

Not modelled: requests (no device interrupts), priorities, rotation, special modes; every mask and end is taken.
Source: Intel 8259A data sheet.
"""

from __future__ import annotations

from typing import NamedTuple

MASTER_COMMAND, MASTER_DATA = 0x20, 0x21
SLAVE_COMMAND, SLAVE_DATA = 0xA0, 0xA1
_ICW1, _ICW1_NEEDS_ICW4, _ICW1_SINGLE, _OCW3 = 0x10, 0x01, 0x02, 0x08


class PicState(NamedTuple):
    """`base` is the first vector; `awaited` the initialisation words still to come."""

    base: int
    mask: int
    awaited: tuple[int, ...] = ()


class Pic:
    """One of the two controllers."""

    def __init__(self, command: int, base: int, mask: int) -> None:
        self.ports = (command, command + 1)
        self.state = PicState(base, mask)

    def read(self, port: int) -> int:
        """Return the mask from the data port; nothing is requested or in service."""
        return self.state.mask if port == self.ports[1] else 0

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
            self.state = self.state._replace(mask=0, awaited=tuple(words))

    def _initialise(self, value: int) -> None:
        word, *others = self.state.awaited
        self.state = self.state._replace(awaited=tuple(others))
        if word == 2:
            self.state = self.state._replace(base=value & 0xF8)
