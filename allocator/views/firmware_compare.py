"""Show side by side what every way of asking for memory says, what each misses, and why.

    way      says                         usable       misses      counts wrongly
    INT 12h  639 KiB from 0               639 KiB      62.9 MiB    nothing
    ...
    one paragraph for each, for people who meet them for the first time

`memory_answers` asked; this file is the words. Source of the reasons: the files of the services.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from textwrap import wrap
from typing import Any

from allocator.addresses import Range
from allocator.machine.firmware_map import FirmwareMap
from allocator.machine.memory_answers import CMOS, E801, E820, EXTENDED, INT_12, UNIT, MemoryAnswer
from allocator.machine.memory_sizes import base_end
from allocator.units import GIB, KIB, MIB, format_size

ASKED = {
    INT_12: "AX of INT 12h: base memory, as the first PC had it",
    CMOS: "bytes 15h-16h, 30h-31h, 34h-35h and 5Bh-5Dh by ports 70h and 71h",
    EXTENDED: "AX of INT 15h, AH = 88h: the PC/AT's question, of 1984",
    E801: "AX and BX (or CX and DX) of INT 15h, AX = E801h: for more than 64 MiB, of 1994",
    E820: "INT 15h, AX = E820h, entry by entry: the map itself",
}
"""What is asked for, by way."""

_MOST_SHOWN = 4
_WIDTH = 100
"""Letters in a line."""
_FOUR_GIB = 4 * GIB


def compare_table(firmware_map: FirmwareMap, answers: Sequence[MemoryAnswer]) -> str:
    """Return the table, then a paragraph for each way."""
    head = f"five ways to ask how much memory there is; the firmware map has {_size(firmware_map.usable_bytes)} usable"
    rows = [("", "calls usable", "misses", "counts wrongly"), *(_row(answer) for answer in answers)]
    widths = [max(len(row[column]) for row in rows) for column in range(4)]
    table = [f"{row[0]:{widths[0]}}" + "".join(f"  {row[c]:>{widths[c]}}" for c in (1, 2, 3)) for row in rows]
    stories = [line for answer in answers for line in ("", *_paragraph(firmware_map, answer))]
    return "\n".join([head, "", *table, *stories])


def _paragraph(firmware_map: FirmwareMap, answer: MemoryAnswer) -> Iterator[str]:
    for line in compare_story(firmware_map, answer):
        yield from wrap(line, _WIDTH, subsequent_indent="    ", break_long_words=False, break_on_hyphens=False)


def compare_story(firmware_map: FirmwareMap, answer: MemoryAnswer) -> list[str]:
    """Return what one way says, misses and gets wrong, in sentences; the first names it."""
    lines = [f"{answer.way}: {answer.said}.  ({ASKED[answer.way]})"]
    if answer.refused:
        return [*lines, f"  - {answer.refused}."]
    return [*lines, *(f"  - {reason}" for reason in reasons(firmware_map, answer))]


def compare_object(firmware_map: FirmwareMap, answers: Sequence[MemoryAnswer]) -> list[dict[str, Any]]:
    """Return what ``e820 --compare --json`` adds as ``compare``: one object for each way."""
    return [
        {
            "way": answer.way,
            "values": dict(answer.values),
            "refused": answer.refused,
            "ranges": _range_objects(answer.ranges),
            "usable_bytes": answer.usable_bytes,
            "missed": _range_objects(answer.missed),
            "missed_bytes": _total(answer.missed),
            "wrong": _range_objects(answer.wrong),
            "wrong_bytes": _total(answer.wrong),
            "reasons": [] if answer.refused else list(reasons(firmware_map, answer)),
        }
        for answer in answers
    ]


def reasons(firmware_map: FirmwareMap, answer: MemoryAnswer) -> Iterator[str]:
    """Yield why an answer misses memory, then why it counts what is none."""
    yield from _missed_reasons(answer)
    yield from _wrong_reasons(firmware_map, answer)
    if not answer.missed and not answer.wrong:
        yield "It says all there is, and nothing else."


def _missed_reasons(answer: MemoryAnswer) -> Iterator[str]:
    if answer.way == INT_12:
        above = _total([part for part in answer.missed if part.start >= MIB])
        if above:
            yield f"It can speak of the first 640 KiB only; the {_size(above)} above 1 MiB are not its business."
        return
    for where, parts in _by_place(answer).items():
        if parts:
            why = _WHY_MISSED_CMOS if answer.way == CMOS and where == "high" else _WHY_MISSED[where]
            yield f"It misses {_shown(parts)}: {why}."


def _by_place(answer: MemoryAnswer) -> dict[str, list[Range]]:
    """Sort what is missed by why it is: too low, too high, behind a gap, less than a unit, or beyond the counter."""
    places: dict[str, list[Range]] = {"low": [], "unit": [], "cap": [], "gap": [], "high": [], "map": []}
    last = max((each.end for each in answer.ranges if each.end <= _FOUR_GIB), default=0)
    for part in answer.missed:
        places[_place(answer, part, last)].append(part)
    return places


def _place(answer: MemoryAnswer, part: Range, last: int) -> str:
    if answer.way == E820:
        return "map"
    if part.end <= MIB:
        return "low"
    if part.start >= _FOUR_GIB:
        return "high"
    if part.start == last:
        return "unit" if part.size < UNIT else "cap"
    return "gap"


_WHY_MISSED = {
    "low": "it counts from 1 MiB on, and INT 12h is to be asked for the rest",
    "unit": "it counts in units of 64 KiB, and what is less is lost",
    "cap": "its counter ends there: 16 bits of KiB are less than 64 MiB",
    "gap": "it gives one size, which ends at the first gap, and memory goes on behind it",
    "high": "it was made when no PC had memory above 4 GiB",
    "map": "the entries that came do not say so",
}

_WHY_MISSED_CMOS = "three bytes of 64 KiB units end 1 TiB above 4 GiB"


def _wrong_reasons(firmware_map: FirmwareMap, answer: MemoryAnswer) -> Iterator[str]:
    low = [part for part in answer.wrong if part.end <= MIB]
    kept = [part for part in low if answer.way == CMOS and part.start >= base_end(firmware_map)]
    if kept:
        yield (
            f"It counts {_shown(kept)}, which firmware keeps for itself (the extended BIOS data area): "
            "the CMOS says what is plugged in, always 640 KiB."
        )
    if low != kept:
        yield f"It counts {_shown([part for part in low if part not in kept])}: one size can't tell of a hole."
    gaps, tail = _gaps_and_tail(firmware_map, [part for part in answer.wrong if part.start >= MIB])
    if tail:
        yield (
            f"It counts {_shown(tail)} at the top, which firmware took for itself: the number was stored before "
            "firmware reserved its tail. Who believes it writes over firmware's own data."
        )
    if gaps:
        yield f"It counts {_shown(gaps)} in the midst: one size can't tell of a hole, and the map has one there."


def _gaps_and_tail(firmware_map: FirmwareMap, parts: Sequence[Range]) -> tuple[list[Range], list[Range]]:
    end = max((usable.end for usable in firmware_map.usable if usable.start < _FOUR_GIB), default=0)
    tail = [part for part in parts if end <= part.start < _FOUR_GIB]
    return [part for part in parts if part not in tail], tail


def _row(answer: MemoryAnswer) -> tuple[str, str, str, str]:
    if answer.refused:
        return answer.way, "no answer", "everything", "nothing"
    return answer.way, _size(answer.usable_bytes), _or_nothing(answer.missed), _or_nothing(answer.wrong)


def _or_nothing(ranges: Sequence[Range]) -> str:
    return _size(_total(ranges)) if ranges else "nothing"


def _shown(ranges: Sequence[Range]) -> str:
    places = ", ".join(f"{part.start:#x}-{part.end - 1:#x}" for part in ranges[:_MOST_SHOWN])
    more = f" and {len(ranges) - _MOST_SHOWN} more" if len(ranges) > _MOST_SHOWN else ""
    return f"{_size(_total(ranges))} ({places}{more})"


def _size(size: int) -> str:
    """Return a size exactly, and rounded to a larger unit besides."""
    rounded = format_size(size)
    if size < MIB or "." not in rounded:
        return rounded
    for unit, name in ((MIB, "MiB"), (KIB, "KiB")):
        if size % unit == 0:
            return f"{size // unit:,} {name} ({rounded})"
    return f"{size:,} bytes ({rounded})"


def _total(ranges: Sequence[Range]) -> int:
    return sum(part.size for part in ranges)


def _range_objects(ranges: Sequence[Range]) -> list[dict[str, str]]:
    return [{"start": hex(part.start), "end": hex(part.end)} for part in ranges]
