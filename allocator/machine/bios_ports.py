"""Send and receive: INT 14h, the serial port; INT 17h, the printer, which is not there; INT 11h, what is there.

    14h  00h set up   01h send AL   02h receive   03h status         AH = line status, AL = modem status

With a port that is not there CF = 1 and nothing else changes, as with SeaBIOS.

Not modelled: the line's speed and format, which 00h asks for; bytes that arrive; a second serial port.
Source: Ralf Brown's Interrupt List, INT 11h, 14h and 17h.
"""

from __future__ import annotations

from allocator.machine.bios_call import Board, Guest, Interrupt, mark_failed
from allocator.machine.bios_data_area import EQUIPMENT
from allocator.machine.uart import BASE, DATA, LINE_STATUS, MODEM_STATUS

_TIMED_OUT = 0x80


def tell_equipment(_board: Board, guest: Guest) -> None:
    """INT 11h: AX = equipment; flags stay."""
    guest.set("ax", int.from_bytes(guest.read(EQUIPMENT, 2), "little"))


def serve_serial(board: Board, guest: Guest) -> None:
    """INT 14h, all functions, for port DX = 0."""
    action = _ACTIONS.get(guest.get("ah"))
    if guest.get("dx") or action is None:
        mark_failed(board, guest)
        return
    action(board, guest)
    guest.set("cf", 0)


def tell_status(board: Board, guest: Guest) -> None:
    """00h, 03h: AH = line status, AL = modem status."""
    guest.set("ah", board.devices.read_port(BASE + LINE_STATUS, 1))
    guest.set("al", board.devices.read_port(BASE + MODEM_STATUS, 1))


def send(board: Board, guest: Guest) -> None:
    """01h: send AL; AH = line status."""
    board.devices.write_port(BASE + DATA, 1, guest.get("al"))
    guest.set("ah", board.devices.read_port(BASE + LINE_STATUS, 1))


def receive(board: Board, guest: Guest) -> None:
    """02h: nothing arrives; AH = line status and a time-out."""
    guest.set("ah", board.devices.read_port(BASE + LINE_STATUS, 1) | _TIMED_OUT)


_ACTIONS = {0x00: tell_status, 0x01: send, 0x02: receive, 0x03: tell_status}
EQUIPMENT_LIST = Interrupt("equipment", otherwise=tell_equipment)
SERIAL = Interrupt("serial port", otherwise=serve_serial)
PRINTER = Interrupt("printer: none", otherwise=mark_failed)
