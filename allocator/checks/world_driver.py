"""Make a hundred thousand calls of a routine in one start of the engine: a driver loop in the guest.

    000000 +-------------------------+
           | sandbox, image          |  the page map with the world under way among it
    800000 +-------------------------+
           | driver, its own qwords  |  world_driver.asm, assembled around the routine
    900000 | log of unlike cases     |
    A00000 +-------------------------+
           | cases                   |  worlds, requests, and what is expected
    1000000 +------------------------+

All of it moves up where the image itself reaches that far.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from allocator.addresses import Range
from allocator.assembly.assembler import assemble
from allocator.assembly.image import Image
from allocator.checks.world_model import CASE, Cases
from allocator.checks.world_pace import bounded_by_time, bounded_exactly
from allocator.checks.world_sandbox import WorldSandbox
from allocator.errors import MachineError
from allocator.machine.entry import make_entry
from allocator.machine.machine import Machine
from allocator.machine.replay import CallEntry
from allocator.machine.run import Registers
from allocator.units import PAGE_SIZE

CASE_SIZE = CASE.itemsize
MAX_CASES = 131_072
"""What there is room for in one start."""
UNITS_PER_CALL = 5_000
"""What a call may execute on average before the whole start is said to be stuck; a scan of 16 pages takes 200."""

_SOURCE = Path(__file__).with_name("world_driver.asm")
_QWORDS = ("world_end", "world_log", "world_log_end", "world_stack")
_UNLIKE_COLUMNS = 5
_OWN, _LOG, _CASES = 0x80000, 0x100000, PAGE_SIZE
_LOG_SIZE = 0x100000
_ROOM = -(-MAX_CASES * CASE_SIZE // PAGE_SIZE) * PAGE_SIZE
_LOWEST = 4 * PAGE_SIZE
_PIECE = 1 << 17
_REACH = 1 << 31
_WORD = (1 << 64) - 1

_PRESERVED = ("rbx", "rdx", "rsi", "rdi", "rbp", "r8", "r9", "r10", "r11", "r12", "r13")


class Batch(NamedTuple):
    """What came of a start: how many cases were made, and the unlike ones among them.

    ``is_sound`` tells whether all of that can be believed: the driver came to its end, and all watched memory is as
    it was. Where it does not, ``made`` is how many cases were made before the one that broke it, if that is known.
    Each row of ``unlike`` is the number of a case, then RAX, pages after (two columns) and status.
    """

    made: int | None
    unlike: NDArray[np.uint64]
    is_sound: bool
    is_stuck: bool = False
    """Whether it was still running when it had executed more than so many calls should."""


class WorldDriver:
    """A machine with an image and the driver loop around one of its routines."""

    def __init__(self, image: Image, routine: str) -> None:
        base = _base(image)
        self._own, self._log, self._cases = base + _OWN, base + _LOG, base + _CASES
        target = _target(image, routine)
        driver = _assemble_driver(image, target, base, self._own)
        areas = (Range(base, self._cases), Range(self._cases, self._cases + _ROOM))
        self.sandbox = WorldSandbox(_join(image, driver), areas, [Range(base, self._own)])
        self.machine: Machine = self.sandbox.machine
        self.fill = {name: driver.symbols["FILL_" + name.upper()] & _WORD for name in _PRESERVED}
        """What the registers hold that the routine finds when it is called."""
        start = driver.symbols["world_driver"]
        self._entry = make_entry("world_driver", start, 64, None, None)
        self.machine.write(self._log, bytes(_LOG_SIZE))

    def set_pages(self, pages: int) -> None:
        """Tell the allocator how many pages the worlds have."""
        self.sandbox.set_pages(pages)

    def run(self, cases: Cases, is_exact: bool = False) -> Batch:
        """Make these cases, at most `MAX_CASES`; raises KeyboardInterrupt where Ctrl-C ended it.

        ``is_exact`` bounds the run by what it executes instead of by time, at four fifths of the speed.
        """
        for address, piece in self._pieces(cases):
            self.machine.write(address, piece)
        self._set_words(self._cases + cases.nbytes, self._log, self._log + _LOG_SIZE)
        is_stuck = not self._start(len(cases), is_exact)
        is_finished = self._registers().rip == self._entry.until
        place = self._place(len(cases))
        is_intact = self.sandbox.is_intact and self._has(cases)
        unlike = self._unlike() if is_intact else np.empty((0, _UNLIKE_COLUMNS), np.uint64)
        return Batch(place, unlike, is_finished and is_intact and bool(place), is_stuck)

    def repair(self) -> None:
        """Bring the machine back after a batch that was not sound."""
        self.sandbox.repair()

    def _has(self, cases: Cases) -> bool:
        return all(self.machine.read(address, len(piece)) == piece for address, piece in self._pieces(cases))

    def _pieces(self, cases: Cases) -> Iterator[tuple[int, bytes]]:
        """Yield where the cases lie and their bytes, in pieces that stay in the processor's cache."""
        table = cases.view(np.uint8)
        for offset in range(0, len(table), _PIECE):
            yield self._cases + offset, table[offset : offset + _PIECE].tobytes()

    def _start(self, calls: int, is_exact: bool) -> bool:
        limit = calls * UNITS_PER_CALL
        given = {"r14": self._cases, "r15": ~self._cases & _WORD}
        with bounded_exactly(self.machine, limit) if is_exact else bounded_by_time(self.machine, calls):
            is_ended = self.machine.repeat(CallEntry(self._entry, given, limit))
        if self.machine.is_interrupted:
            raise KeyboardInterrupt
        return is_ended

    def _place(self, count: int) -> int | None:
        """Return how many cases were made, from the two registers that agree about it."""
        registers = self._registers()
        made, odd = divmod(registers.r14 - self._cases, CASE_SIZE)
        if registers.r14 ^ registers.r15 != _WORD or odd or not 0 <= made <= count:
            return None
        return made

    def _registers(self) -> Registers:
        return Registers(self.machine.registers_now())

    def _unlike(self) -> NDArray[np.uint64]:
        size = int.from_bytes(self.machine.read(self._own + 8, 8), "little") - self._log
        rows = np.frombuffer(self.machine.read(self._log, max(0, min(size, _LOG_SIZE))), np.uint64)
        rows = rows.reshape(-1, _UNLIKE_COLUMNS).copy()
        rows[:, 0] = (rows[:, 0] - np.uint64(self._cases)) // np.uint64(CASE_SIZE)
        return np.asarray(rows)

    def _set_words(self, *words: int) -> None:
        self.machine.write(self._own, b"".join(word.to_bytes(8, "little") for word in words))


