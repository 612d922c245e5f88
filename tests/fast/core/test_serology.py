"""The serology panel: all 729 combinations of six tests against what a clinician would say, and what follows from it.

The expectation is written from what the tests mean, not from ``serology.yaml``.
"""

from __future__ import annotations

from collections import Counter
from datetime import date
from functools import cache
from itertools import product
from typing import NamedTuple

import pytest

from hepb.assess import assess
from hepb.compiler import compiled
from hepb.errors import KnowledgeError
from hepb.facts import build_facts
from hepb.loader import load_knowledge
from hepb.phase import classify
from hepb.record import parse_record
from hepb.serology import read_serology

TODAY = date(2026, 11, 22)
YES, NO, OPEN = "positive", "negative", None


# One panel: the sign of each test, None where nobody knows it.
MARKERS = ("HBsAg", "anti_HBs", "HBeAg", "anti_HBe", "anti_HBc", "anti_HBc_IgM")
Panel = NamedTuple("Panel", [(marker, str | None) for marker in MARKERS])
ALL = [Panel(*signs) for signs in product((YES, NO, OPEN), repeat=6)]
EMPTY = Panel(*[OPEN] * 6)


def record(panel, *more, **conditions):
    results = [{"marker": marker, "value": sign} for marker, sign in panel._asdict().items() if sign]
    return parse_record({"observations": [*results, *more], "conditions": conditions}, TODAY)


@cache
def read(panel):
    return read_serology(compiled(), build_facts(record(panel), compiled().space))


# --- what a clinician would say --------------------------------------------------------------------------------------
def pairs_that_do_not_fit(panel):
    """HBeAg is made only where HBsAg is; every antibody of an infection comes with, or after, total anti-HBc."""
    found = []
    if (panel.HBsAg, panel.HBeAg) == (NO, YES):
        found.append({"HBsAg", "HBeAg"})
    if (panel.anti_HBc, panel.anti_HBc_IgM) == (NO, YES):
        found.append({"anti_HBc", "anti_HBc_IgM"})
    if (panel.anti_HBc, panel.anti_HBe) == (NO, YES):
        found.append({"anti_HBc", "anti_HBe"})
    return found


def pairs_to_repeat(panel):
    """They happen, but seldom."""
    found = []
    if panel.HBsAg == panel.anti_HBs == YES:
        found.append({"HBsAg", "anti_HBs"})
    if (panel.HBsAg, panel.anti_HBc) == (YES, NO):
        found.append({"HBsAg", "anti_HBc"})
    return found


# HBsAg negative: was the virus met (the core antibody, of which IgM is a part and which anti-HBe follows)?
# Is there a surface antibody?
NOT_INFECTED_NOW = {
    (YES, YES): "recovered",
    (YES, NO): "isolated_core",
    (YES, OPEN): "past_infection",
    (NO, YES): "vaccinated",
    (NO, NO): "susceptible",
    (NO, OPEN): "never_infected",
    (OPEN, YES): "immune",
    (OPEN, NO): "incomplete",
    (OPEN, OPEN): "incomplete",
}


def expected(panel):
    """The class of one panel, when nothing else is known of the person."""
    if panel == EMPTY:
        return None
    if pairs_that_do_not_fit(panel):
        return "contradictory"
    if panel.HBsAg == YES:  # acute or chronic is a matter of time, which nobody told
        return "acute_or_flare" if panel.anti_HBc_IgM == YES else "early" if panel.anti_HBc == NO else "infected"
    if panel.HBsAg == OPEN:
        return "incomplete"
    recent = panel.anti_HBc_IgM == YES
    met = recent or panel.anti_HBe == YES  # an antibody of an infection: no vaccine makes it
    found = NOT_INFECTED_NOW[YES if met else panel.anti_HBc, panel.anti_HBs]
    return "window" if found == "isolated_core" and recent else found


# How many of the 729 there are of each. By hand: of the contradictory, 81 have HBeAg without HBsAg, 135 an antibody
# without anti-HBc (5 of 9 pairs of anti-HBe and IgM, times 27), and 15 both. HBsAg positive and anti-HBc negative
# leaves 9 x 2 x 2 = 36. HBsAg negative leaves HBeAg negative or open (2), and with anti-HBc negative also anti-HBe
# and IgM (8 each for the three readings without infection), with anti-HBc positive all of anti-HBe (3). With anti-HBc
# open, anti-HBe positive stands for it: HBeAg and IgM negative or open, 4 more each of recovered, past infection and
# isolated core.
COUNTS = {
    None: 1,
    "contradictory": 201,
    "infected": 108,
    "acute_or_flare": 54,
    "early": 36,
    "recovered": 28,
    "past_infection": 28,
    "window": 12,
    "isolated_core": 16,
    "vaccinated": 8,
    "susceptible": 8,
    "never_infected": 8,
    "immune": 8,
    "incomplete": 213,
}


def test_serology_of_all_729_panels_is_what_a_clinician_says():
    assert len(ALL) == len(set(ALL)) == 3**6
    wrong = {panel: read(panel) for panel in ALL if (read(panel) and read(panel).reading) != expected(panel)}
    assert wrong == {}


def test_serology_counts_of_each_class():
    assert Counter(read(panel) and read(panel).reading for panel in ALL) == COUNTS
    assert sum(COUNTS.values()) == 729


def test_serology_names_the_results_that_do_not_fit():
    for panel in set(ALL) - {EMPTY}:
        pairs = pairs_that_do_not_fit(panel) or pairs_to_repeat(panel)
        assert set(read(panel).conflict) == set().union(*pairs), panel


def test_serology_says_that_both_e_results_can_be_positive():
    with_both = {panel for panel in set(ALL) - {EMPTY} if "e_antigen_and_antibody" in read(panel).notes}
    assert with_both == {panel for panel in ALL if panel.HBeAg == panel.anti_HBe == YES}


