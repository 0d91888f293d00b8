"""Compute again what the parts of a failed assertion were, without doing anything again.

Names, attributes, subscripts and constants are looked up, and questions of ours that change nothing are asked
again. A call of anything else is never made: its value is found where pytest keeps it. Its rewritten
``assert`` stores what every part of the expression gave in variables of the function, ``@py_assert0``,
``@py_assert2`` ..., in the order in which they were computed. They are matched with the parts of the expression in
that order, and only believed where all that can be looked up agrees.
"""

from __future__ import annotations

import ast
import inspect
import operator
import types
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from allocator.machine.machine import Machine
from allocator.machine.run import Run
from allocator.trace.trace import Trace

INTERMEDIATE = "@py_assert"
QUESTIONS: Mapping[type, frozenset[str]] = {
    Run: frozenset({"preserved", "changed_only", "last_steps", "memory_after", "result"}),
    Trace: frozenset({
        "at", "matches", "count", "instructions", "calls", "register_reads", "register_writes", "accesses", "reads",
        "writes", "last_write", "last_read", "first_write", "first_read", "memory_at", "registers_at", "visits",
        "select", "moment", "range_of", "who_set", "next_visit", "previous_visit",
    }),
    Machine: frozenset({"read"}),
}  # fmt: skip
"""Methods that only look: those that may be called again."""
FUNCTIONS: tuple[Callable[..., Any], ...] = (len, bytes, list, dict, tuple, set, sorted, sum, min, max, hex, int, bool)
PLAIN = (
    int, bool, str, bytes, bytearray, list, tuple, dict, set, frozenset, range, type(None), types.MappingProxyType,
)  # fmt: skip
"""Types, not those derived from them, whose items are had without anything happening."""
OPERATORS: Mapping[type[ast.operator], Callable[[Any, Any], Any]] = {
    ast.Add: operator.add, ast.Sub: operator.sub, ast.BitAnd: operator.and_, ast.BitOr: operator.or_,
    ast.BitXor: operator.xor, ast.FloorDiv: operator.floordiv, ast.Mod: operator.mod, ast.RShift: operator.rshift,
}  # fmt: skip
_LARGEST = 1 << 20


class Unknown(Exception):  # noqa: N818 -- not an error: the value of a part cannot be had
    """The value of an expression cannot be looked up."""


