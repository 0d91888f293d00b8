"""Read which deviations of a source are known and meant: ``memory.accepted.json`` beside ``memory.asm``.

    {"format": "allocator.accepted/1",
     "accepted": [{"rule": "availability", "routine": "os_mem_allocate",
                   "message": "of 6 pages, pages 0 and 1 cannot be had, free or not",
                   "reason": "kept as BareMetal behaved"}]}

``rule`` and ``reason`` must be there. Where ``routine`` or ``message`` is, it has to be equal: a deviation that is
accepted with its message is found again as soon as it becomes another one.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path

from allocator.errors import UsageError, reason
from allocator.findings import Acceptance

FORMAT = "allocator.accepted/1"
MAX_BYTES = 1 << 20
_KEYS = {"rule", "reason", "routine", "message"}


def accepted_beside(sources: Iterable[Path]) -> tuple[Acceptance, ...]:
    """Return what is accepted by the files beside `sources`, where there are any; raises UsageError."""
    beside = [source.with_suffix(".accepted.json") for source in sources]
    return tuple(acceptance for path in beside if path.is_file() for acceptance in read_accepted(path))


def read_accepted(path: Path) -> tuple[Acceptance, ...]:
    """Return what a file accepts; raises UsageError where it is not such a file."""
    try:
        with path.open("rb") as stream:
            raw = stream.read(MAX_BYTES + 1)
        form = json.loads(raw.decode("utf-8")) if len(raw) <= MAX_BYTES else None
    except OSError as error:
        raise UsageError(f"{path}: cannot read what is accepted: {reason(error)}") from error
    except (ValueError, RecursionError) as error:
        raise UsageError(f"{path}: this is not JSON: {error}") from error
    if not isinstance(form, dict) or form.get("format") != FORMAT or not isinstance(form.get("accepted"), list):
        raise UsageError(f'{path}: this is no list of accepted deviations\nhint: it begins {{"format": "{FORMAT}"')
    return tuple(_acceptance(path, number, entry) for number, entry in enumerate(form["accepted"], 1))


def _acceptance(path: Path, number: int, entry: object) -> Acceptance:
    if not isinstance(entry, dict) or not {"rule", "reason"} <= entry.keys() <= _KEYS:
        raise UsageError(
            f"{path}: entry {number} needs rule and reason, and may have routine and message, nothing else"
        )
    if not all(isinstance(value, str) for value in entry.values()):
        raise UsageError(f"{path}: entry {number} has a value that is not a text")
    return Acceptance(**entry)
