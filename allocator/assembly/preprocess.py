"""Turn sources into lines of tokens: read files, join continued lines, expand macros, choose between branches.

    %define NAME text    %define NAME(a, b) text    %xdefine    %undef NAME    %assign NAME expression    %idefine ...
    %macro NAME 1-2 ... %endmacro  %exitmacro  %unmacro NAME 1-2  %rotate count    %rep count ... %exitrep  %endrep
    %if expression  %ifdef NAME  %ifidn a, b  ...  %elif ...  %else  %endif
    %strcat NAME 'a', 'b'    %strlen NAME 'text'    %substr NAME 'text' start, count
    %include "file"      %error text    %warning text

- A single-line macro is expanded where its name stands as a token, and never inside itself. Then a multi-line macro
  is looked for, at the start of the line or behind its label.
- The lines of a macro's body, and of a repetition, are lines of the file that they were written in.
- A warning is for who reads the source: it is not shown.
- An include is read from the directory of the including file, of the file that included that one and so on, or from
  a given directory, and from nowhere else: a path that leaves them all, by ``..`` or by a link, is refused.
- Depth, number and size of files, lines and tokens are limited, so that no source can make this run for long.
- What NASM knows beyond this list is an error that names it.

Source: NASM manual, chapter 4 "The NASM Preprocessor".
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from allocator.assembly.conditionals import CONDITIONS, Conditionals
from allocator.assembly.cursor import Cursor
from allocator.assembly.definitions import Definitions
from allocator.assembly.includes import included_source
from allocator.assembly.macros import Macro, macro_parameters
from allocator.assembly.multiline import Call, Passage, arity, defined
from allocator.assembly.strings import string_result
from allocator.assembly.tokens import CalledSpan, Token, tokenize
from allocator.assembly.uses import used_macro
from allocator.errors import AssemblyError
from allocator.source import Source, Span, printable

MAX_INCLUDE_DEPTH = 32
MAX_DEPTH = 64
"""Macros and repetitions inside each other."""
MAX_READINGS = 100_000
"""Uses of macros, and repetitions, of all sources together."""
MAX_FILES = 1000
MAX_CHARACTERS = 64 << 20
"""Of all included files together: each time that a file is included it is kept anew."""
MAX_REPLAYED = 8 << 20
"""Characters in bodies of macros and repetitions, counted each time that they are read."""
MAX_LINES = 1_000_000

# Text that is skipped, and the text of an %error, need not consist of tokens (an apostrophe is enough).
_BRANCHING = re.compile(r"\s*%(?:if|el|endif)", re.IGNORECASE)
_MESSAGE = re.compile(r"\s*%(error|fatal|warning|note)\b", re.IGNORECASE)
_OPENS = {
    "%endmacro": re.compile(r"\s*%(?:i|r|ir)?macro\b", re.IGNORECASE),
    "%endrep": re.compile(r"\s*%rep\b", re.IGNORECASE),
}
_CLOSES = {
    "%endmacro": re.compile(r"\s*%endm(?:acro)?\b", re.IGNORECASE),
    "%endrep": re.compile(r"\s*%endrep\b", re.IGNORECASE),
}
_OWN_LABEL = re.compile(r"@[0-9]+\.")
_LATER_WORDS = """
    arg clear comment defalias defstr deftok depend elifctx elifenv elifnctx elifnenv ideftok idefstr ifctx ifenv
    ifnctx ifnenv irmacro line local null pathsearch pop pragma push repl rimacro rmacro stacksize unimacro use
