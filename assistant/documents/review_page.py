"""``docs/review.md``: everything that a clinician still has to confirm, file by file."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from assistant.documents.plain import as_written
from assistant.documents.tables import table
from hepb.criteria import tests_in
from hepb.whole_knowledge import Knowledge
from hepb.yaml_files import parse_yaml

_HEAD = """# What a clinician still has to confirm

Generated from `hepb/knowledge` and `data/responses` by `make docs`: do not edit.

{items} items of the knowledge rest on memory or on sources that contradict each other, {operators} comparisons have an
operator that sources print both ways, and {sentences} sentences for patients name `unverified` among their sources.
To confirm an item, look it up in the guideline's own text, then put its source, place and confidence into the file
named here ([CONTRIBUTING.md](../CONTRIBUTING.md) shows how); it leaves this list by itself.
"""
_SOURCE = re.compile(r"^  (?P<name>utter_\w+):.*# source: (?P<source>.*unverified.*)$", re.MULTILINE)
_OPEN = "open: "
_LEFT_OUT = frozenset({"source", "place", "confidence", "id", "note"})


def review_page(knowledge: Path, responses: Path, words: Mapping[str, str], what: Knowledge) -> str:
    """The whole page as Markdown; ``knowledge`` and ``responses`` are folders.

    ``words``: by id, what a part of the knowledge says in plain words.
    """
    files = sorted(path for path in knowledge.rglob("*.yaml") if "lexicon" not in path.parts)
    texts = {path.relative_to(knowledge).as_posix(): path.read_text("utf8") for path in files}
    items = {name: list(_items(parse_yaml(text, name), "", words)) for name, text in texts.items()}
    operators = list(dict.fromkeys(_open_operators(what)))
    sentences = [
        (path.name, match["name"], match["source"])
        for path in sorted(responses.glob("*.yml"))
        for match in _SOURCE.finditer(path.read_text("utf8"))
    ]
    total = sum(map(len, items.values()))
    lines = _HEAD.format(items=total, operators=len(operators), sentences=len(sentences)).split("\n")
    lines += ["## Open points and their default", ""]
    lines += table(("File", "Setting or item", "Default", "Note"), (*_settings(texts), *_open_points(texts, words)))
    lines += ["## Operators that sources print both ways", ""]
    lines += table(("Rule", "Comparison"), ((f"`{name}`", f"`{line}`") for name, line in operators))
    for name, found in items.items():
        rows = table(("Item", "What it says", "Note"), found)
        lines += [f"## {name}", "", *rows] if rows else []
    lines += ["## Sentences for patients", ""]
    lines += table(("File", "Response", "Sources"), ((f"`{f}`", f"`{n}`", s) for f, n, s in sentences))
    return "\n".join(lines).rstrip() + "\n"


def _settings(texts: Mapping[str, str]) -> Iterator[tuple[str, ...]]:
    for name, text in texts.items():
        data = parse_yaml(text, name)
        found = data.get("settings") if isinstance(data, dict) else None
        for key, item in (found or {}).items():
            yield f"`{name}`", f"`{key}`", f"{item['value']} {item['unit']}", item.get("note", "")


def _open_points(texts: Mapping[str, str], words: Mapping[str, str]) -> Iterator[tuple[str, ...]]:
    """Every item whose note begins with ``open:``: what holds is not settled, and what the item says is the default."""
    for name, text in texts.items():
        for where, item in _mappings(parse_yaml(text, name), ""):
            note = str(item.get("note", ""))
            if note.startswith(_OPEN):
                key = str(item.get("id") or where)
                yield (
                    f"`{name}`",
                    f"`{key}`",
                    words.get(key) or (_limits(item) if "ALT" in item else _said(item)),
                    note.removeprefix(_OPEN),
                )


def _limits(item: Mapping[str, Any]) -> str:
    """Upper limits of ALT on one line; the laboratory's own come first where the file says ``of_laboratory``."""
    alt = item["ALT"]
    own = "the laboratory's own, else " if item.get("of_laboratory") else ""
    return f"{own}{alt['male']} {alt['unit']} in men, {alt['female']} in women"


def _mappings(data: Any, where: str) -> Iterator[tuple[str, Mapping[str, Any]]]:
    if isinstance(data, dict):
        yield where, data
        for key, value in data.items():
            yield from _mappings(value, f"{where}.{key}".lstrip("."))
    elif isinstance(data, list):
        for place, value in enumerate(data):
            yield from _mappings(value, f"{where}[{place}]")


def _open_operators(what: Knowledge) -> Iterator[tuple[str, str]]:
    """Every comparison of a rule or phase whose operator the sources leave open."""
    rules = [item for guideline in what.guidelines for item in (*guideline.rules(), *guideline.phases)]
    for rule in (*rules, *what.phases, *what.grey_zones):
        yield from ((rule.id, as_written(test)) for test in tests_in(rule.when) if test.operator_open)


def _items(data: Any, where: str, words: Mapping[str, str]) -> Iterator[tuple[str, str, str]]:
    """Every mapping in ``data`` that says of itself that it is unverified."""
    for place, item in _mappings(data, where):
        if item.get("confidence") == "unverified":
            name = str(item.get("id") or place)
            yield f"`{name}`", words.get(name) or _said(item), _note(item)


def _note(data: Mapping[str, Any]) -> str:
    place = data.get("place")
    return "; ".join(str(text) for text in (data.get("note"), None if place == "not seen" else place) if text)


def _said(data: Mapping[str, Any]) -> str:
    """The plain values of a mapping, on one line."""
    plain = {key: value for key, value in data.items() if key not in _LEFT_OUT and not isinstance(value, dict | list)}
    return "; ".join(f"{key}: {value}" for key, value in plain.items())
