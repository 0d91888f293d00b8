"""Time recorders on the free-page count over a page map of 65,536 ones: half a million instructions.

    python tests/bench/bench_recorder.py

Each row is the median of nine rounds; in a round everything runs once, one after the other, so that the ratios come
from the same minutes. The last rows record keyframes of a thousand million steps.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from statistics import median
from time import perf_counter

from pairs import measure_pairs
from raw_engine import RawEngine

from allocator import Machine, assemble, shipped
from allocator.machine.called_state import CalledState
from allocator.machine.cpu import CODE
from allocator.machine.machine import Machine as AnyMachine
from allocator.trace import native_hooks
from allocator.trace.keyframes import record_keyframes
from allocator.trace.native_recorder import NativeRecorder, record_natively

ROUTINE = "os_mem_get_free"
ROUNDS = 9
TUTORIAL_STEPS = 20_000
MANY = """
f:      mov r8, rcx
.again: mov esi, os_MemoryMap
        xor ecx, ecx
        xor ebx, ebx
.next:  lodsb
        inc rcx
        cmp rcx, 65536
        je .end
        cmp al, 1
        jne .next
        inc rbx
        jmp .next
.end:   dec r8
        jnz .again
        ret
"""


class _Nothing(NativeRecorder):
    """An empty native hook: the bound of anything that is called for every instruction."""

    slice_units = 1 << 40
    hooks = ((CODE, native_hooks.on_nothing.address or 0),)

    def begin_slice(self, units: int) -> int:
        return 0

    def end_slice(self, units: int) -> int:
        return units


def main() -> int:
    """Print the table; 1 when a row misses its limit."""
    machine = _machine_of_ones()
    steps = len(record_natively(machine, ROUTINE))
    rates = _rates(machine, steps)
    empty, tutorial = rates["empty native hook"], rates["tutorial way"]
    print(f"{'recorder':<34} {'M insn/s':>9} {'of the empty hook':>18} {'times the tutorial':>19}")
    for name, rate in rates.items():
        print(f"{name:<34} {rate / 1e6:9.3f} {100 * rate / empty:17.1f}% {rate / tutorial:18.0f}x")
    by_pointer, by_api = rates["ours, by pointer"], rates["ours, public API alone"]
    missed = by_pointer < 0.25 * empty or by_pointer < 750 * tutorial or by_api < 0.08 * empty
    print(f"limits: by pointer 25% and 750x, public API 8%: {'MISSED' if missed else 'ok'}")
    return int(missed or not _keyframes_are_fast())


def _machine_of_ones() -> AnyMachine:
    machine = Machine(assemble(shipped("memory.asm")))
    machine.page_map.load(b"\1" * 65_536)
    return machine


def _rates(machine: AnyMachine, steps: int) -> dict[str, float]:
    raw = RawEngine(machine.image, ROUTINE)
    raw.engine.mem_write(0x120000, b"\1" * 65_536)
    nothing = _Nothing(machine)
    tutorial = RawEngine(assemble(text=f"f: mov ecx, {TUTORIAL_STEPS // 2}\n.n: dec ecx\n jnz .n\n ret"), "f")
    tutorial.trace_as_tutorials_do()
    rows: dict[str, tuple[Callable[[], object], int]] = {
        "no hook": (raw.run, steps),
        "empty native hook": (lambda: _watch(machine, nothing), steps),
        "ours, by pointer": (lambda: record_natively(machine, ROUTINE), steps),
        "ours, public API alone": (lambda: record_natively(machine, ROUTINE, by_pointer=False), steps),
        "tutorial way": (tutorial.run, TUTORIAL_STEPS + 2),
    }
    seconds: dict[str, list[float]] = {name: [] for name in rows}
    for _ in range(ROUNDS):
        for name, (work, _count) in rows.items():
            start = perf_counter()
            work()
            seconds[name].append(perf_counter() - start)
    return {name: count / median(seconds[name]) for name, (_work, count) in rows.items()}


def _watch(machine: AnyMachine, watcher: NativeRecorder) -> None:
    with machine.watching_natively(watcher, watcher.hooks, watcher.user):
        machine.call(ROUTINE, limit=1 << 40)


def _keyframes_are_fast() -> bool:
    many = Machine(assemble(text=MANY))
    many.page_map.load(b"\1" * 65_536)
    rounds = 2000
    keyframes = measure_pairs(lambda: record_keyframes(many, "f", rcx=rounds), lambda: _run_unhooked(many, rounds))
    print(keyframes.row("keyframes of 1,048,578,003 steps", "the unhooked run", 3))
    long = record_keyframes(many, "f", rcx=rounds)
    million = Machine(many.image)
    million.page_map.load(b"\1" * 65_536)
    state = measure_pairs(lambda: long.registers_at(777_777_777), lambda: record_natively(million, "f", rcx=2))
    print(state.row("the state at step 777,777,777", "recording 1,048,589 steps", 1))
    return keyframes.ratio <= 3 and state.ratio <= 1


def _run_unhooked(machine: AnyMachine, rounds: int) -> None:
    cpu = machine._cpu
    cpu.reset(CalledState(64, 8, 0x1EFEF8), {"rcx": rounds})
    cpu.push(0x1EFEF8, (0x1F0800).to_bytes(8, "little"))
    cpu.flush_translations()
    cpu.run(machine.image.symbols["f"], 0x1F0800, 0)
    cpu.flush_translations()


if __name__ == "__main__":
    sys.exit(main())
