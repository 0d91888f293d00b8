"""Execute a prepared call on the processor, within a limit, with Ctrl-C that works.

A short run happens in place. What is left after that goes to a thread, so that Ctrl-C arrives here, where it
can stop the engine, instead of inside the engine or a hook, where it would be lost.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from allocator.addresses import PAGE_TABLES
from allocator.assembly.image import Image
from allocator.instructions.anatomy import LONGEST_INSTRUCTION
from allocator.instructions.disassembly import decode
from allocator.machine.cpu import Cpu
from allocator.machine.ending import INTERRUPT, INVALID, Ending
from allocator.machine.endings import StopMaker
from allocator.machine.entry import Entry
from allocator.machine.guards import Guards
from allocator.machine.interrupts import Interrupts
from allocator.machine.linear_memory import LinearMemory, MachineAccess
from allocator.machine.memory import Memory
from allocator.machine.processor_state import linear_address
from allocator.machine.run import EXITED, INTERRUPTED, LIMIT, Stop
from allocator.machine.tick_watch import TickWatch
from allocator.machine.waiting import Waiting
from allocator.machine.watcher import Watcher
from allocator.machine.wiring import Wiring
from allocator.registers import FULL, SEGMENTS

if TYPE_CHECKING:
    from allocator.machine.bios import Bios

_INLINE = 50_000
"""Units that run in place: about a millisecond."""
_SLICE = 2_000_000
"""Units between two looks at whether the run was interrupted."""
FIRST_LOOK = 256
"""Bytes behind an entry that are searched for guards: the engine tells of every block but the first."""
DELIVERY_UNITS = 100
"""Units that an interrupt or an exception counts for, so that a loop of them ends soon as well."""
_RIP = slice(8 * FULL.index("rip"), 8 * FULL.index("rip") + 8)
_CS = SEGMENTS.index("cs")


class Executor:
    """The processor with its memory and its guards."""

    def __init__(self, image: Image, make_memory: Callable[[Cpu], Memory]) -> None:
        self.cpu = Cpu(self._on_missing, self._on_block)
        self.memory = make_memory(self.cpu)
        self.guards = Guards(self.cpu, self.peek_code, self._on_break)
        self.interrupts = Interrupts(self.cpu, self.peek_physical, self.memory.write)
        self.wiring: Wiring | None = None
        self.watcher: Watcher | None = None
        self.is_interrupted = False
        self.units = 0
        """How many units the last long run is known to have made."""
        self._wanted: tuple[int, int] | None = None
        self.guards.scan_image(image)

    def connect(self, bios: Bios) -> None:
        """Put firmware and devices around the processor: the machine boots."""
        self.wiring = Wiring(self.cpu, self.memory, self.guards, bios)
        self.wiring.hear = self._tell
        TickWatch(self.cpu, bios)
        self.interrupts = Interrupts(self.cpu, self.memory.peek_existing, self.memory.write, bios.is_default)
        self.guards.is_booted = True
        self.guards.waiting = Waiting(self.cpu, self.peek_code, bios)

    @property
    def bits(self) -> int:
        """The width of the code that runs, or ran last."""
        return self.cpu.hidden_segments().bits

    @property
    def stop(self) -> Stop | None:
        """What a part of the machine ended the run for."""
        return self.guards.stop or self.interrupts.stop or (self.wiring.stop if self.wiring else None)

    @property
    def is_over(self) -> bool:
        """Whether a part of the machine ended the run."""
        return self.stop is not None or (self.wiring is not None and self.wiring.exit_reason is not None)

    def execute(self, entry: Entry, registers: Mapping[str, int], limit: int) -> tuple[bytes, Ending | None]:
        """Run `entry` with full `registers`; return the packed registers after it, and what broke it off if anything.

        Whether it returned is for `returned` to say, and why it did not for `explain`.
        """
        cpu = self.cpu
        self._begin()
        cpu.reset(entry.state, registers)
        cpu.push(entry.frame_address, entry.frame)
        if self.watcher is None and self.wiring is None:
            inline = limit if limit < _INLINE else _INLINE
            ending = cpu.run(entry.begin, entry.until, inline)
            after = cpu.registers()
            if (ending is not None and not self.deliver(ending)) or self.guards.stop or self.returned(entry, after):
                return after, ending
            done = cpu.units_run(1 if self.guards.are_new or ending else inline)
            return self._go_on(entry, cpu.get("rip"), limit - done, done)
        cpu.set("rip", entry.begin)
        if self.wiring:
            cpu.exit_at(*entry.exits)
        if self.watcher:
            self.watcher.begin(entry.bits)
        return self._go_on(entry, entry.begin, limit)

    def _begin(self) -> None:
        self.memory.let_run()
        self.is_interrupted = False
        self.guards.begin()
        self.interrupts.stop = None
        if self.wiring:
            self.wiring.begin()

    def resume(self, entry: Entry, limit: int) -> tuple[bytes, Ending | None]:
        """Go on with the run of `entry` from the registers as they are; else like `execute`."""
        self._begin()
        if self.wiring:
            self.cpu.exit_at(*entry.exits)
        if self.watcher:
            self.watcher.begin(self.bits)
        return self._go_on(entry, self.cpu.get("rip"), limit)

    def _go_on(self, entry: Entry, begin: int, remaining: int, done: int = 0) -> tuple[bytes, Ending | None]:
        course = _Course(self, begin, entry.until, remaining)
        if remaining > 0:
            self.is_interrupted = course.run_interruptibly()
        self.units = done + remaining - course.remaining
        return self.cpu.registers(), course.ending

    def is_exhausted(self, entry: Entry, after: bytes, ending: Ending | None) -> bool:
        """Tell whether the run of `entry` used up its limit, and nothing else ended it."""
        return ending is None and not self.is_over and not self.returned(entry, after)

    def returned(self, entry: Entry, after: bytes) -> bool:
        """Tell whether the routine is back where it was called from."""
        return after[_RIP] == entry.return_counter and (entry.bits != 16 or self.linear(after) == entry.until)

    def explain(
        self, entry: Entry, after: bytes, ending: Ending | None, limit: int, find_last: Callable[[], int]
    ) -> Stop | None:
        """Say why the run of `entry` ended; None where it returned. ``find_last`` finds its last instruction."""
        if ending is None and self.returned(entry, after):
            return None
        if self.stop:
            return self.stop
        if self.wiring and self.wiring.exit_reason:
            return Stop(EXITED, self.wiring.exit_reason, find_last)
        address = self.linear(after)
        if ending is not None:
            maker = StopMaker(self.memory, self.peek_code, self.bits, find_last, self.wiring is not None)
            return maker.explain(ending, address, self.cpu.get("cr2"))
        if self.is_interrupted:
            return Stop(INTERRUPTED, "stopped by Ctrl-C", lambda: address)
        message = f"still running after {limit:,} instructions, REP iterations included"
        return Stop(LIMIT, message, lambda: address)

    def linear(self, packed: bytes) -> int:
        """Return the linear address of the next instruction, from packed registers."""
        hidden = self.cpu.hidden_segments()
        return linear_address(hidden.bits, hidden.bases[_CS], int.from_bytes(packed[_RIP], "little"))

    def peek_code(self, address: int, size: int) -> bytes:
        """Return as many bytes as there are from a linear address on; also from within a hook."""
        if self.wiring is None or not self.cpu.get("cr0") >> 31:
            return self.memory.peek_existing(address, size)
        return self.linear_memory().peek(address, size)

    def linear_memory(self) -> LinearMemory:
        """Return memory as the processor's tables map it now; for looking only."""
        return LinearMemory.for_looking(self.cpu.state().registers, self.peek_physical)

    def peek_physical(self, address: int, size: int) -> bytes:
        """Return as many bytes of physical memory as there are, the sandbox's own page tables included."""
        if address in PAGE_TABLES and self.cpu.get("cr3") == PAGE_TABLES.start:
            return self.cpu.read(address, min(size, PAGE_TABLES.end - address))
        return self.memory.peek_existing(address, size)

    def deliver(self, ending: Ending) -> bool:
        """Take the interrupt or exception that the engine stopped for; tell whether the run goes on."""
        behind = self._behind_fault() if self.watcher and ending.cause in (INTERRUPT, INVALID) else None
        if not self.interrupts.take(ending, self._tell):
            return False
        if self.watcher and behind is not None:
            self.watcher.hear_of_break(behind)
        self.guards.scan_block(self.linear(self.cpu.registers()), FIRST_LOOK)
        return True

    def deliver_wake(self) -> bool:
        """Take the interrupt that ended the processor's waiting, if one did; tell whether the run goes on with that."""
        woken, self.guards.woken = self.guards.woken, None
        if woken is None or not self.interrupts.take_external(woken.vector, self._tell):
            return False
        if self.watcher:
            self.watcher.hear_of_break(woken.behind)
        self.guards.scan_block(self.linear(self.cpu.registers()), FIRST_LOOK)
        return True

    def _tell(self, access: MachineAccess) -> None:
        if self.watcher:
            self.watcher.hear_of_access(*access)

    def _behind_fault(self) -> int | None:
        # A fault comes before the end of its block: what lies behind the instruction did not run.
        address = self.linear(self.cpu.registers())
        code = self.peek_code(address, LONGEST_INSTRUCTION)
        if not code or self.cpu.pending().is_software:
            return None
        return address + decode(code, self.bits, address).size

    def _on_missing(self, _access: str, address: int, size: int) -> bool:
        if self.watcher is None or not self.watcher.restarts_blocks:
            return self.memory.provide(address, size)
        if self.memory.lacks(address, size):
            self._wanted = (address, size)
        return False

    def provide_wanted(self) -> bool:
        """Back the memory for which the run was broken off; tell whether it was broken off for that."""
        if self._wanted is None:
            return False
        self._on_break()
        self.memory.provide(*self._wanted)
        self._wanted = None
        return True

    def _on_break(self) -> None:
        if self.watcher:
            self.watcher.hear_of_break(self.linear(self.cpu.registers()))

    def _on_block(self, address: int, size: int) -> bool:
        if self.watcher:
            self.watcher.hear_of_block(address)
        return self.guards.scan_block(address, size)


