"""Time a plain call against prepared ctypes calls of the engine, and a large machine against a small one.

    python tests/bench/bench_machine.py

A call of ours gives every register a known value, is bounded, can be interrupted with Ctrl-C, and can be asked
afterwards what it did.
"""

from __future__ import annotations

import subprocess
import sys

from pairs import measure_pairs
from raw_engine import RawEngine

from allocator import Machine, assemble, shipped

CALLS = 2000
TWENTY = """
f:  push rsi
    push rdx
    push rbx
    xor eax, eax
    mov esi, 0x120000
    mov edx, esi
    add rsi, 31
    mov rbx, rcx
    dec rbx
    inc rbx
    add rax, rbx
    shl rax, 21
    cmp rax, rdx
    setb al
    movzx eax, al
    nop
    pop rbx
    pop rdx
    pop rsi
    ret
"""
MEMORY = "import resource; from allocator import *; m = Machine(assemble(shipped('memory.asm')), '{}');" \
    " m.call('os_mem_allocate', rcx=1); print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)"  # fmt: skip


def main() -> int:
    """Print the table; 1 when a row exceeds its limit."""
    image = assemble(text=TWENTY)
    machine, raw = Machine(image), RawEngine(image, "f")
    calls = measure_pairs(
        lambda: [machine.call("f", rcx=3) for _ in range(CALLS)], lambda: [raw.call_prepared(3) for _ in range(CALLS)]
    )
    print(calls.row(f"{CALLS:,} calls of 20 instructions", "prepared ctypes calls", 1 / 0.6))
    print(f"    that is {100 / calls.ratio:.0f}% of their rate, {CALLS / calls.ours:,.0f} calls a second")
    allocator = assemble(shipped("memory.asm"))
    sizes = measure_pairs(lambda: Machine(allocator, "128G"), lambda: Machine(allocator, "64M"))
    print(sizes.row("a machine of 128 GiB", "a machine of 64 MiB", 2))
    large, small = _memory_of("128G"), _memory_of("64M")
    print(f"    memory: {large:,} KiB against {small:,} KiB, ratio {large / small:.2f}, limit 2")
    return int(calls.ratio > 1 / 0.6 or sizes.ratio > 2 or large > 2 * small)


def _memory_of(size: str) -> int:
    done = subprocess.run([sys.executable, "-c", MEMORY.format(size)], check=True, capture_output=True, text=True)
    return int(done.stdout)


if __name__ == "__main__":
    sys.exit(main())
