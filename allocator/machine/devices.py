"""Wire the devices of a PC to their ports.

    20h 21h A0h A1h   interrupt controllers   pic.py
    40h-43h 61h       timer, speaker          pit.py
    60h 64h           keyboard controller     keyboard_controller.py
    70h 71h           CMOS and clock          cmos.py
    80h E9h F4h CF9h  progress, debug, power  power_ports.py
    92h               address line 20         a20.py
    1F0h-1F7h 3F6h    hard disk               ata.py
    3C0h-3DAh         VGA                     vga.py
    3F8h-3FFh         first serial port       uart.py

- A device answers by bytes; a word or a dword is the bytes of the following ports, as on the ISA bus. Only the hard
  disk's data port is as wide as the access, and gives its next bytes.
- A port without a device reads FFh, and takes whatever is written. So PCI (CF8h) looks like a PC without it. Which
  ones a program tried is kept.
- Everything that changes is in `save()`, a frozen value.
- Devices interrupt a processor that waits for it, at HLT and at a jump to itself: `wake` says who does.

Not modelled: interrupts while code runs, and of others than timer and keyboard; DMA, the floppy controller (INT 13h
reads floppies), PCI, a mouse. Source: of every device, the file beside it.
"""

from __future__ import annotations

from typing import Any, NamedTuple

from allocator.machine.a20 import A20Gate
from allocator.machine.ata import DATA as DISK_DATA
from allocator.machine.ata import AtaDrive
from allocator.machine.chip import OPEN_BUS, Chip
from allocator.machine.cmos import Cmos
from allocator.machine.console import Console, ConsoleState
from allocator.machine.disk import Disk
from allocator.machine.firmware_map import FirmwareMap
from allocator.machine.keyboard import keys_of
from allocator.machine.keyboard_controller import KeyboardController
from allocator.machine.pic import MASTER_COMMAND, SLAVE_COMMAND, Pic
from allocator.machine.pit import Pit
from allocator.machine.power_ports import PowerPorts
from allocator.machine.uart import Uart
from allocator.machine.vga import Vga

MOST_UNANSWERED = 32
_TIMER_LINE, _KEYBOARD_LINE = 0, 1


class DevicesState(NamedTuple):
    """The state of every chip, in the order of `Devices.chips`, what was said, the ports that were tried in vain."""

    chips: tuple[Any, ...]
    console: ConsoleState
    unanswered: tuple[int, ...] = ()


class Devices:
    """Everything behind the ports; `keys` is what will be typed."""

    def __init__(self, firmware_map: FirmwareMap, disk: Disk | None = None, keys: str = "") -> None:
        self.console = Console()
        self.a20 = A20Gate()
        self.keyboard = KeyboardController(self.a20, keys_of(keys))
        self.cmos = Cmos(firmware_map, disk)
        # Vectors and masks as SeaBIOS leaves them.
        self.master = Pic(MASTER_COMMAND, 0x08, 0xB8)
        self.slave = Pic(SLAVE_COMMAND, 0x70, 0x8E)
        self.pit = Pit()
        self.uart = Uart(self.console)
        self.power = PowerPorts(self.console)
        self.vga = Vga()
        self.chips: tuple[Chip, ...] = (
            self.a20, self.keyboard, self.cmos, self.master, self.slave, self.pit, self.uart, self.power, self.vga,
            AtaDrive(disk),
        )  # fmt: skip
        self._by_port = {port: chip for chip in self.chips for port in chip.ports}
        self.unanswered: tuple[int, ...] = ()
        """Ports without a device that a program tried, in order, `MOST_UNANSWERED` at most."""

    def wake(self) -> int | None:
        """Return the vector of the interrupt that a waiting processor gets: of a key, else of the timer; or None."""
        if self.master.is_open(_KEYBOARD_LINE) and self.keyboard.announce():
            return self.master.take(_KEYBOARD_LINE)
        if self.master.is_open(_TIMER_LINE) and self.pit.tick():
            return self.master.take(_TIMER_LINE)
        return None

    def read_port(self, port: int, size: int) -> int:
        """Return what IN of `size` (1, 2 or 4) bytes gets."""
        ports = [port] * size if port == DISK_DATA else range(port, port + size)
        return int.from_bytes(map(self._read_byte, ports), "little")

    def write_port(self, port: int, size: int, value: int) -> str | None:
        """Take what OUT sends; return why the program ended the machine, if that is what it did."""
        reasons = [self._write_byte(port + place, value >> 8 * place & 0xFF) for place in range(size)]
        return next((reason for reason in reasons if reason), None)

    def save(self) -> DevicesState:
        """Return everything that changes as a frozen value."""
        return DevicesState(tuple(chip.state for chip in self.chips), self.console.save(), self.unanswered)

    def restore(self, state: DevicesState) -> None:
        """Go back to a saved state."""
        for chip, saved in zip(self.chips, state.chips, strict=True):
            chip.state = saved
        self.console.restore(state.console)
        self.unanswered = state.unanswered

    def _read_byte(self, port: int) -> int:
        chip = self._chip_at(port)
        return chip.read(port & 0xFFFF) & 0xFF if chip else OPEN_BUS

    def _write_byte(self, port: int, value: int) -> str | None:
        chip = self._chip_at(port)
        return chip.write(port & 0xFFFF, value) if chip else None

    def _chip_at(self, port: int) -> Chip | None:
        chip = self._by_port.get(port & 0xFFFF)
        if chip is None and port not in self.unanswered and len(self.unanswered) < MOST_UNANSWERED:
            self.unanswered = (*self.unanswered, port)
        return chip
