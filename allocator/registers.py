"""Name the registers of x86: which name is which bits of which register.

`REGISTERS` maps every architectural name to a view of one full register. Source: Intel SDM volume 1,
chapter 3 (general-purpose registers, RFLAGS, segment registers), volume 3, chapter 2 (control registers).
"""

from __future__ import annotations

from typing import NamedTuple


class RegisterView(NamedTuple):
    """`width` bits of the register `full`, from bit `low`."""

    name: str
    full: str
    low: int
    width: int

    @property
    def mask(self) -> int:
        """The view's bits, at the bottom."""
        return (1 << self.width) - 1

    def of(self, value: int) -> int:
        """Cut this view out of the full register's `value`."""
        return (value >> self.low) & self.mask


GENERAL = (
    "rax", "rcx", "rdx", "rbx", "rsp", "rbp", "rsi", "rdi",
    "r8", "r9", "r10", "r11", "r12", "r13", "r14", "r15",
)  # fmt: skip
"""The sixteen general registers in the order of their encoding."""
SEGMENTS = ("es", "cs", "ss", "ds", "fs", "gs")
"""The segment registers in the order of their encoding."""
CONTROL = ("cr0", "cr2", "cr3", "cr4", "cr8")
VECTORS = 16
"""SSE registers, XMM0 to XMM15, of 16 bytes each. They are recorded on demand only."""
FULL = (*GENERAL, "rip", "rflags", *SEGMENTS, *CONTROL)
"""Every register that a run reports, each once, under its widest name."""

FLAGS = {
    "cf": 0, "pf": 2, "af": 4, "zf": 6, "sf": 7, "tf": 8, "if": 9, "df": 10, "of": 11,
    "nt": 14, "rf": 16, "vm": 17, "ac": 18, "id": 21,
}  # fmt: skip
"""Flag name to its bit in RFLAGS."""
STATUS_FLAGS = ("cf", "pf", "af", "zf", "sf", "of")


def _views() -> dict[str, RegisterView]:
    views = {name: RegisterView(name, name, 0, 16 if name in SEGMENTS else 64) for name in FULL}
    for full in GENERAL[:8]:
        letters = full[1:]
        views["e" + letters] = RegisterView("e" + letters, full, 0, 32)
        views[letters] = RegisterView(letters, full, 0, 16)
    for letter in "acdb":
        views[letter + "l"] = RegisterView(letter + "l", f"r{letter}x", 0, 8)
        views[letter + "h"] = RegisterView(letter + "h", f"r{letter}x", 8, 8)
    for letters in ("sp", "bp", "si", "di"):
        views[letters + "l"] = RegisterView(letters + "l", "r" + letters, 0, 8)
    for full in GENERAL[8:]:
        for suffix, width in (("d", 32), ("w", 16), ("b", 8)):
            views[full + suffix] = RegisterView(full + suffix, full, 0, width)
    for name, full, width in (("eip", "rip", 32), ("ip", "rip", 16), ("eflags", "rflags", 32), ("flags", "rflags", 16)):
        views[name] = RegisterView(name, full, 0, width)
    for flag, bit in FLAGS.items():
        views[flag] = RegisterView(flag, "rflags", bit, 1)
    return views


REGISTERS: dict[str, RegisterView] = _views()
"""Every architectural name, lower case, to its view."""
