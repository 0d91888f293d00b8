"""Keep the machine code of native hooks between processes, so that only the first one has to load Numba.

    load_functions("allocator.trace.native_hooks", ("on_step", ...))   ->   name to address
        |  kept      an object file beside the byte code: LLVM links it in a hundredth of a second
        |  not kept  Numba compiles the module, which takes seconds, and what it made is kept

- What is kept is for one processor, one version of everything that makes it, and one state of our own files: the
  key of all that is part of its name.
- It is linked by llvmlite, which Numba brings along. It is trusted as byte code is, and so it is run only where nobody
  else can have written it: it belongs to this user, to root, or to whom this file belongs. It is checked for damage.
- Where nothing can be written, Numba compiles anew in every process.
"""

from __future__ import annotations

import json
import os
import re
import stat
import sys
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from importlib import import_module
from importlib.machinery import PathFinder
from importlib.util import find_spec, module_from_spec
from itertools import accumulate
from pathlib import Path
from typing import Any

_PACKAGE = Path(__file__).resolve().parent.parent
_WRITABLE_BY_OTHERS = stat.S_IWGRP | stat.S_IWOTH
_FOLDERS = ("machine", "trace", "checks")
_IMPORT = re.compile(r"^from allocator\.([\w.]+) import", re.MULTILINE)
_MAX_KEPT_BYTES = 64 << 20
_HELPERS = (("_helperlib", "", "numba_"), ("_nrt_python", "core/runtime", "NRT_"))
"""Numba's own C functions, which the code calls where an exception leaves it: module, folder, prefix of their names."""
_loaded: dict[str, Mapping[str, int]] = {}
_linked: list[Any] = []  # what holds the code in memory


def load_functions(module: str, names: Iterable[str]) -> Mapping[str, int]:
    """Return the addresses of C functions that the `module`, named in full, defines by ``numba.cfunc``.

    Raises ImportError where Numba is missing, which has no wheel for some platforms.
    """
    if module not in _loaded:
        _loaded[module] = _load(module, tuple(names))
    return _loaded[module]


def is_kept(module: str) -> bool:
    """Tell whether code of a module is at hand; it may be of another version, which takes loading to find out."""
    return any(True for place in _places() for _ in place.glob(_file_name(module, "*")))


def _load(module: str, names: tuple[str, ...]) -> Mapping[str, int]:
    import llvmlite.binding as llvm

    key = _key(module, names, llvm)
    for place in _places():
        with suppress(OSError, ValueError, LookupError, TypeError, RuntimeError, AttributeError, ImportError):
            return _link(place / _file_name(module, key), llvm)
    functions = {name: getattr(import_module(module), name) for name in names}
    _keep(module, key, functions)
    return {name: int(function.address) for name, function in functions.items()}


def _key(module: str, names: tuple[str, ...], llvm: Any) -> str:  # noqa: ANN401 -- a module without types
    import llvmlite

    about = [module, names, sys.version, _numba_version(), llvmlite.__version__, llvm.get_host_cpu_name()]
    about += [str(llvm.get_host_cpu_features()), *(path.read_bytes() for path in _own_files())]
    return _digest(repr(about).encode())[:24]


def _numba_version() -> str:
    try:  # what has the version in it, since reading a package's metadata takes longer than linking the code
        return Path(_home_of_numba(), "_version.py").read_text(encoding="utf-8")
    except OSError:
        from importlib.metadata import version

        return version("numba")


def _home_of_numba() -> str:
    home = find_spec("numba")
    if home is None or not home.submodule_search_locations:
        raise ImportError("Numba is missing")
    return home.submodule_search_locations[0]


def _digest(data: bytes) -> str:
    from hashlib import sha256  # loads OpenSSL

    return sha256(data).hexdigest()


def _own_files() -> list[Path]:
    """Return the files with native code, and those that they import of ours: their constants are compiled in."""
    native = {path for folder in _FOLDERS for path in (_PACKAGE / folder).glob("native_*.py")}
    imported = {match for path in native for match in _IMPORT.findall(path.read_text(encoding="utf-8"))}
    return sorted(native | {_PACKAGE.joinpath(*name.split(".")).with_suffix(".py") for name in imported})


