"""Find a firmware map in whatever people have at hand: a whole dmesg, a mail, JSON, raw records.

    bytes --- records of 20 or 24 bytes   (`firmware_records`)
      | text
      |------ JSON                        (`firmware_json`)
      |------ N/start:0x0 lines           (`_read_memmap`)
      `------ lines of logs               (`firmware_lines`)  -> blocks -> the firmware's own

A log may show several maps: what firmware said, what the kernel made of it, a second boot. The first of
those nearest to the firmware is taken (`firmware_lines.Rank`), the others are reported as left out.
A line that was cut is reported and left out; a line that contradicts itself is an error, since a map
without it may call memory usable that is not.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from allocator.errors import MachineError
from allocator.machine.firmware_json import read_json_map
from allocator.machine.firmware_lines import LogEntry, Rank, is_cut_entry, kind_of_word, pieces, read_line
from allocator.machine.firmware_problems import Problem
from allocator.machine.firmware_records import guess_records
from allocator.machine.region import Region
from allocator.source import printable
from allocator.units import counted

MAX_LINE = 1000
"""Characters of a line that are looked at."""
MAX_LINES = 400_000
MAX_REPORTED = 12
"""Lines or maps that are reported one by one; of more, the number."""
LOOKED_FOR = "lines such as 'BIOS-e820: [mem 0x0000000000000000-0x000000000009fbff] usable'"

_UTF_16 = (b"\xff\xfe", b"\xfe\xff")
_COLOUR = re.compile(r"\x1b\[[0-9;]{0,20}m")
_QUOTE = re.compile(r"^[\s>|]{0,40}(?:\[\s{0,12}\d{1,12}\.\d{1,9}\])?\s{0,20}")
_HEADER = re.compile(
    r"RAM map:|physical RAM|e820 map has|E820 table|Linux version \d|Writing coreboot table", re.IGNORECASE
)
_MEMMAP = re.compile(r"(?:^|[/\s>])(\d{1,6})/(start|end|type):\s?(.{1,60})")


@dataclass(frozen=True)
class ParsedLog:
    """The entries found, and what was left out on the way."""

    entries: tuple[Region, ...]
    problems: tuple[Problem, ...] = ()


@dataclass
class Block:
    """Entries of one source that stand together: one map, as the log shows it."""

    source: str
    rank: Rank
    entries: list[tuple[Line, LogEntry]] = field(default_factory=list)

    @property
    def line(self) -> int:
        """The number of the first entry's line."""
        return self.entries[0][0].number


@dataclass(frozen=True)
class Line:
    """A line of a log, or a part of one, with the number that an editor shows for it."""

    number: int
    text: str


@dataclass(frozen=True)
class LogText:
    """A log with its name: colours taken out, lines that ran together parted, long ones cut."""

    name: str
    count: int
    lines: tuple[Line, ...]


def parse_firmware_log(content: str | bytes, name: str = "log") -> ParsedLog:
    """Return the firmware map in text or bytes; raises MachineError that says what was found instead."""
    if not isinstance(content, str) and _is_binary(content):
        return ParsedLog(guess_records(content, name))
    text = content if isinstance(content, str) else _decode(content)
    if not text.strip():
        raise MachineError(f"{name}: looked for a firmware map ({LOOKED_FOR}), and it is empty")
    entries = read_json_map(text, name)
    if entries is not None:
        return ParsedLog(entries)
    return _parse_text(_log_text(text, name))


def _log_text(text: str, name: str) -> LogText:
    lines = _COLOUR.sub("", text).splitlines()
    if len(lines) > MAX_LINES:
        raise MachineError(f"{name}: looked for a firmware map; {len(lines):,} lines are too many, cut out its part")
    parted = ((number, piece) for number, line in enumerate(lines, 1) for piece in pieces(line))
    return LogText(name, len(lines), tuple(Line(number, piece[:MAX_LINE]) for number, piece in parted))


def _is_binary(raw: bytes) -> bool:
    return b"\0" in raw[: 1 << 16] and not raw.startswith(_UTF_16)


def _decode(raw: bytes) -> str:
    return raw.decode("utf-16" if raw.startswith(_UTF_16) else "utf-8-sig", errors="replace")


def _parse_text(log: LogText) -> ParsedLog:
    memmap = _read_memmap(log)
    if memmap is not None:
        return memmap
    blocks, cut = _read_blocks(log)
    if not blocks:
        raise MachineError(_nothing_found(log, cut))
    chosen = min(blocks, key=lambda block: block.rank.value)
    for line, entry in chosen.entries:
        if entry.fault:
            raise MachineError(f"{log.name}:{line.number}: the entry {entry.fault}: {_excerpt(line)}")
    problems = (*_cut_lines(cut), *_left_out(chosen, blocks))
    return ParsedLog(tuple(entry.region() for _, entry in chosen.entries), problems)


