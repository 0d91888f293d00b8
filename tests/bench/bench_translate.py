"""Time the translation of many addresses against a plain Python walk; each row is a ratio measured in one run.

    PYTHONPATH=.:tests python tests/bench/bench_translate.py

One million addresses of user memory through page tables that map 64 MiB in pages of 4 KiB, all frames shuffled, a
tenth of them not present; the plain walk does a hundredth of them, and ours does all of them several times, so that
both take about as long and a busy machine disturbs both alike. Then, without a limit, what one address takes in
columns of other kinds.
"""

from __future__ import annotations

import random
import sys
from statistics import median
from time import perf_counter

import numpy as np
from pairs import measure_pairs
from reference.page_walk import Rules, page_walk

from allocator.machine.native_walk import Frames, translate_columns
from allocator.machine.page_entries import Paging
from allocator.machine.paging import Access, walk

ADDRESSES = 1_000_000
SAMPLE = 10_000
TIMES = 8
PAGES = 16384
LIMIT = 500
ROOT = 0x100000
ROUNDS = 9
USER_READ = Access("read", is_user=True)
SHIFTS = {"32-bit": (22,), "PAE": (30, 21), "4-level": (39, 30, 21)}


def mapped_frames(mode: str) -> dict[int, bytes]:
    """Return the page tables of a process, which begin at 1 MiB."""
    generator = random.Random(mode)
    size = 4 if mode == "32-bit" else 8
    tables: dict[int, bytearray] = {ROOT: bytearray(4096)}
    frames = list(range(0x4000, 0x4000 + PAGES))
    generator.shuffle(frames)
    for page, frame in enumerate(frames):
        table = ROOT
        for shift in SHIFTS[mode]:
            table = _below(tables, table, _index(page << 12, shift, size), size, shift == 30 and mode == "PAE")
        flags = 7 if generator.random() < 0.9 else 6
        _put(tables[table], _index(page << 12, 12, size), size, frame << 12 | flags)
    return {address: bytes(table) for address, table in tables.items()}


def _index(address: int, shift: int, size: int) -> int:
    return address >> shift & 4096 // size - 1


def _below(tables: dict[int, bytearray], table: int, index: int, size: int, is_pdpte: bool) -> int:
    entry = int.from_bytes(tables[table][index * size : (index + 1) * size], "little")
    if not entry:
        entry = ROOT + 0x1000 * len(tables) | (1 if is_pdpte else 7)
        tables[entry & ~0xFFF] = bytearray(4096)
        _put(tables[table], index, size, entry)
    return entry & ~0xFFF


def _put(table: bytearray, index: int, size: int, entry: int) -> None:
    table[index * size : (index + 1) * size] = entry.to_bytes(size, "little")


def patterns() -> dict[str, np.ndarray]:
    """Return columns of addresses by name; the first is the one that the limit is about."""
    generator = np.random.default_rng(1)
    scattered = generator.integers(0, PAGES << 12, ADDRESSES, np.uint64)
    return {
        "scattered": scattered,
        "sorted": np.sort(scattered),
        "a page and 8 bytes apart": np.arange(ADDRESSES, dtype=np.uint64) * np.uint64(0x1008) % np.uint64(PAGES << 12),
        "over 4 GiB": generator.integers(0, 1 << 32, ADDRESSES, np.uint64),
        "a thousand": scattered[:1000],
        "ten": scattered[:10],
    }


def assert_same(mode: str, frames: dict[int, bytes], addresses: np.ndarray) -> None:
    """Compare a sample with the plain walk."""
    rules = Rules(mode, ROOT)
    plain = [page_walk(rules, frames, int(address), user=True) for address in addresses[:SAMPLE]]
    native = translate_columns(Paging(mode, ROOT), frames, addresses, USER_READ)
    found = zip(native.physical.tolist(), native.fault.tolist(), strict=True)
    expected = [physical for physical, _, _ in plain]
    assert expected == [physical if fault < 0 else None for physical, fault in found][:SAMPLE]


def compare(mode: str, frames: dict[int, bytes], addresses: np.ndarray) -> float:
    """Print how long one address takes here, in the plain walk and in `paging.walk`; return the first ratio."""
    rules, paging, memory = Rules(mode, ROOT), Paging(mode, ROOT), Frames(frames)
    sample = [int(address) for address in addresses[:SAMPLE]]
    measured = measure_pairs(
        lambda: [len(translate_columns(paging, memory, addresses, USER_READ).fault) for _ in range(TIMES)],
        lambda: [page_walk(rules, frames, each, user=True) for each in sample],
        5,
    )
    ours, plain = 1e9 * measured.ours / TIMES / len(addresses), 1e9 * measured.reference / len(sample)
    ratio = TIMES * len(addresses) / len(sample) / measured.ratio
    told = _told(paging, frames, sample[: SAMPLE // 10])
    print(
        f"{mode:8} {ours:6.1f} ns an address, plain {plain:6.0f} ns: {ratio:6.0f} times  (limit {LIMIT});"
        f"  paging.walk, which tells why, {told:6.0f} ns"
    )
    return ratio


def _told(paging: Paging, frames: dict[int, bytes], sample: list[int]) -> float:
    """Return the nanoseconds of the walk that says each entry in words."""

    def read(address: int, size: int) -> bytes:
        offset = address % 4096
        return frames.get(address - offset, bytes(4096))[offset : offset + size]

    start = perf_counter()
    for address in sample:
        walk(paging, address, read, USER_READ)
    return 1e9 * (perf_counter() - start) / len(sample)


def show(mode: str, frames: dict[int, bytes], columns: dict[str, np.ndarray]) -> None:
    """Print how long one address of each column takes."""
    paging, memory = Paging(mode, ROOT), Frames(frames)
    for name, addresses in columns.items():
        times = []
        for _ in range(ROUNDS):
            start = perf_counter()
            translate_columns(paging, memory, addresses, USER_READ)
            times.append(perf_counter() - start)
        print(f"{mode:8} {1e9 * median(times) / len(addresses):6.1f} ns an address, {name}")


def main() -> int:
    """Print the table; 1 when a limit is missed."""
    columns = patterns()
    worlds = {mode: mapped_frames(mode) for mode in SHIFTS}
    for mode, frames in worlds.items():
        for addresses in columns.values():
            assert_same(mode, frames, addresses)
    ratios = [compare(mode, frames, columns["scattered"]) for mode, frames in worlds.items()]
    for mode, frames in worlds.items():
        show(mode, frames, columns)
    return int(min(ratios) < LIMIT)


if __name__ == "__main__":
    sys.exit(main())
