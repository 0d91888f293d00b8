"""Assemble sources into an image: the one door to everything in this folder.

sources -> lines -> statements -> program -> layout -> Image
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from allocator.addresses import MACHINE_SYMBOLS, ORIGIN, ORIGIN_16
from allocator.assembly.data import data_bytes
from allocator.assembly.directives import Item, Program, arrange
from allocator.assembly.image import Image, Line, Segment
from allocator.assembly.layout import Layout, is_origin
from allocator.assembly.preprocess import Preprocessor
from allocator.assembly.syntax import Align, Code, Data, Equ, parse
from allocator.contract import Contract, read_contract
from allocator.errors import AssemblyError
from allocator.source import Source, read_source


def assemble(
    *sources: Path | str,
    text: str | None = None,
    symbols: Mapping[str, int] | None = None,
    define: Mapping[str, str] | None = None,
    include: Sequence[Path | str] = (),
    bits: int = 64,
    origin: int | None = None,
    name: str = "<text>",
) -> Image:
    """Assemble files, or `text`, into one image.

    Several files make one image, one after the other; they share their names, except that a local label belongs to
    its own file. A file with an ``org`` of its own, behind one that has another, makes a segment of its own. A name
    that is used and not defined is taken from `symbols`, then from the machine's own names. `define` holds macros,
    `include` the directories besides a file's own that it may include from. `origin` is the address of the first
    byte unless the source has ``org``: by default 0x100000, or 0x7C00 when the first code is 16-bit. `name` is what
    `text` is called in messages.

    Raises AssemblyError, or SymbolError for a name that nobody defines.

    >>> assemble(text="start: mov eax, 1").symbols["start"] == 0x100000
    True
    """
    if bits not in (16, 32, 64):
        raise AssemblyError(f"code is 16, 32 or 64 bits wide, not {bits}")
    preprocessor = Preprocessor(tuple(Path(directory) for directory in include))
    for macro, replacement in (define or {}).items():
        preprocessor.define(macro, replacement)
    statements = [parse(preprocessor.lines(source)) for source in _sources(sources, text, name)]
    program = arrange(statements, bits)
    if origin is None:
        origin = ORIGIN_16 if program.first_bits == 16 else ORIGIN
    if not is_origin(origin):
        raise AssemblyError(f"an image cannot start at {origin:#x}")
    layout = Layout(program, {**MACHINE_SYMBOLS, **(symbols or {})}, origin)
    layout.settle()
    return _image(program, layout, tuple(dict.fromkeys(preprocessor.files)))


def shipped(name: str) -> Path:
    """Return the path of a source that comes with the package; raises AssemblyError listing those that do."""
    package = Path(__file__).resolve().parent.parent
    # Installed, the sources lie inside the package; in a checkout beside it.
    homes = [home for home in (package / "asm", package.parent / "asm") if home.is_dir()]
    known = sorted({path.name for home in homes for path in home.glob("*.asm")})
    if name not in known:
        raise AssemblyError(f"no source named '{name}' comes with the package", hint=f"there are: {', '.join(known)}")
    return next(home / name for home in homes if (home / name).is_file())


def _sources(paths: Sequence[Path | str], text: str | None, name: str) -> Iterator[Source]:
    if not paths and text is None:
        raise AssemblyError("there is nothing to assemble", hint="give a file, or text=...")
    for path in paths:
        yield read_source(Path(path))
    if text is not None:
        yield Source(name, text)


def _image(program: Program, layout: Layout, files: tuple[Source, ...]) -> Image:
    symbols = {label: layout.values[label].number for label in layout.definitions}
    constants = {
        item.statement.label.text
        for item in program.items
        if item.statement.label is not None and _names_a_number(item)
    }
    items = sorted(program.items, key=lambda item: item.address)
    return Image(
        segments=_segments(program, layout),
        symbols={**layout.externals, **symbols},
        labels=frozenset(symbols) - constants,
        externals=layout.externals,
        lines=tuple(line for item in items for line in _lines(item)),
        contracts=_contracts(program),
        sources=files,
        bits=program.first_bits,
    )


def _names_a_number(item: Item) -> bool:
    """Tell whether the item's label is a constant: its address, if any, is outside of the image."""
    return isinstance(item.statement.body, Equ) or item.section.address is not None


def _contracts(program: Program) -> dict[str, Contract]:
    contracts: dict[str, Contract] = {}
    for item in program.items:
        label = item.statement.label
        if label is None or _names_a_number(item):
            continue
        contract = read_contract(label.source, label.text, label.line)
        if contract is not None:
            contracts[label.text] = contract
    return contracts


def _segments(program: Program, layout: Layout) -> tuple[Segment, ...]:
    """Return the bytes of each piece that has any: its sections with zeros between them."""
    pieces = {piece.number: (piece.start, bytearray(piece.end - piece.start)) for piece in program.pieces}
    for item in program.items:
        if item.size and not item.section.nobits:
            start, data = pieces[item.section.piece]
            offset = item.address - start
            data[offset : offset + item.size] = _bytes(item, layout)
    return tuple(Segment(start, bytes(data)) for start, data in pieces.values() if data)


def _bytes(item: Item, layout: Layout) -> bytes:
    body = item.statement.body
    if isinstance(body, Code):
        return item.parts[0] * item.count if len(item.parts) == 1 else b"".join(item.parts)
    if isinstance(body, Data):
        return data_bytes(body, layout.scope(item)) * item.count
    if isinstance(body, Align):
        if body.fill is None:
            return b"\x90" * item.size
        if isinstance(body.fill, Data):
            filling = data_bytes(body.fill, layout.scope(item))
            return filling * (item.size // len(filling))
    return bytes(item.size)


def _lines(item: Item) -> Iterator[Line]:
    if not item.size or item.section.nobits:
        return
    start = item.statement.start
    bits = item.mode.bits
    body = item.statement.body
    if not isinstance(body, Code):
        code = isinstance(body, Align) and body.fill is None
        yield Line(item.address, item.size, start.source, start.line, bits, code)
        return
    address = item.address
    for index in range(item.count):
        size = len(item.parts[index] if len(item.parts) > 1 else item.parts[0])
        if size:
            yield Line(address, size, start.source, start.line, bits)
        address += size
