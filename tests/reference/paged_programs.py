"""Boot sectors that run with page tables of their own: two directories of pages of 4 MiB."""

from __future__ import annotations

from collections.abc import Mapping

from reference.boot_programs import sector

TABLES_A, TABLES_B = 0x20000, 0x21000
"""Where the directories lie; the processor begins with A."""
_PAGE = 0x83
"""Present, writable, 4 MiB."""


def paged(body: str, a: Mapping[int, int], b: Mapping[int, int] | None = None) -> str:
    """Return a boot sector that does `body` in 32-bit code under paging, and halts.

    Both directories map the first 4 MiB to themselves; ``a`` and ``b`` lead from a linear address to a physical one.
    """
    pages = [(TABLES_A, a), (TABLES_B, b or {})]
    entries = [
        f"mov dword [{table:#x} + {address >> 22 << 2}], {physical | _PAGE:#x}"
        for table, mapped in pages
        for address, physical in {0: 0, **mapped}.items()
    ]
    return sector("cli\n lgdt [gdtr]\n mov eax, cr0\n or al, 1\n mov cr0, eax\n jmp 8:in32", _rest(entries, body))


def _rest(entries: list[str], body: str) -> str:
    return "\n".join([
        "bits 32", "in32: mov ax, 0x10", "mov ds, ax", "mov es, ax", "mov ss, ax", "mov esp, 0x7000", *entries,
        f"mov eax, {TABLES_A:#x}", "mov cr3, eax", "mov eax, cr4", "or al, 0x10", "mov cr4, eax",
        "mov eax, cr0", "bts eax, 31", "mov cr0, eax", "paged:", body, "halted: hlt",
        "align 8", "gdt: dq 0", "dq 0x00cf9b000000ffff", "dq 0x00cf93000000ffff", "gdtr: dw $ - gdt - 1", "dd gdt",
    ])  # fmt: skip
