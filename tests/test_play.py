"""The terminal player in a terminal that Textual makes: keys are pressed, the screen is read."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest
from textual.widgets import Input

from allocator import Image, Machine, Trace, assemble, record
from allocator.play import Player

SIZE = (150, 46)
Story = Callable[["Reader"], Awaitable[None]]


class Reader:
    """Somebody in front of the player."""

    def __init__(self, player: Player, pilot: object) -> None:
        self.player = player
        self._pilot = pilot

    async def press(self, *keys: str) -> None:
        await self._pilot.press(*keys)  # type: ignore[attr-defined]
        await self._pilot.pause()  # type: ignore[attr-defined]

    async def answer(self, key: str, text: str) -> None:
        """Ask for the line at the bottom by `key`, and fill it in."""
        await self.press(key)
        self.player.query_one("#ask", Input).value = text
        await self.press("enter")

    def shown(self, name: str) -> str:
        return str(self.player.query_one(f"#{name}").render())


def play(trace: Trace, story: Story, size: tuple[int, int] = SIZE) -> Player:
    """Let `story` happen to a player of `trace`."""
    player = Player(trace)

    async def run() -> None:
        async with player.run_test(size=size) as pilot:
            await pilot.pause()
            await story(Reader(player, pilot))

    asyncio.run(run())
    return player


@pytest.fixture(scope="module")
def trace(our_program: Image) -> Trace:
    return record(Machine(our_program), "os_mem_allocate", rcx=3)


def after(trace: Trace, *keys: str) -> Player:
    async def story(reader: Reader) -> None:
        await reader.press(*keys)

    return play(trace, story)


def screen(trace: Trace, name: str, *keys: str) -> str:
    """Return what one pane shows after some keys."""
    said: list[str] = []

    async def story(reader: Reader) -> None:
        await reader.press(*keys)
        said.append(reader.shown(name))

    play(trace, story)
    return said[0]


# Going


WAYS = {
    "n": 1,
    "right right": 2,
    "n n p": 1,
    "n n left": 1,
    "N": 10,
    "N N P": 10,
    "end": 54,
    "end home": 0,
    "p": 0,
    "end n": 54,
    "N end b": 10,
}
"""Keys, and where they lead from the start."""


def test_keys_go_where_they_say(trace: Trace) -> None:
    led: dict[str, int] = {}

    async def story(reader: Reader) -> None:
        for keys in WAYS:
            await reader.press("home", *keys.split())
            led[keys] = reader.player.moment

    play(trace, story)
    assert WAYS == led


def test_it_goes_to_a_step_by_its_number(trace: Trace) -> None:
    async def story(reader: Reader) -> None:
        await reader.answer("g", "43")

    assert 43 == play(trace, story).moment


def test_it_runs_to_a_label(trace: Trace) -> None:
    async def story(reader: Reader) -> None:
        await reader.answer("l", "os_mem_allocate.next")
        first = reader.player.moment
        await reader.answer("l", "os_mem_allocate.next")

        assert [trace.at("os_mem_allocate.next", visit).index for visit in (1, 2)] == [first, reader.player.moment]

    play(trace, story)


NONSENSE = [
    ("g", "99", "there is no step 99"),
    ("g", "x", "'x' is not a number"),
    ("l", "nothing", "'nothing' is not a label of the program"),
    ("m", "nothing", "nothing"),
    ("l", "os_mem_copy", "os_mem_copy is not reached after this step"),
]


def test_what_makes_no_sense_is_said_and_nothing_moves(trace: Trace) -> None:
    async def story(reader: Reader) -> None:
        await reader.press("n")
        for key, text, said in NONSENSE:
            await reader.answer(key, text)
            assert said in reader.shown("said")
            assert 1 == reader.player.moment

    play(trace, story)


def test_letters_that_are_typed_are_no_keys(trace: Trace) -> None:
    async def story(reader: Reader) -> None:
        await reader.press("l", "n", "n", "q", "escape")

    assert 0 == play(trace, story).moment


def test_q_quits(trace: Trace) -> None:
    assert 0 == after(trace, "q").return_code


# What is shown


def test_the_title_says_where_we_are(trace: Trace) -> None:
    said = screen(trace, "title", "N", "n", "n", "n")

    assert "os_mem_allocate   step 13 of 54   os_mem_allocate.restart, long64" == said.strip()


def test_the_mark_stands_at_the_step_that_comes_next(trace: Trace) -> None:
    [marked] = [line for line in screen(trace, "steps", "N").splitlines() if line.startswith("►")]

    assert ["►", "10", "+0x1d", "sub", "rsi,", "1"] == marked.split()[:6]


def test_the_mark_in_the_source_stands_at_the_same_instruction(trace: Trace) -> None:
    [marked] = [line for line in screen(trace, "source", "N").splitlines() if line.startswith("►")]

    assert "sub     rsi, 1" in marked


def test_behind_the_last_step_stands_how_it_ended(trace: Trace) -> None:
    assert "► os_mem_allocate returned to its caller" == screen(trace, "steps", "end").split("\n")[-1]


def test_every_register_has_the_value_of_the_trace(trace: Trace) -> None:
    async def story(reader: Reader) -> None:
        for moment in (0, 7, 13, 44, 54):
            await reader.answer("g", str(moment))
            shown = {line[1:7].strip(): line[8:24] for line in reader.shown("registers").splitlines()[:18]}
            values = trace.registers_at(moment)

            assert {name: f"{values[name]:016x}" for name in shown} == shown

    play(trace, story)


def test_what_the_last_step_changed_is_marked(trace: Trace) -> None:
    changed = [line.split()[0] for line in screen(trace, "registers", "n").splitlines() if "*" in line]

    assert ["rsp"] == changed


def test_the_page_map_is_that_of_the_moment(trace: Trace) -> None:
    assert "31 free, 1 used" in screen(trace, "pages")
    assert "28 free, 4 used" in screen(trace, "pages", "end")
    assert "31 free, 1 used" in screen(trace, "pages", "end", "home")


def test_the_pages_that_a_step_touched_are_named(trace: Trace) -> None:
    store = next(step.index for step in trace if step.text == "rep stosb")

    async def story(reader: Reader) -> None:
        await reader.answer("g", str(store + 1))
        assert "wrote page 29-31" in reader.shown("pages")

    play(trace, story)


def test_memory_is_that_of_the_moment(trace: Trace) -> None:
    async def story(reader: Reader) -> None:
        await reader.answer("m", "0x120010")
        before = [line.split()[1:] for line in reader.shown("memory").splitlines() if "120010" in line]
        await reader.press("end")
        after_it = [line.split()[1:] for line in reader.shown("memory").splitlines() if "120010" in line]

        assert ["[01]01", *["01"] * 14] == before[0]
        assert ["02", "02", "02"] == after_it[0][-3:]

    play(trace, story)


# Asking


def test_w_goes_to_the_step_that_wrote_the_selected_register(trace: Trace) -> None:
    async def story(reader: Reader) -> None:
        await reader.press("end", "w")

        assert "rax was written by step 48: mov rax, rbx" in reader.shown("said")
        assert 48 == reader.player.moment
        await reader.press("b")
        assert 54 == reader.player.moment

    play(trace, story)


def test_another_register_can_be_selected(trace: Trace) -> None:
    async def story(reader: Reader) -> None:
        await reader.press("end", "down", "down", "up", "w")

        assert "rcx was written by step 44: pop rcx" in reader.shown("said")

    play(trace, story)


def test_w_goes_to_the_step_that_wrote_the_selected_byte(trace: Trace) -> None:
    async def story(reader: Reader) -> None:
        await reader.press("end")
        await reader.answer("m", "0x12001d")
        await reader.press("comma", "full_stop", "w")

        assert "the byte at 0x12001d was written by step 43: rep stosb" in reader.shown("said")

    play(trace, story)


def test_what_nobody_wrote_stays_where_it_is(trace: Trace) -> None:
    async def story(reader: Reader) -> None:
        await reader.press("n", "w")

        assert "rax: nobody before here" in reader.shown("said")

    assert 1 == play(trace, story).moment


# Odd traces


def test_a_million_steps_are_walked_like_fifty() -> None:
    source = "f: mov ecx, 340000\n.next: lodsb\n dec ecx\n jnz .next\n ret"
    trace = record(Machine(assemble(text=source)), "f", rsi=0x400000)

    async def story(reader: Reader) -> None:
        await reader.press("end")
        last = reader.shown("steps")
        await reader.press("up", "home")
        await reader.answer("g", "500000")

        assert "1,020,0" in reader.shown("title")
        assert "f returned to its caller" in last
        assert len(last.splitlines()) <= SIZE[1]

    assert 500_000 == play(trace, story).moment


def test_a_fault_is_said_at_the_end() -> None:
    trace = record(Machine(assemble(text="f: mov al, [rsi]")), "f", rsi=1 << 40)

    assert "memory fault" in screen(trace, "title", "end")


def test_a_source_cannot_give_the_terminal_orders() -> None:
    trace = record(Machine(assemble(text="f: nop ; \x1b[2J [bold]red[/bold]\n ret")), "f")

    said = screen(trace, "source")

    assert "\x1b" not in said
    assert "[bold]red[/bold]" in said


@pytest.mark.parametrize("size", [(20, 8), (40, 12), (80, 24), (300, 100)])
def test_every_size_of_terminal_is_good(trace: Trace, size: tuple[int, int]) -> None:
    async def story(reader: Reader) -> None:
        await reader.press("n", "end", "home", "tab", "down")

    assert play(trace, story, size).return_code in (None, 0)


def test_in_a_small_terminal_the_instructions_can_be_read(trace: Trace) -> None:
    async def story(reader: Reader) -> None:
        assert "push rsi" in reader.shown("steps")
        assert not reader.player.query_one("#source").display
        assert not reader.player.query_one("#memory").display

    play(trace, story, (80, 24))


def test_in_a_small_terminal_tab_shows_memory_in_the_place_of_the_registers(trace: Trace) -> None:
    async def story(reader: Reader) -> None:
        await reader.press("tab")
        assert reader.player.query_one("#memory").display
        assert not reader.player.query_one("#registers").display
        await reader.press("tab")
        assert reader.player.query_one("#registers").display

    play(trace, story, (80, 24))


def test_a_picture_of_the_screen_has_all_panes(trace: Trace, tmp_path: Path) -> None:
    async def story(reader: Reader) -> None:
        reader.player.save_screenshot("screen.svg", str(tmp_path))

    play(trace, story)
    picture = (tmp_path / "screen.svg").read_text(encoding="utf-8").replace("&#160;", " ")

    assert all(name in picture for name in ("steps", "source", "registers", "page map", "memory", "next"))
