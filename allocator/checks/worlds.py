"""Run every page map of up to n pages with every request, and compare with what an allocator should do.

    check_worlds(image, pages=12)  ->  WorldReport
        |  chunks: a few thousand maps of the same number of pages    one after the other, or world_spread.py
    run_chunk     calls by the thousand in the guest, compared there   world_chunk.py
        |
    WorldDriver   the loop around the routine                          world_driver.py, world_driver.asm

What is expected comes from `world_model`: the documented behaviour, or with ``strict`` an ideal allocator's.
"""

from __future__ import annotations

import hashlib
import pickle
import time
from collections.abc import Callable
from concurrent.futures import Executor
from dataclasses import dataclass
from pathlib import Path

from allocator.assembly.image import Image
from allocator.checks.world_alone import Difference
from allocator.checks.world_chunk import WorldTask, run_chunk
from allocator.checks.world_model import DOCUMENTED, IDEAL, check_pages, world_count
from allocator.checks.world_spread import Spread
from allocator.checks.world_state import load_state, save_state
from allocator.findings import Example, Finding, Findings

CALLS_PER_CHUNK = 250_000
"""About a tenth of a second."""
KEPT = 20
RULE = "small worlds"
"""What findings call the rule that every world goes as expected."""
_SECONDS_BETWEEN_SAVES = 1.0

Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class WorldReport:
    """What came of all worlds of 1 to `pages` pages, each with the requests 0 to `pages` + 1.

    ``calls`` were made; ``skipped`` were not, because too many before them broke off. ``found`` differences were met;
    the smallest of them are in ``differences``, smallest first.
    """

    pages: int
    maps: int
    calls: int
    skipped: int
    found: int
    differences: tuple[Difference, ...]
    deaths: int = 0
    """Processes that died while they made calls; what they had under way was done again."""

    @property
    def requests(self) -> int:
        """How many requests each map was given."""
        return self.pages + 2


def check_worlds(
    image: Image, pages: int = 12, *, routine: str = "os_mem_allocate", strict: bool = False,
    executor: Executor | None = None, progress: Progress | None = None, resume: Path | str | None = None,
) -> WorldReport:  # fmt: skip
    """Call `routine` in every world of 1 to `pages` pages (at most 16) with every request.

    ``strict`` compares with an allocator without the documented oddities. The work spreads over the processes of
    ``executor``; ``progress(made, all)`` hears of calls; ``resume`` is a file that the work goes on from, and that it
    leaves behind. A worker process that dies does not end the campaign: see `world_spread`. Raises UsageError, and
    MachineError for a routine that cannot be called.
    """
    check_pages(pages)
    tasks = _tasks(image, routine, pages, (IDEAL if strict else DOCUMENTED).name)
    campaign = _Campaign(tasks, _digest(image, tasks), Path(resume) if resume else None, progress)
    try:
        campaign.run(executor)
    finally:
        campaign.save()
    return campaign.report(pages)


def _tasks(image: Image, routine: str, pages: int, model: str) -> list[WorldTask]:
    packed = pickle.dumps(image)
    step = max(1, CALLS_PER_CHUNK // (pages + 2))
    return [
        WorldTask(packed, routine, model, pages + 2, count, first, min(step, world_count(count) - first))
        for count in range(1, pages + 1)
        for first in range(0, world_count(count), step)
    ]


def _digest(image: Image, tasks: list[WorldTask]) -> str:
    # Of what decides the outcome; a pickled image differs from process to process.
    about = [(segment.start, segment.data.hex()) for segment in image.segments]
    places = sorted(image.symbols.items())
    text = repr((about, places, tasks[0][1:], tasks[-1][1:], len(tasks)))
    return hashlib.sha256(text.encode()).hexdigest()


class _Campaign:
    def __init__(self, tasks: list[WorldTask], digest: str, state: Path | None, progress: Progress | None) -> None:
        self._tasks = tasks
        self._digest = digest
        self._state = state
        self._progress = progress
        self._done = load_state(state, digest) if state else {}
        self._saved = time.monotonic()
        self._deaths = 0
        self._all_calls = sum(task.maps * task.requests for task in tasks)

    def run(self, executor: Executor | None) -> None:
        """Do the tasks that are left."""
        left = [(number, task) for number, task in enumerate(self._tasks) if number not in self._done]
        spread = Spread(executor) if executor else None
        results = spread.run(left) if spread else ((number, run_chunk(task)) for number, task in left)
        for number, result in results:
            self._done[number] = result
            if time.monotonic() - self._saved > _SECONDS_BETWEEN_SAVES:
                self.save()
            if self._progress:
                self._progress(sum(each.calls + each.skipped for each in self._done.values()), self._all_calls)
        self._deaths = spread.deaths if spread else 0

    def save(self) -> None:
        """Keep what is done, where that is wanted."""
        if self._state:
            save_state(self._state, self._digest, self._done)
        self._saved = time.monotonic()

    def report(self, pages: int) -> WorldReport:
        """Put the results together."""
        results = self._done.values()
        differences = sorted((each for result in results for each in result.smallest), key=lambda each: each.order)
        return WorldReport(
            pages=pages,
            maps=sum(task.maps for task in self._tasks),
            calls=sum(result.calls for result in results),
            skipped=sum(result.skipped for result in results),
            found=sum(result.found for result in results),
            differences=tuple(differences[:KEPT]),
            deaths=self._deaths,
        )


def world_findings(report: WorldReport, image: Image, routine: str = "os_mem_allocate") -> Findings:
    """Return the smallest difference of each kind as a finding, and what was covered."""
    line = image.line_at(image.symbols[routine])
    smallest: dict[str, Difference] = {}
    for each in report.differences:
        smallest.setdefault(each.kind, each)
    findings = (_finding(each, routine, line.line if line else 0) for each in smallest.values())
    return Findings(tuple(findings), {"pages": report.pages, "maps": report.maps, "calls": report.calls})


def _finding(difference: Difference, routine: str, line: int) -> Finding:
    states = tuple(int(state) for state in difference.pages.split(","))
    example = Example(states, {"rcx": difference.request}, 2 * len(states))
    message = f"expected {difference.expected}; came {difference.came}"
    return Finding(difference.kind, routine, RULE, message, line, example)


def describe_worlds(report: WorldReport) -> str:
    """Say in one sentence what was covered and what came of it.

    >>> describe_worlds(WorldReport(12, 797160, 11160240, 0, 0, ()))
    'all 797,160 maps of 1 to 12 pages x 14 requests: no difference'
    """
    what = f"all {report.maps:,} maps of 1 to {report.pages} pages x {report.requests} requests"
    aside = f" ({report.skipped:,} calls left out: too many before them broke off)" if report.skipped else ""
    if report.deaths:
        processes = "a worker process" if report.deaths == 1 else f"{report.deaths} worker processes"
        aside += f" ({processes} died, and what it was at was done again)"
    if not report.differences:
        return f"{what}{aside}: no difference"
    plural = "difference" if report.found == 1 else "differences"
    return f"{what}{aside}: {report.found:,} {plural}, smallest: {describe_difference(report.differences[0])}"


def describe_difference(difference: Difference) -> str:
    """Say in one line what was asked, what was expected and what came."""
    asked = f"pages {difference.pages}, request {difference.request}"
    return f"{asked}: expected {difference.expected}; came {difference.came}"
