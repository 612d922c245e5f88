"""Every limit in the knowledge, with a value just under, at and just over it (``tests/cases/thresholds.yaml``)."""

from __future__ import annotations

import re
from datetime import date

import pytest
from case_files import AS_OF, BY_GUIDELINE, answer, read_yaml, walked

from hepb import criteria
from hepb.assess import assess, decisions_only
from hepb.compiler import compiled
from hepb.record import parse_record
from hepb.space import limit_values

ENTRIES = read_yaml("thresholds.yaml")
GUIDELINES = {guideline.id for guideline in compiled().knowledge.guidelines}
TOP = {"METAVIR": 4}


@pytest.mark.parametrize("of", dict.fromkeys(entry["of"] for entry in ENTRIES))
def test_thresholds_decide(of, every):
    def decides(walk):
        entry, value = walk
        record = parse_record(walked(entry, value))
        if of in GUIDELINES:  # tests/thorough makes the whole result for these too
            assert decisions_only(record)[of].decision == entry["expect"][value]
        else:
            assert answer(assess(record).to_dict(), of) == entry["expect"][value]

    walks = [(entry, value) for entry in ENTRIES if entry["of"] == of for value in entry["expect"]]
    every([(f"{e['limit']} at {value} ({e['person'].get('sex')})", (e, value)) for e, value in walks], decides)


def sides(entry):
    """Where the walked values lie: under, at or over the limit."""
    limit = float(entry["limit"].split()[1])
    found = set()
    for value in entry["expect"]:
        place = position(entry, value) - limit
        found.add("at" if abs(place) < 1e-9 else "over" if place > 0 else "under")
    return found


def position(entry, value):
    """A walked value in the unit of its limit."""
    if isinstance(value, date):
        today = date.fromisoformat(AS_OF)
        return (today.year - value.year) * 12 + today.month - value.month + (today.day - value.day) / 31
    if isinstance(value, str):  # "not detected" is 0, anything else that was detected is over it
        return {"not detected": 0, "<20 IU/mL": -1}.get(value, 1)  # "<20" may be either: it stands for under
    return entry["amounts"][value] if "amounts" in entry else value * entry.get("of_limit", 1)


def needed():
    """Every limit of the knowledge as ``(of, sex or None, limit)``, by reading its criteria."""
    what = compiled().knowledge
    found = set()
    for guideline in what.guidelines:
        found_in = [(guideline.id, rule.when) for rule in guideline.rules()]
        found_in += [(guideline.id, group.people) for group in guideline.groups]
        found_in += [(guideline.id, rule.when) for rule in guideline.phases]
        found |= {item for of, criterion in found_in for item in limits(of, criterion, guideline.upper_limits)}
    for of, rules in (("phase", (*what.phases, *what.gates)), ("alarms", what.alarms)):
        found |= {item for rule in rules for item in limits(of, rule.when, what.phase_limits)}
    return found | needed_of_scores(what) | needed_of_scans(what)


def needed_of_scores(what):
    found = {
        item for limit in what.stiffness_limits for item in limits("stiffness limits", limit.when, what.phase_limits)
    }
    for score in what.scores:
        found |= {item for band in score.bands for item in limits(score.id, band.when, what.phase_limits)}
        found |= {
            item for limit in score.limits for item in limits(f"{score.id} limits", limit.when, what.phase_limits)
        }
    return found


def needed_of_scans(what):
    """What each guideline makes of a scan's stiffness, and whom it scans for liver cancer or not."""
    return {
        item
        for guideline in what.guidelines
        for field in BY_GUIDELINE
        for part in getattr(guideline, field)
        for item in limits(f"{guideline.id} {field}", part.when, guideline.upper_limits)
    }


def limits(of, criterion, upper_limits):
    for test in criteria.tests_in(criterion):
        if test.op == "is":
            continue
        for sex, value in limit_values(test, upper_limits).items():
            yield of, sex, f"{test.subject} {value:g} {test.unit}"
        if test.months:
            yield of, None, f"ALT_months {test.months:g}"


def test_thresholds_cover_every_limit_of_the_knowledge():
    covered = {}
    for entry in ENTRIES:
        subject, value, *unit = entry["limit"].split()
        own, _, field = entry["of"].partition(" ")
        of = entry["of"] if field in {*BY_GUIDELINE, "limits"} else own
        key = of, " ".join([subject, f"{float(value):g}", *unit])
        by_sex = subject == "ALT"
        covered.setdefault((key[0], entry["person"]["sex"] if by_sex else None, key[1]), set()).update(sides(entry))
    gaps = {}
    for item in needed():
        limit = item[2].split()
        wanted = {"under", "at"} if float(limit[1]) == TOP.get(limit[-1]) else {"under", "at", "over"}
        if wanted - covered.get(item, set()):
            gaps[item] = sorted(wanted - covered.get(item, set()))
    assert gaps == {}


def test_thresholds_each_change_something():
    assert [entry["limit"] for entry in ENTRIES if len({str(found) for found in entry["expect"].values()}) < 2] == []


def test_thresholds_name_their_source():
    known = {*compiled().knowledge.sources, "contract"}
    named = [name for entry in ENTRIES for name in ([entry["source"]] if isinstance(entry["source"], str) else entry["source"])]  # fmt: skip  # noqa: E501
    assert [name for name in named if name not in known and not re.fullmatch(r"section \d+(\.\d+)?", name)] == []
