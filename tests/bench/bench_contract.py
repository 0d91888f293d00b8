"""Time calls that are judged by their contracts against the bare calls, stores watched natively in both.

python tests/bench/bench_contract.py
"""

from __future__ import annotations

import sys

from pairs import measure_pairs

from allocator import Machine, assemble, shipped
from allocator.checks.watch import ContractWatch
from allocator.machine.run import Run

PAIRS = 500
LIMIT = 2.0


def main() -> int:
    """Print the table; 1 when the row exceeds its limit."""
    machine = Machine(assemble(shipped("memory.asm")))
    with ContractWatch(machine) as watch:
        checked = measure_pairs(
            lambda: [_calls(machine, watch) for _ in range(PAIRS)],
            lambda: [_calls(machine) for _ in range(PAIRS)],
        )
    print(checked.row(f"{2 * PAIRS:,} calls, each judged by its contract", "the same calls", LIMIT))
    return int(checked.ratio > LIMIT)


def _calls(machine: Machine, watch: ContractWatch | None = None) -> None:
    """Allocate three pages and release them; with a watch, judge each call before the next is made."""
    taken = machine.call("os_mem_allocate", rcx=3)
    if watch:
        _judge(watch, taken)
    released = machine.call("os_mem_release", rax=taken.rax, rcx=3)
    if watch:
        _judge(watch, released)


def _judge(watch: ContractWatch, run: Run) -> None:
    results = watch.check(run)
    assert results
    assert all(result.held for result in results)


if __name__ == "__main__":
    sys.exit(main())
