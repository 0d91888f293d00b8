"""Use the engine as its tutorials do, and as prepared ctypes do: what we are measured against."""

from __future__ import annotations

import ctypes

import unicorn
from unicorn import unicorn_const as uc
from unicorn import x86_const as x86
from unicorn.unicorn_py3.unicorn import uclib

from allocator import Image
from allocator.registers import GENERAL

RETURN = 0x1F0800
STACK = 0x1EFEF8
REGISTERS = [
    *[getattr(x86, "UC_X86_REG_" + name.upper()) for name in GENERAL],
    x86.UC_X86_REG_RIP,
    x86.UC_X86_REG_RFLAGS,
]


class RawEngine:
    """An engine with an image in memory, and nothing between it and whoever uses it."""

    def __init__(self, image: Image, entry: str) -> None:
        self.engine = unicorn.Uc(uc.UC_ARCH_X86, uc.UC_MODE_64)
        self.engine.mem_map(0x100000, 0x100000)
        for segment in image.segments:
            self.engine.mem_write(segment.start, segment.data)
        self.entry = image.symbols[entry]
        count = len(REGISTERS)
        self._ids = (ctypes.c_int * count)(*REGISTERS)
        self._values = (ctypes.c_uint64 * count)()
        base = ctypes.addressof(self._values)
        self._pointers = (ctypes.c_void_p * count)(*[base + 8 * index for index in range(count)])
        self._return = RETURN.to_bytes(8, "little")
        self.steps: list[list[int]] = []

    def call_prepared(self, rcx: int) -> int:
        """Write all registers, push, start, read all registers, by prepared ctypes calls; return RAX."""
        handle, values, count = self.engine._uch, self._values, len(REGISTERS)
        values[1], values[4], values[17] = rcx, STACK, 2
        uclib.uc_mem_write(handle, STACK, self._return, 8)
        uclib.uc_reg_write_batch(handle, self._ids, self._pointers, count)
        uclib.uc_emu_start(handle, self.entry, RETURN, 0, 0)
        uclib.uc_reg_read_batch(handle, self._ids, self._pointers, count)
        return int(values[0])

    def run(self) -> None:
        """Call the routine once, through the binding."""
        self.engine.mem_write(STACK, self._return)
        self.engine.reg_write(x86.UC_X86_REG_RSP, STACK)
        self.engine.emu_start(self.entry, RETURN)

    def trace_as_tutorials_do(self) -> None:
        """Hook every instruction in Python and read its registers one by one through the binding."""
        self.engine.hook_add(uc.UC_HOOK_CODE, self._keep)

    def _keep(self, engine: unicorn.Uc, address: int, _size: int, _data: object) -> None:
        self.steps.append([address, *[engine.reg_read(number) for number in REGISTERS]])
