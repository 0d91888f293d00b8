"""Save a trace, and read it back: the format ``allocator.archive/1``.

    trace.parquet            one Parquet file: a run of at most 1,048,576 steps
    trace.parquet/           or a folder of such files: a longer run, or one that was saved while it went on
        part-00000.parquet
        part-00001.parquet

One table, one row a step. It opens in pandas, polars and DuckDB as it is::

    polars.read_parquet("trace.parquet")
    duckdb.sql("SELECT step, text, rcx FROM 'trace.parquet' WHERE label = 'os_mem_get_free'")
    pandas.read_parquet("trace.parquet", dtype_backend="numpy_nullable")      # else nulls make floats of registers

    step                 the number of the step, from 0
    address bytes text   the instruction; mode and bits it ran in
    label offset         the nearest label, and the distance from it
    source line          where it stands
    repeat               how often a repeated string instruction went round; null for any other
    rax ... cr8          each register, where the step changed it: its value after the step; null where it did not
    accesses             list of {kind, address, size, before, after, physical, before_bytes, after_bytes, by}
    place                index into the list of places below: what this program reads instead of the columns above

``before`` and ``after`` are little-endian numbers, of more than 8 bytes they are the two ``_bytes`` (``after_bytes``
null: the same); ``physical`` is null where it equals ``address``, ``by`` where the program made the access. All values
of a register: carry the last one forward, ``polars.col("rcx").forward_fill()``, from the value at the start.

The key ``allocator`` of each file's own metadata is a JSON object::

    {"format": "allocator.archive/1", "part": 0, "first_step": 0, "run": "5f0c...",
     "beginning": {sources, image, firmware_map, routine, entry, registers, given},      first part only
     "places": [["0x100010", "56", 64, "long64"], ...],        those that are new; a fifth member is the segment's base
     "end": {registers, stop, pages_changed, memory}}                                    last part only

- ``run`` is a digest of the beginning: parts of different runs are not mixed.
- A file appears under its name when it is whole. A recording that was cut off lacks only its end: what there is,
  is read, and its stop says so.
- Nothing in a file is executed, unpickled or used as a path. What is read is limited and checked; damage of any
  kind is a `TraceError`.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Any

import numpy as np

from allocator.errors import AllocatorError, TraceError
from allocator.machine.replay import LAST_STEPS
from allocator.machine.run import INTERRUPTED, Registers, Stop
from allocator.registers import FULL
from allocator.trace.archive_header import (
    beginning_object,
    end_object,
    place_objects,
    read_beginning,
    read_end,
    read_places,
)
from allocator.trace.archive_rows import Chunk, make_query, read_rows, split_columns
from allocator.trace.parquet import write_parquet
from allocator.trace.parquet_reader import ParquetReader, parquet_reader
from allocator.trace.saved_run import Beginning, End, SavedRun
from allocator.trace.schema import COLUMNS, LONG, Columns, Place
from allocator.trace.trace import Trace

FORMAT = "allocator.archive/1"
STEPS_A_PART = 1 << 20
MAX_STEPS = 1 << 29
"""The longest trace that is read: 24 bytes a step have to fit into memory."""
MAX_PARTS = 1 << 16
MAX_PLACES = 1 << 22
_PART = re.compile(r"part-([0-9]{5,})\.parquet")


def save_trace(trace: Trace, path: str | Path) -> None:
    """Save `trace` as one file, or as a folder of parts where it is long; raises TraceError when that fails."""
    beginning = Beginning.of(trace.run, trace.firmware_map)
    target = Path(path)
    if len(trace) > STEPS_A_PART:
        with TraceWriter(target, beginning) as writer:
            for columns in split_columns(trace.columns, STEPS_A_PART):
                writer.append(columns)
            writer.finish(End.of(trace.run))
        return
    _make_room(target, for_folder=False)
    header = _header(beginning_object(beginning), 0, 0, trace.columns.places, is_first=True)
    header["end"] = end_object(End.of(trace.run))
    _write(target, Chunk(0, trace.columns), beginning, header)


class TraceWriter:
    """Saves a trace while it is recorded: a folder that gets a file with each `append`.

    Closing it without `finish` leaves what was appended: a trace that was cut off.
    """

    def __init__(self, path: str | Path, beginning: Beginning) -> None:
        """Begin a trace at `path`; an older one there is removed. Raises TraceError."""
        self._folder = Path(path)
        self._beginning = beginning
        self._object = beginning_object(beginning)
        self._places = 0
        self._parts = 0
        self.steps = 0
        self._held: Columns | None = None
        _make_room(self._folder, for_folder=True)

    def append(self, columns: Columns) -> None:
        """Save the next steps; ``places`` are all places so far, the other indices begin anew with each call."""
        self._flush()
        self._held = columns

    def finish(self, end: End) -> None:
        """Save how the run ended; without this the trace reads as cut off."""
        self._flush(end_object(end))

    def _flush(self, end: dict[str, Any] | None = None) -> None:
        # The last part waits for the end, so that no file is written twice.
        columns = self._held or (_no_columns() if end and not self._parts else None)
        if columns is None:
            return
        new = columns.places[self._places :]
        header = _header(self._object, self._parts, self.steps, new, is_first=not self._parts)
        if end:
            header["end"] = end
        path = self._folder / f"part-{self._parts:05}.parquet"
        _write(path, Chunk(self.steps, columns), self._beginning, header)
        self._held = None
        self._parts += 1
        self._places += len(new)
        self.steps += len(columns.place)

    def __enter__(self) -> TraceWriter:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Keep what was appended, whatever happened."""
        if kind is None:
            self._flush()
            return
        with suppress(AllocatorError):  # the first failure is the one to report
            self._flush()


