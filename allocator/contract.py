"""Read the contract in the comment above a routine: what goes in, what comes out, what is touched."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Contract:
    """Placeholder until the grammar is parsed (replaced with the front end)."""

    routine: str
