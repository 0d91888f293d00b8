"""Be the firmware of a PC, true to SeaBIOS: serve the BIOS interrupts, and say what lies in memory at the start.

    rom()      interrupt vectors, data areas, screen, ROM: what the machine puts into memory
    traps      where in ROM a service is to be performed
    serve      perform it

- Every answer about memory comes from `firmware_map`, and every one about the disk from the disk.
- What the firmware remembers lies in the guest's memory (BIOS data area) or in the devices: the Bios has no state.
- A vector without a service stops the machine, and says which there are.
- `misbehaviours` are names from `bios_misbehaviours`: what real firmware got wrong.

Not modelled: VBE, APM, PnP, the PCI BIOS, the PS/2 mouse, CD-ROMs, BIOS32, SMM, ACPI tables; calls from virtual-8086
mode. Functions of INT 10h to 1Ah that SeaBIOS has for them answer as it answers functions that it does not have.
Source: facts about each service are in the file that has it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from allocator.machine import bios_rom
from allocator.machine.bios_boot import BOOT, NOTHING
from allocator.machine.bios_call import Board, Guest, Interrupt, stop
from allocator.machine.bios_clock import CLOCK, TICK
from allocator.machine.bios_data_area import AREA, data_area, extended_data_area
from allocator.machine.bios_disk import DISK
from allocator.machine.bios_keyboard import KEYBOARD
from allocator.machine.bios_memory import BASE_MEMORY, SYSTEM
from allocator.machine.bios_misbehaviours import changed_functions, changed_map, find_misbehaviours
from allocator.machine.bios_ports import EQUIPMENT_LIST, PRINTER, SERIAL
from allocator.machine.bios_video import BLANK_SCREEN, SCREEN, VIDEO
from allocator.machine.devices import Devices
from allocator.machine.disk import Disk
from allocator.machine.firmware_map import FirmwareMap
from allocator.machine.memory_sizes import extended_area
from allocator.machine.run import Stop

INTERRUPTS: Mapping[int, Interrupt] = {
    0x08: TICK,
    0x10: VIDEO,
    0x11: EQUIPMENT_LIST,
    0x12: BASE_MEMORY,
    0x13: DISK,
    0x14: SERIAL,
    0x15: SYSTEM,
    0x16: KEYBOARD,
    0x17: PRINTER,
    0x18: NOTHING,
    0x19: BOOT,
    0x1A: CLOCK,
    0x40: DISK,
}
"""Every vector that is served."""

FOREIGN = {
    0x20: "INT 20h belongs to DOS",
    0x21: "INT 21h belongs to DOS",
    0x2F: "INT 2Fh belongs to DOS",
    0x33: "INT 33h belongs to a mouse driver",
    0x67: "INT 67h belongs to a memory manager",
    0x80: "INT 80h belongs to Linux",
}


class Bios:
    """The firmware of one machine."""

    def __init__(
        self,
        firmware_map: FirmwareMap,
        disk: Disk | None = None,
        devices: Devices | None = None,
        misbehaviours: Iterable[str] = (),
    ) -> None:
        found = find_misbehaviours(misbehaviours)
        self.firmware_map = changed_map(firmware_map, found)
        """The truth about memory, oddities of the firmware's map included."""
        self.devices = Devices(firmware_map, disk) if devices is None else devices
        self.board = Board(self.firmware_map, disk, self.devices)
        self._interrupts = {**INTERRUPTS, 0x15: SYSTEM._replace(functions=changed_functions(found))}
        self.traps: Mapping[int, int] = {
            bios_rom.START + bios_rom.entry_of(vector) + 1: vector for vector in bios_rom.trapped_vectors()
        }
        """Linear address of an instruction before which a service is to be performed, to its vector."""

    def serve(self, vector: int, guest: Guest) -> Stop | None:
        """Perform what the caller of INT `vector` asks for; return why the run ends, if it does."""
        interrupt = self._interrupts.get(vector)
        service = interrupt.find(guest.get("ax")) if interrupt else None
        if service is None:
            return stop(guest, vector, self._unknown(vector, guest.get("ax")))
        return service(self.board, guest)

    def rom(self) -> list[tuple[int, bytes]]:
        """Return what lies in memory at the start: addresses and bytes."""
        board = self.board
        extended = extended_data_area(board.firmware_map, board.disk)
        return [
            (0, bios_rom.vector_table(extended_area(board.firmware_map))),
            (AREA, data_area(board.firmware_map, board.disk)),
            *([extended] if extended else []),
            (SCREEN, BLANK_SCREEN),
            (bios_rom.START, bios_rom.rom()),
        ]

    def is_default(self, vector: bytes) -> bool:
        """Tell whether an entry of the vector table leads to a handler that serves nothing: where a fault ends up."""
        offset, segment = int.from_bytes(vector[:2], "little"), int.from_bytes(vector[2:], "little")
        return (segment << 4) + offset in _DEFAULT_ENTRIES

    def _unknown(self, vector: int, ax: int) -> str:
        whose = f"; {FOREIGN[vector]}" if vector in FOREIGN else ""
        known = ", ".join(f"{each:02X}h ({interrupt.about})" for each, interrupt in self._interrupts.items())
        return f"INT {vector:02X}h with AX={ax:04X}h is no service of this firmware{whose}. There are: {known}"


_DEFAULT_ENTRIES = frozenset(bios_rom.START + offset for offset in (*bios_rom.UNSERVED.values(), bios_rom.SERVED[0x08]))
