"""Watch a call and write down every instruction: the plain recorder, in Python.

It reads all registers before every instruction and keeps what differs from the reading before. That is slow
and obvious: it is the twin that the native recorder is compared with, and what records short runs, because
it starts at once.

The engine reports each thing before it happens, so a step is complete when the next one begins. What the
machine itself does to memory in between (the delivery of an interrupt, a service of the firmware) belongs to the
step that is under way.
"""

from __future__ import annotations

import struct
from array import array
from typing import Any, Literal

from allocator.instructions.anatomy import LONGEST_INSTRUCTION, dissect
from allocator.instructions.disassembly import Decoded, decode
from allocator.machine.engine_state import HiddenSegments
from allocator.machine.machine import DEFAULT_LIMIT, Machine
from allocator.machine.page_entries import Paging
from allocator.machine.replay import LAST_STEPS, frame_reader
from allocator.machine.steps import is_transfer
from allocator.registers import FULL, SEGMENTS, VECTORS
from allocator.trace.folding import folded_rounds
from allocator.trace.linear import Moment
from allocator.trace.own_accesses import OwnAccesses
from allocator.trace.recorded_access import RecordedAccess, checked_count
from allocator.trace.schema import (
    ACCESS_COLUMNS,
    ACCESS_KINDS,
    COLUMNS,
    PROGRAM,
    READ,
    RECORDED,
    WRITE,
    Columns,
    LongValue,
    Place,
    VectorChange,
    mode_of,
)
from allocator.trace.start import start_run
from allocator.trace.trace import Trace
from allocator.trace.translation import Stretch, Translation, are_tables_of_program
from allocator.units import FRAME_SIZE

_WORDS = struct.Struct(f"<{len(FULL)}Q")
_RECORDED = tuple(FULL.index(name) for name in RECORDED)
_RCX = FULL.index("rcx")
_CR0 = FULL.index("cr0")
_FAR = frozenset({
    "retf", "retfq", "iret", "iretw", "iretd", "iretq", "int", "int1", "int3", "into", "syscall", "sysret", "sysretq",
    "sysenter", "sysexit", "sysexitq", "rsm", "db",
})  # fmt: skip
"""What can load CS, far jumps and calls apart."""
_CONTROL = tuple(FULL.index(name) for name in ("cr0", "cr3", "cr4"))
_CS = SEGMENTS.index("cs")
_CS_SELECTOR = FULL.index("cs")
_LOCK = b"\xf0"


