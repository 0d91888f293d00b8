"""Colour text by its meaning: the one table from roles to terminal colours.

Only the sixteen standard colours are used, which every terminal lets its owner choose. Without colour a
view is complete: colour repeats what words and places already say.
"""

from __future__ import annotations

from typing import NamedTuple

# Role -> SGR parameters (ECMA-48, section 8.3.117).
_COLOURS = {
    "heading": "1",
    "label": "1;33",
    "step": "2",
    "address": "2",
    "bytes": "34",
    "instruction": "1",
    "register": "36",
    "flag": "35",
    "read": "32",
    "write": "33",
    "flow": "2",
    "source": "2",
    "comment": "32",
    "error": "1;31",
    "good": "1;32",
    "mark": "1;31",
}


class Piece(NamedTuple):
    """A text and its role; the empty role is plain."""

    text: str
    role: str = ""


class Ink:
    """Paints pieces, or leaves them as they are."""

    def __init__(self, is_on: bool = False) -> None:
        self.is_on = is_on

    def paint(self, text: str, role: str) -> str:
        """Return `text` in the colour of `role`."""
        colour = _COLOURS.get(role) if self.is_on and text else None
        return f"\x1b[{colour}m{text}\x1b[0m" if colour else text

    def draw(self, piece: Piece) -> str:
        """Return a piece painted."""
        return self.paint(piece.text, piece.role)


PLAIN = Ink()