def _no_columns() -> Columns:
    return Columns(**{column.name: np.zeros(0, np.dtype(column.typecode)) for column in COLUMNS})  # type: ignore[arg-type]


def _header(
    beginning: dict[str, Any], part: int, first: int, places: Sequence[Place], *, is_first: bool
) -> dict[str, Any]:
    header: dict[str, Any] = {
        "format": FORMAT,
        "part": part,
        "first_step": first,
        "run": _digest(beginning),
        "places": place_objects(places),
    }
    if is_first:
        header["beginning"] = beginning
    return header


def _digest(beginning: object) -> str:
    return hashlib.sha256(json.dumps(beginning, sort_keys=True).encode()).hexdigest()


def _write(path: Path, chunk: Chunk, beginning: Beginning, header: dict[str, Any]) -> None:
    query, tables = make_query(chunk, beginning.image)
    write_parquet(path, query, tables, json.dumps(header))


def _make_room(path: Path, *, for_folder: bool) -> None:
    """Remove an older trace at `path`, and nothing else."""
    is_plain = not path.is_symlink() and (path.is_file() or not path.exists())
    if not is_plain and not path.is_dir():  # a device, or a link such as /dev/stdout, which would be gone
        raise TraceError(f"{path}: cannot write: a trace is saved in a file or a folder, and this is neither")
    try:
        if path.is_dir():
            if any(not _PART.fullmatch(each.name) for each in path.iterdir()):
                raise TraceError(f"{path}: cannot write: this folder holds other things than a saved trace")
            for each in path.iterdir():
                each.unlink()
            if not for_folder:
                path.rmdir()
        elif for_folder:
            path.unlink(missing_ok=True)
            path.mkdir()
    except OSError as error:
        raise TraceError(f"{path}: cannot write: {error.strerror or error}") from error


# Reading


def load_trace(path: str | Path) -> Trace:
    """Read a saved trace; raises TraceError for one that is missing, damaged, hostile or newer than this program."""
    loader = _Loader(Path(path))
    try:
        return loader.load()
    except TraceError as error:
        message = str(error)
        raise error if message.startswith(str(path)) else TraceError(f"{path}: {message}") from error


