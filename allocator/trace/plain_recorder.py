"""Watch a call and write down every instruction: the plain recorder, in Python.

It reads all registers before every instruction and keeps what differs from the reading before. That is slow
and obvious: it is the twin that the native recorder is compared with, and what records short runs, because
it starts at once.

The engine reports each thing before it happens, so a step is complete when the next one begins.
"""

from __future__ import annotations

import struct
from array import array
from typing import Any, Literal

from allocator.instructions.anatomy import LONGEST_INSTRUCTION, dissect
from allocator.instructions.disassembly import Decoded, decode
from allocator.machine.machine import DEFAULT_LIMIT, Machine
from allocator.machine.replay import LAST_STEPS
from allocator.machine.steps import is_transfer
from allocator.registers import FULL, VECTORS
from allocator.trace.schema import (
    COLUMNS,
    LONG,
    READ,
    RECORDED,
    WRITE,
    Columns,
    LongValue,
    Place,
    VectorChange,
    mode_of,
)
from allocator.trace.trace import Trace

_WORDS = struct.Struct(f"<{len(FULL)}Q")
_RECORDED = tuple(FULL.index(name) for name in RECORDED)
_RCX = FULL.index("rcx")
_CR0 = FULL.index("cr0")


def record_plainly(
    machine: Machine, routine: str | int, *, limit: int = DEFAULT_LIMIT, returns: str | None = None,
    vectors: bool = False, **registers: int,
) -> Trace:  # fmt: skip
    """Call `routine` as `Machine.call` does, and return the trace of every instruction it executed."""
    recorder = _Recorder(machine, vectors)
    with machine.watching(recorder.step, recorder.access):
        run = machine.call(routine, limit=limit, returns=returns, **registers)
        columns = recorder.finish()  # before the hooks come off: that can walk page tables, and change CR2
    last = tuple(columns.places[number].address for number in columns.place[-LAST_STEPS:])
    run.know_steps(len(columns.place), last)
    return Trace(run, machine.firmware_map, columns)


class _Access:
    """One access of the step under way."""

    __slots__ = ("address", "after", "before", "is_write")

    def __init__(self, is_write: bool, address: int, before: bytes, after: bytes) -> None:
        self.is_write = is_write
        self.address = address
        self.before = before
        self.after = after


