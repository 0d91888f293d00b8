"""Understand questions about a trace, and answer them.

    why rax at end                     where a value came from
    why page_map[31] at 41 with control
    forward 14                         what the values of a step reached
    who set rbx at 30                  the last step before a moment that wrote a register or flag
    last write 0x12001f before 57      first read os_MemoryMap+3 after 10
    writes page_map[31]                reads os_MemAmount            accesses 0x120000..0x12000f
    state at 12                        memory page_map[0..31] at end
    visits os_mem_allocate.next
    translate ds:0x1234 at 903         where an address led
    gdt at protected_start             the tables of the processor: also ldt, idt, task, pages, registers

A moment is a step's number (before that step), ``start``, ``end``, or a label, with ``visit N`` for another visit
than the first. `ranges.py` says how memory is named: by linear addresses, as they are mapped at the moment; what is
found touched these bytes, by whatever address (`frames.py`). A question that makes no sense is an error with a caret.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple, TypeAlias, TypeVar

from allocator.addresses import Range
from allocator.errors import TraceError, UsageError
from allocator.machine.run import Registers
from allocator.registers import REGISTERS
from allocator.source import printable
from allocator.trace.ranges import find_address, parse_range
from allocator.units import parse_number

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    from allocator.machine.translation import Translation
    from allocator.trace.accesses import Accesses
    from allocator.trace.forward import Forward
    from allocator.trace.past_processor import PastProcessor
    from allocator.trace.step import Step
    from allocator.trace.trace import Trace
    from allocator.trace.why import Why

LONGEST = 500
_Value = TypeVar("_Value")


class Memory(NamedTuple):
    """The bytes of a range at a moment, None for what nothing tells."""

    where: Range
    values: tuple[int | None, ...]


class Part(NamedTuple):
    """A part of the processor at a moment; `views.processor` has the names."""

    name: str
    processor: PastProcessor


Value: TypeAlias = (
    "Why | Forward | Step | Accesses | Registers | Memory | Translation | Part | npt.NDArray[np.int64] | None"
)
"""What an answer can be."""


@dataclass(frozen=True)
class Answer:
    """The answer to `question`; what `value` is depends on what was asked.

    ``why`` a `Why`, ``forward`` a `Forward`, ``who set``, ``last`` and ``first`` a `Step` or None; ``reads``,
    ``writes`` and ``accesses`` an `Accesses`; ``state`` `Registers`, ``memory`` a `Memory`, ``visits`` numbers,
    ``translate`` a `Translation`, the others a `Part`.
    """

    trace: Trace
    question: str
    value: Value


class Form(NamedTuple):
    """A kind of question: how it is written, what matches it, and what answers it."""

    shown: str
    pattern: re.Pattern[str]
    answer: Callable[[_Asked], Value]


def ask(trace: Trace, question: str) -> Answer:
    """Answer a question; raises UsageError with a caret where it makes no sense."""
    if len(question) > LONGEST:
        raise UsageError(f"the question is longer than {LONGEST} characters")
    text = " ".join(question.split())
    for form in FORMS:
        match = form.pattern.fullmatch(text)
        if match:
            return Answer(trace, text, form.answer(_Asked(trace, text, match)))
    raise _misunderstood(text)


class _Asked:
    """A question that has a form, and its parts."""

    def __init__(self, trace: Trace, text: str, match: re.Match[str]) -> None:
        self.trace = trace
        self._text = text
        self._match = match

    def has(self, part: str) -> bool:
        """Tell whether an optional part is there."""
        return self._match[part] is not None

    def word(self, part: str) -> str:
        """Return a part in lower case."""
        return str(self._match[part]).lower()

    def what(self) -> str:
        """Return the register, the flag, or the place in memory that is asked about."""
        name = self._match["what"]
        if name.lower() in REGISTERS:
            return self.register()
        self.where("what")
        return str(name)

    def register(self) -> str:
        """Return the register or flag."""
        from allocator.trace.target import register_name

        return self.checked("what", register_name)

    def where(self, part: str = "where") -> Range:
        """Return the bytes of memory."""
        return self.checked(part, self._find_range)

    def _find_range(self, text: str) -> Range:
        try:
            return parse_range(self.trace.image, text)
        except UsageError as error:
            near = difflib.get_close_matches(text.lower(), REGISTERS, 1, 0.6) if text.isalnum() else []
            hint = f"; or the register '{near[0]}'?" if near else ""
            raise UsageError(f"{error}{hint}") from None

    def moment(self, part: str = "when") -> int:
        """Return the moment; the end where none is given."""
        return self.checked(part, self._find_moment) if self.has(part) else len(self.trace)

    def moment_or_end(self, part: str = "when") -> int:
        """Return the moment; the end also for the number of a step that the run did not reach."""
        number = re.fullmatch(r"(?:step )?(\d{1,18})", self._match[part] or "", re.IGNORECASE)
        return len(self.trace) if number and int(number[1]) > len(self.trace) else self.moment(part)

    def step(self, part: str) -> int:
        """Return the number of a step that exists."""
        moment = self.moment(part)
        if moment >= len(self.trace):
            raise self._wrong(part, f"the trace has {len(self.trace):,} steps, counted from 0")
        return moment

    def _find_moment(self, text: str) -> int:
        return parse_moment(self.trace, text)

    def label(self) -> str:
        """Return a label of the program."""
        self.checked("label", lambda text: find_address(self.trace.image, text))
        return str(self._match["label"])

    def checked(self, part: str, find: Callable[[str], _Value]) -> _Value:
        """Return what `find` makes of a part; what is wrong with it is an error with a caret."""
        try:
            return find(self._match[part])
        except (UsageError, TraceError) as error:
            raise self._wrong(part, str(error)) from None

    def _wrong(self, part: str, message: str) -> UsageError:
        return _with_caret(self._text, message, *self._match.span(part))


def parse_moment(trace: Trace, text: str) -> int:
    """Return the moment that a text names: ``41``, ``start``, ``end``, a label; UsageError or TraceError."""
    number = re.fullmatch(r"(?:step )?(\d{1,18})", text, re.IGNORECASE)
    if number:
        return trace.moment(int(number[1]))
    if text.lower() in ("start", "end", "the start", "the end"):
        return trace.moment(text.lower().split()[-1])
    visit = re.fullmatch(r"(\S+) visit (\d{1,18})", text, re.IGNORECASE)
    return trace.at(visit[1], int(visit[2])).index if visit else trace.at(text).index


def _why(asked: _Asked) -> Why:
    return asked.trace.why(asked.what(), asked.moment(), control=asked.has("control"))


def _forward(asked: _Asked) -> Forward:
    return asked.trace.forward(asked.step("step"))


def _who_set(asked: _Asked) -> Step | None:
    return asked.trace.who_set(asked.register(), asked.moment_or_end())


def _last(asked: _Asked) -> Step | None:
    find = asked.trace.last_write if asked.word("kind") == "write" else asked.trace.last_read
    return find(asked.where(), asked.moment_or_end())


def _first(asked: _Asked) -> Step | None:
    find = asked.trace.first_write if asked.word("kind") == "write" else asked.trace.first_read
    return find(asked.where(), asked.moment_or_end()) if asked.has("when") else find(asked.where())


def _accesses(asked: _Asked) -> Accesses:
    kind = asked.word("kind")
    find = {"reads": asked.trace.reads, "writes": asked.trace.writes, "accesses": asked.trace.accesses}[kind]
    return find(asked.where())


def _state(asked: _Asked) -> Registers:
    return asked.trace.registers_at(asked.moment())


def _memory(asked: _Asked) -> Memory:
    where, moment = asked.where(), asked.moment()
    try:
        return Memory(where, asked.trace.memory_at(moment, where))
    except UsageError as error:
        raise asked._wrong("where", str(error)) from None


def _visits(asked: _Asked) -> npt.NDArray[np.int64]:
    return asked.trace.visits(asked.label())


def _translate(asked: _Asked) -> Translation:
    processor = asked.trace.processor_at(asked.moment())
    symbols = asked.trace.image.symbols
    return asked.checked("address", lambda text: processor.translate(symbols.get(text) or parse_address(text)))


def parse_address(text: str) -> int | str:
    """Return the address that a text names, as ``translate`` takes it: a number, or ``ds:0x1234``; raises UsageError.

    It stays a text where it has a selector; whether that makes sense is seen when it is translated.
    """
    return text if ":" in text else parse_number(text)


def _part(asked: _Asked) -> Part:
    return Part(asked.word("name"), asked.trace.processor_at(asked.moment()))


def _form(shown: str, pattern: str, answer: Callable[[_Asked], Value]) -> Form:
    return Form(shown, re.compile(pattern, re.IGNORECASE), answer)


FORMS = (
    _form("why WHAT [at WHEN] [with control]",
          r"why (?P<what>.+?)(?: at (?P<when>.+?))?(?P<control> with control)?", _why),
    _form("forward STEP", r"forward(?: from)? (?P<step>.+)", _forward),
    _form("who set REGISTER [at WHEN]", r"who set (?P<what>\S+)(?: (?:at|before) (?P<when>.+))?", _who_set),
    _form("last write|read WHERE [before WHEN]",
          r"last (?P<kind>write|read)(?: of)? (?P<where>.+?)(?: before (?P<when>.+))?", _last),
    _form("first write|read WHERE [after WHEN]",
          r"first (?P<kind>write|read)(?: of)? (?P<where>.+?)(?: after (?P<when>.+))?", _first),
    _form("writes|reads|accesses WHERE", r"(?P<kind>writes|reads|accesses)(?: of)? (?P<where>.+)", _accesses),
    _form("state [at WHEN]", r"state(?: at (?P<when>.+))?", _state),
    _form("memory WHERE [at WHEN]", r"memory (?P<where>.+?)(?: at (?P<when>.+))?", _memory),
    _form("visits LABEL", r"visits(?: of)? (?P<label>\S+)", _visits),
    _form("translate ADDRESS [at WHEN]", r"translate (?P<address>\S+)(?: at (?P<when>.+))?", _translate),
    _form("gdt|ldt|idt|task|pages|paging|registers [at WHEN]",
          r"(?P<name>gdt|ldt|idt|task|pages|paging|registers)(?: at (?P<when>.+))?", _part),
)  # fmt: skip

_EXAMPLES = """\
WHAT is a register, a flag, or WHERE; WHERE is 0x12001f, os_MemoryMap+31, page_map[31] or page_map[0..31];
WHEN is a step's number, start, end, or a label such as os_mem_allocate.mark visit 2;
ADDRESS is 0xC0004000, ds:0x1234, 8:0x1234 or a label"""


def _misunderstood(text: str) -> UsageError:
    verb = text.partition(" ")[0]
    verbs = {word for form in FORMS for word in form.shown.partition(" ")[0].split("|")}
    if verb.lower() in verbs:
        return _with_caret(text, f"'{verb}' is asked differently", 0, len(text))
    near = difflib.get_close_matches(verb.lower(), sorted(verbs), 1)
    hint = f"; did you mean '{near[0]}'?" if near else ""
    return _with_caret(text, f"no question begins with '{printable(verb[:40])}'{hint}", 0, max(1, len(verb)))


def _with_caret(text: str, message: str, begin: int, end: int) -> UsageError:
    forms = "\n".join(f"    {form.shown}" for form in FORMS)
    caret = " " * begin + "^" * max(1, end - begin)
    return UsageError(f"{printable(message)}\n    {printable(text)}\n    {caret}\nquestions are:\n{forms}\n{_EXAMPLES}")
