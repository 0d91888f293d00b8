"""Measure two things side by side: the machine may be busy, but it is then busy for both.

Each round times ours and the reference one right after the other, in turns which comes first. The ratio is the median
of the rounds' ratios, so that neither a slow minute nor a single hiccup decides.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Sequence
from statistics import median
from time import perf_counter
from typing import NamedTuple

ROUNDS = 9


class Ratio(NamedTuple):
    """The median of the rounds' ratios, and the median seconds of each side."""

    ratio: float
    ours: float
    reference: float

    def row(self, name: str, reference_name: str, limit: float) -> str:
        """Return a line of a table, with the verdict."""
        verdict = "ok" if self.ratio <= limit else "TOO SLOW"
        return (
            f"{name:<44} {1000 * self.ours:9.2f} ms  {reference_name:<36} {1000 * self.reference:9.2f} ms"
            f"  ratio {self.ratio:6.3f}  limit {limit:g}  {verdict}"
        )


def measure_pairs(ours: Callable[[], object], reference: Callable[[], object], rounds: int = ROUNDS) -> Ratio:
    """Time `ours` and `reference` alternately, after one unmeasured round of both."""
    ours()
    reference()
    pairs = [_pair(ours, reference, number % 2 == 1) for number in range(rounds)]
    return Ratio(
        median(mine / other for mine, other in pairs),
        median(mine for mine, _ in pairs),
        median(other for _, other in pairs),
    )


def _pair(ours: Callable[[], object], reference: Callable[[], object], reference_first: bool) -> tuple[float, float]:
    if reference_first:
        other = _seconds(reference)
        return _seconds(ours), other
    return _seconds(ours), _seconds(reference)


def _seconds(work: Callable[[], object]) -> float:
    start = perf_counter()
    work()
    return perf_counter() - start


def python(*arguments: str) -> Callable[[], None]:
    """Return what runs this Python with `arguments` as a process of its own, and throws its output away."""
    return process([sys.executable, *arguments])


def process(command: Sequence[str]) -> Callable[[], None]:
    """Return what runs `command` and throws its output away; raises CalledProcessError where it fails."""

    def run() -> None:
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)

    return run
