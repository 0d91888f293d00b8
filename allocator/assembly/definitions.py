"""Hold what the preprocessor knows by name: single-line macros, multi-line macros; expand lines, work out constants.

- A name that was defined with regard to case is looked for first, then one without (%idefine).
- ``%+`` joins what stands on both sides of it to one token, once the macros of the line are expanded.
- All expansions together are limited.

Source: NASM manual, 4.1 "Single-Line Macros", 4.1.4 "Concatenating Single Line Macro Tokens".
"""

from __future__ import annotations

from collections.abc import Sequence

from allocator.assembly.cursor import Cursor
from allocator.assembly.expressions import Scope, parse_expression
from allocator.assembly.macros import Expansion, Macro
from allocator.assembly.multiline import MultiLineMacro
from allocator.assembly.pasting import pasted
from allocator.assembly.tokens import Token

MAX_EXPANDED = 1_000_000


class Definitions:
    """The macros of all sources that are read one after the other."""

    def __init__(self) -> None:
        self.exact: dict[str, Macro] = {}
        self.folded: dict[str, Macro] = {}
        self.multiline: dict[str, list[MultiLineMacro]] = {}
        self.uses = 0
        self.expanded = 0

    def find(self, name: str) -> Macro | None:
        """Return the single-line macro of that name, or None."""
        macro = self.exact.get(name)
        return macro if macro is not None or not self.folded else self.folded.get(name.lower())

    def define(self, macro: Macro, folded: bool = False) -> None:
        """Make `macro` the one of its name, in whatever case that is written if it is `folded`."""
        if folded:
            self.folded[macro.name.lower()] = macro
        else:
            self.exact[macro.name] = macro

    def undefine(self, name: str) -> None:
        """Forget the single-line macro of that name."""
        if self.exact.pop(name, None) is None:
            self.folded.pop(name.lower(), None)

    def expand(self, tokens: list[Token]) -> list[Token]:
        """Return `tokens` with every single-line macro expanded; raises AssemblyError."""
        if not self._is_concerned(tokens):
            return tokens
        expanded = self._expanded(tokens)
        if any(token.text == "%+" for token in expanded):
            expanded = self._expanded(pasted(expanded))
        return expanded

    def _is_concerned(self, tokens: list[Token]) -> bool:
        exact, folded = self.exact, self.folded
        return any(token.text in exact or token.kind == "percent" for token in tokens) or (
            bool(folded) and any(token.text.lower() in folded for token in tokens)
        )

    def _expanded(self, tokens: list[Token]) -> list[Token]:
        expansion = Expansion(self.find)
        expanded = expansion.expand(tokens)
        self.charge(expansion.count, tokens)
        return expanded

    def charge(self, count: int, tokens: Sequence[Token]) -> None:
        """Count `count` tokens more that macros made of the line `tokens`; raises AssemblyError."""
        self.expanded += count
        if self.expanded > MAX_EXPANDED:
            raise tokens[0].error(f"macros make the sources longer than {MAX_EXPANDED:,} tokens")

    def constant(self, word: Token, tokens: list[Token]) -> int:
        """Work out the expression that follows `word`; raises AssemblyError."""
        cursor = Cursor([word, *self.expand(tokens)])
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
