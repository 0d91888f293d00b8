"""Multi-line macros: what a definition says, which arguments a use gives, and the lines that come of both.

    %macro NAME least-most defaults      1   0-3   2-*   1-2+   with as many parameters, the last one greedy
        %1 %{10} %{2:4} %-1              parameters, a range of them, the opposite of a condition
        %0 %00 %%label                   how many there are, the label before the use, a label of this use alone
    %endmacro

- A macro is chosen by its name and the number of arguments, the newest first; inside of its own body it is not seen.
- An argument in braces may hold commas. An empty last argument is not counted.
- What a line of the body yields lies in that line, arguments at their parameter, and knows the use.
- A label ``%%name`` is called ``@7.name``, 7 for the seventh use. It is a constant: it opens no scope for local
  labels, and an address in a trace keeps the name of its routine.

Source: NASM manual, 4.3 "Multi-Line Macros".
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from allocator.assembly.cursor import Cursor
from allocator.assembly.macros import MAX_LINE_TOKENS
from allocator.assembly.pasting import adjoined
from allocator.assembly.tokens import CallSite, Token, logical_line
from allocator.source import Source

MAX_PARAMETERS = 10_000
MAX_MESSAGE_TOKENS = 20
_PARAMETER = re.compile(r"%(?:\{([-+]?[0-9]+)\}|([-+]?[0-9]+))")
_RANGE = re.compile(r"%\{(-?[0-9]+):(-?[0-9]+)\}")
_CONDITIONS = (
    "a na, ae nae, b nb, be nbe, c nc, e ne, g ng, ge nge, l nl, le nle, o no, p np, s ns, z nz, pe po, cxz ncxz"
)
_OPPOSITE = {one: other for pair in _CONDITIONS.split(", ") for one, other in (pair.split(), pair.split()[::-1])}


@dataclass
class Passage:
    """Lines `first` up to `end` of a source; each is cut into tokens when it is read, and once if it is `kept`."""

    source: Source
    first: int
    end: int
    kept: dict[int, tuple[list[Token], int]] | None = None

    def line(self, number: int) -> tuple[list[Token], int]:
        """Return the tokens of the line that starts at `number`, and the number of the next; raises AssemblyError."""
        if self.kept is None:
            return logical_line(self.source, number)
        if number not in self.kept:
            self.kept[number] = logical_line(self.source, number)
        return self.kept[number]

    def mentions(self, text: str) -> bool:
        """Tell whether `text` stands anywhere in the lines."""
        return any(text in line for line in self.source.lines[self.first - 1 : self.end - 1])


@dataclass(eq=False)
class MultiLineMacro:
    """A definition; `most` is None where there may be any number of arguments, `busy` while its body is read."""

    name: str
    folded: bool
    least: int
    most: int | None
    greedy: bool
    defaults: list[list[Token]]
    body: Passage
    busy: bool = field(default=False, repr=False)

    def takes(self, count: int) -> bool:
        """Tell whether so many arguments fit."""
        return self.least <= count and (self.greedy or self.most is None or count <= self.most)

    def is_named(self, name: str) -> bool:
        """Tell whether `name` means this macro."""
        return self.name == name or (self.folded and self.name.lower() == name.lower())

    @property
    def arity(self) -> str:
        """How many arguments it takes, as its definition says it."""
        most = "" if self.most == self.least else f"-{'*' if self.most is None else self.most}"
        return f"{self.least}{most}{'+' if self.greedy else ''}"


def defined(word: Token, tokens: list[Token], body: Passage) -> MultiLineMacro:
    """Return the macro that the line ``%macro NAME ...`` opens; raises AssemblyError."""
    cursor = Cursor(tokens)
    cursor.take()
    name = cursor.peek
    if name is None or name.kind != "name":
        raise word.error(f"{word.text} needs a name, and the number of parameters")
    cursor.take()
    least, most, greedy = arity(cursor)
    defaults = [_unbraced(part) for part in separated(cursor.tokens[cursor.position :])]
    return MultiLineMacro(name.text, word.text.lower() == "%imacro", least, most, greedy, defaults, body)


def arity(cursor: Cursor) -> tuple[int, int | None, bool]:
    """Read ``2``, ``1-3``, ``1-*`` or ``1+`` as least, most and whether the last is greedy; raises AssemblyError."""
    least = _count(cursor)
    most: int | None = least
    if cursor.accept("-"):
        most = None if cursor.accept("*") else _count(cursor)
        if most is not None and most < least:
            raise cursor.error(f"a macro cannot take from {least} to {most} parameters")
    return least, most, cursor.accept("+")


def _count(cursor: Cursor) -> int:
    token = cursor.peek
    if token is None or not isinstance(token.value, int) or token.value > MAX_PARAMETERS:
        raise cursor.error("the number of parameters was expected here", "write %macro NAME 0 for one without")
    cursor.take()
    return token.value


def fitting(candidates: Sequence[MultiLineMacro], name: Token, parts: list[list[Token]]) -> MultiLineMacro | None:
    """Return the newest macro of that name which takes so many arguments, an empty last one counted if need be.

    In a macro's body a line without arguments may be one whose only argument is an empty parameter.
    """
    counts = [len(parts)]
    if parts and not parts[-1]:
        counts.append(len(parts) - 1)
    elif not parts and name.call is not None:
        counts.append(1)
    for count in counts:
        for macro in reversed(candidates):
            if macro.is_named(name.text) and macro.takes(count):
                return macro
    return None


def arguments(macro: MultiLineMacro, parts: list[list[Token]]) -> list[list[Token]]:
    """Return the arguments that `parts` are for `macro`; raises AssemblyError."""
    if parts and not parts[-1]:
        parts = parts[:-1]
    if macro.greedy and macro.most and len(parts) > macro.most:
        parts = [*parts[: macro.most - 1], _with_commas(parts[macro.most - 1 :])]
    return [_unbraced(part) for part in parts]


def _with_commas(parts: list[list[Token]]) -> list[Token]:
    out = list(parts[0])
    for part in parts[1:]:
        beside = out[-1] if out else next(token for later in parts for token in later)
        out += [beside._replace(kind="op", text=",", value=None), *part]
    return out


def separated(tokens: Sequence[Token]) -> list[list[Token]]:
    """Split `tokens` at the commas outside of braces; raises AssemblyError."""
    parts: list[list[Token]] = [[]] if tokens else []
    depth = 0
    for token in tokens:
        mark = token.text if token.kind == "op" else ""
        if mark == "," and not depth:
            parts.append([])
            continue
        if mark == "{" and (depth or not parts[-1]):
            depth += 1
        elif mark == "}" and depth:
            depth -= 1
        parts[-1].append(token)
    if depth:
        raise parts[-1][0].error("'{' is never closed with '}'")
    return parts


def _unbraced(part: list[Token]) -> list[Token]:
    if not part or part[0].text != "{":
        return part
    if part[-1].text != "}":
        raise part[-1].error("behind '}' a comma or the end was expected")
    return part[1:-1]


class Call:
    """One use of a macro, while the lines of its body are read."""

    def __init__(
        self, macro: MultiLineMacro, use: Token, given: list[list[Token]], label: Token | None, number: int
    ) -> None:
        self.macro = macro
        self.label = label
        self.number = number
        self.site = CallSite(macro.name, use.span)
        defaults = macro.defaults[len(given) - macro.least :] if len(given) >= macro.least else []
        self.arguments = given + defaults
        self.rotation = 0
        self.work = 0

    def rotate(self, count: int) -> None:
        """Let ``%1`` be the argument that was the one `count` behind it."""
        if self.arguments:
            self.rotation = (self.rotation + count) % len(self.arguments)

    def filled(self, tokens: Sequence[Token]) -> list[Token]:
        """Return a line of the body with arguments for its parameters; raises AssemblyError."""
        site = self.site
        if not any(token.kind == "percent" for token in tokens):
            return [Token(*token[:7], site) for token in tokens]
        out: list[Token] = []
        end = (0, 0)
        touching = False
        for token in tokens:
            touching = touching and end == (token.line, token.column)
            pieces = self._pieces(token)
            if touching and pieces:
                pieces[:1] = adjoined(out.pop(), pieces[0])
            out += pieces
            touching = bool(out) and (touching or bool(pieces))
            end = (token.line, token.end)
            if len(out) > MAX_LINE_TOKENS:
                raise token.error(f"macros make this line longer than {MAX_LINE_TOKENS:,} tokens")
        return out

    def described(self, text: str) -> str:
        """Return a message with arguments for its parameters."""
        return _PARAMETER.sub(self._words, text)

    def _words(self, match: re.Match[str]) -> str:
        parameter = match[1] or match[2]
        if parameter[0] in "+-" or not int(parameter):
            return str(len(self.arguments)) if parameter == "0" else match[0]
        return " ".join(token.text for token in self._argument(int(parameter))[:MAX_MESSAGE_TOKENS])

    def _pieces(self, token: Token) -> list[Token]:
        return [
            Token(piece.kind, piece.text, piece.value, token.source, token.line, token.column, token.length, self.site)
            for piece in (self._replacement(token) if token.kind == "percent" else (token,))
        ]

    def _replacement(self, token: Token) -> Sequence[Token]:
        """Return what `token` stands for; itself where it is no parameter."""
        if token.text.startswith("%%"):
            return [token._replace(kind="name", text=f"@{self.number}.{token.text[2:]}")]
        span = _RANGE.fullmatch(token.text)
        if span:
            return self._range(token, int(span[1]), int(span[2]))
        match = _PARAMETER.fullmatch(token.text)
        return self._parameter(token, match[1] or match[2]) if match else [token]

    def _parameter(self, token: Token, parameter: str) -> Sequence[Token]:
        if parameter == "00":
            return [self.label] if self.label else []
        if parameter[0] in "+-":
            return [self._condition(token, parameter)]
        if int(parameter):
            return self._argument(int(parameter))
        count = len(self.arguments)
        return [token._replace(kind="number", text=str(count), value=count)]

    def _argument(self, index: int) -> Sequence[Token]:
        count = len(self.arguments)
        if not 0 < index <= count:
            return []
        found = self.arguments[(index - 1 + self.rotation) % count]
        self.work += len(found)
        return found

    def _range(self, token: Token, first: int, last: int) -> Sequence[Token]:
        count = len(self.arguments)
        first, last = (index if index >= 0 else count + 1 + index for index in (first, last))
        if not (0 < first <= count and 0 < last <= count):
            raise self._at(token).error(f"{token.text} goes beyond the {count} argument(s) of this use")
        out: list[Token] = []
        for index in range(first, last + 1) if first <= last else range(first, last - 1, -1):
            out += [token._replace(kind="op", text=",")] if out else []
            out += self._argument(index)
        return out

    def _condition(self, token: Token, parameter: str) -> Token:
        found = self._argument(int(parameter[1:]))
        name = found[0].text.lower() if len(found) == 1 else ""
        if name not in _OPPOSITE:
            raise self._at(token).error(f"{token.text} needs an argument that is a condition, as in jCC")
        return found[0]._replace(text=_OPPOSITE[name]) if parameter[0] == "-" else found[0]

    def _at(self, token: Token) -> Token:
        return token._replace(call=self.site)
