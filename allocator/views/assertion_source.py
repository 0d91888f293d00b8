"""Find the `assert` statement that failed, and the expression in it, from a file and a line."""

from __future__ import annotations

import ast
import linecache
from functools import lru_cache
from typing import NamedTuple

MAX_LINES = 50_000
"""Of a test file: a longer one is not read."""
_LONGEST = 60


class Statement(NamedTuple):
    """A failed `assert`: its expression, what its names were set to above it, latest first, and the file's text."""

    test: ast.expr
    settings: tuple[tuple[str, ast.expr], ...]
    text: str

    def words(self, node: ast.expr) -> str:
        """Return how a part of the expression is written, on one line."""
        words = " ".join((ast.get_source_segment(self.text, node) or ast.unparse(node)).split())
        return words if len(words) <= _LONGEST else f"{words[: _LONGEST - 3]}..."


def find_assert(file: str, line: int) -> Statement | None:
    """Return the `assert` of a Python file in whose lines `line` is, or None."""
    text = "".join(linecache.getlines(file))
    tree = _parse(text)
    if tree is None:
        return None
    found = [node for node in ast.walk(tree) if isinstance(node, ast.Assert) and _is_at(node, line)]
    if not found:
        return None
    function = _innermost_function(tree, line)
    return Statement(found[-1].test, tuple(_settings(function, line)), text)


@lru_cache(maxsize=16)
def _parse(text: str) -> ast.Module | None:
    if text.count("\n") > MAX_LINES:
        return None
    try:
        return ast.parse(text)
    except (SyntaxError, ValueError, RecursionError):
        return None


def _is_at(node: ast.stmt, line: int) -> bool:
    return node.lineno <= line <= (node.end_lineno or node.lineno)


def _innermost_function(tree: ast.Module, line: int) -> ast.AST:
    kinds = (ast.FunctionDef, ast.AsyncFunctionDef)
    around = [node for node in ast.walk(tree) if isinstance(node, kinds) and _is_at(node, line)]
    return max(around, key=lambda node: node.lineno, default=tree)


def _settings(function: ast.AST, line: int) -> list[tuple[str, ast.expr]]:
    """Return what each ``name = expression`` above `line` says, the nearest first."""
    found = [
        (node.lineno, target.id, node.value)
        for node in ast.walk(function)
        if isinstance(node, ast.Assign) and node.lineno < line
        for target in node.targets
        if isinstance(target, ast.Name)
    ]
    return [(name, value) for _, name, value in sorted(found, key=lambda each: -each[0])]
