"""Write the listing of a long trace many lines at a time: the same characters as `listing`, which makes one at a time.

    14  100038  ac   lodsb   al=1  rsi=os_MemoryMap+0x1e    a step, rendered by `listing`
    ##  100038  ac   lodsb   al=#  rsi=#################    its template: the places of what varies

- Steps whose lines differ only in numbers and names of equal length share a template. `listing` renders the first of
  them, with marks in place of the varying parts, so that there is one layout and it is the listing's.
- Steps are told apart by a hash of all that the layout depends on: place, place before and after, flags, which
  registers, the lengths of their values.
- What no template fits (repeated instructions, long accesses, values with characters beyond ASCII, effects that
  are broken within) is rendered by `listing` step by step.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from allocator.machine.run import Run
from allocator.registers import FULL, REGISTERS
from allocator.trace.step import Change
from allocator.trace.trace import Trace
from allocator.views.blocks import Block, Numbers, constant, decimal, hexadecimal, rendered, scattered
from allocator.views.effects import step_effects, written_name
from allocator.views.ink import PLAIN
from allocator.views.listing import Listing
from allocator.views.names import Names
from allocator.views.step_columns import STEPS_A_PIECE, AccessRows, ChangeRows, Piece, pieces

_FIRST_MARK = 0xE000
_MARKS = re.compile(r"([\ue000-\ue0ff])\1*")
_STEP = ("step", 0)
_MOST_TEMPLATES = 20_000
_WORD_SIZES = (1, 2, 4, 8)

Source = tuple[str, int]
"""What fills a hole: what it is of, and of which change or access."""


class _Hole(NamedTuple):
    """`size` bytes of a template, from `start`."""

    start: int
    size: int
    source: Source


class _Template(NamedTuple):
    """The bytes of a step's lines, and what varies in them."""

    text: bytes
    holes: list[_Hole]


class _Texts(NamedTuple):
    """What one hole may be filled with: a text for each row that has one; its length, -1 where no template fits."""

    block: Block
    lengths: Numbers


class _MarkedNames(Names):
    """Puts a mark where a name or a number stands, as long as that is, and remembers what was asked for."""

    def __init__(self, run: Run) -> None:
        super().__init__(run)
        self.asked: list[str] = []

    def value(self, value: int) -> str:
        return self._mark("value", super().value(value))

    def address(self, address: int) -> str:
        return self._mark("address", super().address(address))

    def pages(self, address: int, size: int) -> str:
        return self._mark("pages", super().pages(address, size))

    def _mark(self, kind: str, text: str) -> str:
        self.asked.append(kind)
        return chr(_FIRST_MARK + len(self.asked)) * len(text)


def listing_texts(trace: Trace, width: int) -> Iterator[str]:
    """Yield the listing of the whole trace as texts of many lines each, without the end of the last line."""
    writer = _Writer(trace, width)
    for piece in pieces(trace):
        yield writer.text(piece)


