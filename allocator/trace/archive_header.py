"""Turn what a saved trace says about its run into JSON, and back; back is strict, since a file is untrusted.

    beginning   sources, image, firmware map, routine, registers at the start       in the first part
    places      what lay where, as [address, code, bits, mode], those that are new  in every part
    end         registers, stop, pages changed, stack top and page map as runs      in the last part
                of a boot, the processor with the hidden parts of its segments

Numbers of 64 bits are hexadecimal strings, as in the other formats. Names and paths in a file are only shown.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import fields, replace
from itertools import groupby
from typing import Any, TypeVar

from allocator.assembly.image import Image, Line, Segment
from allocator.contract import Contract, read_contract
from allocator.errors import AllocatorError, TraceError
from allocator.instructions.anatomy import LONGEST_INSTRUCTION
from allocator.machine.firmware_map import MAX_ENTRIES, FirmwareMap, Problem, Region
from allocator.machine.processor_state import ProcessorState, SegmentRegister
from allocator.machine.run import STOP_KINDS, MemoryAccess, PageChange, Registers, Stop
from allocator.machine.system_registers import SystemRegisters, TableRegister
from allocator.registers import FULL, SEGMENTS
from allocator.source import Source
from allocator.trace.saved_run import Beginning, End
from allocator.trace.schema import MODES, Place

Object = Mapping[str, Any]
_T = TypeVar("_T")
_WORD = 1 << 64
_MAX_NAME = 4096
_MAX_EXCERPTS = 16
_MAX_EXCERPT_BYTES = 1 << 20
_TABLES = ("gdtr", "idtr")
_PLAIN_REGISTERS = tuple(each.name for each in fields(SystemRegisters) if each.name not in _TABLES)


def beginning_object(beginning: Beginning) -> dict[str, Any]:
    """Return what the first part says."""
    return {
        "sources": [{"name": source.name, "text": source.text} for source in beginning.image.sources],
        "image": _image_object(beginning.image),
        "firmware_map": _firmware_object(beginning.firmware_map),
        "routine": beginning.routine,
        "entry": hex(beginning.entry),
        "registers": _registers_object(beginning.registers),
        "given": {name: hex(value) for name, value in beginning.given.items()},
    }


def end_object(end: End) -> dict[str, Any]:
    """Return what the last part says."""
    stop = end.stop
    return {
        "registers": _registers_object(end.registers),
        "stop": {
            "kind": stop.kind,
            "message": stop.message,
            "address": hex(stop.address),
            "access": [stop.access.kind, hex(stop.access.address), stop.access.size] if stop.access else None,
            "vector": stop.vector,
            "error_code": stop.error_code,
        },
        "pages_changed": [[page, change.before, change.after] for page, change in end.pages_changed.items()],
        "memory": [
            [hex(address), [[byte, len(list(run))] for byte, run in groupby(data)]]
            for address, data in end.memory.items()
        ],
        "processor": _processor_object(end.processor) if end.processor else None,
    }


def _processor_object(state: ProcessorState) -> dict[str, Any]:
    registers = {each.name: getattr(state.registers, each.name) for each in fields(SystemRegisters)}
    return {
        "rip": hex(state.rip),
        "rsp": hex(state.rsp),
        "registers": {name: hex(value) for name, value in registers.items() if isinstance(value, int)},
        "tables": {name: [hex(part) for part in registers[name]] for name in _TABLES},
        "segments": {name: [hex(part) for part in each] for name, each in state.segments.items()},
        "ldtr": [hex(part) for part in state.ldtr],
        "tr": [hex(part) for part in state.tr],
    }


def place_objects(places: Sequence[Place]) -> list[list[Any]]:
    """Return places as each part lists its new ones."""
    return [_place_object(place) for place in places]


def _place_object(place: Place) -> list[Any]:
    fields = [hex(place.address), place.code.hex(), place.bits, place.mode]
    return [*fields, hex(place.base)] if place.base else fields


def _registers_object(registers: Registers) -> dict[str, str]:
    return {name: hex(value) for name, value in registers.items()}


def _image_object(image: Image) -> dict[str, Any]:
    numbers = {source: number for number, source in enumerate(image.sources)}
    return {
        "bits": image.bits,
        "segments": [{"start": hex(segment.start), "bytes": segment.data.hex()} for segment in image.segments],
        "symbols": {name: hex(value) for name, value in image.symbols.items()},
        "labels": sorted(image.labels),
        "externals": {name: hex(value) for name, value in image.externals.items()},
        "lines": [
            [hex(line.address), line.size, numbers[line.source], line.line, line.bits, int(line.code)]
            for line in image.lines
            if line.source in numbers
        ],
        "contracts": [
            [name, number, contract.line]
            for name, contract in image.contracts.items()
            for number, source in enumerate(image.sources)
            if _contract(source, contract.routine, contract.line) == contract
        ],
    }


def _contract(source: Source, routine: str, line: int) -> Contract | None:
    try:
        return read_contract(source, routine, line)
    except AllocatorError:
        return None


def _firmware_object(firmware_map: FirmwareMap) -> dict[str, Any]:
    return {
        "name": firmware_map.name,
        "entries": [[hex(each.base), hex(each.length), each.type, each.attributes] for each in firmware_map.entries],
        "notes": [[note.kind, list(note.entries), note.message] for note in firmware_map.notes],
    }


# Reading: every value is looked at before it is believed.


def read_beginning(said: object) -> Beginning:
    """Return the beginning that `beginning_object` described; raises TraceError."""
    found = _object(said)
    sources = tuple(Source(_name(each["name"]), _text(each["text"])) for each in map(_object, _list(found["sources"])))
    return Beginning(
        _read_image(_object(found["image"]), sources),
        _read_firmware(_object(found["firmware_map"])),
        _name(found["routine"]),
        _word(found["entry"]),
        _read_registers(found["registers"]),
        {_one_of(name, FULL): _word(value) for name, value in _object(found["given"]).items()},
    )


def read_end(said: object) -> End:
    """Return the end that `end_object` described; raises TraceError."""
    found = _object(said)
    pages = [_row(row, _number, _byte, _byte) for row in _list(found["pages_changed"])]
    memory = [_row(row, _word, _runs) for row in _list(found["memory"])[:_MAX_EXCERPTS]]
    processor = found.get("processor")  # not in older files
    return End(
        _read_registers(found["registers"]),
        _read_stop(_object(found["stop"])),
        {page: PageChange(before, after) for page, before, after in pages},
        dict(memory),
        None if processor is None else _read_processor(_object(processor)),
    )


def _read_processor(said: Object) -> ProcessorState:
    plain: dict[str, Any] = {
        _one_of(name, _PLAIN_REGISTERS): _word(value) for name, value in _object(said["registers"]).items()
    }
    _bits(plain.get("bits"))
    gdtr, idtr = (TableRegister(*_row(_object(said["tables"])[name], _word, _word)) for name in _TABLES)
    segments = _object(said["segments"])
    return ProcessorState(
        _word(said["rip"]),
        _word(said["rsp"]),
        replace(SystemRegisters(gdtr=gdtr, idtr=idtr), **plain),
        {name: _read_segment(segments[name]) for name in SEGMENTS},
        _read_segment(said["ldtr"]),
        _read_segment(said["tr"]),
    )


def _read_segment(said: object) -> SegmentRegister:
    return SegmentRegister(*_row(said, _word, _word, _word, _word))


def read_places(said: object) -> list[Place]:
    """Return the places of one part; raises TraceError."""
    places = [_read_place(row) for row in _list(said)]
    if not all(0 < len(place.code) <= LONGEST_INSTRUCTION for place in places):
        raise TraceError(f"an instruction is empty, or longer than {LONGEST_INSTRUCTION} bytes")
    return places


def _read_place(row: object) -> Place:
    has_base = len(_list(row)) == len(Place._fields)
    return Place(*_row(row, _word, _bytes, _bits, _mode, *([_word] if has_base else [])))


def _read_stop(found: Object) -> Stop:
    address, access = _word(found["address"]), found["access"]
    return Stop(
        _one_of(found["kind"], STOP_KINDS),
        _text(found["message"]),
        lambda: address,
        None if access is None else MemoryAccess(*_row(access, _access_kind, _word, _number)),
        None if found["vector"] is None else _byte(found["vector"]),
        None if found["error_code"] is None else _number(found["error_code"]),
    )


def _read_registers(said: object) -> Registers:
    found = _object(said)
    return Registers(b"".join(_word(found[name]).to_bytes(8, "little") for name in FULL))


def _read_image(found: Object, sources: tuple[Source, ...]) -> Image:
    symbols = _symbols(found["symbols"])
    labels = frozenset(_one_of(name, symbols) for name in _list(found["labels"]))
    segments = [_object(each) for each in _list(found["segments"])]
    lines = [_read_line(row, sources) for row in _list(found["lines"])]
    return Image(
        tuple(Segment(_word(each["start"]), _bytes(each["bytes"])) for each in segments),
        symbols,
        labels,
        _symbols(found["externals"]),
        tuple(sorted(lines, key=lambda line: line.address)),
        _read_contracts(_list(found["contracts"]), sources),
        sources,
        _bits(found["bits"]),
    )


def _read_contracts(rows: list[Any], sources: tuple[Source, ...]) -> dict[str, Contract]:
    # Each place is read once: a file may name one long comment a million times.
    read: dict[tuple[int, int], Contract | None] = {}
    named: dict[str, Contract] = {}
    for row in rows:
        name, number, line = _row(row, _name, _number, _number)
        if (number, line) not in read:
            read[number, line] = _contract(_item(sources, number), name, line)
        contract = read[number, line]
        if contract is not None:
            named[name] = replace(contract, routine=name)
    return named


def _read_line(said: object, sources: tuple[Source, ...]) -> Line:
    address, size, number, line, bits, code = _row(said, _word, _number, _number, _number, _bits, _byte)
    return Line(address, size, _item(sources, number), line, bits, bool(code))


def _symbols(said: object) -> dict[str, int]:
    return {_name(name): _integer(value) for name, value in _object(said).items()}


def _read_firmware(found: Object) -> FirmwareMap:
    rows = _list(found["entries"])
    if len(rows) > MAX_ENTRIES:
        raise TraceError(f"a firmware map of {len(rows):,} entries")
    entries = tuple(Region(*_row(row, _word, _word, _number, _optional_number)) for row in rows)
    notes = [_row(row, _name, _list, _text) for row in _list(found["notes"])]
    problems = tuple(Problem(kind, tuple(map(_number, numbers)), message) for kind, numbers, message in notes)
    return FirmwareMap(entries, _name(found["name"]), problems)


def _row(said: object, *readers: Callable[[object], Any]) -> list[Any]:
    values = _list(said)
    if len(values) != len(readers):
        raise TraceError(f"a row of {len(values)} values instead of {len(readers)}")
    return [read(value) for read, value in zip(readers, values, strict=True)]


def _object(said: object) -> Object:
    if not isinstance(said, dict):
        raise TraceError(f"{_shown(said)} is not an object")
    return said


def _list(said: object) -> list[Any]:
    if not isinstance(said, list):
        raise TraceError(f"{_shown(said)} is not a list")
    return said


def _text(said: object) -> str:
    if not isinstance(said, str):
        raise TraceError(f"{_shown(said)} is not a text")
    return said


def _name(said: object) -> str:
    if len(_text(said)) > _MAX_NAME:
        raise TraceError(f"a name of {len(_text(said)):,} characters")
    return _text(said)


def _integer(said: object) -> int:
    text = _text(said)
    if len(text) > 64:
        raise TraceError(f"{_shown(said)} is not a number that a program can hold")
    return int(text, 16)


def _word(said: object) -> int:
    value = _integer(said)
    if not 0 <= value < _WORD:
        raise TraceError(f"{_shown(said)} is not a number of 64 bits")
    return value


def _number(said: object) -> int:
    if not isinstance(said, int) or isinstance(said, bool) or not 0 <= said < _WORD:
        raise TraceError(f"{_shown(said)} is not a count")
    return said


def _optional_number(said: object) -> int | None:
    return None if said is None else _number(said)


def _byte(said: object) -> int:
    if _number(said) > 0xFF:
        raise TraceError(f"{_shown(said)} is not a byte")
    return _number(said)


def _bits(said: object) -> int:
    if said not in (16, 32, 64):
        raise TraceError(f"{_shown(said)} is not the width of code")
    return _number(said)


def _bytes(said: object) -> bytes:
    return bytes.fromhex(_text(said))


def _runs(said: object) -> bytes:
    runs = [_row(run, _byte, _number) for run in _list(said)]
    if sum(count for _, count in runs) > _MAX_EXCERPT_BYTES:
        raise TraceError(f"an excerpt of memory of more than {_MAX_EXCERPT_BYTES:,} bytes")
    return b"".join(bytes([byte]) * count for byte, count in runs)


def _mode(said: object) -> str:
    return _one_of(said, MODES)


def _access_kind(said: object) -> str:
    return _one_of(said, ("read", "write", "fetch"))


def _one_of(said: object, known: Sequence[str] | Mapping[str, Any]) -> str:
    if not isinstance(said, str) or said not in known:
        raise TraceError(f"{_shown(said)} is unknown here")
    return said


def _item(values: Sequence[_T], number: int) -> _T:
    if number >= len(values):
        raise TraceError(f"there is no number {number}: there are {len(values)}")
    return values[number]


def _shown(said: object) -> str:
    return repr(said)[:60]
