"""Give pytest the sandbox: a source and a memory in, a machine out; and say why an assertion about a run failed.

    def test_three_pages_come_from_the_top(sandbox, record):
        machine = sandbox("pool.asm", memory="64M")
        assert record(machine, "os_mem_allocate", rcx=3).run.rax == 0x3A00000

    @pytest.mark.allocator(source="pool.asm", memory="64M")
    def test_a_page_is_had(machine): ...

- pytest finds this file by its entry point, so it imports nothing but pytest until a fixture is used or a test that
  used one fails.
- A source that is not absolute is looked for beside the test file first. No source at all means the shipped
  ``memory.asm``.
- Markers of a module, a class and a function add up; the one nearest to the test wins.
- A failed assertion about a run says which instruction made it fail (``views/assertion.py``): in short, and
  everything with ``-vv``. An assertion that is not understood is left as pytest shows it.
- ``--asm-cov=pool.asm`` counts what the tests' machines execute of that source, those made by the fixtures.
- Beside a JUnit file the traces of failed tests are saved, one file each; ``--allocator-traces`` says where else.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Generator, Iterator
from contextlib import nullcontext
from pathlib import Path
from types import FrameType, TracebackType
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from allocator.checks.coverage_session import CoverageSession
    from allocator.machine.firmware_map import FirmwareMap
    from allocator.machine.machine import Machine
    from allocator.machine.run import Run
    from allocator.trace.trace import Trace
    from allocator.views.assertion import Explanation

    Memory = int | str | Path | FirmwareMap

MARKER = "allocator"
DEFAULT_SOURCE = "memory.asm"
DEFAULT_MEMORY = "64M"
TRACE_PROPERTY = "allocator_trace"
"""What the JUnit file calls the trace of a failed test."""
_FULL_FROM = 2
_COVERAGE = pytest.StashKey["CoverageSession"]()
_WORKERS_COVERAGE = "allocator_coverage"


class Sandbox:
    """Makes machines for the tests of one file."""

    def __init__(self, directory: Path, coverage: CoverageSession | None = None) -> None:
        """Take the directory in which relative sources are looked for first, and what counts the machines' steps."""
        self._directory = directory
        self._coverage = coverage

    def __call__(
        self,
        *sources: Path | str,
        memory: Memory = DEFAULT_MEMORY,
        policy: str = "regions",
        pages: str | bytes | None = None,
        contract: bool = False,
        **options: Any,  # noqa: ANN401 -- assemble has their types
    ) -> Machine:
        """Assemble `sources`, or ``text=``, with the other options of `assemble`, and return a machine of `memory`.

        ``pages`` is the page map that it starts with: states, or runs as ``"used:0 free:1-31"``. With ``contract``
        every call is held to the comment above the routine, and raises ContractBroken.
        """
        from allocator import Machine, assemble, shipped

        paths = [self._find(source) for source in sources]
        if not paths and "text" not in options:
            paths = [shipped(DEFAULT_SOURCE)]
        if contract:
            from allocator.checks.enforced import EnforcedMachine as Machine
        machine = Machine(assemble(*paths, **options), memory, policy=policy)
        if pages is not None:
            machine.page_map.load(_states(pages))
        if self._coverage:
            self._coverage.cover(machine)
        return machine

    def _find(self, source: Path | str) -> Path:
        beside = self._directory / source
        return beside if beside.exists() else Path(source)


def _states(pages: str | bytes) -> bytes:
    from allocator.machine.pages_spec import parse_pages_spec

    return parse_pages_spec(pages) if isinstance(pages, str) else pages


# -- fixtures --


@pytest.fixture
def sandbox(request: pytest.FixtureRequest) -> Iterator[Sandbox]:
    """Make machines: ``sandbox("pool.asm", memory="64M")``, or ``sandbox(text="f: ret")``."""
    coverage = request.config.stash.get(_COVERAGE, None)
    with coverage.test() if coverage else nullcontext():
        yield Sandbox(request.path.parent, coverage)


@pytest.fixture
def machine(request: pytest.FixtureRequest, sandbox: Sandbox) -> Machine:
    """The machine that the marker ``allocator`` describes; without one, 64 MiB with the shipped allocator."""
    options = _marked(request.node)
    source = options.pop("source", ())
    return sandbox(*([source] if isinstance(source, (str, Path)) else source), **options)


@pytest.fixture
def record() -> Callable[..., Trace]:
    """Call a routine and return its trace: ``record(machine, "os_mem_allocate", rcx=3)``."""
    from allocator import record

    return record