class Values:
    """The values of the parts of one expression."""

    def __init__(self, test: ast.expr, local: Mapping[str, Any], outer: Mapping[str, Any]) -> None:
        """Take the expression of the failed assertion, and the variables of its function and module."""
        self._names = {**outer, **local}
        self._made: dict[ast.expr, Any] = {}
        self._made = self._match(test, local)

    @property
    def all(self) -> list[Any]:
        """All objects that the function's variables and the expression's parts hold, those made last at the end."""
        return [*self._names.values(), *self._made.values()]

    def of(self, node: ast.expr) -> Any:  # noqa: ANN401 -- any value of somebody's test
        """Return the value of `node`; raises Unknown."""
        if node in self._made:
            return self._made[node]
        look = _LOOKS.get(type(node))
        if look is None:
            raise Unknown
        try:
            return look(self, node)
        except Exception as error:  # whatever it is, there is nothing to be explained by it
            raise Unknown from error

    def get(self, node: ast.expr) -> Any:  # noqa: ANN401 -- likewise
        """Return the value of `node`, None where it cannot be had."""
        try:
            return self.of(node)
        except Unknown:
            return None

    # -- looking up --

    def _constant(self, node: ast.Constant) -> Any:  # noqa: ANN401
        return node.value

    def _name(self, node: ast.Name) -> Any:  # noqa: ANN401
        if node.id in self._names:
            return self._names[node.id]
        return {function.__name__: function for function in FUNCTIONS}[node.id]

    def _attribute(self, node: ast.Attribute) -> Any:  # noqa: ANN401
        owner = self.of(node.value)
        if is_ours(owner) or isinstance(owner, types.ModuleType):
            return getattr(owner, node.attr)
        found = inspect.getattr_static(owner, node.attr)
        if hasattr(type(found), "__get__"):
            raise Unknown  # a property of somebody else's may do anything
        return found

    def _subscript(self, node: ast.Subscript) -> Any:  # noqa: ANN401
        owner = self.of(node.value)
        if not _is_harmless(owner):
            raise Unknown
        return owner[self.of(node.slice)]

    def _slice(self, node: ast.Slice) -> slice:
        return slice(*(None if part is None else self.of(part) for part in (node.lower, node.upper, node.step)))

    def _call(self, node: ast.Call) -> Any:  # noqa: ANN401
        arguments = [self.of(argument) for argument in node.args]
        named = {keyword.arg: self.of(keyword.value) for keyword in node.keywords if keyword.arg}
        if len(named) != len(node.keywords):
            raise Unknown
        if isinstance(node.func, ast.Attribute):
            return self._question(self.of(node.func.value), node.func.attr)(*arguments, **named)
        function = self.of(node.func)
        if function not in FUNCTIONS or not all(map(_is_harmless, arguments)):
            raise Unknown
        return function(*arguments, **named)

    def _question(self, owner: object, name: str) -> Callable[..., Any]:
        if not any(isinstance(owner, kind) and name in names for kind, names in QUESTIONS.items()):
            raise Unknown
        method: Callable[..., Any] = getattr(owner, name)
        return method

    def _display(self, node: ast.Tuple | ast.List | ast.Set) -> Any:  # noqa: ANN401
        kinds = {ast.Tuple: tuple, ast.List: list, ast.Set: set}
        return kinds[type(node)](self.of(each) for each in node.elts)

    def _dictionary(self, node: ast.Dict) -> dict[Any, Any]:
        return {self.of(key): self.of(value) for key, value in zip(node.keys, node.values, strict=True) if key}

    def _unary(self, node: ast.UnaryOp) -> Any:  # noqa: ANN401
        value = self.of(node.operand)
        if isinstance(node.op, ast.Not):
            return not value
        return -value if isinstance(node.op, ast.USub) else ~value if isinstance(node.op, ast.Invert) else +value

    def _binary(self, node: ast.BinOp) -> Any:  # noqa: ANN401
        left, right = self.of(node.left), self.of(node.right)
        numbers = isinstance(left, int) and isinstance(right, int)
        if isinstance(node.op, ast.Mult | ast.LShift | ast.Pow):
            return self._product(node.op, left, right)
        if not numbers and not (isinstance(left, bytes) and isinstance(right, bytes)):
            raise Unknown
        return OPERATORS[type(node.op)](left, right)

    def _product(self, kind: ast.operator, left: Any, right: Any) -> Any:  # noqa: ANN401
        if not isinstance(right, int) or not isinstance(left, int | bytes) or right < 0:
            raise Unknown
        if isinstance(left, bytes):
            return left * min(right, _LARGEST // max(1, len(left)))
        if isinstance(kind, ast.Mult):
            return left * right
        return left << min(right, 4096) if isinstance(kind, ast.LShift) else left ** min(right, 64)

    # -- what pytest kept --

    def _match(self, test: ast.expr, local: Mapping[str, Any]) -> dict[ast.expr, Any]:
        numbered = [(name.removeprefix(INTERMEDIATE), value) for name, value in local.items()]
        kept = sorted((int(number), value) for number, value in numbered if number.isdigit() and len(number) < 6)
        parts = list(_parts(test))
        for values in ([value for _, value in kept], [value for _, value in kept if value is not None]):
            # Of an `and` that failed early, the rest was never computed.
            if len(values) == len(parts) or (len(values) < len(parts) and isinstance(test, ast.BoolOp)):
                made = {part: value for part, value in zip(parts, values, strict=False) if part is not None}
                if self._agrees(made):
                    return made
        return {}

    def _agrees(self, made: dict[ast.expr, Any]) -> bool:
        """Tell whether everything that can be looked up is what was kept."""
        for node, value in made.items():
            if isinstance(node, ast.Constant) and node.value != value:
                return False
            if isinstance(node, ast.Attribute) and is_ours(owner := made.get(node.value, self.get(node.value))):
                looked_up = getattr(owner, node.attr, None)
                if type(looked_up) is not type(value):
                    return False
        return True


_LOOKS: dict[type[ast.expr], Callable[[Values, Any], Any]] = {
    ast.Constant: Values._constant, ast.Name: Values._name, ast.Attribute: Values._attribute,
    ast.Subscript: Values._subscript, ast.Slice: Values._slice, ast.Call: Values._call,
    ast.Tuple: Values._display, ast.List: Values._display, ast.Set: Values._display, ast.Dict: Values._dictionary,
    ast.UnaryOp: Values._unary, ast.BinOp: Values._binary,
}  # fmt: skip


def is_ours(value: object) -> bool:
    """Tell whether `value` is of a type of this package, whose attributes only look."""
    return type(value).__module__.partition(".")[0] == "allocator"


def _is_harmless(value: object) -> bool:
    return is_ours(value) or type(value) in PLAIN


def _parts(node: ast.expr) -> Iterator[ast.expr | None]:
    """Yield the parts of an expression in the order in which pytest computes and keeps them.

    None stands for what pytest keeps there besides: the outcome of a comparison, what an ``and`` has so far.
    """
    if isinstance(node, ast.Name):
        return
    if isinstance(node, ast.BoolOp):
        yield from (None, None)
        for value in node.values:
            yield from _parts(value)
    elif isinstance(node, ast.Compare):
        yield from _parts(node.left)
        yield from (None for _ in node.ops)
        for comparator in node.comparators:
            yield from _parts(comparator)
    else:
        yield from _operands(node)
        yield node


def _operands(node: ast.expr) -> Iterator[ast.expr | None]:
    if isinstance(node, ast.UnaryOp):
        yield from _parts(node.operand)
    elif isinstance(node, ast.BinOp):
        yield from _parts(node.left)
        yield from _parts(node.right)
    elif isinstance(node, ast.Attribute):
        yield from _parts(node.value)
    elif isinstance(node, ast.Call):
        yield from _parts(node.func)
        for argument in node.args:
            yield from _parts(argument.value if isinstance(argument, ast.Starred) else argument)
        for keyword in node.keywords:
            yield from _parts(keyword.value)
