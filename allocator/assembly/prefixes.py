"""Sort the words before a mnemonic into the places that prefixes have, and refuse two for one place."""

from __future__ import annotations

from dataclasses import dataclass

from allocator.assembly.instruction import Instruction
from allocator.assembly.refusal import Refused

SEGMENT_BYTES = {"es": 0x26, "cs": 0x2E, "ss": 0x36, "ds": 0x3E, "fs": 0x64, "gs": 0x65}
REPEAT_BYTES = {
    "rep": 0xF3, "repe": 0xF3, "repz": 0xF3, "repne": 0xF2, "repnz": 0xF2, "xacquire": 0xF2, "xrelease": 0xF3,
    "bnd": 0xF2,
}  # fmt: skip
_OPERAND_SIZES = {"o16": 2, "o32": 4, "o64": 8}
_ADDRESS_SIZES = {"a16": 2, "a32": 4, "a64": 8}


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
        place = _place(word)
        if places.setdefault(place, word) != word:
            raise Refused(f"the prefixes {places[place]} and {word} exclude each other")
    return Prefixes(
        wait="wait" in places,
        repeat=REPEAT_BYTES[places["repeat"]] if "repeat" in places else 0,
        lock="lock" in places,
        segment=places.get("segment"),
        operand_size=_OPERAND_SIZES[places["operand"]] if "operand" in places else None,
        address_size=_ADDRESS_SIZES[places["address"]] if "address" in places else None,
    )


def _place(word: str) -> str:
    if word in ("wait", "lock", "nobnd"):
        return word
    for place, words in (
        ("repeat", REPEAT_BYTES),
        ("segment", SEGMENT_BYTES),
        ("operand", _OPERAND_SIZES),
        ("address", _ADDRESS_SIZES),
    ):
        if word in words:
            return place
    raise Refused(f"there is no prefix '{word}'")
