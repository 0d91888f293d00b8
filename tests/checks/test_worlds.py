from __future__ import annotations

import os
import signal
from concurrent.futures import Executor, ProcessPoolExecutor, ThreadPoolExecutor
from multiprocessing import get_context
from pathlib import Path

import pytest

from allocator import Image, assemble, shipped
from allocator.checks import world_alone, world_driver, worlds
from allocator.checks.world_model import DOCUMENTED, make_cases, make_maps
from allocator.checks.worlds import WorldReport, check_worlds, describe_worlds
from allocator.errors import MachineError, UsageError

SOURCE = shipped("memory.asm").read_text(encoding="utf-8")
SMALLEST_RUN = "0,0,1"
"""The smallest world in which the shipped routine hands out a page at an address that is not 0."""


def defective(old: str, new: str) -> Image:
    """The shipped memory.asm with one place changed."""
    assert 1 <= SOURCE.count(old)
    return assemble(text=SOURCE.replace(old, new, 1))


def routine(text: str) -> Image:
    return assemble(text=f"os_mem_allocate:\n{text}\n")


def smallest(report: WorldReport) -> tuple[str, int, str]:
    first = report.differences[0]
    return first.pages, first.request, first.kind


@pytest.fixture
def small_chunks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(worlds, "CALLS_PER_CHUNK", 700)


# What is covered, and what it is compared with


def test_all_maps_of_1_to_6_pages_are_called_with_requests_0_to_7(our_program: Image) -> None:
    report = check_worlds(our_program, 6)

    assert (1092, 8, 8736, 0) == (report.maps, report.requests, report.calls, report.skipped)


def test_the_shipped_routine_does_what_is_documented(our_program: Image) -> None:
    assert () == check_worlds(our_program, 7).differences


def test_the_listing_of_the_article_does_what_is_documented(article_program: Image) -> None:
    assert () == check_worlds(article_program, 5).differences


def test_strictly_the_smallest_difference_is_the_scan_that_leaves_a_map_of_one_page(our_program: Image) -> None:
    assert ("0", 1, "fault") == smallest(check_worlds(our_program, 3, strict=True))


def test_strictly_page_0_is_marked_though_the_routine_says_that_it_failed(our_program: Image) -> None:
    first = next(each for each in check_worlds(our_program, 1, strict=True).differences if each.pages == "1")

    assert ("rax=0x0 zf=1 df=0 pages 1", "rax=0x0 zf=1 df=0 pages 2") == (first.expected, first.came)


def test_strictly_page_1_cannot_be_had(our_program: Image) -> None:
    pages = [each.pages for each in check_worlds(our_program, 2, strict=True).differences if each.kind == "model"]

    assert {"0,1", "1,1", "2,1"} <= set(pages)


def test_the_report_is_said_in_one_sentence(our_program: Image) -> None:
    assert "all 39 maps of 1 to 3 pages x 5 requests: no difference" == describe_worlds(check_worlds(our_program, 3))


def test_a_difference_is_said_with_what_was_expected_and_what_came() -> None:
    report = check_worlds(defective("mov     al, PAGE_USED", "mov     al, 3"), 3)

    assert (
        "all 39 maps of 1 to 3 pages x 5 requests: 10 differences, smallest: pages 1, request 1: "
        "expected rax=0x0 zf=1 df=0 pages 2; came rax=0x0 zf=1 df=0 pages 3"
    ) == describe_worlds(report)


# Defects, each found in the smallest world that shows it


@pytest.mark.parametrize(
    ("old", "new", "kind", "came"),
    [
        ("mov     al, PAGE_USED", "mov     al, 3", "model", "pages 0,0,3"),
        ("        add     rdi, 1 ", "        nop ;", "model", "pages 0,2,1"),
        ("push    rcx                     ; REP", "push rcx\n inc rcx ;", "model", "byte 3 of the map became 2"),
        ("        cld\n        xor     rdi", "        xor     rdi", "contract", "df=1"),
        ("mov     rdi, rsi                ; RDI", "nop ;", "contract", "rdi not preserved"),
        ("        mov     rax, rbx", "        mov rax, rbx\n mov r14, 5", "contract", "r14 not preserved"),
        ("        mov     rax, rbx", "        mov rax, rbx\n xor r15, 64", "contract", "r15 not preserved"),
        ("        mov     rax, rbx", "        mov rax, rbx\n inc rax", "model", "rax=0x400001"),
        ("        mov     rax, rbx", "        mov rax, rbx\n bts rax, 40", "model", "rax=0x10000400000"),
        ("        mov     rax, rbx", "        mov [0x110500], rbx\n mov rax, rbx", "contract", "changed at 0x110502"),
        ("        mov     rax, rbx", "        mov rax, rbx\n or rax, rax\n stc\n pop rdx", "fault", "cpu_fault"),
        ("        mov     rax, rbx", "        jmp $", "limit", "still running after 100,000"),
        ("        mov     rax, rbx", "        mov [0x400000], rbx", "fault", "0x400000"),
    ],
)
def test_a_defect_of_the_success_path_is_found_in_the_smallest_success(
    old: str, new: str, kind: str, came: str
) -> None:
    report = check_worlds(defective(old, new), 4)

    first = next(each for each in report.differences if each.pages == SMALLEST_RUN)
    assert (1, kind) == (first.request, first.kind)
    assert came in first.came


