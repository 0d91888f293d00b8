"""The pytest door: fixtures, the marker, and what it costs somebody who does not use it."""

from __future__ import annotations

import subprocess
import sys
from importlib.metadata import entry_points
from pathlib import Path

import pytest

from allocator import AssemblyError, Machine
from allocator.errors import ContractBroken, UsageError
from allocator.pytest_plugin import Sandbox

TWO = "two: mov eax, 2\n ret\n"
PLUGIN = "allocator.pytest_plugin"


def test_without_a_source_the_sandbox_holds_the_shipped_allocator(sandbox: Sandbox) -> None:
    assert 0x3A00000 == sandbox().call("os_mem_allocate", rcx=3).rax


def test_a_text_is_a_source(sandbox: Sandbox) -> None:
    assert 2 == sandbox(text=TWO).call("two").rax


def test_a_file_is_a_source(sandbox: Sandbox, tmp_path: Path) -> None:
    (tmp_path / "two.asm").write_text(TWO)

    assert 2 == sandbox(tmp_path / "two.asm").call("two").rax


def test_two_files_are_one_image(sandbox: Sandbox, tmp_path: Path) -> None:
    (tmp_path / "two.asm").write_text(TWO)
    (tmp_path / "four.asm").write_text("four: call two\n add eax, eax\n ret\n")

    assert 4 == sandbox(tmp_path / "four.asm", tmp_path / "two.asm").call("four").rax


def test_memory_is_the_machines(sandbox: Sandbox) -> None:
    assert 128 == sandbox(memory="128M").mem_amount


def test_a_policy_is_the_machines(sandbox: Sandbox) -> None:
    assert "baremetal" == sandbox(policy="baremetal").policy


def test_what_is_left_over_is_an_option_of_assemble(sandbox: Sandbox) -> None:
    assert 7 == sandbox(text="f: mov eax, SEVEN\n ret", define={"SEVEN": "7"}).call("f").rax


def test_a_wrong_source_is_an_error_with_its_place(sandbox: Sandbox) -> None:
    with pytest.raises(AssemblyError, match=r"broken\.asm:1:"):
        sandbox(text="mvo eax, 1", name="broken.asm")


def test_two_machines_of_one_test_do_not_share_memory(sandbox: Sandbox) -> None:
    first, second = sandbox(), sandbox()

    first.call("os_mem_allocate", rcx=3)

    assert 1 == second.page_map[31]


def test_record_gives_the_trace(sandbox: Sandbox, record) -> None:
    assert ["mov eax, 2", "ret"] == [step.text for step in record(sandbox(text=TWO), "two")]


def test_an_unmarked_test_has_the_shipped_allocator_in_64_mib(machine: Machine) -> None:
    assert (64, 0x3E00000) == (machine.mem_amount, machine.call("os_mem_allocate", rcx=1).rax)


@pytest.mark.allocator(text=TWO, memory="8M")
def test_the_marker_says_what_the_machine_is_made_of(machine: Machine) -> None:
    assert (8, 2) == (machine.mem_amount, machine.call("two").rax)


@pytest.mark.allocator(text=TWO, memory="8M")
class TestMarkersAddUp:
    @pytest.mark.allocator(memory="16M")
    def test_the_nearest_wins_and_the_rest_stays(self, machine: Machine) -> None:
        assert (16, 2) == (machine.mem_amount, machine.call("two").rax)


@pytest.mark.allocator(pages="used:0 free:1-3")
def test_the_marker_says_what_the_page_map_holds(machine: Machine) -> None:
    assert b"\2\1\1\1\0" == machine.page_map[:5]


def test_pages_may_be_bytes(sandbox: Sandbox) -> None:
    assert b"\2\2\1\0" == sandbox(pages=b"\2\2\1").page_map[:4]


def test_pages_that_make_no_sense_are_refused(sandbox: Sandbox) -> None:
    with pytest.raises(UsageError, match="is not a run of pages"):
        sandbox(pages="full:1")


