"""Judge a reader's answers: every notebook ends with exercises, and the sandbox finds out whether they are solved.

    answer("1.2", 42)       says whether that is right, and if not what is wrong with it
    hint("1.2")             a first hint; hint("1.2", 2) the next one

No answer is written down here: a number is compared with what a run yields, a program is run.

    exercise        one exercise, its hints, and the verdict on an answer
    allocating      notebook 01
    firmware        notebook 02
    modes           notebook 03
    defects         notebook 04
    privilege       notebook 05
    table           which exercise has which name
"""

from allocator.exercises.table import answer, hint

__all__ = ["answer", "hint"]
