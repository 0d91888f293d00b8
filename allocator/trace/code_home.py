"""Tell where in the image code lies that page tables show at another address than it was loaded to.

    linear 400d19  ->  physical 007d19, where the image has the same bytes: process_a

A kernel in the upper half, a process whose code is mapped: their steps have labels and lines like all others. What was
copied elsewhere, or changed there, has none: the bytes must lie in the image at that very physical address.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from allocator.errors import TraceError
from allocator.units import FRAME_SIZE

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    from allocator.trace.trace import Trace

_PAGED = ("paged32", "long64")


class _Homes:
    """What was found out for one trace: the homes of places, the frames of pages by CR3, where each place was first."""

    def __init__(self) -> None:
        self.places: dict[int, int] = {}
        self.frames: dict[tuple[int, int], int | None] = {}
        self.first: npt.NDArray[np.int64] | None = None


_FOUND: WeakKeyDictionary[Trace, _Homes] = WeakKeyDictionary()


def code_home(trace: Trace, number: int) -> int:
    """Return the address in the image of the code at place `number`; its own address where it is none of another."""
    place = trace.columns.places[number]
    if place.mode not in _PAGED or not trace.image.lines or trace.image.segment_at(place.address) is not None:
        return place.address
    found = _FOUND.setdefault(trace, _Homes())
    if number not in found.places:
        found.places[number] = _found_home(trace, number, found)
    return found.places[number]


def places_at(trace: Trace, address: int) -> frozenset[int]:
    """Return the numbers of the places that lie at `address`, or that were loaded to it."""
    places = trace.columns.places
    return frozenset(
        number for number, place in enumerate(places) if address in (place.address, code_home(trace, number))
    )


def _found_home(trace: Trace, number: int, found: _Homes) -> int:
    place = trace.columns.places[number]
    frame = _frame(trace, place.address // FRAME_SIZE, _first_step(trace, number, found), found)
    home = place.address if frame is None else frame * FRAME_SIZE + place.address % FRAME_SIZE
    segment = trace.image.segment_at(home)
    if segment is None:
        return place.address
    is_same = segment.data[home - segment.start :][: len(place.code)] == place.code
    return home if is_same else place.address


def _first_step(trace: Trace, number: int, found: _Homes) -> int:
    if found.first is None:
        import numpy as np

        place = trace.arrays.place
        found.first = np.zeros(len(trace.columns.places), np.int64)
        found.first[place[::-1]] = np.arange(len(place) - 1, -1, -1)  # of several steps the first one stays
    return int(found.first[number])


def _frame(trace: Trace, page: int, step: int, found: _Homes) -> int | None:
    key = page, trace.registers_at(step).cr3
    if key not in found.frames:
        try:
            physical = trace.translate(page * FRAME_SIZE, step).physical
        except TraceError:  # it was read from a file, which does not tell
            physical = None
        found.frames[key] = None if physical is None else physical // FRAME_SIZE
    return found.frames[key]
