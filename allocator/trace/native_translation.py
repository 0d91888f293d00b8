"""Look after the translation of addresses for the native hooks, which know physical addresses only.

The hooks call back into Python when control registers change or a page table is written, and, as long as addresses
are not mapped to themselves, for every access that may lead elsewhere (`native_reach.py`): it gets its linear address,
and is split where it crosses into another frame. That is slow, and costs nothing otherwise.
"""

from __future__ import annotations

import ctypes
from collections.abc import Callable, Sequence

from allocator.machine.machine import Machine
from allocator.machine.page_entries import Paging
from allocator.machine.processor_state import ProcessorState
from allocator.registers import FULL, REGISTERS
from allocator.trace.linear import Moment, pointers_of
from allocator.trace.native_buffers import NativeBuffers
from allocator.trace.native_state import FAR_DISPLACEMENT, IS_FAR, IS_KNOWN, IS_REPEATED, IS_SYSTEM, SHARE
from allocator.trace.schema import Place
from allocator.trace.translation import Stretch, Translation

_Callback = ctypes.CFUNCTYPE(*[ctypes.c_int64] * 5)
_WORD = (1 << 64) - 1
_CS = FULL.index("cs") - FULL.index("rflags") - 1
"""Where the selector is among the system's registers."""


class NativeTranslation:
    """The translation of one machine for its native recorder."""

    def __init__(self, machine: Machine, buffers: NativeBuffers, hear_of_paging: Callable[[Paging], None]) -> None:
        """``hear_of_paging`` is told how addresses are translated from the next step on."""
        self._machine = machine
        self._hear_of_paging = hear_of_paging
        self._buffers = buffers
        self._translation = Translation(machine)
        self._failure: BaseException | None = None
        self._callbacks = _Callback(self._guarded(self._renew)), _Callback(self._guarded(self._locate))
        renew, locate = (ctypes.cast(callback, ctypes.c_void_p).value or 0 for callback in self._callbacks)
        buffers.set(renew=renew, locate=locate)
        self.has_mapped = False
        """Whether any address led elsewhere than to itself, up to now."""
        self._places: dict[int, Place] = {}
        self._processor: ProcessorState | None = None
        self._generation = -1  # of the hooks, when the processor's state was looked at

    def begin(self) -> None:
        """Look at the tables that are in force when a run begins."""
        self._renew()

    def check(self) -> None:
        """Raise what failed in a callback, which nothing may leave."""
        if self._failure is not None:
            raise self._failure

    def _guarded(self, work: Callable[..., None]) -> Callable[..., int]:
        def guarded(*arguments: int) -> int:
            try:
                work(*arguments)
            except BaseException as failure:
                self._failure = self._failure or failure
            return 0

        return guarded

    def is_refused(self, store: Sequence[Stretch]) -> bool:
        """Tell whether a store fails in its second page."""
        # The privilege is that of the instruction: an exception may have been delivered since.
        return self._translation.is_refused("write", store, int(self._buffers["system_before"][_CS]))

    # -- what the hooks call --

    def _renew(self, *_unused: int) -> None:
        self._translation.renew()
        tables = self._translation.tables
        end = self._translation.identity_end or 0
        self.has_mapped |= not self._translation.is_identity
        self._buffers.set(
            is_mapped=not self._translation.is_identity, low_end=end // SHARE if end >= 4 * FAR_DISPLACEMENT else 0,
            table_start=tables.start, table_end=tables.end,
        )  # fmt: skip
        self._hear_of_paging(self._translation.paging)

    def _locate(self, row: int, kind: int, physical: int, size: int) -> None:
        number, steps = self._buffers.get("place"), self._buffers.get("steps")
        traits = int(self._buffers["place_traits"][number])
        is_repeated, is_system = bool(traits & IS_REPEATED), bool(traits & IS_SYSTEM)
        place = self._place_of(number, is_system)
        first = int(self._buffers["step_accesses"][steps - 1]) if steps else 0
        moment = Moment(place, self._registers(is_repeated), self._state(is_system))
        stretches = self._translation.locate(moment, kind, physical & _WORD, size, row - first, is_repeated)
        self._buffers["address"][row] = _signed(stretches[0].address)
        if len(stretches) > 1:
            self._split(row, kind, stretches)

    def _place_of(self, number: int, is_system: bool) -> Place:
        place = self._places.get(number)
        if place is None:
            place = self._places[number] = self._buffers.place(number)
            self._buffers["place_reach"][number] = reach_of(place.code, place.bits, is_system)
        return place

    def _state(self, is_system: bool) -> ProcessorState:
        # Reading it takes longer than all the rest, and it stays as it is until an instruction of the system.
        generation = self._buffers.get("generation")
        if self._processor is None or is_system or generation != self._generation:
            self._processor = self._machine.system_state()
        self._generation = -1 if is_system else generation
        return self._processor

    def _registers(self, is_repeated: bool) -> Sequence[int]:
        if not is_repeated:
            before: list[int] = self._buffers["before"].tolist()
            return before
        packed = memoryview(self._machine.registers_now()).cast("Q")
        return packed[: FULL.index("rip")].tolist()

    def _split(self, row: int, kind: int, stretches: Sequence[Stretch]) -> None:
        """Make a row of each stretch; what lies in the frames behind the first one is read now."""
        after = int(self._buffers["data_after"][row]) & _WORD
        before = int(self._buffers["data_before"][row]) & _WORD
        for index, stretch in enumerate(stretches):
            if kind and index:
                before = int.from_bytes(self._machine.peek(stretch.physical, stretch.size) or b"", "little")
            elif index:
                before = after
            mask = (1 << 8 * stretch.size) - 1
            self._buffers["kind"][row + index] = kind
            self._buffers["size"][row + index] = stretch.size
            self._buffers["data_before"][row + index] = _signed(before & mask)
            self._buffers["data_after"][row + index] = _signed(after & mask)
            self._buffers["address"][row + index] = _signed(stretch.address)
            self._buffers["physical"][row + index] = _signed(stretch.physical)
            after >>= 8 * stretch.size
        self._buffers.set(accesses=row + len(stretches))


def reach_of(code: bytes, bits: int, is_system: bool) -> int:
    """Return a mask of the general registers that the addresses of an instruction are made of.

    `IS_FAR` is set where that does not tell enough: it may read descriptors, or its displacement is large.
    """
    mask = IS_KNOWN
    for pointer in pointers_of(code, bits):
        if is_system or pointer.bit or not 0 <= pointer.displacement < FAR_DISPLACEMENT:
            return IS_KNOWN | IS_FAR
        for name in (pointer.base, pointer.scaled):
            mask |= 1 << FULL.index(REGISTERS[name].full) if name else 0
    return mask


def _signed(word: int) -> int:
    return word - (1 << 64) if word >> 63 else word
