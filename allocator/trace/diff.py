"""Find where two runs part: first in control, first in data.

Steps are aligned by label, offset and visit: the fifth time at ``routine.next+2`` in one run belongs to the fifth
time there in the other, wherever both lie in memory. Outside of the image an address stands for itself.

    control    the last step that both runs do alike, and the steps that come next and differ
    data       the first pair of aligned steps that did something different: wrote another value into a
               register or a flag, or went to memory elsewhere or with another value
    rejoined   the first pair of aligned steps after the parting from which both take the same way again

Values that differ only because the runs began with different registers show when a step first uses them.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import numpy.typing as npt

from allocator.registers import FLAGS, FULL, GENERAL
from allocator.trace.arrays import CHUNK
from allocator.trace.locations import ALL_FLAGS, names_in
from allocator.trace.step import Step
from allocator.trace.why import flow_table

if TYPE_CHECKING:
    from allocator.assembly.image import Image
    from allocator.trace.schema import Place
    from allocator.trace.trace import Trace

Keys = npt.NDArray[np.int64]
MOST_AFTER_PARTING = 10_000
"""Aligned pairs of steps that are compared after the ways have parted, until one differs."""
_VISITS = 40
"""Bits of a key that count visits; the place stands above them."""


class Pair(NamedTuple):
    """A step of each run; None where that run is over."""

    left: Step | None
    right: Step | None


class Disagreement(NamedTuple):
    """What an aligned pair of steps did differently: `what`, and the value of each side."""

    what: str
    left: int | str
    right: int | str


class Difference:
    """Where two runs part."""

    def __init__(self, left: Trace, right: Trace) -> None:
        """Made by `Trace.diff`."""
        self.left = left
        self.right = right

    @property
    def is_same(self) -> bool:
        """Whether both runs did the same throughout."""
        return self.control is None and self.data is None

    @cached_property
    def starts(self) -> dict[str, tuple[int, int]]:
        """The registers and flags that differed at the start, those that never mean anything apart."""
        names = [*(name for name in FULL if name not in ("rip", "rflags")), *FLAGS]
        pairs = {name: (self.left.start[name], self.right.start[name]) for name in names}
        return {name: pair for name, pair in pairs.items() if pair[0] != pair[1]}

    @cached_property
    def common(self) -> int:
        """How many steps both runs take alike from the start."""
        left, right = self._keys
        size = min(len(left), len(right))
        for begin in range(0, size, CHUNK):
            end = min(size, begin + CHUNK)
            differing = np.flatnonzero(left[begin:end] != right[begin:end])
            if len(differing):
                return begin + int(differing[0])
        return size

    @property
    def control(self) -> Pair | None:
        """The steps at which the ways part, or None; the step before them is the last in common."""
        if self.common == len(self.left) == len(self.right):
            return None
        return Pair(_step(self.left, self.common), _step(self.right, self.common))

    @cached_property
    def data(self) -> Pair | None:
        """The first pair of aligned steps that did something different, or None."""
        for left, right in self._aligned():
            if disagreements(self.left[left], self.right[right]):
                return Pair(self.left[left], self.right[right])
        return None

    @cached_property
    def rejoined(self) -> Pair | None:
        """The pair of aligned steps from which on both runs take the same way to their ends, or None."""
        if self.control is None:
            return None
        left, right = self._keys
        longest = min(len(left), len(right)) - self.common
        differing = np.flatnonzero(left[::-1][:longest] != right[::-1][:longest])
        alike = int(differing[0]) if len(differing) else longest
        return Pair(self.left[len(left) - alike], self.right[len(right) - alike]) if alike else None

    def _aligned(self) -> Iterator[tuple[int, int]]:
        """Yield pairs of steps that may differ in data: those of the common way, then those aligned by visit."""
        for begin in range(0, self.common, _BLOCK):
            end = min(self.common, begin + _BLOCK)
            if not _same_rows(self.left, self.right, begin, end):
                each = ((step, step) for step in range(begin, end))
                yield from (pair for pair in each if not _same_rows(self.left, self.right, pair[0], pair[0] + 1))
        if self.control is None:
            return
        left, right = (_with_visits(keys)[self.common :] for keys in self._keys)
        _, in_left, in_right = np.intersect1d(left, right, return_indices=True)
        for position in np.argsort(in_left)[:MOST_AFTER_PARTING].tolist():
            yield int(in_left[position]) + self.common, int(in_right[position]) + self.common

    @cached_property
    def _keys(self) -> tuple[Keys, Keys]:
        """The column of places of each run, numbered alike."""
        numbers: dict[object, int] = {}
        return _numbered(self.left, numbers), _numbered(self.right, numbers)

    def __repr__(self) -> str:
        parted = f"part after {self.common:,} steps" if self.control else "take the same way"
        return f"<Difference: both {parted}, {'data differ' if self.data else 'the same data'}>"


_BLOCK = 4096


def diff(left: Trace, right: Trace) -> Difference:
    """Return where two runs part."""
    return Difference(left, right)


def disagreements(left: Step, right: Step) -> list[Disagreement]:
    """Return what two aligned steps did differently: what they wrote into registers and flags, and to memory."""
    names = {name: None for step in (left, right) for name in _written(step)}
    found = [
        Disagreement(name, left.after[name], right.after[name])
        for name in names
        if left.after[name] != right.after[name]
    ]
    for position in range(max(len(left.accesses), len(right.accesses))):
        found += _different_access(left, right, position)
    return found


def _different_access(left: Step, right: Step, position: int) -> Iterator[Disagreement]:
    sides = [step.accesses[position] if position < len(step.accesses) else None for step in (left, right)]
    one, other = sides
    if one is None or other is None:
        kind = (one or other).kind  # type: ignore[union-attr]
        yield Disagreement(f"{kind}s", len(left.accesses), len(right.accesses))
    elif (one.address, one.size) != (other.address, other.size):
        yield Disagreement(f"where it {one.kind}s", f"{one.address:#x}", f"{other.address:#x}")
    elif one.after != other.after:
        yield Disagreement(f"{one.kind} {one.address:#x}", one.after[:16].hex(" "), other.after[:16].hex(" "))


def _written(step: Step) -> list[str]:
    """Return the general registers and flags that a step wrote, whether they changed or not."""
    table = flow_table(step.trace)
    if step.index >= table.steps:
        return []
    outputs = table.flows[int(step.trace.arrays.place[step.index])].outputs
    flags = [name for name in step.flags if name in FLAGS]
    return [*(name for name in names_in(outputs & ~ALL_FLAGS) if name in GENERAL or name[0] != "x"), *flags]


def _step(trace: Trace, index: int) -> Step | None:
    return trace[index] if index < len(trace) else None


def _numbered(trace: Trace, numbers: dict[object, int]) -> Keys:
    identities = [_identity(trace.image, place) for place in trace.columns.places]
    by_place = np.array([numbers.setdefault(each, len(numbers)) for each in identities], np.int64)
    return by_place[trace.arrays.place] if len(by_place) else np.empty(0, np.int64)


def _identity(image: Image, place: Place) -> object:
    location = image.locate(place.address)
    return (location.label, location.offset) if location else place.address


def _with_visits(keys: Keys) -> Keys:
    """Return keys that tell visits apart: the place above, the number of the visit below."""
    order = np.argsort(keys, kind="stable")
    sorted_keys = keys[order]
    starts = np.flatnonzero(np.concatenate([[True], sorted_keys[1:] != sorted_keys[:-1]])) if len(keys) else order
    lengths = np.diff(np.append(starts, len(keys)))
    visits = np.empty(len(keys), np.int64)
    visits[order] = np.arange(len(keys)) - np.repeat(starts, lengths)
    return keys << _VISITS | visits


def _same_rows(left: Trace, right: Trace, begin: int, end: int) -> bool:
    """Tell whether both runs did the same in these steps, by comparing the columns; False where that is unsure."""
    for counts, starts, names in (
        ("changes", "change_rows", ("register", "value")),
        ("accesses", "access_rows", ("kind", "size", "address", "before", "after")),
    ):
        if not np.array_equal(*(getattr(trace.arrays, counts)[begin:end] for trace in (left, right))):
            return False
        spans = [slice(getattr(trace, starts)[begin], getattr(trace, starts)[end]) for trace in (left, right)]
        for name in names:
            one, other = (getattr(trace.arrays, name)[span] for trace, span in zip((left, right), spans, strict=True))
            if not np.array_equal(one, other):
                return False
    return not left.columns.long and not right.columns.long
