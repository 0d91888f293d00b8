r"""Write preprocessed sources as text that assembles to the same bytes: macros expanded, branches chosen.

- A line stays on its own line where that takes only a few empty lines; where it does not, a comment says where the
  next line comes from.
- A string with characters that a terminal would obey is written as \`\\x1b...\`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from allocator.assembly.preprocess import Line
from allocator.assembly.tokens import Token
from allocator.source import Source, printable

_MOST_EMPTY_LINES = 8
_NO_SPACE_BEFORE = frozenset(",:)]")
_NO_SPACE_AFTER = frozenset("([~")


def preprocessed(lines: Iterable[Line]) -> Iterator[str]:
    """Yield `lines` as text."""
    source: Source | None = None
    expected = 1
    for line in lines:
        gap = line.number - expected
        if line.source is source and 0 <= gap <= _MOST_EMPTY_LINES:
            yield from [""] * gap
        else:
            yield f"; {printable(line.source.name)}:{line.number}"
        source, expected = line.source, line.number + 1
        yield _text(line.tokens)


def _text(tokens: Sequence[Token]) -> str:
    text = ""
    after = ""
    for token in tokens:
        spaced = text and token.text[:1] not in _NO_SPACE_BEFORE and after not in _NO_SPACE_AFTER
        text += (" " if spaced else "") + _spelled(token)
        after = token.text
    return text


def _spelled(token: Token) -> str:
    if isinstance(token.value, bytes) and not token.text.isprintable():
        return "`" + "".join(f"\\x{byte:02x}" for byte in token.value) + "`"
    return printable(token.text)
