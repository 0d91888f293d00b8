from __future__ import annotations

import os
import signal
from concurrent.futures import BrokenExecutor, Executor, Future

import pytest

from allocator.checks import world_spread
from allocator.checks.world_chunk import ChunkResult, WorldTask
from allocator.checks.world_spread import Spread, make_processes

KILLER = 21
"""The number of the map, of those of 4 pages, that kills whoever makes its calls: 0,2,1,0."""


def do_or_die(task: WorldTask) -> ChunkResult:
    if task.first <= KILLER < task.first + task.maps:
        os.kill(os.getpid(), signal.SIGKILL)
    return ChunkResult(task.maps * task.requests, 0, 0, ())


def die(_task: WorldTask) -> ChunkResult:
    os.kill(os.getpid(), signal.SIGKILL)
    raise AssertionError("unreachable")


def chunks(count: int, maps: int) -> list[tuple[int, WorldTask]]:
    return [(number, WorldTask(b"", "f", "documented", 6, 4, number * maps, maps)) for number in range(count)]


def test_the_map_that_kills_its_process_is_found_and_all_others_are_done() -> None:
    with make_processes(1) as executor:
        results = dict(Spread(executor, do_or_die).run(chunks(3, 10)))

    assert [60, 60, 60] == [results[number].calls for number in range(3)]
    assert [("0,2,1,0", "fault")] == [(each.pages, each.kind) for each in results[2].smallest]


def test_every_process_that_died_is_counted() -> None:
    with make_processes(1) as executor:
        spread = Spread(executor, do_or_die)
        list(spread.run(chunks(3, 10)))

    assert 5 == spread.deaths  # the first, the chunk alone, and of 5, 2 and 1 maps


def test_a_chunk_of_which_everything_kills_is_skipped_in_the_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(world_spread, "MAX_DEATHS", 3)
    with make_processes(1) as executor:
        [(_, result)] = Spread(executor, die).run(chunks(1, 4))

    assert 24 == result.calls + result.skipped
    assert result.skipped


class Flaky(Executor):
    """Loses its process at the first chunk, and has none from then on."""

    def submit(self, *_arguments: object, **_options: object) -> Future[object]:  # type: ignore[override]
        raise BrokenExecutor


def test_an_executor_that_takes_nothing_any_more_loses_no_chunk() -> None:
    results = dict(Spread(Flaky(), do_or_die).run(chunks(2, 5)))

    assert [30, 30] == [results[number].calls for number in range(2)]
