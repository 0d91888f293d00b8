"""Find the accessed and dirty bits that the processor set by itself during a recording, and put them into its columns.

The engine sets them in the page tables and tells nobody. When they were set follows from the recording:

    since the translations were last flushed, the first time that the program       sets, in the entries of the walk
        fetches code from a page, or reads it                                       A where it is clear
        writes to a page                                                            A, and D in the page's own entry
        faults on a page                                                            A in the tables above it

The walks are done over the tables as they were then (`table_memory.py`). What firmware and deliveries of interrupts do
is heard of as it happens, and not looked for here.

Flushed: by whatever changes how addresses are translated, by every MOV to CR3 or CR4, and by INVLPG. A large page is
flushed, and known, as a whole.

Not modelled: that INVLPG flushes one page, and MOV to CR3 no global ones. It matters to a program that clears a bit
and does not flush: then a processor may set it again or not. Bits set for code that is fetched and never executed.

Source: Intel SDM volume 3, sections 4.8 (accessed and dirty flags), 4.10.4 (invalidation).
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator
from itertools import pairwise
from operator import attrgetter

import numpy as np

from allocator.addresses import PAGE_TABLES
from allocator.instructions.disassembly import decode
from allocator.machine.page_entries import Paging
from allocator.machine.paging import Access, Update, Walk, walk
from allocator.registers import FULL
from allocator.trace.insertion import Insertion, with_accesses
from allocator.trace.recorded_access import RecordedAccess
from allocator.trace.schema import ACCESS_KINDS, MAKERS, WRITE, Columns, Place
from allocator.trace.table_memory import TableMemory
from allocator.trace.touches import FAULT, Touch, Touches
from allocator.trace.translation import are_tables_of_program
from allocator.units import FRAME_SIZE

_MMU = MAKERS.index("mmu")
_CR2 = FULL.index("cr2")
_TO_CONTROL, _SYSTEM_GROUP = b"\x0f\x22", b"\x0f\x01"
_WHOEVER = Access(has_ac=True)
LARGE_PAGES = (1 << 21, 1 << 22, 1 << 30)
_REFUSED = tuple(Access(kind, is_user=is_user) for is_user in (True, False) for kind in ("read", "write", "fetch"))
FrameBefore = Callable[[int], bytes]
"""``frame_before(address)``: a frame of 4 KiB as it was before a recording, or a part of it."""


class PageWalks:
    """The walks of one recording, which may come in parts; ``step`` counts from the beginning of the part."""

    def __init__(self) -> None:
        self._pagings: list[tuple[int, Paging]] = []
        self._frame_before: FrameBefore = lambda _address: bytes(FRAME_SIZE)
        self._memory: TableMemory | None = None

    def begin(self, frame_before: FrameBefore) -> None:
        """Start a recording."""
        self._pagings, self._memory, self._frame_before = [], None, frame_before

    def hear_of_paging(self, step: int, paging: Paging) -> None:
        """Hear how addresses are translated from `step` on; what is heard first holds from the beginning."""
        if not self._pagings or self._pagings[-1][1] != paging:
            self._pagings.append((step if self._pagings else 0, paging))

    def complete(self, columns: Columns) -> Columns:
        """Return the columns of a part with what the processor stored in page tables by itself."""
        if self._memory is not None:
            self._memory.follow(columns)
        elif any(are_tables_of_program(paging) for _, paging in self._pagings):
            self._memory = TableMemory(self._frame_before, columns)
        else:
            return columns
        made: dict[int, dict[int, RecordedAccess]] = {}
        for step, access in self._accesses(columns, self._memory):
            entries = made.setdefault(step, {})  # of one step, all that is set in an entry is one access
            earlier = entries.get(access.address, access)
            entries[access.address] = access._replace(before=earlier.before)
        return with_accesses(columns, {step: Insertion([*each.values()], []) for step, each in made.items()})

    @property
    def is_in_sandbox(self) -> bool:
        """Whether only the sandbox's own page tables counted up to now."""
        return all(paging.root == PAGE_TABLES.start for _, paging in self._pagings)

    def end_part(self, frame_before: FrameBefore) -> None:
        """Go on with another part, which begins with memory as `frame_before` has it."""
        self._pagings = [(0, paging) for _, paging in self._pagings[-1:]]
        self._frame_before = frame_before
        if self._memory:
            self._memory.leave(frame_before)

    # -- walks --

    def _accesses(self, columns: Columns, memory: TableMemory) -> Iterator[tuple[int, RecordedAccess]]:
        touches = Touches(columns)
        faults = [touches.at(step, FAULT, page) for step, page in _faults(columns)]
        for begin, end, paging in self._stretches(columns):
            known: set[tuple[int, int, int]] = set()
            refused = slice(*(bisect_left(faults, step, key=attrgetter("step")) for step in (begin, end)))
            for touch in sorted([*touches.first(begin, end), *faults[refused]]):
                memory.move_to(touch.row)
                for update in _updates(paging, touch, memory, known):
                    access = _recorded(update)
                    memory.store(update.address, access.after)
                    yield touch.step, access

    def _stretches(self, columns: Columns) -> Iterator[tuple[int, int, Paging]]:
        """Yield the steps between two flushes, where there are page tables to follow."""
        steps, begins = len(columns.place), [step for step, _ in self._pagings]
        flushes = {0, steps, *begins, *(step + 1 for step in _flushes(columns))}
        for begin, end in pairwise(sorted(step for step in flushes if step <= steps)):
            paging = self._pagings[bisect_right(begins, begin) - 1][1]
            if are_tables_of_program(paging):
                yield begin, end, paging


