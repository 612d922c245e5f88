"""The command ``hepb``: one table of sub-commands, each imported only when it is called.

``hepb read`` must answer in a second, so nothing here imports Rasa or the core; the module that owns
a command parses the command's own arguments.
"""

from __future__ import annotations

import argparse
import importlib
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import cast

from hepb.errors import HepbError

BAD_INPUT = 2
INTERRUPTED = 130


@dataclass(frozen=True)
class Command:
    """One sub-command: ``function`` in ``module`` takes the arguments after the name and returns the exit status."""

    name: str
    module: str
    function: str
    summary: str

    def load(self) -> Callable[[Sequence[str]], int]:
        """Import the owning module and return its function."""
        return cast("Callable[[Sequence[str]], int]", getattr(importlib.import_module(self.module), self.function))


COMMANDS = (
    Command("read", "hepb.cli", "read", "print the test results that a text holds"),
    Command("assess", "hepb.cli", "assess", "print phase and treatment decisions of records"),
    Command("ask", "assistant.ask", "main", "put questions to the whole assistant and print its replies"),
    Command("serve", "assistant.serve", "main", "serve the page, Rasa and the action server until Ctrl-C"),
    Command("train", "assistant.training", "main", "train the model when its inputs changed"),
    Command("votes", "assistant.votes", "main", "print how helpful patients found each answer"),
    Command("docs", "assistant.documents.cli", "main", "generate the pages for clinicians from the knowledge"),
    Command("pictures", "assistant.pictures.examples", "main", "draw the examples of pictures in the documentation"),
    Command("eval", "assistant.evaluation.cli", "main", "measure understanding and answers"),
    Command("bench", "assistant.bench.cli", "main", "measure this assistant beside the bot that `rasa init` makes"),
)


def main(argv: Sequence[str] | None = None) -> int:
    """Run ``hepb COMMAND ...`` and return its exit status: 0, 1 for rows in error, 2 for bad input."""
    parser = argparse.ArgumentParser(
        prog="hepb",
        description="Hepatitis B results, explained. Education, not a diagnosis.",
        epilog="commands:\n" + "\n".join(f"  {c.name:<9} {c.summary}" for c in COMMANDS),
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("command", choices=[c.name for c in COMMANDS], metavar="COMMAND")
    parser.add_argument("arguments", nargs=argparse.REMAINDER, help="`hepb COMMAND --help` explains them")
    options = parser.parse_args(argv)
    command = next(c for c in COMMANDS if c.name == options.command)
    try:
        return command.load()(options.arguments)
    except HepbError as error:
        print(error, file=sys.stderr)
        return BAD_INPUT
    except KeyboardInterrupt:
        return INTERRUPTED
