"""Write and read Parquet files: the one file that imports DuckDB.

DuckDB (MIT licence) is chosen for what its writer does with a trace: columns of numbers that grow by steps are
stored as differences (DELTA_BINARY_PACKED), so that plain values take less than a bit each. It is optional:
``pip install 'allocator-sandbox[trace]'``.

A file that is read is untrusted: the library is confined to a fixed amount of memory, writes nothing to disk,
loads no extensions, and each of its errors becomes one `TraceError`.
"""

from __future__ import annotations

import contextlib
import os
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from allocator.errors import AllocatorError, TraceError

Array = npt.NDArray[Any]
Table = Mapping[str, Array]

MAX_METADATA_BYTES = 64 << 20
"""The most that may describe a file: sources and image of a large program take a few."""
METADATA_KEY = "allocator"
_MAGIC = b"PAR1"
_SETTINGS: dict[str, str | bool | int | float | list[str]] = {
    "threads": 2,
    "memory_limit": "4GB",
    "temp_directory": "",
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
}
# V2 brings the difference encoding; a dictionary would be chosen before it and is larger for counters.
_OPTIONS = "FORMAT parquet, COMPRESSION zstd, PARQUET_VERSION V2, DICTIONARY_SIZE_LIMIT 1000, ROW_GROUP_SIZE 1048576"
_GLOB_CHARACTERS = frozenset("*?[]{}")


def write_parquet(path: Path, query: str, tables: Mapping[str, Table], metadata: str) -> None:
    """Write what `query` makes of `tables` to `path`, with `metadata` in it; raises TraceError, and leaves no half."""
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    with _translated(path, "write"), _database() as database:
        for name, table in tables.items():
            database.register(name, dict(table))
        options = f"{_OPTIONS}, KV_METADATA {{{METADATA_KEY}: {_quoted(metadata)}}}"
        try:
            database.execute(f"COPY ({query}) TO {_quoted(str(part.absolute()))} ({options})")
            part.replace(path)
        except BaseException:
            part.unlink(missing_ok=True)
            raise


class ParquetFile:
    """One file, open for reading: `metadata`, the number of its `rows`, the types of its `columns`."""

    def __init__(self, path: Path, database: Any) -> None:  # noqa: ANN401 -- DuckDB stays in this file
        self._path = path
        self._database = database
        self._source = f"read_parquet({_quoted(str(path))})"
        with _translated(path, "read"):
            self.metadata = self._find_metadata()
            self.rows = int(self._one(f"SELECT num_rows FROM parquet_file_metadata({_quoted(str(path))})")[0][0])
            described = self._one(f"DESCRIBE SELECT * FROM {self._source}")
            # Which field names it quotes depends on the words of its SQL.
            self.columns = {row[0]: str(row[1]).replace('"', "") for row in described}

    def _one(self, query: str) -> list[tuple[Any, ...]]:
        rows: list[tuple[Any, ...]] = self._database.execute(query).fetchall()
        return rows

    def _find_metadata(self) -> str:
        query = f"SELECT key, value FROM parquet_kv_metadata({_quoted(str(self._path))})"
        found = [value for key, value in self._one(query) if bytes(key) == METADATA_KEY.encode()]
        if len(found) != 1:
            raise TraceError(f"{self._path}: this is a Parquet file, but not a saved trace")
        return bytes(found[0]).decode("utf-8", "replace")

    def fetch(self, expressions: Mapping[str, str], source: str = "{file}") -> dict[str, Array]:
        """Return the values of SQL `expressions` over `source`, row by row; columns with nulls are masked arrays."""
        chosen = ", ".join(f'{expression} AS "{name}"' for name, expression in expressions.items())
        with _translated(self._path, "read"):
            found: dict[str, Array] = self._database.execute(
                f"SELECT {chosen} FROM {source.format(file=self._source)}"
            ).fetchnumpy()
        return found

    def present(self, columns: list[str]) -> list[str]:
        """Return those of `columns` that hold a value somewhere."""
        counts = self.fetch({name: f'count("{name}")' for name in columns})
        return [name for name in columns if counts[name][0]]


@contextlib.contextmanager
def open_parquet(path: Path) -> Iterator[ParquetFile]:
    """Open a file for reading; raises TraceError for one that is missing, cut off or no Parquet file."""
    _check_ends(path)
    with _unmistakable(path.absolute()) as plain, _database() as database:
        yield ParquetFile(plain, database)


def _check_ends(path: Path) -> None:
    # A Parquet file ends with the size of what describes it, which a hostile file may set to anything.
    try:
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


@contextlib.contextmanager
def _database() -> Iterator[Any]:
    try:
        import duckdb
    except ImportError as error:
        raise TraceError(
            "saved traces need DuckDB\nhint: pip install 'allocator-sandbox[trace]', or use --format jsonl"
        ) from error
    database = duckdb.connect(":memory:", config=_SETTINGS)
    try:
        yield database
    finally:
        database.close()


@contextlib.contextmanager
def _translated(path: Path, doing: str) -> Iterator[None]:
    try:
        yield
    except (AllocatorError, KeyboardInterrupt):
        raise
    except Exception as error:  # DuckDB's own errors, and whatever it turns damage into
        said = (getattr(error, "strerror", None) or str(error) or type(error).__name__).split("\n")[0]
        hint = "" if doing == "write" else "the file is damaged: "
        raise TraceError(f"{path}: cannot {doing}: {hint}{said[:200]}") from error


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def masked(values: Array, count: int) -> tuple[Array, Array]:
    """Return values and presence of a column that `fetch` returned, `count` rows long."""
    if isinstance(values, np.ma.MaskedArray):
        return np.asarray(values.data), ~np.ma.getmaskarray(values)
    return values, np.ones(count, dtype=bool)
