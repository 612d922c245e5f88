"""The reader of ``knowledge/serology.yaml``: how the serology panel is read, as data."""

from __future__ import annotations

from typing import Any

from hepb.criteria import ALWAYS, CHOICES
from hepb.knowledge_file import PROVENANCE, KnowledgeFile
from hepb.panel import Panel, PanelReading, Together
from hepb.printed_result import SEROLOGY

READINGS = (
    "susceptible", "vaccinated", "vaccine_without_antibody", "never_infected", "recovered", "window", "isolated_core",
    "past_infection", "immune", "occult_suspected", "early", "acute", "acute_or_flare", "infected", "chronic",
    "contradictory", "incomplete", "hbsag_lost", "child_protected", "protection_not_shown",
)  # fmt: skip
"""Every reading that the panel can have; ``docs/contract.md`` says what each means."""
WEIGHTS = ("contradictory", "repeat", "possible")
TESTS = (*sorted(SEROLOGY), "HBV_DNA")
"""The tests that results can stand together in; a reading may also ask for a condition."""


def read_panel(file: KnowledgeFile) -> Panel:
    """The whole file. Raises :class:`hepb.errors.KnowledgeError` naming file and key."""
    data = file.keys(file.data, "top level", ("id", "passing", "together", "readings", "otherwise"))

    def together(item: Any, where: str) -> Together:
        file.keys(item, where, ("id", "weight", "markers", "when", *PROVENANCE))
        return Together(
            id=item["id"],
            weight=file.one_of(item["weight"], f"{where}.weight", WEIGHTS),
            markers=_names(file, item["markers"], f"{where}.markers", TESTS),
            when=file.criteria.read(item["when"], f"{where}.when"),
            provenance=file.provenance(item, where),
        )

    def reading(item: Any, where: str) -> PanelReading:
        criterion = ("when",) if where != "otherwise" else ()
        file.keys(item, where, ("id", "reading", *criterion, *PROVENANCE), ("asks", "hbsag_lost"))
        return PanelReading(
            id=item["id"],
            reading=file.one_of(item["reading"], f"{where}.reading", READINGS),
            when=file.criteria.read(item["when"], f"{where}.when") if criterion else ALWAYS,
            asks=_names(file, item["asks"], f"{where}.asks", (*TESTS, *CHOICES)) if "asks" in item else (),
            provenance=file.provenance(item, where),
            hbsag_lost=file.one_of(item.get("hbsag_lost", False), f"{where}.hbsag_lost", (True, False)),
        )

    return Panel(
        passing=_names(file, data["passing"], "passing", TESTS),
        together=file.each(data["together"], "together", together),
        readings=file.each(data["readings"], "readings", reading),
        otherwise=reading(data["otherwise"], "otherwise"),
    )


def _names(file: KnowledgeFile, value: Any, where: str, allowed: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(file.one_of(name, where, allowed) for name in file.texts(value, where))
