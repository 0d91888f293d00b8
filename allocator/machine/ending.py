"""Say why the engine stopped on its own, before anybody explains it."""

from __future__ import annotations

from typing import NamedTuple


class Ending(NamedTuple):
    """Why the engine stopped on its own: see the constants below; `vector` is None unless it was an interrupt."""

    cause: str
    vector: int | None = None
    access: str | None = None
    address: int = 0
    size: int = 0


INTERRUPT = "interrupt"
"""INT n or an exception; `Cpu` does not deliver it."""
MISSING = "missing"
"""Nothing is mapped at a physical address; `access` is read, write or fetch."""
INVALID = "invalid"
"""An instruction that the processor does not have."""
DEFECT = "defect"
"""The engine gave up for a reason of its own; `access` is its message."""
