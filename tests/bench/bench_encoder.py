"""Time assembling against the engines that it stands beside; each row is a ratio measured in one run.

    python tests/bench/bench_encoder.py

Assembling the shipped allocator for the first time in a process, the start of Python and Keystone's process included,
may take one and a half times as long as importing the engines and numpy; a second time a tenth of that.
"""

from __future__ import annotations

import subprocess
import sys
import time

IMPORTS = "import unicorn, keystone, capstone, numpy"
FIRST = "from allocator import assemble, shipped; assemble(shipped('memory.asm'))"
AGAIN = f"""
import time
{FIRST}
best = 9.0
for _ in range(9):
    start = time.perf_counter()
    assemble(shipped('memory.asm'))
    best = min(best, time.perf_counter() - start)
print(best)
"""


def seconds(program: str, repeats: int = 7) -> float:
    """Return the best of several runs of a new Python."""
    best = float("inf")
    for _ in range(repeats):
        start = time.perf_counter()
        subprocess.run([sys.executable, "-c", program], check=True)
        best = min(best, time.perf_counter() - start)
    return best


def main() -> int:
    """Print the table; 1 when a row exceeds its limit."""
    imports = seconds(IMPORTS)
    again = float(subprocess.run([sys.executable, "-c", AGAIN], check=True, capture_output=True, text=True).stdout)
    rows = [("first assembly", seconds(FIRST), 1.5), ("assembly from the cache", again, 0.1)]
    print(f"{'imports of the engines':30} {imports * 1000:8.1f} ms")
    for name, measured, limit in rows:
        print(f"{name:30} {measured * 1000:8.1f} ms  {measured / imports:5.2f} times, limit {limit}")
    return int(any(measured > limit * imports for _, measured, limit in rows))


if __name__ == "__main__":
    sys.exit(main())
