"""Guesses that cannot be meant: the message tells another sign, speaks of nothing they do, or of another infection."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from assistant.nlu.guessing import Guess
from assistant.nlu.topics import is_answerable
from hepb.yaml_files import parse_yaml

BOUND_FILE = Path(__file__).parents[2] / "actions" / "bound_answers.yaml"
"""Which answers hold only for some; the actions hold the record against the same file."""
_DENIED = (False, "none")
_OURS = "ours"
_BETWEEN = re.compile(
    r"[()\[\]:*\"]|\b(?:hepatitis b|hep\.? ?b|hbv|is|was|are|came back|comes back|tested|test result|result|test)\b",
    re.IGNORECASE,
)
"""What may stand between a test and its sign: "a positive hepatitis B surface antigen (HBsAg)"."""
Findings = Sequence[Mapping[str, Any]]


def fitting(guess: Guess, text: str, findings: Findings) -> Guess:
    """The guess without the questions that ``text`` and its ``findings`` rule out, each other as sure as before."""
    kept = tuple(item for item in guess.ranking if not _ruled_out(item[0], text, findings))
    return Guess(kept, guess.nearest) if kept else guess


def elsewhere(text: str) -> str | None:
    """The question that is refused where ``text`` names another infection and nothing of hepatitis B; else None."""
    named = _words("spoken_elsewhere")
    if _holds_one(text, named[_OURS]):
        return None
    return next((intent for intent, names in named.items() if intent != _OURS and _holds_one(text, names)), None)


def contradicted(intent: str, findings: Findings) -> bool:
    """Whether the answer holds for another sign, or another state, than the message tells."""
    holds_for: Mapping[str, Any] = _bound().get(intent, {}).get("holds_for", {})
    for name, wanted in holds_for.items():
        told = {_told(item) for item in findings if item.get("name") == name} - {None}
        if told and wanted not in told:
            return True
    return False


def instead(guess: Guess, text: str, findings: Findings) -> str | None:
    """The question to answer in place of a likely one that a sign of the message contradicts; None without one."""
    other = _bound().get(guess.intent, {}).get("instead")
    against = _spoken_against(guess.intent, text) or contradicted(guess.intent, findings)
    return other if other and against and is_answerable(other) else None


def _told(finding: Mapping[str, Any]) -> Any:
    """The sign of a result; of a condition whether it is there."""
    if finding.get("kind") == "marker":
        return finding.get("interpretation")
    return finding.get("value") not in _DENIED


def _ruled_out(intent: str, text: str, findings: Findings) -> bool:
    needed = _words("spoken_of").get(intent)
    if needed is not None and not _holds_one(text, needed):
        return True
    return _spoken_against(intent, text) or contradicted(intent, findings)


def _spoken_against(intent: str, text: str) -> bool:
    against = _words("spoken_against").get(intent, ())
    return bool(against) and _holds_one(_close_together(text), against)


def _close_together(text: str) -> str:
    return " ".join(_BETWEEN.sub(" ", text).split())


def _holds_one(text: str, beginnings: Iterable[str]) -> bool:
    return re.search(rf"\b(?:{'|'.join(map(re.escape, beginnings))})", text, re.IGNORECASE) is not None


@cache
def _bound() -> Mapping[str, Mapping[str, Any]]:
    return parse_yaml(BOUND_FILE.read_text("utf8"), BOUND_FILE.name)


@cache
def _words(name: str) -> Mapping[str, tuple[str, ...]]:
    """Intent to its words in the files ``name.LANGUAGE.yaml``, those of all languages together."""
    found: dict[str, tuple[str, ...]] = {}
    for path in sorted(Path(__file__).parent.glob(f"{name}.*.yaml")):
        for intent, words in parse_yaml(path.read_text("utf8"), path.name).items():
            found[intent] = (*found.get(intent, ()), *words)
    return found
