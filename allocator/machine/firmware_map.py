"""Hold what firmware says about a machine's memory: the E820 table, as given and without contradictions.

    a size, a preset's name, a log file, entries
        |  FirmwareMap.of
    FirmwareMap   entries   as given, in the order given
                  resolved  sorted, no overlap, the most restrictive type wins
                  usable    what an allocator may have, as ranges
                  problems  what is odd about it

Everything that knows memory reads it from here: BIOS answers, page map, engine mappings, pictures.
Not modelled: hot-plugged memory, NUMA nodes, the attribute bits above bit 0 (kept, and read by nobody).
Source: ACPI 6.5, section 15; the rules of the resolved form are in `firmware_resolve`.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from difflib import get_close_matches
from functools import cached_property
from pathlib import Path
from typing import Any

from allocator.addresses import Range
from allocator.errors import MachineError, UsageError
from allocator.machine.firmware_problems import Problem, find_problems
from allocator.machine.firmware_records import pack_records, unpack_records
from allocator.machine.firmware_resolve import resolve, usable_ranges
from allocator.machine.region import RESERVED, USABLE, Region
from allocator.source import printable
from allocator.units import GIB, KIB, MIB, PAGE_SIZE, format_size, parse_size

__all__ = ["FirmwareMap", "Problem", "Region"]

MAX_ENTRIES = 4096
"""More than any firmware lists (38 have been seen on a PC); a limit for what is read from files."""
SMALLEST = MIB
LARGEST = 1 << 52
"""The largest physical address that x86-64 can have."""

_ROM_START = 640 * KIB
_LOW_END = 3 * GIB
_HIGH_START = 4 * GIB


@dataclass(frozen=True)
class FirmwareMap:
    """A firmware map; two are equal when their entries are. `notes` are problems met while reading it."""

    entries: tuple[Region, ...]
    name: str = field(default="entries", compare=False)
    notes: tuple[Problem, ...] = field(default=(), compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "entries", tuple(self.entries))
        if len(self.entries) > MAX_ENTRIES:
            raise MachineError(
                f"{self.name}: {len(self.entries):,} entries; a firmware map has at most {MAX_ENTRIES:,}"
            )

    def _repr_html_(self) -> str:
        from allocator.views.firmware_html import firmware_html

        return firmware_html(self)

    def __repr__(self) -> str:
        return f"<FirmwareMap {self.name}: {len(self.entries)} entries, {format_size(self.usable_bytes)} usable>"

    @staticmethod
    def of(memory: int | str | Path | FirmwareMap) -> FirmwareMap:
        """Return the map of a size in bytes, a size as text, a preset's name, or a log file; raises MachineError."""
        if isinstance(memory, FirmwareMap):
            return memory
        if isinstance(memory, int):
            return FirmwareMap.ideal(memory)
        if isinstance(memory, Path):
            return FirmwareMap.from_file(memory)
        return _from_words(memory)

    @staticmethod
    def ideal(size: int) -> FirmwareMap:
        """Return the map of a PC without oddities; what exceeds 3 GiB moves above 4 GiB.

        >>> FirmwareMap.ideal(64 * MIB)
        <FirmwareMap 64 MiB: 3 entries, 63.6 MiB usable>
        """
        if not SMALLEST <= size <= LARGEST:
            raise MachineError(
                f"{_shown(size)} is not a memory size for a PC: it needs 1 MiB, has at most 4,096 TiB, and 64M is usual"
            )
        ranges = [
            (0, _ROM_START, USABLE),
            (_ROM_START, MIB, RESERVED),
            (MIB, min(size, _LOW_END), USABLE),
            (_HIGH_START, _HIGH_START + max(0, size - _LOW_END), USABLE),
        ]
        entries = tuple(Region(start, end - start, kind) for start, end, kind in ranges if end > start)
        return FirmwareMap(entries, name=format_size(size))

    @staticmethod
    def preset(name: str) -> FirmwareMap:
        """Return the map of a machine that comes with the package; raises MachineError."""
        from allocator.machine.firmware_presets import find_preset

        preset = find_preset(name)
        return FirmwareMap(preset.entries, name=preset.name)

    @staticmethod
    def from_file(path: Path) -> FirmwareMap:
        """Read a log in any form that firmware maps are printed in, JSON or raw records; raises MachineError."""
        from allocator.machine.firmware_file import read_firmware_file

        return FirmwareMap.from_log(read_firmware_file(path), name=printable(str(path)))

    @staticmethod
    def from_log(content: str | bytes, name: str = "log") -> FirmwareMap:
        """Find a firmware map in text or raw bytes; raises MachineError with what was found instead."""
        from allocator.machine.firmware_log import parse_firmware_log

        parsed = parse_firmware_log(content, name)
        return FirmwareMap(parsed.entries, name=name, notes=parsed.problems)

    @staticmethod
    def from_records(records: bytes, size: int = 20, name: str = "records") -> FirmwareMap:
        """Read raw records as INT 15h, E820h stores them, `size` (20 or 24) bytes each; raises MachineError."""
        return FirmwareMap(unpack_records(records, size), name=name)

    @cached_property
    def resolved(self) -> tuple[Region, ...]:
        """The map sorted and without overlap, the most restrictive type winning."""
        return resolve(self.entries)

    @cached_property
    def usable(self) -> tuple[Range, ...]:
        """The usable addresses, merged, lowest first."""
        return usable_ranges(self.resolved)

    @property
    def usable_bytes(self) -> int:
        """How much memory is usable."""
        return sum(stretch.size for stretch in self.usable)

    @property
    def usable_end(self) -> int:
        """One past the highest usable byte; 0 when there is none."""
        return self.usable[-1].end if self.usable else 0

    @cached_property
    def problems(self) -> tuple[Problem, ...]:
        """What was left out while reading it, then what is odd about the entries."""
        return (*self.notes, *find_problems(self.entries))

    def to_linux_log(self) -> str:
        """Return the lines that Linux would print for it; attributes are not part of that form."""
        from allocator.machine.firmware_lines import linux_line

        return "".join(linux_line(entry) + "\n" for entry in self.entries)

    def to_records(self, size: int = 20) -> bytes:
        """Return raw records of `size` (20 or 24) bytes, as INT 15h, E820h stores them."""
        return pack_records(self.entries, size)

    def to_object(self) -> dict[str, Any]:
        """Return the part of ``e820 --json`` that the firmware map alone determines."""
        return {
            "format": "allocator.e820/1",
            "entries": [_entry_object(entry) for entry in self.entries],
            "usable_bytes": self.usable_bytes,
            "problems": problem_objects(self.problems),
        }

    def to_json(self) -> str:
        """Return `to_object` as JSON text, which `from_log` reads back."""
        return json.dumps(self.to_object(), indent=1)


