"""What the serology panel says: the reading, results that stand together, and the next step for it."""

from __future__ import annotations

from collections.abc import Iterator

from actions.saying import Say
from actions.words import test_name
from hepb.record import Record
from hepb.result import Result
from hepb.timeline import newest

_SAID_BY_PHASE = frozenset({"chronic", "infected"})
"""Readings that go without saying where the phase, or what stands before it, is named."""
_SAID_BY_READING = {"early": "surface_antigen_without_core_antibody", "window": "igm_without_surface_antigen"}
"""Results that stand together of which the reading itself speaks."""
NO_PHASE = frozenset({"contradictory", "occult_suspected"})
"""Readings of someone HBsAg negative for whom it is not said that there is no infection."""
PROTECTING = frozenset({"immune", "recovered"})
"""Readings of somebody whose surface antibody protects, as long as nothing damps the immune system."""
NEVER_INFECTED = frozenset({"susceptible", "vaccinated", "vaccine_without_antibody", "never_infected"})
INFECTED = frozenset({"early", "infected", "acute_or_flare", "acute", "chronic"})
"""Readings with a positive HBsAg."""
NEXT_STEPS = frozenset(
    {"susceptible", "vaccinated", "vaccine_without_antibody", "never_infected", "immune", "past_infection", "window",
     "isolated_core", "occult_suspected", "incomplete", "early", "acute_or_flare", "contradictory",
     "protection_not_shown"}
)  # fmt: skip
"""Readings with a next step of their own."""
_NAMING_TESTS = frozenset(
    {"never_infected", "immune", "past_infection", "isolated_core", "incomplete", "contradictory"}
)
"""Readings whose next step names the tests that are missing, or those to repeat."""


def reading_of(result: Result) -> str:
    """The reading of the panel, empty when no serology marker is known."""
    return result.serology.reading if result.serology else ""


def _met_the_virus(record: Record) -> Iterator[Say]:
    """What a positive core antibody says while HBsAg is not known."""
    positive = {
        marker
        for marker in ("anti_HBc", "anti_HBs")
        for item in newest((item for item in record.observations if item.marker == marker), record.as_of)
        if item.reading.signs == {"positive"}
    }
    if "anti_HBc" in positive:
        both = "anti_HBs" in positive
        yield Say(
            "utter_serology_without_hbsag_core_and_surface" if both else "utter_serology_without_hbsag_core", "phase"
        )
        yield Say("utter_serology_unverified", "phase")


def serology(record: Record, result: Result) -> Iterator[Say]:
    """The reading in one or two sentences, with what stands together; without HBsAg only if the virus was met."""
    found = result.serology
    if found is None:
        return
    says = []
    left_to_hbsag = found.reading == "incomplete" and "HBsAg" in found.missing
    if not left_to_hbsag and not (found.reading in _SAID_BY_PHASE and result.phase.phase != "unknown"):
        weakened = found.reading in PROTECTING and "immunosuppression" in result.warnings
        says.append(Say(f"utter_serology_{found.reading}{'_weakened' if weakened else ''}", "phase"))
    notes = [note for note in found.notes if note != _SAID_BY_READING.get(found.reading)]
    if left_to_hbsag and not notes:
        yield from _met_the_virus(record)
    says += [Say(f"utter_serology_together_{note}", "phase") for note in notes]
    yield from says
    if notes or (says and found.confidence == "unverified"):
        yield Say("utter_serology_unverified", "phase")


def next_step(result: Result) -> Iterator[Say]:
    """The next step that the reading asks for, if it asks for one."""
    found = result.serology
    if found is None or found.reading not in NEXT_STEPS or "HBsAg" in found.missing:
        return
    tests: tuple[str, ...] = ()
    if found.reading in _NAMING_TESTS:
        tests = tuple(map(test_name, found.conflict if found.reading == "contradictory" else found.missing))
        if not tests:
            return
    yield Say(f"utter_serology_next_{found.reading}", "next", {"tests": tests})
