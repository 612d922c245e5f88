"""The codes of ``knowledge/fhir.yaml``, ready for use."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

from hepb.errors import KnowledgeError
from hepb.yaml_files import check_knowledge, read_knowledge

_FILE = "fhir.yaml"
_UNVERIFIED = "unverified"


@dataclass(frozen=True, slots=True)
class TestCode:
    """What a LOINC code names: a ``marker``, or another ``virus`` (then ``antibody`` says of which kind the test is).

    ``units``: names of the units that the code allows, empty when it allows any. ``sure``: its meaning has a source.
    """

    code: str
    sure: bool
    marker: str | None = None
    units: frozenset[str] = frozenset()
    virus: str | None = None
    antibody: bool = False


@dataclass(frozen=True)
class Codes:
    """Everything that ``fhir.yaml`` says; see there for meaning and sources."""

    loinc: str
    ucum: str
    tests: dict[str, TestCode]
    answers: dict[tuple[str, str], str]  # system and code to the word of a record
    flags: frozenset[tuple[str, str]]
    units: dict[str, str]
    without_results: frozenset[str]


@cache
def codes() -> Codes:
    """The codes, read once. Raises :class:`hepb.errors.KnowledgeError` on a broken file."""
    data = read_knowledge(_FILE)
    check_knowledge(data, _FILE, "fhir", read_knowledge("sources.yaml"))
    systems = data["systems"]
    named = {"loinc": [systems["loinc"]], "snomed": [systems["snomed"]], "interpretation": systems["interpretation"]}
    return Codes(
        loinc=systems["loinc"],
        ucum=systems["ucum"],
        tests=_tests(data),
        answers={(system, item["code"]): item["means"] for item in data["answers"] for system in named[item["system"]]},
        flags=frozenset((system, code) for system in named["interpretation"] for code in data["flags"]["codes"]),
        units=data["units"],
        without_results=frozenset(data["without_results"]),
    )


def _tests(data: dict[str, Any]) -> dict[str, TestCode]:
    found: dict[str, TestCode] = {}
    for item in (*data["tests"], *data["viruses"]):
        if item["code"] in found:
            raise KnowledgeError("K010", file=_FILE, value=item["code"])
        found[item["code"]] = TestCode(
            code=item["code"],
            sure=item["confidence"] != _UNVERIFIED,
            marker=item.get("marker"),
            units=frozenset(item.get("in", ())),
            virus=item.get("virus"),
            antibody=item.get("antibody", False),
        )
    return found
