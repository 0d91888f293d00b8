"""Read Parquet files that may be hostile, through a process of its own (`parquet.serve`).

Whatever happens there, here it is one `TraceError`: a crash, an answer that takes too long, too much memory. What is
answered is only numbers and text; nothing is unpickled.
"""

from __future__ import annotations

import contextlib
import importlib.util
import json
import os
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np
import numpy.typing as npt

from allocator.errors import TraceError

Array = npt.NDArray[Any]

MAX_METADATA_BYTES = 64 << 20
"""The most that may describe a file: sources and image of a large program take a few."""
ANSWER_SECONDS = 120.0
_MAX_ANSWER_BYTES = 4 << 30
_MAGIC = b"PAR1"
_GLOB_CHARACTERS = frozenset("*?[]{}")
_PROGRAM = "import sys; sys.path[:] = sys.argv[1:]; from allocator.trace.parquet import serve; serve()"
_NUMBER_TYPES = ("|u1", "|b1", "<u2", "<u4", "<u8", "<i4", "<i8")
_INSTALL = "saved traces need DuckDB\nhint: pip install 'allocator-sandbox[trace]', or use --format jsonl"


class ParquetReader:
    """Reads one file after the other: `metadata`, number of `rows`, types of `columns` are those of the open one."""

    def __init__(self) -> None:
        """Start the process; raises TraceError where DuckDB is not installed."""
        if not _is_installed():
            raise TraceError(_INSTALL)
        self._process = _start()
        self._path = Path()
        self.metadata: str | None = None
        self.rows = 0
        self.columns: dict[str, str] = {}

    @contextlib.contextmanager
    def opened(self, path: Path) -> Iterator[ParquetReader]:
        """Look into `path`; raises TraceError for a file that is missing, cut off or no Parquet file."""
        self._path = path
        _check_ends(path)
        with _unmistakable(path.absolute()) as plain:
            answer = self._ask(["open", str(plain)])
            self.metadata, self.rows, self.columns = answer["metadata"], answer["rows"], answer["columns"]
            yield self

    def fetch(self, expressions: Mapping[str, str], source: str = "{file}") -> dict[str, Array]:
        """Return the values of SQL `expressions` over `source`, row by row; columns with nulls are masked arrays."""
        answer = self._ask(["fetch", dict(expressions), source])
        if sum(data + mask for _, _, data, mask in answer["arrays"]) > _MAX_ANSWER_BYTES:
            raise self._lost("it holds too much")
        return {name: self._array(kind, data, mask) for name, kind, data, mask in answer["arrays"]}

    def present(self, columns: list[str]) -> list[str]:
        """Return those of `columns` that hold a value somewhere."""
        counts = self.fetch({name: f'count("{name}")' for name in columns})
        return [name for name in columns if counts[name][0]]

    def close(self) -> None:
        """End the process."""
        self._process.kill()
        self._process.communicate()

    def _ask(self, request: list[Any]) -> Any:  # noqa: ANN401 -- JSON
        watch = threading.Timer(ANSWER_SECONDS, self._process.kill)
        watch.start()
        try:
            self._stdin.write(json.dumps(request).encode() + b"\n")
            self._stdin.flush()
            line = self._stdout.readline()
        except OSError:
            line = b""
        finally:
            watch.cancel()
        if not line.endswith(b"\n"):
            raise self._lost("reading it crashed the library that reads it, or took too long")
        answer = json.loads(line)
        if "error" in answer:
            raise self._lost(answer["error"])
        return answer

    def _array(self, kind: str, size: int, mask_size: int) -> Array:
        data, mask = self._stdout.read(size), self._stdout.read(mask_size)
        if len(data) < size or len(mask) < mask_size or kind not in (*_NUMBER_TYPES, "text"):
            raise self._lost("it holds what no trace holds")
        values = _texts(json.loads(data)) if kind == "text" else np.frombuffer(data, dtype=kind)
        return np.ma.MaskedArray(values, np.frombuffer(mask, dtype=bool)) if mask else values

    def _lost(self, said: str) -> TraceError:
        return TraceError(f"{self._path}: cannot read: the file is damaged: {said}")

    @property
    def _stdin(self) -> BinaryIO:
        assert self._process.stdin is not None
        return self._process.stdin  # type: ignore[return-value]  # a pipe opened for bytes

    @property
    def _stdout(self) -> BinaryIO:
        assert self._process.stdout is not None
        return self._process.stdout  # type: ignore[return-value]  # likewise


@contextlib.contextmanager
def parquet_reader() -> Iterator[ParquetReader]:
    """Give a reader for as long as this is open."""
    reader = ParquetReader()
    try:
        yield reader
    finally:
        reader.close()


def masked(values: Array, count: int) -> tuple[Array, Array]:
    """Return values and presence of a column that `fetch` returned, `count` rows long."""
    if isinstance(values, np.ma.MaskedArray):
        return np.asarray(values.data), ~np.ma.getmaskarray(values)
    return values, np.ones(count, dtype=bool)


def _is_installed() -> bool:
    try:
        return importlib.util.find_spec("duckdb") is not None
    except ValueError:
        return False


def _start() -> subprocess.Popen[bytes]:
    # Without site and environment it starts faster; this process's path is handed over instead.
    path = [str(Path(entry).resolve()) if entry else str(Path.cwd()) for entry in sys.path]
    options: dict[str, Any] = {"start_new_session": True}  # Ctrl-C is for this process
    if sys.platform == "win32":
        options = {"creationflags": subprocess.CREATE_NEW_PROCESS_GROUP | subprocess.CREATE_NO_WINDOW}
    command = [sys.executable, "-I", "-S", "-c", _PROGRAM, *path]
    try:
        return subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, **options
        )
    except OSError as error:
        raise TraceError(f"a saved trace is read by a process of its own, which cannot be started: {error}") from error


def _texts(values: list[Any]) -> Array:
    table = np.empty(len(values), dtype=object)
    table[:] = values
    return table


def _check_ends(path: Path) -> None:
    # A Parquet file ends with the size of what describes it, which a hostile file may set to anything.
    try:
        if path.exists() and not path.is_file():  # opening a pipe would wait for its writer
            raise TraceError(f"{path}: this is not a saved trace")
        with path.open("rb") as stream:
            head = stream.read(4)
            size = stream.seek(0, os.SEEK_END)
            stream.seek(max(0, size - 8))
            tail = stream.read(8)
    except (OSError, ValueError) as error:
        raise TraceError(f"{path}: cannot read: {getattr(error, 'strerror', None) or error}") from error
    if head != _MAGIC or size < 12:
        raise TraceError(f"{path}: this is not a saved trace")
    if tail[4:] != _MAGIC:
        raise TraceError(f"{path}: the file is cut off or damaged: its end is missing")
    described = int.from_bytes(tail[:4], "little")
    if described > min(size - 12, MAX_METADATA_BYTES):
        raise TraceError(f"{path}: the file is damaged: its description would take {described:,} bytes")


@contextlib.contextmanager
def _unmistakable(path: Path) -> Iterator[Path]:
    """Yield a name of the file that DuckDB takes for one file, and not for a pattern."""
    if not _GLOB_CHARACTERS & set(str(path)):
        yield path
        return
    with tempfile.TemporaryDirectory(prefix="allocator-") as folder:
        link = Path(folder) / "part.parquet"
        link.symlink_to(path)
        yield link