def record_plainly(
    machine: Machine, routine: str | int | None = None, *, limit: int = DEFAULT_LIMIT, returns: str | None = None,
    vectors: bool = False, **registers: int,
) -> Trace:  # fmt: skip
    """Call `routine` as `Machine.call` does, and return the trace of every instruction it executed."""
    recorder = _Recorder(machine, vectors)
    with machine.watching(recorder.step, recorder.access, recorder.hear_of_access):
        run = start_run(machine, routine, limit, returns, registers)
        columns = recorder.finish()  # before the hooks come off: that can walk page tables, and change CR2
    last = tuple(columns.places[number].address for number in columns.place[-LAST_STEPS:])
    run.know_steps(len(columns.place), last)
    return Trace(run, machine.firmware_map, columns)


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
        self._physical: dict[int, int] = {}
        self._makers: dict[int, int] = {}
        self._place_ids: dict[Place, int] = {}
        self._known: dict[int, int] = {}  # address -> place, while nothing changed what lies there or how it is read
        self._segments: HiddenSegments | None = None
        self._code_lines: set[int] = set()
        self._last = -1
        self._state: tuple[int, ...] = ()
        self._round: tuple[int, ...] = ()  # the registers before this round of REP
        self._translation = Translation(machine)
        self._pagings: list[tuple[int, Paging]] = []  # step -> how addresses are translated from it on
        self._memory_before = frame_reader({})
        self._control: tuple[int, ...] = ()
        self._is_doubtful = False
        self._decoded: Decoded | None = None
        self._pending: list[RecordedAccess] = []
        self._own = OwnAccesses()
        self._is_echo = False
        self._is_left = False  # by an interrupt or exception

    # -- what the engine calls --

    def step(self, address: int, size: int) -> None:
        """Hear that the instruction at `address` is about to run, for the first time or again."""
        state = _WORDS.unpack(self._machine.registers_now())
        if address == self._last and self._decoded and not is_transfer(self._decoded) and not self._is_left:
            # Another round of REP, or the engine's second report of a store into its own block.
            self._is_echo = not self._decoded.is_repeated
            self._round = state
            return
        self._follow_segments()
        if self._last >= 0:
            self._complete(state)
        self._pending, self._own = [], OwnAccesses()  # what was touched before the first step prepared the call
        self._begin(address, size, state)

    def access(self, is_write: bool, address: int, size: int, value: int) -> None:
        """Hear that `size` bytes at physical `address` are about to be read or written."""
        if self._is_echo or self._last < 0:
            return
        kind = WRITE if is_write else READ
        data = (value & ((1 << 8 * size) - 1)).to_bytes(size, self._byte_order()) if is_write else b""
        stretches = self._stretches(kind, address, size)
        if self._translation.is_refused(ACCESS_KINDS[kind], stretches, self._state[_CS_SELECTOR]):
            return
        for stretch in stretches:
            before = self._machine.peek(stretch.physical, stretch.size)
            if before is not None:
                after, data = (data[: stretch.size], data[stretch.size :]) if is_write else (before, b"")
                self._pending.append(RecordedAccess(PROGRAM, kind, stretch.address, stretch.physical, before, after))
        if is_write:
            self._hear_of_store(address, size)
        elif self._decoded and self._decoded.name == "retf" and not self._state[_CR0] & 1:
            self._keep_counter()

    def _keep_counter(self) -> None:
        # In real mode the engine forgets the instruction pointer that it has read when the selector's read is hooked.
        if len(self._pending) == 2:
            self._machine.set_counter(int.from_bytes(self._pending[0].after, "little"))

    def _stretches(self, kind: int, physical: int, size: int) -> list[Stretch]:
        if self._translation.is_identity:
            return [Stretch(physical, physical, size)]
        is_round = self._decoded is not None and self._decoded.is_repeated
        following = self._following(kind, physical, size) if is_round else None
        if following is not None:
            return [following]
        place = self._places[self._rows["place"][-1]]
        moment = Moment(place, self._round, self._machine.system_state())
        return self._translation.locate(moment, kind, physical, size, len(self._pending), is_round)

    def _following(self, kind: int, physical: int, size: int) -> Stretch | None:
        """Return where a round goes on that lies in the frame of the one before, and so in its page."""
        assert self._decoded is not None
        distance = 2 if self._decoded.name.startswith(("movs", "cmps")) else 1
        known = self._pending[-distance] if len(self._pending) >= distance else None
        if known is None or (known.kind, len(known.after)) != (kind, size):
            return None
        moved = physical - known.physical
        is_inside = max(physical, known.physical) % FRAME_SIZE <= FRAME_SIZE - size
        if abs(moved) != size or physical // FRAME_SIZE != known.physical // FRAME_SIZE or not is_inside:
            return None
        return Stretch(known.address + moved, physical, size)

    def _hear_of_store(self, physical: int, size: int) -> None:
        if not self._code_lines.isdisjoint(_lines(physical, size)):
            self._known.clear()
        if self._translation.is_table(physical, size):
            self._is_doubtful = True

    def hear_of_access(  # noqa: PLR0917 -- as in `Watcher`
        self, by: str, kind: str, address: int, physical: int, before: bytes, after: bytes
    ) -> None:
        """Hear what the machine itself did to memory for the step under way."""
        self._is_left |= by == "interrupt"
        access = RecordedAccess.of(by, kind, address, physical, before, after)
        self._own.add(access, is_later=bool(self._pending))
        self._known.clear()

    def _byte_order(self) -> Literal["little", "big"]:
        # Of MOVBE the engine reports the register's value, not the bytes that it stores.
        return "big" if self._decoded and self._decoded.name == "movbe" else "little"

    def finish(self) -> Columns:
        """Complete the last step and return the columns."""
        if self._last >= 0:
            self._complete(_WORDS.unpack(self._machine.registers_now()))
        columns = Columns(
            **self._rows, places=self._places, repeats=self._repeats, long=self._long, physical=self._physical,
            makers=self._makers, vectors=self._vectors,
        )  # fmt: skip
        return self._with_walks(columns) if any(are_tables_of_program(each) for _, each in self._pagings) else columns

    def _with_walks(self, columns: Columns) -> Columns:
        from allocator.trace.page_walks import PageWalks  # with NumPy, which few short runs need

        walks = PageWalks()
        walks.begin(self._memory_before)
        for step, paging in self._pagings:
            walks.hear_of_paging(step, paging)
        return walks.complete(columns)

    # -- steps --

    def _begin(self, address: int, size: int, state: tuple[int, ...]) -> None:
        self._last = address
        self._state = state
        if self._has_vectors:
            self._vector_state = self._machine.vectors_now()
        self._round = state
        self._is_echo = self._is_left = False
        self._follow_translation(state)
        number = self._known.get(address)
        if number is None:
            number = self._known[address] = self._number(address, size, state[_CR0])
        place = self._places[number]
        self._decoded = _executed(place)
        self._rows["place"].append(number)

    def _follow_translation(self, state: tuple[int, ...]) -> None:
        control = tuple(state[index] for index in _CONTROL)
        if control != self._control or self._is_doubtful:
            self._control, self._is_doubtful = control, False
            self._known.clear()
            self._translation.renew()
            if not self._pagings:
                self._memory_before = self._machine.memory_before()
            self._pagings.append((len(self._rows["place"]), self._translation.paging))

    def _follow_segments(self) -> None:
        # Reading them takes time: only a far transfer loads CS, or the machine by itself.
        if self._segments is None or self._own.earlier or self._own.later or _leads_far(self._decoded):
            segments = self._machine.hidden_segments()
            if segments != self._segments:
                self._segments = segments
                self._known.clear()

    def _number(self, address: int, size: int, cr0: int) -> int:
        assert self._segments is not None
        bits, bases = self._segments
        decoded = decode(self._translation.fetch(address, LONGEST_INSTRUCTION), bits, address)
        length = size if 0 < size <= LONGEST_INSTRUCTION else decoded.size
        code = self._translation.fetch(address, length)
        place = Place(address, code, bits, mode_of(bits, cr0), bases[_CS])
        physical = self._translation.physical(address) or address
        self._code_lines.update(_lines(physical, length))
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
        accesses = (*self._own.earlier, *self._pending, *self._own.later)
        rows["accesses"].append(checked_count(len(accesses)))
        for access in accesses:
            self._append(access)
        self._pending, self._own = [], OwnAccesses()

    def _compare_vectors(self, now: bytes) -> None:
        step = len(self._rows["place"]) - 1
        for number in range(VECTORS):
            after = now[16 * number : 16 * number + 16]
            if after != self._vector_state[16 * number : 16 * number + 16]:
                self._vectors.append(VectorChange(step, number, after))

    def _append(self, access: RecordedAccess) -> None:
        row = len(self._rows["kind"])
        if access.physical != access.address:
            self._physical[row] = access.physical
        if access.maker != PROGRAM:
            self._makers[row] = access.maker
        for name, value in zip(ACCESS_COLUMNS, access.row(self._long), strict=True):
            self._rows[name].append(value)

    # -- repeated string instructions --

    def _fold_repetitions(self, decoded: Decoded, counted: int) -> None:
        anatomy = dissect(decoded.code, decoded.bits)
        width = 8 * anatomy.address_size(decoded.bits) if anatomy else decoded.bits
        self._repeats[len(self._rows["place"]) - 1] = counted & ((1 << width) - 1)
        self._pending = folded_rounds(self._pending, decoded.name.startswith("cmps"))


def _executed(place: Place) -> Decoded:
    # The engine ignores LOCK where there is nothing to lock; Capstone refuses it, as a processor does.
    decoded = decode(place.code, place.bits, place.address)
    bare = place.code.replace(_LOCK, b"", 1)
    return decode(bare, place.bits, place.address) if decoded.name == "db" and bare else decoded


def _lines(physical: int, size: int) -> range:
    """Return the lines of 64 bytes that some bytes lie in, by number."""
    return range(physical >> 6, (physical + size - 1 >> 6) + 1)


def _leads_far(decoded: Decoded | None) -> bool:
    if decoded is None or decoded.name in _FAR:
        return True
    return decoded.name in ("jmp", "call") and (":" in decoded.operands or "far" in decoded.operands)
