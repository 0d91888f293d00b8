"""Give everything an address, and encode it, until no address moves.

    place      walk the program with the sizes known so far: addresses, labels, equ, times, align
    encode     work out the operands with these addresses, encode what changed in one call
    again      unless nothing moved

- Every instruction starts as short as it can be. A jump that the source leaves open is pinned to its near form once
  it had to grow, so that jumps only ever grow and the passes end. The number of passes is limited all the same.
- What goes wrong in a pass is an error only if it is still wrong when nothing moves any more: before that, an
  address may be that of a program which is still too small.
- A number that repeats is checked before it costs anything: an image holds at most 64 MiB.
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise

from allocator.assembly.data import data_size
from allocator.assembly.directives import Item, Piece, Program, Section
from allocator.assembly.encoder import encode
from allocator.assembly.expressions import ZERO, Expression, Scope, Term, Value
from allocator.assembly.instruction import Instruction
from allocator.assembly.names import definitions, external_names
from allocator.assembly.operands import is_placed
from allocator.assembly.pending import Pending
from allocator.assembly.structures import padding_error
from allocator.assembly.syntax import Align, Body, Code, Data, Equ, Opening, Padding, Reserve
from allocator.assembly.tokens import MASK_64
from allocator.errors import AssemblyError

MAX_IMAGE_BYTES = 64 << 20
MAX_INSTRUCTIONS = 1 << 20
MAX_REPEATED = 1 << 12
"""Repetitions by ``times`` of instructions whose bytes depend on where they lie: each is encoded by itself."""
MIN_PASSES, MAX_PASSES = 30, 1000
MAX_PLACEMENTS = 400_000
"""Statements placed in all passes together; between the two numbers of passes above."""


class Layout:
    """The program, its names and what is known of its addresses so far."""

    def __init__(self, program: Program, externals: Mapping[str, int], origin: int) -> None:
        self.program = program
        self.default_origin = origin
        self.definitions = definitions(program)
        self.externals = external_names(program, self.definitions, externals)
        self.values = {name: Value(value & MASK_64) for name, value in self.externals.items()}
        self.values.update(dict.fromkeys(self.definitions, Value(0)))
        self.moved = False
        self.restless: Item | None = None
        self.error: AssemblyError | None = None
        self.instructions = 0
        self._pending = [
            Pending(item, item.statement.body) for item in program.items if isinstance(item.statement.body, Code)
        ]

    def settle(self) -> None:
        """Place and encode until nothing moves; raises AssemblyError."""
        placements = len(self.program.items) + len(self.program.absolutes) + 1
        for _ in range(max(MIN_PASSES, min(MAX_PASSES, MAX_PLACEMENTS // placements))):
            self.moved = False
            self.error = None
            self._place()
            self._encode()
            if not self.moved:
                if self.error is not None:
                    raise self.error
                return self._refuse_overlap()
        raise self.error or AssemblyError(
            "the addresses never settle: what this yields depends on itself",
            self.restless.statement.span if self.restless else None,
            "does a size depend on an address that depends on this size?",
        )

    def _refuse_overlap(self) -> None:
        pieces = sorted(
            (piece for piece in self.program.pieces if piece.end > piece.start), key=lambda piece: piece.start
        )
        for lower, upper in pairwise(pieces):
            if upper.start < lower.end:
                message = f"what begins at {upper.start:#x} lies over another source, which ends at {lower.end:#x}"
                origin = upper.origin or lower.origin
                raise origin.error(message) if origin is not None else AssemblyError(message)
        if sum(piece.end - piece.start for piece in pieces) > MAX_IMAGE_BYTES:
            raise AssemblyError(f"the image would be larger than {MAX_IMAGE_BYTES >> 20} MiB")

    # Placing

    def _place(self) -> None:
        self._place_sections()
        self._place_absolutes()
        self.instructions = 0
        for item in self.program.items:
            section = item.section
            address = section.start + section.size
            if address != item.address:
                item.address = address
                self.moved = True
            self._place_item(item, section)

    def _place_sections(self) -> None:
        for piece in self.program.pieces:
            end = piece.start = self._origin(piece)
            for section in piece.in_memory:
                start = -(-end // section.alignment) * section.alignment
                self.moved |= start != section.start
                section.start = start
                section.base = Value(start & MASK_64, (Term(section.key, 1),))
                end = start + section.size
            for section in piece.sections.values():
                section.size = 0
                section.demanded = 0

    def _place_absolutes(self) -> None:
        bases = {
            section.base.terms: section.base for piece in self.program.pieces for section in piece.sections.values()
        }
        for section in self.program.absolutes:
            value = self._absolute_address(section)
            section.start = value.signed
            # Room behind a label belongs to the section of that label, and so does its ``$$``.
            section.base = bases.get(value.terms, ZERO)
            section.size = 0

    def _absolute_address(self, section: Section) -> Value:
        assert section.address is not None and section.opening is not None
        try:
            value = section.address.evaluate(self.scope(section.opening))
            if value.terms and not is_placed(value):
                raise section.address.error("this address must be a number or a label")
            return value
        except AssemblyError as error:
            self._keep(error)
            return ZERO

    def _origin(self, piece: Piece) -> int:
        expression = piece.origin
        if expression is None:
            return self.default_origin
        try:
            origin = expression.number(Scope(self.values), "the origin")
            if is_origin(origin):
                return origin
            raise expression.error(f"an image cannot start at {origin:#x}")
        except AssemblyError as error:
            self._keep(error)
            return 0

    def _keep(self, error: AssemblyError) -> None:
        if self.error is None:
            self.error = error

    def _place_item(self, item: Item, section: Section) -> None:
        statement = item.statement
        body = statement.body
        if statement.label is not None and not isinstance(body, Equ):
            self._name(item, statement.label.text, Value(item.address & MASK_64, section.base.terms))
        if body is None:
            return
        try:
            size = self._measure(item, section, body)
            start = self.program.pieces[section.piece].start
            if section.address is None and item.address + size - start > MAX_IMAGE_BYTES:
                raise statement.start.error(f"the image would be larger than {MAX_IMAGE_BYTES >> 20} MiB")
        except AssemblyError as error:
            self._keep(error)
            size = 0
        if size != item.size:
            item.size = size
            self.moved = True
            self.restless = item
        section.size += size

    def _name(self, item: Item, name: str, value: Value) -> None:
        if self.values[name] != value:
            self.values[name] = value
            self.moved = True
            self.restless = self.restless or item

    def scope(self, item: Item) -> Scope:
        """Return what expressions at `item` are worked out against."""
        base = item.section.base
        return Scope(self.values, Value(item.address & MASK_64, base.terms), base)

    def _measure(self, item: Item, section: Section, body: Body) -> int:
        statement = item.statement
        if statement.times is not None:
            item.count = self._count(statement.times, item, "times")
        if isinstance(body, Code):
            return self._measure_code(item)
        if isinstance(body, Data):
            if any(value is not None for value in body.items):
                _require_bytes(item)
            return item.count * data_size(body)
        if isinstance(body, Reserve):
            return item.count * body.size * self._count(body.count, item, "a size")
        if isinstance(body, Align):
            return self._padding(item, section, body)
        if isinstance(body, Opening | Padding):
            return self._measure_copy(item, section, body)
        assert isinstance(body, Equ) and statement.label is not None
        value = body.value.evaluate(self.scope(item))
        if value.terms and not is_placed(value):
            raise body.value.error("equ names a number or an address, nothing else")
        self._name(item, statement.label.text, value)
        return 0

    def _count(self, expression: Expression, item: Item, what: str) -> int:
        count = expression.number(self.scope(item) if expression.constant is None else _NOTHING, what)
        if count < 0:
            raise expression.error(f"{what} is negative: {count}", _negative_hint(what))
        if count > MAX_IMAGE_BYTES:
            raise expression.error(f"{count:,} repetitions would make the image larger than 64 MiB")
        return count

    def _measure_code(self, item: Item) -> int:
        _require_bytes(item)
        self.instructions += item.count
        if self.instructions > MAX_INSTRUCTIONS:
            raise item.statement.start.error(f"the program has more than {MAX_INSTRUCTIONS:,} instructions")
        parts = item.parts
        if len(parts) == 1:
            return item.count * len(parts[0])
        return sum(map(len, parts[: item.count]))

    def _padding(self, item: Item, section: Section, body: Align) -> int:
        boundary = body.boundary.number(self.scope(item), "an alignment")
        if boundary < 1 or boundary & (boundary - 1):
            raise body.boundary.error(f"an alignment must be a power of two, not {boundary}")
        if boundary > MAX_IMAGE_BYTES:
            raise body.boundary.error("the alignment is larger than an image can be")
        if section.address is not None and not isinstance(body.fill, Reserve):
            _require_bytes(item)
        section.demanded = max(section.demanded, boundary)
        # As in NASM: so many repetitions of the filling as there are bytes missing, counted from the section's start.
        return ((section.base.number - item.address) % boundary) * _fill_size(body)

    def _measure_copy(self, item: Item, section: Section, body: Opening | Padding) -> int:
        _require_bytes(item)
        if isinstance(body, Opening):
            body.section, body.offset = section.key, section.size
            return 0
        opening = body.opening
        if opening.section != section.key:
            raise body.field.error(f"istruc {opening.structure} began in another section")
        missing = body.distance.number(self.scope(item), "the place of a field") - (section.size - opening.offset)
        if missing < 0:
            raise padding_error(body, -missing)
        return missing

    # Encoding

    def _encode(self) -> None:
        wanted: list[tuple[Pending, int]] = []
        requests: list[tuple[Instruction, int]] = []
        room = MAX_REPEATED
        for pending in self._pending:
            try:
                for index, instruction, address in pending.questions(self.scope(pending.item), room):
                    wanted.append((pending, index))
                    requests.append((instruction, address))
                room -= len(pending.asked) - 1
            except AssemblyError as error:
                self._keep(error)
        for (pending, index), answer in zip(wanted, encode(requests) if requests else (), strict=True):
            self.moved |= pending.store(index, answer)
        for pending in self._pending:
            if pending.refusals:
                self._keep(pending.refused())
        self._pending = [pending for pending in self._pending if not pending.settled]


_NOTHING = Scope({})


def is_origin(address: int) -> bool:
    """Tell whether an image of any size can start at `address`."""
    return 0 <= address <= MASK_64 - MAX_IMAGE_BYTES


def _require_bytes(item: Item) -> None:
    if item.section.nobits:
        in_struc = item.section.name.startswith("struc ")
        raise item.statement.start.error(
            f"{item.section.name} has no bytes in the image, only room",
            "reserve room with resb, or close it with endstruc" if in_struc else "reserve room with resb, or use .data",
        )


def _negative_hint(what: str) -> str | None:
    return "what comes before is longer than the size that it is filled up to" if what == "times" else None


def _fill_size(body: Align) -> int:
    fill = body.fill
    if fill is None:
        return 1
    return data_size(fill) if isinstance(fill, Data) else fill.size