def test_a_register_that_a_failure_does_not_preserve_is_found() -> None:
    image = defective(".full:\n", ".full:\n        xor ecx, ecx\n")

    first = check_worlds(image, 2).differences[0]
    assert ("0,0", 1, "contract") == (first.pages, first.request, first.kind)
    assert "rcx not preserved" in first.came


def test_one_wrong_world_among_all_is_found() -> None:
    entry = "\n cmp dword [os_MemoryMap], 0x02010201\n jne .real\n mov eax, 0x1234\n ret\n.real:\n"
    report = check_worlds(defective("os_mem_allocate:\n", "os_mem_allocate:" + entry), 4)

    assert {"1,2,1,2"} == {each.pages for each in report.differences}


# Routines that break the row of calls


def test_a_routine_that_never_returns_in_one_world_is_found_and_the_others_go_on() -> None:
    entry = "\n cmp dword [os_MemoryMap], 0x02010201\n je $\n"
    report = check_worlds(defective("os_mem_allocate:\n", "os_mem_allocate:" + entry), 4)

    assert (6, 0, 120 * 6) == (report.found, report.skipped, report.calls)
    assert {("1,2,1,2", "limit")} == {(each.pages, each.kind) for each in report.differences}


def test_a_fault_in_one_call_is_found_and_the_others_go_on() -> None:
    entry = "\n cmp dword [os_MemoryMap], 0x02010201\n jne .real\n cmp rcx, 3\n jne .real\n ud2\n.real:\n"
    report = check_worlds(defective("os_mem_allocate:\n", "os_mem_allocate:" + entry), 4)

    assert (1, 0, 720) == (report.found, report.skipped, report.calls)
    assert ("1,2,1,2", 3, "fault") == smallest(report)


def test_a_routine_that_overwrites_the_driver_is_found() -> None:
    # Its caller's code lies where the return address says.
    entry = "\n mov rax, [rsp]\n mov qword [rax], 0x0b0f0b0f\n"
    report = check_worlds(defective("os_mem_allocate:\n", "os_mem_allocate:" + entry), 3)

    assert "fault" == report.differences[0].kind


@pytest.mark.parametrize(("store", "is_sound"), [("", True), (" mov byte [0xa00000 + 40 * 4000 + 36], 7\n", False)])
def test_a_row_in_which_a_routine_stores_into_a_late_case_is_not_believed(store: str, is_sound: bool) -> None:
    driver = world_driver.WorldDriver(routine(f"{store} xor eax, eax\n ret"), "os_mem_allocate")
    driver.set_pages(5)

    assert is_sound == driver.run(make_cases(make_maps(5, 0, 243), 5, 18)).is_sound


def test_a_routine_that_fills_all_memory_it_finds_is_found() -> None:
    report = check_worlds(routine(" mov edi, 0x800000\n mov ecx, 0x10000\n mov al, 7\n rep stosb\n ret"), 2)

    assert "fault" == report.differences[0].kind


def test_a_routine_that_loses_the_stack_is_found() -> None:
    assert "fault" == check_worlds(routine(" xor esp, esp\n ret"), 2).differences[0].kind


def test_a_stack_that_is_not_balanced_is_found() -> None:
    report = check_worlds(defective("        ret\n", "        ret     8\n"), 3)

    assert "rsp not preserved" in report.differences[0].came


def test_when_everything_breaks_off_the_rest_is_counted_as_left_out() -> None:
    report = check_worlds(routine(" ud2"), 5)

    assert 363 * 7 == report.calls + report.skipped
    assert report.skipped > 0
    assert "left out" in describe_worlds(report)


def test_a_state_that_a_routine_keeps_from_call_to_call_is_found() -> None:
    entry = "\n inc qword [calls]\n"
    source = SOURCE.replace("os_mem_allocate:\n", "os_mem_allocate:" + entry, 1) + "\ncalls: dq 0\n"
    report = check_worlds(assemble(text=source), 2)

    assert ("contract", True) == (report.differences[0].kind, "memory changed at" in report.differences[0].came)


def test_a_slow_routine_is_no_difference() -> None:
    entry = "\n push rcx\n mov ecx, 6000\n loop $\n pop rcx\n"

    assert () == check_worlds(defective("os_mem_allocate:\n", "os_mem_allocate:" + entry), 1).differences


