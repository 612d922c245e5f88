"""How hard the answers are to read: Flesch-Kincaid grade of every response, with explained terms counted as easy."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Any

import textstat

from assistant.responses import response_files, responses_of
from assistant.settings import ROOT
from hepb.yaml_files import parse_yaml

PLAIN_TERMS = ROOT / "hepb" / "knowledge" / "plain_terms.en.yaml"
LONG_ENOUGH = 30
"""Words from which a response is measured by itself; shorter ones are measured together, topic by topic."""
NOT_PROSE = frozenset({"utter_source", "utter_source_with_doi"})
"""A citation is its authors' wording."""


class _Samples(dict[str, str]):
    """What stands in place of placeholders; a number for those not named."""

    def __missing__(self, name: str) -> str:
        return "6"


SAMPLES = _Samples(
    guideline="WHO",
    guidelines="WHO, AASLD",
    citation="",
    yours="96 U/L",
    value="30",
    unit="U/L",
    written="ten",
    ALT="450 U/L",
    bilirubin="4 mg/dL",
)


@cache
def texts_of(path: Path) -> tuple[tuple[str, str], ...]:
    """Return response names with their default (unconditioned) texts, placeholders filled."""
    return tuple(
        (name, variation["text"].format_map(SAMPLES))
        for name, variations in responses_of(path).items()
        for variation in variations
        if "text" in variation and "condition" not in variation and name not in NOT_PROSE
    )


def is_long(text: str) -> bool:
    """Whether a text has words enough to be measured by itself."""
    return len(text.split()) >= LONG_ENOUGH


def short_texts(path: Path) -> str:
    """Return the short responses of a topic as one text."""
    return " ".join(text for _, text in texts_of(path) if not is_long(text))


@cache
def grade(text: str) -> float:
    """Return the years of school that a text takes; a term that the assistant explains counts as two syllables."""
    return float(textstat.flesch_kincaid_grade(_explained().sub("table", text)))


def measure_wording() -> dict[str, Any]:
    """Return the hardest grade and the longest response in words, over all and for each topic file."""
    topics = {path.stem: _topic(path) for path in response_files() if texts_of(path)}
    return {name: max(topic[name] for topic in topics.values()) for name in ("hardest", "longest")} | {"topics": topics}


def _topic(path: Path) -> dict[str, Any]:
    texts = [text for _, text in texts_of(path)]
    pieces = [text for text in texts if is_long(text)] + [short_texts(path)]
    return {
        "responses": len(texts),
        "grade": grade(" ".join(texts)),
        "hardest": max(grade(piece) for piece in pieces if piece),
        "longest": max(len(text.split()) for text in texts),
    }


@cache
def _explained() -> re.Pattern[str]:
    terms = parse_yaml(PLAIN_TERMS.read_text("utf8"), PLAIN_TERMS.name)["terms"]
    return re.compile("|".join(rf"\b{re.escape(t)}\b" for t in sorted(terms, key=len, reverse=True)), re.IGNORECASE)
