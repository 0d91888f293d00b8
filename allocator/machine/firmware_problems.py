"""Say what is odd about a firmware map, in sentences for people who see their first one.

Real firmware is allowed all of this, and the map works all the same: `firmware_resolve` says how. What
each kind means is in the function that finds it; `FINDERS` lists them in the order of the report.
Source: maps that real machines logged.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from allocator.machine.firmware_resolve import counted_entries, resolve, usable_ranges
from allocator.machine.region import KINDS, USABLE, Region
from allocator.units import FRAME_SIZE, KIB, MIB, format_size

SMALLEST_HOLE = 64 * KIB
"""A gap in usable memory that is smaller is one of firmware's many small reservations, and no news."""

Numbered = tuple[int, Region]


@dataclass(frozen=True)
class Problem:
    """Something odd: a `kind` for programs, the `entries` concerned (counted from 0), a sentence for people."""

    kind: str
    entries: tuple[int, ...]
    message: str


def find_problems(entries: Sequence[Region]) -> tuple[Problem, ...]:
    """Return everything that is odd about the entries as given, in the order of `FINDERS`."""
    return tuple(problem for finder in FINDERS for problem in finder(entries))


def _empty_map(entries: Sequence[Region]) -> Iterator[Problem]:
    if not usable_ranges(resolve(entries)):
        yield Problem("no_usable", (), "No memory is usable: an allocator on this machine has nothing to give.")


def _zero_lengths(entries: Sequence[Region]) -> Iterator[Problem]:
    for number, entry in enumerate(entries):
        if not entry.length:
            yield Problem(
                "zero_length", (number,), f"Entry {number} at {entry.base:#x} has length zero; it counts for nothing."
            )


def _switched_off(entries: Sequence[Region]) -> Iterator[Problem]:
    """Bit 0 of the attributes: firmware asks to skip the entry, or has not filled the dword in at all."""
    clear = tuple(number for number, entry in _filled(entries) if not entry.is_enabled)
    if clear and len(clear) == len(_filled(entries)):
        yield Problem(
            "attributes", clear, "Bit 0 of the attributes is clear in every entry; it is taken as not filled in."
        )
        return
    for number in clear:
        yield Problem(
            "ignored", (number,), f"Entry {number} has attribute bit 0 clear, which tells the reader to skip it."
        )


def _out_of_order(entries: Sequence[Region]) -> Iterator[Problem]:
    numbered = _filled(entries)
    for (before, lower), (number, entry) in pairwise(numbered):
        if entry.base < lower.base:
            yield Problem(
                "unsorted",
                (before, number),
                f"Entry {number} starts at {entry.base:#x}, below entry {before} at {lower.base:#x}: "
                "the map is not in order of address.",
            )


def _overlaps(entries: Sequence[Region]) -> Iterator[Problem]:
    """Each entry is compared with the one that reaches furthest of those that start before it."""
    furthest: Numbered | None = None
    for number, entry in sorted(_counted(entries), key=lambda numbered: (numbered[1].base, numbered[0])):
        if furthest and entry.base < furthest[1].end:
            yield _overlap(furthest, (number, entry))
        if not furthest or entry.end > furthest[1].end:
            furthest = (number, entry)


def _overlap(one: Numbered, other: Numbered) -> Problem:
    end = min(one[1].end, other[1].end)
    size = format_size(end - other[1].base)
    outcome = "both say the same" if one[1].type == other[1].type else "the stricter of the two counts"
    return Problem(
        "overlap",
        tuple(sorted((one[0], other[0]))),
        f"Entries {one[0]} ({one[1].kind}) and {other[0]} ({other[1].kind}) both describe {size} from "
        f"{other[1].base:#x}; {outcome}.",
    )


def _unknown_types(entries: Sequence[Region]) -> Iterator[Problem]:
    for number, entry in _counted(entries):
        if entry.type not in KINDS:
            yield Problem(
                "unknown_type",
                (number,),
                f"Entry {number} has type {entry.type}, which no standard names; it is not usable.",
            )


def _misaligned(entries: Sequence[Region]) -> Iterator[Problem]:
    """Below 1 MiB a usable end inside a frame is the rule (639 KiB); above it is worth knowing."""
    for number, entry in _counted(entries):
        odd = [place for place in (entry.base, entry.end) if place % FRAME_SIZE and place > MIB]
        if odd and entry.type == USABLE:
            places = " and ends at ".join(f"{place:#x}" for place in odd)
            verb = "starts at" if odd[0] == entry.base else "ends at"
            yield Problem(
                "misaligned",
                (number,),
                f"Usable entry {number} {verb} {places}, inside a 4 KiB frame; the frame can't be used as a whole.",
            )


def _low_memory(entries: Sequence[Region]) -> Iterator[Problem]:
    """The first 640 KiB are where a boot loader works: it matters when they do not start as usable memory."""
    usable = usable_ranges(resolve(entries))
    if usable and usable[0].start:
        yield Problem(
            "low_memory",
            (),
            f"Usable memory starts at {usable[0].start:#x}, not at 0: the first page can't be handed out as it is.",
        )


def _holes(entries: Sequence[Region]) -> Iterator[Problem]:
    """Gaps in usable memory above 1 MiB: what a sum of sizes walks into."""
    usable = usable_ranges(resolve(entries))
    # What lies in a hole starts in it: were it longer, the usable memory below would end earlier.
    others = sorted((entry.base, number) for number, entry in _counted(entries) if entry.type != USABLE)
    for below, above in pairwise(usable):
        size = above.start - below.end
        if size >= SMALLEST_HOLE and below.end > MIB:
            inside = others[bisect_left(others, (below.end, 0)) : bisect_left(others, (above.start, 0))]
            yield Problem(
                "hole",
                tuple(sorted(number for _, number in inside)),
                f"From {below.end:#x} to {above.start:#x} there is no usable memory ({format_size(size)}), "
                "and there is some above: adding up sizes does not tell where memory ends.",
            )


def _filled(entries: Sequence[Region]) -> list[Numbered]:
    return [(number, entry) for number, entry in enumerate(entries) if entry.length]


def _counted(entries: Sequence[Region]) -> Iterable[Numbered]:
    counted = {id(entry) for entry in counted_entries(entries)}
    return [(number, entry) for number, entry in enumerate(entries) if id(entry) in counted]


FINDERS: tuple[Callable[[Sequence[Region]], Iterator[Problem]], ...] = (
    _empty_map,
    _zero_lengths,
    _switched_off,
    _out_of_order,
    _overlaps,
    _unknown_types,
    _misaligned,
    _low_memory,
    _holes,
)
