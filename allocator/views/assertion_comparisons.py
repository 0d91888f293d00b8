"""Know the comparisons of Python: what they ask for, their opposites, and how a miss is said.

A comparison goes by how it is written. ``true`` and ``false`` stand for an assertion in which nothing is compared.
"""

from __future__ import annotations

import ast
import operator
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple


class Comparison(NamedTuple):
    """One comparison: whether it `holds`, its `opposite`, itself `turned` round, and how it says what it expected."""

    holds: Callable[[Any, Any], Any]
    opposite: str
    turned: str | None
    wanted: str


COMPARISONS: Mapping[str, Comparison] = {
    "==": Comparison(operator.eq, "!=", "==", "not {}"),
    "!=": Comparison(operator.ne, "==", "!=", "which it must not be"),
    "<": Comparison(operator.lt, ">=", ">", "not below {}"),
    "<=": Comparison(operator.le, ">", ">=", "not at most {}"),
    ">": Comparison(operator.gt, "<=", "<", "not above {}"),
    ">=": Comparison(operator.ge, "<", "<=", "not at least {}"),
    "is": Comparison(operator.is_, "is not", "is", "not {}"),
    "is not": Comparison(operator.is_not, "is", "is not", "which it must not be"),
    "in": Comparison(lambda value, among: value in among, "not in", None, "not {}"),
    "not in": Comparison(lambda value, among: value not in among, "in", None, "which it must not be"),
    "true": Comparison(lambda value, _: value, "false", None, "not set"),
    "false": Comparison(lambda value, _: not value, "true", None, "not 0"),
}
WRITTEN: Mapping[type[ast.cmpop], str] = {
    ast.Eq: "==", ast.NotEq: "!=", ast.Lt: "<", ast.LtE: "<=", ast.Gt: ">", ast.GtE: ">=", ast.In: "in",
    ast.NotIn: "not in", ast.Is: "is", ast.IsNot: "is not",
}  # fmt: skip
"""How each operator of a comparison is written."""