class _Course:
    """What is left of a run, in slices, on a thread of its own."""

    def __init__(self, executor: Executor, begin: int, until: int, remaining: int) -> None:
        self._executor = executor
        self._begin = begin
        self._until = until
        self.remaining = remaining
        self._cancelled = False
        self._failure: BaseException | None = None
        self._done = threading.Event()
        self.ending: Ending | None = None

    def run_interruptibly(self) -> bool:
        """Run to the end; tell whether Ctrl-C cut it short."""
        # Not joined while it runs: before Python 3.13 an interrupted join() takes a running thread for a dead one.
        thread = threading.Thread(target=self._follow, name="allocator-guest", daemon=True)
        try:
            thread.start()  # Ctrl-C may come as soon as it runs
            while not self._done.wait(0.1):
                pass
        except KeyboardInterrupt:
            self._cancelled = True
            while not self._done.is_set():  # a stop between two slices is lost: ask again
                self._executor.cpu.stop()
                self._done.wait(0.01)
        thread.join()
        if self._failure:
            raise self._failure
        return self._cancelled

    def _follow(self) -> None:
        try:
            while self.remaining > 0 and not self._cancelled and not self._slice():
                pass
        except BaseException as failure:  # raised again in the caller's thread
            self._failure = failure
        finally:
            self._done.set()

    def _slice(self) -> bool:
        executor = self._executor
        watcher = executor.watcher
        units = min(self.remaining, watcher.slice_units if watcher else _SLICE)
        executor.guards.flush_new()
        count = watcher.begin_slice(units) if watcher else units
        self.ending = executor.cpu.run(self._begin, self._until, count)
        is_continued = executor.provide_wanted()
        if is_continued:
            self.ending = None
        is_delivered = executor.deliver(self.ending) if self.ending else executor.deliver_wake()
        if is_delivered:
            self.ending, is_continued = None, True
        used = 1 if executor.guards.are_new or is_continued else units
        used = executor.cpu.units_run(used) if count else used
        used = watcher.end_slice(used) if watcher else used
        self.remaining -= used + (DELIVERY_UNITS if is_delivered else 0)
        self._begin = executor.cpu.get("rip")
        return (
            self.ending is not None
            or not (used or is_continued)
            or executor.is_over
            or executor.linear(executor.cpu.registers()) == self._until
        )