def _base(image: Image) -> int:
    """Return where the driver begins: far behind the image, within reach of a call."""
    end = max((segment.end for segment in image.segments), default=0)
    base = max(_LOWEST, -(-end // PAGE_SIZE) * PAGE_SIZE + PAGE_SIZE)
    if base + _CASES + _ROOM > _REACH:
        raise MachineError(f"the image reaches up to {end:#x}: small worlds want it below 2 GiB")
    return base


def _target(image: Image, routine: str) -> int:
    if routine not in image.labels:
        raise MachineError(f"the routine '{routine}' is not in the image")
    target = image.symbols[routine]
    if image.bits_at(target) != 64:
        raise MachineError(f"small worlds are for 64-bit routines, and '{routine}' has {image.bits_at(target)} bits")
    return target


def _assemble_driver(image: Image, target: int, base: int, own: int) -> Image:
    names = {name: own + 8 * number for number, name in enumerate(_QWORDS)}
    names["routine"] = target
    if "os_MemoryMap" in image.labels:
        names["os_MemoryMap"] = image.symbols["os_MemoryMap"]
    # Blocks are counted in a table by the low 12 bits of their address: half a turn away from the routine.
    origin = base + ((target + 0x800) & 0xFF0)
    return assemble(_SOURCE, symbols=names, origin=origin)


def _join(image: Image, driver: Image) -> Image:
    return dataclasses.replace(
        image,
        segments=(*image.segments, *driver.segments),
        lines=(*image.lines, *driver.lines),
        symbols={**driver.symbols, **image.symbols},
        labels=image.labels | driver.labels,
    )
