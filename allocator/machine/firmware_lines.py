r"""Recognise one line of a log as one entry of a firmware map.

    Linux since 2012    BIOS-e820: [mem 0x0000000000000000-0x000000000009fbff] usable     end inclusive
    Linux before        BIOS-e820: 0000000000000000 - 000000000009fc00 (usable)           end exclusive
    Linux 2.2           BIOS-e820: 0009fc00 @ 00000000 (usable)                           length @ base
    Xen                 (XEN)  [0000000000000000, 000000000009b7ff] (usable)              end inclusive
    Xen before 4.14     (XEN)  0000000000000000 - 000000000009b800 (usable)               end exclusive
    SeaBIOS             0: 0000000000000000 - 000000000009fc00 = 1 RAM                    end exclusive
    hvmloader           [00]: 00000000:00000000 - 00000000:000a0000: RAM                  end exclusive
    coreboot            0. 0000000000000000-0000000000000fff: CONFIGURATION TABLES        end inclusive
    FreeBSD             SMAP type=01 base=0000000000000000 len=000000000009fc00
    NetBSD, GRUB        addr 0x0 size 0x9fc00 type 0x1      base_addr = 0x0, length = 0x9fc00, type = 0x1
    bare numbers        0000000000000000 000000000009fc00 1                               base, length, type

Forms are searched for inside the line, so that timestamps, log prefixes and mail quoting need no rule.
Every repetition in a pattern is bounded: a hostile line costs time in proportion to its length.
Source: the print statements of the programs named, and what real machines logged.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum

from allocator.machine.region import (
    ACPI_DATA,
    ACPI_NVS,
    ADDRESS_END,
    DISABLED,
    KINDS,
    PERSISTENT,
    PERSISTENT_OLD,
    RESERVED,
    SOFT_RESERVED,
    UNUSABLE,
    USABLE,
    Region,
)

COREBOOT_TABLES = 16

# Lower case, in the order in which they are tried: a word comes before its own beginning.
KIND_WORDS = {
    "usable": USABLE,
    "kernel usable ram": USABLE,
    "system ram": USABLE,
    "available ram": USABLE,
    "available": USABLE,
    "ram": USABLE,
    "soft reserved": SOFT_RESERVED,
    "device reserved": RESERVED,
    "reserved": RESERVED,
    "acpi nvs": ACPI_NVS,
    "acpi non-volatile": ACPI_NVS,
    "nvs": ACPI_NVS,
    "acpi data": ACPI_DATA,
    "acpi tables": ACPI_DATA,
    "acpi": ACPI_DATA,
    "unusable": UNUSABLE,
    "disabled": DISABLED,
    "persistent memory (legacy": PERSISTENT_OLD,
    "persistent": PERSISTENT,
    "configuration tables": COREBOOT_TABLES,
    "vendor reserved": RESERVED,
    "unknown e820 type": RESERVED,
}

_WORDS = "|".join(re.escape(word) for word in KIND_WORDS)
# Newest kernels print the size between the range and the kind.
_KIND = (
    r"(?:\s{0,8}[0-9.]{1,12}\s{0,4}[KMGTP]i?B)?[\s(]{0,8}"
    r"(?:(?:persistent(?:\s(?:ram|memory))?\s?\(|unknown\s?\()?type[\s=]{0,2}(?P<number>\d{1,10})"
    rf"|(?P<word>{_WORDS})\b)"
)
_HEX = "[0-9a-f]{1,40}"
_LONG_HEX = "[0-9a-f]{8,40}"
_LINUX_TAG = r"(?P<tag>BIOS-[0-9a-z]{2,8}|user|modified|extended|reserve setup_data|Xen)\s?:\s{0,8}"
_QUOTED_START = r"^[\s>|]{0,40}(?:\[\s{0,12}\d{1,12}\.\d{1,9}\]\s{0,4})?"


class Second(Enum):
    """What the second number of a form is."""

    LAST = "the last byte"
    END = "one past the last byte"
    LENGTH = "the length"


class Rank(Enum):
    """Whose account of memory a form is; a lower value is nearer to the firmware."""

    FIRMWARE = 0
    OLDER_CALLS = 1
    GUEST = 2
    KERNEL = 3
    UNTAGGED = 4


@dataclass(frozen=True)
class Form:
    """A way to print an entry. `sign` is a text without which `pattern` can't match: a quick first test."""

    name: str
    sign: str
    second: Second
    pattern: re.Pattern[str]
    rank: Rank = Rank.FIRMWARE
    number_base: int = 10


