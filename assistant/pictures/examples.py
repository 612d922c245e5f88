"""``hepb pictures``: draw one example of each kind of picture into ``docs/pictures``, or say which are stale."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from actions.pictures import chart, guidelines, phase_map
from assistant.generated_files import renew, stale_in, wants_check
from assistant.pictures.picture import WIDE, svg
from assistant.settings import ROOT
from hepb.assess import assess
from hepb.compiler import compile_knowledge
from hepb.loader import load_knowledge
from hepb.record import parse_record
from hepb.yaml_files import knowledge_folder

FOLDER = ROOT / "docs" / "pictures"
PERSON: Mapping[str, Any] = {
    "as_of": "2025-06-30",
    "age": 41,
    "sex": "female",
    "observations": [
        {"marker": "HBsAg", "interpretation": "positive", "since": "2010-01-01"},
        {"marker": "HBeAg", "interpretation": "negative"},
        {"marker": "ALT", "value": 22, "unit": "U/L", "date": "2023-02-06"},
        {"marker": "ALT", "value": 31, "unit": "U/L", "date": "2024-01-15"},
        {"marker": "ALT", "value": 58, "unit": "U/L", "date": "2024-09-02"},
        {"marker": "ALT", "value": 24, "unit": "U/L", "date": "2025-06-16"},
        {"marker": "HBV_DNA", "value": "<20", "unit": "IU/mL", "date": "2023-02-06"},
        {"marker": "HBV_DNA", "value": 640, "unit": "IU/mL", "date": "2024-01-15"},
        {"marker": "HBV_DNA", "value": 48000, "unit": "IU/mL", "date": "2024-09-02"},
        {"marker": "HBV_DNA", "value": 12000, "unit": "IU/mL", "date": "2025-06-16"},
    ],
}
"""A made-up person in the grey zone."""


def main(argv: Sequence[str] | None = None) -> int:
    """``hepb pictures``: draw the examples in docs/pictures. With --check exit status 1 when one is stale."""
    check = wants_check("hepb pictures", main.__doc__, argv)
    return renew(FOLDER, stale_examples(), check=check)


def stale_examples() -> Mapping[str, str]:
    """The examples whose file differs from what is drawn today, with the text that they should have."""
    return stale_in(FOLDER, examples())


def examples() -> Mapping[str, str]:
    """Each example by its file name, by the knowledge as it ships, whatever a clinic sets."""
    what = load_knowledge(knowledge_folder())
    record = parse_record(dict(PERSON))
    result = assess(record, compile_knowledge(what))
    drawn = {
        "phases.svg": phase_map(result),
        "results.svg": chart(record, result, what),
        "guidelines.svg": guidelines(result, what),
    }
    return {name: svg(picture, WIDE) + "\n" for name, picture in drawn.items() if picture}
