"""Which instructions are guarded, by their bytes."""

from __future__ import annotations

import pytest

from allocator.machine.guards import guard_kind


@pytest.mark.parametrize(
    ("code", "bits", "kind"),
    [
        ("f4", 64, "hlt"),
        ("66f4", 16, "hlt"),
        ("b0f4", 64, None),
        ("c5f058c2", 64, "avx"),
        ("c5f058c2", 32, "avx"),
        ("c506", 32, None),  # lds eax, [esi]
        ("c406", 16, None),  # les ax, [0x..]
        ("6206", 32, None),  # bound
        ("62f1745858c2", 64, "avx"),
        ("c4e2f8f2c1", 64, None),  # andn
        ("c4e37bf0c105", 64, None),  # rorx
        ("c4e27918c1", 64, "avx"),  # vbroadcastss
        ("0f31", 64, "clock"),
        ("0f01f9", 64, "clock"),
        ("0f01f8", 64, None),  # swapgs
        ("0fc7f0", 64, "random"),
        ("480fc7f8", 64, "random"),
        ("0fc70e", 64, None),  # cmpxchg8b
        ("0f05", 64, "service"),
        ("0f34", 32, "service"),
        ("90", 64, None),
        ("0f", 64, None),
        ("", 64, None),
    ],
)
def test_the_guard_of(code: str, bits: int, kind: str | None) -> None:
    assert kind == guard_kind(bytes.fromhex(code), bits)
