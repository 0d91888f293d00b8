"""Record the coverage of all calls of a machine, natively, beside whoever else watches it.

with CoverageRecorder(machine) as recorder:
    machine.call("os_mem_allocate", rcx=3)
recorder.coverage().percent
"""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import ExitStack
from typing import Any

import numpy as np
from numpy.typing import NDArray

from allocator.addresses import Range
from allocator.checks import native_coverage as native
from allocator.checks.coverage import Slot, coverage_of, entries_of, page_map_of, slots_of
from allocator.coverage import Coverage, Reach
from allocator.errors import MachineError
from allocator.machine.cpu import CODE, READ_AFTER
from allocator.machine.machine import Machine
from allocator.machine.steps import is_transfer

MAX_CODE = 64 << 20
"""Bytes from the first instruction to the last of a stretch without gaps of `_GAP`."""
_GAP = 4096


class CoverageRecorder:
    """Listens to a machine while it is open."""

    def __init__(self, machine: Machine) -> None:
        """Raises MachineError for an image with more code than can be counted."""
        self._machine = machine
        self._slots = slots_of(machine.image)
        self._open = ExitStack()
        self._state = np.zeros(1, native.STATE_LAYOUT)
        self._reaches = np.zeros((max(1, len(self._slots)), 4), np.int64)
        self._columns: dict[str, NDArray[Any]] = {}
        self._prepare()

    def _prepare(self) -> None:
        slots, entries = self._slots, entries_of(self._machine.image)
        stretches = _stretches(slots)
        room = sum(stretch.size for stretch in stretches)
        if len(stretches) > native.AREAS or room > MAX_CODE:
            raise MachineError(f"coverage counts at most {MAX_CODE:,} bytes of code in {native.AREAS} places")
        self._numbers = np.zeros(room + 1, np.uint32)
        first = 0
        for index, stretch in enumerate(stretches):
            self._state["area"][0, 3 * index : 3 * index + 3] = *stretch, first
            inside = [(number, slot) for number, slot in enumerate(slots, 1) if slot.address in stretch]
            for number, slot in inside:
                self._numbers[first + slot.address - stretch.start] = number
            first += stretch.size
        self._columns = {
            "traits": _column(_traits(slot, slot.address in entries) for slot in slots),
            "targets": _column(-1 if slot.decoded.target is None else slot.decoded.target for slot in slots),
            "sizes": _column(slot.decoded.size for slot in slots),
            "numbers": self._numbers,
            "reaches": self._reaches,
        }
        addresses = {name: column.ctypes.data for name, column in self._columns.items()}
        self._set(areas=len(stretches), last=-1, number=-1, is_transfer=1, **addresses)

    def _set(self, **words: int) -> None:
        for name, word in words.items():
            self._state[name][0] = word

    def __enter__(self) -> CoverageRecorder:
        page_map = page_map_of(self._machine.image)
        hooks = (
            (CODE, native.on_step.address, 1, 0),
            (READ_AFTER, native.on_read.address, page_map.start, page_map.end - 1),
        )
        self._open.enter_context(self._machine.listening(hooks, self._state.ctypes.data))
        return self

    def __exit__(self, *_failure: object) -> None:
        self._open.close()

    def coverage(self) -> Coverage:
        """Return what was reached until now."""
        number = int(self._state["number"][0])
        if number >= 0:  # the last instruction: nothing came after it
            self._reaches[number, native.STATES] |= int(self._state["state"][0])
        rows = self._reaches.tolist()
        return coverage_of(
            self._machine.image, ((slot, Reach(*row)) for slot, row in zip(self._slots, rows, strict=False))
        )


def _stretches(slots: tuple[Slot, ...]) -> list[Range]:
    """Return where code lies: stretches without large gaps."""
    stretches: list[Range] = []
    for slot in slots:
        end = slot.address + slot.decoded.size
        if stretches and slot.address - stretches[-1].end < _GAP:
            stretches[-1] = Range(stretches[-1].start, max(end, stretches[-1].end))
        else:
            stretches.append(Range(slot.address, end))
    return stretches


def _column(values: Iterable[int]) -> NDArray[np.int64]:
    return np.fromiter(values, np.int64)


def _traits(slot: Slot, is_entry: bool) -> int:
    return (
        native.IS_BRANCH * slot.is_branch | native.IS_TRANSFER * is_transfer(slot.decoded) | native.IS_ENTRY * is_entry
    )
