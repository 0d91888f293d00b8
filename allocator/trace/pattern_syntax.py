"""Read a pattern of instructions, as `pattern.py` describes it.

pattern  = [ "^" ] { item } [ "$" ]
item     = repeated { "|" repeated }
repeated = atom [ "+" | "*" | "?" | "{n}" | "{n,}" | "{n,m}" ]
atom     = "..." | "." | mnemonic | "'text'" | '"text"' | "@label" | "(" { item } ")"
"""

from __future__ import annotations

import re
from typing import NamedTuple, NoReturn, TypeAlias

from allocator.errors import UsageError
from allocator.source import printable

LONGEST = 2000
DEEPEST = 50
MOST_TIMES = 1000
_PREFIXES = "lock|rep|repe|repz|repne|repnz"
_TOKEN = re.compile(
    rf"""(?P<space>\s+)
    | (?P<gap>\.\.\.|\N{{HORIZONTAL ELLIPSIS}})
    | (?P<text>'[^']*'|"[^"]*")
    | (?P<label>@[A-Za-z_.?$~][\w.?$~]*)
    | (?P<mnemonic>(?:(?:{_PREFIXES})\s+)?[A-Za-z]\w*)
    | (?P<any>\.)
    | (?P<times>\{{\s*\d+\s*(?:,\s*\d*\s*)?\}})
    | (?P<sign>[+*?|()^$])""",
    re.VERBOSE | re.IGNORECASE,
)
_REPEATS = {"+": (1, None), "*": (0, None), "?": (0, 1)}


class Instruction(NamedTuple):
    """Any instruction of a `kind` (``mnemonic``, ``text``, ``label``, ``any``); `text` as it is written in the pattern.

    ``begin`` and ``end`` are where.
    """

    kind: str
    text: str
    begin: int
    end: int


class Row(NamedTuple):
    """Elements one after the other."""

    elements: tuple[Element, ...]


class Choice(NamedTuple):
    """One of several elements."""

    elements: tuple[Element, ...]


class Repeat(NamedTuple):
    """An element `low` to `high` times, any number of times where that is None; ``is_gap`` where it is ``...``."""

    element: Element
    low: int
    high: int | None
    is_gap: bool = False


Element: TypeAlias = "Instruction | Row | Choice | Repeat"


class Pattern(NamedTuple):
    """A pattern that was read; ``at_start`` and ``at_end`` say that the run begins or ends with it."""

    text: str
    root: Row
    at_start: bool
    at_end: bool


class _Token(NamedTuple):
    kind: str
    text: str
    begin: int
    end: int


def parse_pattern(text: str) -> Pattern:
    """Return the pattern that `text` is; raises UsageError with a caret."""
    if len(text) > LONGEST:
        raise UsageError(f"a pattern has at most {LONGEST:,} characters, not {len(text):,}")
    return _Reader(text).pattern()


def wrong_pattern(text: str, message: str, begin: int, end: int) -> NoReturn:
    """Raise the UsageError that says `message` of a part of a pattern."""
    caret = " " * begin + "^" * max(1, end - begin)
    raise UsageError(f"{printable(message)}\n    {printable(text).expandtabs(1)}\n    {caret}")


class _Reader:
    """Reads one pattern."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._tokens = list(self._split())
        self._at = 0
        self._depth = 0

    def _split(self) -> list[_Token]:
        found, at = [], 0
        while at < len(self._text):
            match = _TOKEN.match(self._text, at)
            if not match:
                quote = self._text[at] in "'\""
                what = "this text has no closing quote" if quote else f"'{self._text[at]}' means nothing in a pattern"
                wrong_pattern(self._text, what, at, len(self._text) if quote else at + 1)
            if match.lastgroup != "space":
                found.append(_Token(str(match.lastgroup), match[0], *match.span()))
            at = match.end()
        return found

    def pattern(self) -> Pattern:
        """Return the whole pattern."""
        at_start = self._take("^") is not None
        root = self._row()
        at_end = self._take("$") is not None
        if self._at < len(self._tokens):
            self._refuse(self._tokens[self._at])
        if not root.elements:
            wrong_pattern(self._text, "a pattern names at least one instruction, such as lodsb", 0, len(self._text))
        return Pattern(self._text, root, at_start, at_end)

    def _refuse(self, token: _Token) -> NoReturn:
        reasons = {
            ")": "nothing was opened that this closes",
            "^": "^ stands at the beginning of a pattern",
            "$": "$ stands at the end of a pattern",
            "|": "| stands between two instructions",
        }
        reason = reasons.get(token.text, f"{token.text} stands behind what it repeats")
        wrong_pattern(self._text, reason, token.begin, token.end)

    def _take(self, sign: str) -> _Token | None:
        token = self._peek()
        if token is None or token.text != sign:
            return None
        self._at += 1
        return token

    def _peek(self) -> _Token | None:
        return self._tokens[self._at] if self._at < len(self._tokens) else None

    def _row(self) -> Row:
        elements = []
        while ((token := self._peek()) and token.kind not in ("sign", "times")) or (token and token.text == "("):
            elements.append(self._item())
        return Row(tuple(elements))

    def _item(self) -> Element:
        choices = [self._repeated()]
        while bar := self._take("|"):
            token = self._peek()
            if token is None or (token.kind in ("sign", "times") and token.text != "("):
                wrong_pattern(self._text, "| stands between two instructions", bar.begin, bar.end)
            choices.append(self._repeated())
        return choices[0] if len(choices) == 1 else Choice(tuple(choices))

    def _repeated(self) -> Element:
        element = self._atom()
        token = self._peek()
        if token is None or (token.kind != "times" and token.text not in _REPEATS):
            return element
        self._at += 1
        if isinstance(element, Repeat):
            self._refuse(token)
        low, high = _REPEATS[token.text] if token.kind == "sign" else self._times(token)
        return Repeat(element, low, high)

    def _times(self, token: _Token) -> tuple[int, int | None]:
        first, comma, last = token.text.strip("{}").partition(",")
        low = int(first[:9])
        high = low if not comma else int(last[:9]) if last.strip() else None
        if low > MOST_TIMES or (high or 0) > MOST_TIMES:
            wrong_pattern(self._text, f"a part repeats at most {MOST_TIMES:,} times", token.begin, token.end)
        if (high is not None and not low <= high) or high == 0:
            wrong_pattern(self._text, "the second number is how often at most", token.begin, token.end)
        return low, high

    def _atom(self) -> Element:
        token = self._tokens[self._at]
        self._at += 1
        if token.text == "(":
            return self._group(token)
        if token.kind == "gap":
            return Repeat(Instruction("any", token.text, token.begin, token.end), 0, None, True)
        if token.kind == "text" and not token.text[1:-1].strip():
            wrong_pattern(self._text, "a text between quotes is an instruction: 'mov al, 2'", token.begin, token.end)
        return Instruction(*token)

    def _group(self, opening: _Token) -> Row:
        self._depth += 1
        if self._depth > DEEPEST:
            wrong_pattern(self._text, f"parentheses are {DEEPEST} deep", opening.begin, opening.end)
        row = self._row()
        if self._take(")") is None:
            token = self._peek()
            if token is not None:
                self._refuse(token)
            wrong_pattern(self._text, "this is never closed", opening.begin, opening.end)
        if not row.elements:
            wrong_pattern(self._text, "there is nothing between the parentheses", opening.begin, opening.end + 1)
        self._depth -= 1
        return row
