"""Follow ``struc`` and ``istruc`` through a source, and put in their place what NASM has anyway.

    struc point[, offset]    point:               a label in room that has no place in the image
    .x: resd 1               point.x
    endstruc                 point_size equ $ - point
    istruc point             the place that fields are counted from
    at point.x, dd 5         zeros up to the field, then the data; ``at .x`` says the same
    iend                     zeros up to point_size

- The labels between ``struc`` and ``endstruc`` are the fields; each is a number, its offset.
- A struc stands before its first istruc, as in NASM. An istruc may stand inside another one.
- Stricter than NASM: a struc and an istruc must be closed, strucs do not nest, and ``at`` with the field of another
  struc is refused (``at point + other.x`` insists).

Source: NASM manual, "STRUC and ENDSTRUC", "ISTRUC, AT and IEND" among the standard macros, and real NASM 2.16.
"""

from __future__ import annotations

from difflib import get_close_matches

from allocator.assembly.expressions import (
    Expression,
    difference,
    here_expression,
    name_expression,
    parse_expression,
)
from allocator.assembly.syntax import Directive, Equ, Opening, Padding, Statement
from allocator.assembly.tokens import Token
from allocator.errors import AssemblyError


class Structures:
    """What is open at the moment.

    ``owners`` maps each field to its struc, and a struc to itself; sources share it.
    """

    def __init__(self, owners: dict[str, str]) -> None:
        self.owners = owners
        self._definition: Statement | None = None
        self._copies: list[tuple[Opening, Token]] = []

    @property
    def defining(self) -> str:
        """The name of the struc that is open, or the empty string."""
        return self._name(self._definition).text if self._definition is not None else ""

    def define(self, statement: Statement) -> Statement:
        """Open the struc, and return its name as a label; raises AssemblyError inside of another one."""
        if self._definition is not None:
            raise statement.start.error(f"a struc inside of struc {self.defining}", "endstruc closes the first one")
        self._definition = statement
        name = self._name(statement)
        return Statement(name, name, name, None, None)

    def note(self, label: Token | None) -> None:
        """Remember `label` as a field if a struc is open."""
        if label is not None and self._definition is not None:
            self.owners[label.text] = self.defining

    def end_definition(self, statement: Statement) -> Statement:
        """Close the struc, and return the definition of its size; raises AssemblyError where none is open."""
        if self._definition is None:
            raise statement.start.error("endstruc without a struc before it", "struc point begins one")
        name, end = self._name(self._definition), statement.start
        size = difference(here_expression(end), name_expression(end._replace(text=name.text)), end)
        self._definition = None
        return Statement(end, end, end._replace(text=f"{name.text}_size"), None, Equ(size))

    def begin_copy(self, statement: Statement, directive: Directive) -> Statement:
        """Open an istruc, and return the mark of where it begins; raises AssemblyError for an unknown struc."""
        cursor = directive.arguments
        if cursor.peek is None or cursor.peek.kind != "name":
            raise cursor.error("istruc needs the name of a struc")
        name = cursor.full_name(cursor.take())
        if self.owners.get(name.text) != name.text:
            close = get_close_matches(name.text, set(self.owners.values()), 1)
            hint = f"did you mean {close[0]}?" if close else "a struc is defined before it is used"
            raise name.error(f"there is no struc '{name.text}'", hint)
        opening = Opening(name.text)
        self._copies.append((opening, statement.start))
        return Statement(statement.start, name, None, None, opening)

    def field(self, statement: Statement, directive: Directive) -> Statement:
        """Return the zeros up to the field of an ``at``; raises AssemblyError."""
        opening = self._copy(statement)
        cursor = directive.arguments
        if cursor.peek is None:
            raise cursor.error("at needs a field", f"at {opening.structure}.x, db 1")
        if cursor.peek.text.startswith("."):
            cursor.scope = opening.structure
        field = parse_expression(cursor)
        self._refuse_foreign(field, opening.structure)
        place = field.steps[0].token
        distance = difference(field, name_expression(place._replace(text=opening.structure)), place)
        return Statement(statement.start, statement.last, None, None, Padding(field, distance, opening))

    def end_copy(self, statement: Statement) -> Statement:
        """Close the innermost istruc, and return the zeros up to its size; raises AssemblyError."""
        opening = self._copy(statement)
        self._copies.pop()
        size = name_expression(statement.start._replace(text=f"{opening.structure}_size"))
        return Statement(statement.start, statement.last, None, None, Padding(size, size, opening))

    def finish(self) -> None:
        """Raise AssemblyError for what is still open."""
        if self._definition is not None:
            message = f"struc {self.defining} is never closed with endstruc"
            raise self._definition.start.error(message, "endstruc stands behind the last field")
        if self._copies:
            opening, start = self._copies[-1]
            raise start.error(f"istruc {opening.structure} is never closed with iend", "iend fills it up to its size")

    def _copy(self, statement: Statement) -> Opening:
        if not self._copies:
            word = statement.start
            raise word.error(f"{word.text} without an istruc before it", "istruc point begins one")
        return self._copies[-1][0]

    def _refuse_foreign(self, field: Expression, structure: str) -> None:
        names = field.names()
        if len(field.steps) != 1 or not names:
            return
        name = names[0][0]
        owner = self.owners.get(name, structure)
        if owner != structure:
            insisting = f"write {structure} + {name} if that is meant"
            raise field.error(f"'{name}' is a field of {owner}, and this istruc is a {structure}", insisting)

    @staticmethod
    def _name(definition: Statement) -> Token:
        assert definition.label is not None
        return definition.label


def padding_error(body: Padding, excess: int) -> AssemblyError:
    """Build the error for zeros up to a place that lies `excess` bytes back."""
    size = f"{excess} byte{'s' if excess > 1 else ''}"
    structure = body.opening.structure
    if body.field is body.distance:
        return body.field.error(f"the data is {size} longer than struc {structure}", "its last field has no such room")
    return body.field.error(
        f"this field lies {size} back", "the one before it has less room, or fields are not in the order of the struc"
    )
