"""The cases under ``tests/cases``: from lines a clinician reads to a record, and from a result to what was expected."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from hepb.yaml_files import parse_yaml

CASES = Path(__file__).parents[3] / "cases"
AS_OF = "2026-11-22"
NOT_CASES = {"background.yaml", "thresholds.yaml"}
BY_GUIDELINE = ("stiffness", "surveillance", "no_surveillance")
"""Fields of the result that hold an item per guideline, whose limits are walked apart from those of its decision."""
_LINE = re.compile(
    r"(?P<marker>\w+) (?P<value>not detected|\S+)(?: (?P<unit>(?!since|on|order|\()\S+))?"
    r"(?: \((?P<interpretation>\w+)\))?(?: on (?P<date>\S+))?(?: since (?P<since>\S+))?(?: order (?P<sequence>\d+))?"
)


@cache
def read_yaml(name: str) -> Any:
    return parse_yaml(CASES.joinpath(name).read_text("utf8"), name)


def observation(line: str) -> dict[str, Any]:
    """``ALT 96 U/L since 2026-03-22`` as an observation."""
    match = _LINE.fullmatch(line)
    assert match, f"not a result line: {line!r}"
    item = {key: value for key, value in match.groupdict().items() if value is not None}
    if re.fullmatch(r"\d+(\.\d+)?([eE]\d+)?", item["value"]):
        item["value"] = float(item["value"])
    if "sequence" in item:
        item["sequence"] = int(item["sequence"])
    return item


def record_of(case: dict[str, Any]) -> dict[str, Any]:
    """The record of one case in contract form."""
    results = list(case.get("results", ()))
    conditions = dict(case.get("conditions", {}))
    if case.get("others") == "none":
        background = read_yaml("background.yaml")
        named = {line.split()[0] for line in results}
        results += [line for line in background["results"] if line.split()[0] not in named]
        conditions = background["conditions"] | conditions
    return {
        **case.get("person", {}),
        "as_of": case.get("as_of", AS_OF),
        "observations": [observation(line) for line in results],
        "conditions": conditions,
    }


def case_files() -> list[str]:
    return sorted(path.name for path in CASES.glob("*.yaml") if path.name not in NOT_CASES)


def cases_of(name: str) -> list[dict[str, Any]]:
    data = read_yaml(name)
    return [{**case, "guideline": data.get("guideline"), "file": name} for case in data["cases"]]


def differences(found: Any, expected: Any, where: str = "") -> list[str]:
    """Where ``found`` is not as ``expected`` (a part of it), one line each."""
    if where == ".situations" and isinstance(expected, list):
        return [line for item in expected for line in _situation_differences(found, item)]
    if where in {".course.events", ".course.phases"} and isinstance(expected, list):
        found = [_in_time(item) for item in found]
    if isinstance(expected, dict) and isinstance(found, list):
        return _list_differences(found, expected, where)
    if isinstance(expected, dict):
        if not isinstance(found, dict):
            return [f"{where}: {found!r} has no keys"]
        return [line for key in expected for line in differences(found.get(key), expected[key], f"{where}.{key}")]
    return [] if found == expected else [f"{where[1:]}: {found!r}, expected {expected!r}"]


def _name(item: Any) -> Any:
    """What an item of a list is about."""
    keys = ("event", "marker", "condition", "guideline", "situation", "score")
    return next((item[key] for key in keys if item.get(key)), None) if isinstance(item, dict) else item


def _in_time(item: dict[str, Any]) -> str:
    """An event or a phase in one line: ``hbeag_loss 2024-01-01 to 2025-01-01``, ``past`` when it stands no more."""
    line = f"{item.get('event') or item['phase']} {item['from'] or '?'} to {item['to'] or '?'}"
    return line if item.get("now", True) else f"{line}, past"


def _situation_differences(found: list[Any], expected: dict[str, Any]) -> list[str]:
    """One situation: ``says`` advice that must be there, ``lacks`` advice that must not, ``missing`` as any list.

    Advice is named ``begin``, ``begin by aasld-2018`` or, with its numbers, ``begin by aasld-2018, start 28-32 weeks``.
    """
    name = expected["situation"]
    situation = next((item for item in found if item["situation"] == name), None)
    if situation is None:
        return [f"situations: {[item['situation'] for item in found]}, expected {name}"]
    said = {text for advice in situation["advice"] for text in _advice_names(advice)}
    shown = sorted({list(_advice_names(advice))[-1] for advice in situation["advice"]})
    where = f"situations.{name}"
    return [
        *(f"{where}: {shown}, expected {want}" for want in expected.get("says", ()) if want not in said),
        *(f"{where}: {shown}, expected not {want}" for want in expected.get("lacks", ()) if want in said),
        *(differences(situation["missing"], expected["missing"], f".{where}.missing") if "missing" in expected else ()),
    ]


def _advice_names(advice: dict[str, Any]) -> Iterator[str]:
    """The names by which a case may expect a piece of advice, the most exact one last."""
    by = f"{advice['says']} by {advice['guideline']}" if advice["guideline"] else advice["says"]
    numbers = (
        f", {name} {'-'.join(f'{value:.10g}' for value in dict.fromkeys(number['value']))} {number['unit']}"
        for name, number in advice["numbers"].items()
    )
    yield advice["says"]
    yield by
    yield by + "".join(numbers)


def _list_differences(found: list[Any], expected: dict[str, Any], where: str) -> list[str]:
    named = [_name(item) for item in found]
    problems = {
        "has": lambda want: set(want) <= set(named),
        "has_about": lambda want: set(want) <= set(named),
        "has_guidelines": lambda want: set(want) <= set(named),
        "lacks": lambda want: not set(want) & set(named),
        "about": lambda want: set(want) == set(named),
        "first": lambda want: named[:1] == [want],
    }
    by_name: dict[Any, Any] = {}
    for name, item in zip(named, found, strict=True):  # of several with one name the first; each by its rule
        for key in (name, item.get("rule") if isinstance(item, dict) else None):
            by_name.setdefault(key, item)
    lines: list[str] = []
    for word, want in expected.items():
        if word in problems:
            lines += [] if problems[word](want) else [f"{where[1:]}: {named}, expected {word} {want}"]
        else:  # the name of one item, and what it must be
            lines += differences(by_name.get(word, {}), want, f"{where}.{word}")
    return lines


def walked(entry: dict[str, Any], value: object) -> dict[str, Any]:
    """The record of one entry of ``thresholds.yaml`` with its value put in."""
    text = entry["walk"].format(value.isoformat() if isinstance(value, date) else value)
    case = {
        "person": dict(entry["person"]),
        "results": list(entry["results"]),
        "conditions": dict(entry.get("conditions", {})),
        "others": "none",
    }
    subject, _, rest = text.partition(" ")
    if subject == "age":
        case["person"]["age"] = float(rest)
    elif subject in {"stiffness_kpa", "fibrosis_stage", "inflammation_grade"}:
        case["conditions"][subject] = float(rest) if subject == "stiffness_kpa" else int(rest)
        if subject == "fibrosis_stage":
            case["conditions"]["cirrhosis"] = None
    else:
        case["results"].append(text)
    if not any(line.startswith("HBsAg ") for line in case["results"]):
        case["results"].append("HBsAg positive")
    return record_of(case)


def _item_of(items: list[dict[str, Any]], key: str, name: str) -> dict[str, Any]:
    """The item about ``name``; empty when there is none."""
    return next((item for item in items if item[key] == name), {})


def answer(result: dict[str, Any], of: str) -> Any:
    """What an entry of ``thresholds.yaml`` looks at: a guideline's decision or another of its fields, or a field."""
    name, _, field = of.partition(" ")
    if of == "stiffness limits":
        return result["stiffness"][0]["limits"]
    if name in {score["score"] for score in result["scores"]}:
        return _item_of(result["scores"], "score", name)[field or "reading"]
    if field in BY_GUIDELINE:
        return _item_of(result[field], "guideline", name).get("reading" if field == "stiffness" else "rule")
    if name in result["decisions"]:
        return result["decisions"][name][field or "decision"]
    return result[name]
