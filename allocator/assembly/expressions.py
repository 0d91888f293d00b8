"""Read NASM's expressions, and work them out.

An expression becomes a short program for a stack (postfix), so that no depth of it can exhaust Python's own
stack, and so that a name's value can be asked for again in every pass of the layout. Operators, loosest first:

    ||   ^^   &&   = == != <> < > <= >=   |   ^   &   << >> <<< >>>   + -   * / % // %%   unary + - ~ !

- Numbers are 64 bits wide and wrap; `/` and `%` are unsigned, `//` and `%%` signed; a comparison yields 1 or 0.
- A `Value` is a number plus multiples of terms: registers (in addresses) and sections (a label is its address and
  once its section). The difference of two labels of one section has no term left and is a plain number.
  Anything but adding, subtracting and multiplying by a number asks for plain numbers.

Source: NASM manual, 3.5 "Expressions", and real NASM 2.16 for what the manual leaves open.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import NamedTuple

from allocator.assembly.cursor import Cursor
from allocator.assembly.tokens import MASK_64, Token
from allocator.errors import AssemblyError
from allocator.source import Span

MAX_DEPTH = 60
"""Parentheses and unary operators inside each other."""
SIGN = 1 << 63


class Term(NamedTuple):
    """`factor` times a register or section. ``multiplied`` remembers ``eax*1``, which NASM takes as an index."""

    key: str
    factor: int
    multiplied: bool = False


class Value(NamedTuple):
    """A number modulo 2**64 and what it is relative to; registers in the order in which they were written."""

    number: int
    terms: tuple[Term, ...] = ()

    @property
    def signed(self) -> int:
        """The number as two's complement."""
        return _signed(self.number)


ZERO = Value(0)


def section_key(name: str) -> str:
    """Name the term of section `name`; the space keeps it apart from every register."""
    return f"section {name}"


def is_section(key: str) -> bool:
    """Tell a section's term from a register's."""
    return key.startswith("section ")


class Scope(NamedTuple):
    """What an expression is worked out against: names, ``$`` and ``$$``."""

    names: Mapping[str, Value]
    here: Value = ZERO
    base: Value = ZERO


class Step(NamedTuple):
    """One step of the program: push a value, a name's value, ``$`` or ``$$``, or apply an operator."""

    kind: str
    token: Token
    value: Value = ZERO


@dataclass(slots=True)
class Expression:
    """A parsed expression. ``constant`` is its value when that depends on nothing."""

    steps: tuple[Step, ...]
    constant: Value | None

    @property
    def span(self) -> Span:
        """From its first token to its last, where they share a line."""
        first = min((step.token for step in self.steps), key=lambda token: (token.line, token.column))
        last = max((step.token for step in self.steps), key=lambda token: (token.line, token.column))
        length = last.end - first.column if last.line == first.line else first.length
        return replace(first.span, length=length)

    def error(self, message: str, hint: str | None = None) -> AssemblyError:
        """Build the error that points at this expression."""
        return AssemblyError(message, self.span, hint)

    def names(self) -> list[tuple[str, Token]]:
        """Return the names that it uses, in full, with where."""
        return [(step.token.text, step.token) for step in self.steps if step.kind == "name"]

    def evaluate(self, scope: Scope) -> Value:
        """Work it out; raises AssemblyError."""
        return self.constant if self.constant is not None else _run(self.steps, scope)

    def number(self, scope: Scope, what: str) -> int:
        """Work out a plain signed number; `what` names it in the error."""
        value = self.evaluate(scope)
        if value.terms:
            raise self.error(f"{what} must be a plain number, not an address or a register", _DIFFERENCE_HINT)
        return value.signed


_DIFFERENCE_HINT = "the difference of two labels of one section is a plain number: label - $$"


def _run(steps: tuple[Step, ...], scope: Scope) -> Value:
    stack: list[Value] = []
    for kind, token, value in steps:
        if kind == "value":
            stack.append(value)
        elif kind == "name":
            stack.append(scope.names[token.text])
        elif kind == "here":
            stack.append(scope.here)
        elif kind == "base":
            stack.append(scope.base)
        elif kind == "unary":
            stack.append(_unary(token, stack.pop()))
        else:
            right = stack.pop()
            stack.append(_binary(token, stack.pop(), right))
    return stack[0]


def _unary(token: Token, value: Value) -> Value:
    if token.text == "+":
        return value
    if token.text == "-":
        return _scaled(value, MASK_64, multiplied=False)
    _require_plain(token, value)
    return Value(~value.number & MASK_64 if token.text == "~" else int(not value.number))