class _Loader:
    """Reads one part after the other."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._places: list[Place] = []
        self._chunks: list[Columns] = []
        self._beginning: Beginning | None = None
        self._end: End | None = None
        self._run = ""
        self._steps = 0

    def load(self) -> Trace:
        with parquet_reader() as reader:
            for number, path in enumerate(_parts(self._path)):
                if self._end is not None:
                    raise TraceError("there are parts behind the end")
                self._read_part(reader, number, path)
        if self._beginning is None:
            raise TraceError("its first part is missing")
        columns = _joined(self._chunks, self._places)
        last = tuple(self._places[number].address for number in columns.place[-LAST_STEPS:])
        end = self._end or _cut_off(self._beginning, columns)
        return Trace(SavedRun(self._beginning, end, self._steps, last), self._beginning.firmware_map, columns)

    def _read_part(self, reader: ParquetReader, number: int, path: Path) -> None:
        with reader.opened(path) as file:
            header = _parsed(file.metadata)
            try:
                self._read_header(number, header)
            except TraceError:
                raise
            except (KeyError, ValueError, TypeError, OverflowError, RecursionError, AllocatorError) as error:
                said = f"{error!s:.100} is missing" if isinstance(error, KeyError) else f"{error!s:.100}"
                raise TraceError(f"the file is damaged: what it says of its run makes no sense: {said}") from error
            if self._steps + file.rows > MAX_STEPS:
                raise TraceError(f"more than {MAX_STEPS:,} steps: too long to be read at once")
            chunk = read_rows(file, self._steps, self._places)
        self._steps += len(chunk.place)
        self._chunks.append(chunk)

    def _read_header(self, number: int, header: dict[str, Any]) -> None:
        if header["part"] != number or header["first_step"] != self._steps:
            raise TraceError(f"part {number} is missing, or not where it belongs")
        if number == 0:
            self._run = _digest(header["beginning"])
            self._beginning = read_beginning(header["beginning"])
        if header["run"] != self._run:
            raise TraceError(f"part {number} belongs to another run")
        self._places += read_places(header["places"])
        if len(self._places) > MAX_PLACES:
            raise TraceError(f"{len(self._places):,} places; at most {MAX_PLACES:,} are read")
        if "end" in header:
            self._end = read_end(header["end"])


def _parts(path: Path) -> list[Path]:
    if not path.is_dir():
        return [path]
    try:
        found = sorted(each for each in path.iterdir() if _PART.fullmatch(each.name))
    except OSError as error:
        raise TraceError(f"{path}: cannot read: {error.strerror or error}") from error
    if not found:
        raise TraceError(f"{path}: this folder is not a saved trace: it has no part-00000.parquet")
    if len(found) > MAX_PARTS:
        raise TraceError(f"{path}: {len(found):,} parts; at most {MAX_PARTS:,} are read")
    return found


def _parsed(metadata: str | None) -> dict[str, Any]:
    try:
        header = json.loads(metadata or "null")
    except (ValueError, RecursionError) as error:
        raise TraceError("the file is damaged: what it says of its run is not JSON") from error
    found = header.get("format") if isinstance(header, dict) else None
    if found == FORMAT:
        assert isinstance(header, dict)
        return header
    if isinstance(found, str) and found.startswith("allocator.archive/"):
        raise TraceError(f"this trace has the format {found[:40]!r}, which a newer version of allocator wrote")
    raise TraceError("this is a Parquet file, but not a saved trace")


def _joined(chunks: list[Columns], places: list[Place]) -> Columns:
    if len(chunks) == 1:
        return chunks[0]
    joined = chunks[0]
    for chunk in chunks[1:]:
        _extend(joined, chunk)
    return Columns(**{**vars(joined), "places": places})


def _extend(joined: Columns, chunk: Columns) -> None:
    steps, rows, long = len(joined.place), len(joined.address), len(joined.long)
    joined.repeats.update({step + steps: count for step, count in chunk.repeats.items()})
    joined.physical.update({row + rows: address for row, address in chunk.physical.items()})
    joined.makers.update({row + rows: maker for row, maker in chunk.makers.items()})
    joined.long.extend(chunk.long)
    for each in COLUMNS:
        values: Any = getattr(chunk, each.name)
        if each.name in ("before", "after") and long:
            shift = np.where(np.asarray(chunk.size) == LONG, np.uint64(long), np.uint64(0))
            np.asarray(values)[:] += shift
        column: Any = getattr(joined, each.name)
        column.extend(values)


def _cut_off(beginning: Beginning, columns: Columns) -> End:
    """Return the end of a recording that has none: the state after its last step."""
    words = [beginning.registers[name] for name in FULL]
    register = np.asarray(columns.register)
    for number in np.unique(register).tolist():
        words[number] = int(columns.value[int(np.nonzero(register == number)[0][-1])])
    place = columns.places[columns.place[-1]] if len(columns.place) else None
    address = place.address if place else beginning.entry
    words[FULL.index("rip")] = place.offset if place else address
    packed = b"".join(word.to_bytes(8, "little") for word in words)
    message = "the recording was cut off here: the saved trace has no end"
    return End(Registers(packed), Stop(INTERRUPTED, message, lambda: address), {}, {})
