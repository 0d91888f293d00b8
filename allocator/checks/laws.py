"""Ask of an allocator what every allocator should keep, on every small machine there is.

A law is a function that drives a `Bench` and yields what broke it, smallest example first. Each can be used by
itself: ``next(no_overlap(Bench(machine, BAREMETAL)), None)``; `check_laws` asks them all.

    returns            every request comes back, on every machine
    no overlap         a page in use is not handed out again, alone or inside a larger block
    inside memory      what is handed out exists
    alignment          an address is the start of a page
    conservation       exactly the pages handed out change, from free to used
    failure            where it says that it failed, it changed nothing
    availability       if there are k free pages in a row, k can be had
    reclaim            what is released is free again, and can be had again
    double free        releasing twice is noticed
    foreign free       releasing what was never handed out is noticed
    free count         as many as there are
    direction flag     clear on return, and not relied upon on entry
    contents           what is in memory, besides the page map, stays
    reentrancy         two processors at once are given different pages

The sentence of a finding says what is wrong without the numbers of its example: equal sentences are one finding,
which names all sizes of machines that it was seen on.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace

from allocator.checks.bench import Allocation, Bench, Outcome
from allocator.checks.declaration import BAREMETAL, Allocator
from allocator.checks.interleaving import interleaved
from allocator.findings import LAW, Finding, Findings
from allocator.machine.machine import Machine

LARGEST = 5
"""Pages of the largest world on which one call is tried. Where two are out of reach, a row can still be broken."""
LARGEST_OF_MANY = 4
"""Pages of the largest world for laws that take several calls, or a long one."""
PROBED = 6
"""Pages of the machine on which each page is asked for by itself."""

Law = Callable[[Bench], Iterator[Finding]]


def check_allocator(machine: Machine, routines: Iterable[str], allocator: Allocator = BAREMETAL) -> Findings:
    """Return what `routines` of an allocator break of all laws; nothing where the image has no such allocator."""
    if allocator.allocate not in machine.image.labels:
        return Findings()
    wanted = set(routines)
    bench = Bench(machine, allocator)
    found = tuple(finding for finding in check_laws(bench) if finding.routine in wanted)
    maps = sum(1 for _ in bench.worlds(LARGEST))
    return Findings(found, {"pages": LARGEST, "maps": maps, "calls": bench.calls})


def check_laws(bench: Bench, names: Iterable[str] | None = None) -> tuple[Finding, ...]:
    """Return what breaks the laws, by default all of `LAWS`: each sentence once, with its first example."""
    found: dict[tuple[str, ...], Finding] = {}
    sizes: dict[tuple[str, ...], set[int]] = {}
    for name in names or LAWS:
        for finding in LAWS[name](bench):
            same = _sameness(finding)
            found.setdefault(same, finding)
            if name in _ON_EVERY_MAP:
                sizes.setdefault(same, set()).add(len(finding.example.pages))
    return tuple(_with_sizes(finding, sizes.get(same)) for same, finding in found.items())


def _sameness(finding: Finding) -> tuple[str, ...]:
    # A fault's sentence holds an address that differs from example to example: what is the same is the line.
    if finding.kind == LAW:
        return finding.identity
    return finding.kind, finding.routine, finding.rule, str(finding.line)


def _with_sizes(finding: Finding, sizes: set[int] | None) -> Finding:
    # Said in the sentence, so that what is accepted of tiny machines is not accepted of larger ones.
    if not sizes:
        return finding
    pages = "page" if sizes == {1} else "pages"
    return replace(finding, message=f"with {_listed(sorted(sizes))} {pages}: {finding.message}")


def _listed(numbers: Sequence[int]) -> str:
    names = [str(number) for number in numbers]
    return " and ".join((", ".join(names[:-1]), names[-1])) if len(names) > 1 else names[0]


def returns(bench: Bench) -> Iterator[Finding]:
    """Every request comes back, on every machine."""
    for outcome in bench.requests(LARGEST):
        if not outcome.returned:
            yield bench.fault(outcome)


def no_overlap(bench: Bench) -> Iterator[Finding]:
    """A page in use is not handed out again."""
    for allocation in bench.allocations(LARGEST):
        if bench.allocator.used in allocation.states(allocation.outcome.before):
            yield bench.finding(allocation.outcome, "no overlap", "hands out a page that is in use")


def inside_memory(bench: Bench) -> Iterator[Finding]:
    """What is handed out exists."""
    for allocation in bench.allocations(LARGEST):
        states = allocation.states(allocation.outcome.before)
        if any(page >= allocation.size for page in allocation.pages) or bench.allocator.absent in states:
            yield bench.finding(allocation.outcome, "inside memory", "hands out a page that does not exist")


def alignment(bench: Bench) -> Iterator[Finding]:
    """An address is the start of a page."""
    for allocation in bench.allocations(LARGEST):
        if allocation.address % bench.allocator.page_size:
            message = "returns an address that is not the start of a page"
            yield bench.finding(allocation.outcome, "alignment", message)


def conservation(bench: Bench) -> Iterator[Finding]:
    """Exactly the pages handed out change, from free to used."""
    for allocation in bench.allocations(LARGEST):
        if allocation.address:
            for message in _not_conserved(bench, allocation):
                yield bench.finding(allocation.outcome, "conservation", message)


def _not_conserved(bench: Bench, allocation: Allocation) -> Iterator[str]:
    after = allocation.states(allocation.outcome.after)
    if not allocation.asked:
        yield "returns an address where no page was asked for"
    if any(state != bench.allocator.used for state in after):
        yield "a page that it hands out is not marked used"
    if set(allocation.outcome.changed) - set(allocation.pages):
        yield "changes the state of a page that it does not hand out"


def failure(bench: Bench) -> Iterator[Finding]:
    """Where it says that it failed, it changed nothing."""
    for allocation in bench.allocations(LARGEST):
        if not allocation.address and allocation.outcome.changed:
            message = "returns 0, which says that it failed, but changed the page map"
            yield bench.finding(allocation.outcome, "failure", message)


def availability(bench: Bench) -> Iterator[Finding]:
    """If there are k free pages in a row, k can be had."""
    yield from _never_had(bench)
    declared = bench.allocator
    unreachable: dict[int, set[int]] = {}
    for pages in bench.worlds(LARGEST, (declared.free, declared.used)):
        if len(pages) not in unreachable:
            unreachable[len(pages)] = _unreachable(bench, len(pages))
        missing = unreachable[len(pages)]
        usable = [state == declared.free and page not in missing for page, state in enumerate(pages)]
        for count in range(1, _longest(usable) + 1):
            bench.set(pages)
            allocation = bench.allocate(count)
            if allocation and not allocation.address:
                message = "free pages in a row are there, each can be had alone, and they are not handed out"
                yield bench.finding(allocation.outcome, "availability", message)


def _never_had(bench: Bench) -> Iterator[Finding]:
    missing = _unreachable(bench, PROBED)
    if not missing:
        return
    which = f"{'page' if len(missing) == 1 else 'pages'} {_listed(sorted(missing))}"
    message = f"of {PROBED} pages, {which} cannot be had, free or not"
    for size in range(2, PROBED + 1):
        for page in sorted(missing):
            allocation = _alone(bench, size, page) if page < size else None
            if allocation and not allocation.address:
                yield bench.finding(allocation.outcome, "availability", message)
                return


def _unreachable(bench: Bench, size: int) -> set[int]:
    """Return the pages that cannot be had although they are the only free ones."""
    return {
        page
        for page in range(size)
        if (had := _alone(bench, size, page)) is None or had.first != page or not had.address
    }


def _alone(bench: Bench, size: int, page: int) -> Allocation | None:
    pages = [bench.allocator.used] * size
    pages[page] = bench.allocator.free
    bench.set(pages)
    return bench.allocate(1)


def _longest(usable: list[bool]) -> int:
    longest = length = 0
    for is_usable in usable:
        length = length + 1 if is_usable else 0
        longest = max(longest, length)
    return longest


def reclaim(bench: Bench) -> Iterator[Finding]:
    """What is released is free again, and can be had again."""
    for allocation in bench.made_again(LARGEST_OF_MANY):
        outcome = bench.release(allocation.address, allocation.asked)
        if outcome is None:
            continue
        if not outcome.returned:
            yield bench.fault(outcome)
        elif any(state != bench.allocator.free for state in allocation.states(outcome.after)):
            yield bench.finding(outcome, "reclaim", "a page that was released is not free")
        elif outcome.after != allocation.outcome.before:
            yield bench.finding(outcome, "reclaim", "releasing changes a page that was not released")
        else:
            again = bench.allocate(allocation.asked)
            if again is None or again.address != allocation.address:
                message = "pages that were released cannot be had again"
                yield bench.finding(again.outcome if again else outcome, "reclaim", message)


def double_free(bench: Bench) -> Iterator[Finding]:
    """Releasing twice is noticed: nothing changes, and nothing is said to be freed."""
    for allocation in bench.made_again(LARGEST_OF_MANY):
        if bench.release(allocation.address, allocation.asked):
            again = bench.release(allocation.address, allocation.asked)
            message = _unnoticed(bench, again)
            if again and message:
                yield bench.finding(again, "double free", f"pages that are free already are released: {message}")


def _unnoticed(bench: Bench, outcome: Outcome | None) -> str:
    """Return how a release that should have been refused was not; empty where it was."""
    if outcome is None or not outcome.returned:
        return ""
    if outcome.changed:
        return "the page map changes"
    said = bench.allocator.released
    return "it is said that they were freed" if said and outcome.run.registers[said] else ""


def foreign_free(bench: Bench) -> Iterator[Finding]:
    """Releasing what was never handed out is noticed."""
    declared = bench.allocator
    size = declared.page_size
    for pages, address, what in (
        ((declared.absent, declared.used), 0, "a page that does not exist is released"),
        ((declared.used, declared.used), 2 * size, "a page beyond the machine's memory is released"),
        ((declared.used, declared.used, declared.used), 2 * size + 1, "an address inside a page is released"),
        ((declared.used, declared.used), (bench.size - 1) * size, "a page at the end of the page map is released"),
    ):
        count = 2 if "end of" in what else 1
        bench.set(pages)
        outcome = bench.release(address, count)
        if outcome and not outcome.returned:
            yield bench.fault(outcome)
        message = _unnoticed(bench, outcome)
        if outcome and message:
            yield bench.finding(outcome, "foreign free", f"{what}: {message}")


def free_count(bench: Bench) -> Iterator[Finding]:
    """As many free pages are counted as there are."""
    routine = bench.allocator.count_free
    if routine not in bench.allocator.routines(bench.machine.image):
        return
    for pages in bench.worlds(LARGEST_OF_MANY):
        yield from _miscounted(bench, bytes(pages), str(routine), "free pages are counted wrong")
    for page in (65_534, 65_535, 65_536, bench.size - 1):
        if page < bench.size:
            states = bytes(page) + bytes([bench.allocator.free])
            wrong = list(_miscounted(bench, states, str(routine), f"page {page:,} is free and is not counted"))
            if wrong:
                yield from wrong
                return


def _miscounted(bench: Bench, states: bytes, routine: str, message: str) -> Iterator[Finding]:
    bench.set(states)
    outcome = bench.call(routine)
    if not outcome.returned:
        yield bench.fault(outcome)
    elif outcome.changed:
        yield bench.finding(outcome, "free count", "counting changes the page map")
    elif outcome.run.registers[bench.allocator.free_count] != states.count(bench.allocator.free):
        yield bench.finding(outcome, "free count", message)


def direction_flag(bench: Bench) -> Iterator[Finding]:
    """The direction flag is clear on return, and not relied upon on entry."""
    declared = bench.allocator
    pages = (declared.used, declared.free, declared.used, declared.used)
    for routine in declared.routines(bench.machine.image):
        given = _plain_request(bench, routine)
        bench.set(pages)
        plain = bench.call(routine, **given)
        if plain.returned and plain.run.registers.df:
            yield bench.finding(plain, "direction flag", "the direction flag is set on return")
        bench.set(pages)
        backwards = bench.call(routine, df=1, **given)
        if plain.returned and _result(bench, plain) != _result(bench, backwards):
            message = "does something else when the direction flag is set on entry"
            yield bench.finding(backwards, "direction flag", message)


def _plain_request(bench: Bench, routine: str) -> dict[str, int]:
    declared = bench.allocator
    if routine == declared.allocate:
        return {declared.request: 1}
    if routine == declared.release:
        return {declared.release_address: 2 * declared.page_size, declared.release_count: 2}
    return {}


def _result(bench: Bench, outcome: Outcome) -> tuple[object, ...]:
    registers = outcome.run.registers
    declared = bench.allocator
    return outcome.returned, outcome.after, registers[declared.address], registers[declared.free_count]


def contents(bench: Bench) -> Iterator[Finding]:
    """What is in memory, besides the page map and the stack, stays."""
    declared = bench.allocator
    for count in (2, 5):
        bench.set((declared.used, declared.used, declared.free, declared.free))
        outcome = bench.call(declared.allocate, **{declared.request: count})
        top = outcome.run.prepared.state.stack_pointer
        for change in outcome.run.memory_changed if outcome.returned else ():
            is_map = bench.map <= change.address < bench.map + bench.size
            if not is_map and not top - 0x1000 <= change.address < top:
                message = f"changes memory at {change.address:#x}, which is not the page map"
                yield bench.finding(outcome, "contents", message)


def reentrancy(bench: Bench) -> Iterator[Finding]:
    """Two processors that ask at once are given different pages: the second while the first is at any step."""
    declared = bench.allocator
    pages = (declared.used, declared.used, declared.free, declared.free)
    for outcome, first, second in interleaved(bench, pages):
        if first and first == second:
            message = "two processors at once are given the same page: there is no lock"
            yield bench.finding(outcome, "reentrancy", message)
            return


LAWS: dict[str, Law] = {
    "returns": returns,
    "no overlap": no_overlap,
    "inside memory": inside_memory,
    "alignment": alignment,
    "conservation": conservation,
    "failure": failure,
    "availability": availability,
    "reclaim": reclaim,
    "double free": double_free,
    "foreign free": foreign_free,
    "free count": free_count,
    "direction flag": direction_flag,
    "contents": contents,
    "reentrancy": reentrancy,
}
"""Every law by its name, in the order in which they are asked."""
_ON_EVERY_MAP = {
    "returns", "no overlap", "inside memory", "alignment", "conservation", "failure", "reclaim", "double free",
}  # fmt: skip
