"""The strict loader: from the files under ``hepb/knowledge`` to :class:`hepb.whole_knowledge.Knowledge`."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from hepb.clinic import clinic, with_clinic
from hepb.course.rules import read_course
from hepb.errors import KnowledgeError
from hepb.guideline import Guideline, Pathway, Provenance, Score
from hepb.knowledge_file import PROVENANCE, STATUSES, KnowledgeFile, read_file
from hepb.panel_file import read_panel
from hepb.pathway_file import read_pathway
from hepb.score_file import load_scores
from hepb.whole_knowledge import Knowledge
from hepb.yaml_files import knowledge_folder, parse_yaml


def load_guideline(name: str, text: str, sources: Mapping[str, Any]) -> Guideline:
    """One guideline file. Raises :class:`KnowledgeError` naming file and key."""
    file = read_file(name, text, sources)
    data = file.keys(
        file.data,
        "top level",
        ("id", "title", "citation", "year", "region", "status", "upper_limits", "groups", "outside"),
        (
            "doi",
            "definitions",
            "settings",
            "phases",
            "monitoring",
            "surveillance",
            "no_surveillance",
            "stiffness",
            "not_modelled",
            "falls_back_on",
            "behind_source_text",
            "after_hbsag_loss",
        ),
    )
    limits, provenance, of_laboratory = file.limits()
    guideline = Guideline(
        id=data["id"],
        title=data["title"],
        citation=data["citation"],
        year=data["year"],
        region=data["region"],
        status=file.one_of(data["status"], "status", STATUSES),
        doi=data.get("doi"),
        upper_limits=limits,
        limits_provenance=provenance,
        groups=file.each(data["groups"], "groups", file.group),
        outside=file.rule(data["outside"], "outside", with_criterion=False),
        phases=file.each(data.get("phases"), "phases", file.phase),
        monitoring=file.each(data.get("monitoring"), "monitoring", file.follow_up),
        surveillance=file.each(data.get("surveillance"), "surveillance", file.follow_up),
        no_surveillance=file.each(data.get("no_surveillance"), "no_surveillance", file.notice),
        stiffness=file.each(data.get("stiffness"), "stiffness", file.band),
        not_modelled=file.texts(data["not_modelled"], "not_modelled") if data.get("not_modelled") else (),
        limits_of_laboratory=of_laboratory,
        falls_back_on=data.get("falls_back_on"),
        behind_source_text=file.one_of(data.get("behind_source_text", False), "behind_source_text", (True, False)),
        after_hbsag_loss=_after_hbsag_loss(file, data),
    )
    _refuse_doubled(name, (rule.id for rule in guideline.rules()))
    return guideline


def _after_hbsag_loss(file: KnowledgeFile, data: Mapping[str, Any]) -> Provenance | None:
    if "after_hbsag_loss" not in data:
        return None
    return file.provenance(file.keys(data["after_hbsag_loss"], "after_hbsag_loss", PROVENANCE), "after_hbsag_loss")


def _refuse_doubled(name: str, ids: Iterable[str]) -> None:
    seen: set[str] = set()
    for rule_id in ids:
        if rule_id in seen:
            raise KnowledgeError("K010", file=name, value=rule_id)
        seen.add(rule_id)


def _refuse_unknown_guideline(
    pathways: Iterable[Pathway], scores: Iterable[Score], guidelines: Collection[Guideline]
) -> None:
    known = {guideline.id for guideline in guidelines}
    named = [
        (f"pathways/{pathway.id}.yaml", statement.id, statement.guideline)
        for pathway in pathways
        for statement in pathway.statements
    ]
    named += [("scores.yaml", band.id, name) for score in scores for band in score.bands for name in band.guidelines]
    named += [(f"guidelines/{item.id}.yaml", "falls_back_on", item.falls_back_on) for item in guidelines]
    for file, key, name in named:
        if name is not None and name not in known:
            raise KnowledgeError("K005", file=file, key=key, value=name, allowed=", ".join(sorted(known)))


def _score_names(scores: Iterable[Score]) -> Iterator[str]:
    for score in scores:
        yield from (score.id, *(item.id for item in (*score.bands, *score.limits)))


def _names(guideline: Guideline) -> Iterator[str]:
    """Every id of a guideline: no other guideline may have it."""
    yield guideline.id
    schedules = (*guideline.monitoring, *guideline.surveillance, *guideline.no_surveillance)
    yield from (item.id for item in (*guideline.rules(), *guideline.phases, *schedules, *guideline.stiffness))


def load_knowledge(folder: Path) -> Knowledge:
    """All knowledge under ``folder``. Raises :class:`KnowledgeError` on the first thing that is wrong."""
    texts = {name: folder.joinpath(name).read_text("utf8") for name in _FILES}
    for path in sorted(folder.glob("guidelines/*.yaml")) + sorted(folder.glob("pathways/*.yaml")):
        texts[f"{path.parent.name}/{path.name}"] = path.read_text("utf8")
    digest = hashlib.sha256()
    for name, text in sorted(texts.items()):
        digest.update(f"{name}\0{text}\0".encode())
    sources = parse_yaml(texts["sources.yaml"], "sources.yaml")
    version = parse_yaml(texts["version.yaml"], "version.yaml")
    phases = read_file("phases.yaml", texts["phases.yaml"], sources)
    gates = read_file("gates.yaml", texts["gates.yaml"], sources)
    situations = read_file("situations.yaml", texts["situations.yaml"], sources)
    phases.keys(phases.data, "top level", ("id", "upper_limits", "settings", "phases", "grey_zones"))
    gates.keys(gates.data, "top level", ("id", "gates"))
    pathways = tuple(
        read_pathway(read_file(name, text, sources)) for name, text in texts.items() if name.startswith("pathways/")
    )
    situations.keys(
        situations.data, "top level", ("id", "upper_limits", "warnings", "next_steps", "alarms"), ("definitions",)
    )
    guidelines = tuple(
        load_guideline(name, text, sources) for name, text in texts.items() if name.startswith("guidelines/")
    )
    _refuse_doubled("guidelines", (name for guideline in guidelines for name in _names(guideline)))
    _refuse_doubled("pathways", (statement.id for pathway in pathways for statement in pathway.statements))
    scores, stiffness_limits = load_scores("scores.yaml", texts["scores.yaml"], sources)
    _refuse_doubled("scores.yaml", _score_names(scores))
    _refuse_unknown_guideline(pathways, scores, guidelines)
    panel = read_panel(read_file("serology.yaml", texts["serology.yaml"], sources))
    _refuse_doubled("serology.yaml", (item.id for item in (*panel.together, *panel.readings, panel.otherwise)))
    course = read_course(read_file("course.yaml", texts["course.yaml"], sources))
    _refuse_doubled("course.yaml", course.ids)
    phase_limits, _, _ = phases.limits()
    return Knowledge(
        version=version["version"],
        sha256=digest.hexdigest(),
        as_of=str(version["as_of"]),
        sources=sources,
        guidelines=guidelines,
        counted=tuple(guideline.id for guideline in guidelines if guideline.status == "counted"),
        gates=gates.each(gates.data["gates"], "gates", gates.gate),
        phase_limits=phase_limits,
        phases=phases.each(phases.data["phases"], "phases", phases.phase),
        grey_zones=phases.each(phases.data["grey_zones"], "grey_zones", phases.phase),
        warnings=situations.each(situations.data["warnings"], "warnings", situations.notice),
        next_steps=situations.each(situations.data["next_steps"], "next_steps", situations.notice),
        pathways=pathways,
        panel=panel,
        course=course,
        alarms=situations.each(situations.data["alarms"], "alarms", situations.notice),
        scores=scores,
        stiffness_limits=stiffness_limits,
    )


_FILES = (
    "version.yaml", "sources.yaml", "assays.yaml", "phases.yaml", "gates.yaml", "situations.yaml", "scores.yaml",
    "serology.yaml", "course.yaml",
)  # fmt: skip


@cache
def knowledge() -> Knowledge:
    """The knowledge that ships with the package, as the clinic sets it, loaded once."""
    return with_clinic(load_knowledge(knowledge_folder()), clinic())
