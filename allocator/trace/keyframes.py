"""Keep a run that is too long to record: its state now and then, and any window of it on request.

The machine runs at nearly full speed and pauses now and then, where its registers and the memory that changed are
kept: a keyframe. Runs are deterministic, so going on from a keyframe leads through the same steps again:
fast up to the window that is asked for, then with the recorder.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from typing import NamedTuple

from allocator.machine.machine import Machine, Snapshot
from allocator.machine.pacer import LARGEST_BLOCK, Pacer
from allocator.machine.replay import LAST_STEPS
from allocator.machine.run import LIMIT as STOPPED
from allocator.machine.run import RETURNED, Registers, Run, Stop
from allocator.trace.native_recorder import NativeRecorder
from allocator.trace.saved_run import Beginning, End, SavedRun
from allocator.trace.start import start_run
from allocator.trace.trace import Trace

EVERY = 10_000_000
"""Units between two keyframes."""
LIMIT = 10**12
_FORWARD_SLICE = 1 << 40


class Keyframe(NamedTuple):
    """The machine's state before step `step`."""

    step: int
    state: Snapshot


class LongRun:
    """A run, its keyframes, and what they lead to: ``long[5_000_000]``, ``long.window(first, last)``."""

    def __init__(self, run: Run, keyframes: Sequence[Keyframe], steps: int, machine: Machine) -> None:
        self.run = run
        self.keyframes = tuple(keyframes)
        self._steps = steps
        self._machine = machine
        self._twin: Machine | None = None

    def __len__(self) -> int:
        return self._steps

    def window(self, first: int, last: int) -> Trace:
        """Return the trace of the steps from `first` to before `last`; its step 0 is step `first` of the run."""
        if not 0 <= first <= last <= len(self):
            raise IndexError(f"steps {first:,} to {last:,} of a run of {len(self):,}")
        twin, at = self._forward(first)
        self._record(twin, first - at)
        return self._record(twin, last - first)

    def registers_at(self, step: int) -> Registers:
        """Return the registers before step `step`; `step` may be the length."""
        return Registers(self._at(step).registers_now())

    def memory_at(self, step: int, address: int, size: int) -> bytes:
        """Return memory as it was before step `step`."""
        return self._at(step).read(address, size)

    def counted_to_its_fault(self) -> LongRun:
        """Return the same run with its exact length: the block in which a fault lies was not executed whole."""
        twin, at = self._forward(max(0, len(self) - LARGEST_BLOCK))
        rest = self._record(twin, LARGEST_BLOCK)
        return LongRun(self.run, [frame for frame in self.keyframes if frame.step <= at], at + len(rest), self._machine)

    def _at(self, step: int) -> Machine:
        if not 0 <= step <= len(self):
            raise IndexError(f"step {step:,} of a run of {len(self):,}")
        twin, at = self._forward(step)
        self._record(twin, step - at)
        return twin

    def _forward(self, step: int) -> tuple[Machine, int]:
        position = bisect_right(self.keyframes, step, key=lambda keyframe: keyframe.step) - 1
        keyframe = self.keyframes[position]
        if self._twin is None:
            self._twin = self._machine.make_twin(keyframe.state)
        self._twin.restore(keyframe.state)
        pacer = Pacer(self._twin, _FORWARD_SLICE, first=keyframe.step, target=step)
        if keyframe.step < step:
            with self._twin.watching_natively(pacer, pacer.hooks, pacer.user):
                self._twin.resume(self.run.prepared, LIMIT)
        return self._twin, pacer.steps

    def _record(self, twin: Machine, steps: int) -> Trace:
        recorder = NativeRecorder(twin, max_steps=steps)
        before = Registers(twin.registers_now())
        with twin.watching_natively(recorder, recorder.hooks, recorder.user):
            ended = steps > 0 and twin.resume(self.run.prepared, LIMIT)[1]
            columns = recorder.finish()
        after = Registers(twin.registers_now())
        stop = self.run.stop if ended else Stop(STOPPED, "the window ends here", lambda: after.rip)
        beginning = Beginning(self.run.image, twin.firmware_map, self.run.routine, self.run.entry, before)
        last = tuple(columns.places[number].address for number in columns.place[-LAST_STEPS:])
        return Trace(
            SavedRun(beginning, End(after, stop, {}, {}), len(columns.place), last), twin.firmware_map, columns
        )

    def __repr__(self) -> str:
        return f"<LongRun of {self.run.routine}: {len(self):,} steps, {len(self.keyframes):,} keyframes>"


def record_keyframes(
    machine: Machine, routine: str | int | None = None, *, every: int = EVERY, limit: int = LIMIT,
    returns: str | None = None,
    **registers: int,
) -> LongRun:  # fmt: skip
    """Call `routine`, or boot a PC, and keep a keyframe every so many instructions, in bounded memory."""
    keyframes: list[Keyframe] = []

    def keep(step: int) -> None:
        known = keyframes[-1].state.frames if keyframes else None
        keyframes.append(Keyframe(step, machine.snapshot(known)))

    pacer = Pacer(machine, every, between=keep)
    with machine.watching_natively(pacer, pacer.hooks, pacer.user):
        run = start_run(machine, routine, limit, returns, registers)
    long = LongRun(run, keyframes, pacer.steps, machine)
    return long if run.stop.kind in (RETURNED, STOPPED) else long.counted_to_its_fault()
