"""Judge the exercises of notebook 04: finding defects."""

from __future__ import annotations

from allocator.assembly.assembler import assemble, shipped
from allocator.assembly.image import Image
from allocator.checks.bench import Bench
from allocator.checks.declaration import BAREMETAL
from allocator.checks.laws import check_laws
from allocator.checks.samples import check_samples
from allocator.checks.worlds import check_worlds
from allocator.exercises.exercise import Exercise, NotYetError, expect, program
from allocator.machine.machine import Machine

_PAGES = 5
_QUICK = ("returns", "no overlap", "inside memory", "alignment", "conservation", "failure", "reclaim", "free count")
"""The laws that take little time."""


def _judge_unreachable(given: object) -> None:
    expect(given, check_worlds(assemble(shipped("memory.asm")), _PAGES, strict=True).found)


UNREACHABLE = Exercise(
    _judge_unreachable,
    "Every one of them is the scan that ends too early: pages 0 and 1 are not handed out, or on one page 0 is.",
    (
        "check_worlds has an argument that compares with an ideal allocator instead of the documented one.",
        "A report counts the differences that were met in its field found.",
    ),
)


def _judge_forgotten(given: object) -> None:
    image = program(given, "os_mem_allocate", "os_mem_release", "os_mem_get_free", "os_mem_copy")
    shipped_one = assemble(shipped("memory.asm"))
    if _broken_contracts(image) - _broken_contracts(shipped_one):
        raise NotYetError("The contracts find something. Look for a change that keeps every promise of the comments.")
    if not _broken_laws(image) - _broken_laws(shipped_one):
        raise NotYetError("No law is broken that was not broken before.")


def _broken_contracts(image: Image) -> set[tuple[str, str]]:
    found = check_samples(image, lambda: Machine(image), tuple(image.contracts)).findings
    return {(finding.routine, finding.rule) for finding in found}


def _broken_laws(image: Image) -> set[tuple[str, str, str, str]]:
    return {finding.identity for finding in check_laws(Bench(Machine(image), BAREMETAL), _QUICK)}


FORGOTTEN = Exercise(
    _judge_forgotten,
    "A contract says what a routine promises about registers and memory. Whether it gives out a page twice is "
    "no part of that: the laws are.",
    (
        "os_mem_allocate may write anything into the page map, as far as its contract goes.",
        "What would happen if the pages were marked with something else than 2?",
    ),
)


def _judge_checked_release(given: object) -> None:
    image = program(given, "os_mem_allocate", "os_mem_release")
    laws = ("double free", "reclaim", "returns")
    found = check_laws(Bench(Machine(image), BAREMETAL), laws)
    findings = [finding for finding in found if finding.routine == "os_mem_release"]
    if findings:
        raise NotYetError(f"{findings[0].rule}: {findings[0].message}.\nTried: {'; '.join(findings[0].example.calls)}")


CHECKED_RELEASE = Exercise(
    _judge_checked_release,
    "It costs one look at each page. BareMetal trusted its callers instead.",
    (
        "Before os_mem_release stores anything, it has to look at the bytes: all of them must be 2.",
        "repe scasb compares AL with the bytes at RDI, RCX times at most, and stops at the first that differs.",
        "Where a page is not in use: store nothing, and return RCX = 0.",
    ),
)
