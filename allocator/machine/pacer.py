"""Let a machine run at nearly full speed, and know at which step it is."""

from __future__ import annotations

import ctypes
from collections.abc import Callable
from typing import TYPE_CHECKING

import numpy as np

from allocator.instructions.anatomy import LONGEST_INSTRUCTION
from allocator.instructions.disassembly import Decoded, decode
from allocator.machine import native_blocks as blocks
from allocator.machine.cpu import BLOCK
from allocator.machine.watcher import Watcher

if TYPE_CHECKING:
    from allocator.machine.machine import Machine

_FOREVER = (1 << 62) - 1
_Callback = ctypes.CFUNCTYPE(*[ctypes.c_int64] * 5)


class Pacer(Watcher):
    """Counts the steps of a run by its blocks, and calls `between` where it pauses.

    It pauses every `slice_units`, at the beginning of a block and never between two rounds of a repeated string
    instruction; ``target`` ends the run at the last such place that is not behind that step.
    """

    restarts_blocks = True
    hooks: tuple[tuple[int, int], ...] = ((BLOCK, blocks.on_block.address or 0),)

    def __init__(
        self, machine: Machine, slice_units: int, *, first: int = 0, target: int | None = None,
        between: Callable[[int], None] = lambda _step: None,
    ) -> None:  # fmt: skip
        self.slice_units = max(slice_units, 4 * LARGEST_BLOCK)
        self.steps = first
        """How many steps the run has made, from its very beginning."""
        self.units = 0
        """How many units it has used up here: steps, and each round of a repeated string instruction."""
        self._machine = machine
        self._target = target
        self._between = between
        self._table = np.full(blocks.SLOTS * blocks.ROW, blocks.NOWHERE, np.int64)
        self._callback = _Callback(self._decode)
        self._allowed = 0
        self._failure: BaseException | None = None
        self._pace = np.zeros(1, blocks.PACE_LAYOUT)
        self.user = self._pace.ctypes.data
        self._set(
            table=self._table.ctypes.data,
            stop=machine.engine_layout(by_pointer=False).stop,
            decode=ctypes.cast(self._callback, ctypes.c_void_p).value or 0,
            repeating=blocks.NOWHERE,
            round_cost=1 if target is None else 0,
        )

    def _set(self, **words: int) -> None:
        for name, word in words.items():
            self._pace[0][name] = word

    # -- what the executor calls --

    def begin(self, bits: int) -> None:
        """Tell of the state before the first step."""
        self._between(self.steps)

    def begin_slice(self, units: int) -> int:
        """Allow `units`; the hook stops the engine itself, unless so few are left that the engine must count."""
        is_short = self._target is None and units < LARGEST_BLOCK
        self._allowed = _FOREVER if is_short else units if self._target is None else self._target - self.steps
        self._set(left=self._allowed, rounds=0)
        if is_short:
            self._machine.forget_translations()  # a count is ignored by code that was translated without one
        return units if is_short else 0

    def end_slice(self, units: int) -> int:
        """Return the units that ran."""
        if self._failure is not None:
            raise self._failure
        ran = self._allowed - int(self._pace[0]["left"])
        if self._allowed == _FOREVER:
            ran = min(ran, units)  # the engine counted, and did not execute the last block whole
        rounds = int(self._pace[0]["rounds"])
        self.steps += ran - (rounds if self._target is None else 0)
        self.units += ran + (rounds if self._target is not None else 0)
        if ran:
            self._between(self.steps)
        return ran

    def hear_of_block(self, address: int) -> None:
        """Forget what is known of the block at `address`."""
        row = blocks.ROW * (address & (blocks.SLOTS - 1))
        if self._table[row + blocks.ADDRESS] == address:
            self._table[row + blocks.ADDRESS] = blocks.NOWHERE

    def hear_of_break(self, address: int) -> None:
        """Take back what was counted of the block under way from `address` on: it will be counted again."""
        pace = self._pace[0]
        row = int(pace["row"])
        start, count = int(self._table[row + blocks.ADDRESS]), int(self._table[row + blocks.STEPS])
        if pace["is_round"]:
            pace["rounds"] -= 1
            pace["left"] += count - 1 + int(pace["round_cost"])
            return
        pace["left"] += count - len(self._instructions(start, address - start))
        if address == pace["repeating"]:
            pace["repeating"] = blocks.NOWHERE  # its first round is still to come

    # -- what the hook calls --

    def _decode(self, address: int, size: int, row: int, _unused: int) -> int:
        try:
            self._fill_row(address, size, row)
        except BaseException as failure:  # nothing may leave a callback: raised when the slice has ended
            self._failure = failure
        return 0

    def _fill_row(self, address: int, size: int, row: int) -> None:
        instructions = self._instructions(address, size)
        last = instructions[-1] if instructions else None
        repeating = address + size - last.size if last and last.is_repeated else blocks.NOWHERE
        self._table[row : row + 3] = address, len(instructions), repeating

    def _instructions(self, address: int, size: int) -> list[Decoded]:
        code = self._machine.peek_code(address, size) if size > 0 else b""
        instructions: list[Decoded] = []
        offset = 0
        while offset < len(code):
            instructions.append(
                decode(code[offset : offset + LONGEST_INSTRUCTION], self._machine.bits, address + offset)
            )
            offset += instructions[-1].size
        return instructions


LARGEST_BLOCK = 1024
"""More than the engine puts into one block."""
