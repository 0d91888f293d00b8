"""Show where two runs part, side by side.

    registers at the start          left                right
      rcx                           3                   4
    in data: step 3                                     step 3
      62  cmp rcx, 0                                      62  cmp rcx, 0
      ...

What both do alike is not shown, but for the last steps before the ways part.
"""

from __future__ import annotations

from collections.abc import Iterator

from allocator.registers import GENERAL
from allocator.source import printable
from allocator.trace.diff import Difference, Pair, disagreements
from allocator.trace.step import Step
from allocator.trace.trace import Trace
from allocator.views.effects import step_effects
from allocator.views.ink import PLAIN, Ink, Piece
from allocator.views.names import Names
from allocator.views.rows import Column, draw_row
from allocator.views.source_text import condensed

DEFAULT_WIDTH = 140
AROUND = 2
"""Steps in common that are shown before a parting."""
_WHAT = 16


def difference_text(
    difference: Difference, names: tuple[str, str] = ("left", "right"), *, width: int = DEFAULT_WIDTH, ink: Ink = PLAIN
) -> Iterator[str]:
    """Yield the lines of a difference; `names` are what the two runs are called."""
    view = _View(difference, width, ink)
    yield from view.two(printable(names[0]), printable(names[1]), "heading")
    yield from view.starts()
    yield from view.data()
    yield from view.control()
    yield from view.ends()


class _View:
    """One difference being shown."""

    def __init__(self, difference: Difference, width: int, ink: Ink) -> None:
        self._difference = difference
        self._names = (Names(difference.left.run), Names(difference.right.run))
        self._ink = ink
        side = max(16, (width - _WHAT - 4) // 2)
        self._columns = [Column(_WHAT), Column(side), Column(side)]

    def two(self, left: str, right: str, role: str = "", what: str = "") -> Iterator[str]:
        """Yield a text for each side."""
        cells = [[Piece(what, "label")], [Piece(left, role)], [Piece(right, role)]]
        yield from draw_row(self._columns, cells, self._ink)

    def starts(self) -> Iterator[str]:
        """Yield the registers that differed at the start."""
        if self._difference.starts:
            yield self._heading("they begin with different registers")
        for name, (left, right) in self._difference.starts.items():
            yield from self.two(self._names[0].value(left), self._names[1].value(right), "register", f"  {name}")

    def data(self) -> Iterator[str]:
        """Yield the first steps that did something different."""
        pair = self._difference.data
        if pair is None or pair.left is None or pair.right is None:
            yield self._heading("aligned steps do the same")
            return
        yield self._heading("the first step that does something different")
        yield from self._pair(pair)
        for each in disagreements(pair.left, pair.right):
            yield from self.two(self._value(0, each.left), self._value(1, each.right), "mark", f"  {each.what}")

    def control(self) -> Iterator[str]:
        """Yield where the ways part, and where they meet again."""
        difference = self._difference
        if difference.control is None:
            yield self._heading(f"both take the same way, {len(difference.left):,} steps")
            return
        yield self._heading(f"their ways part after {difference.common:,} steps in common")
        for index in range(max(0, difference.common - AROUND), difference.common):
            yield from self._pair(Pair(difference.left[index], difference.right[index]))
        yield from self._pair(difference.control, "mark")
        if difference.rejoined:
            yield self._heading("and are one again from here to the end")
            yield from self._pair(difference.rejoined)

    def ends(self) -> Iterator[str]:
        """Yield how both runs ended."""
        yield self._heading("they end")
        left, right = self._difference.left, self._difference.right
        yield from self.two(_ending(left), _ending(right))
        for name in sorted(_end_differences(self._difference)):
            one, other = (trace.run.registers[name] for trace in (left, right))
            yield from self.two(self._value(0, one), self._value(1, other), "register", f"  {name}")

    def _pair(self, pair: Pair, role: str = "instruction") -> Iterator[str]:
        yield from self.two(self._step(pair.left), self._step(pair.right), role)
        if role == "mark" or pair.left is None or pair.right is None:
            return
        yield from self.two(self._effects(0, pair.left), self._effects(1, pair.right), "flow")

    def _step(self, step: Step | None) -> str:
        if step is None:
            return "(the run is over)"
        where = step.location or f"{step.address:#x}"
        text = condensed(step.line)[0] if step.line else step.text
        return f"{step.index:>5}  {printable(str(where))}  {printable(text)}"

    def _effects(self, side: int, step: Step) -> str:
        return f"{'':>7}{'  '.join(piece.text for piece in step_effects(step, self._names[side]))}"

    def _value(self, side: int, value: int | str) -> str:
        return self._names[side].value(value) if isinstance(value, int) else value

    def _heading(self, text: str) -> str:
        return f"\n{self._ink.paint(text, 'heading')}"


def _ending(trace: Trace) -> str:
    return f"{trace.stop.kind} after {len(trace):,} steps"


def _end_differences(difference: Difference) -> list[str]:
    left, right = difference.left.run.registers, difference.right.run.registers
    return [name for name in GENERAL if left[name] != right[name]]
