"""Cut a trace into windows that the player shows: plain values that JSON can carry, each of a bounded size.

    opening   what holds for the whole trace: its length, how it ended, names of registers and flags, the page map
              before the first step, the labels that were reached
    window    `WINDOW_STEPS` steps from a multiple of that on: all registers before the first, and for each step where
              it was, what it changed, what it touched, and that in words

From a window the state before each of its steps follows: ``player_state.js`` does that, in the reader's browser.

    step      [place, words, [register, after, register, after, ...], [access, ...], rounds of a REP]
    access    [0 read | 1 write, address, size, bytes after, bytes before, by whom]
              without the bytes before where nothing changed, without the last where it was the program
    place     [address, code, text, bits, mode, label, offset, source, line, what it writes]
    bytes     "3f00a1", or in runs "=0*4096,1*3"; fewer than `size` says where there are too many
    numbers   hexadecimal strings where they may exceed 53 bits

Not shown: SSE registers, and descriptor tables.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property
from itertools import groupby, islice
from typing import Any

import numpy as np

from allocator.registers import FLAGS, FULL, REGISTERS
from allocator.trace.code_home import code_home
from allocator.trace.locations import names_in
from allocator.trace.schema import MODES
from allocator.trace.step import Access, Step
from allocator.trace.trace import Trace
from allocator.trace.why import flow_table
from allocator.units import FRAME_SIZE
from allocator.views.effects import step_effects
from allocator.views.html_style import cut
from allocator.views.names import Names
from allocator.views.page_history import place_of_map
from allocator.views.player_maps import PageMaps

FORMAT = "allocator.player/1"
WINDOW_STEPS = 100
MOST_LABELS = 500
MOST_RUNS = 8_192
"""Runs of equal bytes in the page map that are told; the pages above them are left out."""
MOST_WINDOW_BYTES = 1 << 16
"""Bytes of long accesses that a window holds whole; of those beyond only the first few."""
_FEW_BYTES = 64
_MOST_FRAMES = 8
_RUN_TEXT = 6
"""Characters of a run, about."""
_AROUND_LINES = 5
_LINE_SIZE = 16

Plain = dict[str, Any]


class PlayerData:
    """What the player asks for about one trace."""

    def __init__(self, trace: Trace) -> None:
        self.trace = trace
        self._names = Names(trace.run)
        self._flows = flow_table(trace)
        self._maps = PageMaps(trace, place_of_map(trace))
        # By identity: two files may have one name.
        self._source_numbers = {id(source): number for number, source in enumerate(trace.image.sources)}

    def opening(self) -> Plain:
        """Return what holds for the whole trace."""
        trace, stop = self.trace, self.trace.stop
        return {
            "format": FORMAT,
            "routine": cut(trace.run.routine),
            "length": len(trace),
            "done": self._flows.steps,
            "window": WINDOW_STEPS,
            "stop": cut(f"{stop.kind.replace('_', ' ')}: {stop.message}"),
            "fault": stop.is_fault,
            "end": f"{trace.run.registers.rip:x}",
            "registers": list(FULL),
            "flags": dict(FLAGS),
            "modes": list(MODES),
            "sources": [cut(source.name) for source in trace.image.sources],
            "labels": self._labels,
            "map": {"address": f"{self._names.page_map.start:x}", "runs": pack_map(self._maps.start)},
        }

    def window(self, step: int) -> Plain:
        """Return the window that `step` lies in."""
        last = max(0, len(self.trace) - 1)
        first = min(max(0, step), last) // WINDOW_STEPS * WINDOW_STEPS
        return _Window(self, first).plain()

    @cached_property
    def _labels(self) -> list[str]:
        image = self.trace.image
        homes = (code_home(self.trace, number) for number in range(len(self.trace.columns.places)))
        located = map(image.locate, homes)
        reached = {location.label for location in located if location and not location.offset}
        ordered = sorted(reached, key=lambda label: image.symbols[label])
        return [label for label in ordered if label == cut(label)][:MOST_LABELS]

    def map_before(self, step: int) -> str | None:
        """Return the page map before `step`, None where it is what it was at the start."""
        states = self._maps.before(step)
        return None if states == self._maps.start else pack_map(states)

    def place(self, number: int, step: Step) -> list[object]:
        """Return where a step was and what the instruction there is."""
        location, line = step.location, step.line
        source = self._source_numbers.get(id(line.source), -1) if line else -1
        return [
            f"{step.address:x}", step.code.hex(), cut(step.text), step.bits, MODES.index(step.mode),
            cut(location.label) if location else "", location.offset if location else 0,
            source, line.line if line else 0, self._written(number),
        ]  # fmt: skip

    def _written(self, number: int) -> list[str]:
        """Return the full registers and the flags that the instruction of a place writes, changed or not."""
        names = names_in(self._flows.flows[number].outputs)
        known = (name if name in FLAGS else REGISTERS[name].full for name in names if name in REGISTERS)
        return list(dict.fromkeys(known))

    def words(self, step: Step) -> str:
        """Return what a step did, as every other view says it."""
        return "  ".join(cut(piece.text) for piece in step_effects(step, self._names))


class _Window:
    """One window being made."""

    def __init__(self, data: PlayerData, first: int) -> None:
        self._data = data
        self._trace = data.trace
        self._first = first
        self._steps = self._trace[first : first + WINDOW_STEPS]
        self._room = MOST_WINDOW_BYTES
        self._places: dict[int, list[object]] = {}

    def plain(self) -> Plain:
        steps = [self._step(step) for step in self._steps]
        return {
            "first": self._first,
            "registers": [f"{value:x}" for value in self._trace.state_at(self._first)],
            "map": self._data.map_before(self._first),
            "steps": steps,
            "places": self._places,
            "lines": list(self._lines()),
            "memory": dict(self._memory()),
        }

    def _step(self, step: Step) -> list[object]:
        number = int(self._trace.columns.place[step.index])
        if number not in self._places:
            self._places[number] = self._data.place(number, step)
        rows = range(self._trace.change_rows[step.index], self._trace.change_rows[step.index + 1])
        register, value = self._trace.columns.register, self._trace.columns.value
        changes = [part for row in rows for part in (int(register[row]), f"{int(value[row]):x}")]
        accesses = [self._access(access) for access in step.accesses]
        shown = [number, self._data.words(step), changes, accesses]
        return [*shown, step.repeat] if step.decoded.is_repeated else shown

    def _access(self, access: Access) -> list[object]:
        plain = [int(access.kind == "write"), f"{access.address:x}", access.size, self._packed(access.after)]
        if access.before != access.after:
            plain.append(self._packed(access.before))
        if access.by != "program":
            plain += [*([None] if len(plain) == 4 else []), access.by]
        return plain

    def _packed(self, data: bytes) -> str:
        packed = pack(data)
        if len(packed) > 2 * _FEW_BYTES:
            self._room -= len(packed) // 2
        return packed if self._room >= 0 else data[:_FEW_BYTES].hex()

    def _lines(self) -> Iterator[list[object]]:
        """Yield source, line and text of what was executed, and of some lines around that."""
        numbers: set[tuple[int, int]] = set()
        for place in self._places.values():
            source, line = int(str(place[7])), int(str(place[8]))
            if source >= 0:
                numbers |= {(source, near) for near in range(line - _AROUND_LINES, line + _AROUND_LINES + 1)}
        sources = self._trace.image.sources
        for source, line in sorted(numbers):
            if 0 < line <= len(sources[source].lines):
                yield [source, line, cut(sources[source].line(line).expandtabs(8).rstrip())]

    def _memory(self) -> Iterator[tuple[str, str]]:
        """Yield lines of memory around what was touched, where one window holds the whole trace.

        What no step touched is now as it was then; what was touched the player knows better.
        """
        if len(self._trace) > WINDOW_STEPS:
            return
        lines = sorted({line for step in self._steps for line in _touched_lines(step)})
        # Asking for memory makes the call again: once for each frame, however many lines of it were touched.
        for _, group in islice(groupby(lines, lambda line: line * _LINE_SIZE // FRAME_SIZE), _MOST_FRAMES):
            yield from self._lines_of_frame(list(group))

    def _lines_of_frame(self, lines: Sequence[int]) -> Iterator[tuple[str, str]]:
        start, end = lines[0] * _LINE_SIZE, (lines[-1] + 1) * _LINE_SIZE
        data = self._trace.run.memory_after(start, end - start)
        for line in lines:
            yield f"{line:x}", data[line * _LINE_SIZE - start :][:_LINE_SIZE].hex()


def _touched_lines(step: Step) -> Iterator[int]:
    """Yield the numbers of the lines of memory that a step touched, of each access only the first few."""
    for access in step.accesses:
        first, last = access.address // _LINE_SIZE, (access.address + access.size - 1) // _LINE_SIZE
        yield from range(first, min(last, first + 3) + 1)


def pack(data: bytes) -> str:
    """Return bytes as hexadecimal digits, or in runs where that is shorter.

    >>> pack(bytes(4096))
    '=0*4096'
    """
    values = np.frombuffer(data, np.uint8)
    runs = 1 + int(np.count_nonzero(values[1:] != values[:-1]))
    is_worth_it = len(data) > _FEW_BYTES and _RUN_TEXT * runs < 2 * len(data)
    return _runs(data, runs) if is_worth_it else data.hex()


def pack_map(states: bytes) -> str:
    """Return a page map in runs, only the first `MOST_RUNS` of them."""
    return _runs(states, MOST_RUNS) if states else ""


def _runs(data: bytes, most: int) -> str:
    values = np.frombuffer(data, np.uint8)
    starts = np.flatnonzero(np.diff(values, prepend=values[:1] ^ 1))[: most + 1]
    counts = np.diff(starts, append=len(values)) if len(starts) <= most else np.diff(starts)
    runs = zip(values[starts].tolist(), counts.tolist(), strict=False)
    return "=" + ",".join([f"{value:x}*{count}" for value, count in runs])
