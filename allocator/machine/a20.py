"""Gate address line 20, by port 92h; the keyboard controller turns the same gate.

    port 92h   bit 1   A20: 1 lets addresses above 1 MiB through, 0 folds odd megabytes onto even ones
               bit 0   0 to 1: resets the machine

Firmware leaves the gate open, as SeaBIOS does; whoever wrote last decides.
Not modelled: a closed gate. Its state is kept and told, and addresses are not folded.
Source: Intel 82371 (PIIX) data sheet, "Port 92".
"""

from __future__ import annotations

from typing import NamedTuple

FAST_RESET, A20 = 1, 2


class A20State(NamedTuple):
    """Whether the gate is open."""

    is_open: bool = True


class A20Gate:
    """Port 92h."""

    ports = (0x92,)

    def __init__(self) -> None:
        self.state = A20State()

    @property
    def is_open(self) -> bool:
        """Whether addresses above 1 MiB are told from those below."""
        return self.state.is_open

    def turn(self, is_open: bool) -> None:
        """Open or close the gate."""
        self.state = A20State(is_open)

    def read(self, _port: int) -> int:
        """Return the gate in bit 1."""
        return A20 * self.state.is_open

    def write(self, _port: int, value: int) -> str | None:
        """Turn the gate; bit 0 resets."""
        self.turn(bool(value & A20))
        return "the program reset the machine by port 92h" if value & FAST_RESET else None
