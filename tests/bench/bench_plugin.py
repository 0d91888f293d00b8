"""Time what the plug-in adds to a pytest start that does not use it: at most 20 milliseconds.

    python tests/bench/bench_plugin.py

Two processes of pytest on one empty test, with the plug-in and without, in turns; other plug-ins are left out of both.
What counts is the processor time of the quickest of each: a busy machine makes a process slower, never
quicker (POSIX only).
"""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from resource import RUSAGE_CHILDREN, getrusage

from pairs import ROUNDS, python

LIMIT = 0.020
PLUGIN = "allocator.pytest_plugin"
NEVER_USED = "def test_nothing(): pass\n"


def main() -> int:
    """Print the table; 1 when the plug-in costs more than it may."""
    os.environ["PYTEST_DISABLE_PLUGIN_AUTOLOAD"] = "1"
    with tempfile.TemporaryDirectory() as directory:
        test = Path(directory) / "test_nothing.py"
        test.write_text(NEVER_USED, encoding="utf-8")
        start = ("-m", "pytest", "-q", "-p", "no:cacheprovider", str(test))
        ours, without = python(*start, "-p", PLUGIN), python(*start)
        pairs = [_pair(ours, without, number % 2 == 1) for number in range(2 * ROUNDS)]
    mine, other = (min(side) for side in zip(*pairs, strict=True))
    verdict = "ok" if mine - other <= LIMIT else "TOO SLOW"
    print(f"{'pytest on one empty test':<44} {1000 * mine:9.2f} ms")
    print(f"{'the same without the plug-in':<44} {1000 * other:9.2f} ms")
    print(f"{'added by the plug-in':<44} {1000 * (mine - other):9.2f} ms  limit {1000 * LIMIT:g} ms  {verdict}")
    return int(mine - other > LIMIT)


def _pair(ours: Callable[[], None], without: Callable[[], None], without_first: bool) -> tuple[float, float]:
    if without_first:
        other = _seconds(without)
        return _seconds(ours), other
    return _seconds(ours), _seconds(without)


def _seconds(run: Callable[[], None]) -> float:
    before = getrusage(RUSAGE_CHILDREN)
    run()
    after = getrusage(RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


if __name__ == "__main__":
    sys.exit(main())
