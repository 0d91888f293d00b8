"""Name the exercises: the number of the notebook, a dot, and the number in it."""

from __future__ import annotations

from allocator.errors import UsageError
from allocator.exercises import allocating, defects, firmware, modes, privilege
from allocator.exercises.exercise import Exercise, Verdict, judge

EXERCISES: dict[str, Exercise] = {
    "1.1": allocating.BUSY_TOP,
    "1.2": allocating.LARGEST_PIECE,
    "1.3": allocating.LONGEST_ROW,
    "1.4": allocating.TABLE_COUNT,
    "2.1": firmware.EXTENDED,
    "2.2": firmware.HIGHEST,
    "2.3": firmware.PROBE,
    "3.1": modes.REAL,
    "3.2": modes.LARGE,
    "3.3": modes.TABLES,
    "3.4": modes.INDEX,
    "4.1": defects.UNREACHABLE,
    "4.2": defects.FORGOTTEN,
    "4.3": defects.CHECKED_RELEASE,
    "5.1": privilege.SELECTOR,
    "5.2": privilege.PLACE,
    "5.3": privilege.ERROR_CODE,
    "5.4": privilege.WALK,
}


def answer(name: str | float, given: object = None) -> Verdict:
    """Return what `given` is worth as the answer to an exercise; raises UsageError where there is no such exercise."""
    return judge(_find(name), given)


def hint(name: str | float, count: int = 1) -> str:
    """Return the `count`-th hint to an exercise, or the last one; raises UsageError where there is no such exercise."""
    hints = _find(name).hints
    return hints[min(max(count, 1), len(hints)) - 1]


def _find(given: str | float) -> Exercise:
    name = str(given)  # 1.1 stands for "1.1" as well
    if name not in EXERCISES:
        raise UsageError(f"there is no exercise '{name}'\nhint: there are {', '.join(EXERCISES)}")
    return EXERCISES[name]
