"""Write a trace as JSON lines (``allocator.trace/1``): a header, then one line for each step.

- `registers` and `flags` hold ``[before, after]`` of those that the step changed; the header has all registers
  at the start. RIP is left out: it is the next step's address.
- `before` and `after` of an access are the bytes as one little-endian number.
- A line is made when it is asked for, so a long trace is written as it is read.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

from allocator.trace.trace import Access, Step, Trace
from allocator.views.run_json import register_object, source_names, stop_object

FORMAT = "allocator.trace/1"


def trace_jsonl(trace: Trace, steps: Iterable[Step] | None = None) -> Iterator[str]:
    """Yield the header and a line for each of `steps`, by default all."""
    yield json.dumps(header_object(trace))
    for step in trace if steps is None else steps:
        yield json.dumps(step_object(step))


def header_object(trace: Trace) -> dict[str, Any]:
    """Return the first line's object."""
    return {
        "format": FORMAT,
        "sources": source_names(trace.run),
        "routine": trace.run.routine,
        "registers": register_object(trace.start),
        "stop": stop_object(trace.run),
        "steps": len(trace),
    }


def step_object(step: Step) -> dict[str, Any]:
    """Return the object of one step."""
    place, location, line = step.place, step.location, step.line
    return {
        "step": step.index,
        "address": hex(place.address),
        "bytes": place.code.hex(),
        "text": step.text,
        "mode": place.mode,
        "bits": place.bits,
        "label": location.label if location else None,
        "offset": location.offset if location else None,
        "source": line.source.name if line else None,
        "line": line.line if line else None,
        "repeat": step.repeat,
        "registers": {name: [hex(change.before), hex(change.after)] for name, change in step.registers.items()},
        "flags": {name: [change.before, change.after] for name, change in step.flags.items()},
        "accesses": [_access_object(access) for access in step.accesses],
    }


def _access_object(access: Access) -> dict[str, Any]:
    return {
        "kind": access.kind,
        "by": access.by,
        "address": hex(access.address),
        "physical": hex(access.physical),
        "size": access.size,
        "before": _number(access.before),
        "after": _number(access.after),
    }


def _number(value: bytes | None) -> str | None:
    return None if value is None else hex(int.from_bytes(value, "little"))
