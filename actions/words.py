"""Words of the patient's languages, from the lexicon of the reading: no list of words stands in the actions."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

from hepb.yaml_files import knowledge_folder, read_knowledge

_PAUSES = ",.;:–—-"
_SEX = ("sex", "sex_letter")
_ANSWER = 10  # words of an answer that says nothing else
_PREGNANCY = range(1, 45)
_DIGITS_OF_AGE = 3
_OF_YEAR = {"day": 365, "week": 52, "month": 12}


def sex_of(text: str) -> str | None:
    """The sex that one bare word names (``female``, ``F``), None when it names none."""
    return _meanings(_SEX).get(text.lower())


def week_of(text: str) -> int | None:
    """The week of pregnancy in a bare answer ("24 weeks", "I'm in week 24"), None when it says anything else."""
    words = text.lower().replace(",", " ").strip(" .!").split()
    numbers = [int(word) for word in words if word.isdecimal() and int(word) in _PREGNANCY]
    weeks = {word for word, value in _meanings(("period",)).items() if value == "week"}
    beside = {part for word in _plain(("pregnancy_subject", "pregnancy_after", "ordinal")) for part in word.split()}
    rest = [word for word in words if not word.isdecimal() and word not in weeks | beside]
    return numbers[0] if len(numbers) == 1 and weeks & set(words) and not rest else None


def age_of(text: str) -> float | int | None:
    """The years of an age in a bare answer ("34", "9 years old", "2 days"); None when it says anything else."""
    words = text.lower().replace("-", " ").strip(" .!").split()
    number, rest = (words[0], " ".join(words[1:])) if words else ("", "")
    if not number.isdecimal() or len(number) > _DIGITS_OF_AGE:
        return None
    period = _meanings(("period",)).get(rest.removesuffix(" old"), "")
    if not rest or rest in _plain(("years_old",)) or period == "year":
        return int(number)
    return None if period not in _OF_YEAR else round(int(number) / _OF_YEAR[period], 2)


def is_unknown(text: str) -> bool:
    """Whether a short answer only says that one does not know ("I don't know the unit", "it doesn't say")."""
    words = text.lower().replace("\u2019", "'").strip(" .!").split()
    if len(words) > _ANSWER or "?" in text or any(any(map(str.isdigit, word)) for word in words):
        return False
    return any(f" {phrase} " in f" {' '.join(words)} " for phrase in _plain(("ignorance", "not_stated")))


def taken_during(text: str) -> bool | None:
    """Whether a short answer says "during treatment" (true) or "before it" (false); None when it says neither."""
    said = f" {' '.join(text.lower().strip(' .!').split())} "
    if len(said.split()) > _ANSWER:
        return None
    if any(f" {phrase} " in said for phrase in _plain(("before_treatment", "before_period"))):
        return False
    return True if any(f" {phrase} " in said for phrase in _plain(("during_treatment",))) else None


@cache
def _plain(categories: tuple[str, ...]) -> frozenset[str]:
    return frozenset(word for entry in _entries("reading*.yaml", categories) for word in entry["pattern"])


def without_correction(text: str) -> str | None:
    """What follows the words that take something back ("no, 58", "sorry I meant 58"); None when it begins otherwise.

    A negation takes something back only before a pause: "not 58" does not mean 58.
    """
    rest = text.strip()
    while True:
        behind = _behind(rest, ("correction",), "") or _behind(rest, ("negation",), _PAUSES)
        if behind is None:
            return rest if rest != text.strip() else None
        rest = behind


def _behind(text: str, categories: tuple[str, ...], pauses: str) -> str | None:
    """The text behind the longest word of the categories that it begins with, one of ``pauses`` (if any) behind it."""
    words = (word for word in _meanings(categories) if text.lower().startswith(word))
    rest = text[len(max(words, key=len, default=text)) :]
    begins = rest.lstrip()[:1] in pauses if pauses else not rest[:1].isalnum()
    return rest.lstrip(f" {_PAUSES}") if rest and begins else None


def test_name(marker: str) -> str:
    """How a test is called on a report (``anti-HBc IgM``)."""
    return _test_names()[marker]


def without_small_words(text: str) -> str:
    """The text without the words that may stand between a test and its value ("it says negative")."""
    return " ".join(word for word in text.split() if word.lower() not in _small_words())


@cache
def _small_words() -> frozenset[str]:
    return frozenset(word for entry in _entries("reading-*.yaml", ("filler",)) for word in entry["pattern"])


@cache
def _test_names() -> Mapping[str, str]:
    return {entry["value"]: entry["literal"] for entry in reversed(_entries("reading-*.yaml", ("marker",)))}


@cache
def _meanings(categories: tuple[str, ...]) -> Mapping[str, str]:
    """Every plain word or phrase of these categories, in every language, with its value."""
    entries = _entries("reading.*.yaml", categories)
    return {word: entry.get("value", "") for entry in entries for word in entry["pattern"]}


def _entries(files: str, categories: tuple[str, ...]) -> list[Mapping[str, Any]]:
    """The rules of these categories in all files of the lexicon with such a name."""
    found = sorted((knowledge_folder() / "lexicon").glob(files))
    rules = [entry for file in found for entry in read_knowledge(f"lexicon/{file.name}")["rules"]]
    return [entry for entry in rules if entry["category"] in categories]
