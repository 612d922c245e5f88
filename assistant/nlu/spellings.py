"""Write out what patients shorten (``spellings.en.yaml``), for the sentence encoder alone: nothing else reads it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from hepb.yaml_files import parse_yaml


def written_out(text: str) -> str:
    """The text with every shortened form in full."""
    full = _full_forms()
    return _shortened().sub(lambda found: full[" ".join(found[0].lower().split())], text)


@cache
def _full_forms() -> Mapping[str, str]:
    file = Path(__file__).with_name("spellings.en.yaml")
    listed = parse_yaml(file.read_text("utf8"), file.name)
    return {form: full for full, forms in listed.items() for form in forms}


@cache
def _shortened() -> re.Pattern[str]:
    """Any shortened form as a whole word, the longest first."""
    longest_first = sorted(_full_forms(), key=len, reverse=True)
    forms = (re.escape(form).replace(r"\ ", r"\s+") for form in longest_first)
    return re.compile(rf"(?<!\w)(?:{'|'.join(forms)})(?!\w)", re.IGNORECASE)