def _places() -> Iterator[Path]:
    """Yield where code may be kept: beside the byte code, or where users keep what can be made again."""
    yield _PACKAGE / "machine" / "__pycache__"
    with suppress(RuntimeError):  # a user without a home
        home = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
        if home.is_absolute():  # else it would be the code of whatever directory this is run in
            yield home / "allocator-sandbox"


def _file_name(module: str, key: str) -> str:
    return f"{module}.{key}.native"


def _link(path: Path, llvm: Any) -> Mapping[str, int]:  # noqa: ANN401
    symbols, objects = _read_kept(path)
    _supply_helpers(llvm)
    llvm.initialize_native_target()
    llvm.initialize_native_asmprinter()
    target = llvm.Target.from_default_triple().create_target_machine(jit=True)
    engine = llvm.create_mcjit_compiler(llvm.parse_assembly(""), target)
    for code in objects:
        engine.add_object_file(llvm.ObjectFileRef.from_data(code))
    engine.finalize_object()
    addresses = {name: int(engine.get_function_address(symbol)) for name, symbol in symbols.items()}
    if not all(addresses.values()):
        raise ValueError("a function is missing")
    _linked.append(engine)
    return addresses


def _read_kept(path: Path) -> tuple[dict[str, str], list[bytes]]:
    """Return what names of functions stand for, and the object files; raises one of many errors for what is no such."""
    with path.open("rb") as stream:
        _require_trust(os.fstat(stream.fileno()))
        head, _, code = stream.read(_MAX_KEPT_BYTES).partition(b"\n")
    header = json.loads(head)
    symbols, sizes = header["symbols"], header["sizes"]
    if header["digest"] != _digest_of(symbols, sizes, code):
        raise ValueError("damaged")
    ends = list(accumulate(sizes))
    return symbols, [code[end - size : end] for size, end in zip(sizes, ends, strict=True)]


def _require_trust(facts: os.stat_result) -> None:
    if os.name != "posix":
        return
    if facts.st_uid not in (os.geteuid(), 0, Path(__file__).stat().st_uid) or facts.st_mode & _WRITABLE_BY_OTHERS:
        raise ValueError("somebody else may have written this")


def _digest_of(symbols: Mapping[str, str], sizes: list[int], code: bytes) -> str:
    return _digest(json.dumps([symbols, sizes]).encode() + code)


def _supply_helpers(llvm: Any) -> None:  # noqa: ANN401
    # From the two extension modules alone: importing Numba is what is to be avoided.
    home = _home_of_numba()
    for name, folder, prefix in _HELPERS:
        spec = PathFinder.find_spec(name, [str(Path(home, folder))])
        if spec is None or spec.loader is None:
            raise ValueError(f"{name} is missing")
        extension = module_from_spec(spec)
        spec.loader.exec_module(extension)
        for helper, address in extension.c_helpers.items():
            llvm.add_symbol(prefix + helper, address)


def _keep(module: str, key: str, functions: Mapping[str, Any]) -> None:
    # The library of a function is Numba's own affair: where it looks otherwise, nothing is kept.
    try:
        objects = [function._library.serialize_using_object_code()[2][0] for function in functions.values()]
        symbols = {name: function._wrapper_name for name, function in functions.items()}
    except (AttributeError, RuntimeError, IndexError, TypeError):
        return
    sizes = [len(code) for code in objects]
    code = b"".join(objects)
    header = json.dumps({"symbols": symbols, "sizes": sizes, "digest": _digest_of(symbols, sizes, code)})
    for place in _places():
        with suppress(OSError):
            _write(place, module, key, header.encode() + b"\n" + code)
            return


def _write(place: Path, module: str, key: str, content: bytes) -> None:
    place.mkdir(parents=True, exist_ok=True)
    beside = place / f"{module}.{os.getpid()}.new"
    with beside.open("xb") as stream:  # never through a link that someone laid there
        stream.write(content)
    beside.chmod(0o644)
    beside.replace(place / _file_name(module, key))
    for old in place.glob(f"{module}.*.native"):
        if old.name != _file_name(module, key):
            old.unlink(missing_ok=True)
