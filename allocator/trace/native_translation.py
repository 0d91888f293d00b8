"""Look after the translation of addresses for the native hooks, which know physical addresses only.

The hooks call back into Python when control registers change or a page table is written, and, as long as addresses
are not mapped to themselves, for every access that may lead elsewhere (`native_reach.py`): it gets its linear address,
and is split where it crosses into another frame. That is slow, and costs nothing otherwise.
"""

from __future__ import annotations

import ctypes
from collections.abc import Callable, Sequence

from allocator.machine.machine import Machine
from allocator.registers import FULL, REGISTERS
from allocator.trace.linear import Moment, pointers_of
from allocator.trace.native_buffers import NativeBuffers
from allocator.trace.native_state import FAR_DISPLACEMENT, IS_FAR, IS_KNOWN, IS_REPEATED, IS_SYSTEM, SHARE
from allocator.trace.translation import Stretch, Translation

_Callback = ctypes.CFUNCTYPE(*[ctypes.c_int64] * 5)
_WORD = (1 << 64) - 1


class NativeTranslation:
    """The translation of one machine for its native recorder.

    ``physical`` has the physical address of each row of the table of accesses whose linear one is another;
    ``first_row`` is the row that the first row of the buffers will be.
    """

    def __init__(self, machine: Machine, buffers: NativeBuffers) -> None:
        self._machine = machine
        self._buffers = buffers
        self._translation = Translation(machine)
        self._failure: BaseException | None = None
        self._callbacks = _Callback(self._guarded(self._renew)), _Callback(self._guarded(self._locate))
        renew, locate = (ctypes.cast(callback, ctypes.c_void_p).value or 0 for callback in self._callbacks)
        buffers.set(renew=renew, locate=locate)
        self.physical: dict[int, int] = {}
        self.first_row = 0

    def begin(self) -> None:
        """Look at the tables that are in force when a run begins."""
        self._renew()

    def check(self) -> None:
        """Raise what failed in a callback, which nothing may leave."""
        if self._failure is not None:
            raise self._failure

    def take(self, complete: int) -> dict[int, int]:
        """Return ``physical`` of the first `complete` rows; the others begin a new table."""
        taken = {row: address for row, address in self.physical.items() if row < complete}
        self.physical = {row - complete: address for row, address in self.physical.items() if row >= complete}
        self.first_row -= complete
        return taken

    def _guarded(self, work: Callable[..., None]) -> Callable[..., int]:
        def guarded(*arguments: int) -> int:
            try:
                work(*arguments)
            except BaseException as failure:
                self._failure = self._failure or failure
            return 0

        return guarded

    # -- what the hooks call --

    def _renew(self, *_unused: int) -> None:
        self._translation.renew()
        tables = self._translation.tables
        end = self._translation.identity_end or 0
        self._buffers.set(
            is_mapped=not self._translation.is_identity, low_end=end // SHARE if end >= 4 * FAR_DISPLACEMENT else 0,
            table_start=tables.start, table_end=tables.end,
        )  # fmt: skip

    def _locate(self, row: int, kind: int, physical: int, size: int) -> None:
        number, steps = self._buffers.get("place"), self._buffers.get("steps")
        place = self._buffers.place(number)
        traits = int(self._buffers["place_traits"][number])
        is_repeated = bool(traits & IS_REPEATED)
        self._buffers["place_reach"][number] = reach_of(place.code, place.bits, bool(traits & IS_SYSTEM))
        first = int(self._buffers["step_accesses"][steps - 1]) if steps else 0
        moment = Moment(place, self._registers(is_repeated), self._machine.system_state())
        stretches = self._translation.locate(moment, kind, physical & _WORD, size, row - first, is_repeated)
        self._place(row, stretches[0])
        if len(stretches) > 1:
            self._split(row, kind, stretches)

    def _registers(self, is_repeated: bool) -> Sequence[int]:
        if not is_repeated:
            before: list[int] = self._buffers["before"].tolist()
            return before
        packed = memoryview(self._machine.registers_now()).cast("Q")
        return packed[: FULL.index("rip")].tolist()

    def _place(self, row: int, stretch: Stretch) -> None:
        self._buffers["address"][row] = _signed(stretch.address)
        if stretch.address != stretch.physical:
            self.physical[self.first_row + row] = stretch.physical

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
            self._place(row + index, stretch)
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
