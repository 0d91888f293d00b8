"""Spread chunks of worlds over processes; when one dies, go on, and find the world that killed it.

- Few chunks are handed out at a time: when a process dies, these are the suspects.
- An executor that lost a process is of no more use. The suspects are done again, each alone in a process of our own;
  the rest goes on in new processes.
- A chunk that kills its process once more is halved until a single map is left: that one is a difference of
  kind ``fault``. After `MAX_DEATHS` the rest of the chunk is skipped, and counted as skipped.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, Executor, Future, ProcessPoolExecutor, wait
from multiprocessing import get_context

from allocator.checks.world_alone import Difference
from allocator.checks.world_chunk import KEPT, ChunkResult, WorldTask, run_chunk
from allocator.checks.world_model import make_maps
from allocator.findings import FAULT

IN_FLIGHT = 32
"""Chunks that are handed out at a time: a tenth of a second of work each."""
MAX_DEATHS = 48
"""Processes that one chunk may kill: enough to halve it down to one map, three times over."""

Numbered = tuple[int, WorldTask]
Do = Callable[[WorldTask], ChunkResult]


def make_processes(workers: int | None = None) -> ProcessPoolExecutor:
    """Return `workers` new processes, by default one for each processor, that share nothing with this one."""
    return ProcessPoolExecutor(workers, mp_context=get_context("spawn"))


class Spread:
    """Chunks on their way through processes; ``deaths`` counts the processes that died over them."""

    def __init__(self, executor: Executor, do: Do = run_chunk) -> None:
        """``do`` does one chunk, in another process."""
        self._executor = executor
        self._do = do
        self.deaths = 0

    def run(self, tasks: Iterable[Numbered]) -> Iterator[tuple[int, ChunkResult]]:
        """Do all tasks, and yield each one's number with its result, in the order in which they end."""
        left = deque(tasks)
        suspects = yield from self._hand_out(left, self._executor)
        while suspects or left:
            self.deaths += 1
            for number, task in suspects:
                with _Quarantine(self._do) as quarantine:
                    result = quarantine.narrow(task)
                self.deaths += quarantine.deaths
                yield number, result
            with make_processes() as fresh:
                suspects = yield from self._hand_out(left, fresh)

    def _hand_out(
        self, left: deque[Numbered], executor: Executor
    ) -> Generator[tuple[int, ChunkResult], None, list[Numbered]]:
        """Do what is left; where a process dies, return the tasks that were under way."""
        under_way: dict[Future[ChunkResult], Numbered] = {}
        try:
            while left or under_way:
                while left and len(under_way) < IN_FLIGHT:
                    future = executor.submit(self._do, left[0][1])
                    under_way[future] = left.popleft()
                for future in wait(under_way, return_when=FIRST_COMPLETED).done:
                    result = future.result()
                    yield under_way.pop(future)[0], result
        except BrokenExecutor:
            return list(under_way.values())
        finally:
            for future in under_way:
                future.cancel()
        return []


class _Quarantine:
    """One process of our own, replaced when it dies."""

    def __init__(self, do: Do) -> None:
        self._do = do
        self._executor = make_processes(1)
        self.deaths = 0

    def __enter__(self) -> _Quarantine:
        return self

    def __exit__(self, *_exception: object) -> None:
        self._executor.shutdown()

    def narrow(self, task: WorldTask) -> ChunkResult:
        """Do a task; where its process dies, find the map that it dies of, and do the others."""
        if self.deaths >= MAX_DEATHS:
            return ChunkResult(0, task.maps * task.requests, 0, ())
        try:
            return self._executor.submit(self._do, task).result()
        except BrokenExecutor:
            self.deaths += 1
            self._executor.shutdown()
            self._executor = make_processes(1)
        if task.maps == 1:
            return ChunkResult(task.requests, 0, 1, (_death(task),))
        half = task.maps // 2
        first = self.narrow(task._replace(maps=half))
        return _joined(first, self.narrow(task._replace(first=task.first + half, maps=task.maps - half)))


def _joined(one: ChunkResult, other: ChunkResult) -> ChunkResult:
    smallest = sorted((*one.smallest, *other.smallest), key=lambda difference: difference.order)[:KEPT]
    return ChunkResult(one.calls + other.calls, one.skipped + other.skipped, one.found + other.found, tuple(smallest))


def _death(task: WorldTask) -> Difference:
    states = make_maps(task.pages, task.first, 1)[0, : task.pages]
    pages = ",".join(str(int(state)) for state in states)
    came = f"the process that makes the calls died, at one of the requests 0 to {task.requests - 1}"
    return Difference(pages, 0, FAULT, "calls that end", came)
