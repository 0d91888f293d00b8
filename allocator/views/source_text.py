"""Show a line of source: its words and its comment apart, and nothing in it that a terminal would obey."""

from __future__ import annotations

import re

from allocator.assembly.image import Line
from allocator.source import printable

# Up to the first ; or # that stands outside of quotes.
_CODE = re.compile(r"""(?:[^;#'"`]|'[^']*'?|"[^"]*"?|`[^`]*`?)*""")


def split_comment(text: str) -> tuple[str, str]:
    """Return the statement and the comment of a line of source, both without surrounding spaces."""
    match = _CODE.match(text)
    end = match.end() if match else 0
    return printable(text[:end].expandtabs(8)).strip(), printable(text[end:].expandtabs(8)).strip()


def indented_lines(line: Line, margin: int) -> str:
    """Return the line as it stands, its own columns kept, without what it is indented by."""
    text = printable(line.source.line(line.line).expandtabs(8)).rstrip()
    return text[margin:] if not text[:margin].strip() else text.lstrip()


def condensed(line: Line) -> tuple[str, str]:
    """Return statement and comment, runs of spaces in the statement made one (strings apart)."""
    statement, comment = split_comment(line.source.line(line.line))
    if not any(quote in statement for quote in "'\"`"):
        statement = " ".join(statement.split())
    return statement, comment
