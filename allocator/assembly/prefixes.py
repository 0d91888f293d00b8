"""Sort the words before a mnemonic into the places that prefixes have, and refuse two for one place."""

from __future__ import annotations

from dataclasses import dataclass

from allocator.assembly.instruction import Instruction
from allocator.assembly.refusal import Refused
from allocator.instructions.anatomy import SEGMENT_PREFIXES

SEGMENT_BYTES = {name: byte for byte, name in SEGMENT_PREFIXES.items()}
REPEAT_BYTES = {
    "rep": 0xF3, "repe": 0xF3, "repz": 0xF3, "repne": 0xF2, "repnz": 0xF2, "xacquire": 0xF2, "xrelease": 0xF3,
    "bnd": 0xF2,
}  # fmt: skip
OPERAND_SIZES = {"o16": 2, "o32": 4, "o64": 8}
ADDRESS_SIZES = {"a16": 2, "a32": 4, "a64": 8}
_WIDTHS = {"o64": (64,), "a64": (64,), "a16": (16, 32)}
"""The widths of code that a prefix exists in, where it does not exist in all."""

_PLACES = {
    **dict.fromkeys(REPEAT_BYTES, "repeat"),
    **dict.fromkeys(SEGMENT_BYTES, "segment"),
    **dict.fromkeys(OPERAND_SIZES, "operand"),
    **dict.fromkeys(ADDRESS_SIZES, "address"),
    **{word: word for word in ("wait", "lock", "nobnd")},
}
PREFIXES = frozenset(_PLACES)
"""Words that may stand before a mnemonic, as NASM reads them."""


@dataclass(frozen=True, slots=True)
class Prefixes:
    """What the source wrote before the mnemonic, sorted; sizes in bytes, None where nothing was said."""

    wait: bool = False
    repeat: int = 0
    lock: bool = False
    segment: str | None = None
    operand_size: int | None = None
    address_size: int | None = None


_NONE = Prefixes()


def sort_prefixes(instruction: Instruction) -> Prefixes:
    """Return the prefixes of `instruction`; raises Refused."""
    if not instruction.prefixes:
        return _NONE
    places: dict[str, str] = {}
    for word in instruction.prefixes:
        place = _PLACES.get(word)
        if place is None:
            raise Refused(f"there is no prefix '{word}'")
        if places.setdefault(place, word) != word:
            raise Refused(f"the prefixes {places[place]} and {word} exclude each other")
        if instruction.bits not in _WIDTHS.get(word, (16, 32, 64)):
            raise Refused(f"{word} does not exist in {instruction.bits}-bit code")
    return Prefixes(
        wait="wait" in places,
        repeat=REPEAT_BYTES[places["repeat"]] if "repeat" in places else 0,
        lock="lock" in places,
        segment=places.get("segment"),
        operand_size=OPERAND_SIZES[places["operand"]] if "operand" in places else None,
        address_size=ADDRESS_SIZES[places["address"]] if "address" in places else None,
    )
