"""Write a trace for Tenet, the trace explorer: what changed, as one arrives at each instruction.

    rax=0x0,rcx=0x3,...,rip=0x100010          the first line: every register
    rsp=0x1efee8,rip=0x100011,mw=0x1efee8:7777d0baeeffc000

- A line is written on arrival: ``rip`` is the instruction about to run; registers and memory are what the one
  before it did. So a last line, where the run ended, says what the last instruction did.
- Only what Tenet knows is written, since anything else ends its reading: RAX..R15 and RIP, or EAX..EDI and EIP for a
  trace without 64-bit code. Flags and segments are not among them.
- ``mr`` holds the bytes read, ``mw`` the bytes written, as they lie in memory. ``rip`` is the linear address.

The whole trace is written: what a filter left out would be missing from the state. Tenet recommends at most ten
million lines. Source: the reader's code (github.com/gaasedelen/tenet, trace/file.py).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from allocator.machine.run import Registers
from allocator.registers import FULL, GENERAL
from allocator.trace.schema import LONG, READ, Place
from allocator.trace.trace import Trace

RECOMMENDED_LINES = 10_000_000


def trace_tenet(trace: Trace) -> Iterator[str]:
    """Yield a line for the arrival at each instruction, and one for the end."""
    columns = trace.columns
    layout = _Layout(columns.places)
    places = [f"{layout.counter}={place.address & layout.mask:#x}" for place in columns.places]
    change, access = 0, 0
    items = layout.state(trace.start)
    for place, changes, accesses in zip(columns.place, columns.changes, columns.accesses, strict=True):
        yield _arrival(items, places[place])
        items = []
        if changes:
            rows = slice(change, change := change + int(changes))
            pairs = zip(columns.register[rows], columns.value[rows], strict=True)
            items += [layout.change(int(number), int(value)) for number, value in pairs if number in layout.names]
        if accesses:
            rows = slice(access, access := access + int(accesses))
            items += [_access(trace, row) for row in range(rows.start, rows.stop)]
    yield _arrival(items, f"{layout.counter}={_end(trace) & layout.mask:#x}")


class _Layout:
    """The registers that Tenet knows for the width of the trace."""

    def __init__(self, places: Sequence[Place]) -> None:
        is_long = not places or any(place.bits == 64 for place in places)
        names = GENERAL if is_long else tuple(f"e{name[1:]}" for name in GENERAL[:8])
        self.names = {FULL.index(full): name for full, name in zip(GENERAL, names, strict=False)}
        self.counter = "rip" if is_long else "eip"
        self.mask = (1 << 64) - 1 if is_long else 0xFFFF_FFFF

    def state(self, registers: Registers) -> list[str]:
        """Return every register."""
        return [self.change(number, registers[FULL[number]]) for number in self.names]

    def change(self, number: int, value: int) -> str:
        """Return one register."""
        return f"{self.names[number]}={value & self.mask:#x}"


def _arrival(items: Sequence[str], counter: str) -> str:
    return ",".join((*items, counter))


def _access(trace: Trace, row: int) -> str:
    columns = trace.columns
    size, after = int(columns.size[row]), int(columns.after[row])
    data = columns.long[after].after if size == LONG else after.to_bytes(size, "little")
    kind = "mr" if columns.kind[row] == READ else "mw"
    return f"{kind}={int(columns.address[row]):#x}:{data.hex()}"


def _end(trace: Trace) -> int:
    """Return the linear address at which the run ended up."""
    registers, columns = trace.run.registers, trace.columns
    is_real = bool(len(columns.place)) and columns.places[columns.place[-1]].mode == "real16"
    return registers.rip + (registers.cs << 4 if is_real else 0)
