"""Give keys: INT 16h.

    00h 10h take a key, AH = scan code, AL = character      01h 11h look: ZF = 1 where none waits
    02h 12h shift keys: none is held                        05h put a key    09h 0Ah what there is

Whoever waits for a key that nobody will press, waits for ever: the run ends there, and says so; and so it does where a
program looks for one `MOST_LOOKS` times in vain.
Not modelled: keys held down, repetition, other layouts.
Source: Ralf Brown's Interrupt List, INT 16h.
"""

from __future__ import annotations

from allocator.machine.bios_call import Board, Guest, Interrupt, ignore, stop
from allocator.machine.keyboard import Key
from allocator.machine.run import HALTED, Stop

MOST_LOOKS = 2_000
"""Looks for a key in a row: a minute and more of a game, or of a countdown by the clock's ticks."""


def take_key(board: Board, guest: Guest) -> Stop | None:
    """00h, 10h: AX = the next key, for which a PC would wait."""
    key = board.devices.keyboard.take_key()
    if key is None:
        return stop(guest, 0x16, "the program waits for a key (INT 16h), and no more keys are given", HALTED)
    _tell(guest, key)
    return None


def look_for_key(board: Board, guest: Guest) -> Stop | None:
    """01h, 11h: ZF = 1 where no key waits, else AX = the key, which goes on waiting."""
    key = board.devices.keyboard.next_key()
    guest.set("zf", int(key is None))
    if key:
        _tell(guest, key)
        return None
    if board.devices.keyboard.look_in_vain() < MOST_LOOKS:
        return None
    message = f"the program looked {MOST_LOOKS:,} times for a key (INT 16h), and no more keys are given"
    return stop(guest, 0x16, message, HALTED)


def tell_shift_keys(_board: Board, guest: Guest) -> None:
    """02h: AL = 0, none is held."""
    guest.set("al", 0)


def tell_all_shift_keys(_board: Board, guest: Guest) -> None:
    """12h: AX = 0, none is held."""
    guest.set("ax", 0)


def put_key(board: Board, guest: Guest) -> None:
    """05h: CX = a key, as if it had been pressed; AL = 1 where there is no room."""
    is_taken = board.devices.keyboard.put_key(Key(guest.get("ch"), guest.get("cl")))
    guest.set("al", int(not is_taken))


def tell_functions(_board: Board, guest: Guest) -> None:
    """09h: AL = which functions there are: 0Ah, and 10h to 12h."""
    guest.set("al", 0x30)


def tell_identification(_board: Board, guest: Guest) -> None:
    """0Ah: BX = what the keyboard calls itself."""
    guest.set("bx", 0x41AB)


def _tell(guest: Guest, key: Key) -> None:
    guest.set("ax", key.scan_code << 8 | key.character)


KEYBOARD = Interrupt(
    "keyboard",
    {
        0x00: take_key,
        0x01: look_for_key,
        0x02: tell_shift_keys,
        0x05: put_key,
        0x09: tell_functions,
        0x0A: tell_identification,
        0x10: take_key,
        0x11: look_for_key,
        0x12: tell_all_shift_keys,
    },
    ignore,
)
