"""Turn sources into lines of tokens: read files, join continued lines, expand macros, choose between branches.

    %define NAME text    %define NAME(a, b) text    %xdefine    %undef NAME    %assign NAME expression
    %if expression  %ifdef NAME  %ifndef NAME  %elif ...  %else  %endif
    %include "file"      %error text

- A single-line macro is expanded where its name stands as a token, and never inside itself.
- An include is read from the directory of the including file, of the file that included that one and so on, or from
  a given directory, and from nowhere else: a path that leaves them all, by ``..`` or by a link, is refused.
- Depth, number and size of files, lines and tokens are limited, so that no source can make this run for long.
- What NASM knows beyond this list is an error that names it.

Source: NASM manual, chapter 4 "The NASM Preprocessor".
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from allocator.assembly.cursor import Cursor
from allocator.assembly.expressions import Scope, parse_expression
from allocator.assembly.macros import Expansion, Macro, macro_parameters
from allocator.assembly.tokens import Token, logical_line, tokenize
from allocator.errors import AssemblyError
from allocator.source import Source, Span, printable, read_source

MAX_INCLUDE_DEPTH = 32
MAX_FILES = 1000
MAX_CHARACTERS = 64 << 20
"""Of all included files together: each time that a file is included it is kept anew."""
MAX_LINES = 1_000_000
MAX_EXPANDED = 1_000_000

# Text that is skipped, and the text of an %error, need not consist of tokens (an apostrophe is enough).
_BRANCHING = re.compile(r"\s*%(?:if|el|endif)", re.IGNORECASE)
_ERROR = re.compile(r"\s*%error\b", re.IGNORECASE)
_LATER_WORDS = """
    arg clear comment defalias defstr deftok depend elifctx elifempty elifenv elifid elifidn elifidni elifmacro
    elifn elifnctx elifnempty elifnenv elifnid elifnidn elifnidni elifnmacro elifnnum elifnstr elifntoken
    elifnum elifstr eliftoken endm endmacro endrep exitmacro exitrep fatal idefine idefstr ideftok ifctx ifempty
    ifenv ifid ifidn ifidni ifmacro ifn ifnctx ifnempty ifnenv ifnid ifnidn ifnidni ifnmacro ifnnum ifnstr
    ifntoken ifnum ifstr iftoken imacro iassign ixdefine line local macro note null pathsearch pop pragma push
    rep repl rimacro rmacro rotate stacksize strcat strlen substr unimacro unmacro use warning
