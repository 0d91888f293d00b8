"""Choose between the branches of %if: which lines count, and whether a condition holds.

    %if expression    %ifdef NAME    %ifmacro NAME 1-2    %ifidn a, b    %ifidni a, b    %ifempty text
    %ifnum text       %ifid text     %ifstr text          %iftoken text  %ifn... not so  %elif...

- %ifnum, %ifid and %ifstr look at the first token, %iftoken counts them all; macros are expanded before.
- %ifidn compares tokens: spaces do not matter, nor which quotes a string has.

Source: NASM manual, 4.4 "Conditional Assembly".
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from allocator.assembly.cursor import Cursor
from allocator.assembly.definitions import Definitions
from allocator.assembly.multiline import arity
from allocator.assembly.tokens import Token


@dataclass(slots=True)
class _Branch:
    """One open %if: whether its current part counts, and whether a later part still may."""

    opening: Token
    active: bool
    pending: bool
    else_seen: bool = False


class Conditionals:
    """The open conditions of one file, or of one reading of a macro's body."""

    def __init__(self, definitions: Definitions) -> None:
        self.definitions = definitions
        self.branches: list[_Branch] = []

    @property
    def skipping(self) -> bool:
        """Whether the current line does not count."""
        return bool(self.branches) and not self.branches[-1].active

    def read(self, word: Token, tokens: list[Token]) -> bool:
        """Take in the line that `word` begins, and tell whether it is a condition at all; raises AssemblyError."""
        name = word.text[1:].lower()
        if name in CONDITIONS:
            self._open(word, tokens)
        elif name.startswith("el") and name[2:] in CONDITIONS:
            self._elif(word, tokens)
        elif name == "else":
            self._else(word)
        elif name == "endif":
            self._innermost(word)
            self.branches.pop()
        elif self.skipping and name.startswith("if"):
            self.branches.append(_Branch(word, active=False, pending=False))
        else:
            return False
        return True

    def close(self) -> None:
        """Raise AssemblyError if a condition is still open."""
        if self.branches:
            opening = self.branches[-1].opening
            raise opening.error(f"{opening.text} is never closed with %endif")

    def _open(self, word: Token, tokens: list[Token]) -> None:
        taken = not self.skipping and self._holds(word, tokens)
        self.branches.append(_Branch(word, active=taken, pending=not taken and not self.skipping))

    def _elif(self, word: Token, tokens: list[Token]) -> None:
        branch = self._innermost(word)
        if branch.else_seen:
            raise word.error(f"{word.text} after %else")
        branch.active = branch.pending and self._holds(word, tokens)
        branch.pending = branch.pending and not branch.active

    def _else(self, word: Token) -> None:
        branch = self._innermost(word)
        if branch.else_seen:
            raise word.error("a second %else for the same %if")
        branch.active, branch.pending, branch.else_seen = branch.pending, False, True

    def _innermost(self, word: Token) -> _Branch:
        if not self.branches:
            raise word.error(f"{word.text} without an %if before it")
        return self.branches[-1]

    def _holds(self, word: Token, tokens: list[Token]) -> bool:
        test, wanted = CONDITIONS[word.text[1:].lower().removeprefix("el")]
        return test(self.definitions, word, tokens[1:]) == wanted


def _is_not_zero(definitions: Definitions, word: Token, tokens: list[Token]) -> bool:
    return bool(definitions.constant(word, tokens))


def _is_defined(definitions: Definitions, word: Token, tokens: list[Token]) -> bool:
    if not tokens or any(token.kind != "name" for token in tokens):
        raise word.error(f"{word.text} needs the name of a macro")
    return any(definitions.find(token.text) for token in tokens)


def _is_macro(definitions: Definitions, word: Token, tokens: list[Token]) -> bool:
    if not tokens or tokens[0].kind != "name":
        raise word.error(f"{word.text} needs the name of a macro")
    name = tokens[0].text
    named = [macro for macro in definitions.multiline.get(name.lower(), ()) if macro.is_named(name)]
    if len(tokens) == 1:
        return bool(named)
    cursor = Cursor(tokens)
    cursor.take()
    least, most, greedy = arity(cursor)
    cursor.expect_end()
    return any(
        (most is None or greedy or macro.least <= most) and (macro.most is None or macro.greedy or least <= macro.most)
        for macro in named
    )


def _is_identical(definitions: Definitions, word: Token, tokens: list[Token]) -> bool:
    return _same(definitions, word, tokens, lambda text: text)


def _is_identical_in_any_case(definitions: Definitions, word: Token, tokens: list[Token]) -> bool:
    return _same(definitions, word, tokens, str.lower)


def _same(definitions: Definitions, word: Token, tokens: list[Token], folded: Callable[[str], str]) -> bool:
    texts = [folded(token.text[1:-1] if token.kind == "string" else token.text) for token in definitions.expand(tokens)]
    if "," not in texts:
        raise word.error(f"{word.text} needs two texts with a comma between them")
    comma = texts.index(",")
    return texts[:comma] == texts[comma + 1 :]


def _is_empty(definitions: Definitions, word: Token, tokens: list[Token]) -> bool:
    return not definitions.expand(tokens)


def _is_one_token(definitions: Definitions, word: Token, tokens: list[Token]) -> bool:
    return len(definitions.expand(tokens)) == 1


def _is_number(definitions: Definitions, word: Token, tokens: list[Token]) -> bool:
    expanded = definitions.expand(tokens)
    signed = bool(expanded) and expanded[0].text in ("-", "+")
    return len(expanded) > signed and expanded[signed].kind == "number"


def _is_name(definitions: Definitions, word: Token, tokens: list[Token]) -> bool:
    expanded = definitions.expand(tokens)
    return bool(expanded) and expanded[0].kind == "name"


def _is_string(definitions: Definitions, word: Token, tokens: list[Token]) -> bool:
    expanded = definitions.expand(tokens)
    return bool(expanded) and expanded[0].kind == "string"


_Test = Callable[[Definitions, Token, list[Token]], bool]
_TESTS: dict[str, _Test] = {
    "": _is_not_zero,
    "def": _is_defined,
    "empty": _is_empty,
    "id": _is_name,
    "idn": _is_identical,
    "idni": _is_identical_in_any_case,
    "macro": _is_macro,
    "num": _is_number,
    "str": _is_string,
    "token": _is_one_token,
}
CONDITIONS: dict[str, tuple[_Test, bool]] = {
    f"if{negated}{kind}": (test, not negated) for kind, test in _TESTS.items() for negated in ("", "n")
}
"""What can be asked, by the name of its directive: the test, and the answer that makes it hold."""
