"""Name the options that verbs share, and make of them what they stand for: image, machine, registers.

The parsers are built before anything heavy is imported; what the options mean is found out afterwards.
"""

from __future__ import annotations

import argparse
import difflib
import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from allocator.errors import UsageError, did_you_mean
from allocator.registers import REGISTERS
from allocator.units import parse_number

if TYPE_CHECKING:
    from allocator.assembly.image import Image
    from allocator.machine.machine import Machine

DEFAULT_SOURCE = "memory.asm"
DEFAULT_MEMORY = "64M"
DEFAULT_LIMIT = 1_000_000
"""Enough for every routine of memory.asm on any machine; counting the steps of more takes its time."""
MAX_LIMIT = 1 << 40
_NAME = r"[A-Za-z_.?@$][\w.$?@#~]*"


def add_assembly_options(parser: argparse.ArgumentParser) -> None:
    """Add what the assembler is told."""
    parser.add_argument("-D", "--define", action="append", default=[], metavar="NAME[=TEXT]", help="define a macro")
    parser.add_argument(
        "--symbol",
        action="append",
        default=[],
        metavar="NAME=VALUE",
        help="say where a name lies that no source defines",
    )
    parser.add_argument(
        "-I", "--include", action="append", default=[], metavar="DIR", help="a directory to include files from"
    )
    parser.add_argument("--bits", type=int, choices=(16, 32, 64), help="width where no source says (64; of a disk 16)")


def add_call_options(parser: argparse.ArgumentParser) -> None:
    """Add the routine, its registers, and the machine that it is called on."""
    from allocator.machine.entry import RETURNS

    parser.add_argument("routine", metavar="ROUTINE", help="a label of the source, or an address")
    parser.add_argument("registers", nargs="*", metavar="REG=VALUE", help="rcx=3; decimal, 0x... or a symbol")
    add_source_option(parser)
    add_memory_options(parser)
    parser.add_argument("--pages", metavar="SPEC", help="the page map itself: 'used:0 free:1-31', or @FILE")
    add_limit_option(parser, DEFAULT_LIMIT)
    parser.add_argument("--returns", choices=RETURNS, help="how the routine returns (near in its width)")
    add_assembly_options(parser)


def add_source_option(parser: argparse.ArgumentParser) -> None:
    """Add the sources."""
    parser.add_argument(
        "-s", "--source", action="append", metavar="FILE", help=f"a source (default: the shipped {DEFAULT_SOURCE})"
    )


def add_memory_options(parser: argparse.ArgumentParser, policy: str = "how the page map is made of it") -> None:
    """Add the memory of the machine; `policy` is the help of ``--policy``."""
    from allocator.machine.page_map import POLICIES

    parser.add_argument(
        "-m", "--memory", default=DEFAULT_MEMORY, metavar="SIZE|PRESET|FILE", help=f"memory ({DEFAULT_MEMORY})"
    )
    parser.add_argument("--policy", choices=POLICIES, default=POLICIES[0], help=policy)


def add_limit_option(parser: argparse.ArgumentParser, limit: int) -> None:
    """Add the bound of a run, by default `limit`."""
    parser.add_argument("--limit", default=limit, metavar="N", type=parse_limit, help=f"stop after so many ({limit:,})")


def add_output_options(parser: argparse.ArgumentParser) -> None:
    """Add where the output goes and whether it is coloured."""
    parser.add_argument("-o", "--output", metavar="FILE", help="write to FILE, all of it or nothing")
    parser.add_argument("--color", choices=("auto", "always", "never"), default="auto", help="colour (auto)")


def parse_limit(text: str) -> int:
    """Return a bound on what a run executes, as argparse wants it."""
    try:
        limit = parse_number(text)
    except UsageError as error:
        raise argparse.ArgumentTypeError(str(error)) from None
    if not 0 < limit <= MAX_LIMIT:
        raise argparse.ArgumentTypeError(f"{text} is not between 1 and {MAX_LIMIT:,}")
    return limit


