"""Say which instructions of a program ran, which way its branches went, and in which states of the page map.

    Coverage        of a program: one part for each source
    SourceCoverage  its instructions, in the order of its lines
    Instruction     what it is, and its `Reach`: how often it ran, and so on

- An instruction is one that a line of source became; padding and data are none. A line that repeats itself
  (``times``, a macro) has several. ``; no cover`` in a line's comment takes the line out.
- A branch has two outcomes: taken and not taken. Each counts as much as an instruction.
- The state in which an instruction is reached is what the program read last from the page map since it entered a
  routine, the instruction's own read included: beside ``dec rbx`` of a scan stands ``free``, if it does its work.
- Runs of the same source add up, wherever it was assembled to.

Coverage of calls as they are made: `coverage_recorder.py`. Of a trace: `trace_coverage`, which is its slow twin.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple

from allocator.addresses import PAGE_MAP, Range
from allocator.assembly.image import Image, Line
from allocator.instructions.disassembly import Decoded, decode
from allocator.source import Source
from allocator.trace.trace import Trace

STATES = ("absent", "free", "used", "other")
"""What a byte of the page map says: 0, 1, 2, anything else. Bit n of a mask stands for the nth."""
_NO_COVER = re.compile(r";.*\bno cover\b")
_ALIGN = re.compile(r"\balignb?\b", re.IGNORECASE)


class Reach(NamedTuple):
    """How often an instruction ran, went one way and the other if it branches, and a mask of `STATES`."""

    times: int = 0
    taken: int = 0
    not_taken: int = 0
    states: int = 0

    def plus(self, other: Reach) -> Reach:
        """Return both together."""
        states = self.states | other.states
        return Reach(self.times + other.times, self.taken + other.taken, self.not_taken + other.not_taken, states)


class Instruction(NamedTuple):
    """The `number`-th instruction of line `line`, below `label`."""

    line: int
    number: int
    text: str
    label: str
    is_branch: bool
    reach: Reach = Reach()

    @property
    def missing(self) -> tuple[str, ...]:
        """What never happened: ``run``, or of a branch that ran ``taken`` or ``not taken``."""
        if not self.reach.times:
            return ("run",)
        if not self.is_branch:
            return ()
        ways = (("taken", self.reach.taken), ("not taken", self.reach.not_taken))
        return tuple(way for way, times in ways if not times)

    @property
    def states(self) -> tuple[str, ...]:
        """The states of the page map that reached it."""
        return tuple(state for bit, state in enumerate(STATES) if self.reach.states >> bit & 1)


@dataclass(frozen=True)
class SourceCoverage:
    """What ran of one source."""

    source: Source
    instructions: tuple[Instruction, ...]

    @property
    def executed(self) -> int:
        """Instructions that ran."""
        return sum(1 for each in self.instructions if each.reach.times)

    @property
    def branches(self) -> int:
        """Instructions that branch."""
        return sum(1 for each in self.instructions if each.is_branch)

    @property
    def outcomes(self) -> int:
        """Outcomes of branches that were met, of two for each branch."""
        return sum(bool(each.reach.taken) + bool(each.reach.not_taken) for each in self.instructions if each.is_branch)

    @property
    def percent(self) -> float:
        """The share of instructions and outcomes that were met; 100 for a source without instructions."""
        whole = len(self.instructions) + 2 * self.branches
        return 100.0 * (self.executed + self.outcomes) / whole if whole else 100.0

    @cached_property
    def by_line(self) -> Mapping[int, tuple[Instruction, ...]]:
        """The instructions of each line that has any."""
        lines: dict[int, tuple[Instruction, ...]] = {}
        for each in self.instructions:
            lines[each.line] = (*lines.get(each.line, ()), each)
        return lines

    def plus(self, other: SourceCoverage) -> SourceCoverage:
        """Return both together; `other` is of the same source."""
        known = {(each.line, each.number): each for each in self.instructions}
        for each in other.instructions:
            before = known.get((each.line, each.number))
            known[each.line, each.number] = before._replace(reach=before.reach.plus(each.reach)) if before else each
        return replace(self, instructions=tuple(known[key] for key in sorted(known)))


@dataclass(frozen=True)
class Coverage:
    """What ran of some sources."""

    parts: tuple[SourceCoverage, ...] = ()

    def __add__(self, other: Coverage) -> Coverage:
        parts = {part.source: part for part in self.parts}
        for part in other.parts:
            parts[part.source] = parts[part.source].plus(part) if part.source in parts else part
        return Coverage(tuple(parts.values()))

    @property
    def percent(self) -> float:
        """The share of all instructions and outcomes that were met."""
        whole = SourceCoverage(Source("", ""), tuple(each for part in self.parts for each in part.instructions))
        return whole.percent

    def of(self, names: Iterable[str]) -> Coverage:
        """Return the parts whose source is called so, by its last name or its whole one."""
        wanted = set(names)
        return Coverage(
            tuple(
                part
                for part in self.parts
                if part.source.name in wanted or (part.source.path and part.source.path.name in wanted)
            )
        )

    def as_plain(self) -> list[dict[str, Any]]:
        """Return plain values, that go from one process to another and into JSON."""
        return [
            {
                "name": part.source.name, "text": part.source.text,
                "path": None if part.source.path is None else str(part.source.path),
                "instructions": [[*each[:-1], list(each.reach)] for each in part.instructions],
            }
            for part in self.parts
        ]  # fmt: skip


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
    segment = image.segment_at(line.address) if line.code else None
    if segment is None:
        return None
    offset = line.address - segment.start
    decoded = decode(segment.data[offset : offset + line.size], line.bits, line.address)
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


def state_bits(data: bytes) -> int:
    """Return the mask of the states that bytes of the page map say.

    >>> state_bits(bytes([1, 2]))
    6
    """
    mask = 0
    for byte in data:
        mask |= 1 << min(byte, len(STATES) - 1)
    return mask


def trace_coverage(trace: Trace) -> Coverage:
    """Return what the steps of a trace reached."""
    image, slots = trace.image, slots_of(trace.image)
    page_map = page_map_of(image)
    entries = entries_of(image)
    known = {slot.address: slot for slot in slots}
    reaches = dict.fromkeys(known, Reach())
    state, steps = 0, len(trace)
    for index, step in enumerate(trace):
        state = 0 if step.address in entries else state
        read = [access.after for access in step.accesses if access.kind == "read" and access.address in page_map]
        state = state_bits(b"".join(read)) if read else state
        slot = known.get(step.address)
        if slot:
            way = (0, 0)
            if slot.is_branch and index + 1 < steps:
                way = _way(slot, trace[index + 1].address)
            reaches[step.address] = reaches[step.address].plus(Reach(1, *way, state))
    return coverage_of(image, ((slot, reaches[slot.address]) for slot in slots))


def _way(slot: Slot, following: int) -> tuple[int, int]:
    return int(following == slot.decoded.target), int(following == slot.address + slot.decoded.size)


def plain_coverage(parts: Iterable[Mapping[str, Any]]) -> Coverage:
    """Return the coverage that `Coverage.as_plain` made plain."""
    made = []
    for part in parts:
        source = Source(part["name"], part["text"], None if part["path"] is None else Path(part["path"]))
        rows = part["instructions"]
        made.append(SourceCoverage(source, tuple(_plain_instruction(row) for row in rows)))
    return Coverage(tuple(made))


def _plain_instruction(row: list[Any]) -> Instruction:
    line, number, text, label, is_branch, reach = row
    return Instruction(line, number, text, label, is_branch, Reach(*reach))
