"""Cut a line of NASM source into tokens.

    mov rax, [rdi+4*rcx-8]   ; comment
    name name , [ name + number * name - number ]

- `;` opens a comment anywhere; `#` does where a token starts (``foo#1`` is one name).
- A `Token` knows where it was written, so that every later error can point at it. What a macro expands to
  points at the macro's use; a token in the body of a multi-line macro knows the call that it is read for.
- Numbers and strings arrive with their value. A number must fit 64 bits.

Source: NASM manual, 3.1 "Layout of a NASM Source Line", 3.4 "Constants", 4.1 "Single-Line Macros".
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass
from typing import NamedTuple

from allocator.assembly.dialects import said_in_nasm
from allocator.errors import AssemblyError
from allocator.source import Source, Span, printable

MASK_64 = (1 << 64) - 1
MAX_LINE = 1 << 16
"""Characters in one logical line, continuations included."""
MAX_SHOWN_CALLS = 3
"""Uses of macros, one inside the other, that a message draws."""

_TOKEN = re.compile(
    r"""(?P<space>[ \t\r]+)
    | (?P<comment>[;\#].*)
    | (?P<name>\$?(?:[^\W\d]|[.?@])[\w$\#@~.?]*)
    | (?P<number>\$?[0-9](?:[0-9A-Za-z_.]|(?<=[0-9_.][eE])[-+](?=[0-9]))*)
    | (?P<string>'[^']*'|"[^"]*"|`(?:[^`\\]|\\.)*`)
    | (?P<percent>%(?:\{[-+]?[0-9]+(?::-?[0-9]+)?\}|[-+]?[0-9]+|\+|-(?=\s|$)
        |%[A-Za-z_.?@][\w$\#@~.?]*|[A-Za-z_?!$\[{*][\w$]*))
    | (?P<op><<<|>>>|<<|>>|//|%%|==|!=|<>|<=|>=|&&|\|\||\^\^|\$\$|[-+*/%()\[\]{},:|&^~!<>=$\\])
    """,
    re.VERBOSE,
)
_C_DIRECTIVE = re.compile(r"\#\s*(include|define|undef|ifdef|ifndef|if|else|elif|endif|pragma|error)\b")
_RADIX = {"x": 16, "h": 16, "d": 10, "t": 10, "o": 8, "q": 8, "b": 2, "y": 2}
_PYTHON_PREFIX = {16: "x", 8: "o", 2: "b"}
_FLOAT = re.compile(r"[0-9][0-9_]*(?:\.[0-9_]*)?(?:[eE][-+]?[0-9]+)?")
_ESCAPES = {"n": "\n", "t": "\t", "r": "\r", "0": "\0", "a": "\a", "b": "\b", "f": "\f", "v": "\v", "e": "\x1b"}
_ESCAPE = re.compile(r"\\(?:x([0-9A-Fa-f]{1,2})|u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|([0-7]{1,3})|(.))", re.DOTALL)


class CallSite(NamedTuple):
    """The use of a multi-line macro: its name, and where it stands."""

    macro: str
    span: Span


@dataclass(frozen=True)
class CalledSpan(Span):
    """A place in the body of a macro, read for the use at `site`."""

    site: CallSite | None = None

    def drawn(self) -> str:
        """The line with its caret, then the calls that led there, the innermost first."""
        parts = [super().drawn()]
        span: Span = self
        while isinstance(span, CalledSpan) and span.site is not None:
            macro, span = span.site
            if len(parts) <= MAX_SHOWN_CALLS:
                parts.append(f"{span}: in this use of the macro {printable(macro)}\n{Span.drawn(span)}")
        return "\n".join(parts)


class Token(NamedTuple):
    """A piece of a line: `kind` is ``name``, ``number``, ``float``, ``string``, ``percent`` or ``op``.

    ``value`` is an int for a number and bytes for a string. ``line`` and ``column`` count from 1. ``call`` is the
    use of a macro that the line is read for.
    """

    kind: str
    text: str
    value: int | bytes | None
    source: Source
    line: int
    column: int
    length: int
    call: CallSite | None = None

    @property
    def span(self) -> Span:
        """Where the token was written."""
        if self.call is None:
            return Span(self.source, self.line, self.column, self.length)
        return CalledSpan(self.source, self.line, self.column, self.length, self.call)

    @property
    def end(self) -> int:
        """The column behind the token."""
        return self.column + self.length

    def error(self, message: str, hint: str | None = None) -> AssemblyError:
        """Build the error that points at this token."""
        return AssemblyError(message, self.span, hint)


def tokenize(source: Source, number: int, text: str) -> list[Token]:
    """Return the tokens of `text`, which is line `number` of `source`; raises AssemblyError."""
    tokens: list[Token] = []
    position = 0
    match_at = _TOKEN.match
    end = len(text)
    while position < end:
        match = match_at(text, position)
        if match is None:
            raise _unreadable(Span(source, number, position + 1), text[position:])
        kind = match.lastgroup
        if kind == "comment":
            _refuse_c_directive(source, number, match)
            break
        if kind != "space":
            word = match[0]
            token = Token(kind or "", word, None, source, number, position + 1, len(word))
            tokens.append(token if kind not in _VALUED else _VALUED[kind](token))
        position = match.end()
    return tokens


def _refuse_c_directive(source: Source, number: int, comment: re.Match[str]) -> None:
    # `#` opens a comment, but a line of C must not be ignored as one.
    word = _C_DIRECTIVE.match(comment[0])
    if word and not comment.string[: comment.start()].strip():
        text = "#" + word[1]
        raise AssemblyError(
            f"'{text}' is a line of C", Span(source, number, comment.start() + 1, word.end()), said_in_nasm(text)
        )


def logical_line(source: Source, number: int) -> tuple[list[Token], int]:
    """Return the tokens of the line that starts at `number`, continued lines joined, and the next line's number."""
    lines = source.lines
    text = lines[number - 1]
    if not text.endswith("\\"):
        if len(text) > MAX_LINE:
            raise _too_long(source, number)
        return tokenize(source, number, text), number + 1
    return _continued(source, number)


def _continued(source: Source, number: int) -> tuple[list[Token], int]:
    starts: list[int] = []
    joined = ""
    line = number
    while line <= len(source.lines):
        text = source.lines[line - 1]
        starts.append(len(joined))
        joined += text.removesuffix("\\")
        if len(joined) > MAX_LINE:
            raise _too_long(source, line)
        line += 1
        if not text.endswith("\\"):
            break
    try:
        tokens = tokenize(source, number, joined)
    except AssemblyError as error:
        if error.span is not None:
            place = _place(starts, error.span.column)
            error.span = Span(source, number + place, error.span.column - starts[place], error.span.length)
        raise
    return [_moved(token, number, starts) for token in tokens], line


def _moved(token: Token, number: int, starts: list[int]) -> Token:
    place = _place(starts, token.column)
    return token._replace(line=number + place, column=token.column - starts[place])


def _place(starts: list[int], column: int) -> int:
    """Return which of the joined lines holds `column`."""
    return bisect_left(starts, column) - 1


def _too_long(source: Source, number: int) -> AssemblyError:
    return AssemblyError(f"the line is longer than {MAX_LINE:,} characters", Span(source, number))


def _unreadable(span: Span, rest: str) -> AssemblyError:
    if rest[0] in "'\"`":
        return AssemblyError(
            "the string is not closed on its line",
            Span(span.source, span.line, span.column, len(rest)),
            f"end it with {rest[0]}",
        )
    shown = f"'{rest[0]}'" if printable(rest[0]) == rest[0] else f"U+{ord(rest[0]):04X}"
    return AssemblyError(f"the character {shown} has no meaning here", span)


def _number(token: Token) -> Token:
    value = parse_integer(token.text)
    if value is None:
        if _FLOAT.fullmatch(token.text):
            return token._replace(kind="float")
        hint = "a name cannot begin with a digit"
        if token.text[:2].lower() == "0x":
            hint = "behind 0x stand digits, and letters from a to f"
        elif re.fullmatch(r"[0-9A-Fa-f]+", token.text):
            hint = f"if it is hexadecimal write 0x{token.text}"
        raise token.error(f"'{token.text}' is not a number", hint)
    if value > MASK_64:
        raise token.error(f"the number {_shortened(token.text)} does not fit 64 bits", f"the largest is {MASK_64:#x}")
    return token._replace(value=value)


def _shortened(text: str) -> str:
    return text if len(text) <= 40 else f"{text[:37]}..."


def parse_integer(text: str) -> int | None:
    """Return the value of NASM's number `text`, or None when it is none.

    >>> [parse_integer(text) for text in ("010", "0x1f", "1fh", "$1f", "11b", "0y11", "17q", "1_000", "12a")]
    [10, 31, 31, 31, 3, 3, 15, 1000, None]
    """
    digits = text.replace("_", "").lower()
    if digits.startswith("$"):
        return _in_radix(digits[1:], 16)
    if digits.isdigit():
        return _in_radix(digits, 10)
    prefix = _RADIX.get(digits[1], 0) if digits[0] == "0" and len(digits) > 2 else 0
    suffix = _RADIX.get(digits[-1], 0)
    # Both may be there by accident (0b1h, 0x1b): NASM takes the larger radix to be meant.
    if prefix >= suffix:
        return _in_radix(digits[2:], prefix) if prefix else None
    return _in_radix(digits[:-1], suffix)


def _in_radix(digits: str, radix: int) -> int | None:
    # A decimal of thousands of digits would cost quadratic time; 64 bits need at most 64 digits.
    if _PYTHON_PREFIX.get(radix, ".") in digits:
        return None  # int() would read 0x twice
    if len(digits.lstrip("0")) > 64:
        return MASK_64 + 1
    try:
        return int(digits, radix)
    except ValueError:
        return None


def _string(token: Token) -> Token:
    inner = token.text[1:-1]
    try:
        encoding = token.source.encoding
        raw = _unescaped(inner, encoding) if token.text[0] == "`" else inner.encode(encoding)
    except (UnicodeEncodeError, ValueError, OverflowError):
        raise token.error("the string holds a character that has no encoding in UTF-8") from None
    return token._replace(value=raw)


def _unescaped(inner: str, encoding: str) -> bytes:
    out = bytearray()
    position = 0
    for match in _ESCAPE.finditer(inner):
        out += inner[position : match.start()].encode(encoding)
        hexadecimal, short, long, octal, letter = match.groups()
        if hexadecimal or octal:
            out.append(int(hexadecimal or octal, 16 if hexadecimal else 8) & 0xFF)
        elif short or long:
            out += chr(int(short or long, 16)).encode()
        else:
            out += _ESCAPES.get(letter, letter).encode(encoding)
        position = match.end()
    return bytes(out + inner[position:].encode(encoding))


_VALUED = {"number": _number, "string": _string}
