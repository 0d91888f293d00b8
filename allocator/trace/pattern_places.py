"""Tell which instructions of a run a word of a pattern means.

Decided once a place: a run of millions of steps has few places.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from allocator.assembly.mnemonics import CONDITIONS
from allocator.instructions.disassembly import Decoded, decode
from allocator.trace.pattern_syntax import Instruction, wrong_pattern

if TYPE_CHECKING:
    from allocator.trace.schema import Place
    from allocator.trace.trace import Trace

_NUMBER = re.compile(r"\b(?:0x[0-9a-f]+|\d+)\b")
_SIZE = re.compile(r"\b(?:byte|word|dword|qword|tword|oword)\b(?=\s*\[)")
_FAMILIES = ("j", "set", "cmov", "loop", "rep")
_FIRST_SPELLINGS = {number: suffix for suffix, number in reversed(CONDITIONS.items())}


def meant_places(trace: Trace, text: str, instruction: Instruction) -> list[bool]:
    """Return for each place of the trace whether it is meant."""
    places = trace.columns.places
    wanted = instruction.text.lower()
    if instruction.kind == "any":
        return [True] * len(places)
    if instruction.kind == "label":
        address = _address(trace, text, instruction)
        return [place.address == address for place in places]
    if instruction.kind == "text":
        pieces = _normal(wanted[1:-1]).split("*")
        return [any(_is_like(text, pieces) for text in _spellings(_decoded(place))) for place in places]
    return [_is_called(_decoded(place), _one_spelling(wanted)) for place in places]


def _decoded(place: Place) -> Decoded:
    return decode(place.code, place.bits, place.address)


def _address(trace: Trace, text: str, instruction: Instruction) -> int:
    label = instruction.text[1:]
    if label not in trace.image.labels:
        wrong_pattern(text, f"'{label}' is not a label of the program", instruction.begin, instruction.end)
    return trace.image.symbols[label]


def _is_called(decoded: Decoded, name: str) -> bool:
    return name in (_one_spelling(decoded.name), _one_spelling(decoded.mnemonic))


@cache
def _one_spelling(mnemonic: str) -> str:
    """Return a mnemonic with one of the spellings of its condition: JNZ is JNE, REPZ is REPE."""
    return " ".join(map(_one_word, mnemonic.split()))


def _one_word(word: str) -> str:
    for family in _FAMILIES:
        if word.startswith(family) and word[len(family) :] in CONDITIONS:
            return family + _FIRST_SPELLINGS[CONDITIONS[word[len(family) :]]]
    return word


def _normal(text: str) -> str:
    """Return the text of an instruction with one spelling of spaces and numbers."""
    spaced = re.sub(r"\s*([,\[\]+:-])\s*", r"\1", " ".join(text.split()))
    return _NUMBER.sub(lambda number: str(int(number[0], 0 if number[0].startswith("0x") else 10)), spaced)


def _spellings(decoded: Decoded) -> tuple[str, str]:
    """Return an instruction's text with and without the size of what it accesses: ``mov rcx, qword [rax]``."""
    text = decoded.text.lower()
    return _normal(text), _normal(_SIZE.sub("", text))


def _is_like(text: str, pieces: list[str]) -> bool:
    """Tell whether `text` is made of `pieces` with anything between them."""
    if len(pieces) == 1:
        return text == pieces[0]
    first, *middle, last = pieces
    if not text.startswith(first) or not text.endswith(last) or len(text) < len(first) + len(last):
        return False
    at, end = len(first), len(text) - len(last)
    for piece in middle:
        at = text.find(piece, at, end)
        if at < 0:
            return False
        at += len(piece)
    return True
