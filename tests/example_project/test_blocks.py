"""Ten tests of an allocator that knows nothing of the sandbox; its comments are held to with every call."""

import pytest

pytestmark = pytest.mark.allocator(source="blocks.asm", memory="8M", contract=True)

FIRST, SIZE, COUNT = 0x200000, 64, 4
BLOCKS = [FIRST + SIZE * number for number in range(COUNT)]


@pytest.fixture
def pool(machine):
    machine.call("block_init", rdi=FIRST, rcx=COUNT)
    return machine


def test_blocks_are_handed_out_lowest_first(pool):
    assert [pool.call("block_get").rax for _ in BLOCKS] == BLOCKS


@pytest.mark.parametrize("taken", range(COUNT))
def test_a_block_that_was_put_back_is_had_next(pool, taken):
    blocks = [pool.call("block_get").rax for _ in range(taken + 1)]
    pool.call("block_put", rax=blocks[0])
    assert pool.call("block_get").rax == FIRST


def test_an_empty_pool_has_no_block(machine):
    assert machine.call("block_get").rax == 0


def test_the_last_block_ends_the_list(pool):
    assert pool.read(BLOCKS[-1], 8) == bytes(8)


def test_getting_a_block_changes_the_head_alone(pool):
    assert pool.call("block_get").changed_only("block_head")


def test_putting_a_block_back_writes_its_link_and_the_head(pool):
    assert pool.call("block_put", rax=FIRST).changed_only("block_head", (FIRST, FIRST + 8))


def test_getting_a_block_preserves_what_it_uses(pool):
    assert pool.call("block_get").preserved("rcx", "rdi", "rsi")


def test_getting_a_block_takes_no_time_to_speak_of(pool):
    assert pool.call("block_get").steps <= 8


def test_the_link_is_read_before_the_head_is_written(pool, record):
    trace = record(pool, "block_get")
    assert trace.matches("'mov rcx, [rax]' 'mov *, rcx' pop")
    assert trace.reads("block_head") == 1


def test_an_empty_pool_is_left_at_once(machine, record):
    trace = record(machine, "block_get")
    assert trace.matches("^ mov test jz ret $")
    assert trace.at("block_get.none").before.zf == 1
