"""Obey the assembler's own directives: which section, how wide, which names. What is left is only placed and encoded.

    bits 16|32|64, use16|32|64    width of the code that follows
    section, segment              .text first, the others as they appear, each on 4 bytes; .bss behind, without bytes
    org                           address of the first byte of this source and of those behind it that have none
    default rel|abs               how an address without a register is meant in 64-bit code
    global, extern                names shared with others; here all sources share theirs anyway
    absolute                      labels and room from an address on, outside of the image: labels are numbers
    struc, istruc, cpu            see `allocator.assembly.structures` and `allocator.assembly.cpu_levels`

Sources that share an origin lie in one piece and share their sections. A source with another ``org`` begins a piece
of its own, as if NASM had been run on it alone; names are shared all the same. As in NASM, ``endstruc`` goes back
to the last ``section`` or ``absolute`` that was written without brackets.

Source: NASM manual, chapter 7 "Assembler Directives", 8.1 "bin: Flat-Form Binary Output".
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from allocator.assembly.cpu_levels import check_level
from allocator.assembly.expressions import (
    ZERO,
    Expression,
    Value,
    number_expression,
    parse_expression,
    section_key,
)
from allocator.assembly.operands import Mode
from allocator.assembly.structures import Structures
from allocator.assembly.syntax import Code, Directive, Statement
from allocator.assembly.tokens import Token

SECTION_ALIGNMENT = 4
"""Where a section other than .text starts unless an ``align`` inside of it says otherwise."""


@dataclass(slots=True)
class Section:
    """A section while it is laid out; ``nobits`` has a size but no bytes, ``demanded`` is its largest ``align``.

    ``address`` is that of ``absolute`` and ``struc``, which lie outside of the image, and ``opening`` the place that
    ``$`` in it means. ``base`` is what ``$$`` inside of the section means.
    """

    name: str
    nobits: bool = False
    demanded: int = 0
    piece: int = 0
    start: int = 0
    size: int = 0
    address: Expression | None = None
    opening: Item | None = None
    base: Value = ZERO
    key: str = field(init=False)

    def __post_init__(self) -> None:
        self.key = section_key(f"{self.name} {self.piece}" if self.piece else self.name)

    @property
    def alignment(self) -> int:
        """What its start is a multiple of."""
        return self.demanded or (1 if self.name == ".text" else SECTION_ALIGNMENT)


@dataclass(slots=True)
class Item:
    """A statement with where it belongs; the layout fills in the rest.

    ``parts`` are an instruction's encodings: one, or one for each repetition where they depend on the address.
    """

    statement: Statement
    section: Section
    mode: Mode
    address: int = 0
    size: int = 0
    count: int = 1
    parts: list[bytes] = field(default_factory=list)


@dataclass(slots=True)
class Piece:
    """Sections that lie one behind the other from one origin on; ``start`` is where that is found to be."""

    number: int = 0
    origin: Expression | None = None
    sections: dict[str, Section] = field(default_factory=dict)
    start: int = 0

    def section(self, name: str) -> Section:
        """Return the section of that name, which begins to exist when it is asked for."""
        return self.sections.setdefault(name, Section(name, nobits=name == ".bss", piece=self.number))

    @property
    def in_memory(self) -> list[Section]:
        """The sections in the order of their addresses: those without bytes come last."""
        return sorted(self.sections.values(), key=lambda section: section.nobits)

    @property
    def end(self) -> int:
        """One past the last byte that the image has of it."""
        ends = [
            section.start + section.size for section in self.sections.values() if section.size and not section.nobits
        ]
        return max(ends, default=self.start)


@dataclass
class Program:
    """What the sources say, in order, and in which pieces and sections."""

    bits: int
    items: list[Item] = field(default_factory=list)
    pieces: list[Piece] = field(default_factory=list)
    absolutes: list[Section] = field(default_factory=list)
    structures: dict[str, str] = field(default_factory=dict)
    externs: set[str] = field(default_factory=set)

    @property
    def first_bits(self) -> int:
        """The width of the first code, or the default where there is none."""
        return next((item.mode.bits for item in self.items if isinstance(item.statement.body, Code)), self.bits)


def arrange(sources: Iterable[Iterable[Statement]], bits: int) -> Program:
    """Return the statements of all `sources` as one program that starts in `bits`-bit code; raises AssemblyError."""
    program = Program(bits)
    for source in sources:
        # Only where a piece has its origin does it matter whether the next source has another, before it is obeyed.
        has_origin = bool(program.pieces) and program.pieces[-1].origin is not None
        statements = list(source) if has_origin else source
        if not program.pieces or (has_origin and _has_origin(statements)):
            program.pieces.append(Piece(len(program.pieces)))
        _Directives(program).obey(statements)
    return program


def _has_origin(statements: Iterable[Statement]) -> bool:
    return any(isinstance(s.body, Directive) and s.body.name == "org" for s in statements)


class _Directives:
    """Keep what the directives of one source have said so far."""

    def __init__(self, program: Program) -> None:
        self.program = program
        self.piece = program.pieces[-1]
        self.section = self.declared = self.piece.section(".text")
        self.mode = Mode(program.bits)
        self.structures = Structures(program.structures)

    def obey(self, statements: Iterable[Statement]) -> None:
        for statement in statements:
            body = statement.body
            if isinstance(body, Directive):
                if statement.times is not None:
                    raise statement.start.error(f"{body.name} cannot be repeated")
                _DIRECTIVES[body.name](self, statement, body)
                body.arguments.expect_end()
            else:
                self._append(statement)
        self.structures.finish()

    def _append(self, statement: Statement) -> None:
        self.structures.note(statement.label)
        self.program.items.append(Item(statement, self.section, self.mode))

    def _bits(self, statement: Statement, directive: Directive) -> None:
        expression = parse_expression(directive.arguments)
        bits = expression.constant
        if bits is None or bits.terms or bits.number not in (16, 32, 64):
            raise expression.error("bits takes 16, 32 or 64")
        self.mode = self.mode._replace(bits=bits.number)

    def _use(self, statement: Statement, directive: Directive) -> None:
        self.mode = self.mode._replace(bits=int(directive.name[3:]))

    def _org(self, statement: Statement, directive: Directive) -> None:
        if self.piece.origin is not None:
            hint = "org counts for the whole source and may stand once"
            raise statement.start.error("the source has two origins", hint)
        self.piece.origin = parse_expression(directive.arguments)

    def _section(self, statement: Statement, directive: Directive) -> None:
        cursor = directive.arguments
        if cursor.peek is None or cursor.peek.kind != "name":
            raise cursor.error(f"{directive.name} needs a name")
        name = cursor.take().text
        if cursor.peek is not None:
            raise cursor.peek.error(f"the section attribute '{cursor.peek.text}' is not supported yet")
        self._enter(statement, self.piece.section(name), directive)

    def _absolute(self, statement: Statement, directive: Directive) -> None:
        if directive.arguments.peek is None:
            raise directive.arguments.error("absolute needs an address", "absolute 0x500")
        address = parse_expression(directive.arguments)
        self._enter(statement, self._room("absolute", statement.start, address), directive)

    def _room(self, name: str, place: Token, address: Expression) -> Section:
        self._append(Statement(place, place, None, None, None))
        opening = self.program.items[-1]
        room = Section(name, nobits=True, piece=self.piece.number, address=address, opening=opening)
        self.program.absolutes.append(room)
        return room

    def _enter(self, statement: Statement, section: Section, directive: Directive) -> None:
        if self.structures.defining:
            message = f"{directive.name} inside of struc {self.structures.defining}"
            raise statement.start.error(message, "endstruc stands behind the last field")
        self.section = section
        if not directive.bracketed:
            self.declared = section

    def _struc(self, statement: Statement, directive: Directive) -> None:
        name = self.structures.define(statement)
        cursor = directive.arguments
        address = parse_expression(cursor) if cursor.accept(",") else number_expression(name.start, 0)
        self.section = self._room(f"struc {name.start.text}", name.start, address)
        self._append(name)

    def _endstruc(self, statement: Statement, directive: Directive) -> None:
        size = self.structures.end_definition(statement)
        self._append(size)
        # NASM repeats the directive: the room of an ``absolute`` begins anew.
        address = self.declared.address
        self.section = self.declared if address is None else self._room("absolute", statement.start, address)

    def _istruc(self, statement: Statement, directive: Directive) -> None:
        self._append(self.structures.begin_copy(statement, directive))

    def _at(self, statement: Statement, directive: Directive) -> None:
        self._append(self.structures.field(statement, directive))

    def _iend(self, statement: Statement, directive: Directive) -> None:
        self._append(self.structures.end_copy(statement))

    def _cpu(self, statement: Statement, directive: Directive) -> None:
        check_level(directive.arguments)

    def _default(self, statement: Statement, directive: Directive) -> None:
        cursor = directive.arguments
        word = cursor.word()
        if word not in ("rel", "abs"):
            raise cursor.error("default takes rel or abs")
        cursor.take()
        self.mode = self.mode._replace(relative=word == "rel")

    def _share(self, statement: Statement, directive: Directive) -> None:
        cursor = directive.arguments
        while True:
            token = cursor.peek
            if token is None or token.kind != "name" or token.text.lower() in cursor.registers:
                raise cursor.error(f"{directive.name} needs a name")
            cursor.take()
            if directive.name == "extern":
                self.program.externs.add(cursor.full_name(token).text)
            if cursor.at(":"):
                raise cursor.error("a type behind a shared name is not supported yet")
            if not cursor.accept(","):
                return


_DIRECTIVES: dict[str, Callable[[_Directives, Statement, Directive], None]] = {
    "bits": _Directives._bits,
    "use16": _Directives._use,
    "use32": _Directives._use,
    "use64": _Directives._use,
    "org": _Directives._org,
    "section": _Directives._section,
    "segment": _Directives._section,
    "default": _Directives._default,
    "global": _Directives._share,
    "extern": _Directives._share,
    "absolute": _Directives._absolute,
    "struc": _Directives._struc,
    "endstruc": _Directives._endstruc,
    "istruc": _Directives._istruc,
    "at": _Directives._at,
    "iend": _Directives._iend,
    "cpu": _Directives._cpu,
}
