"""Expand single-line macros: a name is replaced by its text, with arguments in their places.

- A macro is never expanded inside its own text, as in C.
- A name with parameters is a macro only where a parenthesis follows it.
- Everything that an expansion yields points at the place where the macro is used.
- The work for one line is limited, in depth and in tokens.

Source: NASM manual, 4.1 "Single-Line Macros".
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from allocator.assembly.tokens import Token

MAX_EXPANSION_DEPTH = 100
MAX_LINE_TOKENS = 100_000


class Macro(NamedTuple):
    """A single-line macro; ``parameters`` is None for one without parentheses."""

    name: str
    parameters: tuple[str, ...] | None
    body: tuple[Token, ...]


class Expansion:
    """Expand one line; `count` is the work that it took."""

    def __init__(self, find: Callable[[str], Macro | None]) -> None:
        self.find = find
        self.count = 0

    def expand(self, tokens: Sequence[Token], hidden: frozenset[str] = frozenset()) -> list[Token]:
        """Return `tokens` with every macro but the `hidden` ones expanded; raises AssemblyError."""
        out: list[Token] = []
        position = 0
        while position < len(tokens):
            token = tokens[position]
            position += 1
            macro = self.find(token.text) if token.kind == "name" else None
            if macro is None or macro.name in hidden:
                out.append(token)
            elif macro.parameters is None:
                out += self._replaced(macro, token, macro.body, hidden)
            elif position < len(tokens) and tokens[position].text == "(":
                arguments, position = _arguments(token, tokens, position + 1)
                out += self._replaced(macro, token, _substituted(macro, token, arguments), hidden)
            else:
                out.append(token)
        return out

    def _replaced(self, macro: Macro, use: Token, body: Sequence[Token], hidden: frozenset[str]) -> list[Token]:
        if len(hidden) >= MAX_EXPANSION_DEPTH:
            raise use.error(f"more than {MAX_EXPANSION_DEPTH} macros inside each other")
        self.count += len(body) + 1
        if self.count > MAX_LINE_TOKENS:
            raise use.error(f"macros make this line longer than {MAX_LINE_TOKENS:,} tokens")
        placed = [
            Token(token.kind, token.text, token.value, use.source, use.line, use.column, use.length, use.call)
            for token in body
        ]
        return self.expand(placed, hidden | {macro.name})


def _arguments(use: Token, tokens: Sequence[Token], position: int) -> tuple[list[list[Token]], int]:
    """Split what stands between the parentheses at the commas outside of inner ones."""
    arguments: list[list[Token]] = [[]]
    depth = 0
    while position < len(tokens):
        token = tokens[position]
        position += 1
        if token.kind == "op":
            if token.text == ")" and not depth:
                return arguments, position
            depth += (token.text in ("(", "[", "{")) - (token.text in (")", "]", "}"))
            if token.text == "," and not depth:
                arguments.append([])
                continue
        arguments[-1].append(token)
    raise use.error(f"the arguments of the macro {use.text} are not closed with ')'")


def _substituted(macro: Macro, use: Token, arguments: list[list[Token]]) -> list[Token]:
    names = macro.parameters or ()
    if len(arguments) != len(names) and not (not names and arguments == [[]]):
        raise use.error(f"the macro {macro.name} takes {len(names)} argument(s), not {len(arguments)}")
    by_name = dict(zip(names, arguments, strict=False))
    body: list[Token] = []
    for token in macro.body:
        body += by_name.get(token.text, (token,)) if token.kind == "name" else (token,)
        if len(body) > MAX_LINE_TOKENS:
            raise use.error(f"macros make this line longer than {MAX_LINE_TOKENS:,} tokens")
    return body


def macro_parameters(name: Token, body: list[Token]) -> tuple[tuple[str, ...], list[Token]]:
    """Split ``(a, b) text`` behind the name of a macro into parameters and text; raises AssemblyError."""
    closing = next((index for index, token in enumerate(body) if token.text == ")"), None)
    if closing is None:
        raise name.error(f"the parameters of the macro {name.text} are not closed with ')'")
    inner = body[1:closing]
    names = inner[::2]
    well_formed = all(token.kind == "name" for token in names) and all(token.text == "," for token in inner[1::2])
    if not well_formed or (inner and len(inner) % 2 == 0):
        raise name.error(f"the parameters of the macro {name.text} must be names with commas between them")
    return tuple(token.text for token in names), body[closing + 1 :]
