"""Call numbers what a person would call them: symbols, the stack, the caller's registers, pages.

    0x12001f          os_MemoryMap+0x1f
    0x100038          os_mem_allocate.next
    0x1efef0          stack-0x8            from where the stack pointer was at the first instruction
    0x1f0800          return address       of the called routine
    0xc0ffeebad07777  caller's rsi         what RSI held at the start
    9, 0x20           any other number     decimal below ten, where both are the same
    0xff859           bios int 15h         in a boot: what the firmware has there (`firmware_names`)

A number that only looks like an address is named like one: a name helps to read, and the number itself is in
the machine-readable formats.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from allocator.addresses import MACHINE_SYMBOLS, PAGE_MAP, RETURN_ADDRESS, RETURN_OFFSET_16, STACK, STACK_16, Range
from allocator.machine.page_map import state_name
from allocator.machine.run import Run
from allocator.registers import GENERAL
from allocator.units import FRAME_SIZE
from allocator.views.firmware_names import DATA, ROM, VECTORS, firmware_name, is_boot

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

_SMALLEST_NAMED = 0x1000
_SMALLEST_UNMISTAKABLE = 1 << 40
_NAMED_CELLS = ("os_MemAmount", "os_StackBase")
_VARIABLE_SIZE = 4
_NOWHERE = Range(0, 0)


class Names:
    """The names of one run."""

    def __init__(self, run: Run) -> None:
        self._image = run.image
        symbols = {**MACHINE_SYMBOLS, **run.image.symbols}
        self.page_map = Range(symbols["os_MemoryMap"], symbols["os_MemoryMap"] + PAGE_MAP.size)
        self._cells = {symbols[name]: name for name in _NAMED_CELLS}
        self._is_16_bit = run.image.bits_at(run.entry) == 16
        self._is_boot = is_boot(run)
        self._stack = _NOWHERE if self._is_boot else STACK_16 if self._is_16_bit else STACK
        self.stack_start = run.before.rsp
        self._callers = _callers(run)

    def address(self, address: int) -> str:
        """Return what lies at `address`, or the address itself."""
        return self.known(address) or f"{address:#x}"

    def value(self, value: int) -> str:
        """Return what `value` means, or the number."""
        if value < 10:
            return str(value)
        if self._is_16_bit and value == RETURN_OFFSET_16 and not self._is_boot:
            return "return address"
        name = self._callers.get(value) or (self.known(value) if value >= _SMALLEST_NAMED else None)
        return name or f"{value:#x}"

    def pages(self, address: int, size: int) -> str:
        """Return the pages whose states lie in these bytes of the page map."""
        return page_range(address - self.page_map.start, size)

    def is_stack(self, address: int) -> bool:
        """Tell whether `address` is called by its distance on the stack."""
        return Names.address(self, address).startswith("stack")

    def may_have_name(self, values: npt.NDArray[np.uint64]) -> npt.NDArray[np.bool_]:
        """Tell which of many values `value` and `address` have to be asked for: the others are plain numbers."""
        import numpy as np

        asked: npt.NDArray[np.bool_] = values < np.uint64(10)
        ranges = [(segment.start, segment.end) for segment in self._image.segments]
        ranges += [(start - FRAME_SIZE, end + FRAME_SIZE) for start, end in (self.page_map, self._stack)]
        ranges += [VECTORS, DATA, ROM] if self._is_boot else []
        ranges += [(cell, cell + _VARIABLE_SIZE) for cell in self._cells]
        ranges += [(value, value + 1) for value in (RETURN_ADDRESS, RETURN_OFFSET_16, *self._callers)]
        for start, end in ranges:
            asked |= (values >= np.uint64(max(0, start))) & (values <= np.uint64(min(end, 1 << 64) - 1))
        return asked

    def known(self, address: int) -> str | None:
        """Return the name of `address`, or None where it has none."""
        location = self._image.locate(address)
        if location:
            return str(location)
        if address == RETURN_ADDRESS:
            return "return address"
        own = self._variable(address) or self._stack_name(address)
        return own or (firmware_name(address) if self._is_boot else None)

    def _variable(self, address: int) -> str | None:
        start, end = self.page_map
        if start - FRAME_SIZE <= address < end + FRAME_SIZE:
            return f"os_MemoryMap{_distance(address - start)}"
        for cell, name in self._cells.items():
            if cell <= address < cell + _VARIABLE_SIZE:
                return f"{name}{_distance(address - cell)}"
        return None

    def _stack_name(self, address: int) -> str | None:
        if self._stack.start - FRAME_SIZE <= address < self._stack.end:
            return f"stack{_distance(address - self.stack_start)}"
        return None


def _distance(offset: int) -> str:
    return f"{offset:+#x}" if offset else ""


def _callers(run: Run) -> dict[int, str]:
    """Return the values that only one register can have brought, with whose they are."""
    found: dict[int, str] = {}
    for name in GENERAL:
        value = run.before[name]
        if value >= _SMALLEST_UNMISTAKABLE and name != "rsp":
            found[value] = f"caller's {name}"
            if run.image.bits_at(run.entry) == 32:
                found[value & 0xFFFFFFFF] = f"caller's e{name[1:]}"
    return found


def page_states(states: bytes) -> str:
    """Return the state that all these bytes of the page map have, or the bytes."""
    if states and states.count(states[0]) == len(states):
        return state_name(states[0])
    return states.hex(" ")


def page_range(first: int, count: int) -> str:
    """Return ``page 31`` or ``pages 29-31``, the last one included."""
    return f"page {first}" if count == 1 else f"pages {first}-{first + count - 1}"
