"""Own the memory that the native hooks of `native_hooks` share with Python: their state, and buffers of fixed size."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from allocator.instructions.disassembly import decode
from allocator.machine.engine_layout import EngineLayout
from allocator.registers import VECTORS
from allocator.trace.native_state import CODE_BYTES, CODE_LINES, GENERAL, LAZY, NOTHING, SLOTS, STATE_LAYOUT, SYSTEM
from allocator.trace.schema import Place, mode_of

SLICE_UNITS = 1 << 15
"""Units after which the buffers are emptied."""
MAX_PLACES = 1 << 20
FOREVER = (1 << 63) - 1
_CHANGES_A_UNIT = 12
_ACCESSES_A_UNIT = 48
_WORD = (1 << 64) - 1


class NativeBuffers:
    """The state and the buffers; ``buffers["address"]`` is one of them."""

    def __init__(self, layout: EngineLayout, has_vectors: bool) -> None:
        self._layout = layout
        self._has_vectors = has_vectors
        self._arrays: dict[str, npt.NDArray[Any]] = {}
        self._state = np.zeros(1, STATE_LAYOUT)
        self.user = self._state.ctypes.data
        self._prepare()

    def __getitem__(self, name: str) -> npt.NDArray[Any]:
        return self._arrays[name]

    def _prepare(self) -> None:
        layout, units = self._layout, SLICE_UNITS
        self.set(
            env=layout.state, read_registers=layout.read_registers, read_flags=layout.read_register,
            read_memory=layout.read_memory, read_linear=layout.read_linear, translate=layout.translate,
            save_context=layout.save_context, restore_context=layout.restore_context, context=layout.context,

            stop=layout.stop, flags_id=layout.flags_id, last=NOTHING,
            returning=NOTHING,
            max_places=MAX_PLACES, max_accesses=_ACCESSES_A_UNIT * units, generation=1,
        )  # fmt: skip
        self._batch("general", (*layout.general_ids, layout.flags_id))
        self._batch("system", layout.system_ids)
        if self._has_vectors:
            self._prepare_vectors(units)
        self._buffer(np.int64, before=GENERAL, lazy_flags=LAZY, system_before=SYSTEM)
        self._buffer(np.uint32, step_place=units, step_changes=units, step_accesses=units)
        self._buffer(np.uint8, register=_CHANGES_A_UNIT * units)
        self._buffer(np.int64, value=_CHANGES_A_UNIT * units)
        accesses = _ACCESSES_A_UNIT * units
        self._buffer(np.uint8, kind=accesses, size=accesses)
        self._buffer(np.int64, address=accesses, physical=accesses, data_before=accesses, data_after=accesses)
        self._buffer(np.int64, repeat_step=units, repeat_count=units)
        self._buffer(np.int64, place_address=MAX_PLACES, place_cr0=MAX_PLACES, place_base=MAX_PLACES)
        self._buffer(np.uint8, place_size=MAX_PLACES, place_traits=MAX_PLACES, place_bits=MAX_PLACES)
        self._buffer(np.uint8, place_code=CODE_BYTES * (MAX_PLACES + 1))
        self._buffer(np.uint32, place_reach=MAX_PLACES)
        self._buffer(np.uint8, code_lines=CODE_LINES)
        self._buffer(np.uint32, slot_place=SLOTS)
        self._buffer(np.int64, slot_generation=SLOTS)
        for table in ("code_lines", "slot_place", "slot_generation"):
            self._arrays[table].fill(0)

    def _prepare_vectors(self, units: int) -> None:
        self._batch("vector", self._layout.vector_ids, words=2)
        self._buffer(np.int64, vector_before=2 * VECTORS)
        rows = VECTORS * units
        self._buffer(np.int64, vector_step=rows, vector_number=rows, vector_low=rows, vector_high=rows)

    def _buffer(self, element: type[np.generic], /, **lengths: int) -> None:
        # Not zeroed, which would take longer than to record a hundred thousand steps: the hooks write a row first.
        for name, length in lengths.items():
            self._arrays[name] = np.empty(length, element)
            self._state[0][name] = self._arrays[name].ctypes.data

    def _batch(self, name: str, ids: tuple[int, ...], words: int = 1) -> None:
        values = self._arrays[name] = np.zeros(words * len(ids), np.int64)
        numbers = self._arrays[name + "_ids"] = np.array(ids, np.int32)
        pointers = self._arrays[name + "_pointers"] = values.ctypes.data + 8 * words * np.arange(
            len(ids), dtype=np.int64
        )
        self.set(**{
            name: values.ctypes.data,
            name + "_ids": numbers.ctypes.data,
            name + "_pointers": pointers.ctypes.data,
        })  # fmt: skip

    def set(self, **words: int) -> None:
        """Set words of the state."""
        for name, word in words.items():
            self._state[0][name] = word

    def get(self, name: str) -> int:
        """Return a word of the state."""
        return int(self._state[0][name])

    def place(self, row: int) -> Place:
        """Return a place by the number that the hooks gave it."""
        size = CODE_BYTES
        code = self._arrays["place_code"][size * row : size * row + size - 1].tobytes()
        address, base = (int(self._arrays[name][row]) & _WORD for name in ("place_address", "place_base"))
        bits = int(self._arrays["place_bits"][row])
        length = int(self._arrays["place_size"][row]) or decode(code, bits, address).size
        return Place(address, code[:length], bits, mode_of(bits, int(self._arrays["place_cr0"][row])), base)
