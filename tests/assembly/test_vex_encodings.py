"""AVX can be assembled, for processors that have it, and is stopped by name where the sandbox would execute it."""

from __future__ import annotations

import pytest

from allocator import Machine, assemble


@pytest.mark.parametrize(
    "line",
    [
        "vaddps xmm0, xmm1, xmm2",
        "vaddps ymm0, ymm1, ymm2",
        "vzeroupper",
        "vmovdqu ymm0, yword [rsp]",
        "vfmadd213sd xmm0, xmm1, xmm2",
        "vpbroadcastb ymm0, xmm1",
    ],
)
def test_a_routine_that_executes_avx_is_stopped_there_and_names_it(line: str):
    run = Machine(assemble(text=f"f: nop\n {line}\n ret")).call("f")
    assert ("unsupported_instruction", True) == (run.stop.kind, f"'{line}'" in run.stop.message)


def test_a_routine_that_jumps_around_its_avx_returns():
    run = Machine(assemble(text="f: jmp .out\n vaddps xmm0, xmm1, xmm2\n.out: ret")).call("f")
    assert run.stop.kind == "returned"


@pytest.mark.parametrize(
    ("code", "line"),
    [
        ("c5f828c1", "vmovaps xmm0, xmm1"),  # two bytes of prefix where they are enough
        ("c4c17828c1", "vmovaps xmm0, xmm9"),  # the operands as written: the other way round would be shorter
        ("c5f058c2", "vaddps xmm0, xmm1, xmm2"),
        ("c5f858c2", "vaddps xmm0, xmm2"),  # the first source is the target
        ("c5f4c2c201", "vcmpltps ymm0, ymm1, ymm2"),
        ("c5f877", "vzeroupper"),
        ("c5fc77", "vzeroall"),
    ],
)
def test_a_vex_prefix_is_as_nasm_writes_it(code: str, line: str):
    assert code == assemble(text=line).segments[0].data.hex()
