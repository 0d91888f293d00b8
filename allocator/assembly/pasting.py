"""Join tokens that macros bring together: ``a%1`` and ``a %+ b``.

- A name takes in a name or a number that follows it without a space, a number only a number.
- ``%+`` joins whatever stands around it, and is gone when there is nothing.

Source: NASM manual, 4.3.9 "Concatenating Macro Parameters", 4.1.4 "Concatenating Single Line Macro Tokens".
"""

from __future__ import annotations

from collections.abc import Sequence

from allocator.assembly.tokens import Token, tokenize
from allocator.errors import AssemblyError

MAX_NAME = 4095
_TAKES = {"name": ("name", "number", "float"), "number": ("number",)}


def adjoined(left: Token, right: Token) -> list[Token]:
    """Return the one token that both make side by side, or both."""
    return joined(left, right) if right.kind in _TAKES.get(left.kind, ()) else [left, right]


def joined(left: Token, right: Token) -> list[Token]:
    """Return what the text of both is when it is read again, in the place of the left; raises AssemblyError."""
    text = left.text + right.text
    if len(text) > MAX_NAME:
        raise left.error(f"macros make this name longer than {MAX_NAME:,} characters")
    try:
        tokens = tokenize(left.source, left.line, text)
    except AssemblyError as error:
        raise left.error(error.message, error.hint) from error
    return [token._replace(column=left.column, length=left.length, call=left.call) for token in tokens]


def pasted(tokens: Sequence[Token]) -> list[Token]:
    """Return `tokens` with both sides of each ``%+`` joined; raises AssemblyError."""
    out: list[Token] = []
    open_paste = False
    for token in tokens:
        if token.text == "%+":
            open_paste = True
        elif open_paste and out:
            out += joined(out.pop(), token)
            open_paste = False
        else:
            out.append(token)
            open_paste = False
    return out
