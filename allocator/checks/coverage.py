"""Find out which instructions of a program ran, which way its branches went, and in which states of the page map.

- An instruction is one that a line of source became; padding and data are none. A line that repeats itself
  (``times``, a macro) has several. ``; no cover`` in a line's comment takes the line out.
- The state in which an instruction is reached is what the program read last from the page map since it entered a
  routine, the instruction's own read included: beside ``dec rbx`` of a scan stands ``free``, if it does its work.

Coverage of calls as they are made: `coverage_recorder.py`, whose slow twin is ``tests/reference/traced_coverage.py``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from allocator.addresses import PAGE_MAP, Range
from allocator.assembly.image import Image, Line
from allocator.coverage import Coverage, Instruction, Reach, SourceCoverage
from allocator.instructions.disassembly import Decoded, decode
from allocator.source import Source

_NO_COVER = re.compile(r";.*\bno cover\b")
_ALIGN = re.compile(r"\balignb?\b", re.IGNORECASE)


class Slot(NamedTuple):
    """An instruction of an image, and the line and number that it is known by."""

    address: int
    line: Line
    number: int
    decoded: Decoded

    @property
    def is_branch(self) -> bool:
        """Whether it goes on in one of two ways."""
        return self.decoded.is_branch and self.decoded.name != "jmp"


def slots_of(image: Image) -> tuple[Slot, ...]:
    """Return the instructions of an image that count, in order of address."""
    numbers: dict[tuple[int, int], int] = {}
    slots = []
    for line in image.lines:
        decoded = _instruction(image, line)
        if decoded is None:
            continue
        key = (id(line.source), line.line)
        numbers[key] = numbers.get(key, -1) + 1
        if not _NO_COVER.search(line.source.line(line.line)):
            slots.append(Slot(line.address, line, numbers[key], decoded))
    return tuple(slots)


def _instruction(image: Image, line: Line) -> Decoded | None:
    if not line.code:
        return None
    decoded = decode(image.bytes_at(line.address, line.size), line.bits, line.address)
    is_padding = decoded.name == "nop" and _ALIGN.search(line.source.line(line.line))
    return decoded if decoded.size == line.size and not is_padding else None


def coverage_of(image: Image, reaches: Iterable[tuple[Slot, Reach]]) -> Coverage:
    """Return the coverage of an image from what its slots reached."""
    parts: dict[Source, list[Instruction]] = {}
    for slot, reach in reaches:
        place = image.locate(slot.address)
        label = place.label if place else ""
        found = Instruction(slot.line.line, slot.number, slot.decoded.text, label, slot.is_branch, reach)
        parts.setdefault(slot.line.source, []).append(found)
    return Coverage(tuple(SourceCoverage(source, tuple(sorted(found))) for source, found in parts.items()))


def entries_of(image: Image) -> frozenset[int]:
    """Return where the routines of an image begin: its labels that are not local."""
    return frozenset(image.symbols[label] for label in image.labels if "." not in label)


def page_map_of(image: Image) -> Range:
    """Return where the page map lies: the machine's, or the image's own up to the next label."""
    start = image.symbols.get("os_MemoryMap", PAGE_MAP.start)
    segment = image.segment_at(start) if "os_MemoryMap" in image.labels else None
    if segment is None:
        return Range(start, start + PAGE_MAP.size)
    labels = (image.symbols[label] for label in image.labels)
    return Range(start, min((label for label in labels if start < label < segment.end), default=segment.end))
