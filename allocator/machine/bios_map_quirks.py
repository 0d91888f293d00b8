"""Change a firmware map as real firmware's maps were odd: each function takes entries and returns entries.

Where a map leaves no room for an oddity, it stays as it is. `bios_misbehaviours` names them, and says who did it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from allocator.machine.region import ACPI_DATA, ACPI_NVS, RESERVED, USABLE, Region
from allocator.units import FRAME_SIZE, GIB, KIB, MIB

Entries = tuple[Region, ...]

HOLE = Region(15 * MIB, MIB, RESERVED)
HIGH_START = 4 * GIB
MANY_PIECES = 38
"""The most entries that anybody has seen on a PC."""

_PIECE = 64 * KIB
_UNNAMED_TYPES = (9, 16)


def with_empty_entries(entries: Entries) -> Entries:
    """Put an entry of length zero in the middle and another at the end."""
    middle = len(entries) // 2
    return (*entries[:middle], Region(MIB, 0, USABLE), *entries[middle:], Region(0, 0, RESERVED))


def backwards(entries: Entries) -> Entries:
    """Put the highest entry first."""
    return tuple(sorted(entries, key=lambda entry: entry.base, reverse=True))


def with_overlap(entries: Entries) -> Entries:
    """Reserve a MiB inside the largest usable entry, which stays as long as it was."""
    index = largest(entries)
    if index is None or entries[index].length < 4 * MIB:
        return entries
    middle = (entries[index].base + entries[index].length // 2) & ~(FRAME_SIZE - 1)
    return (*entries, Region(middle, MIB, RESERVED))


def in_two_halves(entries: Entries) -> Entries:
    """Describe the largest usable entry by two, the second beginning where the first ends, inside a page."""
    index = largest(entries)
    if index is None or entries[index].length < 4 * MIB:
        return entries
    return _cut(entries, index, entries[index].base + (entries[index].length // 2 & ~(MIB - 1)) + FRAME_SIZE)


def with_clear_attributes(entries: Entries) -> Entries:
    """Leave bit 0 of the attributes clear in every entry, as if the dword had not been filled in."""
    return tuple(replace(entry, attributes=0) for entry in entries)


def with_many_entries(entries: Entries) -> Entries:
    """Cut small reservations of several kinds out of the end of the largest usable entry."""
    index = largest(entries)
    wanted = MANY_PIECES - len(entries)
    if index is None or wanted <= 0 or entries[index].length < 2 * wanted * _PIECE:
        return entries
    whole = entries[index]
    start = whole.end - wanted * _PIECE
    kinds = (ACPI_DATA, USABLE, ACPI_NVS, RESERVED)
    pieces = (Region(start + place * _PIECE, _PIECE, kinds[place % len(kinds)]) for place in range(wanted))
    return _replaced(entries, index, [Region(whole.base, start - whole.base, USABLE), *pieces])


def without_first_frame(entries: Entries) -> Entries:
    """Reserve the first 4 KiB."""
    for index, entry in enumerate(entries):
        if entry.type == USABLE and entry.base == 0 and entry.length > FRAME_SIZE:
            rest = Region(FRAME_SIZE, entry.length - FRAME_SIZE, USABLE)
            return _replaced(entries, index, [Region(0, FRAME_SIZE, RESERVED), rest])
    return entries


def with_one_usable_entry(entries: Entries) -> Entries:
    """Leave out every usable entry but the largest."""
    index = largest(entries)
    if index is None:
        return entries
    return tuple(entry for place, entry in enumerate(entries) if place == index or entry.type != USABLE)


def with_unknown_types(entries: Entries) -> Entries:
    """Give the last pieces of the largest usable entry types that no standard names."""
    index = largest(entries)
    size = _PIECE * len(_UNNAMED_TYPES)
    if index is None or entries[index].length <= size:
        return entries
    whole = entries[index]
    start = whole.end - size
    pieces = [Region(start + place * _PIECE, _PIECE, kind) for place, kind in enumerate(_UNNAMED_TYPES)]
    return _replaced(entries, index, [Region(whole.base, start - whole.base, USABLE), *pieces])


def with_shifted_high_memory(entries: Entries) -> Entries:
    """Let memory above 4 GiB begin one frame late; 64 MiB of it where there was none."""
    for index, entry in enumerate(entries):
        if entry.type == USABLE and entry.base == HIGH_START and entry.length > FRAME_SIZE:
            return _replaced(entries, index, [Region(HIGH_START + FRAME_SIZE, entry.length - FRAME_SIZE, USABLE)])
    if any(entry.end > HIGH_START and entry.base < HIGH_START + 64 * MIB for entry in entries):
        return entries
    return (*entries, Region(HIGH_START + FRAME_SIZE, 64 * MIB - FRAME_SIZE, USABLE))


def with_hole(entries: Entries) -> Entries:
    """Reserve the sixteenth MiB."""
    cut = [piece for entry in entries for piece in _around_hole(entry)]
    index = next((place for place, entry in enumerate(cut) if entry.base >= HOLE.end), len(cut))
    return (*cut[:index], HOLE, *cut[index:]) if len(cut) != len(entries) else entries


def with_unaligned_end(entries: Entries) -> Entries:
    """Let the largest usable entry end 16 bytes into a frame."""
    index = largest(entries)
    if index is None or entries[index].length <= 2 * FRAME_SIZE:
        return entries
    whole = entries[index]
    end = ((whole.end - 1) & ~(FRAME_SIZE - 1)) + 16
    return _replaced(entries, index, [Region(whole.base, end - whole.base, USABLE)])


def with_far_entry(entries: Entries) -> Entries:
    """Reserve the last GiB below 2^46."""
    return (*entries, Region((1 << 46) - GIB, GIB, RESERVED))


def largest(entries: Entries) -> int | None:
    """Return the place of the largest usable entry from 1 MiB on, or None."""
    usable = [place for place, entry in enumerate(entries) if entry.type == USABLE and entry.base >= MIB]
    return max(usable, key=lambda place: entries[place].length, default=None)


def _around_hole(entry: Region) -> list[Region]:
    """Return what the hole leaves of a usable entry that reaches over it."""
    if entry.type != USABLE or entry.base >= HOLE.base or entry.end <= HOLE.end:
        return [entry]
    return [Region(entry.base, HOLE.base - entry.base, USABLE), Region(HOLE.end, entry.end - HOLE.end, USABLE)]


def _cut(entries: Entries, index: int, place: int) -> Entries:
    whole = entries[index]
    halves = [replace(whole, length=place - whole.base), replace(whole, base=place, length=whole.end - place)]
    return _replaced(entries, index, halves)


def _replaced(entries: Entries, index: int, others: Iterable[Region]) -> Entries:
    return (*entries[:index], *others, *entries[index + 1 :])
