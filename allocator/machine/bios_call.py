"""Say what a BIOS service is: a function that reads and writes the caller's registers and memory.

    INT n -> the vector's entry in ROM -> service(board, guest) -> IRET

- `guest` gives any architectural register by name. Flags are those that the caller gets back by IRET.
- Addresses of services are real mode's: segment * 16 + offset.
- A service returns None, or the `Stop` that ends the run.
- Registers that a service does not name keep their value.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, NamedTuple, Protocol

from allocator.machine.run import UNKNOWN_SERVICE, Stop

if TYPE_CHECKING:
    from allocator.machine.devices import Devices
    from allocator.machine.disk import Disk
    from allocator.machine.firmware_map import FirmwareMap

UNSUPPORTED = 0x86
"""AH after a call of INT 15h that this firmware does not have."""

_INT_SIZE = 2


class Guest(Protocol):
    """The caller: its registers, and memory by linear address."""

    def get(self, name: str, /) -> int:
        """Return a register or a flag."""

    def set(self, name: str, value: int, /) -> None:
        """Set a register or a flag."""

    def read(self, address: int, size: int, /) -> bytes:
        """Return memory."""

    def write(self, address: int, data: bytes, /) -> None:
        """Change memory."""


class Board(NamedTuple):
    """What the firmware was made for: the memory that it tells of, the disk that it reads, the devices."""

    firmware_map: FirmwareMap
    disk: Disk | None
    devices: Devices


Service = Callable[[Board, Guest], "Stop | None"]


class Interrupt(NamedTuple):
    """One vector: what it is for, its functions by AX (above FFh) or AH, and what answers all others.

    Where there is no such answer, the machine stops, and says which functions there are.
    """

    about: str
    functions: Mapping[int, Service] = {}
    otherwise: Service | None = None

    def find(self, ax: int) -> Service | None:
        """Return the function that a caller with this AX gets."""
        by_ax = self.functions.get(ax) if ax > 0xFF else None
        return by_ax or self.functions.get(ax >> 8, self.otherwise)


def linear(guest: Guest, segment: str, offset: int) -> int:
    """Return the linear address of an offset in one of the caller's segments."""
    return (guest.get(segment) << 4) + (offset & 0xFFFF)


def succeed(guest: Guest) -> None:
    """Answer with CF and AH clear."""
    guest.set("cf", 0)
    guest.set("ah", 0)


def refuse(guest: Guest, code: int = UNSUPPORTED) -> None:
    """Answer with CF set and a code in AH."""
    guest.set("cf", 1)
    guest.set("ah", code)


def mark_failed(_board: Board, guest: Guest) -> None:
    """Answer with CF set, and nothing else."""
    guest.set("cf", 1)


def refuse_unsupported(_board: Board, guest: Guest) -> None:
    """Answer as SeaBIOS answers functions of INT 15h that it does not have."""
    refuse(guest)


def ignore(_board: Board, _guest: Guest) -> None:
    """Change nothing, as SeaBIOS does with what it has no answer to."""


def caller(guest: Guest) -> int:
    """Return the linear address of the caller's INT, from the frame that it left on the stack."""
    frame = guest.read(linear(guest, "ss", guest.get("sp")), 4)
    offset, segment = int.from_bytes(frame[:2], "little"), int.from_bytes(frame[2:], "little")
    return (segment << 4) + ((offset - _INT_SIZE) & 0xFFFF)


def stop(guest: Guest, vector: int, message: str, kind: str = UNKNOWN_SERVICE) -> Stop:
    """Return the ending of a run at the caller's INT."""
    address = caller(guest)
    return Stop(kind, message, lambda: address, vector=vector)
