"""Write and read Parquet files: the one file that imports DuckDB.

DuckDB (MIT licence) is chosen for what its writer does with a trace: columns of numbers that grow by steps are
stored as differences (DELTA_BINARY_PACKED), so that plain values take less than a bit each. It is optional:
``pip install 'allocator-sandbox[trace]'``.

A file that is read is untrusted, and damaged ones have been seen to crash the library. So reading happens in a
process of its own, `serve`, which `parquet_reader` starts, asks and ends; it has a fixed amount of memory, writes
nothing to disk and loads no extensions. What is written is ours, and is written in place.

    asked on stdin, one JSON line each          answered on stdout
    ["open", path]                              {"metadata": ..., "rows": 54, "columns": {name: type}}
    ["fetch", {name: SQL expression}, source]   {"arrays": [[name, type, bytes, bytes of its mask], ...]}, the bytes
                                                {"error": ...}
"""

from __future__ import annotations

import contextlib
import json
import os
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from allocator.errors import TraceError

Array = npt.NDArray[Any]
Table = Mapping[str, Array]

METADATA_KEY = "allocator"
_MAX_ADDRESS_SPACE = 16 << 30
_SETTINGS: dict[str, str | bool | int | float | list[str]] = {
    "threads": 2,
    "memory_limit": "4GB",
    "temp_directory": "",
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
    # All values say what a column holds, not a sample: DuckDB 1 fails where that is empty and the rest is not.
    "pandas_analyze_sample": 1 << 30,
}
# V2 brings the difference encoding; a dictionary would be chosen before it and is larger for counters.
_OPTIONS = (
    "FORMAT parquet, COMPRESSION zstd, PARQUET_VERSION V2, DICTIONARY_SIZE_LIMIT 1000, ROW_GROUP_SIZE 1048576, "
    "USE_TMP_FILE false"
)


def write_parquet(path: Path, query: str, tables: Mapping[str, Table], metadata: str) -> None:
    """Write what `query` makes of `tables` to `path`, with `metadata` in it; raises TraceError, and leaves no half."""
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    options = f"{_OPTIONS}, KV_METADATA {{{METADATA_KEY}: {_quoted(metadata)}}}"
    with _database() as database:
        for name, table in tables.items():
            database.register(name, dict(table))
        try:
            part.open("xb").close()  # never through a link that someone laid there
            database.execute(f"COPY ({query}) TO {_quoted(str(part.absolute()))} ({options})")
            part.replace(path)
        except Exception as error:  # DuckDB's own errors, of which a full disk is one
            raise TraceError(f"{path}: cannot write: {_first_line(error)}") from error
        finally:
            with contextlib.suppress(OSError, ValueError):
                part.unlink(missing_ok=True)


# Reading, in the other process


def serve() -> None:
    """Answer what is asked on standard input until it ends."""
    _limit_memory()
    out = sys.stdout.buffer
    with _database() as database:
        reader = _Reader(database)
        for line in sys.stdin.buffer:
            try:
                answer, arrays = reader.answer(json.loads(line))
            except Exception as error:  # whatever the library makes of a damaged file
                answer, arrays = {"error": _first_line(error)}, []
            out.write(json.dumps(answer).encode() + b"\n")
            out.writelines(arrays)
            out.flush()


def _limit_memory() -> None:
    with contextlib.suppress(ImportError, ValueError, OSError):  # there is no such limit on Windows
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (_MAX_ADDRESS_SPACE, _MAX_ADDRESS_SPACE))


class _Reader:
    """One file after the other."""

    def __init__(self, database: Any) -> None:  # noqa: ANN401 -- DuckDB's types stay in this file
        self._database = database
        self._path = ""

    def answer(self, request: list[Any]) -> tuple[dict[str, Any], list[bytes]]:
        if request[0] == "open":
            self._path = _quoted(request[1])
            return self._open(), []
        return self._fetch(*request[1:])

    def _rows(self, query: str) -> list[tuple[Any, ...]]:
        rows: list[tuple[Any, ...]] = self._database.execute(query).fetchall()
        return rows

    def _open(self) -> dict[str, Any]:
        pairs = self._rows(f"SELECT key, value FROM parquet_kv_metadata({self._path})")
        found = [bytes(value) for key, value in pairs if bytes(key) == METADATA_KEY.encode()]
        # Which field names DuckDB quotes depends on the words of its SQL.
        described = self._rows(f"DESCRIBE SELECT * FROM read_parquet({self._path})")
        return {
            "metadata": found[0].decode("utf-8", "replace") if len(found) == 1 else None,
            "rows": int(self._rows(f"SELECT num_rows FROM parquet_file_metadata({self._path})")[0][0]),
            "columns": {row[0]: str(row[1]).replace('"', "") for row in described},
        }

    def _fetch(self, expressions: dict[str, str], source: str) -> tuple[dict[str, Any], list[bytes]]:
        chosen = ", ".join(f'{expression} AS "{name}"' for name, expression in expressions.items())
        table = source.format(file=f"read_parquet({self._path})")
        found = self._database.execute(f"SELECT {chosen} FROM {table}").fetchnumpy()
        packed = [(name, *_packed(values)) for name, values in found.items()]
        lengths = [[name, kind, len(data), len(mask)] for name, kind, data, mask in packed]
        return {"arrays": lengths}, [part for _, _, data, mask in packed for part in (data, mask)]


def _packed(values: Array) -> tuple[str, bytes, bytes]:
    """Return the type, the bytes and the mask (empty where nothing is null) of a column; text travels as JSON."""
    mask = np.ma.getmaskarray(values).tobytes() if np.ma.is_masked(values) else b""
    data = np.ma.getdata(values)
    if data.dtype == object:
        texts = [each if isinstance(each, str) else None for each in data.tolist()]
        return "text", json.dumps(texts).encode(), mask
    return data.dtype.str, data.tobytes(), mask


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


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def _first_line(error: BaseException) -> str:
    return (getattr(error, "strerror", None) or str(error) or type(error).__name__).split("\n")[0][:200]
