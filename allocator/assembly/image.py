"""Hold a program as it lies in memory, with the way back to its source.

An `Image` is what assembling yields and what a machine loads: bytes in segments, names, the line that each
address came from, and the contracts of the routines. It is frozen, and nothing in it needs an engine.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from allocator.contract import Contract
from allocator.source import Source


@dataclass(frozen=True, slots=True)
class Segment:
    """Contiguous bytes of an image from address `start`."""

    start: int
    data: bytes = field(repr=False)

    @property
    def end(self) -> int:
        """The first address behind the segment."""
        return self.start + len(self.data)


@dataclass(frozen=True, slots=True)
class Line:
    """`size` bytes at `address` that came from line `line` of `source`.

    ``bits`` is 16, 32 or 64; ``code`` is False for data. A statement under ``times`` has one `Line` per
    repetition when it is an instruction, and one for all of them when it is data.
    """

    address: int
    size: int
    source: Source = field(repr=False)
    line: int
    bits: int
    code: bool = True


@dataclass(frozen=True, slots=True)
class Location:
    """An address as people say it: the nearest label at or before it, and the distance from there."""

    label: str
    offset: int

    def __str__(self) -> str:
        return f"{self.label}+{self.offset:#x}" if self.offset else self.label


@dataclass(frozen=True)
class Image:
    """An assembled program.

    ``symbols`` maps every name (local labels in full: ``routine.local``) to its value; ``labels`` are those of
    them that are addresses in this image, the rest are constants. ``externals`` are the names that the source
    used without defining and where they were found to lie. ``lines`` are sorted by address. ``contracts`` maps
    a routine's label to the contract in the comment above it. ``bits`` is the width of the first code.
    """

    segments: tuple[Segment, ...]
    symbols: Mapping[str, int]
    labels: frozenset[str]
    externals: Mapping[str, int]
    lines: tuple[Line, ...]
    contracts: Mapping[str, Contract]
    sources: tuple[Source, ...]
    bits: int = 64

    def _repr_html_(self) -> str:
        from allocator.views.html import image_html

        return image_html(self)

    def __repr__(self) -> str:
        size = sum(len(segment.data) for segment in self.segments)
        names = ", ".join(source.name for source in self.sources)
        return f"<Image of {names}: {size:,} bytes in {len(self.segments)} segment(s), {len(self.labels)} labels>"

    def locate(self, address: int) -> Location | None:
        """Return the nearest label at or before `address` inside the same segment, or None outside the image."""
        segment = self.segment_at(address)
        if segment is None:
            return None
        starts, names = self._label_index
        position = bisect_right(starts, address) - 1
        if position < 0 or starts[position] < segment.start:
            return None
        return Location(names[position], address - starts[position])

    def segment_at(self, address: int) -> Segment | None:
        """Return the segment that holds `address`, or None."""
        position = bisect_right(self._segment_starts, address) - 1
        if position < 0:
            return None
        segment = self._segments_sorted[position]
        return segment if address < segment.end else None

    def bytes_at(self, address: int, size: int) -> bytes:
        """Return `size` bytes from `address` on, or what its segment has of them; none outside the image."""
        segment = self.segment_at(address)
        return segment.data[address - segment.start :][:size] if segment else b""

    def line_at(self, address: int) -> Line | None:
        """Return the line whose bytes hold `address`, or None."""
        position = bisect_right(self._line_starts, address) - 1
        if position < 0:
            return None
        line = self.lines[position]
        return line if address < line.address + line.size else None

    def bits_at(self, address: int) -> int:
        """Return the width of the code at `address`; the image's own where no line is there."""
        line = self.line_at(address)
        return line.bits if line else self.bits

    @cached_property
    def _label_index(self) -> tuple[list[int], list[str]]:
        # Of several labels at one address the first in the source names it: a routine before its locals.
        by_address: dict[int, str] = {}
        for name, value in self.symbols.items():
            if name in self.labels:
                by_address.setdefault(value, name)
        starts = sorted(by_address)
        return starts, [by_address[start] for start in starts]

    @cached_property
    def _segments_sorted(self) -> list[Segment]:
        return sorted((s for s in self.segments if s.data), key=lambda segment: segment.start)

    @cached_property
    def _segment_starts(self) -> list[int]:
        return [segment.start for segment in self._segments_sorted]

    @cached_property
    def _line_starts(self) -> list[int]:
        return [line.address for line in self.lines]
