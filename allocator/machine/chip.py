"""Say what every device of the machine looks like to the ports: a chip with a few ports and one frozen state."""

from __future__ import annotations

from typing import Any, Protocol

OPEN_BUS = 0xFF
"""What a byte read from a port without a device is."""


class Chip(Protocol):
    """A device; its whole changing part is `state`, one frozen value."""

    state: Any

    @property
    def ports(self) -> tuple[int, ...]:
        """The ports that are wired to it."""

    def read(self, port: int, /) -> int:
        """Return the byte that IN gets from one of the chip's ports."""

    def write(self, port: int, value: int, /) -> str | None:
        """Take the byte that OUT sends; return why the machine stops for it, if it does."""