@pytest.mark.allocator(text="; f --\n; IN: nothing\n; OUT: nothing\nf: xor ebx, ebx\n ret", contract=True)
def test_with_a_contract_every_call_is_held_to_the_comment(machine: Machine) -> None:
    with pytest.raises(ContractBroken, match="failed to preserve rbx"):
        machine.call("f")


@pytest.mark.allocator(text=TWO, define={"TWO": "2"}, symbols={"two_more": 4})
def test_the_marker_takes_macros_and_symbols(machine: Machine) -> None:
    assert 2 == machine.call("two").rax


# What a project that uses it sees: pytest is run on small files.


def run_pytest(pytester: pytest.Pytester, *arguments: str) -> pytest.RunResult:
    """Run pytest with the plug-in, whether its entry point is installed in this environment or not."""
    installed = any(point.value == PLUGIN for point in entry_points(group="pytest11"))
    return pytester.runpytest_subprocess(*([] if installed else ["-p", PLUGIN]), *arguments)


def test_a_source_lies_beside_the_test_that_names_it(pytester: pytest.Pytester) -> None:
    tests = pytester.mkdir("somewhere")
    (tests / "two.asm").write_text(TWO)
    (tests / "test_two.py").write_text("def test_two(sandbox): assert sandbox('two.asm').call('two').rax == 2")

    run_pytest(pytester).assert_outcomes(passed=1)


def test_a_marker_names_one_source_or_several(pytester: pytest.Pytester) -> None:
    pytester.path.joinpath("two.asm").write_text(TWO)
    pytester.path.joinpath("one.asm").write_text("one: mov eax, 1\n ret\n")
    pytester.makepyfile(
        """
        import pytest

        @pytest.mark.allocator(source="two.asm")
        def test_one_source(machine):
            assert machine.call("two").rax == 2

        @pytest.mark.allocator(source=["one.asm", "two.asm"])
        def test_several(machine):
            assert machine.call("one").rax + machine.call("two").rax == 3
        """
    )

    run_pytest(pytester).assert_outcomes(passed=2)


def test_the_marker_is_registered(pytester: pytest.Pytester) -> None:
    run_pytest(pytester, "--markers").stdout.fnmatch_lines(["@pytest.mark.allocator(source=*memory=*"])


def test_a_marker_without_names_is_told_what_to_write(pytester: pytest.Pytester) -> None:
    pytester.makepyfile(
        """
        import pytest

        @pytest.mark.allocator("two.asm")
        def test_two(machine): pass
        """
    )

    result = run_pytest(pytester)

    result.stdout.fnmatch_lines(["*takes names, not positions: write source='two.asm'*"])


def test_a_wrong_register_fails_the_test_and_shows_the_value(pytester: pytest.Pytester) -> None:
    pytester.makepyfile("def test_it(sandbox): assert sandbox().call('os_mem_allocate', rcx=3).rax == 1")

    result = run_pytest(pytester)

    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(["*rax is 0x3a00000 after os_mem_allocate, not 1*"])


def test_a_failure_that_cannot_be_explained_is_shown_all_the_same(pytester: pytest.Pytester) -> None:
    pytester.makeconftest(
        """
        from allocator.views import assertion

        def fail(*_):
            raise ValueError("for the test")

        assertion.explain_assert = fail
        """
    )
    pytester.makepyfile("def test_it(sandbox): assert sandbox().call('os_mem_allocate', rcx=3).rax == 1")

    result = run_pytest(pytester)

    result.stdout.fnmatch_lines(
        ["E *assert 60817408 == 1", "allocator could not explain this: ValueError: for the test"]
    )


def test_loading_the_plug_in_loads_no_engine() -> None:
    code = f"import {PLUGIN}, sys; print(sorted(set(sys.modules) & {{'unicorn', 'keystone', 'capstone', 'numpy'}}))"

    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout

    assert "[]\n" == loaded


def test_loading_the_plug_in_loads_no_module_of_ours_but_itself() -> None:
    code = f"import {PLUGIN}, sys; print(sorted(name for name in sys.modules if name.startswith('allocator')))"

    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout

    assert f"['allocator', '{PLUGIN}']\n" == loaded