def _binary(token: Token, left: Value, right: Value) -> Value:
    operator = token.text
    if operator == "+":
        return _sum(left, right)
    if operator == "-":
        return _sum(left, _scaled(right, MASK_64, multiplied=False))
    if operator == "*" and (left.terms or right.terms):
        return _product(token, left, right)
    if left.terms or right.terms:
        left, right = _comparable(token, left, right)
    if operator in _DIVISIONS and not right.number:
        raise token.error("division by zero")
    return Value(_OPERATORS[operator](left.number, right.number) & MASK_64)


def _comparable(token: Token, left: Value, right: Value) -> tuple[Value, Value]:
    """Compare two labels of one section by their distance; anything else needs plain numbers."""
    difference = _sum(left, _scaled(right, MASK_64, multiplied=False))
    if token.text in _COMPARISONS and not difference.terms:
        return difference, ZERO
    _require_plain(token, left)
    _require_plain(token, right)
    return left, right


def _require_plain(token: Token, value: Value) -> None:
    if value.terms:
        raise token.error(f"'{token.text}' works on plain numbers, not on addresses or registers", _DIFFERENCE_HINT)


def _sum(left: Value, right: Value) -> Value:
    number = (left.number + right.number) & MASK_64
    if not left.terms or not right.terms:
        return Value(number, left.terms or right.terms)
    terms = {term.key: term for term in left.terms}
    for term in right.terms:
        held = terms.get(term.key)
        terms[term.key] = Term(term.key, held.factor + term.factor) if held else term
    return Value(number, tuple(term for term in terms.values() if term.factor))


def _scaled(value: Value, factor: int, *, multiplied: bool) -> Value:
    signed = _signed(factor)
    terms = tuple(Term(term.key, term.factor * signed, multiplied) for term in value.terms if signed)
    if any(abs(term.factor) > MASK_64 for term in terms):
        terms = tuple(term._replace(factor=MASK_64) for term in terms)  # never valid, and never a large number
    return Value(value.number * factor & MASK_64, terms)


def _product(token: Token, left: Value, right: Value) -> Value:
    if left.terms and right.terms:
        raise token.error("'*' works on a register and a number, not on two registers or addresses")
    value, factor = (left, right) if left.terms else (right, left)
    return _scaled(value, factor.number, multiplied=True)


def _signed(number: int) -> int:
    return number - (1 << 64) if number & SIGN else number


def _distance(left: int, right: int) -> int:
    """Return by how much `left` is larger. NASM compares by this wrapped difference, so that 0 < 1 << 63 holds."""
    return _signed((left - right) & MASK_64)


def _signed_quotient(left: int, right: int) -> int:
    quotient = abs(_signed(left)) // abs(_signed(right))
    return quotient if (left ^ right) & SIGN == 0 else -quotient


def _signed_remainder(left: int, right: int) -> int:
    return _signed(left) - _signed_quotient(left, right) * _signed(right)


_OPERATORS: dict[str, Callable[[int, int], int]] = {
    "||": lambda left, right: int(bool(left) or bool(right)),
    "^^": lambda left, right: int(bool(left) != bool(right)),
    "&&": lambda left, right: int(bool(left) and bool(right)),
    "=": lambda left, right: int(left == right),
    "==": lambda left, right: int(left == right),
    "!=": lambda left, right: int(left != right),
    "<>": lambda left, right: int(left != right),
    "<": lambda left, right: int(_distance(left, right) < 0),
    ">": lambda left, right: int(_distance(left, right) > 0),
    "<=": lambda left, right: int(_distance(left, right) <= 0),
    ">=": lambda left, right: int(_distance(left, right) >= 0),
    "|": lambda left, right: left | right,
    "^": lambda left, right: left ^ right,
    "&": lambda left, right: left & right,
    # NASM's shift is the host's: the count counts modulo 64. That also keeps 1 << 99999999999 small.
    "<<": lambda left, right: left << (right & 63),
    ">>": lambda left, right: left >> (right & 63),
    "<<<": lambda left, right: left << (right & 63),
    ">>>": lambda left, right: _signed(left) >> (right & 63),
    "+": lambda left, right: left + right,
    "-": lambda left, right: left - right,
    "*": lambda left, right: left * right,
    "/": lambda left, right: left // right,
    "%": lambda left, right: left % right,
    "//": _signed_quotient,
    "%%": _signed_remainder,
}
_DIVISIONS = frozenset(("/", "%", "//", "%%"))
_COMPARISONS = frozenset(("=", "==", "!=", "<>", "<", ">", "<=", ">="))
_LEVELS = (
    ("||",), ("^^",), ("&&",), ("=", "==", "!=", "<>", "<", ">", "<=", ">="),
    ("|",), ("^",), ("&",), ("<<", ">>", "<<<", ">>>"), ("+", "-"), ("*", "/", "%", "//", "%%"),
)  # fmt: skip
_PRECEDENCE = {operator: level for level, operators in enumerate(_LEVELS) for operator in operators}


