"""``allocator assemble``: assemble sources and show what they became.

allocator assemble memory.asm                       listing: line, address, bytes, source
allocator assemble boot.asm -f bin -o boot.bin      the bytes
allocator assemble memory.asm -f symbols            names and values
allocator assemble memory.asm -E                    only the preprocessor
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from allocator.cli.options import add_assembly_options, add_output_options, assemble_sources, definitions
from allocator.errors import UsageError

if TYPE_CHECKING:
    from allocator.assembly.image import Image
    from allocator.cli.arguments import Parser, Subparsers
    from allocator.views.ink import Ink


def add_parser(subparsers: Subparsers[Parser]) -> None:
    """Add the verb to the command line."""
    parser = subparsers.add_parser(
        "assemble",
        description="Assemble sources into one image and show what they became.",
    )
    parser.add_argument("files", nargs="+", metavar="FILE", help="a source; several make one image")
    parser.add_argument(
        "-f", "--format", default="listing", metavar="FORMAT", help=f"{', '.join(FORMATS)}, bin (listing)"
    )
    parser.add_argument("-E", dest="preprocess", action="store_true", help="stop after preprocessing")
    parser.add_argument("--verify", metavar="nasm", help=argparse.SUPPRESS)
    parser.add_argument("--syntax", default="nasm", help=argparse.SUPPRESS)
    add_assembly_options(parser)
    add_output_options(parser)
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Assemble, write the result and return 0; raises AllocatorError."""
    from allocator.cli.output import choose_ink, write_bytes, write_lines

    _refuse_later(options)
    if options.preprocess:
        write_lines(_preprocess(options), options.output)
        return 0
    image = assemble_sources(options, options.files)
    if options.format == "bin":
        write_bytes(_binary(image), options.output)
    else:
        write_lines(FORMATS[options.format](image, choose_ink(options)), options.output)
    return 0


def _refuse_later(options: argparse.Namespace) -> None:
    if options.format not in (*FORMATS, "bin"):
        state = "is not there yet" if options.format == "att" else "is no format"
        raise UsageError(f"-f {options.format}: this {state}\nhint: the formats are {', '.join(FORMATS)}, bin")
    if options.verify is not None:
        raise UsageError("--verify is not there yet\nhint: compare with nasm -f bin yourself: cmp")
    if options.syntax != "nasm":
        raise UsageError(f"--syntax {options.syntax}: only nasm is there yet")


def _preprocess(options: argparse.Namespace) -> Iterable[str]:
    from allocator.assembly.preprocess import Preprocessor
    from allocator.source import read_source
    from allocator.views.preprocessed import preprocessed

    preprocessor = Preprocessor(tuple(Path(directory) for directory in options.include))
    for name, text in definitions(options.define).items():
        preprocessor.define(name, text)
    # All of it before the first line is written: an error leaves no half of an output behind.
    lines = [line for file in options.files for line in preprocessor.lines(read_source(Path(file)))]
    return preprocessed(lines)


def _binary(image: Image) -> bytes:
    return b"".join(segment.data for segment in image.segments)


def _listing(image: Image, ink: Ink) -> Iterator[str]:
    from allocator.views.image_listing import image_listing

    return image_listing(image, ink)


def _symbols(image: Image, ink: Ink) -> Iterator[str]:
    from allocator.views.symbol_table import symbol_table

    return symbol_table(image, ink)


def _json(image: Image, _ink: Ink) -> Iterator[str]:
    from allocator.views.image_json import image_json

    yield image_json(image)


FORMATS: dict[str, Callable[[Image, Ink], Iterator[str]]] = {"listing": _listing, "symbols": _symbols, "json": _json}
"""Text format to what yields its lines; ``bin`` is bytes."""