def problem_objects(problems: Iterable[Problem]) -> list[dict[str, Any]]:
    """Return problems as ``e820 --json`` lists them."""
    return [{"kind": each.kind, "entries": list(each.entries), "message": each.message} for each in problems]


def _entry_object(entry: Region) -> dict[str, Any]:
    return {
        "base": hex(entry.base),
        "length": hex(entry.length),
        "type": entry.type,
        "kind": entry.kind,
        "attributes": entry.attributes,
    }


def _from_words(text: str) -> FirmwareMap:
    """A size comes first, then a preset, then a file: write ``./64M`` for a file of that name."""
    from allocator.machine.firmware_presets import is_preset

    if is_preset(text):
        return FirmwareMap.preset(text)
    try:
        size = parse_size(text)
    except UsageError:
        return _from_path(text)
    return FirmwareMap.ideal(size)


def _from_path(text: str) -> FirmwareMap:
    from allocator.machine.firmware_presets import preset_names

    try:
        if text and Path(text).exists():
            return FirmwareMap.from_file(Path(text))
    except (OSError, ValueError):
        pass  # a text that cannot even be a path is no file
    close = get_close_matches(text[:80].lower(), preset_names(), n=3, cutoff=0.5)
    hint = f"did you mean {' or '.join(close)}?" if close else "allocator e820 --list shows the presets"
    raise MachineError(f"'{_cut(text)}' is not a memory size (64M), not a preset, and there is no such file; {hint}")


def _shown(size: int) -> str:
    return format_size(size) if 0 <= size < PAGE_SIZE << 64 else f"{'-' if size < 0 else ''}2^{size.bit_length()} bytes"


def _cut(text: str) -> str:
    return printable(text) if len(text) <= 80 else printable(text[:77]) + "..."
