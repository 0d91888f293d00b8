"""Write a pattern out as positions, one for each instruction in it, and say which can follow which (Glushkov).

std ... lodsb+     positions  0 std   1 ...   2 lodsb
                   after      0: 1 2  1: 1 2  2: 2 END
"""

from __future__ import annotations

from typing import NamedTuple

from allocator.trace.pattern_syntax import Element, Instruction, Pattern, Repeat, Row, wrong_pattern

MAX_POSITIONS = 2000
"""Instructions of a pattern, its repetitions written out."""
END = -1
"""What follows the last position."""


class Part(NamedTuple):
    """The positions that a part of a pattern can begin with, those it can end with, and whether it can be empty."""

    firsts: frozenset[int]
    lasts: frozenset[int]
    can_be_empty: bool


class Position(NamedTuple):
    """One instruction of a written-out pattern; a gap's stands for any number of any instructions."""

    instruction: Instruction
    is_gap: bool


class PatternGraph:
    """The positions of a pattern: where it can begin, and `after[n]`, what can follow position `n`."""

    def __init__(self, pattern: Pattern) -> None:
        """Write out `pattern`; raises UsageError with a caret where it is too large."""
        self.positions: list[Position] = []
        self.after: list[set[int]] = []
        self._pattern = pattern
        whole = self._add(pattern.root)
        self.firsts = whole.firsts | ({END} if whole.can_be_empty else set())
        for position in whole.lasts:
            self.after[position].add(END)

    def _add(self, element: Element) -> Part:
        if isinstance(element, Instruction):
            return self._add_position(element, False)
        if isinstance(element, Row):
            return self._joined([self._add(each) for each in element.elements])
        if isinstance(element, Repeat):
            return self._add_repeat(element)
        parts = [self._add(each) for each in element.elements]
        firsts = frozenset().union(*(part.firsts for part in parts))
        lasts = frozenset().union(*(part.lasts for part in parts))
        return Part(firsts, lasts, any(part.can_be_empty for part in parts))

    def _add_position(self, instruction: Instruction, is_gap: bool) -> Part:
        if len(self.positions) >= MAX_POSITIONS:
            message = f"the pattern is too large: written out, it has more than {MAX_POSITIONS:,} instructions"
            wrong_pattern(self._pattern.text, message, instruction.begin, instruction.end)
        only = frozenset({len(self.positions)})
        self.positions.append(Position(instruction, is_gap))
        self.after.append(set())
        return Part(only, only, False)

    def _add_repeat(self, repeat: Repeat) -> Part:
        count = max(1, repeat.low) if repeat.high is None else repeat.high
        parts = [self._add_round(repeat, number) for number in range(count)]
        if repeat.high is None:
            self._join(parts[-1], parts[-1])
        return self._joined(parts)

    def _add_round(self, repeat: Repeat, number: int) -> Part:
        element = repeat.element
        is_gap = repeat.is_gap and isinstance(element, Instruction)
        part = self._add_position(element, True) if is_gap and isinstance(element, Instruction) else self._add(element)
        return part._replace(can_be_empty=part.can_be_empty or number >= repeat.low)

    def _joined(self, parts: list[Part]) -> Part:
        whole = parts[0]
        for part in parts[1:]:
            self._join(whole, part)
            firsts = whole.firsts | part.firsts if whole.can_be_empty else whole.firsts
            lasts = whole.lasts | part.lasts if part.can_be_empty else part.lasts
            whole = Part(firsts, lasts, whole.can_be_empty and part.can_be_empty)
        return whole

    def _join(self, before: Part, behind: Part) -> None:
        for position in before.lasts:
            self.after[position] |= behind.firsts