@dataclass(frozen=True)
class LogEntry:
    """An entry as read: `length` is negative when the log has it end before it starts."""

    source: str
    rank: Rank
    base: int
    length: int
    type: int
    attributes: int | None = None

    @property
    def fault(self) -> str | None:
        """Why this can be no region, or None."""
        if self.base >= ADDRESS_END or self.base + self.length > ADDRESS_END:
            return "has a number above 2^64, the end of all addresses"
        if self.length < 0:
            return f"starts at {self.base:#x} and ends before that, at {self.base + self.length:#x}"
        return None if self.type < 1 << 32 else "has a type of more than 32 bits"

    def region(self) -> Region:
        """The entry as a region; `fault` must be None."""
        return Region(self.base, self.length, self.type, self.attributes)


def _pattern(text: str) -> re.Pattern[str]:
    return re.compile(text, re.IGNORECASE)


FORMS = (
    Form(
        "Linux",
        "[mem",
        Second.LAST,
        _pattern(rf"{_LINUX_TAG}\[mem\s{{1,4}}0x(?P<a>{_HEX})\s?-\s?0x(?P<b>{_HEX})\]{_KIND}"),
    ),
    Form(
        "Linux before 3.5",
        "-",
        Second.END,
        _pattern(rf"{_LINUX_TAG}(?:0x)?(?P<a>{_LONG_HEX})\s?-\s?(?:0x)?(?P<b>{_LONG_HEX})\s{{0,4}}{_KIND}"),
    ),
    Form("Linux 2.2", "@", Second.LENGTH, _pattern(rf"{_LINUX_TAG}(?P<b>{_LONG_HEX})\s?@\s?(?P<a>{_LONG_HEX}){_KIND}")),
    Form(
        "SeaBIOS",
        "=",
        Second.END,
        _pattern(rf"\d:\s{{1,4}}(?P<a>{_LONG_HEX}) - (?P<b>{_LONG_HEX}) = (?P<number>\d{{1,10}})\b"),
    ),
    Form("Xen", "(", Second.LAST, _pattern(rf"\[(?P<a>{_LONG_HEX}), (?P<b>{_LONG_HEX})\]\s{{1,4}}\({_KIND}")),
    Form(
        "Xen",
        "(XEN)",
        Second.END,
        _pattern(rf"\(XEN\).{{0,60}}?\s(?P<a>{_LONG_HEX}) - (?P<b>{_LONG_HEX})\s{{1,4}}{_KIND}"),
    ),
    Form(
        "hvmloader",
        "]: ",
        Second.END,
        _pattern(rf"\[\d\d\]: (?P<a>{_LONG_HEX}:[0-9a-f]{{8}}) - (?P<b>{_LONG_HEX}:[0-9a-f]{{8}}): {_KIND}"),
    ),
    Form("coreboot", ". ", Second.LAST, _pattern(rf"\d\. (?P<a>[0-9a-f]{{16,40}})-(?P<b>[0-9a-f]{{16,40}}): {_KIND}")),
    Form(
        "FreeBSD",
        "SMAP",
        Second.LENGTH,
        _pattern(
            r"SMAP type=(?:0x)?(?P<number>[0-9a-f]{1,10}),?\s(?:(?:x?attr)=(?:0x)?(?P<early>[0-9a-f]{1,8}),?\s)?"
            rf"base=(?:0x)?(?P<a>{_HEX}(?: [0-9a-f]{{8}})?),?\slen=(?:0x)?(?P<b>{_HEX}(?: [0-9a-f]{{8}})?)"
            r"(?:,?\s(?:x?attr)=(?:0x)?(?P<late>[0-9a-f]{1,8}))?"
        ),
        number_base=16,
    ),
    Form(
        "a boot loader",
        "type",
        Second.LENGTH,
        _pattern(
            rf"(?:base(?:_addr)?|addr)\s?[=:]?\s?0x(?P<a>{_HEX}),?\s{{1,4}}(?:length|len|size)\s?[=:]?\s?0x(?P<b>{_HEX})"
            r",?\s{1,4}type\s?[=:]?\s?(?:0x)?(?P<number>[0-9a-f]{1,10})\b"
        ),
        number_base=16,
    ),
    Form(
        "a boot loader",
        "base_addr",
        Second.LENGTH,
        _pattern(rf"base_addr = 0x(?P<a>{_HEX}), length = 0x(?P<b>{_HEX}), {_KIND}"),
    ),
    Form(
        "lines without a name",
        "[mem",
        Second.LAST,
        _pattern(rf"{_QUOTED_START}\[mem 0x(?P<a>{_HEX})-0x(?P<b>{_HEX})\]{_KIND}\)?\s{{0,8}}$"),
        Rank.UNTAGGED,
    ),
    Form(
        "lines without a name",
        "(",
        Second.END,
        _pattern(rf"{_QUOTED_START}(?P<a>[0-9a-f]{{16}})\s?-\s?(?P<b>[0-9a-f]{{16}}) \({_KIND}"),
        Rank.UNTAGGED,
    ),
    Form(
        "bare numbers",
        " ",
        Second.LENGTH,
        _pattern(
            rf"^[\s>]{{0,20}}(?:0x)?(?P<a>{_LONG_HEX})\s{{1,4}}(?:0x)?(?P<b>{_LONG_HEX})\s{{1,4}}(?P<number>\d{{1,10}})\s{{0,8}}$"
        ),
        Rank.UNTAGGED,
    ),
)

