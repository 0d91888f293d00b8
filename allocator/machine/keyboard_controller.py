"""Be the keyboard controller: keys, the second way to address line 20, and a way to reset the machine.

    60h  data        what a command asked for, else the next key's scan code
    64h  status      bit 0: data waits at 60h; bit 1 (busy) is never set; bit 2: self-test passed
         commands    20h/60h read and write its command byte    AAh self-test, answers 55h
                     ABh test the keyboard's line, answers 0    ADh/AEh keyboard off and on
                     D0h/D1h read and write the output port: bit 1 is A20, bit 0 clear resets
                     DDh/DFh A20 off and on                     F0h-FFh with bit 0 clear: reset

- Bytes written to 60h without a command before them go to the keyboard, which acknowledges with FAh.
- A key that is read here is let go at once: its code comes again, with bit 7 set.
- The first look at a key that waits may be owed to an interrupt: each key, pressed or let go, announces itself once.

Not modelled: the mouse (its commands are taken and say nothing), scan code sets other than 1.
Source: Intel 8042 as of the IBM PC/AT technical reference; Ralf Brown's port list, P0060 and P0064.
"""

from __future__ import annotations

from typing import NamedTuple

from allocator.machine.a20 import A20Gate
from allocator.machine.keyboard import MAX_KEYS, Key

DATA, STATUS = 0x60, 0x64
_HAS_DATA, _SELF_TEST_PASSED, _UNLOCKED = 0x01, 0x04, 0x10
_OUTPUT_A20, _OUTPUT_RUNNING = 0x02, 0x01
_INTERRUPTS, _RELEASED = 0x01, 0x80
_ACKNOWLEDGED, _KEYBOARD_RESET, _KEYBOARD_FINE = 0xFA, 0xFF, 0xAA
RESET_REASON = "the program reset the machine by the keyboard controller"

_ANSWERS = {0xAA: 0x55, 0xAB: 0x00, 0xA9: 0x00, 0xC0: 0x80}
"""Commands that answer always the same."""
_TAKE_A_BYTE = (0x60, 0xD1, 0xD2, 0xD3, 0xD4)


class ControllerState(NamedTuple):
    """The command byte, the command that waits for its byte, answers not yet read, keys not yet read.

    ``is_announced`` tells whether what waits interrupted already, ``looks`` how often nothing waited.
    """

    command_byte: int = 0x61
    awaiting: int | None = None
    answers: tuple[int, ...] = ()
    keys: tuple[Key, ...] = ()
    is_announced: bool = False
    looks: int = 0


class KeyboardController:
    """Ports 60h and 64h."""

    ports = (DATA, STATUS)

    def __init__(self, gate: A20Gate, keys: tuple[Key, ...] = ()) -> None:
        self._gate = gate
        self.state = ControllerState(keys=keys)

    def next_key(self) -> Key | None:
        """Return the key that waits, and leave it waiting."""
        return self.state.keys[0] if self.state.keys else None

    def take_key(self) -> Key | None:
        """Return the key that waits, and take it away."""
        key = self.next_key()
        self.state = self.state._replace(keys=self.state.keys[1:], is_announced=False, looks=0)
        return key

    def look_in_vain(self) -> int:
        """Count a look for a key that is not there; return how many there were in a row."""
        self.state = self.state._replace(looks=self.state.looks + 1)
        return self.state.looks

    def announce(self) -> bool:
        """Tell whether a byte waits that has not announced itself by an interrupt; it has, after that."""
        waits = bool(self.state.answers or self.state.keys)
        is_news = waits and bool(self.state.command_byte & _INTERRUPTS) and not self.state.is_announced
        self.state = self.state._replace(is_announced=self.state.is_announced or is_news)
        return is_news

    def put_key(self, key: Key) -> bool:
        """Let a key wait behind the others, if there is room; tell whether there was."""
        has_room = len(self.state.keys) < MAX_KEYS
        if has_room:
            self.state = self.state._replace(keys=(*self.state.keys, key))
        return has_room

    def read(self, port: int) -> int:
        """Return the status, or the byte that waits."""
        if port == STATUS:
            waits = self.state.answers or self.state.keys
            return _SELF_TEST_PASSED | _UNLOCKED | (_HAS_DATA if waits else 0)
        if self.state.answers:
            answer, *others = self.state.answers
            self.state = self.state._replace(answers=tuple(others), is_announced=False)
            return answer
        key = self.take_key()
        if key is None:
            return 0
        self._answer(key.scan_code | _RELEASED)
        return key.scan_code

    def write(self, port: int, value: int) -> str | None:
        """Take a command, or the byte that belongs to one."""
        return self._command(value) if port == STATUS else self._data(value)

    def _command(self, value: int) -> str | None:
        self.state = self.state._replace(awaiting=value if value in _TAKE_A_BYTE else None)
        if value >= 0xF0 and not value & 1:
            return RESET_REASON
        if value in (0xDD, 0xDF):
            self._gate.turn(value == 0xDF)
        elif value == 0x20:
            self._answer(self.state.command_byte)
        elif value == 0xD0:
            self._answer(_OUTPUT_RUNNING | _OUTPUT_A20 * self._gate.is_open)
        elif value in _ANSWERS:
            self._answer(_ANSWERS[value])
        return None

    def _data(self, value: int) -> str | None:
        command = self.state.awaiting
        self.state = self.state._replace(awaiting=None)
        if command == 0xD1:
            self._gate.turn(bool(value & _OUTPUT_A20))
            return None if value & _OUTPUT_RUNNING else RESET_REASON
        if command == 0x60:
            self.state = self.state._replace(command_byte=value)
        elif command == 0xD2:
            self._answer(value)
        elif command is None:
            self._answer(_ACKNOWLEDGED, *([_KEYBOARD_FINE] if value == _KEYBOARD_RESET else []))
        return None

    def _answer(self, *values: int) -> None:
        # Only the last few are kept, as in a real buffer: a program that never reads can't fill ours.
        self.state = self.state._replace(answers=(*self.state.answers, *values)[-16:])
