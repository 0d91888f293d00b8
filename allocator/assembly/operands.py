"""Read an instruction's operands as they are written, and work them out once names have values.

    eax   byte 5   short label   8:offset   dword [es:rbx+rcx*4+label-2]   [rel label]   far [bx]

What depends on no name becomes an operand of `Instruction` at once; the rest does so in each pass of the layout.
Source: NASM manual, 3.3 "Effective Addresses", 3.7 "STRICT", 3.2 "Pseudo-Instructions" and chapter 12.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from allocator.assembly import instruction as encoded
from allocator.assembly.cursor import Cursor
from allocator.assembly.dialects import said_in_nasm
from allocator.assembly.expressions import Expression, Scope, Term, Value, is_section, parse_expression
from allocator.assembly.prefixes import ADDRESS_SIZES
from allocator.assembly.register_file import REGISTER_CODES
from allocator.registers import SEGMENTS

REGISTER_NAMES = frozenset(REGISTER_CODES)
"""Every name that an expression takes as a register."""
SIZES = {"byte": 1, "word": 2, "dword": 4, "qword": 8, "tword": 10, "oword": 16, "yword": 32, "zword": 64}
_DISTANCES = frozenset(("short", "near", "far"))
KEYWORDS = frozenset((*SIZES, *_DISTANCES, "strict", "rel", "abs", "nosplit", "to", "seg", "wrt"))
"""Words that belong to operands and cannot be names."""
_FACTORS = frozenset((1, 2, 3, 4, 5, 8, 9))
_LATER = frozenset(("nosplit", "to", "mib"))
_WRITTEN_SIZES = {size: name for name, size in SIZES.items()}


class Mode(NamedTuple):
    """What `bits` and `default` directives say about the place of an instruction."""

    bits: int = 64
    relative: bool = False


@dataclass(slots=True)
class Modifiers:
    """The words before an operand."""

    size: int | None = None
    distance: str | None = None
    strict: bool = False


@dataclass(slots=True)
class Plain:
    """A register, a number, or the target of a branch."""

    value: Expression
    modifiers: Modifiers

    def resolve(self, scope: Scope, mode: Mode) -> encoded.Operand:
        """Return the operand with its value in `scope`; raises AssemblyError."""
        value = self.value.evaluate(scope)
        registers = [term for term in value.terms if not is_section(term.key)]
        if not registers:
            return _immediate(self, value)
        if len(value.terms) > 1 or value.number or registers[0].factor != 1:
            raise self.value.error(
                "a register can be calculated with only inside of brackets",
                "use an instruction: add eax, 1, or lea eax, [rbx+1]",
            )
        return self._register(registers[0].key)

    def _register(self, name: str) -> encoded.Register:
        size, asked = REGISTER_CODES[name].size, self.modifiers.size
        if asked is not None and asked != size and REGISTER_CODES[name].kind == "general":
            raise self.value.error(f"{name} is not a {_WRITTEN_SIZES[asked]}")
        return encoded.Register(name)


def _immediate(operand: Plain, value: Value) -> encoded.Immediate:
    if value.terms and not is_placed(value):
        raise operand.value.error("this is neither a number nor the address of a label")
    modifiers = operand.modifiers
    return encoded.Immediate(value.signed, modifiers.size, modifiers.distance, bool(value.terms), modifiers.strict)


def is_placed(value: Value) -> bool:
    """Tell an address, or the distance between two sections, from a plain number and from sums of addresses."""
    if not all(is_section(term.key) for term in value.terms):
        return False
    return sorted(term.factor for term in value.terms) in ([1], [-1, 1])


@dataclass(slots=True)
class FarPair:
    """``selector:offset``."""

    selector: Expression
    offset: Expression
    size: int | None

    def resolve(self, scope: Scope, mode: Mode) -> encoded.Operand:
        """Return the operand with its values in `scope`; raises AssemblyError."""
        offset = self.offset.evaluate(scope)
        if offset.terms and not is_placed(offset):
            raise self.offset.error("the offset of a far address must be a number or a label")
        return encoded.Far(self.selector.number(scope, "a selector"), offset.signed, self.size)


@dataclass(slots=True)
class Bracketed:
    """An address in brackets. ``relative`` is None where neither ``rel`` nor ``abs`` is written."""

    address: Expression
    modifiers: Modifiers
    segment: str | None
    displacement_size: int | None
    address_size: int | None
    relative: bool | None

    def resolve(self, scope: Scope, mode: Mode) -> encoded.Operand:
        """Return the operand with its address in `scope`; raises AssemblyError."""
        value = self.address.evaluate(scope)
        base, index, scale = self._registers(value)
        labels = Value(0, tuple(term for term in value.terms if is_section(term.key)))
        if labels.terms and not is_placed(labels):
            raise self.address.error("an address can hold one label, or the difference of two")
        has_register = base is not None or index is not None
        relative = self.relative
        if relative is None:
            relative = mode.relative and self.segment not in ("fs", "gs")
        address_size = self.address_size
        if address_size is None and not has_register and mode.bits != 64 and self.displacement_size in (2, 4):
            address_size = self.displacement_size  # [dword 5] in 16-bit code: there is no register to say it
        return encoded.Memory(
            self.modifiers.size,
            self.segment,
            base,
            index,
            scale,
            value.signed,
            self.displacement_size,
            address_size,
            relative and not has_register and bool(labels.terms),
            bool(labels.terms),
            self.modifiers.distance == "far",
        )

    def _registers(self, value: Value) -> tuple[str | None, str | None, int]:
        registers = [term for term in value.terms if not is_section(term.key)]
        if len(registers) > 2:
            raise self.address.error("an address can hold two registers at most", "add two of them up first, with lea")
        for term in registers:
            self._check(term)
        if not registers:
            return None, None, 1
        if len(registers) == 1:
            (only,) = registers
            return (only.key, None, 1) if only.factor == 1 else (None, only.key, only.factor)
        return self._base_and_index(*registers)

    def _check(self, term: Term) -> None:
        if REGISTER_CODES[term.key].kind not in ("general", "xmm", "ymm", "evex"):
            raise self.address.error(f"{term.key} cannot be part of an address")
        if term.factor < 0:
            raise self.address.error(
                f"{term.key} cannot be subtracted in an address", f"neg {term.key} first, and add it"
            )
        if term.factor not in _FACTORS:
            raise self.address.error(
                f"{term.key} times {term.factor} is no part of an address",
                "an index is multiplied by 2, 4 or 8; without a base also by 3, 5 or 9",
            )

    def _base_and_index(self, first: Term, second: Term) -> tuple[str, str, int]:
        if first.factor != 1 and second.factor != 1:
            raise self.address.error("only one of an address's registers can be multiplied")
        # NASM takes the register written first as the base unless it is multiplied, even by one.
        if first.factor != 1 or (second.factor == 1 and first.multiplied):
            return second.key, first.key, first.factor
        return first.key, second.key, second.factor


Operand = Plain | FarPair | Bracketed | encoded.Register | encoded.Immediate | encoded.Far | encoded.Memory


def parse_operand(cursor: Cursor) -> Operand:
    """Read one operand; raises AssemblyError."""
    modifiers = _modifiers(cursor)
    token = cursor.peek
    if token is None:
        raise cursor.error("an operand is missing here")
    if cursor.at("["):
        return _bracketed(cursor, modifiers, None)
    value = parse_expression(cursor)
    if cursor.at("{"):
        raise cursor.error("AVX-512 decorations are not supported yet")
    if cursor.accept(":"):
        return _after_colon(cursor, modifiers, value)
    if modifiers.distance == "far":
        raise value.error("far needs selector:offset or an address in brackets")
    operand = Plain(value, modifiers)
    return operand.resolve(_NOTHING, _ANY_MODE) if value.constant is not None else operand


_NOTHING = Scope({})
_ANY_MODE = Mode()


def _modifiers(cursor: Cursor) -> Modifiers:
    modifiers = Modifiers()
    while word := cursor.word():
        if word in SIZES:
            _require_one(cursor, modifiers.size)
            modifiers.size = SIZES[word]
        elif word in _DISTANCES:
            _require_one(cursor, modifiers.distance)
            modifiers.distance = word
        elif word == "strict":
            modifiers.strict = True
        elif word in ("ptr", "offset") and _another_operand_word(cursor):
            raise cursor.error(f"NASM has no '{word}'", said_in_nasm(word))
        elif word in _LATER and _another_operand_word(cursor):
            raise cursor.error(f"'{word}' is not supported yet")
        else:
            break
        cursor.take()
    return modifiers


def _require_one(cursor: Cursor, earlier: int | str | None) -> None:
    if earlier is not None:
        raise cursor.error("this contradicts the word before it")


def _another_operand_word(cursor: Cursor) -> bool:
    """A name like ``to`` is a keyword only with an operand behind it, and else an ordinary name."""
    following = cursor.tokens[cursor.position + 1] if cursor.position + 1 < len(cursor.tokens) else None
    return following is not None and (following.kind in ("name", "number") or following.text == "[")


def _after_colon(cursor: Cursor, modifiers: Modifiers, left: Expression) -> Operand:
    segment = _segment_name(left)
    if segment and cursor.at("["):
        return _bracketed(cursor, modifiers, segment)
    if segment:
        raise left.error(f"{segment}: needs an address in brackets behind it", f"write [{segment}:...]")
    size = modifiers.size
    if modifiers.distance in ("short", "near"):
        raise left.error(f"a far address is not {modifiers.distance}")
    inner = _modifiers(cursor)
    return FarPair(left, parse_expression(cursor), size if inner.size is None else inner.size)


def _segment_name(expression: Expression) -> str | None:
    value = expression.constant
    if value is None or len(value.terms) != 1 or value.number:
        return None
    return value.terms[0].key if value.terms[0].key in SEGMENTS else None


def _bracketed(cursor: Cursor, modifiers: Modifiers, segment: str | None) -> Operand:
    if modifiers.distance == "short":
        raise cursor.error("short is for the target of a jump, and this is an address in brackets")
    opening = cursor.take()
    relative, displacement_size, address_size = _address_words(cursor)
    inner = parse_expression(cursor)
    if cursor.accept(":"):
        if segment is not None or _segment_name(inner) is None:
            raise inner.error("only one segment register can stand before an address")
        segment = _segment_name(inner)
        late = _address_words(cursor)
        relative = late[0] if relative is None else relative
        displacement_size = late[1] or displacement_size
        address_size = late[2] or address_size
        inner = parse_expression(cursor)
    if not cursor.accept("]"):
        raise (
            cursor.error("']' expected")
            if cursor.peek
            else opening.error("this bracket is not closed", "it ends with ]")
        )
    if cursor.at("{"):
        raise cursor.error("AVX-512 decorations are not supported yet")
    return Bracketed(inner, modifiers, segment, displacement_size, address_size, relative)


def _address_words(cursor: Cursor) -> tuple[bool | None, int | None, int | None]:
    relative: bool | None = None
    displacement_size = address_size = None
    while word := cursor.word():
        if word in ("rel", "abs"):
            relative = word == "rel"
        elif word in SIZES:
            displacement_size = SIZES[word]
        elif word in ADDRESS_SIZES:
            address_size = ADDRESS_SIZES[word]
        elif word == "nosplit" and _another_operand_word(cursor):
            raise cursor.error("'nosplit' is not supported yet")
        else:
            break
        cursor.take()
    return relative, displacement_size, address_size
