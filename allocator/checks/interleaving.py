"""Let a second processor allocate while the first is in the middle of it, at every step.

One engine plays both: the first call is broken off after some steps and its registers and stack are kept; the
second runs from beginning to end on the same memory; then the first goes on as if nothing had been.

Not modelled: two instructions at the very same moment, caches and the order of stores.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from allocator.addresses import STACK
from allocator.checks.bench import CALL_LIMIT, Bench, Outcome
from allocator.machine.machine import Snapshot
from allocator.machine.run import LIMIT, Registers
from allocator.units import FRAME_SIZE

MAX_STEPS = 400
"""Steps of the first call at which the second is tried."""


def interleaved(bench: Bench, pages: Sequence[int]) -> Iterator[tuple[Outcome, int, int]]:
    """Yield (outcome of the second call, address the first got, address the second got), for every step of the first.

    Both ask for one page on the page map `pages`.
    """
    machine, declared = bench.machine, bench.allocator
    for steps in range(1, MAX_STEPS):
        bench.set(pages)
        first = machine.call(declared.allocate, limit=steps, returns=None, **{declared.request: 1})
        if first.stop.kind != LIMIT:
            return
        bench.say(f"{declared.allocate} {declared.request}=0x1, held after {steps} steps; meanwhile")
        kept = machine.snapshot()
        second = bench.call(declared.allocate, **{declared.request: 1})
        if not second.returned:
            return
        machine.restore(_with_stack_of(kept, machine.snapshot()))
        packed, is_over = machine.resume(first.prepared, CALL_LIMIT)
        if is_over:
            yield second, Registers(packed)[declared.address], second.run.registers[declared.address]


def _with_stack_of(kept: Snapshot, now: Snapshot) -> Snapshot:
    """Return the memory of `now` with the registers and the stack of `kept`."""
    frames = dict(now.frames)
    for frame in range(STACK.start, STACK.end, FRAME_SIZE):
        if frame in kept.frames:
            frames[frame] = kept.frames[frame]
    return Snapshot(frames, kept.registers, now.clock)
