"""Find the files that sources include.

- A file is read from one of the given directories and from nowhere else: a path that leaves them all, by ``..`` or by
  a link, is refused.

Source: NASM manual, 4.6.1 "%include: Including Other Files".
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from allocator.assembly.tokens import Token
from allocator.errors import AssemblyError
from allocator.source import Source, read_source


def included_source(name: Token, directories: Sequence[Path]) -> Source:
    """Read the file that the string `name` names from the first of `directories` that has it; raises AssemblyError."""
    text = name.text[1:-1]
    outside = False
    for directory in directories:
        try:
            root = directory.resolve()
            found = (root / text).resolve()
            if not found.exists():
                continue
        except (OSError, ValueError, RuntimeError):
            continue
        if any(found.is_relative_to(allowed.resolve()) for allowed in directories):
            return _read(name, found)
        outside = True
    if outside:
        raise name.error(
            "this file lies outside of the source's directory and of the include directories",
            "give its directory as an include directory",
        )
    where = ", ".join(str(directory) for directory in directories) or "nowhere: the source is no file"
    raise name.error(f"the file {name.text} was not found", f"looked in {where}")


def _read(name: Token, path: Path) -> Source:
    try:
        return read_source(path)
    except AssemblyError as error:
        raise name.error(error.message, error.hint) from error
