"""Be the one object that changes: an image in memory, a processor, and the routines that are called.

    machine = Machine(image, memory="64M")
    machine.call("os_mem_allocate", rcx=3)     -> Run
    saved = machine.snapshot(); ...; machine.restore(saved)

A called machine has no firmware and no devices: the page map and the amount of memory are filled in from
the firmware map, a routine is entered with a return address on a stack of its own, and the machine ends the
run when the routine returns there, or breaks a rule. ``addresses.py`` draws what lies where.

Not modelled: interrupts that arrive from outside, ports (IN reads zero), a second processor.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from time import perf_counter
from types import MappingProxyType
from typing import NamedTuple

from allocator.addresses import DESCRIPTORS as DESCRIPTOR_TABLE
from allocator.addresses import MACHINE_SYMBOLS, PAGE_MAP, STACK
from allocator.assembly.image import Image
from allocator.errors import MachineError, did_you_mean
from allocator.machine.called_state import DESCRIPTORS, lay_page_tables
from allocator.machine.cpu import Cpu
from allocator.machine.entry import Entry, make_entry, split_registers
from allocator.machine.executor import FIRST_LOOK, Executor
from allocator.machine.firmware_map import FirmwareMap
from allocator.machine.live_page_map import PageMap
from allocator.machine.memory import Memory, lay_out_sandbox
from allocator.machine.page_map import PageMapPlan, build_page_map
from allocator.machine.replay import CallEntry, Journal, Moment, WriteEntry, frame_reader
from allocator.machine.run import Run
from allocator.machine.watchable import Watchable
from allocator.units import FRAME_SIZE

DEFAULT_LIMIT = 10_000_000
"""Instructions, REP iterations included, after which a call is stopped: about a fifth of a second."""


_OWN_AREAS = ((PAGE_MAP, "the page map"), (STACK, "the stack"), (DESCRIPTOR_TABLE, "the descriptor table"))


class Snapshot(NamedTuple):
    """A machine's whole state: memory that is not zero by 4 KiB frame, registers, the machine's own clock, devices."""

    frames: Mapping[int, bytes]
    registers: object
    clock: int
    devices: object = None


class Machine(Watchable):
    """A PC with an image in its memory.

    ``memory`` is a size (``"64M"`` or bytes), a preset's name, a Path to a firmware log, or a FirmwareMap;
    ``policy`` is how the page map is made of it: ``regions`` or ``baremetal``. Raises MachineError when the
    image does not fit into the memory that there is.
    """

    def __init__(
        self, image: Image, memory: int | str | Path | FirmwareMap = "64M", *, policy: str = "regions"
    ) -> None:
        if not isinstance(image, Image):
            what = f"a machine is made of an Image, not of {image!r:.60}"
            raise MachineError(f"{what}: assemble(Path('memory.asm')) is one")
        self.image = image
        self.firmware_map = FirmwareMap.of(memory)
        self.policy = policy
        self.plan: PageMapPlan = build_page_map(self.firmware_map, policy)
        self.symbols: Mapping[str, int] = MappingProxyType({**MACHINE_SYMBOLS, **image.symbols})
        super().__init__(Executor(image, self._make_memory))
        self._entries: dict[tuple[str | int, str | None], Entry] = {}
        self._journal: Journal | None = None
        self._fill()

    def _make_memory(self, cpu: Cpu) -> Memory:
        return Memory(cpu, self.firmware_map)

    def _fill(self) -> None:
        lay_page_tables(self._cpu)
        lay_out_sandbox(self._memory)
        self._store(DESCRIPTOR_TABLE.start, DESCRIPTORS)
        if "os_MemAmount" not in self.image.labels:
            self._store(self.symbols["os_MemAmount"], self.plan.mem_amount_mib.to_bytes(4, "little"))
        if "os_MemoryMap" not in self.image.labels:
            self._store(self.symbols["os_MemoryMap"], self.plan.states)
        for segment in self.image.segments:
            if segment.data:
                self._load_segment(segment.start, segment.data)

    def _load_segment(self, start: int, data: bytes) -> None:
        end = start + len(data)
        for fence in self._memory.fences:
            if start < fence.end and fence.start < end:
                message = f"the image at {start:#x}..{end:#x} runs into the fence at {fence.start:#x}"
                raise MachineError(f"{message}: give it another origin with org")
        for area, name in _OWN_AREAS:
            is_free = area is PAGE_MAP and (
                "os_MemoryMap" in self.image.labels or self.symbols["os_MemoryMap"] != PAGE_MAP.start
            )
            if start < area.end and area.start < end and not is_free:
                message = f"the image at {start:#x}..{end:#x} runs into {name} at {area.start:#x}"
                raise MachineError(f"{message}: give it another origin with org")
        if len(self._memory.peek_existing(start, len(data))) < len(data):
            raise MachineError(
                f"the image at {start:#x}..{end:#x} lies where this machine has no memory: "
                f"give it another origin with org, or the machine more memory"
            )
        self._store(start, data)

    # -- running --

    def call(
        self, routine: str | int, *, limit: int = DEFAULT_LIMIT, returns: str | None = None, **registers: int
    ) -> Run:
        """Call `routine` (a label, or an address) with these registers, and return how it went.

        Never raises for what the guest does. ``limit`` bounds what the engine executes, REP iterations
        included; ``returns`` is how the routine returns (``near16``, ``near32``, ``near64``, ``far16``, ``far32``,
        ``iret``), by default near in its own width. Raises MachineError for an unknown routine or register.
        """
        entry = self._entries.get((routine, returns)) or self._find_entry(routine, returns)
        return self._run(entry, split_registers(registers), limit)

    def _run(self, entry: Entry, full: Mapping[str, int], limit: int) -> Run:
        journal = self._journal
        if journal is None or journal.is_full:
            journal = self._begin_journal()
        started = perf_counter()
        executor = self._executor
        try:
            after, ending = executor.execute(entry, full, limit)
        except BaseException:
            self._journal = None  # what the call did until then is in memory, and in no journal
            raise
        journal.seconds += perf_counter() - started
        moment = Moment(journal, len(journal.entries))
        journal.entries.append(CallEntry(entry, full, executor.units if executor.is_interrupted else limit))
        stop = executor.explain(entry, after, ending, limit, moment.last_step)
        if executor.is_interrupted:  # nobody can tell where between two slices: what follows is not for this journal
            self._journal = None
        return Run(self.image, entry, full, after, stop, moment)

    def _find_entry(self, routine: str | int, returns: str | None) -> Entry:
        if isinstance(routine, str):
            if routine not in self.image.labels:
                raise MachineError(_unknown_routine(routine, self.image))
            name, address = routine, self.image.symbols[routine]
        else:
            name, address = str(self.image.locate(routine) or f"{routine:#x}"), routine
        entry = make_entry(name, address, self.image.bits_at(address), returns, self.image.segment_at(address))
        self._executor.guards.scan_block(address, FIRST_LOOK, entry.bits)
        self._entries[(routine, returns)] = entry
        return entry

    @property
    def is_interrupted(self) -> bool:
        """Whether Ctrl-C cut the last run short."""
        return self._executor.is_interrupted

    # -- memory --

    @property
    def page_map(self) -> PageMap:
        """The allocator's table of pages, as it is in memory now."""
        return PageMap(self)

    @property
    def mem_amount(self) -> int:
        """The amount of memory in MiB that the machine tells its allocator: the dword `os_MemAmount`."""
        return int.from_bytes(self.read(self.symbols["os_MemAmount"], 4), "little")

    @mem_amount.setter
    def mem_amount(self, mib: int) -> None:
        self.write(self.symbols["os_MemAmount"], mib.to_bytes(4, "little"))

    def read(self, address: int, size: int) -> bytes:
        """Return `size` bytes of memory; raises MachineError where there is none."""
        return self._memory.read(address, size)

    def write(self, address: int, data: bytes) -> None:
        """Store `data` at `address`; raises MachineError where there is no memory."""
        self._store(address, bytes(data))
        if self._journal is not None:
            self._journal.entries.append(WriteEntry(address, bytes(data)))
            self._journal.bytes += len(data)

    def _store(self, address: int, data: bytes) -> None:
        if data:
            self._memory.write(address, data)

    # -- state --

    def snapshot(self, known: Mapping[int, bytes] | None = None) -> Snapshot:
        """Return the machine's state; frames equal to those of `known` are shared with it."""
        return Snapshot(self._memory.frames(known), self._cpu.save(), self._executor.guards.clock)

    def restore(self, saved: Snapshot) -> None:
        """Bring the machine back to a state that `snapshot` returned."""
        self._memory.load(saved.frames)
        self._cpu.restore(saved.registers)
        self._executor.guards.clock = saved.clock
        self._journal = None

    def memory_before(self) -> Callable[[int], bytes]:
        """Return what tells of each frame of physical memory how it is now, whatever is stored later; for recorders.

        It is about page tables: where a machine has neither these nor a journal, memory is told as it is when asked.
        """
        journal = self._journal
        if journal is not None:
            return journal.memory_before(len(journal.entries))
        if self._cpu.has_tables_of_program:
            return frame_reader(self.snapshot().frames)
        return lambda address: self.peek(address, FRAME_SIZE) or bytes(FRAME_SIZE)

    def _begin_journal(self) -> Journal:
        known = self._journal.base.frames if self._journal else None
        self._journal = Journal(self.snapshot(known), self.make_twin)
        return self._journal

    def make_twin(self, base: Snapshot) -> Machine:
        """Return another machine with the same image and memory map, in the state `base`."""
        twin = Machine(self.image, self.firmware_map, policy=self.policy)
        twin.restore(base)
        return twin

    def repeat(self, entry: CallEntry | WriteEntry) -> bool:
        """Do again what a journal says was done; tell whether it came to an end within its limit."""
        if isinstance(entry, WriteEntry):
            self._store(entry.address, entry.data)
            return True
        executor = self._executor
        executor.guards.scan_block(entry.entry.address, FIRST_LOOK, entry.entry.bits)
        after, ending = executor.execute(entry.entry, entry.registers, entry.limit)
        return not executor.is_exhausted(entry.entry, after, ending)

    def resume(self, entry: Entry, limit: int) -> tuple[bytes, bool]:
        """Go on with a call of `entry` from the state that was restored, for at most `limit` units.

        Returns the packed registers and whether the run came to its end.
        """
        executor = self._executor
        executor.guards.scan_block(executor.linear(self._cpu.registers()), FIRST_LOOK)
        after, ending = executor.resume(entry, limit)
        return after, not executor.is_exhausted(entry, after, ending)

    @property
    def moments(self) -> tuple[Moment, ...]:
        """The moments before the calls that were made, oldest first, as far back as the machine remembers."""
        return self._journal.moments() if self._journal else ()

    def __repr__(self) -> str:
        return f"<Machine of {self.firmware_map.name}: {self.image!r}, {self.mem_amount} MiB, {self.policy} policy>"


def _unknown_routine(name: str, image: Image) -> str:
    routines = sorted(label for label in image.labels if "." not in label)
    hint = did_you_mean(name, image.labels) or f"there are: {', '.join(routines[:12]) or 'none'}"
    kind = "a constant, not a label" if name in image.symbols else "not in the image"
    return f"the routine '{name}' is {kind}; {hint}"