def _updates(paging: Paging, touch: Touch, memory: TableMemory, known: set[tuple[int, int, int]]) -> tuple[Update, ...]:
    """Return what is set for a touch; `known` are the large pages, by number, size and kind of access."""
    address = touch.page * FRAME_SIZE
    if touch.kind == FAULT:
        return _refused(paging, address, memory).updates
    if any((address // size, size, kind) in known for size in LARGE_PAGES for kind in range(touch.kind, WRITE + 1)):
        return ()
    found = walk(paging, address, memory.read, _WHOEVER._replace(kind=ACCESS_KINDS[touch.kind]))
    if found.page_size > FRAME_SIZE:
        known.add((address // found.page_size, found.page_size, touch.kind))
    return found.updates if found.fault is None else ()


def _refused(paging: Paging, address: int, memory: TableMemory) -> Walk:
    """Return a walk to `address` that faults; of those that do, all set the same bits."""
    walks = (walk(paging, address, memory.read, access) for access in _REFUSED)
    return next((each for each in walks if each.fault), Walk(address, paging, _WHOEVER))


def _recorded(update: Update) -> RecordedAccess:
    before, after = (value.to_bytes(update.size, "little") for value in (update.before, update.after))
    return RecordedAccess(_MMU, WRITE, update.address, update.address, before, after)


# -- what the columns say --


def _flushes(columns: Columns) -> list[int]:
    """Return the steps that flush translations whatever they change."""
    numbers = [number for number, place in enumerate(columns.places) if _flushes_translations(place)]
    found: list[int] = np.flatnonzero(np.isin(columns.place, numbers)).tolist() if numbers else []
    return found


def _flushes_translations(place: Place) -> bool:
    if _TO_CONTROL not in place.code and _SYSTEM_GROUP not in place.code:
        return False
    decoded = decode(place.code, place.bits, place.address)
    return decoded.name == "invlpg" or (decoded.name == "mov" and decoded.operands.startswith(("cr3", "cr4")))


def _faults(columns: Columns) -> list[tuple[int, int]]:
    """Return the steps at which the processor wrote CR2, with the page that it names."""
    rows = np.flatnonzero(np.asarray(columns.register) == _CR2)
    steps = np.searchsorted(np.cumsum(columns.changes, dtype=np.int64), rows, side="right").tolist()
    pages = [int(columns.value[row]) // FRAME_SIZE for row in rows.tolist()]
    return [(step, page) for step, page in zip(steps, pages, strict=True) if not _writes_cr2(columns, step)]


def _writes_cr2(columns: Columns, step: int) -> bool:
    place = columns.places[columns.place[step]]
    return _TO_CONTROL in place.code and decode(place.code, place.bits, place.address).operands.startswith("cr2")
