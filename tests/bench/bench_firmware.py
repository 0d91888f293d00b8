"""Time the firmware map against its limits; each row is a ratio measured in one run.

    python tests/bench/bench_firmware.py

A dmesg of 2,000 lines may take as long as importing numpy; the page map of the largest machine twice as
long as that of 64 MiB is a matter of microseconds, and shown with it.
"""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable

from allocator.machine.firmware_map import FirmwareMap
from allocator.machine.page_map import build_page_map


def seconds(action: Callable[[], object], repeats: int = 5) -> float:
    """Return the best of several runs."""
    best = float("inf")
    for _ in range(repeats):
        start = time.perf_counter()
        action()
        best = min(best, time.perf_counter() - start)
    return best


def dmesg(lines: int = 2000) -> str:
    """Return a kernel's log with a firmware map in it, made of lines that look like entries and are none."""
    noise = [
        "[    0.{n:06}] pci 0000:00:02.0: reg 0x10: [mem 0xfd000000-0xfdffffff 64bit pref]",
        "[    0.{n:06}] ACPI: Reserving FACP table memory at [mem 0x3fe1c5f-0x3fe1cd2]",
        "[    0.{n:06}] e820: update [mem 0x00000000-0x00000fff] usable ==> reserved",
        "[    0.{n:06}] usb 1-1: new high-speed USB device number 2 using xhci_hcd (1234:5678)",
    ]
    entries = [f"[    0.000000] {line}" for line in FirmwareMap.of("ibm-x3500-m4").to_linux_log().splitlines()]
    return "\n".join([*entries, *(noise[n % len(noise)].format(n=n) for n in range(lines - len(entries)))])


def import_seconds() -> float:
    """Return how long a fresh interpreter takes to import numpy, without its own start."""
    script = "import time; s = time.perf_counter(); import numpy; print(time.perf_counter() - s)"
    return min(float(subprocess.check_output([sys.executable, "-c", script])) for _ in range(3))


def main() -> int:
    """Print the table; 1 when a limit is missed."""
    log = dmesg()
    limit = import_seconds()
    parsing = seconds(lambda: FirmwareMap.from_log(log))
    small, large = FirmwareMap.of("64M"), FirmwareMap.of("aic-fb201-1536g")
    rows = [
        ("import numpy", limit, ""),
        ("parse a dmesg of 2,000 lines", parsing, f"{parsing / limit:.2f} of importing numpy (limit 1)"),
        ("page map of 64 MiB", seconds(lambda: build_page_map(small)), ""),
        ("page map of 1.5 TiB", seconds(lambda: build_page_map(large)), ""),
    ]
    for name, duration, note in rows:
        print(f"{name:32} {duration * 1e3:9.3f} ms  {note}")
    return int(parsing > limit)


if __name__ == "__main__":
    sys.exit(main())
