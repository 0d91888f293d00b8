"""Work on strings in the preprocessor: join them, measure them, cut them.

    %strcat NAME 'a', "b"      %strlen NAME 'text'      %substr NAME 'text' start, count

- Lengths and places count bytes, places from 1. A negative count ends so far from the end: -1 is the last byte.

Source: NASM manual, 4.2 "String Manipulation in Macros".
"""

from __future__ import annotations

from allocator.assembly.definitions import Definitions
from allocator.assembly.macros import MAX_LINE_TOKENS
from allocator.assembly.tokens import Token


def string_result(definitions: Definitions, word: Token, tokens: list[Token]) -> Token:
    """Return what the directive `word` makes of the `tokens` behind its name; raises AssemblyError."""
    expanded = definitions.expand(tokens)
    definitions.charge(sum(len(token.text) for token in expanded) >> 4, [word])
    if word.text.lower() == "%strcat":
        return _joined(word, expanded)
    if not expanded or not isinstance(expanded[0].value, bytes):
        raise word.error(f"{word.text} needs a string")
    text, rest = expanded[0], expanded[1:]
    if word.text.lower() == "%substr":
        return _part(definitions, word, text, rest)
    if rest:
        raise rest[0].error(f"{word.text} takes one string")
    size = len(expanded[0].value)
    return text._replace(kind="number", text=str(size), value=size)


def _joined(word: Token, tokens: list[Token]) -> Token:
    value = b""
    for token in tokens:
        if isinstance(token.value, bytes):
            value += token.value
        elif token.text != ",":
            raise token.error(f"{word.text} joins strings")
        if len(value) > MAX_LINE_TOKENS:
            raise token.error(f"macros make this string longer than {MAX_LINE_TOKENS:,} bytes")
    return _string(word, value)


def _part(definitions: Definitions, word: Token, text: Token, rest: list[Token]) -> Token:
    assert isinstance(text.value, bytes)
    rest = rest[1:] if rest and rest[0].text == "," else rest
    commas = [index for index, token in enumerate(rest) if token.text == ","] or [len(rest)]
    start = max(0, _signed(definitions.constant(word, rest[: commas[0]])) - 1)
    count = _signed(definitions.constant(word, rest[commas[0] + 1 :])) if commas[0] < len(rest) else 1
    end = start + count if count >= 0 else len(text.value) + 1 + count
    return _string(text, text.value[start : max(0, end)])


def _signed(value: int) -> int:
    return value - (1 << 64) if value >= 1 << 63 else value


def _string(place: Token, value: bytes) -> Token:
    # The quotes only have to hold what is printable: everything else is written by its value.
    inner = value.decode("utf-8", "replace")
    quote = '"' if '"' not in inner else "'"
    text = quote + inner + quote if quote not in inner else "`" + inner.replace("\\", "\\\\").replace("`", "\\`") + "`"
    return place._replace(kind="string", text=text, value=value)
