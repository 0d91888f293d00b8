"""Read the contract in the comment above a routine: what goes in, what comes out, what is touched.

House style, the keys in any order, one at the start of a line, continued by indented lines:

    ; IN        RAX = address in the first page, 0..0x3FFFFFFFFF,
    ;           RCX = number of pages, 1..65535
    ; OUT       RAX = address of the first page
    ; FLAGS     ZF = 1 exactly on failure, DF = 0
    ; CLOBBERS  RDX, R8
    ; WRITES    os_MemoryMap[0..131071]
    ; STACK     32 bytes

Loose style, as routines in the wild have it: ``IN:`` and ``OUT:`` with a colon, one register a line, prose between.

- The comment block ends where the line of the label begins; an empty line ends it upwards.
- What is not named is preserved. ``nothing`` says so on purpose.
- A house contract is read strictly: a name that is no register, no flag, or a range that is none is an error. A line
  of prose that merely begins like a key is not a contract. A loose one is never an error.

A contract is only read here; checks enforce it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TypedDict

from allocator.errors import AssemblyError
from allocator.registers import FLAGS, GENERAL, REGISTERS
from allocator.source import Source, Span

MAX_BLOCK_LINES = 200


@dataclass(frozen=True)
class Item:
    """A register that goes in or comes out. ``register`` is lower case as named; the range is inclusive."""

    register: str
    prose: str = ""
    low: int | None = None
    high: int | None = None


@dataclass(frozen=True)
class FlagRule:
    """A flag on return: ``value`` is 0 or 1 where that is all that is said, else None and ``prose`` says it."""

    flag: str
    value: int | None
    prose: str = ""


@dataclass(frozen=True)
class Write:
    """Memory that the routine writes: bytes `low` to `high`, inclusive, from ``symbol``; or only ``text``."""

    text: str
    symbol: str | None = None
    low: int | None = None
    high: int | None = None


@dataclass(frozen=True)
class Contract:
    """What the comment above ``routine`` promises.

    ``other_flags`` is ``undefined``, ``preserved`` or ``nothing`` where FLAGS says that one word. ``preserved`` holds
    the general registers that must not change, or is ``all``. ``stack`` is in bytes. ``style`` is ``house`` or
    ``loose``. ``line`` is the label's line, ``comment_line`` the comment's first, ``text`` the comment as it stands.
    """

    routine: str
    style: str
    line: int
    comment_line: int
    text: str
    inputs: tuple[Item, ...] = ()
    outputs: tuple[Item, ...] = ()
    flags: tuple[FlagRule, ...] = ()
    other_flags: str | None = None
    clobbers: tuple[str, ...] = ()
    writes: tuple[Write, ...] = ()
    stack: int | None = None
    preserved: tuple[str, ...] | str = "all"

    def _repr_html_(self) -> str:
        from allocator.views.html_contract import contract_html

        return contract_html(self)


def read_contract(source: Source, routine: str, line: int) -> Contract | None:
    """Return the contract above the label `routine` on line `line`, or None; raises AssemblyError."""
    first = _block_start(source, line)
    if first == line or _COMMENT.match(source.line(line)):  # a label does not stand inside of a comment
        return None
    fields = _house(source, first, line)
    style = "house" if fields is not None else "loose"
    if fields is None:
        fields = _loose(source, first, line)
    if fields is None:
        return None
    text = "\n".join(source.lines[first - 1 : line - 1])
    return Contract(routine, style, line, first, text, **fields, preserved=_preserved(fields))


_COMMENT = re.compile(r"\s*[;#]+")


class _Fields(TypedDict, total=False):
    """What the lines of one contract say; the names are those of Contract."""

    inputs: tuple[Item, ...]
    outputs: tuple[Item, ...]
    flags: tuple[FlagRule, ...]
    other_flags: str
    clobbers: tuple[str, ...]
    writes: tuple[Write, ...]
    stack: int


def _block_start(source: Source, line: int) -> int:
    """Return the first line of the comment block that ends above `line`; `line` itself where there is none."""
    first = line
    while first > 1 and line - first < MAX_BLOCK_LINES and _COMMENT.match(source.line(first - 1)):
        first -= 1
    return first


def _preserved(fields: _Fields) -> tuple[str, ...] | str:
    outputs = (item.register for item in fields.get("outputs", ()))
    changed = {REGISTERS[name].full for name in (*outputs, *fields.get("clobbers", ()))}
    kept = tuple(name for name in GENERAL if name not in changed)
    return "all" if len(kept) == len(GENERAL) else kept


# House style


class _Text:
    """What stands behind a key, its continued lines joined, with the way back to each place."""

    def __init__(self, key: str, source: Source, line: int, column: int, text: str) -> None:
        self.key = key
        self.source = source
        self.text = text
        self.parts = [(0, line, column)]

    def extend(self, line: int, column: int, text: str) -> None:
        self.text += " "
        self.parts.append((len(self.text), line, column))
        self.text += text

    def error(self, offset: int, length: int, message: str, hint: str | None = None) -> AssemblyError:
        start, line, column = next(part for part in reversed(self.parts) if part[0] <= offset)
        return AssemblyError(message, Span(self.source, line, column + offset - start, max(1, length)), hint)

    def pieces(self) -> Iterator[tuple[int, str]]:
        """Yield what stands between commas, with where it starts."""
        for match in re.finditer(r"[^,]+", self.text):
            piece = match[0].strip()
            if piece:
                yield match.start() + match[0].index(piece), piece


_KEY = re.compile(r"(?P<indent> ?)(?P<key>IN|OUT|FLAGS|CLOBBERS|WRITES|STACK)(?:[ \t]+(?P<text>.*?))?[ \t]*$")
_CONTINUED = re.compile(r"[ \t]{3,}(?=\S)")
# Prose may begin with a key's word ("OUT of memory"): a block is a contract only where one of its lines looks like one.
_CONVINCING = {
    "IN": re.compile(r"\w+[ \t]*(?:=|,|$)"),
    "OUT": re.compile(r"\w+[ \t]*(?:=|,|$)"),
    "FLAGS": re.compile(r"\w+[ \t]*(?:=|$)"),
    "CLOBBERS": re.compile(r"\w+[ \t]*(?:,|$)"),
    "WRITES": re.compile(r"\w+[ \t]*(?:\[|$)"),
    "STACK": re.compile(r"(?:0x)?[0-9]+[ \t]*bytes|nothing$"),
}


def _house(source: Source, first: int, end: int) -> _Fields | None:
    texts = _keyed(source, first, end)
    if not any(_CONVINCING[text.key].match(text.text) for text in texts):
        return None
    fields: _Fields = {}
    seen: set[str] = set()
    for text in texts:
        if text.key in seen:
            raise text.error(0, len(text.text), f"{text.key} stands twice in one contract")
        seen.add(text.key)
        if not text.text:
            raise text.error(0, 1, f"{text.key} says nothing", "write nothing if that is meant")
        fields.update(_KEYS[text.key](text))
    return fields


def _keyed(source: Source, first: int, end: int) -> list[_Text]:
    texts: list[_Text] = []
    open_text: _Text | None = None
    for number in range(first, end):
        line = source.line(number)
        comment = _COMMENT.match(line)
        start = comment.end() if comment else 0
        body = line[start:]
        key = _KEY.match(body)
        continued = _CONTINUED.match(body)
        if key:
            text = key["text"] or ""
            column = start + (key.start("text") if text else key.start("key")) + 1
            open_text = _Text(key["key"], source, number, column, text)
            texts.append(open_text)
        elif continued and open_text is not None:
            open_text.extend(number, start + continued.end() + 1, body[continued.end() :].rstrip())
        else:
            open_text = None
    return texts


_ITEM = re.compile(r"(\w+)[ \t]*(?:=[ \t]*(.*))?$")
_RANGE = re.compile(r"(\S+?)[ \t]*\.\.[ \t]*(\S+)")
_WRITE = re.compile(r"([\w.$@?]+)[ \t]*\[(.*?)\]$")


def _items(text: _Text) -> tuple[Item, ...]:
    items: list[Item] = []
    if text.text == "nothing":
        return ()
    for offset, piece in text.pieces():
        bounds = _RANGE.fullmatch(piece)
        named = _ITEM.match(piece)
        if items and bounds:
            low, high = _bounds(text, offset, piece, bounds)
            items[-1] = Item(items[-1].register, items[-1].prose, low, high)
        elif named and named[1].lower() in REGISTERS:
            items.append(Item(named[1].lower(), named[2] or ""))
        elif items and items[-1].prose and (named is None or named[2] is None):
            items[-1] = Item(items[-1].register, f"{items[-1].prose}, {piece}", items[-1].low, items[-1].high)
        else:
            word = piece.split()[0]
            raise text.error(offset, len(word), f"'{word}' is no register", "IN and OUT hold items: register = meaning")
    return tuple(items)


def _inputs(text: _Text) -> _Fields:
    return {"inputs": _items(text)}


def _outputs(text: _Text) -> _Fields:
    return {"outputs": _items(text)}


def _bounds(text: _Text, offset: int, piece: str, bounds: re.Match[str]) -> tuple[int, int]:
    low, high = _integer(bounds[1]), _integer(bounds[2])
    if low is None or high is None or low > high:
        raise text.error(offset, len(piece), f"'{piece}' is no range", "write lowest..highest, as in 1..65535")
    return low, high


def _integer(word: str) -> int | None:
    plain = word.replace("_", "")
    if not re.fullmatch(r"-?(?:0[xX][0-9A-Fa-f]{1,16}|[0-9]{1,20})", plain):
        return None
    return int(plain, 16 if "x" in plain.lower() else 10)


def _flags(text: _Text) -> _Fields:
    if text.text in ("undefined", "preserved", "nothing"):
        return {"other_flags": text.text}
    rules: list[FlagRule] = []
    for offset, piece in text.pieces():
        name, equals, said = (part.strip() for part in piece.partition("="))
        if equals and name.lower() in FLAGS:
            rules.append(FlagRule(name.lower(), int(said) if said in ("0", "1") else None, said))
        elif rules and not equals:
            rules[-1] = FlagRule(rules[-1].flag, None, f"{rules[-1].prose}, {piece}")
        else:
            raise text.error(offset, len(name), f"'{name}' is no flag", f"the flags are {' '.join(FLAGS)}")
    return {"flags": tuple(rules)}


def _clobbers(text: _Text) -> _Fields:
    if text.text == "nothing":
        return {"clobbers": ()}
    for offset, piece in text.pieces():
        if piece.lower() not in REGISTERS:
            raise text.error(offset, len(piece), f"'{piece}' is no register")
    return {"clobbers": tuple(piece.lower() for _, piece in text.pieces())}


def _writes(text: _Text) -> _Fields:
    if text.text == "nothing":
        return {"writes": ()}
    writes: list[Write] = []
    for offset, piece in text.pieces():
        match = _WRITE.fullmatch(piece)
        bounds = _RANGE.fullmatch(match[2].strip()) if match else None
        if match is None or bounds is None:
            writes.append(Write(piece, match[1] if match else None))
        elif _integer(bounds[1]) is None or _integer(bounds[2]) is None:
            writes.append(Write(piece, match[1]))  # a range up to a name's value is for people
        else:
            low, high = _bounds(text, offset + match.start(2), match[2], bounds)
            writes.append(Write(piece, match[1], low, high))
    return {"writes": tuple(writes)}


def _stack(text: _Text) -> _Fields:
    match = re.fullmatch(r"(\w+)[ \t]+bytes?", text.text)
    size = 0 if text.text == "nothing" else _integer(match[1]) if match else None
    if size is None:
        raise text.error(0, len(text.text), f"'{text.text}' is no size", "write a number of bytes, as in 32 bytes")
    return {"stack": size}


_KEYS: dict[str, Callable[[_Text], _Fields]] = {
    "IN": _inputs,
    "OUT": _outputs,
    "FLAGS": _flags,
    "CLOBBERS": _clobbers,
    "WRITES": _writes,
    "STACK": _stack,
}


# Loose style

_LOOSE_KEY = re.compile(r"[ \t]*(IN|OUT)[ \t]*:(.*)")
_LOOSE_ITEM = re.compile(r"[ \t]*(\w+)[ \t]*=[ \t]*(.*)")


def _loose(source: Source, first: int, end: int) -> _Fields | None:
    found: dict[str, list[Item]] = {}
    key = ""
    for number in range(first, end):
        body = _COMMENT.sub("", source.line(number), count=1)
        keyed = _LOOSE_KEY.match(body)
        if keyed:
            key, body = keyed.groups()
            found.setdefault(key, [])
        item = _LOOSE_ITEM.match(body)
        if key and item and item[1].lower() in REGISTERS:
            found[key].append(Item(item[1].lower(), item[2].strip()))
    if not found:
        return None
    return {"inputs": tuple(found.get("IN", ())), "outputs": tuple(found.get("OUT", ()))}
