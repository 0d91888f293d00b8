"""Drive the processor: the one file that knows Unicorn.

`Cpu` wraps one engine. It runs 16-, 32- and 64-bit code alike: the engine is opened for 64 bits, so that
every register can be read at any time, and the state of the other widths is restored into it from a
context. Registers cross this border as names and integers, memory as bytes, endings as `Ending`.

What the engine does behind one's back, and what is done about it here (each has a test in
``tests/machine/test_cpu.py``):

* Translated code outlives a write by the host: `write` drops the translations it overlaps.
* A hook added late never fires, and a count is ignored on code that was translated without one: hooks
  are followed by a flush, and every run has a count.
* The second fault in the life of an engine is reported as a double fault, the third ends the run
  silently: `reset` restores a context from before any fault.
* 128-bit AVX runs as legacy SSE, RDTSC and RDRAND answer with the host's values: `on_block` tells of
  every block of code before it runs for the first time, so that the machine can guard such addresses.
* To forget some code the engine walks page tables, and marks them: it forgets all code instead, or has paging off.
* Without paging the upper bits of a 64-bit address are dropped: 64-bit code runs under identity paging.

Not modelled: segment limits and types, AVX, A20 masking, alignment checks of SSE.
"""

from __future__ import annotations

import ctypes
import os
from collections.abc import Callable, Iterable, Mapping
from functools import cache, lru_cache, partial
from typing import Any

from allocator.addresses import DESCRIPTORS as DESCRIPTOR_TABLE
from allocator.addresses import PAGE_TABLES, Range
from allocator.errors import MachineError
from allocator.machine import engine_context, engine_state
from allocator.machine.called_state import CALLED, DESCRIPTORS, CalledState, prepare, with_selectors
from allocator.machine.ending import DEFECT, INTERRUPT, INVALID, MISSING, Ending
from allocator.machine.engine_context import Change, EngineContext, Pending
from allocator.machine.engine_layout import EngineLayout
from allocator.machine.processor_state import ProcessorState, SegmentRegister
from allocator.machine.register_batch import RegisterBatch
from allocator.registers import FULL, GENERAL, VECTORS
from allocator.units import PAGE_SIZE

# Else a read of a 64-bit register in 16-bit mode prints a warning each time.
os.environ.setdefault("UC_IGNORE_REG_BREAK", "1")

try:
    import unicorn
    from unicorn import unicorn_const as uc
    from unicorn import x86_const as x86
    from unicorn.unicorn_py3.unicorn import uclib
except (ImportError, OSError) as error:  # pragma: no cover -- a broken installation
    raise MachineError(f"cannot load the Unicorn engine: {error}; try: pip install --force-reinstall unicorn") from None


CODE, READ, WRITE, BLOCK = uc.UC_HOOK_CODE, uc.UC_HOOK_MEM_READ, uc.UC_HOOK_MEM_WRITE, uc.UC_HOOK_BLOCK
READ_AFTER = uc.UC_HOOK_MEM_READ_AFTER

_IDS = {name: getattr(x86, "UC_X86_REG_" + name.upper()) for name in FULL if name != "rflags"}
_IDS["rflags"] = x86.UC_X86_REG_RFLAGS
_PAGING = 1 << 31
_VECTOR_IDS = tuple(getattr(x86, f"UC_X86_REG_XMM{index}") for index in range(VECTORS))
_ACCESSES = {
    uc.UC_MEM_READ_UNMAPPED: "read",
    uc.UC_MEM_WRITE_UNMAPPED: "write",
    uc.UC_MEM_FETCH_UNMAPPED: "fetch",
}
_EFER = 0xC0000080
_PLAIN = frozenset((*GENERAL, "rflags"))


