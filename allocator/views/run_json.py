"""Write a run as one JSON object (``allocator.run/1``), and the parts that other formats share with it.

Addresses and register values are hexadecimal strings; counts, sizes, pages and flags are numbers.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from allocator.findings import RuleResult
from allocator.machine.run import Registers, Run

FORMAT = "allocator.run/1"


def run_json(run: Run, rules: Iterable[RuleResult] = ()) -> str:
    """Return `run_object` as JSON text."""
    return json.dumps(run_object(run, rules), indent=1)


def run_object(run: Run, rules: Iterable[RuleResult] = ()) -> dict[str, Any]:
    """Return what ``run --json`` prints; ``rules`` are those of the routine's contract, judged."""
    return {
        "format": FORMAT,
        "sources": source_names(run),
        "routine": run.routine,
        "entry": hex(run.entry),
        "registers": {"before": register_object(run.before), "after": register_object(run.registers)},
        "stop": stop_object(run),
        "steps": run.steps,
        "pages_changed": [
            {"page": page, "before": change.before, "after": change.after}
            for page, change in sorted(run.pages_changed.items())
        ],
        "contract": [{"rule": result.rule, "held": result.held} for result in rules],
    }


def source_names(run: Run) -> list[str]:
    """Return the names of all files that the program was assembled from."""
    return [source.name for source in run.image.sources]


def register_object(registers: Registers) -> dict[str, str]:
    """Return every full register by its name."""
    return {name: hex(value) for name, value in registers.items()}


def stop_object(run: Run) -> dict[str, Any]:
    """Return why and where a run ended."""
    stop = run.stop
    line = run.image.line_at(stop.address)
    access = stop.access
    return {
        "kind": stop.kind,
        "address": hex(stop.address),
        "where": run.where,
        "source": line.source.name if line else None,
        "line": line.line if line else None,
        "message": stop.message,
        "access": {"kind": access.kind, "address": hex(access.address), "size": access.size} if access else None,
        "vector": stop.vector,
        "error_code": stop.error_code,
    }
