"""Write out what patients shorten, and medicines as their kind, for the sentence encoder alone: nothing else reads it.

The words are in ``spellings.en.yaml`` and ``medicines.en.yaml``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

from hepb.yaml_files import parse_yaml

FILES = tuple(Path(__file__).with_name(name) for name in ("spellings.en.yaml", "medicines.en.yaml"))
ENDING = "*"
"""Before the ending of names: "*sartan"."""


def written_out(text: str) -> str:
    """The text with every shortened form in full and every medicine as its kind."""
    full = _full_forms()
    text = _shortened().sub(lambda found: full[" ".join(found[0].lower().split())], text)
    return _with_ending().sub(lambda found: full[ENDING + found["ending"].lower()], text)


@cache
def _full_forms() -> Mapping[str, str]:
    listed = [item for file in FILES for item in parse_yaml(file.read_text("utf8"), file.name).items()]
    return {form: full for full, forms in listed for form in forms}


@cache
def _shortened() -> re.Pattern[str]:
    """Any shortened form as a whole word, the longest first."""
    forms = (re.escape(form).replace(r"\ ", r"\s+") for form in _longest_first() if not form.startswith(ENDING))
    return re.compile(rf"(?<!\w)(?:{'|'.join(forms)})(?!\w)", re.IGNORECASE)


@cache
def _with_ending() -> re.Pattern[str]:
    """A word of three letters and more before one of the endings."""
    endings = (re.escape(form.removeprefix(ENDING)) for form in _longest_first() if form.startswith(ENDING))
    return re.compile(rf"(?<!\w)[a-z]{{3,}}(?P<ending>{'|'.join(endings)})(?!\w)", re.IGNORECASE)


def _longest_first() -> Iterator[str]:
    return iter(sorted(_full_forms(), key=len, reverse=True))
