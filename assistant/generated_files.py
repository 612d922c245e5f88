"""Generated files that stand in the repository: written anew, or named where they are stale."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from assistant.settings import ROOT

STALE = 1


def wants_check(command: str, description: str | None, arguments: Sequence[str] | None) -> bool:
    """Whether a command that generates files is called with ``--check``, its only option."""
    parser = argparse.ArgumentParser(prog=command, description=description)
    parser.add_argument("--check", action="store_true", help="write nothing, only compare")
    return bool(parser.parse_args(arguments).check)


def stale_in(folder: Path, texts: Mapping[str, str]) -> Mapping[str, str]:
    """The files of ``folder`` that do not hold the text that they should, by name, with that text."""
    return {name: text for name, text in texts.items() if _written(folder / name) != text}


def renew(folder: Path, stale: Mapping[str, str], *, check: bool) -> int:
    """Write the stale files of ``folder``; with ``check`` only name them. Gives the exit status."""
    for name, text in stale.items():
        if check:
            print(f"{(folder / name).relative_to(ROOT)} is stale: run `make docs`", file=sys.stderr)
        else:
            folder.mkdir(exist_ok=True)
            (folder / name).write_text(text, encoding="utf-8")
    return STALE if check and stale else 0


def _written(file: Path) -> str:
    return file.read_text("utf8") if file.is_file() else ""
