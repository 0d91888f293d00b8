"""Find in the trace of a boot what the firmware was asked, and what it answered.

A service is performed at the IRET of its entry in ROM (`machine/bios_rom.py`): before that step the registers are what
the caller passed, after it what the caller gets back, flags included. Memory that the service wrote is among the
step's accesses.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from allocator.machine.run import Registers
from allocator.trace.machine_flow import is_service, vector_served_at
from allocator.trace.schema import BOOT
from allocator.trace.step import Step
from allocator.trace.trace import Trace


@dataclass(frozen=True)
class FirmwareCall:
    """One service: `vector` is that of INT, `step` where it was performed, `caller` the INT instruction's step."""

    vector: int
    step: int
    before: Registers
    after: Registers
    caller: Step | None = field(repr=False)
    written: Mapping[int, bytes] = field(default_factory=dict, repr=False)
    """What the service wrote, by linear address."""


def firmware_calls(trace: Trace, traps: Mapping[int, int]) -> tuple[FirmwareCall, ...]:
    """Return all services of a boot in order; ``traps`` are those of `Bios`: address to vector."""
    found = []
    for address in sorted({place.address for place in trace.columns.places} & set(traps)):
        found += [(int(step), traps[address]) for step in trace.visits(address)]
    return tuple(_call(trace, step, vector) for step, vector in sorted(found))


def call_at(trace: Trace, step: int) -> FirmwareCall | None:
    """Return the service that was performed at a step, or None."""
    place = trace.columns.places[trace.columns.place[step]]
    vector = vector_served_at(place.address) if trace.run.routine == BOOT and is_service(place) else None
    return None if vector is None else _call(trace, step, vector)


def _call(trace: Trace, number: int, vector: int) -> FirmwareCall:
    step = trace[number]
    written = {
        access.address: access.after for access in step.accesses if access.by == "firmware" and access.kind == "write"
    }
    return FirmwareCall(vector, number, step.before, step.after, _caller(trace, number, vector), written)


def _caller(trace: Trace, number: int, vector: int) -> Step | None:
    """Return the INT instruction, which lies two steps before: the entry begins with a NOP."""
    step = trace[max(0, number - 2)]
    return step if step.code == bytes([0xCD, vector]) else None
