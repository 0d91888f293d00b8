"""Show a trace to a person: every step with its source line and what it did.

    <os_mem_allocate.next>:
      14  100038  ac           lodsb         al=1  rsi=os_MemoryMap+0x1e         78  lodsb  ; AL = this page; ...
          |       |            |             read os_MemoryMap+0x1f = 1          |
     step address bytes        instruction   what it did (`effects`)             source

       0  f000:fff0  ffff0  ea5be000f0  jmp 0xf000:0xe05b            code of real mode: CS:IP stands beside the address

- Where the terminal is too narrow for the source beside a step, its line stands above the step, as it is in
  the file.
- A heading names the label under which the steps lie; it stands again whenever control comes back to it.
- Steps that a filter left out are a line of dots.
- Lines are made one at a time, so that a long trace is shown while it is read.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache

from allocator.assembly.image import Line
from allocator.source import printable
from allocator.trace.schema import Place
from allocator.trace.trace import Step, Trace
from allocator.views.effects import step_effects
from allocator.views.firmware_names import code_name, is_boot
from allocator.views.fold import Fold
from allocator.views.ink import PLAIN, Ink, Piece
from allocator.views.names import Names
from allocator.views.rows import GAP, Column, draw_row
from allocator.views.source_text import condensed, indented_lines, split_comment

DEFAULT_WIDTH = 160
"""Columns where no terminal says how many it has."""
_BESIDE_FROM = 150
_LONGEST_TEXT = 30
_SOURCE_WIDTH = 56
_NARROWEST_EFFECTS = 20
_MARGIN = 8
_LOGICAL_WIDTH = len("0000:0000")


def trace_listing(
    trace: Trace, steps: Iterable[Step | Fold] | None = None, *, width: int = DEFAULT_WIDTH, ink: Ink = PLAIN
) -> Iterator[str]:
    """Yield the lines of the listing of `steps`, by default all, for a terminal `width` columns wide."""
    listing = Listing(trace, width, ink)
    for step in trace if steps is None else steps:
        yield from listing.lines(step) if isinstance(step, Step) else listing.folded(step)


class Listing:
    """The layout of one listing, and where it has got to."""

    def __init__(self, trace: Trace, width: int, ink: Ink, names: Names | None = None) -> None:
        self._trace = trace
        self._names = names or Names(trace.run)
        self._ink = ink
        self._beside = width >= _BESIDE_FROM
        self._is_real = any(place.mode == "real16" for place in trace.columns.places)
        self._columns = self._lay_out(width)
        self._label: str | None = None
        self._last = -1

    def _lay_out(self, width: int) -> list[Column]:
        places = self._trace.columns.places
        longest = min(8, max((len(place.code) for place in places), default=1))
        texts = (len(step_text) for step_text in self._texts())
        fixed = [
            Column(max(4, len(str(len(self._trace)))), ">"),
            *([Column(_LOGICAL_WIDTH)] if self._is_real else []),
            Column(max((len(f"{place.address:x}") for place in places), default=1), ">"),
            Column(2 * longest),
            Column(min(_LONGEST_TEXT, max(texts, default=1))),
        ]
        used = sum(column.width + len(GAP) for column in fixed)
        source = [Column(4, ">"), Column(_SOURCE_WIDTH)] if self._beside else []
        rest = width - used - sum(column.width + len(GAP) for column in source)
        return [*fixed, Column(max(_NARROWEST_EFFECTS, rest)), *source]

    def _texts(self) -> Iterator[str]:
        from allocator.instructions.disassembly import decode

        return (decode(place.code, place.bits, place.address).text for place in self._trace.columns.places)

    def lines(self, step: Step) -> Iterator[str]:
        """Yield the lines of `step`, with the heading that it needs."""
        yield from self._gap(step)
        yield from self._heading(step)
        line = step.line
        if line and not self._beside:
            yield self._line_above(line)
        cells = [
            [Piece(str(step.index), "step")],
            *([_logical(step.place)] if self._is_real else []),
            [Piece(f"{step.address:x}", "address")],
            [Piece(step.code.hex(), "bytes")],
            [Piece(step.text, "instruction")],
            list(step_effects(step, self._names)),
        ]
        if self._beside:
            cells += _source_cells(line)
        yield from draw_row(self._columns, cells, self._ink)

    def lines_after(self, step: Step) -> Iterator[str]:
        """Yield the lines of `step` as they stand behind those of the step before it."""
        self._last = step.index - 1
        before = self._trace[self._last].location if step.index else None
        self._label = before.label if before else self._outside(self._trace[self._last]) if step.index else None
        return self.lines(step)

    @property
    def effects_width(self) -> int:
        """The width of the column that says what a step did."""
        return self._columns[5 if self._is_real else 4].width

    @property
    def step_width(self) -> int:
        """The width of the first column."""
        return self._columns[0].width

    def folded(self, fold: Fold) -> Iterator[str]:
        """Yield the line that stands for the other rounds of a loop."""
        yield self._ink.paint(f"{'':>{self._columns[0].width}}  {fold}", "flow")
        self._last = fold.last
        self._label = None

    def _gap(self, step: Step) -> Iterator[str]:
        if step.index != self._last + 1:
            skipped = step.index - self._last - 1
            yield self._ink.paint(f"{'...':>{self._columns[0].width}}  {skipped:,} steps not shown", "step")
            self._label = None
        self._last = step.index

    def _heading(self, step: Step) -> Iterator[str]:
        location = step.location
        label = location.label if location else self._outside(step)
        if label != self._label or (location and not location.offset):
            shown = location or label
            yield ""
            yield self._ink.paint(f"<{printable(str(shown))}>:", "label")
        self._label = label

    def _outside(self, step: Step) -> str:
        firmware = code_name(step.address) if is_boot(self._trace.run) else None
        return firmware or "outside the image"

    def _line_above(self, line: Line) -> str:
        text = indented_lines(line, _MARGIN)
        statement, _ = split_comment(text)
        code = text[: len(text.rstrip()) if not statement else text.find(statement) + len(statement)]
        number = self._ink.paint(f"{line.line:>{self._columns[0].width}}:", "source")
        return f"{number} {self._ink.paint(code, 'source')}{self._ink.paint(text[len(code) :], 'comment')}".rstrip()


def _logical(place: Place) -> list[Piece]:
    if place.mode != "real16":
        return []
    return [Piece(f"{place.base >> 4:04x}:{place.offset:04x}", "address")]


@lru_cache(maxsize=4096)
def _source_cells(line: Line | None) -> list[list[Piece]]:
    if line is None:
        return [[], []]
    statement, comment = condensed(line)
    pieces = [Piece(text, role) for text, role in ((statement, "source"), (comment, "comment")) if text]
    return [[Piece(str(line.line), "step")], pieces]
