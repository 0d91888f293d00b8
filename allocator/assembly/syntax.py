"""Turn lines of tokens into statements: what NASM calls a source line, with everything named and nothing worked out.

    label:  prefix  mnemonic  operand, operand
    label   times n  db  "text", 1, 2
    label   equ expression
    [section .data]          directive, with or without brackets
    at field, db 1           two statements: what follows the comma is one of its own

- A name at the start of a line is a label when a colon follows it, or when no mnemonic or directive has that name.
- A label that starts with a dot belongs to the last one that does not; its full name (``routine.local``) is formed
  here. ``equ`` opens no such scope, and the name of a ``struc`` does.
- Whatever NASM has and this does not is an error that names it.

Source: NASM manual, 3.1 to 3.4, chapter 7 "Assembler Directives".
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from difflib import get_close_matches
from typing import NamedTuple

from allocator.assembly.cursor import Cursor
from allocator.assembly.dialects import said_in_nasm
from allocator.assembly.expressions import Expression, number_expression, parse_expression
from allocator.assembly.mnemonics import MNEMONICS, suggest
from allocator.assembly.operands import KEYWORDS, REGISTER_NAMES, Operand, parse_operand
from allocator.assembly.prefixes import PREFIXES
from allocator.assembly.preprocess import Line
from allocator.assembly.tokens import Token
from allocator.errors import AssemblyError
from allocator.source import Span

DATA_SIZES = {"db": 1, "dw": 2, "dd": 4, "dq": 8, "dt": 10}
RESERVE_SIZES = {"resb": 1, "resw": 2, "resd": 4, "resq": 8, "rest": 10, "reso": 16, "resy": 32, "resz": 64}
STRUCTURE_DIRECTIVES = frozenset(("struc", "endstruc", "istruc", "at", "iend"))
"""Those that NASM has as macros: a label may stand before them, brackets may not stand around them."""
DIRECTIVES = STRUCTURE_DIRECTIVES | frozenset(
    ("bits", "use16", "use32", "use64", "org", "section", "segment", "global", "extern", "default", "absolute", "cpu")
)
_LATER_WORDS = """
    common ddq do dy dz export float group import incbin list map required sectalign static uppercase warning
"""
_LATER = frozenset(_LATER_WORDS.split())
_STATEMENTS = frozenset((*DATA_SIZES, *RESERVE_SIZES, "equ", "times", "align", "alignb")) | DIRECTIVES | _LATER


class Place(NamedTuple):
    """From the token `start` to the token `last`."""

    start: Token
    last: Token

    @property
    def span(self) -> Span:
        """The characters of both and what lies between, as far as that goes on the first line."""
        span = self.start.span
        return replace(span, length=self.last.end - span.column) if self.last.line == span.line else span


@dataclass(slots=True)
class Code:
    """An instruction, operands unevaluated, and the place where each of them is written."""

    prefixes: tuple[str, ...]
    mnemonic: str
    operands: tuple[Operand, ...]
    places: tuple[Place, ...] = ()


@dataclass(slots=True)
class Data:
    """``db`` and its kin: strings as they are, expressions to be worked out, floats as tokens, None for ``?``."""

    size: int
    items: tuple[Expression | bytes | Token | None, ...]


@dataclass(slots=True)
class Reserve:
    """``resb`` and its kin: zeros."""

    size: int
    count: Expression


@dataclass(slots=True)
class Align:
    """``align`` and ``alignb``: `fill` is what to repeat, None for ``nop``."""

    boundary: Expression
    fill: Data | Reserve | None


@dataclass(slots=True)
class Equ:
    """The label of this statement is a name for a value."""

    value: Expression


@dataclass(slots=True)
class Opening:
    """Where an ``istruc`` begins, as the section's key and an offset in it: the layout fills them in."""

    structure: str
    section: str = ""
    offset: int = 0


@dataclass(slots=True)
class Padding:
    """``at`` and ``iend``: zeros up to `distance` bytes behind the opening.

    ``field`` is what the source says; for ``iend``, which says nothing, it is the same as `distance`.
    """

    field: Expression
    distance: Expression
    opening: Opening


@dataclass(slots=True)
class Directive:
    """A directive for the assembler itself, with its tokens. ``bracketed`` is NASM's primitive form."""

    name: str
    arguments: Cursor
    bracketed: bool = False


Body = Code | Data | Reserve | Align | Equ | Opening | Padding | Directive


@dataclass(slots=True)
class Statement:
    """One statement: `start` is its first token behind the label, `last` its last.

    ``label`` has the full name; that of a ``struc`` is its name. ``orphan`` marks a label without a colon and with
    nothing behind it.
    """

    start: Token
    last: Token
    label: Token | None
    times: Expression | None
    body: Body | None
    orphan: bool = False

    @property
    def span(self) -> Span:
        """The statement without its label, as far as it goes on its first line."""
        return Place(self.start, self.last).span