class _Writer:
    """The templates of one trace."""

    def __init__(self, trace: Trace, width: int) -> None:
        self._trace = trace
        self._names = Names(trace.run)
        self._marked = _MarkedNames(trace.run)
        self._listing = Listing(trace, width, PLAIN)
        self._marking = Listing(trace, width, PLAIN, self._marked)
        self._templates: dict[int, _Template | None] = {}
        self._previous_place = -1

    def text(self, piece: Piece) -> str:
        """Return the lines of one piece."""
        texts, keys = self._texts_and_keys(piece)
        distinct, first, group = np.unique(keys, return_index=True, return_inverse=True)
        templates = [
            self._template(key, piece.first + row) for key, row in zip(distinct.tolist(), first.tolist(), strict=True)
        ]
        longest = max((len(template.text) for template in templates if template), default=1)
        lines = np.zeros((len(piece), longest), dtype=np.uint8)
        single: dict[int, str] = {}
        order = np.argsort(group.reshape(-1), kind="stable")
        ends = np.cumsum(np.bincount(group.reshape(-1), minlength=len(distinct)))
        for template, rows in zip(templates, np.split(order, ends[:-1]), strict=True):
            if template:
                _fill(lines, rows, template, texts)
            else:
                single.update((int(row), self._one(piece.first + int(row))) for row in rows)
        return _assembled(lines, single)

    def _one(self, number: int) -> str:
        return "\n".join(self._listing.lines_after(self._trace[number]))

    def _texts_and_keys(self, piece: Piece) -> tuple[dict[Source, _Texts], Numbers]:
        count = len(piece)
        texts = {_STEP: _Texts(_right(piece.first, count, self._listing.step_width), np.zeros(count))}
        previous = np.concatenate(([self._previous_place], piece.place[:-1].astype(np.int64)))
        self._previous_place = int(piece.place[-1])
        key = _Key(count)
        everything = np.arange(count)
        for part in (piece.place, previous, piece.next_place, piece.flags_before, piece.flags_after):
            key.add(everything, part)
        for rank, changes in enumerate(piece.changes):
            self._add_changes(piece, rank, changes, texts, key)
        for rank, accesses in enumerate(piece.accesses):
            self._add_accesses(count, rank, accesses, texts, key)
        unfit = np.flatnonzero(np.any([found.lengths < 0 for found in texts.values()], axis=0))
        alone = np.union1d(piece.unusual, unfit).astype(np.int64)
        key.values[alone] = np.arange(len(alone))  # small numbers are no hashes
        return texts, key.values

    def _add_changes(
        self, piece: Piece, rank: int, changes: ChangeRows, texts: dict[Source, _Texts], key: _Key
    ) -> None:
        shapes, values = self._written(piece, changes)
        found = self._worded(values, self._names.value, changes.steps, len(piece))
        texts["value", rank] = found
        for part in (shapes, found.lengths[changes.steps], np.full(len(shapes), rank)):
            key.add(changes.steps, part)

    def _written(self, piece: Piece, changes: ChangeRows) -> tuple[Numbers, Numbers]:
        """Return which shapes the changes have (place, register, which of its parts differ), and the values written."""
        differing = changes.before ^ changes.after
        code = sum(
            ((differing & ~np.uint64(mask) != 0).astype(np.int64) << bit)
            for bit, mask in enumerate((0xFF, 0xFF00, 0xFFFF, 0xFFFF_FFFF))
        )
        shapes = (piece.place[changes.steps].astype(np.int64) << 16) | changes.register.astype(np.int64) << 4 | code
        _, first, index = np.unique(shapes, return_index=True, return_inverse=True)
        views = []
        for row in first.tolist():
            step, full = self._trace[piece.first + int(changes.steps[row])], FULL[changes.register[row]]
            change = Change(int(changes.before[row]), int(changes.after[row]))
            views.append(REGISTERS[written_name(step, full, change)])
        lows = np.array([view.low for view in views], dtype=np.uint64)[index.reshape(-1)]
        masks = np.array([view.mask for view in views], dtype=np.uint64)[index.reshape(-1)]
        return shapes, changes.after >> lows & masks

    def _add_accesses(
        self, count: int, rank: int, accesses: AccessRows, texts: dict[Source, _Texts], key: _Key
    ) -> None:
        steps = accesses.steps
        start = self._names.page_map.start
        is_in_map = (accesses.address >= start) & (accesses.address < self._names.page_map.end)
        columns = {
            "address": self._worded(accesses.address, self._names.address, steps, count),
            "after": self._worded(accesses.after, self._names.value, steps, count),
            "before": self._worded(accesses.before, self._names.value, steps, count),
            "pages": _page_texts(accesses, start, is_in_map, count),
        }
        is_stack = _begin(columns["address"].block[steps], b"stack")
        states = np.where(is_in_map, accesses.before << np.uint64(8) ^ accesses.after, np.uint64(0))
        odd_size = ~np.isin(accesses.size, _WORD_SIZES) | (is_in_map & (accesses.size != 1))
        columns["address"].lengths[steps[odd_size]] = -1
        parts = (accesses.kind, accesses.size, is_stack, is_in_map, states, accesses.before != accesses.after)
        for part in (*parts, *(found.lengths[steps] for found in columns.values())):
            key.add(steps, part)
        texts.update({(name, rank): found for name, found in columns.items()})

    def _worded(self, values: Numbers, word: Callable[[int], str], steps: Numbers, count: int) -> _Texts:
        """Return what `values` are called, where nothing is plain asking for each distinct one once."""
        is_asked = self._names.may_have_name(values)
        asked, plain = np.flatnonzero(is_asked), np.flatnonzero(~is_asked)
        return _measured(
            _either(
                scattered(steps[plain], [constant("0x", len(plain)), hexadecimal(values[plain])], count),
                scattered(steps[asked], [rendered(values[asked], word)], count),
            )
        )

    def _template(self, key: int, number: int) -> _Template | None:
        """Return the template of the steps with this key, of which `number` is one; None where none fits."""
        if key < STEPS_A_PIECE:
            return None
        if key not in self._templates:
            if len(self._templates) >= _MOST_TEMPLATES:
                self._templates.clear()
            self._templates[key] = self._make_template(number)
        return self._templates[key]

    def _make_template(self, number: int) -> _Template | None:
        step, marked = self._trace[number], self._marked
        marked.asked = []
        width = self._listing.effects_width
        if any(len(each.text) > width for each in step_effects(step, marked)):
            return None
        marked.asked = []
        text = "\n".join(self._marking.lines_after(step)) + "\n"
        sources = _sources(marked.asked, len(step.registers), len(step.accesses))
        literal = self._literal_target(step.index, marked.asked)
        return _cut_out(text, sources, literal, number, self._listing.step_width)

    def _literal_target(self, number: int, asked: list[str]) -> str:
        if number + 1 >= len(self._trace) or not asked:
            return ""
        return self._names.address(self._trace[number + 1].address)


