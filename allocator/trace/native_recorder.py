"""Record at native speed: drive the hooks of `native_hooks`, and turn what they wrote into columns.

The hooks write into buffers of fixed size. A run proceeds in slices of so many units that no buffer can
overflow; after each slice the buffers are copied out and used again. What belongs to a step that is still under way
is carried over to the next slice.
"""

from __future__ import annotations

import ctypes
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
import numpy.typing as npt

from allocator.errors import InternalError
from allocator.instructions.disassembly import decode
from allocator.machine.cpu import CODE, READ_AFTER, WRITE
from allocator.machine.machine import DEFAULT_LIMIT, Machine
from allocator.machine.native_code import load_functions
from allocator.machine.page_entries import Paging
from allocator.machine.replay import frame_reader
from allocator.machine.watcher import Watcher
from allocator.registers import FULL, SEGMENTS
from allocator.trace.insertion import Insertion, insert_accesses
from allocator.trace.native_buffers import FOREVER, SLICE_UNITS, NativeBuffers
from allocator.trace.native_state import GENERAL, IS_REPEATED, NOTHING
from allocator.trace.native_translation import NativeTranslation
from allocator.trace.own_accesses import OwnAccesses
from allocator.trace.page_walks import PageWalks
from allocator.trace.recorded_access import RecordedAccess
from allocator.trace.repetitions import Rounds, Rows
from allocator.trace.schema import ACCESS_COLUMNS, COLUMNS, Columns, LongValue, Place, VectorChange
from allocator.trace.start import start_run
from allocator.trace.trace import Trace
from allocator.trace.translation import Stretch

SINK_STEPS = 1 << 20
_WORD = (1 << 64) - 1
_ACCESS_BUFFERS = {
    "kind": "kind", "size": "size", "address": "address", "before": "data_before", "after": "data_after",
    "physical": "physical",
}  # fmt: skip
_HOOKS = load_functions("allocator.trace.native_hooks", ("on_step", "on_read", "on_write", "on_finish"))
_Finish = ctypes.CFUNCTYPE(None, ctypes.c_void_p, ctypes.c_uint64, ctypes.c_uint32, ctypes.c_void_p)
_Array = npt.NDArray[Any]


def record_natively(
    machine: Machine, routine: str | int | None = None, *, limit: int = DEFAULT_LIMIT, returns: str | None = None,
    by_pointer: bool = True, vectors: bool = False, **registers: int,
) -> Trace:  # fmt: skip
    """Call `routine` and return its trace, recorded by native hooks.

    ``by_pointer`` allows reading the engine's state directly where its layout was verified.
    """
    recorder = NativeRecorder(machine, by_pointer, vectors=vectors)
    with machine.watching_natively(recorder, recorder.hooks, recorder.user):
        run = start_run(machine, routine, limit, returns, registers)
        columns = recorder.finish()
    return Trace(run, machine.firmware_map, columns)