def number_expression(token: Token, number: int) -> Expression:
    """Return the expression that is nothing but `number`, and that errors place at `token`."""
    return Expression((Step("value", token, Value(number)),), Value(number))


def name_expression(token: Token) -> Expression:
    """Return the expression that is nothing but the name that `token` holds in full."""
    return Expression((Step("name", token),), None)


def difference(left: Expression, right: Expression, token: Token) -> Expression:
    """Return `left` minus `right`, the sign placed at `token`."""
    minus = Step("binary", token._replace(kind="op", text="-"))
    return Expression((*left.steps, *right.steps, minus), None)


def here_expression(token: Token) -> Expression:
    """Return the expression ``$``, placed at `token`."""
    return Expression((Step("here", token._replace(kind="op", text="$")),), None)


def parse_expression(cursor: Cursor) -> Expression:
    """Read one expression from `cursor`, as far as it goes; raises AssemblyError."""
    steps: list[Step] = []
    _parse_binary(cursor, 0, steps, 0)
    if len(steps) == 1:
        step = steps[0]
        return Expression((step,), step.value if step.kind == "value" else None)
    program = tuple(steps)
    varies = any(step.kind in ("name", "here", "base") for step in program)
    return Expression(program, None if varies else _run(program, Scope({})))


def _parse_binary(cursor: Cursor, loosest: int, steps: list[Step], depth: int) -> None:
    _parse_unary(cursor, steps, depth)
    while True:
        token = cursor.peek
        if token is None or token.kind != "op":
            return
        level = _PRECEDENCE.get(token.text, -1)
        if level < loosest:
            return
        cursor.position += 1
        _parse_binary(cursor, level + 1, steps, depth)
        steps.append(Step("binary", token))


def _parse_unary(cursor: Cursor, steps: list[Step], depth: int) -> None:
    operators: list[Token] = []
    while (token := cursor.peek) is not None and token.kind == "op" and token.text in "+-~!":
        operators.append(cursor.take())
    _parse_primary(cursor, steps, depth)
    steps.extend(Step("unary", operator) for operator in reversed(operators))


def _parse_primary(cursor: Cursor, steps: list[Step], depth: int) -> None:
    token = cursor.peek
    if token is None:
        raise cursor.error("a value is missing here", "a number, a name, or a register")
    if token.kind == "number" and isinstance(token.value, int):
        steps.append(Step("value", token, Value(token.value)))
    elif token.kind == "name":
        steps.append(_name_step(cursor, token))
    elif token.kind == "string" and isinstance(token.value, bytes):
        steps.append(Step("value", token, Value(_character_constant(token, token.value))))
    elif token.kind == "op" and token.text in ("$", "$$"):
        steps.append(Step("here" if token.text == "$" else "base", token))
    elif token.kind == "op" and token.text == "(":
        _parse_parenthesis(cursor, steps, depth)
        return
    else:
        raise _not_a_value(token, cursor.registers)
    cursor.position += 1


def _parse_parenthesis(cursor: Cursor, steps: list[Step], depth: int) -> None:
    opening = cursor.take()
    if depth >= MAX_DEPTH:
        raise opening.error(f"more than {MAX_DEPTH} parentheses inside each other")
    _parse_binary(cursor, 0, steps, depth + 1)
    if not cursor.accept(")"):
        raise opening.error("this parenthesis is not closed", "it ends with )")


def _name_step(cursor: Cursor, token: Token) -> Step:
    lower = token.text.lower()
    if lower in cursor.registers:
        return Step("value", token, Value(0, (Term(lower, 1),)))
    if lower in ("seg", "wrt"):
        raise token.error(f"'{token.text}' is not supported yet")
    return Step("name", cursor.full_name(token))


def _not_a_value(token: Token, registers: frozenset[str]) -> AssemblyError:
    if token.kind == "percent" and token.text[1:].lower() in registers:
        return token.error(
            f"'{token.text}' is a register in AT&T syntax",
            f"NASM writes {token.text[1:]}, and the target first: mov target, source",
        )
    if token.kind == "percent":
        return token.error(f"'{token.text}' is not supported yet", "multi-line macros are a later part of the dialect")
    if token.kind == "float":
        return token.error(f"the floating-point number {token.text} may only stand in dd, dq and dt")
    hint = "what stands before the comma is missing" if token.text == "," else None
    return token.error(f"a value was expected, not '{token.text}'", hint)


def _character_constant(token: Token, raw: bytes) -> int:
    if len(raw) > 8:
        raise token.error(
            f"the character constant is {len(raw)} bytes long; a number holds 8",
            "put the text into memory with db, and take its address",
        )
    return int.from_bytes(raw, "little")
