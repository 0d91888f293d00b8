"""Find out what every name of a program stands for before anything is placed.

A name is defined by a label or by ``equ``, once in all sources together; a name that is only used is looked up among
the symbols that come from outside. A name that is neither is an error, with the nearest one that exists.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator, Mapping

from allocator.assembly.dialects import said_in_nasm
from allocator.assembly.directives import Program
from allocator.assembly.expressions import Expression
from allocator.assembly.mnemonics import MNEMONICS, suggest
from allocator.assembly.operands import Bracketed, FarPair, Plain
from allocator.assembly.syntax import Align, Body, Code, Data, Equ, Padding, Reserve
from allocator.assembly.tokens import Token
from allocator.errors import SymbolError

_HEXADECIMAL = re.compile(r"[A-Fa-f][0-9A-Fa-f]*[Hh]")


def definitions(program: Program) -> dict[str, Token]:
    """Return every label with where it is defined; raises AssemblyError for one that is defined twice."""
    found: dict[str, Token] = {}
    for item in program.items:
        label = item.statement.label
        if label is None:
            continue
        first = found.setdefault(label.text, label)
        if first is not label:
            raise label.error(f"'{label.text}' is defined twice", f"the first definition is at {first.span}")
    return found


def external_names(program: Program, defined: Mapping[str, Token], known: Mapping[str, int]) -> dict[str, int]:
    """Return the names that are used, not defined, and known; raises SymbolError for one that is not."""
    externals: dict[str, int] = {}
    used: set[str] = set()
    for expression in _expressions(program):
        if expression.constant is not None:
            continue
        for name, token in expression.names():
            used.add(name)
            if name in defined:
                continue
            if name not in known:
                raise _undefined(token, name, (*defined, *known))
            externals[name] = known[name]
    _refuse_lone_words(program, used)
    return externals


def _refuse_lone_words(program: Program, used: set[str]) -> None:
    """Refuse a label without a colon that is alone, that nobody uses, and that looks like a mistyped instruction."""
    for item in program.items:
        label = item.statement.label
        if not item.statement.orphan or label is None or label.text in used:
            continue
        written = label.span.source.line(label.line)[label.column - 1 : label.column - 1 + label.length].lower()
        meant = suggest(written)
        hint = said_in_nasm(written) or (f"did you mean {meant}?" if meant else None)
        if hint:
            joint = " " if hint.endswith("?") else "; "
            raise label.error(
                f"'{written}' is not an instruction", f"{hint}{joint}a label that is meant ends with a colon"
            )


def _undefined(token: Token, name: str, names: tuple[str, ...]) -> SymbolError:
    close = difflib.get_close_matches(name, names, 1)
    if close:
        hint = f"did you mean {close[0]}?"
    elif _HEXADECIMAL.fullmatch(name):
        hint = f"a hexadecimal number begins with a digit: 0{name}"
    elif name.lower() in MNEMONICS:
        hint = "one line holds one instruction"
    elif name.lower() in ("rip", "eip"):
        hint = "NASM writes [rel label]"
    elif name.lower() == "ptr":
        hint = "NASM writes no ptr"
    else:
        hint = "define it, or give it as a symbol"
    return SymbolError(f"the name '{name}' is not defined", token.span, hint)


def _expressions(program: Program) -> Iterator[Expression]:
    yield from (piece.origin for piece in program.pieces if piece.origin is not None)
    yield from (section.address for section in program.absolutes if section.address is not None)
    for item in program.items:
        if item.statement.times is not None:
            yield item.statement.times
        yield from _of_body(item.statement.body)


def _of_body(body: Body | None) -> Iterator[Expression]:
    if isinstance(body, Code):
        for operand in body.operands:
            if isinstance(operand, Plain):
                yield operand.value
            elif isinstance(operand, Bracketed):
                yield operand.address
            elif isinstance(operand, FarPair):
                yield operand.selector
                yield operand.offset
    elif isinstance(body, Data):
        yield from (item for item in body.items if isinstance(item, Expression))
    elif isinstance(body, Reserve):
        yield body.count
    elif isinstance(body, Equ):
        yield body.value
    elif isinstance(body, Align):
        yield body.boundary
    elif isinstance(body, Padding):
        yield body.distance
