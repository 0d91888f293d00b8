"""Tell the time: INT 1Ah, and the tick of INT 08h.

    00h ticks since midnight   01h set them   02h time   04h date   03h 05h set them: taken, and forgotten

A tick (55 ms) passes whenever somebody asks, so that whoever waits for one gets it; also who looks at 46Ch himself
(`tick_watch`). The timer itself interrupts only a processor that waits for it (`waiting`).
The clock on the board always says 2000-01-01 00:00:00, as in `cmos`, so that a run does not depend on when it is made.
Other functions: CF = 1.
Not modelled: alarms, the PCI BIOS (B1h).
Source: Ralf Brown's Interrupt List, INT 1Ah.
"""

from __future__ import annotations

from allocator.machine.bios_call import Board, Guest, Interrupt, mark_failed, succeed
from allocator.machine.bios_data_area import MIDNIGHT, TICKS, TICKS_A_DAY

_CENTURY_AND_YEAR, _MONTH_AND_DAY = 0x2000, 0x0101


def tick(_board: Board, guest: Guest) -> None:
    """INT 08h: count one tick."""
    _advance(guest)


def tell_ticks(_board: Board, guest: Guest) -> None:
    """00h: CX:DX = ticks since midnight, AL = whether midnight has passed since the last call."""
    ticks = _advance(guest)
    guest.set("cx", ticks >> 16)
    guest.set("dx", ticks & 0xFFFF)
    guest.set("ax", guest.read(MIDNIGHT, 1)[0])
    guest.set("cf", 0)
    guest.write(MIDNIGHT, b"\0")


def set_ticks(_board: Board, guest: Guest) -> None:
    """01h: CX:DX are the ticks since midnight."""
    ticks = guest.get("cx") << 16 | guest.get("dx")
    guest.write(TICKS, ticks.to_bytes(4, "little") + b"\0")
    succeed(guest)


def tell_time(_board: Board, guest: Guest) -> None:
    """02h: CH, CL, DH = hours, minutes, seconds in BCD, DL = 0 for winter time."""
    guest.set("cx", 0)
    guest.set("dx", 0)
    succeed(guest)


def take_setting(_board: Board, guest: Guest) -> None:
    """03h, 05h: the clock's setting is forgotten at once."""
    succeed(guest)


def tell_date(_board: Board, guest: Guest) -> None:
    """04h: CX, DH, DL = year, month, day in BCD."""
    guest.set("cx", _CENTURY_AND_YEAR)
    guest.set("dx", _MONTH_AND_DAY)
    succeed(guest)


def _advance(guest: Guest) -> int:
    ticks = int.from_bytes(guest.read(TICKS, 4), "little") + 1
    if ticks >= TICKS_A_DAY:
        ticks = 0
        guest.write(MIDNIGHT, b"\1")
    guest.write(TICKS, ticks.to_bytes(4, "little"))
    return ticks


TICK = Interrupt("timer", otherwise=tick)
CLOCK = Interrupt(
    "clock",
    {
        0x00: tell_ticks,
        0x01: set_ticks,
        0x02: tell_time,
        0x03: take_setting,
        0x04: tell_date,
        0x05: take_setting,
    },
    mark_failed,
)
