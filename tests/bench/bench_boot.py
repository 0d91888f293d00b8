"""Time a recorded boot, from the start of the process to the allocated page, against importing the engines.

The command `allocator boot` then asks the rules of the manual, and tells the story: its whole time is printed as well.

    python tests/bench/bench_boot.py

Both are new processes, in turns. The package was compiled before, as it is for anybody who boots twice: its byte code,
and the native hooks.
"""

from __future__ import annotations

import os
import subprocess
import sys
from functools import partial

from pairs import measure_pairs

LIMIT = 8
ROUNDS = 9
IMPORT = "import keystone, unicorn, capstone"
BOOT = """
from allocator import PC, assemble, record, shipped
trace = record(PC(assemble(shipped("boot.asm"), shipped("bridge.asm"))))
assert trace.run.rax == 0x3E00000
"""
COMMAND = "import sys; from allocator.__main__ import main; sys.exit(main(['boot', '--json', '-o', '/dev/null']))"


def main() -> int:
    """Print the table; 1 when the limit is missed."""
    _run(BOOT)
    pair = measure_pairs(partial(_run, BOOT), partial(_run, IMPORT), ROUNDS)
    verdict = "ok" if pair.ratio <= LIMIT else "MISSED"
    whole = measure_pairs(partial(_run, COMMAND), partial(_run, IMPORT), ROUNDS)
    print(f"{'recorded, up to the allocated page':<40} {pair.ours:8.2f} s")
    print(f"{'import keystone, unicorn, capstone':<40} {pair.reference:8.2f} s")
    print(f"{'times as long':<40} {pair.ratio:8.2f}    {verdict}, limit {LIMIT}")
    print(f"{'with rules and story: allocator boot':<40} {whole.ours:8.2f} s, {whole.ratio:.2f} times")
    return int(pair.ratio > LIMIT)


def _run(program: str) -> None:
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    subprocess.run([sys.executable, "-c", program], check=True, env=environment)


if __name__ == "__main__":
    sys.exit(main())
