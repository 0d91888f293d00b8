"""Walk along the tokens of a line, and say where something is missing."""

from __future__ import annotations

from dataclasses import replace

from allocator.assembly.tokens import Token
from allocator.errors import AssemblyError


class Cursor:
    """Read tokens one after the other, and say where something is missing.

    ``scope`` is the label that names starting with a dot belong to; ``registers`` says whether a name is a register.
    """

    def __init__(self, tokens: list[Token], scope: str = "", registers: frozenset[str] = frozenset()) -> None:
        self.tokens = tokens
        self.position = 0
        self.scope = scope
        self.registers = registers

    @property
    def peek(self) -> Token | None:
        """The next token, or None at the end."""
        return self.tokens[self.position] if self.position < len(self.tokens) else None

    def take(self) -> Token:
        """Return the next token and step past it."""
        token = self.tokens[self.position]
        self.position += 1
        return token

    def at(self, text: str) -> bool:
        """Tell whether the next token is the operator `text`."""
        token = self.peek
        return token is not None and token.kind == "op" and token.text == text

    def accept(self, text: str) -> bool:
        """Step past the operator `text` if it is next."""
        if self.at(text):
            self.position += 1
            return True
        return False

    def word(self) -> str:
        """The next token in lower case if it is a name, else the empty string."""
        token = self.peek
        return token.text.lower() if token is not None and token.kind == "name" else ""

    def expect(self, text: str) -> Token:
        """Take the operator `text`, or raise AssemblyError."""
        if not self.at(text):
            raise self.error(f"'{text}' expected")
        return self.take()

    def expect_end(self) -> None:
        """Raise AssemblyError unless every token was read."""
        if self.peek is not None:
            raise self.error(f"'{self.peek.text}' was not expected here", self._leftover_hint(self.peek))

    def _leftover_hint(self, token: Token) -> str | None:
        if token.text in (")", "]"):
            return f"there is no {'(' if token.text == ')' else '['} before it"
        if token.kind in ("name", "number", "string") or token.text == "[":
            return "a comma separates operands"
        return None

    def error(self, message: str, hint: str | None = None) -> AssemblyError:
        """Build the error that points at the next token, or behind the last."""
        token = self.peek
        if token is not None:
            return token.error(message, hint)
        last = self.tokens[-1]
        return AssemblyError(message, replace(last.span, column=last.end, length=1), hint)

    def full_name(self, token: Token) -> Token:
        """Return a name's token with the whole name: without ``$``, a local one with its label."""
        text = token.text[1:] if token.text.startswith("$") else token.text
        if text.startswith(".") and not text.startswith(".."):
            text = self.scope + text
        return token if text == token.text else token._replace(text=text)
