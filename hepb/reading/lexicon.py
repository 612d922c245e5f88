"""The word lists of the reading, from ``knowledge/lexicon/reading*.yaml``, loaded strictly.

A rule names itself for the human reader (``literal``), its ``category``, and its spellings (``pattern``).
Spellings are templates: ``[a|b|]`` alternatives, ``{name}`` a macro, ``~`` inside a word a hyphen, a space or
nothing; one that starts with ``=`` is taken as it stands. All facts about a language stand in those files.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, fields
from functools import cache
from itertools import product
from pathlib import Path
from typing import Any

from hepb.errors import LexiconError
from hepb.yaml_files import parse_yaml

FOLDER = Path(__file__).parent.parent / "knowledge" / "lexicon"

# Categories whose words are things that a sentence speaks of: they compete for a place, the longest wins.
NAMES = (
    "marker", "other_test", "shorthand", "sign", "flag", "reference", "condition", "not_a_name", "relation",
)  # fmt: skip
CATEGORIES = (
    *NAMES, "unit", "link", "filler", "series", "same_value", "sign_for", "comparator",
    "comparator_after", "scale", "number_word", "article_one", "power", "times", "range_to", "range_between",
    "range_and", "change_from", "change_to", "month", "month_unsure", "period", "ago", "before_period", "later",
    "for_span", "since", "birth", "childhood", "last_period", "relative_day", "before_year", "years_old",
    "months_old", "age_word", "age_subject", "age_link", "sex", "sex_letter", "sex_word", "sex_subject", "own_relation",
    "self_pronoun", "he_pronoun", "she_pronoun", "died", "of_person", "negation", "negation_after", "hypothetical",
    "planned", "general", "becoming", "question", "question_start", "uncertain", "terminator", "assertion", "past",
    "before_treatment", "now", "correction", "corrected_away", "abbreviation", "not_a_typo", "stopped",
    "before_therapy", "coming_therapy", "having_therapy", "not_begun", "goes_on", "hepatitis_b", "virus_gone",
    "past_behind", "origin", "long_infection", "recent_infection", "ordinal", "half_more", "article", "new_item",
    "after_minus", "volume", "stopped_after", "started", "family_condition", "value_first", "multiple", "seldom",
    "steady", "general_question", "ownership", "partner_condition", "pregnancy_after", "pregnancy_before",
    "pregnancy_subject", "birth_event", "birth_near", "exposure", "caught_from", "treatment_word", "stop_wish",
    "stop_question",
    "ended", "taking_it", "in_use", "on_and_on", "cleared", "no_age_of", "missed", "dose",
    "event", "possessive", "test_word", "is_planned", "took", "having_virus", "dealing_with", "virus_list",
    "virus_behind", "of_age", "ignorance", "during_treatment", "not_stated", "norm_after", "age_then", "professional",
    "follows", "several", "tense_past", "tense_now", "blood_source", "described_person", "gone", "asked_therapy",
    "self_behind", "switched", "family_denied", "behind_letter", "or", "and", "symptom", "state_begins",
    "family_words", "of_child", "hedge", "whether", "answer", "thing", "state_with", "state_since", "motherhood",
    "general_behind",
)  # fmt: skip
_TOP_KEYS = ("macros", "markers", "rules")
_MARKER_KEYS = ("kind", "units", "plausible")
_LIMIT = 20_000  # spellings of one rule: more is a mistake in a template


@dataclass(frozen=True, slots=True)
class Rule:
    """One entry of a word list; the optional fields are explained at the head of each file."""

    literal: str
    category: str
    value: Any = None
    pattern: tuple[str, ...] = ()
    name: str | None = None
    kind: str | None = None
    negated: Any = None
    asks: bool = False
    upper: bool = False
    sex: str | None = None
    doubt: str | None = None
    also: tuple[tuple[str, Any], ...] = ()
    after: tuple[str, ...] = ()
    before: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class MarkerKind:
    """How a marker is printed: the kinds of its units, and the numbers that are believable without asking."""

    kind: str
    units: frozenset[str]
    plausible: tuple[float, float] | None = None


@dataclass(frozen=True)
class Lexicon:
    """All rules of one language, the language-neutral ones included."""

    language: str
    rules: tuple[Rule, ...]
    markers: dict[str, MarkerKind] = field(default_factory=dict)


def data_files(language: str | None = None) -> tuple[Path, ...]:
    """The files that decide what is read, for fingerprints: of one language, or of all."""
    wanted = "*" if language is None else language
    return tuple(sorted({FOLDER / "reading.yaml", *FOLDER.glob(f"reading.{wanted}.yaml"),
                         *FOLDER.glob(f"reading-*.{wanted}.yaml")}))  # fmt: skip


@cache
def load_lexicon(language: str = "en") -> Lexicon:
    """The lexicon that ships with the package. Raises :class:`LexiconError` naming file and key."""
    return read_lexicon(data_files(language), language)


def read_lexicon(paths: tuple[Path, ...], language: str) -> Lexicon:
    """Read and check the given files. Raises :class:`LexiconError` (L001, L003) or KnowledgeError (K002, K008)."""
    rules: list[Rule] = []
    markers: dict[str, MarkerKind] = {}
    for path in paths:
        data = parse_yaml(path.read_text("utf8"), path.name)
        _check_keys(path.name, data, _TOP_KEYS)
        macros = data.get("macros") or {}
        rules += [_rule(path.name, index, entry, macros) for index, entry in enumerate(data.get("rules") or ())]
        markers |= {name: _marker(path.name, name, entry) for name, entry in (data.get("markers") or {}).items()}
    return Lexicon(language, tuple(rules), markers)


def expand(template: str, macros: dict[str, str]) -> tuple[str, ...]:
    """All spellings that a template stands for. Raises ValueError when it is not well formed."""
    if template.startswith("="):
        return (template[1:],)
    for name in re.findall(r"\{(\w+)\}", template):
        bare = re.search(r"\[[^\]]*\{" + name + r"\}[^\]]*\]", template)
        template = template.replace("{" + name + "}", macros[name] if bare else f"[{macros[name]}]")
    parts = re.split(r"(\[[^\[\]]*\])", template)
    if any(("[" in part or "]" in part) and not part.startswith("[") for part in parts):
        raise ValueError(template)
    choices = [part[1:-1].split("|") if part.startswith("[") else [part] for part in parts]
    spellings = {" ".join("".join(choice).split()) for choice in product(*choices)}
    return tuple(sorted(joined for spelling in spellings for joined in _joined(spelling) if joined))


def _joined(spelling: str) -> list[str]:
    parts = re.split(r"(?<=\w)~(?=\w)", spelling)
    return [
        parts[0] + "".join(ends) for ends in product(*([sep + part for sep in ("-", " ", "")] for part in parts[1:]))
    ]


def _rule(file: str, index: int, entry: Any, macros: dict[str, str]) -> Rule:
    key = f"rules[{index}]"
    allowed = tuple(item.name for item in fields(Rule))
    if not isinstance(entry, dict) or "literal" not in entry:
        raise LexiconError("L003", file=file, key=key, value=str(entry)[:40], allowed="a rule with a literal")
    key = f"{key} ({entry['literal']})"
    _check_keys(f"{file}: {key}", entry, allowed)
    if entry.get("category") not in CATEGORIES:
        raise LexiconError("L003", file=file, key=key, value=entry.get("category"), allowed=", ".join(CATEGORIES))
    also = entry.get("also") or {}
    if not isinstance(also, dict):
        raise LexiconError("L003", file=file, key=key, value=also, allowed="names with their values under also")
    patterns = _spellings(file, key, entry.get("pattern") or [entry["literal"]], macros)
    beside = {side: _spellings(file, key, entry.get(side) or [], macros) for side in ("after", "before")}
    return Rule(**{**entry, **beside, "pattern": patterns, "also": tuple(also.items())})


def _spellings(file: str, key: str, templates: list[Any], macros: dict[str, str]) -> tuple[str, ...]:
    spellings: set[str] = set()
    for template in templates:
        if not isinstance(template, str):
            raise LexiconError("L003", file=file, key=key, value=template, allowed="text (quote it)")
        try:
            spellings.update(expand(template, macros))
        except (ValueError, KeyError):
            raise LexiconError("L003", file=file, key=key, value=template, allowed="[a|b], known {macro}") from None
        if len(spellings) > _LIMIT:
            raise LexiconError("L003", file=file, key=key, value=template, allowed=f"at most {_LIMIT} spellings")
    return tuple(sorted(spellings))


def _marker(file: str, name: str, entry: Any) -> MarkerKind:
    _check_keys(f"{file}: markers.{name}", entry, _MARKER_KEYS)
    plausible = entry.get("plausible")
    return MarkerKind(entry["kind"], frozenset(entry["units"]), tuple(plausible) if plausible else None)


def _check_keys(where: str, data: Any, allowed: tuple[str, ...]) -> None:
    unknown = sorted(map(str, set(data) - set(allowed))) if isinstance(data, dict) else [str(data)[:40]]
    if unknown:
        raise LexiconError("L001", file=where, key=unknown[0], allowed=", ".join(allowed))
