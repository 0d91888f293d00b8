"""Know the names that NASM's ``cpu`` directive takes.

    cpu 386        cpu x86-64        cpu any, latevex

Not modelled: what a level restricts. Every instruction stays allowed, and a jump takes the form that it has on a
386, where NASM under ``cpu 8086`` writes a jump around a jump.

Source: NASM manual, chapter 7, "CPU: Defining CPU Dependencies", and the names that real NASM 2.16 takes.
"""

from __future__ import annotations

from difflib import get_close_matches

from allocator.assembly.cursor import Cursor
from allocator.assembly.tokens import Token

_LEVEL_WORDS = """
    8086 186 286 386 486 586 pentium 686 p6 ppro pentiumpro p2 p3 katmai p4 willamette prescott x86 x64 x86-64
    ia64 ia-64 itanium itanic merced nehalem westmere sandybridge any all default none
"""
_FLAGS = ("latevex", "vex", "evex")
_LEVELS = frozenset(_LEVEL_WORDS.split()) | {f"{sign}{flag}" for flag in _FLAGS for sign in ("", "no", "+", "-", "*")}


def check_level(cursor: Cursor) -> None:
    """Read the names behind ``cpu``; raises AssemblyError for one that NASM does not know."""
    if cursor.peek is None:
        raise cursor.error("cpu needs the name of a processor", "cpu 386")
    while cursor.peek is not None:
        if cursor.accept(","):
            continue
        first = cursor.peek
        name = _word(cursor)
        if name not in _LEVELS:
            close = get_close_matches(name, sorted(_LEVELS), 1)
            raise first.error(f"cpu knows no '{name}'", f"did you mean {close[0]}?" if close else None)


def _word(cursor: Cursor) -> str:
    """Take the tokens that are written without a gap: ``x86-64`` is three."""
    last = cursor.take()
    text = last.text
    while (token := cursor.peek) is not None and token.text != "," and _touch(last, token):
        text += token.text
        last = cursor.take()
    return text.lower()


def _touch(token: Token, following: Token) -> bool:
    # What a macro expands to has the place of its use.
    return following.line == token.line and following.column <= token.end
