"""Say where to begin, to someone who typed the command and nothing else."""

from __future__ import annotations

WELCOME = """\
allocator: a sandbox for allocator assembly

Watch BareMetal's page allocator find and mark three pages of 2 MiB:

    allocator trace os_mem_allocate rcx=3

Then:

    allocator run os_mem_allocate rcx=31        only the result: on 64 MiB, 31 pages are one too many
    allocator trace os_mem_get_free -m 8M --window 0:40
    allocator assemble your.asm                 your own source: bytes beside lines
    allocator trace your_routine -s your.asm    and every instruction of it
    allocator e820 --list                       machines to run on with -m
    allocator boot                              from the reset vector to a page in 64-bit mode
    allocator check                             its contracts and the laws that allocators keep

Three doors lead to the same engine:

    this command        allocator --help; allocator play steps through a run in the terminal
    pytest              the fixture 'sandbox': sources and memory in, a machine out
    Jupyter             notebooks/01-how-baremetal-allocates.ipynb; allocator docs makes pages of them
"""