class NativeRecorder(Watcher):
    """The buffers that the hooks fill, and what was copied out of them."""

    slice_units = SLICE_UNITS
    hooks: tuple[tuple[int, int], ...] = (
        (CODE, _HOOKS["on_step"]),
        (READ_AFTER, _HOOKS["on_read"]),
        (WRITE, _HOOKS["on_write"]),
    )

    def __init__(
        self,
        machine: Machine,
        by_pointer: bool = True,
        max_steps: int | None = None,
        sink: Callable[[Columns], None] | None = None,
        vectors: bool = False,
    ) -> None:
        """``sink`` takes over what was recorded, about every million steps; `finish` then returns the rest."""
        self._sink = sink
        self._has_vectors = vectors
        self._vectors: list[VectorChange] = []
        self._machine = machine
        self._layout = machine.engine_layout(by_pointer)
        self._buffers = NativeBuffers(self._layout, vectors)
        self._walks = PageWalks()
        self._translation = NativeTranslation(machine, self._buffers, self._hear_of_paging)
        self.user = self._buffers.user
        self._kept = _no_rows()
        self._repeats: dict[int, int] = {}
        self._rounds: dict[int, Rounds] = {}  # what each repeated step did to memory
        self._own: dict[int, OwnAccesses] = {}  # what the machine itself did for a step
        self._frames: Mapping[int, bytes] = {}  # memory as it was when the last part was taken
        self._open_rows = 0
        self._steps = 0
        self._places: dict[Place, int] = {}
        self._numbers: list[int] = []  # of each place of the hooks, which may find one again
        self._buffers.set(max_begun=FOREVER if max_steps is None else max_steps)

    # -- what the executor calls --

    def begin(self, bits: int) -> None:
        """Keep the registers from before the first step."""
        packed = np.frombuffer(self._machine.registers_now(), np.int64)
        rflags = FULL.index("rflags")
        self._buffers["before"][:] = packed[:GENERAL]
        self._buffers["system_before"][:] = packed[rflags + 1 :]
        self._buffers["lazy_flags"][:] = -1
        if self._has_vectors:
            self._buffers["vector_before"][:] = np.frombuffer(self._machine.vectors_now(), np.int64)
        segments = self._machine.hidden_segments()
        self._buffers.set(bits=segments.bits, base=segments.bases[SEGMENTS.index("cs")], cr0=packed[FULL.index("cr0")])
        self._buffers.set(flags=packed[rflags], last=NOTHING, generation=self._buffers.get("generation") + 1)
        self._walks.begin(self._machine.memory_before())
        self._translation.begin()

    def _hear_of_paging(self, paging: Paging) -> None:
        self._walks.hear_of_paging(self._steps + self._buffers.get("steps") + 1, paging)

    def begin_slice(self, units: int) -> int:
        """Allow `units`; the hooks stop the engine themselves."""
        self._buffers.set(budget=units, units=0, is_disturbed=1)
        return 0

    def end_slice(self, units: int) -> int:
        """Copy the buffers out; return the units that ran."""
        self._translation.check()
        self._drop_what_never_happened()
        self._drain()
        if self._sink and self._steps >= SINK_STEPS:
            self._sink(self._columns(self._take()))
            if not self._walks.is_in_sandbox:
                self._frames = self._machine.snapshot(self._frames).frames
            self._walks.end_part(frame_reader(self._frames))
        return int(self._buffers.get("units"))

    def hear_of_access(self, by: str, kind: str, address: int, physical: int, before: bytes, after: bytes) -> None:
        """Take down what the machine itself did for the step under way."""
        if self._buffers.get("last") == NOTHING:
            return
        step = self._steps + self._buffers.get("steps")
        access = RecordedAccess.of(by, kind, address, physical, before, after)
        if by == "interrupt":
            self._buffers.set(is_left=1)
            self._drop_refused_store()
        self._own.setdefault(step, OwnAccesses()).add(access, is_later=self._rows_under_way() > 0)
        self._buffers.set(is_disturbed=1, generation=self._buffers.get("generation") + 1)

    def _rows_under_way(self) -> int:
        steps, rows = self._buffers.get("steps"), self._buffers.get("accesses")
        if steps:
            return rows - int(self._buffers["step_accesses"][steps - 1])
        return rows + self._open_rows + (self._steps in self._rounds)

    # -- taking over --

    def _drain(self) -> None:
        if self._buffers.get("overflow"):
            raise InternalError("the native recorder ran out of room in the middle of a slice")
        steps, changes, accesses = (self._buffers.get(name) for name in ("steps", "changes", "accesses"))
        place = self._buffers["step_place"][:steps]
        self._keep(place=place, changes=_counts(self._buffers["step_changes"][:steps]))
        self._keep(register=self._buffers["register"][:changes], value=self._buffers["value"][:changes])
        self._keep_accesses(place, accesses)
        for row in range(self._buffers.get("repeats")):
            step = self._steps + int(self._buffers["repeat_step"][row])
            self._repeats[step] = int(self._buffers["repeat_count"][row])
        for row in range(self._buffers.get("vectors")):
            halves = (int(self._buffers[name][row]) & _WORD for name in ("vector_low", "vector_high"))
            after = b"".join(half.to_bytes(8, "little") for half in halves)
            step, number = (int(self._buffers[name][row]) for name in ("vector_step", "vector_number"))
            self._vectors.append(VectorChange(self._steps + step, number, after))
        self._steps += steps
        self._buffers.set(steps=0, changes=0, accesses=0, repeats=0, vectors=0)

    def _keep(self, **columns: _Array) -> None:
        for name, column in columns.items():
            self._kept[name].extend(column)

    def _keep_accesses(self, place: _Array, count: int) -> None:
        # Rows behind the last complete step belong to the one under way, which a later slice completes.
        ends = np.append(self._buffers["step_accesses"][: len(place)], np.uint32(count))
        counts = _counts(ends)
        rows = {
            name: self._buffers[buffer][:count].view(np.uint8 if name in ("kind", "size") else np.uint64)
            for name, buffer in _ACCESS_BUFFERS.items()
        }
        if self._has_repeated():
            rows = self._without_rounds(np.append(place, self._buffers.get("place")), ends, counts, rows)
        counts[0] += self._open_rows
        self._open_rows = int(counts[-1])
        self._keep(accesses=counts[:-1].astype(np.uint16))
        self._keep_rows(rows)

    def _has_repeated(self) -> bool:
        is_repeated = int(self._buffers["place_traits"][self._buffers.get("place")]) & IS_REPEATED
        return bool(self._buffers.get("repeats") or is_repeated)

    def _without_rounds(self, places: _Array, ends: _Array, counts: _Array, rows: Rows) -> Rows:
        """Take the rows of repeated steps to their rounds; return the others."""
        repeated = np.flatnonzero(self._buffers["place_traits"][places] & IS_REPEATED)
        is_kept = np.ones(int(ends[-1]), np.bool_)
        for step in repeated[counts[repeated] > 0].tolist():
            where = slice(int(ends[step]) - int(counts[step]), int(ends[step]))
            self._rounds_of(step, int(places[step])).take({name: column[where] for name, column in rows.items()})
            is_kept[where] = False
        counts[repeated] = 0
        return {name: column[is_kept] for name, column in rows.items()}

    def _rounds_of(self, step: int, place: int) -> Rounds:
        found = self._rounds.get(self._steps + step)
        if found is None:
            found = self._rounds[self._steps + step] = Rounds(self._reads_two_strings(place))
        return found

    def _keep_rows(self, rows: Rows) -> None:
        physical = rows.pop("physical")
        if self._translation.has_mapped:
            behind = self._kept["address"].filled[len(self._kept["physical"].filled) :]
            self._keep(physical=behind)
            self._keep(physical=physical)
        self._keep(**rows)

    def finish(self) -> Columns:
        """Complete the last step and return the columns that were not taken yet."""
        _Finish(_HOOKS["on_finish"])(self._layout.handle, 0, 0, self.user)
        self._drain()
        return self._columns(self._take())

    def _take(self) -> dict[str, _Array]:
        # Rows behind the last complete step stay: a later slice completes it.
        columns: dict[str, _Array] = {name: column.filled for name, column in self._kept.items()}
        complete = len(columns["kind"]) - self._open_rows
        self._kept = _no_rows()
        for name in (*ACCESS_COLUMNS, "physical"):
            self._kept[name].extend(columns[name][complete:])
            columns[name] = columns[name][:complete]
        return columns

    def _columns(self, columns: dict[str, _Array]) -> Columns:
        self._number_places()
        if len(self._places) < len(self._numbers):  # the same code was found again where other code had been
            columns["place"] = np.array(self._numbers, np.uint32)[columns["place"]]
        long: list[LongValue] = []
        rare = self._insert(columns, long)
        fields: dict[str, Any] = {**columns, **rare}
        taken = Columns(**fields, places=list(self._places), repeats=self._repeats, long=long, vectors=self._vectors)
        self._own = {step - self._steps: own for step, own in self._own.items() if step >= self._steps}
        self._rounds = {step - self._steps: rounds for step, rounds in self._rounds.items() if step >= self._steps}
        self._steps, self._repeats, self._vectors = 0, {}, []
        return self._walks.complete(taken)

    def _insert(self, columns: dict[str, _Array], long: list[LongValue]) -> dict[str, dict[int, int]]:
        physical = columns.pop("physical")
        elsewhere = np.flatnonzero(physical != columns["address"][: len(physical)])
        there = dict(zip(elsewhere.tolist(), physical[elsewhere].tolist(), strict=True))
        inserted: dict[int, Insertion] = {}
        for step in {step for step in (*self._own, *self._rounds) if step < self._steps}:
            own, rounds = self._own.get(step, OwnAccesses()), self._rounds.get(step)
            inserted[step] = Insertion([*own.earlier, *(rounds.accesses() if rounds else ())], own.later)
        return insert_accesses(columns, inserted, long, there, {})

    def _reads_two_strings(self, number: int) -> bool:
        place = self._buffers.place(number)
        return decode(place.code, place.bits, place.address).name.startswith("cmps")

    def _drop_what_never_happened(self) -> None:
        # The engine announces a store before it finds that there is no memory, and then ends the run.
        announced = rows = self._buffers.get("accesses")
        while rows and self._is_absent(rows - 1):
            rows -= 1
        if rows < announced:
            self._buffers.set(accesses=rows)
            ends = self._buffers["step_accesses"][: self._buffers.get("steps")]
            np.minimum(ends, rows, out=ends)
        self._drop_refused_store()

    def _drop_refused_store(self) -> None:
        # Likewise a store into two pages, before it finds that the second one refuses it.
        end = self._buffers.get("accesses")
        first = end - min(self._rows_under_way(), end)
        if first == end or not self._buffers["kind"][end - 1]:
            return
        store = [self._stretch(end - 1)]
        if first < end - 1 and self._buffers["kind"][end - 2] and self._stretch(end - 2).is_before_page(store[0]):
            store = [self._stretch(end - 2), *store]
        if self._translation.is_refused(store):
            self._buffers.set(accesses=end - len(store))

    def _stretch(self, row: int) -> Stretch:
        address, physical = (int(self._buffers[name][row]) & _WORD for name in ("address", "physical"))
        return Stretch(address, physical, int(self._buffers["size"][row]))

    def _is_absent(self, row: int) -> bool:
        address, size = int(self._buffers["physical"][row]) & _WORD, int(self._buffers["size"][row])
        return self._machine.peek(address, size) is None

    def _number_places(self) -> None:
        for row in range(len(self._numbers), self._buffers.get("places")):
            self._numbers.append(self._places.setdefault(self._buffers.place(row), len(self._places)))


class _Growing:
    """A column that grows: room is doubled, so that each value is copied about once."""

    def __init__(self, typecode: str) -> None:
        self._room = np.empty(0, typecode)
        self._length = 0

    def extend(self, values: _Array) -> None:
        """Append values, of the column's type or of its signed sister."""
        end = self._length + len(values)
        if end > len(self._room):  # room that is not used yet costs nothing
            room = np.empty(max(2 * len(self._room), end, 16 * len(values)), self._room.dtype)
            room[: self._length] = self.filled
            self._room = room
        self._room[self._length : end] = values.view(self._room.dtype) if values.dtype.itemsize == 8 else values
        self._length = end

    @property
    def filled(self) -> _Array:
        """The values so far."""
        return self._room[: self._length]


def _no_rows() -> dict[str, _Growing]:
    return {**{column.name: _Growing(column.typecode) for column in COLUMNS}, "physical": _Growing("Q")}


def _counts(ends: _Array) -> _Array:
    return np.diff(ends, prepend=ends.dtype.type(0))
