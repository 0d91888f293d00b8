"""Parse arguments with errors like all others, and a guess at what was meant."""

from __future__ import annotations

import argparse
import difflib
from typing import Any, NoReturn

from allocator.errors import UsageError

Subparsers = argparse._SubParsersAction  # what add_subparsers returns; argparse gives it no public name


class Parser(argparse.ArgumentParser):
    """A parser whose complaints are errors like all others, with what was probably meant.

    An option is its whole name: what is short for one today may be short for two tomorrow.
    """

    def __init__(self, **settings: Any) -> None:  # noqa: ANN401 -- argparse has their types
        super().__init__(**{"allow_abbrev": False, **settings})

    def error(self, message: str) -> NoReturn:
        """Raise UsageError; argparse itself would print and exit."""
        known = self._options()
        unknown = [word.split("=")[0] for word in message.split() if word.startswith("-")]
        near = [match for word in unknown for match in difflib.get_close_matches(word, known, 1) if match != word]
        hint = f"did you mean {near[0]}?" if near else f"{self.prog} --help shows what there is"
        raise UsageError(f"{message}\nhint: {hint}")

    def _options(self) -> list[str]:
        own = [option for action in self._actions for option in action.option_strings]
        below = [
            parser for action in self._actions if isinstance(action, Subparsers) for parser in action.choices.values()
        ]
        return [*own, *(option for parser in below if isinstance(parser, Parser) for option in parser._options())]
