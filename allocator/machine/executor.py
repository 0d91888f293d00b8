"""Execute a prepared call on the processor, within a limit, with Ctrl-C that works.

A short run happens in place. What is left after that goes to a thread, so that Ctrl-C arrives here, where it
can stop the engine, instead of inside the engine or a hook, where it would be lost.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping

from allocator.assembly.image import Image
from allocator.machine import endings
from allocator.machine.cpu import Cpu, Ending
from allocator.machine.endings import StopMaker
from allocator.machine.entry import Entry
from allocator.machine.guards import Guards
from allocator.machine.memory import Memory
from allocator.machine.run import Stop
from allocator.registers import FULL

_INLINE = 50_000
"""Units that run in place: about a millisecond."""
_SLICE = 2_000_000
"""Units between two looks at whether the run was interrupted."""
_RIP = slice(8 * FULL.index("rip"), 8 * FULL.index("rip") + 8)
_CS = slice(8 * FULL.index("cs"), 8 * FULL.index("cs") + 2)
_CR0 = 8 * FULL.index("cr0")


class Executor:
    """The processor with its memory and its guards."""

    def __init__(self, image: Image, make_memory: Callable[[Cpu], Memory]) -> None:
        self.cpu = Cpu(self._on_missing, self._on_block)
        self.memory = make_memory(self.cpu)
        self.guards = Guards(self.cpu, self.memory)
        self.bits = image.bits
        self.is_watched = False
        self._interrupted = False
        self.guards.scan_image(image)

    def execute(
        self, entry: Entry, registers: Mapping[str, int], limit: int, find_last: Callable[[], int]
    ) -> tuple[bytes, Stop]:
        """Run `entry` with full `registers`; return the packed registers after it, and why it ended."""
        cpu = self.cpu
        self.bits = entry.bits
        self.guards.begin(entry.bits)
        cpu.reset(entry.bits, entry.code_selector, entry.stack_pointer, registers)
        cpu.push(entry.stack_pointer, entry.frame)
        inline = 0 if self.is_watched else min(limit, _INLINE)
        ending = cpu.run(entry.begin, entry.until, inline) if inline else None
        after = cpu.registers()
        if ending is None and self.linear(after) != entry.until:
            ending = self._go_on(entry, limit, inline)
            after = cpu.registers()
        return after, self._stop(entry, ending, after, limit, find_last)

    def _stop(
        self, entry: Entry, ending: Ending | None, after: bytes, limit: int, find_last: Callable[[], int]
    ) -> Stop:
        address = self.linear(after)
        if ending is None and address == entry.until:
            return Stop(endings.RETURNED, f"{entry.name} returned to its caller", find_last)
        if self.guards.stop:
            return self.guards.stop
        if ending is not None:
            return StopMaker(self.memory, self.bits, find_last).explain(ending, address, self.cpu.get("cr2"))
        if self._interrupted:
            return Stop(endings.INTERRUPTED, "stopped by Ctrl-C", lambda: address)
        return Stop(endings.LIMIT, f"still running after {limit:,} instructions, REP iterations included", lambda: address)

    def _go_on(self, entry: Entry, limit: int, done: int) -> Ending | None:
        if self.guards.stop:
            return None
        begin = self.cpu.get("rip") if done else entry.begin
        course = _Course(self, begin, entry.until, limit - (1 if self.guards.are_new else done))
        self._interrupted = course.run_interruptibly()
        return course.ending

    def linear(self, packed: bytes) -> int:
        """Return the linear address of the next instruction, from packed registers."""
        counter = int.from_bytes(packed[_RIP], "little")
        if self.bits == 16 and not packed[_CR0] & 1:
            return (int.from_bytes(packed[_CS], "little") << 4) + counter
        return counter

    def _on_missing(self, _access: str, address: int, size: int) -> bool:
        return self.memory.provide(address, size)

    def _on_block(self, address: int, size: int) -> bool:
        return self.guards.scan_block(address, size)


class _Course:
    """What is left of a run, in slices, on a thread of its own."""

    def __init__(self, executor: Executor, begin: int, until: int, remaining: int) -> None:
        self._executor = executor
        self._begin = begin
        self._until = until
        self._remaining = remaining
        self._cancelled = False
        self._failure: BaseException | None = None
        self.ending: Ending | None = None

    def run_interruptibly(self) -> bool:
        """Run to the end; tell whether Ctrl-C cut it short."""
        thread = threading.Thread(target=self._follow, name="allocator-guest", daemon=True)
        thread.start()
        try:
            while thread.is_alive():
                thread.join(0.1)
        except KeyboardInterrupt:
            self._cancelled = True
            while thread.is_alive():  # a stop between two slices is lost: ask again
                self._executor.cpu.stop()
                thread.join(0.01)
        if self._failure:
            raise self._failure
        return self._cancelled

    def _follow(self) -> None:
        try:
            while self._remaining > 0 and not self._cancelled and not self._slice():
                pass
        except BaseException as failure:  # noqa: BLE001 -- handed to the caller's thread, where it is raised
            self._failure = failure

    def _slice(self) -> bool:
        executor = self._executor
        count = min(self._remaining, _SLICE)
        executor.guards.flush_new()
        self.ending = executor.cpu.run(self._begin, self._until, count)
        self._remaining -= 1 if executor.guards.are_new else count
        self._begin = executor.cpu.get("rip")
        return (
            self.ending is not None
            or executor.guards.stop is not None
            or executor.linear(executor.cpu.registers()) == self._until
        )
