"""The traces of failed tests: where they are saved, how they are named, and when they are not."""

from __future__ import annotations

from importlib.metadata import entry_points
from pathlib import Path
from xml.etree import ElementTree

import pytest

from allocator import Machine, assemble, record
from allocator.trace.archive import load_trace
from allocator.views import saved_traces
from allocator.views.saved_traces import file_name, save_failed_trace

PLUGIN = "allocator.pytest_plugin"
# Of the three, two fail.
TWO_FAIL = """
import pytest

@pytest.mark.allocator(text="f: mov eax, 2\\n ret")
@pytest.mark.parametrize("wanted", [1, 2, "3/../x"])
def test_it(machine, wanted):
    assert machine.call("f").rax == wanted
"""


def run_pytest(pytester: pytest.Pytester, *arguments: str) -> pytest.RunResult:
    installed = any(point.value == PLUGIN for point in entry_points(group="pytest11"))
    return pytester.runpytest_subprocess(*([] if installed else ["-p", PLUGIN]), *arguments)


def saved_in(directory: Path) -> list[str]:
    return sorted(path.name for path in directory.iterdir())


def test_traces_lie_beside_the_junit_file(pytester: pytest.Pytester) -> None:
    pytester.makepyfile(test_two=TWO_FAIL)

    run_pytest(pytester, "--junitxml=reports/junit.xml")

    names = saved_in(pytester.path / "reports" / "junit-traces")
    assert ("test_two.py__test_it[1].parquet", 2) == (names[0], len(names))


def test_the_junit_file_names_the_trace(pytester: pytest.Pytester) -> None:
    pytester.makepyfile(test_two=TWO_FAIL)

    run_pytest(pytester, "--junitxml=junit.xml", "-k", "it and 1")

    found = ElementTree.parse(pytester.path / "junit.xml").find(".//property[@name='allocator_trace']")
    assert found is not None
    assert "junit-traces/test_two.py__test_it[1].parquet" == found.get("value")


def test_the_message_names_the_trace(pytester: pytest.Pytester) -> None:
    pytester.makepyfile(test_two=TWO_FAIL)

    result = run_pytest(pytester, "--allocator-traces=kept", "-k", "it and 1")

    result.stdout.fnmatch_lines(["E *trace: kept/test_two.py__test_it[[]1].parquet"])


def test_a_saved_trace_is_the_failed_call(pytester: pytest.Pytester) -> None:
    pytester.makepyfile(test_two=TWO_FAIL)

    run_pytest(pytester, "--allocator-traces=kept", "-k", "it and 1")

    (path,) = (pytester.path / "kept").iterdir()
    assert ["mov eax, 2", "ret"] == [step.text for step in load_trace(path)]


def test_nothing_is_saved_where_nobody_asked(pytester: pytest.Pytester) -> None:
    pytester.makepyfile(test_two=TWO_FAIL)

    result = run_pytest(pytester)

    result.assert_outcomes(passed=1, failed=2)
    assert not list(pytester.path.rglob("*.parquet"))


def test_processes_of_xdist_explain_and_save(pytester: pytest.Pytester) -> None:
    pytester.makepyfile(test_two=TWO_FAIL)

    result = run_pytest(pytester, "-n2", "--junitxml=junit.xml")

    result.stdout.fnmatch_lines(["E *rax is 2 after f, not 1"])
    assert 2 == len(saved_in(pytester.path / "junit-traces"))


def test_last_failed_runs_what_was_explained(pytester: pytest.Pytester) -> None:
    pytester.makepyfile(test_two=TWO_FAIL)
    run_pytest(pytester)

    result = run_pytest(pytester, "--lf")

    result.assert_outcomes(failed=2)
    result.stdout.fnmatch_lines(["E *rax is 2 after f, not 1"])


def test_without_the_plug_in_pytest_shows_what_it_shows(pytester: pytest.Pytester) -> None:
    pytester.makepyfile(
        """
        from allocator import Machine, assemble

        def test_it():
            assert Machine(assemble(text="f: mov eax, 2\\n ret")).call("f").rax == 1
        """
    )

    result = pytester.runpytest_subprocess("-p", "no:allocator")

    result.stdout.fnmatch_lines(["E *assert 2 == 1"])


def test_a_machine_that_came_from_no_fixture_is_explained_as_well(pytester: pytest.Pytester) -> None:
    pytester.makepyfile(
        """
        from allocator import Machine, assemble

        def test_it():
            assert Machine(assemble(text="f: mov eax, 2\\n ret")).call("f").rax == 1
        """
    )

    run_pytest(pytester).stdout.fnmatch_lines(["E *rax is 2 after f, not 1"])


def test_the_option_is_in_the_help(pytester: pytest.Pytester) -> None:
    run_pytest(pytester, "--help").stdout.fnmatch_lines(["tests of assembly*", "*--allocator-traces=DIR*"])


# -- names and limits --


def test_an_id_that_is_a_file_name_already_is_kept() -> None:
    assert "tests__test_a.py__test_b[1-x]" == file_name("tests/test_a.py::test_b[1-x]")


def test_ids_that_differ_in_strange_letters_have_files_of_their_own() -> None:
    assert file_name("t.py::t[é]") != file_name("t.py::t[ü]")


@pytest.mark.parametrize("test", ["../../x", "/etc/passwd", "a\0b", "t.py::t[" + "x" * 500 + "]", "\ud800"])
def test_no_id_leads_out_of_the_directory(test: str) -> None:
    name = file_name(test)

    assert len(name) <= 140
    assert not set(name) & set("/\\\0") and not name.startswith(".")


def trace_of_two_steps():
    return record(Machine(assemble(text="f: mov eax, 2\n ret")), "f")


def test_a_directory_keeps_a_limited_number_of_traces(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(saved_traces, "MOST_FILES", 1)
    save_failed_trace(trace_of_two_steps(), tmp_path, "first")

    assert f"{tmp_path} has 1 traces already" == save_failed_trace(trace_of_two_steps(), tmp_path, "second")


def test_a_trace_is_replaced_when_its_test_fails_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(saved_traces, "MOST_FILES", 1)
    save_failed_trace(trace_of_two_steps(), tmp_path, "first")

    assert tmp_path / "first.parquet" == save_failed_trace(trace_of_two_steps(), tmp_path, "first")


def test_a_trace_that_is_too_long_is_not_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(saved_traces, "MOST_STEPS", 1)

    assert "a trace of 2 steps is too long to be kept" == save_failed_trace(trace_of_two_steps(), tmp_path, "t")


def test_a_directory_that_cannot_be_made_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")

    assert "could not be saved" in str(save_failed_trace(trace_of_two_steps(), tmp_path / "file" / "x", "t"))
