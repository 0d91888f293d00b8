"""Time the firmware map against its limits; each row is a ratio measured in one run.

    python tests/bench/bench_firmware.py

A dmesg of 2,000 lines may take as long as importing numpy; a machine of the largest preset, built and
asked for its first page, twice as long as one of 64 MiB.
"""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable
from functools import cache

from allocator import FirmwareMap, Image, Machine, assemble, shipped
from allocator.machine.firmware_presets import all_presets


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


def largest_preset() -> str:
    """Return the name of the machine with the most memory."""
    return max(all_presets(), key=lambda preset: FirmwareMap(preset.entries).usable_bytes).name


def first_page(memory: str) -> int:
    """Build a machine and return the address of the first page that it hands out."""
    run = Machine(assemble_once(), memory=memory).call("os_mem_allocate", rcx=1)
    return int(run.registers.rax)


@cache
def assemble_once() -> Image:
    """Return the shipped program."""
    return assemble(shipped("memory.asm"))


def main() -> int:
    """Print the table; 1 when a limit is missed."""
    log = dmesg()
    limit = import_seconds()
    parsing = seconds(lambda: FirmwareMap.from_log(log))
    small = seconds(lambda: first_page("64M"), 20)
    large = seconds(lambda: first_page(largest_preset()), 20)
    rows = [
        ("import numpy", limit, ""),
        ("parse a dmesg of 2,000 lines", parsing, f"{parsing / limit:.2f} of importing numpy (limit 1)"),
        ("first page of 64 MiB", small, ""),
        (f"first page of {largest_preset()}", large, f"{large / small:.2f} of 64 MiB (limit 2)"),
    ]
    for name, duration, note in rows:
        print(f"{name:32} {duration * 1e3:9.3f} ms  {note}")
    return int(parsing > limit or large > 2 * small)


if __name__ == "__main__":
    sys.exit(main())