def test_more_differences_than_the_log_holds_are_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(world_driver, "_LOG_SIZE", 400)

    assert 363 * 7 == check_worlds(routine(" mov eax, 7\n ret"), 5).found


def test_a_page_map_of_the_image_itself_is_used() -> None:
    source = SOURCE + "\nos_MemoryMap: times 7 db 0\n db 1, 1, 1\nos_MemAmount: dd 0\n"
    report = check_worlds(assemble(text=source), 7)

    assert () == tuple(each for each in report.differences if each.pages.count(","))


# Executors, interruption, bad input


@pytest.mark.usefixtures("small_chunks")
@pytest.mark.parametrize("kind", [ThreadPoolExecutor, ProcessPoolExecutor])
def test_an_executor_comes_to_the_same_report(our_program: Image, kind: type[Executor]) -> None:
    options = {"mp_context": get_context("spawn")} if kind is ProcessPoolExecutor else {}
    with kind(2, **options) as executor:  # type: ignore[call-arg]
        spread = check_worlds(our_program, 5, strict=True, executor=executor)

    assert check_worlds(our_program, 5, strict=True) == spread


@pytest.mark.usefixtures("small_chunks")
def test_an_interrupted_campaign_goes_on_where_it_was(our_program: Image, tmp_path: Path) -> None:
    heard: list[int] = []

    def interrupt(made: int, _all: int) -> None:
        heard.append(made)
        if len(heard) == 5:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        check_worlds(our_program, 5, resume=tmp_path / "state", progress=interrupt)
    before = heard[-1]
    report = check_worlds(our_program, 5, resume=tmp_path / "state", progress=interrupt)

    assert heard[5] > before
    assert 363 * 7 == heard[-1] == report.calls


@pytest.mark.usefixtures("small_chunks")
def test_a_campaign_goes_on_by_itself_when_a_worker_is_killed(our_program: Image, tmp_path: Path) -> None:
    killed: list[int] = []
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as executor:

        def kill(_made: int, _all: int) -> None:
            if not killed:
                killed.append(next(iter(executor._processes)))
                os.kill(killed[0], signal.SIGTERM)

        report = check_worlds(our_program, 5, resume=tmp_path / "state", executor=executor, progress=kill)

    assert (363 * 7, 0, 0, 1) == (report.calls, report.skipped, report.found, report.deaths)
    assert "(a worker process died, and what it was at was done again): no difference" in describe_worlds(report)


def test_progress_ends_at_all_calls(our_program: Image) -> None:
    heard: list[tuple[int, int]] = []
    check_worlds(our_program, 4, progress=lambda made, whole: heard.append((made, whole)))

    assert (720, 720) == heard[-1]


@pytest.mark.parametrize(
    "content",
    ["", "[]", "{}", "nonsense", '{"format": "allocator.worlds/1"}', "[" * 100_000, "\x00", "1e999"],
)
def test_a_file_that_is_no_state_is_refused(our_program: Image, tmp_path: Path, content: str) -> None:
    (tmp_path / "state").write_text(content)

    with pytest.raises(UsageError, match="not the state of this campaign"):
        check_worlds(our_program, 2, resume=tmp_path / "state")
    assert content == (tmp_path / "state").read_text()


def test_the_state_of_another_campaign_is_refused(our_program: Image, tmp_path: Path) -> None:
    check_worlds(our_program, 2, resume=tmp_path / "state")

    with pytest.raises(UsageError, match="another image, routine, or number of pages"):
        check_worlds(our_program, 3, resume=tmp_path / "state")


def test_an_unknown_routine_is_refused(our_program: Image) -> None:
    with pytest.raises(MachineError, match="'os_mem_alocate' is not in the image"):
        check_worlds(our_program, 2, routine="os_mem_alocate")


def test_a_routine_of_another_width_is_refused() -> None:
    with pytest.raises(MachineError, match="32 bits"):
        check_worlds(assemble(text="bits 32\nos_mem_allocate: ret"), 2)


def test_the_driver_believes_what_a_single_call_says(our_program: Image) -> None:
    driver = world_driver.WorldDriver(our_program, "os_mem_allocate")
    alone = world_alone.LoneCaller(our_program, "os_mem_allocate", driver.fill)
    driver.set_pages(5)
    alone.set_pages(5)
    cases = make_cases(make_maps(5, 100, 40), 5, 7, DOCUMENTED)
    wrong = cases.copy()
    wrong["rax"][::3] ^= 1 << 21
    wrong["status"][1::3] ^= 1

    assert [case for case, row in enumerate(wrong) if alone.call(row)] == list(driver.run(wrong).unlike[:, 0])
