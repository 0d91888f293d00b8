"""Keep what a campaign has done in a small file, so that it can go on after an interruption.

The file is JSON: what the campaign is about (a digest), and for each finished chunk, by its number, what came of
it. It is replaced as a whole, so that a process that is killed leaves the last one or the next one, never a half.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from allocator.checks.world_alone import Difference
from allocator.checks.world_chunk import ChunkResult
from allocator.errors import UsageError, reason
from allocator.source import printable

FORMAT = "allocator.worlds/1"
_LARGEST = 16 << 20
_KINDS = {"pages": str, "request": int, "kind": str, "expected": str, "came": str}


def load_state(path: Path, digest: str) -> dict[int, ChunkResult]:
    """Return the finished chunks of the campaign `digest`; none where there is no file.

    Raises UsageError for a file that is something else, or of another campaign.
    """
    if not path.exists():
        return {}
    try:
        if path.stat().st_size > _LARGEST:
            raise ValueError("it is too large")
        state = json.loads(path.read_text(encoding="utf-8"))
        if not isinstance(state, dict) or state.get("format") != FORMAT:
            raise ValueError(f"its format is not {FORMAT}")
        if state.get("digest") != digest:
            raise ValueError("it belongs to another image, routine, or number of pages")
        return {_count(number): _chunk(result) for number, result in state["chunks"].items()}
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        name = printable(str(path))
        raise UsageError(f"{name} is not the state of this campaign: {error}; remove it to begin anew") from None


def save_state(path: Path, digest: str, chunks: dict[int, ChunkResult]) -> None:
    """Replace the file; raises UsageError where it cannot be written."""
    listed = {str(number): _listed(result) for number, result in sorted(chunks.items())}
    text = json.dumps({"format": FORMAT, "digest": digest, "chunks": listed})
    beside = path.with_name(path.name + ".new")
    try:
        beside.write_text(text, encoding="utf-8")
        beside.replace(path)
    except OSError as error:
        raise UsageError(f"cannot write {printable(str(path))}: {reason(error)}") from None


def _listed(result: ChunkResult) -> dict[str, Any]:
    return {**result._asdict(), "smallest": [difference.as_json() for difference in result.smallest]}


def _chunk(listed: dict[str, Any]) -> ChunkResult:
    smallest = tuple(_difference(each) for each in listed["smallest"])
    return ChunkResult(_count(listed["calls"]), _count(listed["skipped"]), _count(listed["found"]), smallest)


def _difference(listed: dict[str, Any]) -> Difference:
    if not all(isinstance(listed[name], kind) for name, kind in _KINDS.items()):
        raise ValueError("a difference in it is damaged")
    return Difference(**{name: listed[name] for name in _KINDS})


def _count(value: object) -> int:
    number = int(value) if isinstance(value, (int, str)) else -1
    if number < 0:
        raise ValueError("a number in it is damaged")
    return number
