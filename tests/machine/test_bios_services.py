"""The other services answer as SeaBIOS under QEMU did: screen, disk, keyboard, serial port, clock.

`tests/corpus/seabios-services.json` was recorded by a boot sector that makes these calls in this order, from a disk of
1 MiB and from a floppy. Left out: what is deliberately different, and is said under "Not modelled".
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from reference.bios_guest import PlainGuest

from allocator.machine.bios import Bios
from allocator.machine.disk import Disk
from allocator.machine.firmware_map import FirmwareMap

CORPUS = json.loads((Path(__file__).parents[1] / "corpus" / "seabios-services.json").read_text(encoding="utf-8"))
SIZES = {"hard disk": 1 << 20, "floppy": 1440 << 10}
CODE = bytes.fromhex("31c08ed88ec08ed0")
"""How the recorded boot sector begins; what it goes on with is not compared."""
SECTOR = CODE.ljust(510, b"\x11") + b"\x55\xaa"
BUFFER = 0x9000


@pytest.mark.parametrize("kind", CORPUS)
def test_every_recorded_call_answers_as_seabios_did(kind):
    bios = Bios(FirmwareMap.of("qemu-pc-64m"), Disk.of(SECTOR.ljust(SIZES[kind], b"\x11")))
    guest = PlainGuest(bios)

    differences = [found for call in CORPUS[kind] for found in differences_of(bios, guest, call)]

    assert [] == differences


def differences_of(bios, guest, call):
    guest.memory[BUFFER : BUFFER + 64] = bytes.fromhex(call["buffer"]).ljust(64, b"\xa5")
    before = {name: int(value, 16) for name, value in call["before"].items()}
    guest.give({"esi": 0x9000, "edi": 0xD1D19010, "ebp": 0xB9B9B9B9, "ds": 0, "es": 0, "cf": 0, "zf": 0, **before})

    stop = bios.serve(call["int"], guest)

    expected = {name: value if isinstance(value, int) else int(value, 16) for name, value in call["after"].items()}
    found = {name: guest.get(name) for name in expected}
    name = f"INT {call['int']:02X}h AX={before['eax']:04X}h DX={before['edx']:X} {call['buffer']}"
    if stop or found != expected:
        yield name, stop, *((register, expected[register], found[register]) for register in found)
    left = CODE if call["left"] == "the boot sector" else bytes.fromhex(call["left"])
    if guest.read(BUFFER, len(left)) != left:
        yield name, left.hex(), guest.read(BUFFER, len(left)).hex()
