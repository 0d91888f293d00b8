"""Say how much of a long answer is shown: what fits a screen, or all; and how one asks for the rest."""

from __future__ import annotations

from typing import NamedTuple


class Extent(NamedTuple):
    """All where ``is_full``, else a screenful; ``hint`` is how whoever reads the answer asks for all: ``--all``."""

    is_full: bool = False
    hint: str = ""

    def most(self, screenful: int, full: int) -> int:
        """Return how many are shown."""
        return full if self.is_full else screenful

    def left_out(self, what: str) -> str:
        """Return what is said of what is not shown."""
        return f"{what}: {self.hint}" if self.hint and not self.is_full else what


SCREEN = Extent()