class Cpu:
    """One engine with the memory that is mapped into it.

    ``on_missing(access, address, size)`` is asked when nothing is mapped at a physical address, and says
    whether it mapped it. ``on_block(address, size)`` hears of each block before its first run. Both are called
    while the engine runs.
    """

    def __init__(self, on_missing: Callable[[str, int, int], bool], on_block: Callable[[int, int], bool]) -> None:
        self._engine = unicorn.Uc(uc.UC_ARCH_X86, uc.UC_MODE_64)
        self._handle = self._engine._uch
        self._on_missing = on_missing
        self._on_block = on_block
        self._ending: Ending | None = None
        self._count = 0
        self._native_hooks: set[int] = set()
        self._state: int | None = None  # looked for when it is first asked for
        self._contexts: dict[CalledState, Any] = {}
        self._context = self._engine.context_save()
        self._context_address = int(self._context.context.value)
        self._state_in_context = EngineContext(self._context_address, self._context)
        self._batch = RegisterBatch(uclib.uc_reg_read_batch, self._handle, [_IDS[name] for name in FULL])
        self._vector_batch = RegisterBatch(uclib.uc_reg_read_batch, self._handle, _VECTOR_IDS, words=2)
        self._word = ctypes.c_uint64()
        self._word_pointer = ctypes.byref(self._word)
        self._exits: tuple[int, ...] | None = None
        self._engine.hook_add(uc.UC_HOOK_INTR, self._interrupted)
        self._engine.hook_add(uc.UC_HOOK_MEM_UNMAPPED, self._missed)
        self._engine.hook_add(uc.UC_HOOK_EDGE_GENERATED, self._generated)

    # -- memory: physical addresses --

    def map(self, area: Range, holes: Iterable[Range] = ()) -> None:
        """Put zeroed memory at `area`, whose ends are multiples of 2 MiB, but for `holes` in it, multiples of 4 KiB.

        With areas of other sizes the engine takes the first stores to some of them for stores to code, and
        reports and counts them twice.
        """
        self._engine.mem_map(area.start, area.size)
        for hole in holes:
            self._engine.mem_unmap(hole.start, hole.size)

    def read(self, address: int, size: int) -> bytes:
        """Return `size` bytes from physical `address`; raises MachineError where nothing is mapped."""
        buffer = ctypes.create_string_buffer(size)
        self.read_into(address, buffer)
        return buffer.raw

    def read_into(self, address: int, buffer: ctypes.Array[ctypes.c_char]) -> None:
        """Fill `buffer` likewise: room for much of it is better used again than made anew."""
        # Not through the binding, which copies twice more.
        size = len(buffer)
        code = uclib.uc_mem_read(self._handle, ctypes.c_uint64(address), buffer, ctypes.c_size_t(size))
        if code != uc.UC_ERR_OK:
            raise MachineError(f"no memory at {address:#x}..{address + size:#x}: {unicorn.UcError(code)}")

    def write(self, address: int, data: bytes) -> None:
        """Store `data` at physical `address`, and forget what was translated from there."""
        try:
            self._engine.mem_write(address, data)
        except unicorn.UcError as error:
            raise MachineError(f"no memory at {address:#x}..{address + len(data):#x}: {error}") from None
        if self.has_tables_of_program:
            self.flush_translations()
        else:
            self._engine.ctl_remove_cache(address, address + max(1, len(data)))

    def push(self, address: int, data: bytes) -> None:
        """Store `data` where no code lies: as `write`, at a fifth of its cost."""
        uclib.uc_mem_write(self._handle, address, data, len(data))

    # -- registers --

    def registers(self) -> bytes:
        """Return all registers of `FULL`, in that order, as 64-bit little-endian words."""
        return self._batch.read()

    def vectors(self) -> bytes:
        """Return XMM0 to XMM15, 16 little-endian bytes each."""
        return self._vector_batch.read()

    def hidden_segments(self) -> engine_state.HiddenSegments:
        """Return the width of the code that runs and the segments' bases, as they are; also from within a hook."""
        uclib.uc_context_save(self._handle, self._context_address)
        return engine_state.read_hidden_segments(self._context_address + engine_state.CONTEXT_HEADER)

    def get(self, name: str) -> int:
        """Return the full register `name`."""
        self._word.value = 0
        uclib.uc_reg_read(self._handle, _IDS[name], self._word_pointer)
        return self._word.value

    def set(self, name: str, value: int) -> None:
        """Set the full register `name`; a selector loads its descriptor."""
        self._word.value = value
        uclib.uc_reg_write(self._handle, _IDS[name], self._word_pointer)

    def reset(self, state: CalledState, given: Mapping[str, int]) -> None:
        """Put every register, SIMD and x87 included, into the state in which a routine is called.

        ``given`` are full registers that get other values than that state's. Raises MachineError for a
        selector that is none.
        """
        if not given.keys() <= _PLAIN:
            state, given = with_selectors(state, given)
        context = self._contexts.get(state) or self._called_context(state)
        uclib.uc_context_restore(self._handle, context.context)
        for name, value in given.items():
            self._word.value = value
            uclib.uc_reg_write(self._handle, _IDS[name], self._word_pointer)

    def _called_context(self, state: CalledState) -> Any:  # noqa: ANN401 -- the engine's own context object
        prepare(self, state)
        context = self._engine.context_save()
        self.flush_addresses()
        if state.origin == CALLED:  # the others are not called again and again, or not from the same state
            self._contexts[state] = context
            self.flush_translations()
        return context

    def save(self) -> object:
        """Return all registers and the pending exception state, for `restore`; of this engine or another."""
        return self._engine.context_save()

    def restore(self, saved: Any) -> None:  # noqa: ANN401 -- the engine's own context object
        """Bring back what `save` returned."""
        self._engine.context_restore(saved)
        self.flush_addresses()

    def flush_addresses(self) -> None:
        """Forget cached address translations, as a reload of CR3 does."""
        self._engine.ctl(uc.UC_CTL_TLB_FLUSH, uc.UC_CTL_IO_WRITE)

    def load_segments(self, bits: int, selectors: Mapping[str, int]) -> None:
        """Begin anew in the state after a reset, in `bits`-bit code, with these selectors.

        Raises MachineError for a selector that is none.
        """
        self._engine.context_restore(_segmented_context(bits, tuple(selectors.items())))

    def set_vector_table(self, base: int, limit: int) -> None:
        """Load IDTR."""
        self._engine.reg_write(x86.UC_X86_REG_IDTR, (0, base, limit, 0))

    def set_efer(self, value: int) -> None:
        """Set EFER."""
        self._engine.msr_write(_EFER, value)

    # -- the whole state --

    def state(self) -> ProcessorState:
        """Return the processor's state with the hidden parts of its segments; also from within a hook."""
        return self._saved().state(self.get("rflags"))

    def pending(self) -> Pending:
        """Return what the engine keeps of the interrupt or exception that it stopped for."""
        return self._saved().pending

    def apply(self, change: Change) -> None:
        """Take the processor elsewhere, between two runs; no exception is pending after that."""
        context = self._saved()
        context.apply(change)
        uclib.uc_context_restore(self._handle, self._context_address)

    def load_segment(self, name: str, segment: SegmentRegister) -> None:
        """Load a data segment register, hidden part and all; also from within a hook on code."""
        context = self._saved()
        context.set_segment(name, segment)
        uclib.uc_context_restore(self._handle, self._context_address)

    def set_counter(self, offset: int) -> None:
        """Set the instruction pointer from within a hook on memory, where writing the register would end the run."""
        self._saved().set_counter(offset)
        uclib.uc_context_restore(self._handle, self._context_address)

    def _saved(self) -> EngineContext:
        _verify_layout()
        uclib.uc_context_save(self._handle, self._context_address)
        return self._state_in_context

    # -- running --

    def run(self, begin: int, until: int, count: int) -> Ending | None:
        """Execute from `begin` until `until` is reached, at most `count` units; None unless the guest broke off.

        One unit is one instruction or one iteration of REP. Addresses are linear, except that in real mode
        `begin` is an offset in CS.
        """
        self._ending = None
        self._count = count
        code = uclib.uc_emu_start(self._handle, begin, until, 0, count)
        if self._engine._hook_exception is not None:  # what a hook in Python raised, Ctrl-C included
            failure, self._engine._hook_exception = self._engine._hook_exception, None
            raise failure
        if code == uc.UC_ERR_OK:
            return self._ending
        return self._translate_error(code)

    def exit_at(self, *addresses: int) -> None:
        """End runs at these linear addresses only, whatever they are given: for code with page tables of its own.

        At the end of a run the engine looks for the address that it was given in the page tables, and where it is
        not mapped that changes CR2. An exit of this kind it does not look for.
        """
        if addresses != self._exits:
            self._engine.ctl_exits_enabled(True)
            self._engine.ctl_set_exits(list(addresses))
            self._exits = addresses
            self.flush_translations()

    def units_run(self, most: int) -> int:
        """Return how many units the last run with a count made; `most` where the engine does not tell."""
        ran = engine_state.read_counter(self._handle.value, self._count) if self._count else None
        return most if ran is None else min(ran, self._count)

    def stop(self) -> None:
        """End the run that is under way, from a hook or from another thread."""
        uclib.uc_emu_stop(self._handle)

    def _translate_error(self, code: int) -> Ending:
        invalid = Ending(INVALID) if code == uc.UC_ERR_INSN_INVALID else None
        return self._ending or invalid or Ending(DEFECT, access=str(unicorn.UcError(code)))

    def _interrupted(self, _engine: object, vector: int, _data: object) -> None:
        self._ending = Ending(INTERRUPT, vector)
        self.stop()

    def _missed(self, _engine: object, kind: int, address: int, size: int, _value: int, _data: object) -> bool:
        access = _ACCESSES[kind]
        if self._on_missing(access, address, size):
            return True
        self._ending = Ending(MISSING, None, access, address, size)
        return False

    def _generated(self, _engine: object, block: Any, _previous: object, _data: object) -> None:  # noqa: ANN401
        if self._on_block(block.pc, block.size):
            self.stop()

    # -- hooks --

    def watch(self, kind: int, callback: Callable[..., object], begin: int = 1, end: int = 0) -> int:
        """Call `callback` for every event of `kind` between linear addresses `begin` and `end`, inclusive."""
        return int(self._engine.hook_add(kind, callback, None, begin, end))

    def watch_ports(self, read: Callable[[int, int], int], write: Callable[[int, int, int], None]) -> None:
        """Answer IN by `read(port, size)` and OUT by `write(port, size, value)`."""
        add = partial(self._engine.hook_add, uc.UC_HOOK_INSN)
        add(lambda _e, port, size, _data: read(port, size), None, 1, 0, x86.UC_X86_INS_IN)
        add(lambda _e, port, size, value, _data: write(port, size, value), None, 1, 0, x86.UC_X86_INS_OUT)

    def attach(self, kind: int, function: int, user: int, begin: int = 1, end: int = 0) -> int:
        """Let native code at address `function` hear of every event of `kind`, with the pointer `user`."""
        handle = ctypes.c_size_t()
        code = uclib.uc_hook_add(
            self._handle, ctypes.byref(handle), kind, ctypes.c_void_p(function), ctypes.c_void_p(user),
            ctypes.c_uint64(begin), ctypes.c_uint64(end),
        )  # fmt: skip
        if code != uc.UC_ERR_OK:
            raise MachineError(f"the engine refused a hook: {unicorn.UcError(code)}")
        self._native_hooks.add(handle.value)
        return handle.value

    def layout(self, by_pointer: bool = True) -> EngineLayout:
        """Return what native code needs; ``by_pointer`` asks for the state's address where it can be verified."""
        if by_pointer and self._state is None:
            kept = self.save()
            self._state = engine_state.find_state(self._handle.value, self._probe)
            self.restore(kept)
        return EngineLayout(
            handle=self._handle.value,
            state=self._state or 0 if by_pointer else 0,
            read_registers=_address_of(uclib.uc_reg_read_batch),
            read_register=_address_of(uclib.uc_reg_read),
            read_memory=_address_of(uclib.uc_mem_read),
            stop=_address_of(uclib.uc_emu_stop),
            general_ids=tuple(_IDS[name] for name in GENERAL),
            system_ids=tuple(_IDS[name] for name in FULL[FULL.index("rflags") + 1 :]),
            vector_ids=_VECTOR_IDS,
            flags_id=_IDS["rflags"],
            save_context=_address_of(uclib.uc_context_save),
            restore_context=_address_of(uclib.uc_context_restore),
            context=self._context_address,
            read_linear=_address_of(uclib.uc_vmem_read),
            translate=_address_of(uclib.uc_vmem_translate),
        )

    def _probe(self, values: tuple[int, ...]) -> None:
        for name, value in zip(GENERAL, values, strict=True):
            self.set(name, value)

    def detach(self, handle: int) -> None:
        """Take off what `watch` or `attach` put on."""
        kept = self.save() if self.has_tables_of_program else None
        if kept:
            self.set("cr0", self.get("cr0") & ~_PAGING)
        if handle in self._native_hooks:  # the binding knows its own hooks only
            self._native_hooks.remove(handle)
            uclib.uc_hook_del(self._handle, ctypes.c_size_t(handle))
        else:
            self._engine.hook_del(handle)
        if kept:
            self.restore(kept)

    @property
    def has_tables_of_program(self) -> bool:
        """Whether page tables of a program count: to forget some code the engine walks them, and marks them."""
        return self.get("cr3") != PAGE_TABLES.start and bool(self.get("cr0") & _PAGING)

    def flush_translations(self) -> None:
        """Have all code translated anew, as hooks that came or went require."""
        self._engine.ctl_flush_tb()


