"""Describe a sequence of instructions in words, and find it in a run, in time linear in the run's length.

    std ... lodsb+ ... cld ... rep stosb

    lodsb                  an instruction, by its mnemonic, whatever its prefixes; rep stosb only with that one
    'mov al, 2'            by its text, sizes of memory left out or not; * is any part: 'mov al, *'
    @os_mem_allocate.next  the instruction at that label
    .                      any one instruction
    ...                    any number of instructions, none included
    je|jne                 one or the other; it binds more tightly than a sequence
    (cmp jne)              a sequence as one thing
    + * ? {3} {2,} {2,4}   how often: the instruction, or the parentheses, before it
    ^ $                    the run begins here, ends here; without them the sequence may lie anywhere

What stands side by side follows immediately, in the order of execution. A pattern becomes positions
(`pattern_graph.py`): the set of those that may be right moves on with every step. Sets are remembered, so a step costs
one look-up, and nothing is ever tried again.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from allocator.source import printable
from allocator.trace.arrays import CHUNK
from allocator.trace.pattern_graph import END, PatternGraph
from allocator.trace.pattern_places import meant_places
from allocator.trace.pattern_syntax import Choice, Element, Instruction, Pattern, Row, parse_pattern, wrong_pattern

if TYPE_CHECKING:
    from allocator.trace.trace import Trace

MAX_SETS = 4096
"""Sets of positions that are remembered; then they are forgotten, and found anew."""


class Progress(NamedTuple):
    """How far a pattern got: the last of its instructions that were met, at which step, and what was to come next.

    ``met`` is None where not even the first was. ``is_open`` says that ``...`` stands before `wanted`.
    """

    met: Instruction | None
    step: int | None
    wanted: Instruction | None
    is_open: bool


class Match:
    """Whether a pattern was found: true or false. ``end`` is the step that completed it, None where none did."""

    def __init__(self, pattern: Pattern, end: int | None, progress: Progress) -> None:
        """Made by `find_pattern`; `progress` is how far the pattern got."""
        self.pattern = pattern
        self.end = end
        self.progress = progress

    def __bool__(self) -> bool:
        return self.end is not None

    def __repr__(self) -> str:
        said = "not found" if self.end is None else f"found, complete at step {self.end:,}"
        return f"<Match of {printable(self.pattern.text)}: {said}>"


def find_pattern(trace: Trace, text: str) -> Match:
    """Return whether a pattern is found in a run, and where; raises UsageError with a caret for a bad pattern."""
    return _Search(trace, parse_pattern(text)).run()


def matching_places(trace: Trace, text: str) -> list[bool]:
    """Return for each place of the trace whether a pattern of one instruction means it; raises UsageError."""
    pattern = parse_pattern(text)
    choices = list(_choices(pattern.root, text))
    found = [meant_places(trace, text, choice) for choice in choices]
    return [any(column) for column in zip(*found, strict=True)]


def _choices(element: Element, text: str) -> Iterator[Instruction]:
    if isinstance(element, Instruction):
        yield element
    elif isinstance(element, Choice) or (isinstance(element, Row) and len(element.elements) == 1):
        for each in element.elements:
            yield from _choices(each, text)
    else:
        wrong_pattern(text, "what is counted is one instruction, or one of several: je|jne", 0, len(text))


class _Positions:
    """A set of positions that may be right before a step, and the sets that follow it by the step's place."""

    __slots__ = ("following", "is_complete", "members")

    def __init__(self, members: frozenset[int]) -> None:
        self.members = members
        self.is_complete = END in members
        self.following: dict[int, _Positions] = {}


class _Search:
    """One pattern on its way through one trace."""

    def __init__(self, trace: Trace, pattern: Pattern) -> None:
        self._trace = trace
        self._pattern = pattern
        self._graph = PatternGraph(pattern)
        self._meant = self._meanings()
        self._sets: dict[frozenset[int], _Positions] = {}
        self._met: dict[int, int] = {}

    def _meanings(self) -> list[list[bool]]:
        """Return for each position which places it means."""
        known = {
            instruction: meant_places(self._trace, self._pattern.text, instruction)
            for instruction in dict.fromkeys(position.instruction for position in self._graph.positions)
        }
        return [known[position.instruction] for position in self._graph.positions]

    def run(self) -> Match:
        """Return what was found."""
        end = self._walk()
        return Match(self._pattern, end, self._progress())

    def _walk(self) -> int | None:
        """Return the step that completed the pattern."""
        current = self._remembered(frozenset(self._graph.firsts))
        is_anywhere = not self._pattern.at_end
        if current.is_complete and is_anywhere:
            return 0
        index = -1
        for index, number in enumerate(self._places()):
            current = current.following.get(number) or self._advance(current, number, index)
            if current.is_complete and is_anywhere:
                return index
        return index if current.is_complete else None

    def _places(self) -> Iterator[int]:
        place = self._trace.arrays.place
        for begin in range(0, len(place), CHUNK):
            yield from place[begin : begin + CHUNK].tolist()

    def _advance(self, current: _Positions, number: int, index: int) -> _Positions:
        met = [position for position in current.members if position != END and self._meant[position][number]]
        members = set() if self._pattern.at_start else set(self._graph.firsts) - {END}
        for position in met:
            self._met.setdefault(position, index)
            members |= self._graph.after[position]
        following = self._remembered(frozenset(members))
        current.following[number] = following
        return following

    def _remembered(self, members: frozenset[int]) -> _Positions:
        if len(self._sets) >= MAX_SETS:
            for known in self._sets.values():
                known.following.clear()
            self._sets.clear()
        if members not in self._sets:
            self._sets[members] = _Positions(members)
        return self._sets[members]

    def _progress(self) -> Progress:
        # Positions are numbered as they are written: the highest is how far the pattern got.
        positions, after = self._graph.positions, self._graph.after
        last = max((each for each in self._met if not positions[each].is_gap), default=-1)
        following = set(self._graph.firsts) if last < 0 else set(after[last])
        gaps = {each for each in following if each != END and positions[each].is_gap}
        for gap in gaps:
            following |= after[gap]
        wanted = min((each for each in following - gaps if each > last), default=-1)
        met = positions[last].instruction if last >= 0 else None
        return Progress(met, self._met.get(last), positions[wanted].instruction if wanted >= 0 else None, bool(gaps))
