"""The exported page in a real browser: what it shows is what the Trace says, by keyboard and by mouse."""

from __future__ import annotations

from pathlib import Path

import pytest
from browser.shown import assert_shows, open_player, serious_faults, shown
from browser.webdriver import Browser

from allocator import Image, Machine, Trace, assemble, record
from allocator.notebook_player import TracePlayer
from allocator.views.player_page import player_page


def step_of(browser: Browser) -> int:
    return int(browser.run("return document.querySelector('.allocator-player').dataset.step"))


def said(browser: Browser) -> str:
    return browser.run("return document.querySelector('.said').textContent")


# States


def test_every_step_shows_the_state_that_the_trace_has(player: Browser, trace: Trace) -> None:
    for step in range(len(trace) + 1):
        assert_shows(player, trace, step)
        player.press("n")


def test_all_touched_memory_of_a_step_is_shown(player: Browser, trace: Trace) -> None:
    for step in range(len(trace)):
        touched = {byte for each in trace[step].accesses for byte in range(each.address, each.address + each.size)}
        assert touched <= set(shown(player)["bytes"])
        player.press("n")


@pytest.mark.parametrize(
    ("code", "bits"),
    [
        ("f: mov eax, 0x12345678\n mov [0x7900], ax\n push ax\n pop cx\n ret", 16),
        ("f: mov eax, 0xFFFFFFFF\n inc eax\n push eax\n pop ebx\n ret", 32),
        ("f: mov edi, os_MemoryMap\n mov al, 2\n mov ecx, 100\n cld\n rep stosb\n ret", 64),
        ("f: mov rax, [os_MemAmount]\n xor [os_MemoryMap + 5], rax\n ret", 64),
        ("f: mov rcx, 0x5000000000\n mov rbx, [rcx]", 64),
    ],
    ids=["16 bits", "32 bits", "a REP over the page map", "a page map that breaks", "a fault"],
)
def test_other_programs_show_their_states_too(browser: Browser, code: str, bits: int, tmp_path: Path) -> None:
    trace = record(Machine(assemble(text=code, bits=bits, origin=0x7C00 if bits == 16 else 0x100000)), "f")
    (tmp_path / "page.html").write_text(player_page(trace), encoding="utf-8")
    open_player(browser, tmp_path / "page.html")

    for step in range(len(trace) + 1):
        assert_shows(browser, trace, step)
        browser.press("n")


# The keyboard


@pytest.mark.parametrize(
    ("keys", "step"),
    [
        (["n", "n", "n"], 3),
        (["ArrowRight", "ArrowRight", "ArrowLeft"], 1),
        (["N", "p"], 9),
        (["N", "N", "P", "n"], 11),
        (["End"], 54),
        (["End", "n", "p"], 53),
        (["n", "Home", "p"], 0),
    ],
)
def test_keys_move_through_time(player: Browser, keys: list[str], step: int) -> None:
    player.press(*keys)

    player.wait("return document.querySelector('.allocator-player').dataset.step == arguments[0]", step)


def test_g_goes_to_the_step_that_is_typed(player: Browser) -> None:
    player.press("g", "2", "7", "Enter")

    player.wait("return document.querySelector('.allocator-player').dataset.step == 27")


def test_l_and_enter_run_to_the_label_that_is_chosen(player: Browser, trace: Trace) -> None:
    player.press("l", "ArrowDown", "ArrowDown", "Enter")

    assert trace.at("os_mem_allocate.next").index == step_of(player)


def test_w_and_a_name_find_who_wrote_it(player: Browser, trace: Trace) -> None:
    player.press("End", "w", *"page", " ", "3", "0", "Enter")

    assert trace.last_write("page_map[30]").index == step_of(player)
    assert "wrote page 30" in said(player)


def test_b_comes_back_from_a_jump(player: Browser) -> None:
    player.press("End", "w", *"rbx", "Enter", "Tab", "b")

    assert 54 == step_of(player)


def test_what_cannot_be_meant_is_said(player: Browser) -> None:
    player.press("End", "w", *"<b>", "Enter")

    assert "name a register, a flag" in said(player)


def test_arrows_inside_a_group_go_from_value_to_value(player: Browser) -> None:
    player.run("document.querySelector('[data-who=rax]').focus()")
    player.press("ArrowRight", "ArrowDown")

    assert "rbx" == player.run("return document.activeElement.dataset.who")
    assert 0 == step_of(player)


# The mouse


@pytest.mark.parametrize("register", ["rax", "rbx", "rcx", "rdx", "rsi", "rdi", "rsp", "zf", "df"])
def test_a_click_on_a_register_goes_to_who_wrote_it(player: Browser, trace: Trace, register: str) -> None:
    player.press("End")
    player.click(f"[data-who={register}]")
    writer = trace.who_set(register)

    assert (writer.index if writer else 54) == step_of(player)