"""
_LATER = frozenset(_LATER_WORDS.split())


class Line(NamedTuple):
    """The tokens of one line after expansion, and where the line starts."""

    source: Source
    number: int
    tokens: list[Token]


@dataclass(slots=True)
class _Branch:
    """One open %if: whether its current part counts, and whether a later part still may."""

    opening: Token
    active: bool
    pending: bool
    else_seen: bool = False


@dataclass
class Preprocessor:
    """Hold the macros while sources are read one after the other. ``files`` are all sources that were read."""

    include: tuple[Path, ...] = ()
    macros: dict[str, Macro] = field(default_factory=dict)
    files: list[Source] = field(default_factory=list)
    characters: int = 0
    line_count: int = 0
    expanded: int = 0

    def define(self, name: str, text: str) -> None:
        """Define the macro `name` as `text` from outside of any source; raises AssemblyError."""
        tokens = tokenize(Source(f"-D {name}", text.replace("\n", " ")), 1, text.replace("\n", " "))
        self.macros[name] = Macro(name, None, tuple(tokens))

    def lines(self, source: Source, includers: tuple[Path, ...] = ()) -> Iterator[Line]:
        """Yield the lines of `source` that hold something, includes in their place; raises AssemblyError.

        `includers` are the directories of the files that include it, the nearest first.
        """
        self.files.append(source)
        return _File(self, source, includers).lines()

    def expand(self, tokens: list[Token]) -> list[Token]:
        """Return `tokens` with every macro expanded; raises AssemblyError."""
        macros = self.macros
        if not macros or not any(token.text in macros for token in tokens):
            return tokens
        expansion = Expansion(macros)
        expanded = expansion.expand(tokens, frozenset())
        self.expanded += expansion.count
        if self.expanded > MAX_EXPANDED:
            raise tokens[0].error(f"macros make the sources longer than {MAX_EXPANDED:,} tokens")
        return expanded


class _File:
    """Read one source from its first line to its last."""

    def __init__(self, preprocessor: Preprocessor, source: Source, includers: tuple[Path, ...]) -> None:
        self.preprocessor = preprocessor
        self.source = source
        self.directories = (source.path.parent, *includers) if source.path else includers
        self.branches: list[_Branch] = []

    def lines(self) -> Iterator[Line]:
        number = 1
        total = len(self.source.lines)
        expand = self.preprocessor.expand
        while number <= total:
            start = number
            self._count_line(start)
            text = self.source.lines[number - 1]
            if self._skipping and not _BRANCHING.match(text):
                number += 1
                continue
            if _ERROR.match(text):
                raise _demanded_error(self.source, number)
            tokens, number = logical_line(self.source, number)
            if not tokens:
                continue
            if tokens[0].kind == "percent":
                yield from self._directive(tokens)
            elif not self._skipping:
                yield Line(self.source, start, expand(tokens))
        if self.branches:
            raise self.branches[-1].opening.error(f"{self.branches[-1].opening.text} is never closed with %endif")

    @property
    def _skipping(self) -> bool:
        return bool(self.branches) and not self.branches[-1].active

    def _count_line(self, number: int) -> None:
        self.preprocessor.line_count += 1
        if self.preprocessor.line_count > MAX_LINES:
            message = f"the sources have more than {MAX_LINES:,} lines, includes counted each time"
            raise AssemblyError(message, Span(self.source, number))

    def _directive(self, tokens: list[Token]) -> Iterator[Line]:
        word = tokens[0]
        name = word.text[1:].lower()
        if name in _CONDITIONALS:
            _CONDITIONALS[name](self, word, tokens)
        elif self._skipping:
            if name.startswith("if"):
                self.branches.append(_Branch(word, active=False, pending=False))
        elif name == "include":
            yield from self._include(word, tokens)
        elif name in _DEFINITIONS:
            _DEFINITIONS[name](self, word, tokens)
        else:
            raise _unsupported(word, name)

    # Conditionals

    def _open(self, word: Token, tokens: list[Token]) -> None:
        taken = not self._skipping and self._condition(word, tokens)
        self.branches.append(_Branch(word, active=taken, pending=not taken and not self._skipping))

    def _elif(self, word: Token, tokens: list[Token]) -> None:
        branch = self._innermost(word)
        if branch.else_seen:
            raise word.error(f"{word.text} after %else")
        branch.active = branch.pending and self._condition(word, tokens)
        branch.pending = branch.pending and not branch.active

    def _else(self, word: Token, tokens: list[Token]) -> None:
        branch = self._innermost(word)
        if branch.else_seen:
            raise word.error("a second %else for the same %if")
        branch.active, branch.pending, branch.else_seen = branch.pending, False, True

    def _endif(self, word: Token, tokens: list[Token]) -> None:
        self._innermost(word)
        self.branches.pop()

    def _innermost(self, word: Token) -> _Branch:
        if not self.branches:
            raise word.error(f"{word.text} without an %if before it")
        return self.branches[-1]

    def _condition(self, word: Token, tokens: list[Token]) -> bool:
        kind = word.text[1:].lower().removeprefix("el")
        if kind == "if":
            return bool(self._constant(word, tokens))
        names = [token for token in tokens[1:] if token.kind == "name"]
        if not names or len(names) != len(tokens) - 1:
            raise word.error(f"{word.text} needs the name of a macro")
        defined = any(token.text in self.preprocessor.macros for token in names)
        return defined == (kind == "ifdef")

    def _constant(self, word: Token, tokens: list[Token]) -> int:
        cursor = Cursor([word, *self.preprocessor.expand(tokens[1:])])
        cursor.take()
        expression = parse_expression(cursor)
        cursor.expect_end()
        for name, token in expression.names():
            raise token.error(
                f"'{name}' has no value yet: {word.text} may use numbers and macros, not labels",
                "define it with %define or %assign",
            )
        if expression.constant is None:
            raise expression.error(f"'$' in {word.text} is not supported yet")
        return expression.number(Scope({}), word.text)

    # Definitions

    def _define(self, word: Token, tokens: list[Token]) -> None:
        name = _macro_name(word, tokens)
        parameters: tuple[str, ...] | None = None
        body = tokens[2:]
        if body and body[0].text == "(" and body[0].column == name.end and body[0].line == name.line:
            parameters, body = macro_parameters(name, body)
        if word.text.lower() == "%xdefine":
            body = self.preprocessor.expand(body)
        self.preprocessor.macros[name.text] = Macro(name.text, parameters, tuple(body))

    def _undefine(self, word: Token, tokens: list[Token]) -> None:
        self.preprocessor.macros.pop(_macro_name(word, tokens).text, None)

    def _assign(self, word: Token, tokens: list[Token]) -> None:
        name = _macro_name(word, tokens)
        value = self._constant(word, tokens[1:])
        magnitude = name._replace(kind="number", text=str(abs(value)), value=abs(value))
        sign = (name._replace(kind="op", text="-"),) if value < 0 else ()
        self.preprocessor.macros[name.text] = Macro(name.text, None, (*sign, magnitude))

    # Includes

    def _include(self, word: Token, tokens: list[Token]) -> Iterator[Line]:
        name = tokens[1] if len(tokens) == 2 and tokens[1].kind == "string" else None
        if name is None:
            raise word.error("%include needs the name of one file in quotes")
        if len(self.directories) >= MAX_INCLUDE_DEPTH:
            raise word.error(
                f"more than {MAX_INCLUDE_DEPTH} files include each other",
                "does a file include itself? guard it with %ifndef",
            )
        if len(self.preprocessor.files) >= MAX_FILES:
            raise word.error(f"more than {MAX_FILES:,} files are included")
        source = _included(name, list(dict.fromkeys((*self.directories, *self.preprocessor.include))))
        self.preprocessor.characters += len(source.text)
        if self.preprocessor.characters > MAX_CHARACTERS:
            raise name.error(f"the included files are larger than {MAX_CHARACTERS >> 20} MiB, each counted every time")
        return self.preprocessor.lines(source, self.directories)


def _demanded_error(source: Source, number: int) -> AssemblyError:
    text = source.line(number).strip()
    message = printable(text[len("%error") :].strip().strip("\"'")) or "%error without a text"
    return AssemblyError(message, Span(source, number, source.line(number).index("%") + 1, len(text)))


def _macro_name(word: Token, tokens: list[Token]) -> Token:
    if len(tokens) < 2 or tokens[1].kind != "name":
        raise word.error(f"{word.text} needs the name of a macro")
    return tokens[1]


def _included(name: Token, directories: Sequence[Path]) -> Source:
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


def _unsupported(word: Token, name: str) -> AssemblyError:
    if name in _LATER or not name.isalpha():
        return word.error(f"{word.text} is not supported yet")
    close = difflib.get_close_matches(name, [*_CONDITIONALS, *_DEFINITIONS, "include"], 1)
    return word.error(f"{word.text} is no directive", f"did you mean %{close[0]}?" if close else None)


_Handler = Callable[[_File, Token, list[Token]], None]
_CONDITIONALS: dict[str, _Handler] = {
    "if": _File._open,
    "ifdef": _File._open,
    "ifndef": _File._open,
    "elif": _File._elif,
    "elifdef": _File._elif,
    "elifndef": _File._elif,
    "else": _File._else,
    "endif": _File._endif,
}
_DEFINITIONS: dict[str, _Handler] = {
    "define": _File._define,
    "xdefine": _File._define,
    "undef": _File._undefine,
    "assign": _File._assign,
}