"""
_LATER = frozenset(_LATER_WORDS.split())


class Line(NamedTuple):
    """The tokens of one line after expansion, and where the line starts."""

    source: Source
    number: int
    tokens: list[Token]


@dataclass
class Preprocessor:
    """Hold the macros while sources are read one after the other. ``files`` are all sources that were read."""

    include: tuple[Path, ...] = ()
    definitions: Definitions = field(default_factory=Definitions)
    files: list[Source] = field(default_factory=list)
    characters: int = 0
    line_count: int = 0
    readings: int = 0
    replayed: int = 0

    def define(self, name: str, text: str) -> None:
        """Define the macro `name` as `text` from outside of any source; raises AssemblyError."""
        tokens = tokenize(Source(f"-D {name}", text.replace("\n", " ")), 1, text.replace("\n", " "))
        self.definitions.define(Macro(name, None, tuple(tokens)))

    def lines(self, source: Source, includers: tuple[Path, ...] = (), depth: int = 0) -> Iterator[Line]:
        """Yield the lines of `source` that hold something, includes in their place; raises AssemblyError.

        `includers` are the directories of the files that include it, the nearest first; `depth` is how many macros
        and repetitions the include stands in.
        """
        self.files.append(source)
        directories = (source.path.parent, *includers) if source.path else includers
        return _Reader(self, Passage(source, 1, len(source.lines) + 1), directories, depth).lines()


class _Reader:
    """Read one file, the body of a macro or one repetition from its first line to its last."""

    def __init__(
        self,
        preprocessor: Preprocessor,
        passage: Passage,
        directories: tuple[Path, ...],
        depth: int,
        call: Call | None = None,
    ) -> None:
        self.preprocessor = preprocessor
        self.definitions = preprocessor.definitions
        self.passage = passage
        self.source = passage.source
        self.directories = directories
        self.depth = depth
        self.call = call
        self.conditionals = Conditionals(self.definitions)
        self.repeated = False
        self.number = passage.first
        self.ended = ""

    def lines(self) -> Iterator[Line]:
        """Yield the lines; afterwards `ended` names the directive that ended them early."""
        while self.number < self.passage.end and not self.ended:
            start = self.number
            self._count_line(start)
            text = self.source.lines[start - 1]
            if self.passage.kept is not None:
                self._count_replayed(start, text)
            if self.conditionals.skipping and not _BRANCHING.match(text):
                self.number += 1
                continue
            message = _MESSAGE.match(text)
            if message:
                self._message(message[1].lower())
                continue
            tokens = self._tokens()
            if tokens and tokens[0].kind == "percent":
                yield from self._directive(tokens)
            elif tokens and not self.conditionals.skipping:
                yield from self._line(start, tokens)
        if not self.ended:
            self.conditionals.close()

    def _tokens(self) -> list[Token]:
        call = self.call
        if call is None:
            tokens, self.number = self.passage.line(self.number)
            return tokens
        try:
            tokens, self.number = self.passage.line(self.number)
        except AssemblyError as error:
            if error.span is not None:
                error.span = self._called(error.span)
            raise
        work = call.work
        filled = call.filled(tokens)
        if call.work > work:
            self.definitions.charge(call.work - work, filled or tokens)
        return filled

    def _called(self, span: Span) -> Span:
        """Return `span` with the use of the macro that its line is read for."""
        site = self.call.site if self.call else None
        return CalledSpan(span.source, span.line, span.column, span.length, site) if site else span

    def _count_line(self, number: int) -> None:
        self.preprocessor.line_count += 1
        if self.preprocessor.line_count > MAX_LINES:
            message = f"the sources have more than {MAX_LINES:,} lines, includes and macros counted each time"
            raise AssemblyError(message, self._called(Span(self.source, number)))

    def _count_replayed(self, number: int, text: str) -> None:
        self.preprocessor.replayed += len(text)
        if self.preprocessor.replayed > MAX_REPLAYED:
            message = f"macros and repetitions make the sources longer than {MAX_REPLAYED >> 20} MiB"
            raise AssemblyError(message, self._called(Span(self.source, number)))

    def _message(self, kind: str) -> None:
        text = self.source.line(self.number)
        if kind in ("error", "fatal"):
            shown = self.call.described(text) if self.call else text
            message = printable(shown.strip()[len(kind) + 1 :].strip().strip("\"'")) or f"%{kind} without a text"
            span = Span(self.source, self.number, text.index("%") + 1, len(text.strip()))
            raise AssemblyError(message, self._called(span))
        self.number += 1

    def _directive(self, tokens: list[Token]) -> Iterator[Line]:
        word = tokens[0]
        name = word.text[1:].lower()
        if self.conditionals.read(word, tokens) or self.conditionals.skipping:
            return
        if name == "include":
            yield from self._include(word, tokens)
        elif name == "rep":
            yield from self._repeat(word, tokens)
        elif name in _DEFINITIONS:
            _DEFINITIONS[name](self, word, tokens)
        else:
            raise _unsupported(word, name)

    # Lines, and the macros that they use

    def _line(self, number: int, tokens: list[Token]) -> Iterator[Line]:
        if self.call is not None and _OWN_LABEL.match(tokens[0].text) and not _is_equ(tokens):
            label = tokens[0]
            name = label._replace(kind="name", text="equ")
            yield Line(self.source, number, [label, name, label._replace(kind="op", text="$")])
            tokens = tokens[2 if len(tokens) > 1 and tokens[1].text == ":" else 1 :]
        tokens = self.definitions.expand(tokens)
        call = used_macro(self.definitions, tokens) if self.definitions.multiline else None
        if call is None:
            if tokens:
                yield Line(self.source, number, tokens)
            return
        if call.label and not call.macro.body.mentions("%00"):
            yield Line(self.source, number, [call.label, call.label._replace(kind="op", text=":")])
        call.macro.busy = True
        yield from self._inner(call.macro.body, tokens[0], call).lines()
        call.macro.busy = False

    def _inner(self, passage: Passage, word: Token, call: Call | None) -> _Reader:
        if self.depth >= MAX_DEPTH:
            raise word.error(f"more than {MAX_DEPTH} macros and repetitions inside each other")
        self.preprocessor.readings += 1
        if self.preprocessor.readings > MAX_READINGS:
            raise word.error(f"more than {MAX_READINGS:,} uses of macros and repetitions")
        return _Reader(self.preprocessor, passage, self.directories, self.depth + 1, call)

    # Definitions

    def _define(self, word: Token, tokens: list[Token]) -> None:
        name = _macro_name(word, tokens)
        kind = word.text[1:].lower()
        parameters: tuple[str, ...] | None = None
        body = tokens[2:]
        if body and body[0].text == "(" and body[0].column == name.end and body[0].line == name.line:
            parameters, body = macro_parameters(name, body)
        if kind in ("xdefine", "ixdefine"):
            body = self.definitions.expand(body)
        self.definitions.define(Macro(name.text, parameters, tuple(body)), kind.startswith("i"))

    def _undefine(self, word: Token, tokens: list[Token]) -> None:
        self.definitions.undefine(_macro_name(word, tokens).text)

    def _assign(self, word: Token, tokens: list[Token]) -> None:
        name = _macro_name(word, tokens)
        value = self.definitions.constant(word, tokens[2:])
        magnitude = name._replace(kind="number", text=str(abs(value)), value=abs(value))
        sign = (name._replace(kind="op", text="-"),) if value < 0 else ()
        self.definitions.define(Macro(name.text, None, (*sign, magnitude)), word.text.lower() == "%iassign")

    def _string(self, word: Token, tokens: list[Token]) -> None:
        name = _macro_name(word, tokens)
        self.definitions.define(Macro(name.text, None, (string_result(self.definitions, word, tokens[2:]),)))

    def _macro(self, word: Token, tokens: list[Token]) -> None:
        macro = defined(word, tokens, self._passage(word, "%endmacro"))
        self.definitions.multiline.setdefault(macro.name.lower(), []).append(macro)

    def _unmacro(self, word: Token, tokens: list[Token]) -> None:
        name = _macro_name(word, tokens)
        cursor = Cursor(tokens)
        cursor.position = 2
        wanted = arity(cursor)
        known = self.definitions.multiline.get(name.text.lower(), [])
        for macro in [one for one in known if one.is_named(name.text)]:
            if (macro.least, macro.most, macro.greedy) == wanted:
                known.remove(macro)

    def _passage(self, word: Token, closing: str) -> Passage:
        """Return the lines from here to the matching `closing`, and go on behind it."""
        first = self.number
        depth = 1
        while self.number < self.passage.end:
            text = self.source.lines[self.number - 1]
            self._count_line(self.number)
            depth += bool(_OPENS[closing].match(text)) - bool(_CLOSES[closing].match(text))
            self.number += 1
            if not depth:
                return Passage(self.source, first, self.number - 1, {})
        raise word.error(f"{word.text} is never closed with {closing}")

    # Inside of macros and repetitions

    def _repeat(self, word: Token, tokens: list[Token]) -> Iterator[Line]:
        count = self.definitions.constant(word, tokens[1:])
        passage = self._passage(word, "%endrep")
        for _ in range(count if count < 1 << 63 else 0):  # from there on it is negative
            reader = self._inner(passage, word, self.call)
            reader.repeated = True
            yield from reader.lines()
            if reader.ended:
                self.ended = reader.ended if reader.ended == "%exitmacro" else ""
                return

    def _rotate(self, word: Token, tokens: list[Token]) -> None:
        if self.call is None:
            raise word.error(f"{word.text} outside of a macro")
        count = self.definitions.constant(word, tokens[1:])
        self.call.rotate(count)

    def _exit(self, word: Token, tokens: list[Token]) -> None:
        self.ended = word.text.lower()
        if self.ended == "%exitrep" and not self.repeated:
            raise word.error(f"{word.text} outside of %rep")
        if self.ended == "%exitmacro" and self.call is None:
            raise word.error(f"{word.text} outside of a macro")

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
        source = included_source(name, list(dict.fromkeys((*self.directories, *self.preprocessor.include))))
        self.preprocessor.characters += len(source.text)
        if self.preprocessor.characters > MAX_CHARACTERS:
            raise name.error(f"the included files are larger than {MAX_CHARACTERS >> 20} MiB, each counted every time")
        return self.preprocessor.lines(source, self.directories, self.depth)


def _is_equ(tokens: list[Token]) -> bool:
    return len(tokens) > 1 and tokens[1].text.lower() == "equ"


def _macro_name(word: Token, tokens: list[Token]) -> Token:
    if len(tokens) < 2 or tokens[1].kind != "name":
        raise word.error(f"{word.text} needs the name of a macro")
    return tokens[1]


def _unsupported(word: Token, name: str) -> AssemblyError:
    if name in _LATER or not name.isalpha():
        return word.error(f"{word.text} is not supported yet")
    if name in _BELONGS:
        return word.error(f"{word.text} without a {_BELONGS[name]} before it")
    close = difflib.get_close_matches(name, [*CONDITIONS, *_DEFINITIONS, "include", "rep"], 1)
    return word.error(f"{word.text} is no directive", f"did you mean %{close[0]}?" if close else None)


_BELONGS = {"endm": "%macro", "endmacro": "%macro", "endrep": "%rep"}
_Handler = Callable[[_Reader, Token, list[Token]], None]
_DEFINITIONS: dict[str, _Handler] = {
    "define": _Reader._define,
    "xdefine": _Reader._define,
    "idefine": _Reader._define,
    "ixdefine": _Reader._define,
    "undef": _Reader._undefine,
    "assign": _Reader._assign,
    "iassign": _Reader._assign,
    "strcat": _Reader._string,
    "strlen": _Reader._string,
    "substr": _Reader._string,
    "macro": _Reader._macro,
    "imacro": _Reader._macro,
    "unmacro": _Reader._unmacro,
    "rotate": _Reader._rotate,
    "exitrep": _Reader._exit,
    "exitmacro": _Reader._exit,
}
