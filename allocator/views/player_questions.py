"""Answer what the player asks while a kernel is there: windows, who wrote something, the next time somewhere.

    {"ask": "window", "step": 5000}                        a window (player_data.py)
    {"ask": "who", "what": "rax", "before": 5000}          {"step": 4711} or {"step": null}
    {"ask": "visit", "where": "os_mem_allocate.next", "after": 5000, "back": false}

What a question cannot mean is answered by ``{"error": "one sentence"}``. A question is untrusted like a command line:
it comes from a page.
"""

from __future__ import annotations

import re
from typing import Any

from allocator.errors import AllocatorError, UsageError
from allocator.registers import REGISTERS
from allocator.views.player_data import Plain, PlayerData

_LONGEST = 200
_PAGE = re.compile(r"page\s+(\d{1,6})", re.IGNORECASE)


def answer(data: PlayerData, question: object) -> Plain:
    """Return the answer to one question; never raises for what a question can hold."""
    try:
        if not isinstance(question, dict):
            raise UsageError("a question is an object")
        asked = str(question.get("ask"))
        if asked not in _QUESTIONS:
            raise UsageError("the player asks for window, who or visit")
        return _QUESTIONS[asked](data, question)
    except AllocatorError as error:
        return {"error": str(error).split("\n")[0][:_LONGEST]}


def _window(data: PlayerData, question: Plain) -> Plain:
    return data.window(_moment(data, question, "step"))


def _who(data: PlayerData, question: Plain) -> Plain:
    what, before = _words(question, "what"), _moment(data, question, "before")
    trace = data.trace
    if what.lower() in REGISTERS:
        step = trace.who_set(what.lower(), before)
    else:
        step = trace.last_write(_PAGE.sub(r"page_map[\1]", what), before)
    return {"step": None if step is None else step.index}


def _visit(data: PlayerData, question: Plain) -> Plain:
    where, after = _words(question, "where"), _moment(data, question, "after")
    place = int(where, 16) if re.fullmatch(r"0x[0-9a-f]{1,16}", where) else where
    trace = data.trace
    find = trace.previous_visit if question.get("back") is True else trace.next_visit
    step = find(place, after)
    return {"step": None if step is None else step.index}


_QUESTIONS = {"window": _window, "who": _who, "visit": _visit}


def _moment(data: PlayerData, question: Plain, name: str) -> int:
    value: Any = question.get(name)
    if type(value) is not int or not 0 <= value <= len(data.trace):
        raise UsageError(f"there is no such step: the trace has {len(data.trace):,} steps, counted from 0")
    return value


def _words(question: Plain, name: str) -> str:
    value = question.get(name)
    if not isinstance(value, str) or not 0 < len(value) <= _LONGEST:
        raise UsageError("name a register, a flag, an address, a symbol, or a page as 'page 31'")
    return value.strip()
