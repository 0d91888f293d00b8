"""Assemble and run a notebook's cell: ``%load_ext allocator``, then ``%%asm``.

    %%asm                               assembles the cell: `image` is the program, its listing is shown
    %%asm mine                          the same, and the program is called `mine`
    %%asm --run                         calls the first routine of the cell: `machine` and `run`
    %%asm --run add_up rcx=3 rdi=5      calls that routine with these registers
    %%asm --trace add_up rcx=3          records every instruction: `trace` as well
    %%asm -s memory.asm --run mine      the shipped allocator stands before the cell, to be called from it

- Options are those of the command line (-m, --policy, --pages, --limit, -D, -I, --bits); -q shows nothing.
- What is wrong is said in one message, with the line and column in the cell, and no traceback of this package. The
  cell has failed then, so that running all cells stops there.
"""

from __future__ import annotations

import argparse
import shlex
import traceback
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Protocol

from allocator.cli.arguments import Parser
from allocator.cli.options import DEFAULT_LIMIT, definitions, make_machine, parse_registers
from allocator.errors import AllocatorError, AssemblyError, ContractBroken, InternalError, UsageError

if TYPE_CHECKING:
    from allocator.assembly.image import Image

CELL = "cell"
"""What the cell is called in messages."""


class Shell(Protocol):
    """What is needed of IPython's shell."""

    user_ns: dict[str, Any]

    def push(self, variables: dict[str, Any]) -> None:
        """Give the notebook these variables."""

    def register_magic_function(self, func: Callable[..., Any], magic_kind: str, magic_name: str) -> None:
        """Make a function a magic."""

    def set_custom_exc(self, exc_tuple: tuple[type[BaseException], ...], handler: Callable[..., Any]) -> None:
        """Let `handler` show these exceptions."""

    def _showtraceback(self, etype: type[BaseException], evalue: BaseException, stb: list[str]) -> None:
        """Show an error as lines; IPython itself shows a list so."""


def load(shell: Shell) -> None:
    """Give a notebook the magic ``%%asm``, and short messages for our errors."""

    def asm(line: str, cell: str) -> object:
        return run_cell(shell, line, cell)

    asm.__doc__ = __doc__
    shell.register_magic_function(asm, "cell", "asm")
    shell.set_custom_exc((AllocatorError, ContractBroken), show_error)


# -- errors --


def show_error(
    shell: Shell,
    _kind: type[BaseException],
    error: BaseException,
    trace: TracebackType,
    tb_offset: int | None = None,  # IPython names it
) -> list[str]:
    """Return what a notebook shows of an error of ours, and show it: the message, and the line of the cell."""
    if isinstance(error, InternalError):
        lines = traceback.format_exception(error)
    else:
        lines = [*str(error).split("\n"), *_line_of_cell(shell, error, trace)]
    shell._showtraceback(type(error), error, lines)
    return lines


def _line_of_cell(shell: Shell, error: BaseException, trace: TracebackType) -> list[str]:
    if isinstance(error, AssemblyError) and error.span:
        return []  # the message has the place
    frames = [frame for frame in traceback.walk_tb(trace) if frame[0].f_globals is shell.user_ns]
    line = frames[-1][1] if frames else 0
    return [f"in line {line} of the cell"] if line else []


# -- the magic --


def run_cell(shell: Shell, line: str, cell: str) -> object:
    """Assemble `cell`, run it where `line` says so, name what came of it, and return what is shown."""
    options = _parse(line)
    image = _assemble(options, cell)
    shell.push({options.name: image})
    shown: object = _listing(image)
    words = options.call if options.call is not None else options.trace
    if words is not None:
        results = _call(options, image, words)
        shell.push(results)
        shown = results["run" if options.trace is None else "trace"]
    return None if options.quiet else shown


def _parse(line: str) -> argparse.Namespace:
    try:
        return _parser().parse_args(shlex.split(line))
    except ValueError as error:  # of shlex: a quote without its end
        raise UsageError(f"%%asm {line}: {error}") from None


def _parser() -> Parser:
    from allocator.machine.page_map import POLICIES

    parser = Parser(prog="%%asm", add_help=False)
    parser.add_argument("name", nargs="?", type=_name, default="image")
    what = parser.add_mutually_exclusive_group()
    what.add_argument("--run", dest="call", nargs="*", metavar="ROUTINE REG=VALUE")
    what.add_argument("--trace", nargs="*", metavar="ROUTINE REG=VALUE")
    parser.add_argument("-s", "--source", action="append", default=[])
    parser.add_argument("-m", "--memory", default="64M")
    parser.add_argument("--policy", choices=POLICIES, default=POLICIES[0])
    parser.add_argument("--pages")
    parser.add_argument("--limit", type=int, default=DEFAULT_LIMIT)
    parser.add_argument("-q", "--quiet", action="store_true")
    parser.add_argument("-D", "--define", action="append", default=[])
    parser.add_argument("-I", "--include", action="append", default=[])
    parser.add_argument("--bits", type=int, choices=(16, 32, 64), default=64)
    return parser


def _name(text: str) -> str:
    if not text.isidentifier():
        raise argparse.ArgumentTypeError(f"'{text}' cannot be the name of a variable")
    return text


def _assemble(options: argparse.Namespace, cell: str) -> Image:
    from allocator.assembly.assembler import assemble

    return assemble(
        *[_find(name) for name in options.source],
        text=f"\n{cell}",  # the line with the magic is the first of the cell
        define=definitions(options.define),
        include=options.include,
        bits=options.bits,
        name=CELL,
    )


def _find(name: str) -> Path:
    """Return the file of that name, or else the source that comes with the package."""
    from allocator.assembly.assembler import shipped

    path = Path(name)
    return path if path.is_file() else shipped(name)


def _listing(image: Image) -> object:
    """Return the display of what came from the cell, without the files before it."""
    from allocator.notebook import Display
    from allocator.views.html import image_html

    own = tuple(line for line in image.lines if line.source.name == CELL)
    sources = tuple(source for source in image.sources if source.name == CELL)
    return Display(image_html(replace(image, lines=own, sources=sources)), repr(image))


def _call(options: argparse.Namespace, image: Image, words: Sequence[str]) -> dict[str, object]:
    from allocator.trace.recorder import record

    routine, *given = words or [_first_routine(image)]
    machine = make_machine(options, image)
    registers: dict[str, Any] = {**parse_registers(given, machine.symbols)}
    if options.trace is None:
        return {"machine": machine, "run": machine.call(routine, limit=options.limit, **registers)}
    trace = record(machine, routine, limit=options.limit, **registers)
    return {"machine": machine, "run": trace.run, "trace": trace}


def _first_routine(image: Image) -> str:
    for name, address in image.symbols.items():
        line = image.line_at(address)
        if name in image.labels and line and line.code and line.source.name == CELL:
            return name
    raise UsageError("the cell has no routine to run\nhint: begin it with a label, such as 'start:'")