def _nothing_found(log: LogText, cut: Sequence[Line]) -> str:
    found = f"found {counted(log.count, 'line')} of text and no entry"
    if cut:
        first = f"the first is line {cut[0].number}: {_excerpt(cut[0])}"
        found += f"; {len(cut):,} of them look like one that was cut, {first}"
    return f"{log.name}: looked for a firmware map ({LOOKED_FOR}); {found}"


def _excerpt(line: Line) -> str:
    text = line.text.strip()
    return f"'{printable(text[:100])}{'...' if len(text) > 100 else ''}'"


def _read_blocks(log: LogText) -> tuple[list[Block], list[Line]]:
    """Return the maps that a log shows, and the lines that were cut."""
    blocks: list[Block] = []
    cut: list[Line] = []
    is_new = True
    lines = iter(enumerate(log.lines, 1))
    for following, line in lines:
        entry = read_line(line.text)
        if entry is None and is_cut_entry(line.text):
            entry = _continued(line, log.lines[following : following + 1])
            if entry:
                next(lines)
            else:
                cut.append(line)
        if entry:
            _append(blocks, line, entry, is_new)
            is_new = False
        elif _HEADER.search(line.text):
            is_new = True
    return [block for whole in blocks for block in _repetitions(whole)], cut


def _continued(line: Line, following: Sequence[Line]) -> LogEntry | None:
    """Mail programs break long lines: try the line with what follows it, quoting and soft break taken off."""
    for rest in following:
        bare = _QUOTE.sub("", rest.text)
        if not is_cut_entry(rest.text) and read_line(rest.text) is None:
            begun = line.text.rstrip().removesuffix("=")
            return read_line(f"{begun} {bare}") or read_line(begun + bare)
    return None


def _append(blocks: list[Block], line: Line, entry: LogEntry, is_new: bool) -> None:
    if is_new or not blocks or blocks[-1].source != entry.source:
        blocks.append(Block(entry.source, entry.rank))
    blocks[-1].entries.append((line, entry))


def _repetitions(block: Block) -> Iterator[Block]:
    """Part what several boots logged one after the other: each begins with the same three entries."""
    shown = [entry for _, entry in block.entries]
    starts = [0]
    for place in range(3, len(shown) - 2):
        if shown[place] == shown[0] and shown[place : place + 3] == shown[:3] and place - starts[-1] >= 3:
            starts.append(place)
    for start, end in zip(starts, [*starts[1:], len(shown)], strict=True):
        yield Block(block.source, block.rank, block.entries[start:end])


def _cut_lines(cut: Sequence[Line]) -> Iterator[Problem]:
    for line in cut[:MAX_REPORTED]:
        yield Problem("ignored", (), f"Line {line.number} is no whole entry and was left out: {_excerpt(line)}.")
    if len(cut) > MAX_REPORTED:
        yield Problem("ignored", (), f"{len(cut) - MAX_REPORTED:,} more lines are no whole entries.")


def _left_out(chosen: Block, blocks: Iterable[Block]) -> Iterator[Problem]:
    others = [block for block in blocks if block is not chosen]
    for block in others[:MAX_REPORTED]:
        whose = "what the kernel made of it" if block.rank is Rank.KERNEL else "another map"
        count = len(block.entries)
        yield Problem(
            "ignored",
            (),
            f"Line {block.line} begins {whose} ('{block.source}', {count} entr{'y' if count == 1 else 'ies'}); "
            f"the one from line {chosen.line} ('{chosen.source}') was taken.",
        )
    if len(others) > MAX_REPORTED:
        yield Problem("ignored", (), f"{len(others) - MAX_REPORTED:,} more maps were left out.")


def _read_memmap(log: LogText) -> ParsedLog | None:
    """Read the lines that ``grep -r . /sys/firmware/memmap`` prints, in any order; None when there are none."""
    found: dict[int, dict[str, str]] = {}
    for line in log.lines:
        match = _MEMMAP.search(line.text)
        if match:
            found.setdefault(int(match[1]), {})[match[2]] = match[3].strip()
    if not found:
        return None
    entries = [_memmap_entry(log, number, fields) for number, fields in sorted(found.items())]
    missing = [number for number, fields in sorted(found.items()) if len(fields) < 3]
    if len(missing) == len(found):
        raise MachineError(f"{log.name}: looked for start, end and type of memmap entries; no entry has all three")
    problems = [
        Problem("ignored", (), f"memmap entry {number} lacks its start, its end or its type and was left out.")
        for number in missing[:MAX_REPORTED]
    ]
    return ParsedLog(tuple(entry for entry in entries if entry), tuple(problems))


def _memmap_entry(log: LogText, number: int, fields: dict[str, str]) -> Region | None:
    if len(fields) < 3:
        return None
    kind = kind_of_word(fields["type"])
    try:
        start, last = int(fields["start"], 16), int(fields["end"], 16)
    except ValueError:
        start, last = 0, -2
    entry = LogEntry("memmap", Rank.FIRMWARE, start, last + 1 - start, kind or 0)
    if entry.fault or kind is None:
        fault = entry.fault or f"has the unknown type '{fields['type'][:40]}'"
        raise MachineError(f"{log.name}: memmap entry {number} {fault}")
    return entry.region()
