"""Time what is written of a trace, each kind beside a bare f-string loop of the same run, and weigh the saved trace.

    python tests/bench/bench_dump.py

The trace is the free-page count over 65,536 pages that are free: half a million steps. Limits: a million lines of text
a second, 300,000 JSON lines, one byte a step on disk. The times depend on the machine: the exit code is 1 when
a ratio to the bare loop is missed, or the size.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import NamedTuple

from allocator import Machine, Trace, assemble, record, shipped
from allocator.trace.archive import load_trace, save_trace
from allocator.views.jsonl_columns import jsonl_texts
from allocator.views.listing_columns import listing_texts
from allocator.views.tenet import trace_tenet

TEXT_RATIO = 0.8
JSON_RATIO = 0.5
BYTES_A_STEP = 1.0


class Timed(NamedTuple):
    """How many lines were written in how many seconds."""

    name: str
    lines: int
    seconds: float

    @property
    def rate(self) -> float:
        return self.lines / self.seconds


def free_page_count() -> Trace:
    """Return the trace of counting 65,536 free pages."""
    machine = Machine(assemble(shipped("memory.asm")), memory="128G")
    machine.page_map.load(b"\1" * 65536)
    return record(machine, "os_mem_get_free", limit=10_000_000)


def timed(name: str, texts: Callable[[], Iterable[str]], repeats: int = 3) -> Timed:
    """Return the best of several runs of writing `texts` to nowhere."""
    best, lines = float("inf"), 0
    for _ in range(repeats):
        with Path("/dev/null").open("w", encoding="utf-8") as nowhere:
            start = time.perf_counter()
            lines = 0
            for text in texts():
                nowhere.write(text + "\n")
                lines += text.count("\n") + 1
            best = min(best, time.perf_counter() - start)
    return Timed(name, lines, best)


def bare_loop(count: int) -> Iterable[str]:
    """Yield lines as the plainest loop in Python makes them: numbers that it already has, and nothing looked up."""
    return (
        f"{number:>6}  {number + 0x100000:x}  lodsb  rsi={number:#x}  read {number:#x} = 1" for number in range(count)
    )


def main() -> int:
    """Print the table; 1 when a limit is missed."""
    trace = free_page_count()
    bare = timed("bare f-string loop", lambda: bare_loop(len(trace)))
    text = timed("text, 160 columns", lambda: listing_texts(trace, 160))
    narrow = timed("text, 100 columns", lambda: listing_texts(trace, 100))
    json_lines = timed("JSON lines", lambda: jsonl_texts(trace))
    tenet = timed("Tenet", lambda: trace_tenet(trace), repeats=1)
    print(f"{len(trace):,} steps")
    for each in (bare, text, narrow, json_lines, tenet):
        print(f"{each.name:24} {each.rate:12,.0f} lines/s   {each.rate / bare.rate:5.2f} of the bare loop")
    size = weigh(trace)
    print(f"{'on disk':24} {size:12.3f} bytes/step (limit {BYTES_A_STEP:g})")
    missed = text.rate < TEXT_RATIO * bare.rate or json_lines.rate < JSON_RATIO * bare.rate or size > BYTES_A_STEP
    return int(missed)


def weigh(trace: Trace) -> float:
    """Print how fast the trace is saved and read; return how many bytes it takes for each step."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "trace.parquet"
        start = time.perf_counter()
        save_trace(trace, path)
        saved = time.perf_counter()
        again = load_trace(path)
        read = time.perf_counter()
        for name, seconds in (("saved", saved - start), ("read", read - saved)):
            print(f"{name:24} {len(again) / seconds:12,.0f} steps/s")
        return path.stat().st_size / len(trace)


if __name__ == "__main__":
    sys.exit(main())
