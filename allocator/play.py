"""Walk through a trace in a terminal: the player of the notebooks, with the same keys, on Textual.

    +--------------------------------------+----------------------+
    | steps around this moment             | registers and flags  |
    |                                      |                      |
    +--------------------------------------+----------------------+
    | source                               | memory               |
    +--------------------------------------+                      |
    | page map                             |                      |
    +--------------------------------------+----------------------+

In a small terminal the source is left out, and memory stands in the place of the registers when Tab asks for it.

The one place that imports Textual. What stands in the panes is laid out by ``views/play_panes.py``; only what can be
seen is, so that a trace of a million steps is as quick as one of fifty.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import ClassVar

from rich.text import Text
from textual.app import App, ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.suggester import SuggestFromList
from textual.widgets import Footer, Input, Static

from allocator.errors import AllocatorError
from allocator.source import printable
from allocator.trace.trace import Step, Trace
from allocator.units import parse_number
from allocator.views.ink import Piece
from allocator.views.play_panes import REGISTERS, ROW_BYTES, Panes, said_of

_MOST_LABELS = 2000
_NARROW, _SHORT = 110, 34
"""Columns and rows below which a terminal has no room for everything."""
_STYLES = {
    "heading": "bold",
    "step": "dim",
    "address": "dim",
    "instruction": "bold",
    "register": "cyan",
    "flag": "magenta",
    "read": "green",
    "write": "bright_yellow",
    "flow": "dim",
    "comment": "green",
    "error": "bold red",
    "good": "green",
    "mark": "bold yellow",
}
_ASKED = {"g": "go to step", "l": "run to label", "m": "show memory at"}


class Player(App[None]):
    """The player of one trace."""

    CSS = """
    #left { width: 3fr; } #right { width: 63; }
    #title { height: 1; background: $primary; color: $text; }
    #said { height: 1; color: $text; }
    #steps { height: 3fr; border: round $primary; } #source { height: 2fr; border: round $primary; }
    #registers { height: 21; border: round $primary; } #pages { height: auto; border: round $primary; }
    #memory { height: 1fr; border: round $primary; }
    .narrow #right { width: 30; } .short #source { display: none; }
    .small #memory { display: none; }
    .small.in-memory #registers { display: none; } .small.in-memory #memory { display: block; }
    .narrow.in-memory #right { width: 63; }
    #ask { display: none; dock: bottom; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("right,n", "by(1)", "next"),
        Binding("left,p", "by(-1)", "back"),
        Binding("N", "by(10)", "ten on", show=False),
        Binding("P", "by(-10)", "ten back", show=False),
        Binding("home", "go(0)", "start"),
        Binding("end", "end", "end"),
        Binding("g", "ask('g')", "go to step"),
        Binding("l", "ask('l')", "run to label"),
        Binding("up", "select(-1)", "select", show=False),
        Binding("down", "select(1)", "select", show=False),
        Binding("tab", "other", "registers/memory", priority=True),
        Binding("comma", "select_byte(-1)", "byte before", show=False),
        Binding("full_stop", "select_byte(1)", "next byte", show=False),
        Binding("m", "ask('m')", "memory"),
        Binding("w", "who", "who wrote it"),
        Binding("b", "come_back", "back from jump"),
        Binding("escape", "close", "close", show=False),
        Binding("q", "quit", "quit"),
    ]
    ENABLE_COMMAND_PALETTE = False
    AUTO_FOCUS = None

    def __init__(self, trace: Trace) -> None:
        super().__init__()
        self.trace = trace
        self.moment = 0
        self.register = REGISTERS[0]
        self.byte: int | None = None
        self.is_in_memory = False
        self.message = "arrows step, Up and Down select a register, w says who wrote it"
        self._panes = Panes(trace)
        self._jumps: list[int] = []
        self._asked = ""

    def compose(self) -> ComposeResult:
        """Lay the screen out."""
        yield Static(id="title")
        with Horizontal():
            with Vertical(id="left"):
                yield Static(id="steps")
                yield Static(id="source")
                yield Static(id="pages")
            with Vertical(id="right"):
                yield Static(id="registers")
                yield Static(id="memory")
        yield Static(id="said")
        yield Input(id="ask")
        yield Footer()

    def on_mount(self) -> None:
        """Name the panes, and show the first moment."""
        for name in ("steps", "source", "registers", "memory"):
            self.query_one(f"#{name}", Static).border_title = name
        self.query_one("#pages", Static).border_title = "page map"
        self.call_after_refresh(self.refresh_panes)

    def on_resize(self) -> None:
        """Use the room that there is now."""
        self._lay_out()
        self.call_after_refresh(self.refresh_panes)

    def _lay_out(self) -> None:
        is_narrow, is_short = self.size.width < _NARROW, self.size.height < _SHORT
        named = {"narrow": is_narrow, "short": is_short, "small": is_narrow or is_short, "in-memory": self.is_in_memory}
        for name, holds in named.items():
            self.screen.set_class(holds, name)

    # -- what is shown --

    def refresh_panes(self) -> None:
        """Show this moment."""
        self._put("title", Text(f" {self._panes.title(self.moment)}"))
        self._fill("steps", lambda width, height: self._panes.steps(self.moment, width, height))
        self._fill("source", lambda width, height: self._panes.source(self.moment, width, height))
        selected = None if self.is_in_memory else self.register
        self._fill("registers", lambda width, _height: self._panes.registers(self.moment, selected, width))
        self._fill("pages", lambda width, _height: self._panes.pages(self.moment, width))
        self._fill("memory", lambda _width, height: self._memory(height))
        self._put("said", Text(f" {printable(self.message)}"))

    def _memory(self, height: int) -> list[list[Piece]]:
        selected = self.byte if self.is_in_memory else None
        around = self._focus()
        return self._panes.memory(self.moment, around, max(1, height), selected)

    def _focus(self) -> int:
        if self.is_in_memory and self.byte is not None:
            return self.byte
        touched = self._panes.last_access(self.moment)
        return touched if touched is not None else self.byte or self.trace.registers_at(self.moment).rsp

    def _fill(self, name: str, make: Callable[[int, int], list[list[Piece]]]) -> None:
        size = self.query_one(f"#{name}", Static).content_size
        self._put(name, Text("\n").join(_painted(line) for line in make(max(1, size.width), max(1, size.height))))

    def _put(self, name: str, text: Text) -> None:
        text.no_wrap = True
        self.query_one(f"#{name}", Static).update(text)

    # -- going --

    def action_by(self, count: int) -> None:
        """Go some steps on or back."""
        self._go(self.moment + count)

    def action_go(self, moment: int) -> None:
        """Go to a moment, from which `b` comes back."""
        self._jump(moment)

    def action_end(self) -> None:
        """Go to the end."""
        self._jump(len(self.trace))

    def action_come_back(self) -> None:
        """Go back to where the last jump was made."""
        if self._jumps:
            self._go(self._jumps.pop())

    def _jump(self, moment: int) -> None:
        self._jumps.append(self.moment)
        self._go(moment)

    def _go(self, moment: int) -> None:
        self.moment = min(max(0, moment), len(self.trace))
        self.refresh_panes()

    # -- selecting --

    def action_other(self) -> None:
        """Change between the registers and the memory."""
        if not self.is_in_memory and self.byte is None:
            self.byte = self._focus()
        self._look_at_memory(not self.is_in_memory)

    def _look_at_memory(self, is_wanted: bool) -> None:
        self.is_in_memory = is_wanted
        self._lay_out()
        self.refresh_panes()
        self.call_after_refresh(self.refresh_panes)  # once more, with the room that the panes have got

    def action_select(self, count: int) -> None:
        """Select another register, or the byte in the next row."""
        if self.is_in_memory:
            self.action_select_byte(count * ROW_BYTES)
            return
        self.register = REGISTERS[(REGISTERS.index(self.register) + count) % len(REGISTERS)]
        self.refresh_panes()

    def action_select_byte(self, count: int) -> None:
        """Select a byte before or behind this one."""
        if self.is_in_memory and self.byte is not None:
            self.byte = min(max(0, self.byte + count), (1 << 64) - 1)
            self.refresh_panes()

    def action_who(self) -> None:
        """Go to the step that wrote what is selected."""
        if self.is_in_memory and self.byte is not None:
            self._answer(f"the byte at {self.byte:#x}", self.trace.last_write(self.byte, self.moment))
        else:
            self._answer(self.register, self.trace.who_set(self.register, self.moment))

    def _answer(self, what: str, step: Step | None) -> None:
        self.message = said_of(step, what)
        self._jump(self.moment if step is None else step.index)

    # -- asking --

    def action_ask(self, key: str) -> None:
        """Open the line at the bottom."""
        self._asked = key
        line = self.query_one("#ask", Input)
        line.placeholder = _ASKED[key]
        line.suggester = SuggestFromList(sorted(self.trace.image.labels)[:_MOST_LABELS]) if key == "l" else None
        line.value = ""
        line.display = True
        line.focus()

    def action_close(self) -> None:
        """Close the line at the bottom."""
        self.query_one("#ask", Input).display = False
        self.set_focus(None)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Do what was asked for; what makes no sense is said below."""
        text = event.value.strip()
        self.action_close()
        try:
            {"g": self._go_to, "l": self._run_to, "m": self._show}[self._asked](text)
        except AllocatorError as error:
            self.message = str(error).split("\n")[0]
            self.refresh_panes()

    def _go_to(self, text: str) -> None:
        self.message = ""
        self._jump(self.trace.moment(parse_number(text)))

    def _run_to(self, text: str) -> None:
        step = self.trace.next_visit(text, self.moment) if self.moment < len(self.trace) else None
        self.message = f"{text} is reached" if step else f"{text} is not reached after this step"
        self._jump(self.moment if step is None else step.index)

    def _show(self, text: str) -> None:
        self.byte = self.trace.range_of(parse_number(text) if text[:1].isdigit() else text).start
        self.message = f"memory at {self.byte:#x}: w says who wrote the byte, Tab goes back to the registers"
        self._look_at_memory(True)


def _painted(line: Iterable[Piece]) -> Text:
    text = Text()
    for piece in line:
        text.append(piece.text, _STYLES.get(piece.role, ""))
    return text


def play(trace: Trace) -> None:
    """Show the player until its reader quits."""
    Player(trace).run()
