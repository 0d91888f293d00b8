"""Let a machine be watched: call whoever watches for every instruction, and show what the processor holds just then.

    with machine.stepping(step):            step(address, size) before each instruction, REP once
    with machine.watching(step, access):    for everything that the engine reports, in Python
    with machine.watching_natively(...):    the same in native code; `Watcher` is told around it
    with machine.listening(...):            native code, beside whoever watches

Hooks come off when nobody watches, and code is translated anew on both occasions: a machine that is not watched has
full speed. Nothing here changes what the machine does, `set_counter` apart.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager

from allocator.machine.cpu import CODE, READ, WRITE
from allocator.machine.engine_layout import EngineLayout
from allocator.machine.engine_state import HiddenSegments
from allocator.machine.executor import Executor
from allocator.machine.explainable import Explainable
from allocator.machine.processor_state import ProcessorState
from allocator.machine.steps import StepFilter
from allocator.machine.watcher import Watcher


class Watchable(Explainable):
    """A processor with its memory, for who watches it."""

    def __init__(self, executor: Executor) -> None:
        self._executor = executor
        self._cpu = executor.cpu
        self._memory = executor.memory

    # -- being watched --

    @contextmanager
    def watching(
        self,
        step: Callable[[int, int], None],
        access: Callable[[bool, int, int, int], None] | None = None,
        hear_of_access: Callable[[str, str, int, int, bytes, bytes], None] | None = None,
    ) -> Iterator[None]:
        """While this is open, call `step(address, size)` before each thing that the engine executes.

        That is what the engine reports, repetitions included (see `StepFilter`). ``access(is_write, address,
        size, value)`` hears of each access to memory before it happens, with its physical address, and
        ``hear_of_access`` of those that the machine makes by itself (see `Watcher`).
        """
        hooks: list[tuple[int, Callable[..., None]]] = [
            (CODE, lambda _engine, address, size, _data: step(address, size))
        ]
        if access:
            hooks.append((READ, lambda _e, _k, address, size, _v, _d: access(False, address, size, 0)))
            hooks.append((WRITE, lambda _e, _k, address, size, value, _d: access(True, address, size, value)))
        with self._watched(_PlainWatcher(hear_of_access), [self._cpu.watch(kind, hook) for kind, hook in hooks]):
            yield

    @contextmanager
    def stepping(self, step: Callable[[int, int], None]) -> Iterator[None]:
        """While this is open, call `step(address, size)` once before each instruction; REP counts as one."""
        new = StepFilter(self._executor.peek_code)

        def filtered(address: int, size: int) -> None:
            if new.is_new(address, size, self.bits):
                step(address, size)

        with self.watching(filtered):
            yield

    @contextmanager
    def watching_natively(self, watcher: Watcher, hooks: Iterable[tuple[int, int]], user: int) -> Iterator[None]:
        """While this is open, let native code hear of every event, and `watcher` take in what it wrote.

        ``hooks`` are kinds of events and addresses of functions, which are called with the pointer `user`.
        """
        with self._watched(watcher, [self._cpu.attach(kind, function, user) for kind, function in hooks]):
            yield

    @contextmanager
    def listening(self, hooks: Iterable[tuple[int, int, int, int]], user: int) -> Iterator[None]:
        """While this is open, let native code hear of events, beside whoever watches.

        ``hooks`` are kinds of events, addresses of functions, and the first and last address of interest (1, 0: all).
        """
        with self._hooked([self._cpu.attach(kind, hook, user, first, last) for kind, hook, first, last in hooks]):
            yield

    @contextmanager
    def _watched(self, watcher: Watcher, handles: list[int]) -> Iterator[None]:
        self._executor.watcher = watcher
        try:
            with self._hooked(handles):
                yield
        finally:
            self._executor.watcher = None

    @contextmanager
    def _hooked(self, handles: list[int]) -> Iterator[None]:
        self._executor.guards.renew()  # a watcher sees an instruction before a guard answers in its place
        self._cpu.flush_translations()
        try:
            yield
        finally:
            for handle in handles:
                self._cpu.detach(handle)
            self._cpu.flush_translations()

    # -- what a watcher looks at --

    @property
    def bits(self) -> int:
        """The width of the code that runs, or ran last."""
        return self._executor.bits

    def forget_translations(self) -> None:
        """Have the engine translate all code anew; see `Cpu.flush_translations`."""
        self._cpu.flush_translations()

    def engine_layout(self, by_pointer: bool = True) -> EngineLayout:
        """Return what native code needs to know of the engine; see `Cpu.layout`."""
        return self._cpu.layout(by_pointer)

    def registers_now(self) -> bytes:
        """Return the registers as they are, packed in the order of `registers.FULL`; also from within a hook."""
        return self._cpu.registers()

    def vectors_now(self) -> bytes:
        """Return XMM0 to XMM15 as they are, 16 bytes each; also from within a hook."""
        return self._cpu.vectors()

    def hidden_segments(self) -> HiddenSegments:
        """Return the width of the code that runs and the segments' bases, as they are; likewise."""
        return self._cpu.hidden_segments()

    def system_state(self) -> ProcessorState:
        """Return what the processor holds of segments, tables and privilege, hidden parts included; likewise."""
        return self._cpu.state()

    def set_counter(self, offset: int) -> None:
        """Set the instruction pointer from within a hook on memory, for who repairs what the hook broke."""
        self._cpu.set_counter(offset)

    def peek(self, address: int, size: int) -> bytes | None:
        """Return physical memory, or None where there is none; for recorders, from within a hook."""
        return self._memory.peek(address, size)

    def read_physical(self, address: int, size: int) -> bytes:
        """Return as many bytes of physical memory as there are, the sandbox's own page tables included."""
        return self._executor.peek_physical(address, size)

    def peek_code(self, address: int, size: int) -> bytes:
        """Return as many of `size` bytes of code as there are from linear `address` on; likewise."""
        return self._executor.peek_code(address, size)


class _PlainWatcher(Watcher):
    """Hooks in Python: the engine counts for them."""

    slice_units = 50_000

    def __init__(self, hear: Callable[[str, str, int, int, bytes, bytes], None] | None) -> None:
        self._hear = hear

    def hear_of_access(  # noqa: PLR0917 -- as in `Watcher`
        self, by: str, kind: str, address: int, physical: int, before: bytes, after: bytes
    ) -> None:
        """Pass it on."""
        if self._hear:
            self._hear(by, kind, address, physical, before, after)
