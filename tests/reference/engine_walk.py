"""Ask the engine itself how it translates: real accesses by real instructions, over page tables made elsewhere.

The code that makes the access has tables of its own, which hang in one entry of the root that no random address
meets. The engine's binding is used as it comes, without anything of the package.
"""

from __future__ import annotations

import ctypes
from collections.abc import Mapping
from typing import Any, NamedTuple

import unicorn
from reference.page_walk import Rules
from unicorn import unicorn_const as uc
from unicorn import x86_const as x86
from unicorn.unicorn_py3.unicorn import uclib

WINDOW = 0x400000
CODE_TABLES, CODE = 0x100000, 0x110000
CODE_SLOT = {"32-bit": 100, "PAE": 3, "4-level": 100}
_SHIFTS = {"32-bit": (22, 12), "PAE": (30, 21, 12), "4-level": (39, 30, 21, 12)}
INSTRUCTIONS = {"read": b"\x8a\x07", "write": b"\x88\x07", "fetch": b""}
_HFLAGS, _ERROR_CODE, _HEADER = 176, 0x1508, 40
MARK = 0x5A


class Answer(NamedTuple):
    """What an access did: physical address or None, vector and error code of a fault, or the engine's own error."""

    physical: int | None
    vector: int | None = None
    error_code: int | None = None
    engine_error: int = 0


class EngineWalk:
    """An engine for one mode of paging."""

    def __init__(self, mode: str) -> None:
        self.mode = mode
        width = uc.UC_MODE_64 if mode == "4-level" else uc.UC_MODE_32
        self.engine = unicorn.Uc(uc.UC_ARCH_X86, width)
        for window in range(0, WINDOW, 0x200000):
            self.engine.mem_map(window, 0x200000)
        self._vector: int | None = None
        self._code = 0
        self._fetched = False
        self.engine.hook_add(uc.UC_HOOK_INTR, self._interrupted)
        self.engine.hook_add(uc.UC_HOOK_CODE, self._began)
        for offset, code in ((0, INSTRUCTIONS["read"]), (16, INSTRUCTIONS["write"])):
            self.engine.mem_write(CODE + offset, code)
        self._states: dict[bool, Any] = {}
        self._plain = self.engine.context_save()

    def _interrupted(self, engine: unicorn.Uc, vector: int, _data: object) -> None:
        self._vector, self._code = vector, self._error_code()  # which the engine forgets when the run ends
        engine.emu_stop()

    def _began(self, engine: unicorn.Uc, address: int, _size: int, _data: object) -> None:
        if address == self._wanted:
            self._fetched = True
            engine.emu_stop()

    def load(self, rules: Rules, frames: Mapping[int, bytes]) -> None:
        """Turn paging on over `frames`, as `rules` say."""
        engine = self.engine
        engine.context_restore(self._plain)
        self._wanted = -1
        self.frames = dict(frames)
        self._hang_code(rules.root)
        for address, data in self.frames.items():
            engine.mem_write(address, data)
        is_long = self.mode == "4-level"
        pae = self.mode != "32-bit"
        engine.reg_write(x86.UC_X86_REG_CR4, 0x10 * rules.pse | 0x20 * pae | rules.smep << 20)
        engine.msr_write(0xC0000080, 0x800 * rules.nxe | 0x500 * is_long)
        engine.reg_write(x86.UC_X86_REG_CR3, rules.root)
        engine.reg_write(x86.UC_X86_REG_CR0, 0x80000011 | rules.wp << 16)
        self._states = {is_user: self._state(is_user) for is_user in (False, True)}

    def _state(self, is_user: bool) -> Any:
        context = self.engine.context_save()
        hflags = ctypes.c_uint32.from_address(context.context.value + _HEADER + _HFLAGS)
        hflags.value = hflags.value & ~3 | 3 * is_user
        return context

    def _hang_code(self, root: int) -> None:
        size = 4 if self.mode == "32-bit" else 8
        shifts = _SHIFTS[self.mode]
        slot = CODE_SLOT[self.mode]
        for depth in range(1, len(shifts)):
            table = CODE_TABLES + 0x1000 * (depth - 1)
            below = CODE if depth == len(shifts) - 1 else table + 0x1000
            self.frames[table] = (below | 0x67).to_bytes(size, "little").ljust(4096, b"\0")
        # The same code once more, for the kernel alone: with SMEP it runs no user page.
        kernel_too = self.frames[table][:size] + (CODE | 0x63).to_bytes(size, "little")
        self.frames[table] = kernel_too.ljust(4096, b"\0")
        frame, offset = root & ~0xFFF, (root & 0xFFF) + slot * size
        data = bytearray(self.frames[frame])
        flags = 0x1 if self.mode == "PAE" else 0x27
        data[offset : offset + size] = (CODE_TABLES | flags).to_bytes(size, "little")
        self.frames[frame] = bytes(data)
        self.code = slot << shifts[0]

    def access(self, kind: str, address: int, is_user: bool) -> Answer:
        """Make the access, and say how it went."""
        engine = self.engine
        engine.context_restore(self._states[is_user])
        engine.ctl(uc.UC_CTL_TLB_FLUSH, uc.UC_CTL_IO_WRITE)
        engine.ctl_flush_tb()
        self._vector, self._fetched = None, False
        self._wanted = address if kind == "fetch" else -1
        engine.reg_write(x86.UC_X86_REG_RDI if self.mode == "4-level" else x86.UC_X86_REG_EDI, address)
        engine.reg_write(x86.UC_X86_REG_EAX, MARK)
        code = self.code + (0 if is_user else 0x1000) + (16 if kind == "write" else 0)
        begin = address if kind == "fetch" else code
        error = 0
        try:
            engine.emu_start(begin, code + 8, count=1)
        except unicorn.UcError as failure:
            error = failure.errno
        if self._vector is not None:
            return Answer(None, self._vector, self._code, error)
        return Answer(self._physical(kind, address), engine_error=error)

    def _error_code(self) -> int:
        context = self.engine.context_save()
        return ctypes.c_int32.from_address(context.context.value + _HEADER + _ERROR_CODE).value

    def _physical(self, kind: str, address: int) -> int | None:
        wanted = {"read": uc.UC_PROT_READ, "write": uc.UC_PROT_WRITE, "fetch": uc.UC_PROT_EXEC}[kind]
        found = ctypes.c_uint64()
        code = uclib.uc_vmem_translate(self.engine._uch, ctypes.c_uint64(address), wanted, ctypes.byref(found))
        return found.value if code == uc.UC_ERR_OK else None

    def changes(self) -> dict[int, bytes]:
        """Return the frames that differ from those loaded, and put those back."""
        changed = {}
        for address, data in self.frames.items():
            now = bytes(self.engine.mem_read(address, 4096))
            if now != data:
                changed[address] = now
                self.engine.mem_write(address, data)
        return changed