def _marked(node: pytest.Item) -> dict[str, Any]:
    """Return the arguments of all the test's markers, those nearest to the test last."""
    options: dict[str, Any] = {}
    for marker in reversed(list(node.iter_markers(MARKER))):
        if marker.args:
            raise pytest.UsageError(
                f"{node.nodeid}: the marker '{MARKER}' takes names, not positions: write source={marker.args[0]!r}"
            )
        options.update(marker.kwargs)
    return options


# -- settings --


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the option that says where traces are saved."""
    group = parser.getgroup("allocator", "tests of assembly (allocator-sandbox)")
    group.addoption(
        "--allocator-traces",
        metavar="DIR",
        help="save the traces of failed tests in this directory (default: beside the file of --junitxml)",
    )
    group.addoption(
        "--asm-cov",
        action="append",
        default=[],
        metavar="SOURCE",
        help="report which instructions and branches of this source the tests reached; may be given several times",
    )
    group.addoption(
        "--asm-cov-report",
        action="append",
        default=[],
        metavar="FORM",
        help="besides the summary: listing, lcov:FILE or html:FILE",
    )
    group.addoption(
        "--asm-cov-fail-under", type=float, metavar="PERCENT", help="fail if less of the sources was reached"
    )


def pytest_configure(config: pytest.Config) -> None:
    """Make the marker known, so that --strict-markers accepts it, and settle where traces are saved."""
    config.addinivalue_line(
        "markers",
        f"{MARKER}(source=..., memory=..., policy=..., pages=..., contract=..., **options): what the fixture "
        "`machine` is made of; the options are those of allocator.assemble (text, define, symbols, include ...)",
    )
    _settle_coverage(config)
    # Absolute before xdist hands the options on to workers, which stand in other directories.
    config.option.allocator_traces = _trace_directory(config)


def _trace_directory(config: pytest.Config) -> str | None:
    base = config.invocation_params.dir
    asked, junit = config.getoption("allocator_traces"), config.getoption("xmlpath", None)
    if asked:
        return str(base / asked)
    if not junit:
        return None
    file = base / Path(junit).expanduser()
    return str(file.with_name(f"{file.stem}-traces"))


# -- coverage --


def _settle_coverage(config: pytest.Config) -> None:
    asked = config.getoption("asm_cov")
    forms = config.getoption("asm_cov_report")
    if not asked and (forms or config.getoption("asm_cov_fail_under") is not None):
        raise pytest.UsageError("--asm-cov=SOURCE says which source the other --asm-cov options are about")
    for form in forms:
        kind, _, file = form.partition(":")
        if form != "listing" and (kind not in ("lcov", "html") or not file):
            raise pytest.UsageError(f"--asm-cov-report={form}: the forms are listing, lcov:FILE and html:FILE")
    if asked:
        from allocator.checks.coverage_session import CoverageSession

        config.stash[_COVERAGE] = CoverageSession(asked)


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any, error: object) -> None:  # noqa: ANN401 -- xdist's own types
    """Add what a worker of xdist covered."""
    coverage = node.config.stash.get(_COVERAGE, None)
    parts = getattr(node, "workeroutput", {}).get(_WORKERS_COVERAGE)
    if coverage and parts:
        from allocator.coverage import plain_coverage

        coverage.add(plain_coverage(parts))


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    """Hand the coverage of a worker on; fail the session where too little was reached."""
    coverage = session.config.stash.get(_COVERAGE, None)
    if coverage is None:
        return
    if hasattr(session.config, "workeroutput"):
        session.config.workeroutput[_WORKERS_COVERAGE] = coverage.coverage().as_plain()
    elif exitstatus == pytest.ExitCode.OK and _too_little(session.config, coverage):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def _too_little(config: pytest.Config, coverage: CoverageSession) -> str:
    """Say what is missing of what was asked for; nothing where nothing is."""
    wanted = config.getoption("asm_cov_fail_under")
    if wanted is None:
        return ""
    if coverage.missed_names:
        return f"no machine was made of {', '.join(coverage.missed_names)}"
    percent = coverage.coverage().percent
    return f"{percent:.2f}% of the assembly was reached, less than {wanted:g}%" if percent < wanted else ""


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """Show the coverage, and write the reports that were asked for."""
    coverage = config.stash.get(_COVERAGE, None)
    if coverage is None:
        return
    from allocator.views.coverage import coverage_summary

    terminalreporter.section("coverage of assembly")
    for line in coverage_summary(coverage.coverage()):
        terminalreporter.line(line)
    for name in coverage.missed_names:
        terminalreporter.line(f"no machine was made of {name} by the fixtures", yellow=True)
    for form in config.getoption("asm_cov_report"):
        _report_coverage(terminalreporter, coverage, form)
    missing = _too_little(config, coverage)
    if missing:
        terminalreporter.line(f"FAIL: {missing}", red=True)


def _report_coverage(terminalreporter: pytest.TerminalReporter, coverage: CoverageSession, form: str) -> None:
    from allocator.errors import reason
    from allocator.views.coverage import coverage_listing
    from allocator.views.coverage_html import coverage_page
    from allocator.views.lcov import coverage_lcov

    kind, _, file = form.partition(":")
    if kind == "listing":
        for line in coverage_listing(coverage.coverage()):
            terminalreporter.line(line)
        return
    found = coverage.coverage()
    text = coverage_page(found) if kind == "html" else "\n".join(coverage_lcov(found)) + "\n"
    try:
        Path(file).write_text(text, encoding="utf-8")
    except OSError as error:
        terminalreporter.line(f"cannot write {file}: {reason(error)}", red=True)


# -- explanations --


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Explain the failure of a test that had to do with a machine, before pytest shows it."""
    if call.excinfo is not None and "allocator.machine.run" in sys.modules:
        try:
            _explain(item, call.excinfo)
        except Exception as error:  # a failure that cannot be explained is shown all the same
            said = f"allocator could not explain this: {type(error).__name__}: {error}"
            item.add_report_section(call.when, "allocator", said)
    return (yield)


