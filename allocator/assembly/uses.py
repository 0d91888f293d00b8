"""Find the multi-line macro that a line uses.

    NAME arguments      label: NAME arguments      label NAME arguments

- The name stands first, or behind a label. An instruction is no label.
- Where no macro of the name takes so many arguments, or only one whose body is being read, the name may still be an
  instruction or a label. If it is neither, that is an error: NASM would make a label of it and warn.

Source: NASM manual, 4.3 "Multi-Line Macros", 4.3.1 "Overloading Multi-Line Macros".
"""

from __future__ import annotations

from allocator.assembly.definitions import Definitions
from allocator.assembly.mnemonics import MNEMONICS
from allocator.assembly.multiline import Call, MultiLineMacro, arguments, fitting, separated
from allocator.assembly.tokens import Token


def used_macro(definitions: Definitions, tokens: list[Token]) -> Call | None:
    """Return the use of a macro that a line of expanded tokens is, or None; raises AssemblyError."""
    for position in range(_behind_label(tokens) + 1):
        if position < len(tokens) and tokens[position].kind == "name":
            candidates = definitions.multiline.get(tokens[position].text.lower())
            call = _call(definitions, candidates, tokens, position) if candidates else None
            if call is not None:
                return call
    return None


def _behind_label(tokens: list[Token]) -> int:
    """Return where a macro's name would stand if the line begins with a label."""
    if len(tokens) > 1 and tokens[1].text == ":":
        return 2
    return 0 if not tokens or tokens[0].text.lower() in MNEMONICS else 1


def _call(
    definitions: Definitions, candidates: list[MultiLineMacro], tokens: list[Token], position: int
) -> Call | None:
    name = tokens[position]
    parts = separated(tokens[position + 1 :])
    macro = fitting(candidates, name, parts)
    if macro is None or macro.busy:
        if not _has_another_meaning(name, candidates, tokens):
            _refuse(name, macro, candidates, len(parts))
        return None
    definitions.uses += 1
    return Call(macro, name, arguments(macro, parts), tokens[0] if position else None, definitions.uses)


def _has_another_meaning(name: Token, candidates: list[MultiLineMacro], tokens: list[Token]) -> bool:
    first = tokens[0] is name
    label = first and len(tokens) > 1 and tokens[1].text in (":", "equ")
    operand = not first and tokens[1] is name
    return (
        label or operand or name.text.lower() in MNEMONICS or not any(macro.is_named(name.text) for macro in candidates)
    )


def _refuse(name: Token, macro: MultiLineMacro | None, candidates: list[MultiLineMacro], count: int) -> None:
    if macro is not None:
        raise name.error(f"the macro {name.text} uses itself", "%rep repeats lines")
    known = ", ".join(dict.fromkeys(macro.arity for macro in candidates))
    raise name.error(f"the macro {name.text} takes {known} argument(s), not {count}")
