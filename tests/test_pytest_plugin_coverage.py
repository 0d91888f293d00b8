"""``--asm-cov``: what the tests reached of a source, in the summary and in files."""

from __future__ import annotations

from importlib.metadata import entry_points

import pytest

PLUGIN = "allocator.pytest_plugin"
CHOICE = """
pool_pick:
        cmp     rcx, 1
        je      .one
        mov     eax, 2
        ret
.one:   mov     eax, 1
        ret
"""
TESTS = """
    import pytest

    @pytest.mark.parametrize("rcx", [{}])
    def test_pick(sandbox, rcx):
        assert sandbox("pool.asm").call("pool_pick", rcx=rcx).rax in (1, 2)
"""


def run_pytest(pytester: pytest.Pytester, requests: str, *arguments: str) -> pytest.RunResult:
    installed = any(entry.value == PLUGIN for entry in entry_points(group="pytest11"))
    pytester.path.joinpath("pool.asm").write_text(CHOICE)
    pytester.makepyfile(TESTS.format(requests))
    return pytester.runpytest_subprocess(*([] if installed else ["-p", PLUGIN]), *arguments)


def test_the_summary_names_what_is_missing(pytester: pytest.Pytester) -> None:
    result = run_pytest(pytester, "1", "--asm-cov=pool.asm")

    result.stdout.fnmatch_lines(["*coverage of assembly*", "*pool.asm *6 *2 *1 *1 *62.5%  4 always taken, 5-6"])
    assert 0 == result.ret


def test_too_little_fails_the_session(pytester: pytest.Pytester) -> None:
    result = run_pytest(pytester, "2", "--asm-cov=pool.asm", "--asm-cov-fail-under=100")

    result.stdout.fnmatch_lines(["FAIL: 62.50% of the assembly was reached, less than 100%"])
    result.assert_outcomes(passed=1)
    assert pytest.ExitCode.TESTS_FAILED == result.ret


def test_all_of_it_is_enough(pytester: pytest.Pytester) -> None:
    result = run_pytest(pytester, "1, 2", "--asm-cov=pool.asm", "--asm-cov-fail-under=100")

    result.stdout.fnmatch_lines(["*pool.asm *100.0%"])
    assert 0 == result.ret


def test_a_source_that_no_machine_was_made_of_is_not_covered(pytester: pytest.Pytester) -> None:
    result = run_pytest(pytester, "1", "--asm-cov=list.asm", "--asm-cov-fail-under=1")

    result.stdout.fnmatch_lines(["FAIL: no machine was made of list.asm"])
    assert pytest.ExitCode.TESTS_FAILED == result.ret


def test_workers_add_up(pytester: pytest.Pytester) -> None:
    result = run_pytest(pytester, "1, 2", "--asm-cov=pool.asm", "--asm-cov-fail-under=100", "-n2")

    result.stdout.fnmatch_lines(["*pool.asm *100.0%"])
    assert 0 == result.ret


def test_the_reports_are_written(pytester: pytest.Pytester) -> None:
    forms = ("listing", "lcov:out.info", "html:out.html")
    result = run_pytest(pytester, "1", "--asm-cov=pool.asm", *(f"--asm-cov-report={form}" for form in forms))

    result.stdout.fnmatch_lines(["*always taken *1 * je      .one"])
    assert "BRDA:4,0,1,0" in pytester.path.joinpath("out.info").read_text()
    assert "always taken</span>" in pytester.path.joinpath("out.html").read_text()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--asm-cov-fail-under=100"], "*--asm-cov=SOURCE says which source*"),
        (["--asm-cov=pool.asm", "--asm-cov-report=xml"], "*the forms are listing, lcov:FILE and html:FILE*"),
        (["--asm-cov=pool.asm", "--asm-cov-report=lcov:"], "*the forms are listing*"),
    ],
)
def test_wrong_use_is_refused(pytester: pytest.Pytester, arguments: list[str], said: str) -> None:
    result = run_pytest(pytester, "1", *arguments)

    result.stderr.fnmatch_lines([said])
    assert pytest.ExitCode.USAGE_ERROR == result.ret


def test_a_report_that_cannot_be_written_is_told(pytester: pytest.Pytester) -> None:
    result = run_pytest(pytester, "1", "--asm-cov=pool.asm", "--asm-cov-report=lcov:no/such/out.info")

    result.stdout.fnmatch_lines(["cannot write no/such/out.info: *"])
