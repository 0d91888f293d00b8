"""Run a call again, from the state before it, to learn what the fast run did not write down.

A machine keeps a `Journal`: a snapshot, and everything that happened to the machine since (calls with their
registers, writes by the host). All of it is deterministic, so a twin of the machine that starts at the
snapshot and repeats the entries arrives at the same state. The twin stays where it is: asking about one
call after the other repeats each call once.

A journal is closed and a new one begun when repeating it would take too long or it holds too much; a `Run`
keeps its journal alive, and nothing else does.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from allocator.machine.run import Change, PageChange
from allocator.units import FRAME_SIZE

if TYPE_CHECKING:
    from allocator.machine.entry import Entry
    from allocator.machine.machine import Machine, Snapshot
    from allocator.machine.pacer import Pacer
    from allocator.machine.processor_state import ProcessorState

MAX_ENTRIES = 4096
MAX_BYTES = 1 << 20
MAX_SECONDS = 0.05
LAST_STEPS = 64
PLAIN_UNITS = 50_000
"""Units up to which stepping in Python is done before native hooks are loaded."""


class CallEntry(NamedTuple):
    """A call that was made: all that is needed to make it again."""

    entry: Entry
    registers: Mapping[str, int]
    limit: int


class WriteEntry(NamedTuple):
    """Bytes that the host stored."""

    address: int
    data: bytes


class Journal:
    """What happened to a machine since `base`; `twin` makes a machine in that state."""

    def __init__(self, base: Snapshot, make_twin: Callable[[Snapshot], Machine]) -> None:
        self.base = base
        self.entries: list[CallEntry | WriteEntry] = []
        self.bytes = 0
        self.seconds = 0.0
        self._make_twin = make_twin
        self._twin: Machine | None = None
        self._position = 0

    @property
    def is_full(self) -> bool:
        """Whether the machine should begin a new one."""
        return len(self.entries) >= MAX_ENTRIES or self.bytes > MAX_BYTES or self.seconds > MAX_SECONDS

    def moments(self) -> tuple[Moment, ...]:
        """Return the moments before the calls that were made, oldest first."""
        return tuple(Moment(self, at) for at, entry in enumerate(self.entries) if isinstance(entry, CallEntry))

    def twin_before(self, index: int) -> Machine:
        """Return the twin in the state before entry `index`."""
        if self._twin is None or self._position > index:
            self._twin, self._position = self._make_twin(self.base), 0
        while self._position < index:
            self._twin.repeat(self.entries[self._position])
            self._position += 1
        return self._twin

    def twin_now(self) -> Machine:
        """Return the twin where it stands."""
        assert self._twin is not None
        return self._twin

    def memory_before(self, index: int) -> Callable[[int], bytes]:
        """Return what tells of each frame of physical memory how it was before entry `index`."""
        if index == 0:
            return frame_reader(self.base.frames)
        return lambda address: self.twin_before(index).peek(address, FRAME_SIZE) or bytes(FRAME_SIZE)

    def move_to(self, position: int) -> None:
        """Take note that the twin stands before entry `position` now."""
        self._position = position

    def discard_twin(self) -> None:
        """Let the twin go, because it stands where no entry ends."""
        self._twin = None

    def twin_after(self, index: int) -> Machine:
        """Return the twin in the state after entry `index`, without doing anything again if it stands there."""
        return self._twin if self._twin is not None and self._position == index + 1 else self.repeat(index)

    def take_twin(self, twin: Machine, position: int) -> None:
        """Take a twin back that stands before entry `position` now."""
        self._twin, self._position = twin, position

    def repeat(self, index: int) -> Machine:
        """Repeat entry `index` on the twin that stands before it, and return the twin in the state after it."""
        twin = self.twin_before(index)
        twin.repeat(self.entries[index])
        self.move_to(index + 1)
        return twin


def frame_reader(frames: Mapping[int, bytes]) -> Callable[[int], bytes]:
    """Return what tells of each frame, zero where it is not among `frames`."""
    return lambda address: frames.get(address, _ZERO)


class _StepCounter:
    """Counts steps, and keeps the last ones."""

    def __init__(self) -> None:
        self.made = 0
        self.last: deque[int] = deque(maxlen=LAST_STEPS)

    def count(self, address: int, _size: int) -> None:
        self.made += 1
        self.last.append(address)


class Moment:
    """The state before one call of a journal, and the call."""

    __slots__ = ("__dict__", "_index", "_journal")

    def __init__(self, journal: Journal, index: int) -> None:
        self._journal = journal
        self._index = index

    @property
    def call(self) -> CallEntry:
        """The call that was made then."""
        entry = self._journal.entries[self._index]
        assert isinstance(entry, CallEntry)
        return entry

    def machine_before(self) -> Machine:
        """Return a new machine in the state before the call, for whoever wants to look closer."""
        twin = self._journal.twin_before(self._index)
        return twin.make_twin(twin.snapshot())

    @contextmanager
    def repeating(self) -> Iterator[tuple[Machine, CallEntry]]:
        """Lend a machine in the state before the call, on which the call is to be made again, once."""
        twin = self._journal.twin_before(self._index)
        self._journal.discard_twin()  # until the call was made
        yield twin, self.call
        self._journal.take_twin(twin, self._index + 1)

    def know_steps(self, count: int, last: tuple[int, ...]) -> None:
        """Take the number of steps, and the addresses of the last ones, from whoever watched the call."""
        self.__dict__["_walk"] = count, last[-LAST_STEPS:]

    @cached_property
    def _walk(self) -> tuple[int, tuple[int, ...]]:
        """How many steps the call made, and the addresses of the last ones."""
        if self.call.limit <= PLAIN_UNITS:
            return self._walk_plainly(self.call)[1:]
        is_whole, count, last = self._walk_plainly(self.call._replace(limit=PLAIN_UNITS))
        return (count, last) if is_whole else self._walk_paced(self.call)

    def _walk_plainly(self, call: CallEntry) -> tuple[bool, int, tuple[int, ...]]:
        twin = self._journal.twin_before(self._index)
        steps = _StepCounter()
        with twin.stepping(steps.count):
            is_whole = twin.repeat(call)
        if is_whole or call == self.call:
            self._journal.move_to(self._index + 1)
        else:
            self._journal.discard_twin()
        return is_whole, steps.made, tuple(steps.last)

    def _walk_paced(self, call: CallEntry) -> tuple[int, tuple[int, ...]]:
        # At nearly full speed to learn how many steps there are; again to shortly before the end; then one by one.
        try:
            from allocator.machine.pacer import LARGEST_BLOCK, Pacer
        except ImportError:  # Numba has no wheel for this platform
            return self._walk_plainly(call)[1:]
        whole = self._pace(call, lambda twin: Pacer(twin, call.limit))
        target = max(0, whole.steps - LARGEST_BLOCK - LAST_STEPS)
        part = self._pace(call, lambda twin: Pacer(twin, call.limit, target=target))
        twin, steps = self._journal.twin_now(), _StepCounter()
        with twin.stepping(steps.count):
            twin.resume(call.entry, call.limit - part.units)
        self._journal.discard_twin()
        return part.steps + steps.made, tuple(steps.last)

    def _pace(self, call: CallEntry, make_pacer: Callable[[Machine], Pacer]) -> Pacer:
        self._journal.discard_twin()
        twin = self._journal.twin_before(self._index)
        pacer = make_pacer(twin)
        with twin.watching_natively(pacer, pacer.hooks, pacer.user):
            twin.repeat(call)
        return pacer

    @property
    def steps(self) -> int:
        """How many instructions the call executed; REP counts once."""
        return self._walk[0]

    def last_steps(self, count: int) -> tuple[int, ...]:
        """Return the addresses of the last `count` (at most 64) instructions, oldest first."""
        return self._walk[1][-count:] if count else ()

    def last_step(self) -> int:
        """Return the address of the last instruction of the call, or of its entry where nothing ran."""
        last = self._walk[1]
        return last[-1] if last else self.call.entry.address

    @cached_property
    def pages_changed(self) -> dict[int, PageChange]:
        """Page number to the state before and after the call, where they differ."""
        before = _page_map(self._journal.twin_before(self._index))
        after = _page_map(self._journal.repeat(self._index))
        return {
            start + offset: PageChange(old, new)
            for start, olds, news in differences(before, after)
            for offset, (old, new) in enumerate(zip(olds, news, strict=True))
        }

    def memory_after(self, address: int, size: int) -> bytes:
        """Return memory as the call left it: as many of these bytes as exist from `address` on."""
        return self._journal.twin_after(self._index).peek_code(address, size)

    def physical_after(self, address: int, size: int) -> bytes:
        """Return the same of physical memory."""
        return self._journal.twin_after(self._index).read_physical(address, size)

    @cached_property
    def state_after(self) -> ProcessorState:
        """The processor as the call left it, hidden parts included."""
        return self._journal.twin_after(self._index).system_state()

    @cached_property
    def memory_changed(self) -> tuple[Change, ...]:
        """The bytes that differ after the call."""
        twin = self._journal.twin_before(self._index)
        entry = self.call.entry
        twin.write(entry.frame_address, entry.frame)  # the return address is the caller's doing
        before = twin.snapshot().frames
        after = self._journal.repeat(self._index).snapshot(before).frames
        return tuple(_frame_changes(before, after))


def _page_map(machine: Machine) -> bytes:
    # A machine that boots may have no memory where the page map would lie.
    start = machine.page_map.start
    return bytes(machine.page_map) if machine.peek(start, 1) is not None else b""


_ZERO = bytes(FRAME_SIZE)


def _frame_changes(before: Mapping[int, bytes], after: Mapping[int, bytes]) -> Iterator[Change]:
    for address in sorted({*before, *after}):
        old, new = before.get(address, _ZERO), after.get(address, _ZERO)
        if old is not new:
            for start, olds, news in differences(old, new):
                yield Change(address + start, olds, news)


def differences(before: bytes, after: bytes, stride: int = 256) -> Iterator[tuple[int, bytes, bytes]]:
    """Yield (offset, bytes before, bytes after) for each run of differing bytes of two equally long texts."""
    if before == after:
        return
    start: int | None = None
    for base in range(0, len(before), stride):
        if start is None and before[base : base + stride] == after[base : base + stride]:
            continue
        for offset in range(base, min(base + stride, len(before))):
            differs = before[offset] != after[offset]
            if differs and start is None:
                start = offset
            elif not differs and start is not None:
                yield start, before[start:offset], after[start:offset]
                start = None
    if start is not None:
        yield start, before[start:], after[start:]