_TAG_RANKS = {
    "user": Rank.KERNEL,
    "modified": Rank.KERNEL,
    "extended": Rank.KERNEL,
    "reserve setup_data": Rank.KERNEL,
    "xen": Rank.GUEST,
    "bios-e820": Rank.FIRMWARE,
}

_TAG = re.compile(r"(?=BIOS-(?:e820|e801|88)\s?:)", re.IGNORECASE)
_GAP = re.compile(r"\[gap\s", re.IGNORECASE)
_ATTEMPT = re.compile(r"BIOS-(?:e820|e801|88)\s?:|SMAP type=", re.IGNORECASE)


def read_line(line: str) -> LogEntry | None:
    """Return the entry that a line of a log shows, or None."""
    for form in FORMS:
        if form.sign in line and (match := form.pattern.search(line)):
            return _entry(form, match)
    return None


def pieces(line: str) -> list[str]:
    """Part what was several lines before a web page or a chat ran them together."""
    return [piece for piece in _TAG.split(line) if piece] if line.count("BIOS-") > 1 else [line]


def is_cut_entry(line: str) -> bool:
    """Tell whether a line that is no entry looks as if it had been one before it was cut."""
    return bool(_ATTEMPT.search(line)) and not _GAP.search(line)


def kind_of_word(text: str) -> int | None:
    """Return the type that a word such as ``System RAM`` or ``type 9`` means, or None."""
    match = _ONLY_KIND.match(text.strip())
    return _type(match, 10) if match else None


def linux_line(entry: Region) -> str:
    """Return the line that Linux prints for an entry (``usable``, end inclusive).

    >>> linux_line(Region(0, 0x9FC00, USABLE))
    'BIOS-e820: [mem 0x0000000000000000-0x000000000009fbff] usable'
    """
    kind = _linux_kind(entry.type)
    if not entry.end:  # nothing at address 0 has no last byte: the older form can say it
        return f"BIOS-e820: {0:016x} - {0:016x} ({kind})"
    return f"BIOS-e820: [mem {entry.base:#018x}-{entry.end - 1:#018x}] {kind}"


_ONLY_KIND = _pattern(_KIND)


def _linux_kind(type_number: int) -> str:
    if type_number in (PERSISTENT, PERSISTENT_OLD):
        return f"persistent (type {type_number})"
    return f"type {type_number}" if type_number == DISABLED else KINDS.get(type_number, f"type {type_number}")


def _entry(form: Form, match: re.Match[str]) -> LogEntry:
    groups = match.groupdict()
    base, second = _hexadecimal(groups["a"]), _hexadecimal(groups["b"])
    lengths = {Second.LAST: second + 1 - base, Second.END: second - base, Second.LENGTH: second}
    tag = groups.get("tag")
    rank = form.rank if tag is None else _TAG_RANKS.get(tag.lower(), Rank.OLDER_CALLS)
    attributes = groups.get("early") or groups.get("late")
    return LogEntry(
        tag or form.name,
        rank,
        base,
        lengths[form.second],
        _type(match, form.number_base),
        int(attributes, 16) if attributes else None,
    )


def _type(match: re.Match[str], number_base: int) -> int:
    groups = match.groupdict()
    if groups.get("number"):
        return int(groups["number"], number_base)
    return KIND_WORDS[" ".join(groups["word"].lower().split())]


def _hexadecimal(digits: str) -> int:
    return int(digits.replace(":", "").replace(" ", ""), 16)