def _sources(asked: list[str], changes: int, accesses: int) -> list[Source | None]:
    """Return what fills each mark, in the order in which they were asked for; None for where control went."""
    sources: list[Source | None] = [("value", rank) for rank in range(changes)]
    rest = asked[changes:]
    for rank in range(accesses):
        sources += [("address", rank), ("after", rank)]
        rest = rest[2:]
        if rest[:1] == ["value"]:
            sources.append(("before", rank))
            rest = rest[1:]
        if rest[:1] == ["pages"]:
            sources.append(("pages", rank))
            rest = rest[1:]
    return [*sources, *(None for _ in rest)]


def _cut_out(text: str, sources: list[Source | None], target: str, number: int, width: int) -> _Template | None:
    """Turn a text with marks into a template."""
    holes: list[_Hole] = []
    found, position = b"", 0
    for match in _MARKS.finditer(text):
        found += text[position : match.start()].encode()
        source = sources[ord(match[1]) - _FIRST_MARK - 1]
        size = match.end() - match.start()
        if source is None:
            if size != len(target):
                return None
            found += target.encode()
        else:
            holes.append(_Hole(len(found), size, source))
            found += b"?" * size
        position = match.end()
    found += text[position:].encode()
    shown = f"\n{number:>{width}}  ".encode()
    start = (b"\n" + found).find(shown)
    if start < 0:
        return None
    return _Template(found, [*holes, _Hole(start, width, _STEP)])


def _fill(lines: Block, rows: Numbers, template: _Template, texts: dict[Source, _Texts]) -> None:
    filled = np.tile(np.frombuffer(template.text, dtype=np.uint8), (len(rows), 1))
    for start, size, source in template.holes:
        filled[:, start : start + size] = texts[source].block[rows, :size]
    lines[rows, : len(template.text)] = filled


def _assembled(lines: Block, single: dict[int, str]) -> str:
    if not single:
        return lines.tobytes().translate(None, b"\0").decode()[:-1]
    parts: list[str] = []
    start = 0
    for row in sorted(single):
        parts += [lines[start:row].tobytes().translate(None, b"\0").decode(), single[row] + "\n"]
        start = row + 1
    return "".join([*parts, lines[start:].tobytes().translate(None, b"\0").decode()])[:-1]


class _Key:
    """A hash of everything that was added, for each row."""

    def __init__(self, count: int) -> None:
        self.values: npt.NDArray[np.uint64] = np.full(count, 0x9E37_79B9_7F4A_7C15, dtype=np.uint64)

    def add(self, rows: Numbers, part: Numbers) -> None:
        """Add a part to these rows."""
        mixed = (self.values[rows] ^ part.astype(np.int64).view(np.uint64)) * np.uint64(0xBF58_476D_1CE4_E5B9)
        self.values[rows] = mixed ^ mixed >> np.uint64(29)


def _measured(block: Block) -> _Texts:
    lengths = np.count_nonzero(block, axis=1)
    return _Texts(block, np.where((block >= 0x80).any(axis=1), -1, lengths))


def _begin(block: Block, word: bytes) -> Numbers:
    """Tell which rows begin with `word`."""
    head = block[:, : len(word)]
    if head.shape[1] < len(word):
        return np.zeros(len(block), dtype=bool)
    same: Numbers = (head == np.frombuffer(word, dtype=np.uint8)).all(axis=1)
    return same


def _either(first: Block, second: Block) -> Block:
    """Return one block of two, of which each row has a text in at most one."""
    wide, narrow = (first, second) if first.shape[1] >= second.shape[1] else (second, first)
    wide[:, : narrow.shape[1]] |= narrow
    return wide


def _right(first: int, count: int, width: int) -> Block:
    """Return numbers from `first` on, `width` wide, filled with spaces on the left."""
    powers = 10 ** np.arange(width - 1, -1, -1, dtype=np.uint64)
    values = np.arange(first, first + count, dtype=np.uint64)[:, None]
    digits: Block = (values // powers % np.uint64(10)).astype(np.uint8) + np.uint8(ord("0"))
    digits[:, :-1][values < powers[:-1]] = ord(" ")
    return digits


def _page_texts(accesses: AccessRows, start: int, is_in_map: Numbers, count: int) -> _Texts:
    rows = np.flatnonzero(is_in_map)
    pages = accesses.address[rows] - np.uint64(start)
    return _measured(scattered(accesses.steps[rows], [constant("page ", len(rows)), decimal(pages)], count))
