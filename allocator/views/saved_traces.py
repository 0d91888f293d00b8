"""Save the traces of failed tests: one file each, named after the test, in a directory that stays small.

    test-results/junit-traces/test_pool.py__test_three_pages.parquet

``allocator dump`` and ``allocator query`` read them. Where DuckDB is not installed, they are JSON lines.
"""

from __future__ import annotations

import hashlib
import importlib.util
import re
from pathlib import Path

from allocator.errors import AllocatorError
from allocator.trace.trace import Trace
from allocator.views.jsonl import trace_jsonl

MOST_FILES = 100
"""Traces that are kept in one directory."""
MOST_STEPS = 1 << 20
MOST_STEPS_OF_TEXT = 100_000
"""Steps of a trace as JSON lines, which take half a kilobyte each."""
_LONGEST_NAME = 120


def save_failed_trace(trace: Trace, directory: Path, test: str) -> Path | str:
    """Save the trace of a failed test, and return its file, or why there is none."""
    is_parquet = importlib.util.find_spec("duckdb") is not None
    if len(trace) > (MOST_STEPS if is_parquet else MOST_STEPS_OF_TEXT):
        return f"a trace of {len(trace):,} steps is too long to be kept"
    path = directory / f"{file_name(test)}.{'parquet' if is_parquet else 'jsonl'}"
    try:
        directory.mkdir(parents=True, exist_ok=True)
        if not path.exists() and sum(1 for _ in directory.iterdir()) >= MOST_FILES:
            return f"{directory} has {MOST_FILES} traces already"
        _write(trace, path)
    except (OSError, AllocatorError) as error:
        return f"the trace could not be saved: {error}"
    return path


def _write(trace: Trace, path: Path) -> None:
    if path.suffix == ".parquet":
        from allocator.trace.archive import save_trace

        save_trace(trace, path)
        return
    unfinished = path.with_suffix(".unfinished")
    with unfinished.open("w", encoding="utf-8") as stream:
        stream.writelines(f"{line}\n" for line in trace_jsonl(trace))
    unfinished.replace(path)


def file_name(test: str) -> str:
    """Return a file name for a test's id: letters, digits and a few signs; where that is not all, with a digest."""
    plain = re.sub(r"[^A-Za-z0-9_.\[\]-]+", "__", test).strip("_.")
    if plain == test.replace("::", "__").replace("/", "__") and len(plain) <= _LONGEST_NAME:
        return plain
    digest = hashlib.sha256(test.encode("utf-8", "surrogatepass")).hexdigest()[:10]
    return f"{plain[:_LONGEST_NAME]}-{digest}"
