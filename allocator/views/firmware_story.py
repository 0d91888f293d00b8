"""Tell what each policy hands out first on a machine, and why the historic one may hand out what is no memory.

The answer is modelled, not run: os_mem_allocate takes the highest free page that its scan reaches
(`PageMapPlan.first_page`). The sentences are for people who meet a firmware map for the first time.
"""

from __future__ import annotations

from collections.abc import Mapping

from allocator.machine.firmware_map import FirmwareMap
from allocator.machine.page_map import FREE, POLICIES, USED, PageMapPlan, build_page_map
from allocator.machine.region import KINDS, USABLE
from allocator.machine.run import PageChange
from allocator.units import GIB, PAGE_SIZE, format_size

_FOUR_GIB = 4 * GIB


def policy_story(firmware_map: FirmwareMap) -> list[str]:
    """Return a few sentences for each policy, its name in front."""
    regions, historic = (build_page_map(firmware_map, policy) for policy in POLICIES)
    return [
        f"regions: {allocation_story(firmware_map, regions)}{_lost(firmware_map)}",
        f"baremetal: {allocation_story(firmware_map, historic)}{_invented(regions, historic)}",
    ]


def page_content(firmware_map: FirmwareMap, page: int) -> dict[str, int]:
    """Return how many bytes of a page are of which kind; ``not described`` is one of them."""
    start, end = page * PAGE_SIZE, (page + 1) * PAGE_SIZE
    sizes: dict[str, int] = {}
    for region in firmware_map.resolved:
        inside = min(end, region.end) - max(start, region.base)
        if inside > 0:
            sizes[region.kind] = sizes.get(region.kind, 0) + inside
    rest = PAGE_SIZE - sum(sizes.values())
    return {**sizes, "not described": rest} if rest else sizes


def allocation_story(firmware_map: FirmwareMap, plan: PageMapPlan) -> str:
    """Return what the first os_mem_allocate of one page answers on a fresh machine, and why."""
    if plan.scan_leaves_map:
        return (
            f"os_MemAmount is {plan.mem_amount_mib} MiB. os_mem_allocate then starts below page 1, misses the test "
            "that ends its scan, and reads below the page map."
        )
    if plan.first_page is None:
        return "os_mem_allocate finds no page: none that it can reach is free (pages 0 and 1 are out of its reach)."
    page = plan.first_page
    handed = f"os_mem_allocate hands out page {page:,} first, at {page * PAGE_SIZE:#x}"
    content = page_content(firmware_map, page)
    if set(content) == {KINDS[USABLE]}:
        return f"{handed}: all of it is usable memory."
    return f"{handed}: {_described(content)}. {_why(firmware_map, page)}"


def taken_story(firmware_map: FirmwareMap, changes: Mapping[int, PageChange]) -> str:
    """Return whether the pages that a call marked as used are memory on this machine, or "" where it marked none."""
    taken = [page for page, change in changes.items() if change.after == USED]
    strange = [page for page in taken if set(page_content(firmware_map, page)) != {KINDS[USABLE]}]
    if not strange:
        return "all of that is usable memory on this machine" if taken else ""
    page = strange[-1]
    what = f"page {page:,}, at {page * PAGE_SIZE:#x}: {_described(page_content(firmware_map, page))}"
    others = f" (and {len(strange) - 1:,} more like it)" if len(strange) > 1 else ""
    reason = _why(firmware_map, page) if page != 0 else ""
    return f"{what}{others}. {reason}".rstrip()


def _described(content: dict[str, int]) -> str:
    if len(content) == 1:
        [kind] = content
        return (
            "nothing describes it, there need be no memory" if kind == "not described" else f"it is {kind}, not memory"
        )
    parts = [f"{format_size(size)} {kind}" for kind, size in content.items()]
    return "it is not all memory (" + ", ".join(parts) + ")"


def _why(firmware_map: FirmwareMap, page: int) -> str:
    """The historic sum counts how much memory there is, and uses it as if it said where memory ends."""
    above = [stretch for stretch in firmware_map.usable if stretch.end > (page + 1) * PAGE_SIZE]
    if not above:
        return (
            "The historic sum adds ACPI tables to usable memory, adds 1 MiB and rounds; "
            "the last page reaches past the end of usable memory."
        )
    reason = "The historic sum adds up sizes and takes the total for the end of memory"
    if above[0].start < _FOUR_GIB:
        return f"{reason}; the total ends where a reserved part interrupts memory."
    size = format_size(sum(stretch.size for stretch in above))
    return (
        f"{reason}; here {size} of memory lie above 4 GiB, since the addresses below are the PCI hole, "
        "left to devices, and the total ends in that hole."
    )


def _lost(firmware_map: FirmwareMap) -> str:
    """What the rule of whole pages costs."""
    whole = sum(max(0, end // PAGE_SIZE - -(-start // PAGE_SIZE)) for start, end in firmware_map.usable)
    lost = firmware_map.usable_bytes - whole * PAGE_SIZE
    return f" Usable memory in pages that are only partly usable, and so not free: {format_size(lost)}." if lost else ""


def _invented(regions: PageMapPlan, historic: PageMapPlan) -> str:
    """How many pages the historic sum calls free that are not wholly memory."""
    claimed = historic.count(FREE)
    wrong = claimed - regions.states[: len(historic.states)].count(FREE)
    verb = "is" if wrong == 1 else "are"
    return f" Of the {claimed:,} pages that it calls free, {wrong:,} {verb} not wholly usable." if wrong else ""