def assemble_sources(options: argparse.Namespace, files: Iterable[str] | None, bits: int = 64) -> Image:
    """Assemble `files`, by default the shipped source; `bits` unless told. Raises UsageError or AssemblyError."""
    from allocator.assembly.assembler import assemble, shipped

    paths = [Path(file) for file in files] if files else [shipped(DEFAULT_SOURCE)]
    return assemble(
        *paths,
        symbols=_symbols(options.symbol),
        define=definitions(options.define),
        include=options.include,
        bits=options.bits or bits,
    )


def make_machine(options: argparse.Namespace, image: Image) -> Machine:
    """Make the machine that the options describe; raises UsageError or MachineError."""
    from allocator.machine.machine import Machine
    from allocator.machine.pages_spec import parse_pages_spec

    machine = Machine(image, memory=options.memory, policy=options.policy)
    if options.pages is not None:
        machine.page_map.load(parse_pages_spec(options.pages))
    return machine


def firmware_names(given: Sequence[str]) -> list[str]:
    """Return the names in ``--firmware a,b --firmware c``."""
    return [name.strip() for words in given for name in words.split(",") if name.strip()]


def parse_routine(text: str) -> str | int:
    """Return the address that a routine is given by, or its name."""
    return parse_number(text) if text[:1].isdigit() else text


def parse_registers(words: Iterable[str], symbols: Mapping[str, int]) -> dict[str, int]:
    """Return the registers of ``rcx=3 rsi=os_MemoryMap``, lower case; raises UsageError."""
    registers: dict[str, int] = {}
    for word in words:
        name, equals, text = word.partition("=")
        if not equals or not text:
            raise UsageError(f"'{word}' is not a register and its value\nhint: write it as rcx=3, without spaces")
        name = name.strip().lower()
        if name not in REGISTERS:
            near = difflib.get_close_matches(name, REGISTERS, 1)
            hint = f"did you mean {near[0]}={text}?" if near else "registers are rax, ecx, r8, ds, cf ..."
            raise UsageError(f"'{word}': there is no register '{name}'\nhint: {hint}")
        if name in registers:
            raise UsageError(f"'{word}': {name} is given twice")
        registers[name] = parse_value(text, symbols, word)
    return registers


_SUM = re.compile(rf"(?P<symbol>{_NAME})(?P<offset>[-+]\w+)?")


def parse_value(text: str, symbols: Mapping[str, int], word: str) -> int:
    """Return a number, or a symbol's value with an offset; raises UsageError that quotes `word`."""
    match = _SUM.fullmatch(text.strip())
    if match and match["symbol"] in symbols:
        return symbols[match["symbol"]] + (parse_number(match["offset"]) if match["offset"] else 0)
    try:
        return parse_number(text)
    except UsageError as error:
        hint = did_you_mean(text, symbols) or "write it decimal, as 0x..., or as a symbol of the source"
        raise UsageError(f"'{word}': '{text}' is not a number and not a symbol\nhint: {hint}") from error


def definitions(words: Iterable[str]) -> dict[str, str]:
    """Return the macros of ``-D NAME``, which stands for nothing, and ``-D NAME=TEXT``."""
    macros: dict[str, str] = {}
    for word in words:
        name, _, text = word.partition("=")
        if not re.fullmatch(_NAME, name):
            raise UsageError(f"-D {word}: '{name}' is not a name for a macro\nhint: write -D NAME or -D NAME=TEXT")
        macros[name] = text
    return macros


def _symbols(words: Iterable[str]) -> dict[str, int]:
    from allocator.addresses import MACHINE_SYMBOLS

    symbols: dict[str, int] = {}
    for word in words:
        name, equals, text = word.partition("=")
        if not equals or not re.fullmatch(_NAME, name):
            raise UsageError(
                f"--symbol {word}: this is not a name and its value\nhint: write --symbol os_Lock=0x110200"
            )
        symbols[name] = parse_value(text, {**MACHINE_SYMBOLS, **symbols}, f"--symbol {word}")
    return symbols
