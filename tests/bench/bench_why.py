"""Time questions about a trace of ten million steps against their limits.

    python tests/bench/bench_why.py

The index (the flow of each place, what was measured, the frames that are touched) may take 5 seconds, a `why` after
it 0.2 seconds: one that follows millions of steps, one that looks for a byte of memory, one with control.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable

from allocator import Machine, Trace, assemble, record
from allocator.trace.backward import Wanted
from allocator.trace.native_slice import walk_back_natively
from allocator.trace.why import flow_table

ROUNDS = 1_250_000
STEPS_A_ROUND = 8
INDEX_SECONDS = 5.0
WHY_SECONDS = 0.2
PROGRAM = """
f:      mov     rsi, os_MemoryMap
        mov     [rsp - 8], rdx
.next:  lodsb
        and     esi, 0x12ffff
        movzx   ebx, al
        add     rax, rbx
        mov     [0x200000 + rbx], bl
        push    rbx
        pop     rdx
        loop    .next
        mov     rcx, [rsp - 8]
        ret
"""


def long_trace() -> Trace:
    """Return a trace of ten million steps."""
    return record(Machine(assemble(text=PROGRAM)), "f", rcx=ROUNDS, rax=0, limit=1 << 30)


def seconds(action: Callable[[], object]) -> float:
    """Return how long something takes, the best of three."""
    best = float("inf")
    for _ in range(3):
        start = time.perf_counter()
        action()
        best = min(best, time.perf_counter() - start)
    return best


def index_seconds(trace: Trace) -> float:
    """Return how long the first question takes beyond the next one; the compiled walk is loaded before."""
    start = time.perf_counter()
    flow_table(trace)
    trace.why("rdi")
    return time.perf_counter() - start


def main() -> int:
    """Print a row a question; return 1 where one takes too long."""
    small = record(Machine(assemble(text="f: ret")), "f")
    walk_back_natively(small, flow_table(small), 1, Wanted(0, frozenset()), True)
    trace = long_trace()
    rows = [("index and first why", INDEX_SECONDS, index_seconds(trace))]
    for name, control in (("rax", False), ("rbx", False), ("rcx", False), ("page_map[31]", False), ("zf", True)):
        why = trace.why(name, control=control)
        taken = seconds(lambda name=name, control=control: trace.why(name, control=control).inputs)  # type: ignore[misc]
        rows.append((f"why {name}{' with control' if control else ''}: {len(why):,} steps", WHY_SECONDS, taken))
    rows.append(("registers in the middle", WHY_SECONDS, seconds(lambda: trace.registers_at(len(trace) // 2))))
    rows.append(("last write before the end", WHY_SECONDS, seconds(lambda: trace.last_write("page_map[31]"))))
    rows.append(("visits of a label", WHY_SECONDS, seconds(lambda: trace.visits("f.next"))))
    print(f"{len(trace):,} steps")
    for name, limit, taken in rows:
        print(f"{taken:8.3f} s  of {limit:4.1f} s  {'ok' if taken <= limit else 'TOO SLOW':8}  {name}")
    return int(any(taken > limit for _, limit, taken in rows))


if __name__ == "__main__":
    sys.exit(main())
