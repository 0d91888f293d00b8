"""Time questions about a trace of ten million steps against their limits.

    python tests/bench/bench_why.py

The index (the flow of each place, what was measured, the frames that are touched) may take 5 seconds, a `why` after
it 0.2 seconds: one that follows millions of steps, one that looks for a byte of memory, one with control. Under page
tables of its own a program stores and loads under two addresses of one frame: a shorter trace, with the same limits.
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
Row = tuple[str, float, float]
"""What is asked, the seconds that it may take, and those that it takes."""
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
ALIASED_ROUNDS = 100_000
ALIASED = """
f:      mov     qword [0x300000], 0x301023      ; the first GiB twice
        mov     qword [0x301000], 0xE3
        mov     qword [0x301008], 0xE3
        mov     rax, 0x300000
        mov     cr3, rax
        xor     ebx, ebx
.next:  mov     [0x40200000 + rbx], ecx
        mov     edx, [0x200000 + rbx]
        add     rax, rdx
        add     bl, 4
        loop    .next
        ret
"""


def long_trace() -> Trace:
    """Return a trace of ten million steps."""
    return record(Machine(assemble(text=PROGRAM)), "f", rcx=ROUNDS, rax=0, limit=1 << 30)


def aliased_trace() -> Trace:
    """Return a trace of half a million steps, every store of which lies elsewhere than its address says."""
    return record(Machine(assemble(text=ALIASED)), "f", rcx=ALIASED_ROUNDS, limit=1 << 30)


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


def questions(trace: Trace) -> list[Row]:
    """Return how long questions about the long trace take."""
    rows = [("index and first why", INDEX_SECONDS, index_seconds(trace))]
    for name, control in (("rax", False), ("rbx", False), ("rcx", False), ("page_map[31]", False), ("zf", True)):
        why = trace.why(name, control=control)
        taken = seconds(lambda name=name, control=control: trace.why(name, control=control).inputs)  # type: ignore[misc]
        rows.append((f"why {name}{' with control' if control else ''}: {len(why):,} steps", WHY_SECONDS, taken))
    rows.append(("registers in the middle", WHY_SECONDS, seconds(lambda: trace.registers_at(len(trace) // 2))))
    rows.append(("last write before the end", WHY_SECONDS, seconds(lambda: trace.last_write("page_map[31]"))))
    rows.append(("visits of a label", WHY_SECONDS, seconds(lambda: trace.visits("f.next"))))
    return rows


def aliased_questions(trace: Trace) -> list[Row]:
    """Return the same of the trace in which a frame has two addresses."""
    where = 0x200010
    return [
        ("aliased: index and first why", INDEX_SECONDS, index_seconds(trace)),
        (f"aliased: why rax: {len(trace.why('rax')):,} steps", WHY_SECONDS, seconds(lambda: trace.why("rax").inputs)),
        ("aliased: why a byte", WHY_SECONDS, seconds(lambda: trace.why(where).inputs)),
        ("aliased: last write", WHY_SECONDS, seconds(lambda: trace.last_write(where))),
        (f"aliased: {len(trace.writes(where)):,} writes", WHY_SECONDS, seconds(lambda: trace.writes(where))),
    ]


def main() -> int:
    """Print a row a question; return 1 where one takes too long."""
    small = record(Machine(assemble(text="f: ret")), "f")
    walk_back_natively(small, flow_table(small), 1, Wanted(0, frozenset()), True)
    trace, aliased = long_trace(), aliased_trace()
    rows = [*questions(trace), *aliased_questions(aliased)]
    print(f"{len(trace):,} steps, and {len(aliased):,} under page tables")
    for name, limit, taken in rows:
        print(f"{taken:8.3f} s  of {limit:4.1f} s  {'ok' if taken <= limit else 'TOO SLOW':8}  {name}")
    return int(any(taken > limit for _, limit, taken in rows))


if __name__ == "__main__":
    sys.exit(main())