# --- nothing is claimed that an unknown result could overthrow ------------------------------------------------------
MAY_BECOME = {
    "incomplete": set(COUNTS) - {None},
    "never_infected": {"vaccinated", "susceptible"},
    "immune": {"vaccinated", "recovered"},
    "past_infection": {"recovered", "isolated_core", "window"},
    "isolated_core": {"window"},
    "infected": {"acute_or_flare", "early"},
}
"""What a reading may turn into when more results come in; beside these, any panel can turn out not to fit."""
OPEN_READINGS = {"incomplete", "never_infected", "immune", "past_infection"}
"""Readings that another test of the panel settles."""


def one_more(panel):
    """Every panel with one unknown result more."""
    for marker, sign in panel._asdict().items():
        if sign is OPEN:
            yield from (panel._replace(**{marker: result}) for result in (YES, NO))


def test_serology_reading_stands_when_more_becomes_known():
    """Step by step, so for any number of results that come in."""
    for panel in set(ALL) - {EMPTY}:
        before = read(panel).reading
        allowed = {before, "contradictory"} | MAY_BECOME.get(before, set())
        assert {read(after).reading for after in one_more(panel)} <= allowed, panel


def filled(panel, markers):
    """Every panel in which these markers are known."""
    for signs in product((YES, NO), repeat=len(markers)):
        yield panel._replace(**dict(zip(markers, signs, strict=True)))


def test_serology_missing_settles_the_reading():
    for panel in set(ALL) - {EMPTY}:
        found = read(panel)
        markers = [name for name in found.missing if name in Panel._fields]
        assert not [name for name in markers if getattr(panel, name) is not OPEN], panel
        if found.reading in OPEN_READINGS:
            assert markers, panel
            assert not OPEN_READINGS & {read(after).reading for after in filled(panel, markers)}, panel


def test_serology_missing_asks_for_nothing_that_changes_nothing():
    """Each missing test can change the reading, given some results of the other missing ones."""
    for panel in set(ALL) - {EMPTY}:
        markers = [name for name in read(panel).missing if name in Panel._fields]
        for name in markers:
            others = [other for other in markers if other != name]
            changes = [
                read(rest._replace(**{name: YES})).reading != read(rest._replace(**{name: NO})).reading
                for rest in filled(panel, others)
            ]
            assert any(changes), (panel, name)


# --- agreement with the phase ---------------------------------------------------------------------------------------
VIRUS_MET = {"recovered", "window", "isolated_core", "past_infection"}
PHASE_OF = {
    **dict.fromkeys(VIRUS_MET, "resolved"),
    **dict.fromkeys(("vaccinated", "susceptible", "never_infected", "immune"), "not_infected"),
}


def test_serology_agrees_with_the_phase():
    what = compiled()
    for panel in set(ALL) - {EMPTY}:
        reading = read(panel).reading
        phase = classify(what, build_facts(record(panel), what.space)).phase
        assert phase == PHASE_OF.get(reading, phase), panel
        if panel.HBsAg == YES:
            assert phase not in {"resolved", "not_infected"}
        if panel.HBsAg == OPEN:
            assert phase == "unknown"


# --- what else is known refines it ----------------------------------------------------------------------------------
def test_serology_knows_nothing_without_a_marker():
    assert read(EMPTY) is None
    assert assess(record(EMPTY, {"marker": "ALT", "value": 30})).to_dict()["serology"] is None
    assert assess(record(EMPTY, {"marker": "anti_HBc", "value": 0.01, "unit": "S/CO"})).to_dict()["serology"] is None


@pytest.mark.parametrize("months", [5, 6])
def test_serology_is_chronic_only_after_six_months(months):
    positive = {"marker": "HBsAg", "value": "positive", "since": f"2026-{11 - months:02d}-22"}
    found = assess(record(EMPTY, positive)).serology
    assert found.reading == ("chronic" if months == 6 else "infected")


def test_serology_follows_no_index_without_a_flag():
    index = {"marker": "anti_HBc", "value": 0.01, "unit": "S/CO"}
    unflagged = assess(record(EMPTY._replace(HBsAg=NO, anti_HBs=YES), index))
    assert unflagged.serology.reading == "immune"
    assert unflagged.serology.missing == ("anti_HBc",)
    assert "index_without_flag:anti_HBc" in unflagged.warnings
    for flag, reading in (("Reactive", "recovered"), ("Non-reactive", "vaccinated")):
        flagged = assess(record(EMPTY._replace(HBsAg=NO, anti_HBs=YES), {**index, "flag": flag}))
        assert flagged.serology.reading == reading
        assert flagged.warnings == ()


# --- the file -------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("weight: possible", "weight: likely", "K005"),
        ("reading: window", "reading: doors", "K005"),
        ("markers: [HBsAg, HBeAg]", "markers: [HBsAg, cheese]", "K005"),
        ("asks: [HBV_DNA, anti_HBc_IgM]", "asks: [a test]", "K005"),
        ("asks: [HBV_DNA, anti_HBc_IgM]", "askes: [HBV_DNA]", "K001"),
        ("source: [QUIZ, BMJcrit]", "source: [NOBODY]", "K006"),
        ("id: serology.vaccinated", "id: serology.window", "K010"),
        ("otherwise:", "otherwise_:", "K001"),
        ("when: HBsAg is positive", "when: HBsAg is blue", "K005"),
    ],
)
def test_serology_file_is_read_strictly(change, old, new, code):
    with pytest.raises(KnowledgeError, match=r"serology\.yaml") as refused:
        load_knowledge(change("serology.yaml", old, new))
    assert refused.value.code == code
