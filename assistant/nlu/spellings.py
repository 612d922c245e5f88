"""Write out what patients shorten, and medicines as their kind, for the sentence encoder alone: nothing else reads it.

The words are in ``spellings.en.yaml`` and ``medicines.en.yaml``.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from hepb.yaml_files import parse_yaml

FILES = tuple(Path(__file__).with_name(name) for name in ("spellings.en.yaml", "medicines.en.yaml"))


def written_out(text: str) -> str:
    """The text with every shortened form in full and every medicine as its kind."""
    full = _full_forms()
    return _shortened().sub(lambda found: full[" ".join(found[0].lower().split())], text)


@cache
def _full_forms() -> Mapping[str, str]:
    listed = [item for file in FILES for item in parse_yaml(file.read_text("utf8"), file.name).items()]
    return {form: full for full, forms in listed for form in forms}


@cache
def _shortened() -> re.Pattern[str]:
    """Any shortened form as a whole word, the longest first."""
    longest_first = sorted(_full_forms(), key=len, reverse=True)
    forms = (re.escape(form).replace(r"\ ", r"\s+") for form in longest_first)
    return re.compile(rf"(?<!\w)(?:{'|'.join(forms)})(?!\w)", re.IGNORECASE)
