"""Time small worlds against prepared calls from Python, and two processes against two independent busy loops.

    python tests/bench/bench_worlds.py

A prepared call lays the page map, calls `os_mem_allocate` with everything prepared in ctypes, and reads the page map
back; it compares nothing. Ours makes the cases, compares every call with the model, and checks the driver. Both are
measured in turns on maps of 12 pages, in this process.
"""

from __future__ import annotations

import ctypes
import pickle
import sys
from collections.abc import Callable
from concurrent.futures import Executor, ProcessPoolExecutor
from functools import partial
from multiprocessing import get_context
from statistics import median
from time import perf_counter

from pairs import measure_pairs
from raw_engine import RawEngine
from unicorn.unicorn_py3.unicorn import uclib

from allocator import Image, assemble, shipped
from allocator.checks.world_chunk import WorldTask, run_chunk
from allocator.checks.world_model import make_maps
from allocator.checks.worlds import check_worlds, describe_worlds

PAGES = 12
REQUESTS = PAGES + 2
FIRST = 100_000
MAPS, PREPARED_MAPS, PARALLEL_MAPS = 56_000, 4_000, 120_000
LOOPS = 10_000_000
ROUNDS = 5


def main() -> int:
    """Print the table; 1 when a row misses its limit."""
    image = assemble(shipped("memory.asm"))
    is_slow = _speed(image)
    is_alone = _processes(image)
    begin = perf_counter()
    report = check_worlds(image, PAGES)
    print(f"{describe_worlds(report)}: {perf_counter() - begin:.1f} s")
    return int(is_slow or is_alone)


def _speed(image: Image) -> bool:
    raw = RawEngine(image, "os_mem_allocate")
    raw.engine.mem_write(0x110108, (2 * PAGES).to_bytes(4, "little"))
    worlds = [world.tobytes() for world in make_maps(PAGES, FIRST, PREPARED_MAPS)]
    pair = measure_pairs(partial(run_chunk, _task(image, MAPS)), lambda: _call_prepared(raw, worlds), ROUNDS)
    ours, prepared = MAPS * REQUESTS / pair.ours, PREPARED_MAPS * REQUESTS / pair.reference
    ratio = MAPS / PREPARED_MAPS / pair.ratio
    print(
        f"{'small worlds, compared with the model':<44} {ours:12,.0f} calls/s  {_verdict(ours >= 1e6)}, limit 1,000,000"
    )
    print(f"{'prepared calls from Python':<44} {prepared:12,.0f} calls/s")
    print(f"{'times as many':<44} {ratio:12.1f}  {_verdict(ratio >= 15)}, limit 15")
    return ours < 1e6 or ratio < 15


def _call_prepared(raw: RawEngine, worlds: list[bytes]) -> None:
    handle, after = raw.engine._uch, ctypes.create_string_buffer(16)
    for world in worlds:
        for request in range(REQUESTS):
            uclib.uc_mem_write(handle, 0x120000, world, 16)
            raw.call_prepared(request)
            uclib.uc_mem_read(handle, 0x120000, after, 16)


def _processes(image: Image) -> bool:
    work, loop = partial(run_chunk, _task(image, PARALLEL_MAPS)), partial(busy_loop, LOOPS)
    with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as executor:
        for _ in range(2):
            _seconds(executor, work, 2)
        rounds = [(_speed_up(executor, work), _speed_up(executor, loop)) for _ in range(ROUNDS)]
    share = median(ours / theirs for ours, theirs in rounds)
    ours, theirs = (median(column) for column in zip(*rounds, strict=True))
    print(f"{'two processes, of the speed-up of busy loops':<44} {share:12.0%}  {_verdict(share >= 0.9)}, limit 90%")
    print(f"{'  speed-up of worlds, of busy loops':<44} {ours:12.2f} {theirs:8.2f}")
    return share < 0.9


def _speed_up(executor: Executor, work: Callable[[], object]) -> float:
    return 2 * _seconds(executor, work, 1) / _seconds(executor, work, 2)


def _seconds(executor: Executor, work: Callable[[], object], times: int) -> float:
    begin = perf_counter()
    for future in [executor.submit(work) for _ in range(times)]:
        future.result()
    return perf_counter() - begin


def busy_loop(rounds: int) -> int:
    """Keep one core busy."""
    total = 0
    for number in range(rounds):
        total ^= number
    return total


def _task(image: Image, maps: int) -> WorldTask:
    return WorldTask(pickle.dumps(image), "os_mem_allocate", "documented", REQUESTS, PAGES, FIRST, maps)


def _verdict(is_kept: bool) -> str:
    return "ok" if is_kept else "MISSED"


if __name__ == "__main__":
    sys.exit(main())