def test_a_click_on_a_page_goes_to_who_wrote_it(player: Browser, trace: Trace) -> None:
    player.press("End")
    player.click("[data-who='page 29']")

    assert trace.last_write("page_map[29]").index == step_of(player)


def test_a_click_on_a_byte_goes_to_who_wrote_it(player: Browser, trace: Trace) -> None:
    player.click(".steps [data-step='4']")
    address = player.run("return document.querySelector('.byte.write, .byte').dataset.who")
    player.click(f"[data-who='{address}']")

    assert trace.last_write(address, 4).index == step_of(player)


def test_a_click_on_a_line_goes_to_its_steps_one_after_the_other(player: Browser, trace: Trace) -> None:
    line = trace.at("os_mem_allocate.next").line.line
    visits = [step.index for step in trace if step.line and step.line.line == line]
    found = []
    for _ in [*visits, "the first again"]:
        player.click(f"[data-line='0:{line}']")
        found.append(step_of(player))

    assert [*visits, visits[0]] == found


def test_the_buttons_step(player: Browser) -> None:
    player.click("[title='n or right arrow']")
    player.click("[title='N']")
    player.click("[title='p or left arrow']")

    assert 10 == step_of(player)


def test_the_slider_goes_anywhere(player: Browser) -> None:
    player.click(".slider")  # in its middle

    assert 27 == step_of(player)


# Long traces


@pytest.fixture(scope="module")
def long(our_program: Image) -> Trace:
    return record(Machine(our_program, memory="4G"), "os_mem_get_free", limit=20_000)


def test_a_page_of_a_long_trace_holds_both_ends(browser: Browser, long: Trace, tmp_path: Path) -> None:
    (tmp_path / "long.html").write_text(player_page(long), encoding="utf-8")
    open_player(browser, tmp_path / "long.html")
    browser.press("End")
    last = shown(browser)

    assert len(long) == last["step"]
    assert long.run.registers.rax == last["registers"]["rax"]


def test_a_step_that_a_page_does_not_hold_is_said(browser: Browser, long: Trace, tmp_path: Path) -> None:
    (tmp_path / "long.html").write_text(player_page(long), encoding="utf-8")
    open_player(browser, tmp_path / "long.html")
    browser.press("g", *"10000", "Enter")

    assert "does not hold step 10,000" in said(browser)


def test_a_page_opens_at_the_steps_that_were_asked_for(browser: Browser, long: Trace, tmp_path: Path) -> None:
    (tmp_path / "long.html").write_text(player_page(long, 10_000, 10_100), encoding="utf-8")
    open_player(browser, tmp_path / "long.html")

    assert long[10_000].before.rsi == shown(browser)["registers"]["rsi"]


# Without a kernel


def test_a_saved_notebook_holds_a_player_that_works(browser: Browser, trace: Trace, tmp_path: Path) -> None:
    data, _ = TracePlayer(trace, 7)._repr_mimebundle_()
    (tmp_path / "saved.html").write_text(f"<!doctype html><p>a notebook</p>{data['text/html']}", encoding="utf-8")
    browser.open((tmp_path / "saved.html").as_uri())
    browser.enter_frame("iframe")
    browser.wait("return document.querySelector('.allocator-player[data-step]') !== null")
    assert_shows(browser, trace, 7)
    browser.click("[title='n or right arrow']")

    assert_shows(browser, trace, 8)


# What must not happen

HOSTILE = "\"'</script><script>alert(1)</script><img src=x onerror=alert(2)>\N{RIGHT-TO-LEFT OVERRIDE}${alert(3)}`"


def test_text_of_a_source_runs_no_script(browser: Browser, tmp_path: Path) -> None:
    source = f"f: mov eax, 1 ; {HOSTILE}\n ret ; {10_000 * 'x'}"
    trace = record(Machine(assemble(text=source, name=HOSTILE)), "f")
    page = tmp_path / "hostile.html"
    page.write_text(player_page(trace), encoding="utf-8")
    open_player(browser, page)
    browser.press("n", "n")

    assert not browser.has_dialog()
    assert 0 == browser.run("return document.querySelectorAll('img, main script').length")
    assert "<script>alert(1)</script>" in browser.run("return document.querySelector('.source').textContent")
    assert "\N{RIGHT-TO-LEFT OVERRIDE}" not in page.read_text(encoding="utf-8")


def test_no_other_script_may_run_in_the_page(player: Browser) -> None:
    script = "const s = document.createElement('script'); s.textContent = 'window.ran = 1'; document.body.append(s);"

    assert not player.run(f"{script} return window.ran === 1")


def test_the_page_asks_for_nothing_from_elsewhere(player: Browser) -> None:
    assert [] == player.run("return performance.getEntriesByType('resource').map((each) => each.name)")


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_page_has_no_serious_accessibility_fault(player: Browser, theme: str) -> None:
    player.scheme(theme)
    player.press("n", "n")
    player.run("for (const each of document.querySelectorAll('details')) each.open = true")
    faults = serious_faults(player)
    player.scheme("light")

    assert [] == faults