def _address_of(function: Any) -> int:  # noqa: ANN401 -- a function of a C library
    return ctypes.cast(function, ctypes.c_void_p).value or 0


@lru_cache(maxsize=256)
def _segmented_context(bits: int, segments: tuple[tuple[str, int], ...]) -> Any:  # noqa: ANN401 -- the engine's object
    # Only an engine of the code's own width loads a descriptor, or a real-mode base, when a selector is set.
    mode = {16: uc.UC_MODE_16, 32: uc.UC_MODE_32, 64: uc.UC_MODE_64}[bits]
    engine = unicorn.Uc(uc.UC_ARCH_X86, mode)
    if bits != 16:
        engine.mem_map(DESCRIPTOR_TABLE.start, DESCRIPTOR_TABLE.size)
        engine.mem_write(DESCRIPTOR_TABLE.start, DESCRIPTORS)
        engine.reg_write(x86.UC_X86_REG_GDTR, (0, DESCRIPTOR_TABLE.start, len(DESCRIPTORS) - 1, 0))
    for name, selector in segments:
        try:
            engine.reg_write(_IDS[name], selector)
        except unicorn.UcError:
            raise MachineError(f"{selector:#x} is not a selector that {name} can hold") from None
    return engine.context_save()


@cache
def _verify_layout() -> None:
    engine = unicorn.Uc(uc.UC_ARCH_X86, uc.UC_MODE_16)
    engine.mem_map(0, PAGE_SIZE)
    engine.mem_write(engine_context.PROBE_CODE.start, engine_context.PROBE)
    engine.hook_add(uc.UC_HOOK_INTR, lambda running, _vector, _data: running.emu_stop())
    engine.emu_start(engine_context.PROBE_CODE.start, engine_context.PROBE_CODE.end + 1, 0, 1)
    for name, value in engine_context.PROBED.items():
        engine.reg_write(getattr(x86, "UC_X86_REG_" + name.upper()), value)
    for name, table in engine_context.PROBED_TABLES.items():
        engine.reg_write(getattr(x86, "UC_X86_REG_" + name.upper()), (0, *table, 0))
    saved = engine.context_save()
    if not engine_context.is_as_probed(EngineContext(int(saved.context.value), saved)):
        message = f"version {unicorn.__version__} of the Unicorn engine keeps its state where nobody expects it"
        raise MachineError(f"{message}; for interrupts and booting try: pip install unicorn==2.1.4")
