"""Keep what the guest says: by INT 10h, by the debug port E9h, and by the serial port.

    INT 10h teletype -+
    port E9h         -+-> Console   bytes in the order they came, each with its speaker
    COM1 (3F8h)      -+

Bytes become text by code page 437, a PC's own. CR LF is one new line. What exceeds the limit is dropped, and said.
"""

from __future__ import annotations

from typing import NamedTuple

SPEAKERS = ("screen", "debug port", "serial port")
MAX_CONSOLE_BYTES = 1 << 20


class ConsoleState(NamedTuple):
    """Everything said so far: `said`, and for each byte who said it."""

    said: bytes
    speakers: bytes
    is_full: bool


class Console:
    """What the guest said so far."""

    def __init__(self) -> None:
        self._said = bytearray()
        self._speakers = bytearray()
        self.is_full = False
        """Whether something was dropped."""

    def hear(self, speaker: str, said: bytes) -> None:
        """Take in bytes of one of `SPEAKERS`."""
        room = MAX_CONSOLE_BYTES - len(self._said)
        self.is_full = self.is_full or len(said) > room
        self._said += said[:room]
        self._speakers += bytes([SPEAKERS.index(speaker)]) * len(said[:room])

    @property
    def text(self) -> str:
        """Everything that was said, in order."""
        return _as_text(bytes(self._said))

    def text_of(self, speaker: str) -> str:
        """Return what one of `SPEAKERS` said."""
        number = SPEAKERS.index(speaker)
        pairs = zip(self._said, self._speakers, strict=True)
        return _as_text(bytes(byte for byte, who in pairs if who == number))

    def save(self) -> ConsoleState:
        """Return everything as a frozen value."""
        return ConsoleState(bytes(self._said), bytes(self._speakers), self.is_full)

    def restore(self, state: ConsoleState) -> None:
        """Go back to a saved state."""
        self._said = bytearray(state.said)
        self._speakers = bytearray(state.speakers)
        self.is_full = state.is_full

    def __repr__(self) -> str:
        return f"<Console: {len(self._said):,} bytes>"


def _as_text(said: bytes) -> str:
    return said.decode("cp437").replace("\r\n", "\n")
