"""Ask firmware how much memory there is in all the ways there are, and compare what they say with the truth.

    INT 12h     the caller's side of each service, as a careful program makes it:
    CMOS        by ports 70h and 71h
    88h         INT 15h, AH = 88h
    E801h       INT 15h, AX = E801h; CX and DX where AX = BX = 0
    E820h       INT 15h, the whole chain; dropped where 'SMAP' is lost

Each answer becomes ranges of addresses that it calls usable. The truth is the firmware map's usable ranges.
Every number comes out of the services and ports themselves, misbehaviours included.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from allocator.addresses import Range, without
from allocator.errors import MachineError
from allocator.machine.bios import Bios
from allocator.machine.bios_caller import Caller
from allocator.machine.bios_memory import SMAP
from allocator.machine.firmware_map import MAX_ENTRIES, FirmwareMap
from allocator.machine.firmware_records import LONG_RECORD, RECORD, unpack_records
from allocator.machine.region import Region
from allocator.units import GIB, KIB, MIB

UNIT = 64 * KIB
BUFFER = 0x8000
INT_12, CMOS, EXTENDED, E801, E820 = "INT 12h", "CMOS", "88h", "E801h", "E820h"


@dataclass(frozen=True)
class MemoryAnswer:
    """What one `way` of asking said: `values` by register or place, `said` in words, and the `ranges` it names.

    `refused` says why there is no answer; then `ranges` are empty.
    """

    way: str
    values: tuple[tuple[str, int], ...]
    said: str
    ranges: tuple[Range, ...]
    truth: tuple[Range, ...]
    refused: str | None = None

    @property
    def usable_bytes(self) -> int:
        """How much memory it calls usable."""
        return sum(each.size for each in self.ranges)

    @cached_property
    def missed(self) -> tuple[Range, ...]:
        """Usable memory that it does not name."""
        return tuple(without(self.truth, self.ranges))

    @cached_property
    def wrong(self) -> tuple[Range, ...]:
        """What it calls usable and is not."""
        return tuple(without(self.ranges, self.truth))


def ask_all(bios: Bios) -> tuple[MemoryAnswer, ...]:
    """Return every answer, the poorest first."""
    return tuple(ask(bios) for ask in (ask_int_12, ask_cmos, ask_extended, ask_e801, ask_e820))


def ask_int_12(bios: Bios) -> MemoryAnswer:
    """Ask for base memory."""
    size = Caller(bios).call(0x12).get("ax")
    return _answer(bios, INT_12, {"ax": size}, f"{size:,} KiB from 0", [Range(0, size * KIB)])


def ask_cmos(bios: Bios) -> MemoryAnswer:
    """Read the CMOS: base memory, memory above 1 MiB, above 16 MiB and above 4 GiB."""
    base, extended, above_16 = (_cmos_word(bios, place) for place in (0x15, 0x30, 0x34))
    high = _cmos_word(bios, 0x5B) | _cmos_byte(bios, 0x5D) << 16
    end = 16 * MIB + above_16 * UNIT if above_16 else MIB + extended * KIB
    ranges = [Range(0, base * KIB), Range(MIB, end), Range(4 * GIB, 4 * GIB + high * UNIT)]
    said = f"{base:,} KiB from 0, {extended:,} KiB from 1 MiB, {above_16:,} x 64 KiB from 16 MiB"
    said += f", {high:,} x 64 KiB from 4 GiB" if high else ""
    values = {"15h": base, "30h": extended, "34h": above_16, "5bh": high}
    return _answer(bios, CMOS, values, said, ranges)


def ask_extended(bios: Bios) -> MemoryAnswer:
    """Ask INT 15h, AH = 88h; CF is cleared before, and a size counts even where CF comes back set."""
    caller = Caller(bios).call(0x15, eax=0x8800, cf=0)
    size = caller.get("ax")
    if caller.get("cf"):
        return _refused(bios, EXTENDED, f"CF = 1, AH = {caller.get('ah'):02X}h: there is no such function")
    return _answer(bios, EXTENDED, {"ax": size}, f"{size:,} KiB from 1 MiB", [Range(MIB, MIB + size * KIB)])


def ask_e801(bios: Bios) -> MemoryAnswer:
    """Ask INT 15h, AX = E801h; the pair CX, DX counts where AX and BX are 0."""
    caller = Caller(bios).call(0x15, eax=0xE801, ecx=0, edx=0)
    if caller.get("cf"):
        return _refused(bios, E801, f"CF = 1, AH = {caller.get('ah'):02X}h: there is no such function")
    values = {name: caller.get(name) for name in ("ax", "bx", "cx", "dx")}
    below, above = (values["ax"], values["bx"]) if values["ax"] or values["bx"] else (values["cx"], values["dx"])
    if not below and not above and bios.firmware_map.usable_end > MIB:
        return _refused(bios, E801, "CF = 0, and all sizes are 0: it has no answer")
    said = f"{below:,} KiB from 1 MiB, {above:,} x 64 KiB from 16 MiB"
    ranges = [Range(MIB, MIB + below * KIB), Range(16 * MIB, 16 * MIB + above * UNIT)]
    return _answer(bios, E801, values, said, ranges)


def ask_e820(bios: Bios) -> MemoryAnswer:
    """Walk the chain of INT 15h, AX = E820h."""
    entries: list[Region] = []
    following, calls = 0, 0
    caller = Caller(bios)
    while calls <= MAX_ENTRIES:
        calls += 1
        caller.write(BUFFER + RECORD, b"\1\0\0\0")
        caller.call(0x15, eax=0xE820, ebx=following, ecx=LONG_RECORD, edx=SMAP, edi=BUFFER, es=0)
        if caller.get("cf"):
            break
        if caller.get("eax") != SMAP:
            return _refused(bios, E820, f"call {calls} lost 'SMAP' in EAX: nothing of the map is to be trusted")
        entries += _stored(caller)
        following = caller.get("ebx")
        if not following:
            break
    if not entries:
        return _refused(bios, E820, f"CF = 1, AH = {caller.get('ah'):02X}h: there is no such function")
    found = FirmwareMap(tuple(entries))
    kinds = sum(1 for entry in entries if entry.kind == "usable")
    said = f"{len(entries)} entries in {calls} calls, {kinds} of them usable"
    return _answer(bios, E820, {"entries": len(entries), "calls": calls}, said, found.usable)


def _stored(caller: Caller) -> tuple[Region, ...]:
    """Return the entry in the buffer; nothing of what no machine can have."""
    size = LONG_RECORD if caller.get("ecx") >= LONG_RECORD else RECORD
    try:
        return unpack_records(caller.read(BUFFER, size), size)
    except MachineError:
        return ()


def _answer(bios: Bios, way: str, values: dict[str, int], said: str, ranges: Iterable[Range]) -> MemoryAnswer:
    named = tuple(each for each in ranges if each.size > 0)
    return MemoryAnswer(way, tuple(values.items()), said, named, bios.firmware_map.usable)


def _refused(bios: Bios, way: str, reason: str) -> MemoryAnswer:
    return MemoryAnswer(way, (), "no answer", (), bios.firmware_map.usable, reason)


def _cmos_word(bios: Bios, place: int) -> int:
    return _cmos_byte(bios, place) | _cmos_byte(bios, place + 1) << 8


def _cmos_byte(bios: Bios, place: int) -> int:
    bios.devices.write_port(0x70, 1, place)
    return bios.devices.read_port(0x71, 1)