def _explain(item: pytest.Item, excinfo: pytest.ExceptionInfo[BaseException]) -> None:
    is_full = item.config.get_verbosity() >= _FULL_FROM
    explanation = _explanation(excinfo.value, excinfo.tb, is_full)
    if explanation is None:
        return
    saved = _saved_trace(item, explanation)
    if explanation.lines:
        excinfo.value.args = (_message(excinfo.value, [*explanation.lines, *saved], is_full),)
    elif saved:
        excinfo.value.args = ("\n".join([str(excinfo.value), *saved]),)


def _explanation(error: BaseException, traceback: TracebackType, is_full: bool) -> Explanation | None:
    from allocator.errors import ContractBroken, GuestFault
    from allocator.views import assertion

    frames = _frames(traceback)
    if isinstance(error, GuestFault):
        local = _variables(frames, "result")
        return assertion.explain_raised_fault(local["self"], is_full) if local else None
    if isinstance(error, ContractBroken):
        local = _variables(frames, "enforce")
        return (
            assertion.explain_broken_contract(local["run"], local["trace"], local["broken"], is_full) if local else None
        )
    if isinstance(error, AssertionError):
        frame, line = frames[0]
        place = assertion.Frame(frame.f_code.co_filename, line, frame.f_locals, frame.f_globals)
        return assertion.explain_assert(place, _saved_where, is_full)
    return None


def _variables(frames: list[tuple[FrameType, int]], function: str) -> dict[str, Any] | None:
    """Return the variables of that function of ours that raised an error."""
    ours = (frame for frame, _ in frames if frame.f_globals.get("__name__", "").startswith("allocator."))
    return next((dict(frame.f_locals) for frame in ours if frame.f_code.co_name == function), None)


def _frames(traceback: TracebackType | None) -> list[tuple[FrameType, int]]:
    """Return the frames that an exception went through, the one that raised it first."""
    found: list[tuple[FrameType, int]] = []
    while traceback is not None:
        found.insert(0, (traceback.tb_frame, traceback.tb_lineno))
        traceback = traceback.tb_next
    return found


def _saved_where(run: Run, trace: Trace | None, name: str) -> str:
    from allocator.checks.cause import Cause

    return Cause(run, trace).of_register(name).text


def _message(error: BaseException, lines: list[str], is_full: bool) -> str:
    """Return what the test fails with: what its author wrote, our lines, and pytest's own where all is asked for."""
    before, found, compared = f"\n{error}".partition("\nassert ")
    author = before.strip("\n") if found or type(error) is AssertionError else ""
    own = ["", f"assert {compared}"] if found and is_full else []
    return "\n".join([*([author] if author else []), *lines, *own])


def _saved_trace(item: pytest.Item, explanation: Explanation) -> list[str]:
    directory = item.config.getoption("allocator_traces")
    trace = explanation.find_trace() if directory else None
    if directory is None or trace is None:
        return []
    from allocator.views.saved_traces import save_failed_trace

    saved = save_failed_trace(trace, Path(directory), item.nodeid)
    if isinstance(saved, str):
        return [saved]
    base = item.config.invocation_params.dir
    shown = saved.relative_to(base) if saved.is_relative_to(base) else saved
    item.user_properties.append((TRACE_PROPERTY, shown.as_posix()))
    return [f"trace: {shown.as_posix()}"]