def parse(lines: Iterable[Line]) -> Iterator[Statement]:
    """Yield the statements of one source and its includes; raises AssemblyError."""
    parser = _Parser()
    for line in lines:
        if line.tokens:
            yield from parser.statements(line.tokens)


class _Parser:
    """Remember the last label, which names that start with a dot belong to."""

    def __init__(self) -> None:
        self.scope = ""

    def statements(self, tokens: list[Token]) -> Iterator[Statement]:
        while tokens:
            cursor = Cursor(tokens, self.scope, REGISTER_NAMES)
            if cursor.at("["):
                yield _bracketed(cursor)
                return
            label, colon = self._label(cursor)
            start = cursor.peek
            if start is None:
                assert label is not None
                yield Statement(label, label, label, None, None, orphan=not colon)
                return
            if label is not None and cursor.word() in STRUCTURE_DIRECTIVES:
                yield Statement(label, label, label, None, None)
                label = None
            yield self._statement(cursor, label, start)
            tokens = tokens[cursor.position :]

    def _statement(self, cursor: Cursor, label: Token | None, start: Token) -> Statement:
        times, body = _body(cursor)
        last = cursor.tokens[cursor.position - 1]
        if isinstance(body, Directive) and body.name == "at":
            cursor.accept(",")
        else:
            cursor.expect_end()
        if isinstance(body, Directive) and body.name == "struc":
            return Statement(start, last, self._structure(body.arguments), times, body)
        if isinstance(body, Equ) and label is None:
            raise start.error("equ needs a name before it")
        if isinstance(body, Equ | Align) and times is not None:
            raise start.error("this cannot be repeated")
        if isinstance(body, Directive) and label:
            raise label.error(f"{body.name} takes no label")
        return Statement(start, last, label, times, body)

    def _structure(self, cursor: Cursor) -> Token:
        token = cursor.peek
        if token is None or token.kind != "name":
            raise cursor.error("struc needs a name", "struc point")
        cursor.take()
        return self._defined(cursor, token)

    def _label(self, cursor: Cursor) -> tuple[Token | None, bool]:
        token = cursor.peek
        if token is None or token.kind != "name":
            raise cursor.error(
                "a label or an instruction was expected",
                "a name begins with a letter, or with . _ ? @" if token and token.kind == "number" else None,
            )
        following = cursor.tokens[1] if len(cursor.tokens) > 1 else None
        colon = following is not None and following.text == ":" and following.kind == "op"
        if not colon and _opens_statement(token):
            return None, False
        if not colon and following is not None and not _opens_statement(following):
            raise _unknown(token, following)
        cursor.position += 2 if colon else 1
        return self._defined(cursor, token), colon

    def _defined(self, cursor: Cursor, token: Token) -> Token:
        if token.text.lower() in KEYWORDS:
            raise token.error(f"'{token.text}' is a keyword and cannot be a label", f"write ${token.text} to insist")
        if token.text.lower() in REGISTER_NAMES:
            raise token.error(f"'{token.text}' is a register and cannot be a label", f"write ${token.text} to insist")
        if token.text.startswith("..") or token.text == "?":
            raise token.error(f"the special label '{token.text}' is not supported yet")
        label = cursor.full_name(token)
        if cursor.word() != "equ" and not token.text.startswith("."):
            self.scope = cursor.scope = label.text
        return label


def _opens_statement(token: Token) -> bool:
    lower = token.text.lower()
    return token.kind == "name" and (lower in MNEMONICS or lower in PREFIXES or lower in _STATEMENTS)


def _unknown(token: Token, following: Token | None = None) -> AssemblyError:
    lower = token.text.lower()
    hint = said_in_nasm(lower) or (said_in_nasm(following.text) if following else None)
    if hint is None:
        # A directive comes first: few instructions are as long.
        close = get_close_matches(lower, sorted(_STATEMENTS - _LATER), 1, 0.8)
        meant = close[0] if close else suggest(lower)
        hint = f"did you mean {meant}?" if meant else "a label ends with a colon"
    return token.error(f"'{token.text}' is neither an instruction nor a directive", hint)


def _bracketed(cursor: Cursor) -> Statement:
    cursor.take()
    if cursor.tokens[-1].text != "]" or len(cursor.tokens) < 3:
        raise cursor.error("a directive in brackets ends with ']'")
    inner = Cursor(cursor.tokens[:-1], cursor.scope, cursor.registers)
    inner.take()
    name = inner.word()
    if name not in DIRECTIVES or name in STRUCTURE_DIRECTIVES:
        raise inner.error(f"'{inner.peek.text if inner.peek else ''}' is not supported yet as a directive in brackets")
    start = inner.take()
    return Statement(start, inner.tokens[-1], None, None, Directive(name, inner, bracketed=True))


