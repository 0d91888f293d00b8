"""Turn text into the keys that type it: a scan code of set 1 and the character that INT 16h gives.

Not modelled: other layouts than the American one, keys without a character, keys held down and let go.
Source: IBM PC/AT technical reference, "Keyboard", scan code set 1.
"""

from __future__ import annotations

from typing import NamedTuple

from allocator.errors import MachineError

MAX_KEYS = 4096

# Characters in the order of their keys' scan codes, from the first key's on; a blank is a key without a character.
_PLAIN = {0x02: "1234567890-=\b\tqwertyuiop[]\r", 0x1E: "asdfghjkl;'`", 0x2B: "\\zxcvbnm,./", 0x39: " "}
_SHIFTED = {0x02: "!@#$%^&*()_+", 0x10: "QWERTYUIOP{}", 0x1E: 'ASDFGHJKL:"~', 0x2B: "|ZXCVBNM<>?"}
_CODES = {
    character: first + place
    for rows in (_PLAIN, _SHIFTED)
    for first, row in rows.items()
    for place, character in enumerate(row)
}
_CODES["\x1b"] = 0x01


class Key(NamedTuple):
    """One key pressed: its scan code and its character."""

    scan_code: int
    character: int


def keys_of(text: str) -> tuple[Key, ...]:
    """Return the keys that type `text`; a new line is Enter. Raises MachineError for what no key types.

    >>> keys_of("A")
    (Key(scan_code=30, character=65),)
    """
    if len(text) > MAX_KEYS:
        raise MachineError(f"{len(text):,} keys are too many to wait for; the limit is {MAX_KEYS:,}")
    return tuple(_key(character) for character in text.replace("\n", "\r"))


def _key(character: str) -> Key:
    if character not in _CODES:
        raise MachineError(f"no key of an American keyboard types {character!r}")
    return Key(_CODES[character], ord(character))
