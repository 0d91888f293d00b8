"""Hold what ran of a program: which instructions, which way its branches went, in which states of the page map.

    Coverage        of a program: one part for each source
    SourceCoverage  its instructions, in the order of its lines
    Instruction     what it is, and its `Reach`: how often it ran, and so on

- A branch has two outcomes: taken and not taken. Each counts as much as an instruction.
- Runs of the same source add up, wherever it was assembled to.

Where it comes from: `checks/coverage.py`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple

from allocator.source import Source

OTHER_STATE = 3
"""The bit, in a mask of states, of a byte of the page map that is no state; those of states are their numbers."""


class Reach(NamedTuple):
    """How often an instruction ran, went one way and the other if it branches, and a mask of the page map's states."""

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

    def _repr_html_(self) -> str:
        from allocator.views.coverage_html import coverage_html

        return coverage_html(self)

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