def _body(cursor: Cursor) -> tuple[Expression | None, Body]:
    """Read what stands behind the label: ``times``, prefixes, and an instruction or directive."""
    times: Expression | None = None
    prefixes: list[str] = []
    while cursor.word() == "times" or cursor.word() in PREFIXES:
        token = cursor.take()
        if token.text.lower() != "times":
            prefixes.append(token.text.lower())
        elif times is not None:
            raise token.error("times inside times is not supported")
        else:
            times = parse_expression(cursor)
    name = cursor.word()
    if not name and cursor.peek is None and prefixes and prefixes[-1] in MNEMONICS:  # wait is both
        return times, Code(tuple(prefixes[:-1]), prefixes[-1], ())
    if name in MNEMONICS:
        return times, _code(cursor, tuple(prefixes))
    if cursor.peek is None and prefixes:
        raise cursor.tokens[-1].error(
            "a prefix on a line of its own is not supported yet", "write it before its instruction"
        )
    if prefixes:
        raise cursor.error(f"an instruction was expected after {prefixes[-1]}")
    return times, _directive(cursor, name)


def _code(cursor: Cursor, prefixes: tuple[str, ...]) -> Code:
    mnemonic = cursor.take().text.lower()
    operands: list[Operand] = []
    places: list[Place] = []
    while cursor.peek is not None:
        first = cursor.position
        operands.append(parse_operand(cursor))
        places.append(Place(cursor.tokens[first], cursor.tokens[cursor.position - 1]))
        if not cursor.accept(","):
            break
        if cursor.peek is None:
            raise cursor.error("an operand is missing here", "write it, or take the comma away")
    return Code(prefixes, mnemonic, tuple(operands), tuple(places))


def _directive(cursor: Cursor, name: str) -> Body:
    if cursor.peek is None:
        raise cursor.error("an instruction or directive was expected")
    if not name or name not in _STATEMENTS:
        raise _unknown(cursor.peek) if name else cursor.error("an instruction or directive was expected")
    token = cursor.take()
    if name in _LATER:
        raise token.error(f"'{token.text}' is not supported yet")
    if name in DATA_SIZES:
        return _data(cursor, token)
    if name in RESERVE_SIZES:
        return Reserve(RESERVE_SIZES[name], parse_expression(cursor))
    if name in DIRECTIVES:
        end = _first_comma(cursor) if name == "at" else len(cursor.tokens)
        rest = Cursor(cursor.tokens[:end], cursor.scope, cursor.registers)
        rest.position, cursor.position = cursor.position, end
        return Directive(name, rest)
    return _OTHERS[name](cursor, token)


def _first_comma(cursor: Cursor) -> int:
    commas = (index for index, token in enumerate(cursor.tokens) if token.kind == "op" and token.text == ",")
    return next(commas, len(cursor.tokens))


def _data(cursor: Cursor, token: Token) -> Data:
    size = DATA_SIZES[token.text.lower()]
    if cursor.peek is None:
        raise token.error(f"{token.text} needs a value", f"write {token.text} 0, or {token.text} ?")
    items = [_item(cursor)]
    while cursor.accept(","):
        if cursor.peek is None:
            break  # NASM allows a comma at the end
        items.append(_item(cursor))
    return Data(size, tuple(items))


def _item(cursor: Cursor) -> Expression | bytes | Token | None:
    token = cursor.peek
    following = cursor.tokens[cursor.position + 1] if cursor.position + 1 < len(cursor.tokens) else None
    alone = following is None or (following.kind == "op" and following.text == ",")
    if token is None or not alone:
        sign_of_float = token is not None and token.text in "+-" and following is not None and following.kind == "float"
        if token is not None and following is not None and sign_of_float:
            cursor.position += 2
            return following._replace(text=token.text + following.text)
        expression = parse_expression(cursor)
        if cursor.word() == "dup":
            raise cursor.error("'dup' is not supported yet", "times repeats a whole line")
        return expression
    if token.kind == "string" and isinstance(token.value, bytes):
        cursor.take()
        return token.value
    if token.kind == "float":
        return cursor.take()
    if token.text == "?":
        cursor.take()
        return None
    return parse_expression(cursor)


def _align(cursor: Cursor, token: Token) -> Align:
    boundary = parse_expression(cursor)
    if not cursor.accept(","):
        return Align(boundary, None if token.text.lower() == "align" else Reserve(1, number_expression(token, 1)))
    name = cursor.word()
    if name == "nop":
        cursor.take()
        return Align(boundary, None)
    if name not in DATA_SIZES and name not in RESERVE_SIZES:
        raise cursor.error("this filling is not supported yet", "align takes nop, db or resb after the comma")
    fill = _directive(cursor, name)
    assert isinstance(fill, Data | Reserve)
    return Align(boundary, fill)


def _equ(cursor: Cursor, token: Token) -> Equ:
    return Equ(parse_expression(cursor))


_OTHERS: dict[str, Callable[[Cursor, Token], Body]] = {"align": _align, "alignb": _align, "equ": _equ}