class _Recorder:
    """Fills the columns from what the engine reports."""

    def __init__(self, machine: Machine, vectors: bool) -> None:
        self._machine = machine
        self._has_vectors = vectors
        self._vector_state = b""
        self._vectors: list[VectorChange] = []
        self._rows: dict[str, Any] = {column.name: array(column.typecode) for column in COLUMNS}
        self._places: list[Place] = []
        self._repeats: dict[int, int] = {}
        self._long: list[LongValue] = []
        self._place_ids: dict[Place, int] = {}
        self._known: dict[int, int] = {}  # address -> place, while no store touched code
        self._code_end = 0
        self._code_start = 1 << 64
        self._last = -1
        self._state: tuple[int, ...] = ()
        self._start: tuple[int, ...] = ()
        self._decoded: Decoded | None = None
        self._pending: list[_Access] = []
        self._is_echo = False

    # -- what the engine calls --

    def step(self, address: int, size: int) -> None:
        """Hear that the instruction at `address` is about to run, for the first time or again."""
        state = _WORDS.unpack(self._machine.registers_now())
        if address == self._last and self._decoded and not is_transfer(self._decoded):
            # Another round of REP, or the engine's second report of a store into its own block.
            self._is_echo = not self._decoded.is_repeated
            return
        if self._last >= 0:
            self._complete(state)
        self._pending = []  # what was touched before the first step prepared the call
        self._begin(address, size, state)

    def access(self, is_write: bool, address: int, size: int, value: int) -> None:
        """Hear that `size` bytes at physical `address` are about to be read or written."""
        before = None if self._is_echo else self._machine.peek(address, size)
        if before is None:
            return
        after = (value & ((1 << 8 * size) - 1)).to_bytes(size, self._byte_order()) if is_write else before
        self._pending.append(_Access(is_write, address, before, after))
        if is_write and address < self._code_end and self._code_start < address + size:
            self._known.clear()

    def _byte_order(self) -> Literal["little", "big"]:
        # Of MOVBE the engine reports the register's value, not the bytes that it stores.
        return "big" if self._decoded and self._decoded.name == "movbe" else "little"

    def finish(self) -> Columns:
        """Complete the last step and return the columns."""
        if self._last >= 0:
            self._complete(_WORDS.unpack(self._machine.registers_now()))
        return Columns(**self._rows, places=self._places, repeats=self._repeats, long=self._long, vectors=self._vectors)

    # -- steps --

    def _begin(self, address: int, size: int, state: tuple[int, ...]) -> None:
        self._last = address
        self._state = state
        if self._has_vectors:
            self._vector_state = self._machine.vectors_now()
        self._is_echo = False
        number = self._known.get(address)
        if number is None:
            number = self._known[address] = self._number(address, size, state)
        place = self._places[number]
        self._decoded = decode(place.code, place.bits, place.address)
        self._rows["place"].append(number)

    def _number(self, address: int, size: int, state: tuple[int, ...]) -> int:
        bits = self._machine.bits
        decoded = decode(self._machine.peek_code(address, LONGEST_INSTRUCTION), bits, address)
        length = size if 0 < size <= LONGEST_INSTRUCTION else decoded.size
        place = Place(address, self._machine.peek_code(address, length), bits, mode_of(bits, state[_CR0]))
        self._code_start = min(self._code_start, address)
        self._code_end = max(self._code_end, address + length)
        number = self._place_ids.setdefault(place, len(self._place_ids))
        if number == len(self._places):
            self._places.append(place)
        return number

    def _complete(self, state: tuple[int, ...]) -> None:
        rows, before = self._rows, self._state
        count = 0
        for index in _RECORDED:
            if state[index] != before[index]:
                rows["register"].append(index)
                rows["value"].append(state[index])
                count += 1
        rows["changes"].append(count)
        if self._has_vectors:
            self._compare_vectors(self._machine.vectors_now())
        if self._decoded and self._decoded.is_repeated:
            self._fold_repetitions(self._decoded, self._state[_RCX] - state[_RCX])
        rows["accesses"].append(len(self._pending))
        for access in self._pending:
            self._append(access)
        self._pending = []

    def _compare_vectors(self, now: bytes) -> None:
        step = len(self._rows["place"]) - 1
        for number in range(VECTORS):
            after = now[16 * number : 16 * number + 16]
            if after != self._vector_state[16 * number : 16 * number + 16]:
                self._vectors.append(VectorChange(step, number, after))

    def _append(self, access: _Access) -> None:
        rows, size = self._rows, len(access.before)
        rows["kind"].append(WRITE if access.is_write else READ)
        rows["address"].append(access.address)
        rows["size"].append(size if size <= 8 else LONG)
        if size > 8:
            rows["before"].append(len(self._long))
            rows["after"].append(len(self._long))
            self._long.append(LongValue(access.before, access.after))
        else:
            rows["before"].append(int.from_bytes(access.before, "little"))
            rows["after"].append(int.from_bytes(access.after, "little"))

    # -- repeated string instructions --

    def _fold_repetitions(self, decoded: Decoded, counted: int) -> None:
        anatomy = dissect(decoded.code, decoded.bits)
        width = 8 * anatomy.address_size(decoded.bits) if anatomy else decoded.bits
        self._repeats[len(self._rows["place"]) - 1] = counted & ((1 << width) - 1)
        # CMPS reads two strings in turn; every other string instruction has one of each kind.
        sides = 2 if decoded.name.startswith("cmps") else 1
        reads = [access for access in self._pending if not access.is_write]
        writes = [access for access in self._pending if access.is_write]
        groups = [reads[side::sides] for side in range(sides)] + [writes]
        self._pending = [_joined(group) for group in groups if group]


def _joined(group: list[_Access]) -> _Access:
    ordered = sorted(group, key=lambda access: access.address)
    before = b"".join(access.before for access in ordered)
    after = b"".join(access.after for access in ordered) if group[0].is_write else before
    return _Access(group[0].is_write, ordered[0].address, before, after)
