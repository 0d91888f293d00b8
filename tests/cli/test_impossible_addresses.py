"""A routine may be given by an address, and an address may be anything."""

from __future__ import annotations

import pytest
from commands import allocator

VERBS = ("run", "trace")


@pytest.mark.parametrize("verb", VERBS)
def test_a_call_of_the_last_byte_of_all_addresses_is_a_report(verb: str) -> None:
    said = allocator(verb, "0xffffffffffffffff")

    assert 1 == said.code
    assert "last steps of 0" in said.out


@pytest.mark.parametrize("verb", VERBS)
def test_a_call_of_an_address_of_68_bits_is_wrong_use(verb: str) -> None:
    said = allocator(verb, "0xfffffffffffffffff")

    assert (2, 1) == (said.code, said.err.count("error: "))
    assert "an address has 64 bits" in said.err
