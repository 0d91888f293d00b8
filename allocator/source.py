"""Hold source text, and point into it.

A `Source` is a text with a name; a `Span` is a place in it. Both are frozen and know nothing about
assembly. What is read from a file is untrusted: its size is limited and it must be text.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from allocator.errors import AssemblyError, reason

MAX_SOURCE_BYTES = 16 << 20
EXCERPT_COLUMNS = 100


@dataclass(frozen=True)
class Source:
    """A text with the name it is shown under; ``path`` is None for text that came from no file.

    ``encoding`` is how the file's bytes were read: what a string of the source becomes again in an image.
    """

    name: str
    text: str = field(repr=False)
    path: Path | None = None
    encoding: str = field(default="utf-8", repr=False)

    @cached_property
    def lines(self) -> tuple[str, ...]:
        """The lines without their ends. Only LF and CRLF end a line, as in NASM."""
        return tuple(line.rstrip("\r") for line in self.text.split("\n"))

    @property
    def shown_lines(self) -> tuple[str, ...]:
        """The lines as an editor shows them: without the empty one behind the end of the last."""
        return self.lines if self.lines[-1] else self.lines[:-1]

    def line(self, number: int) -> str:
        """Return line `number`, counted from 1; empty past the end."""
        return self.lines[number - 1] if 0 < number <= len(self.lines) else ""


@dataclass(frozen=True)
class Span:
    """`length` characters of line `line` of a source, from `column`; both count from 1."""

    source: Source = field(repr=False)
    line: int
    column: int = 1
    length: int = 1

    def __str__(self) -> str:
        """``file:line:column``, as editors and terminals make it clickable."""
        return f"{self.source.name}:{self.line}:{self.column}"

    def drawn(self) -> str:
        """The line with a caret below the place; a very long line is cut around it, tabs are kept."""
        text = self.source.line(self.line)
        first = max(0, self.column - 1 - EXCERPT_COLUMNS // 2) if len(text) > EXCERPT_COLUMNS else 0
        shown = text[first : first + EXCERPT_COLUMNS]
        before = shown[: self.column - 1 - first]
        blank = "".join("\t" if character == "\t" else " " for character in before)
        carets = "^" * max(1, min(self.length, len(shown) - len(before)))
        return f"    {printable(shown)}\n    {blank}{carets}"


def printable(text: str) -> str:
    """Return `text` with every character that could move a terminal's cursor or reorder it replaced by ``?``."""
    if text.isprintable():  # as nearly every text is: it need not be built anew
        return text
    return "".join(character if character == "\t" or character.isprintable() else "?" for character in text)


def read_source(path: Path) -> Source:
    """Read a source file.

    Raises AssemblyError when it is missing, not a regular file, larger than 16 MiB, or not text.
    """
    try:
        if not path.is_file():
            fault = "is a directory or a device" if path.exists() else "does not exist"
            raise AssemblyError(f"{path}: the source file {fault}")
        with path.open("rb") as stream:
            raw = stream.read(MAX_SOURCE_BYTES + 1)
    except (OSError, ValueError) as error:
        raise AssemblyError(f"{path}: cannot read the source: {reason(error)}") from error
    if len(raw) > MAX_SOURCE_BYTES:
        raise AssemblyError(f"{path}: the source is larger than {MAX_SOURCE_BYTES >> 20} MiB")
    if b"\0" in raw:
        raise AssemblyError(
            f"{path}: this is a binary file, not a source",
            hint="give the .asm file that it was assembled from",
        )
    text = decode_text(raw)
    return Source(path.name, text, path, "utf-8" if is_utf_8(raw) else "latin-1")


def is_utf_8(raw: bytes) -> bool:
    """Tell whether `raw` can be read as UTF-8."""
    try:
        raw.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def decode_text(raw: bytes) -> str:
    """Decode UTF-8, or Latin-1 where it is not (old sources carry code-page bytes in comments and strings)."""
    return raw.decode("utf-8-sig" if is_utf_8(raw) else "latin-1")
