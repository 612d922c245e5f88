"""``docs/guidelines.md``: every rule in plain words, with its criteria, source and confidence."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from assistant.documents.plain import as_written, in_words
from assistant.documents.tables import table
from hepb.guideline import FollowUp, Gate, Guideline, Knowledge, Notice, PhaseRule, Provenance, Rule, Statement

Responses = Mapping[str, str]
"""By name of a response, the words of its first variation."""

_HEAD = """# What the guidelines say

Generated from `hepb/knowledge` by `make docs`: do not edit. Knowledge {version}, compared with its sources on {as_of}.

{rules} rules and {phases} phases of {guidelines} guidelines, {statements} statements about {situations} situations.
Confidence: **P** the guideline's own text, table or abstract was seen; **R** a peer-reviewed review; **T** a tertiary
source; **unverified** written down from memory, see [review.md](review.md). The keys of sources are those of
`hepb/knowledge/sources.yaml`. Rules of a group are tried from the top: the first that holds decides.
"""
_RULE = ("Rule", "In plain words", "Criteria", "Answer", "Source", "Confidence")
_PHASE = ("Id", "In plain words", "Phase", "Source", "Confidence")
_SCHEDULE = ("Id", "For whom", "Every (months)", "Tests", "Source", "Confidence")
_NOTICE = ("Id", "When", "Source", "Confidence")
_STATEMENT = ("Statement", "Guideline", "When", "What the patient reads", "Numbers", "Source", "Confidence")


def guidelines_page(what: Knowledge, responses: Responses) -> str:
    """The whole page as Markdown."""
    lines = _HEAD.format(
        version=what.version,
        as_of=what.as_of,
        rules=sum(1 for guideline in what.guidelines for _ in guideline.rules()),
        phases=sum(len(guideline.phases) for guideline in what.guidelines),
        guidelines=len(what.guidelines),
        statements=sum(len(pathway.statements) for pathway in what.pathways),
        situations=len(what.pathways),
    ).split("\n")
    order = {"counted": 0, "dated": 1, "superseded": 2}
    lines += table(
        ("Guideline", "Year", "Region", "Status", "ALT limit men / women (U/L)", "Rules"),
        (
            (f"[{g.title}](#{_anchor(g)})", str(g.year), g.region, g.status,
             f"{g.upper_limits['male']:g} / {g.upper_limits['female']:g}", str(sum(1 for _ in g.rules())))
            for g in sorted(what.guidelines, key=lambda g: (order[g.status], -g.year))
        ),
    )  # fmt: skip
    for guideline in sorted(what.guidelines, key=lambda g: (order[g.status], -g.year)):
        lines += _guideline(guideline)
    lines += ["## The phases of the source text", ""]
    lines += table(_PHASE, (_phase(rule, what.phase_limits) for rule in (*what.phases, *what.grey_zones)))
    lines += ["## What comes before any phase", ""]
    lines += table(_PHASE, (_phase(gate, what.phase_limits) for gate in what.gates))
    for title, notices in (
        ("Warnings", what.warnings),
        ("Next steps", what.next_steps),
        ("Results that need care on the same day", what.alarms),
    ):
        lines += [f"## {title}", "", *table(_NOTICE, (_notice(notice, what) for notice in notices))]
    lines += _situations(what, responses)
    return "\n".join(lines).rstrip() + "\n"


def _anchor(guideline: Guideline) -> str:
    kept = "".join(c for c in guideline.title.lower() if c.isalnum() or c in " -")
    return kept.replace(" ", "-")


def _source(provenance: Provenance) -> str:
    place = "" if provenance.place == "not seen" else f" ({provenance.place})"
    return ", ".join(provenance.source) + place


def _guideline(guideline: Guideline) -> Iterator[str]:
    limits = guideline.limits_provenance
    yield from (f"## {guideline.title}", "")
    yield from (f"{guideline.citation.strip()}{f' DOI {guideline.doi}.' if guideline.doi else ''}", "")
    own = ", or the laboratory's own" if guideline.limits_of_laboratory else ""
    men, women = guideline.upper_limits["male"], guideline.upper_limits["female"]
    yield (
        f"Status: {guideline.status}. Upper limit of ALT: {men:g} U/L in men, {women:g} in women{own} "
        f"({_source(limits)}; {limits.confidence})."
    )
    yield ""
    for group in guideline.groups:
        yield from (f"### {group.id}: {in_words(group.people, guideline.upper_limits)}", "")
        yield from table(_RULE, (_rule(rule, guideline) for rule in (*group.rules, group.otherwise)))
    yield from ("### Everybody else", "")
    yield from table(_RULE, [_rule(guideline.outside, guideline)])
    phases = table(_PHASE, (_phase(rule, guideline.upper_limits) for rule in guideline.phases))
    yield from ("### Its own phases", "", *phases) if phases else ()
    for title, schedules in (
        ("Tests without treatment", guideline.monitoring),
        ("Liver cancer", guideline.surveillance),
    ):
        found = table(_SCHEDULE, (_schedule(item, guideline.upper_limits) for item in schedules))
        yield from (f"### {title}", "", *found) if found else ()
    if guideline.not_modelled:
        yield from ("Not modelled:", "", *(f"- {item}" for item in guideline.not_modelled), "")


def _rule(rule: Rule, guideline: Guideline) -> tuple[str, ...]:
    strength = f" ({rule.strength.replace('_', ' ')})" if rule.strength else ""
    answer = rule.decision.replace("_", " ") + strength
    words = in_words(rule.when, guideline.upper_limits)
    source = _source(rule.provenance)
    return f"`{rule.id}`", words, _code(as_written(rule.when)), answer, source, rule.provenance.confidence


def _code(text: str) -> str:
    return "–" if text == "–" else f"`{text}`"


def _phase(rule: PhaseRule | Gate, upper_limits: Mapping[str, float]) -> tuple[str, ...]:
    between = getattr(rule, "between", None)
    phase = (rule.phase or "as the guidelines say") + (f" (between {between[0]} and {between[1]})" if between else "")
    source = _source(rule.provenance)
    return f"`{rule.id}`", in_words(rule.when, upper_limits), phase, source, rule.provenance.confidence


def _schedule(item: FollowUp, upper_limits: Mapping[str, float]) -> tuple[str, ...]:
    low, high = item.every_months
    months = f"{low:g}" if low == high else f"{low:g} to {high:g}"
    first = f"; {item.first_year} in the first year" if item.first_year else ""
    words = in_words(item.when, upper_limits)
    tests = ", ".join(item.tests)
    return f"`{item.id}`", words, months + first, tests, _source(item.provenance), item.provenance.confidence


def _notice(notice: Notice, what: Knowledge) -> tuple[str, ...]:
    sign = f"; and the person tells of {notice.with_sign}" if notice.with_sign else ""
    words = in_words(notice.when, what.phase_limits) + sign
    return f"`{notice.id}`", words, _source(notice.provenance), notice.provenance.confidence


def _situations(what: Knowledge, responses: Responses) -> Iterator[str]:
    limits = {guideline.id: guideline.upper_limits for guideline in what.guidelines}
    titles = {guideline.id: guideline.title for guideline in what.guidelines}
    for pathway in what.pathways:
        yield from (f"## Situation: {pathway.id.replace('_', ' ')}", "")
        yield from (f"For whom: {in_words(pathway.when, what.phase_limits)}.", "")
        yield from table(
            _STATEMENT,
            (
                _statement(
                    statement,
                    titles.get(statement.guideline or "", "all"),
                    limits.get(statement.guideline or "", what.phase_limits),
                    responses.get(f"utter_situation_{pathway.id}_{statement.says}", ""),
                )
                for statement in pathway.statements
            ),
        )


def _statement(item: Statement, title: str, upper_limits: Mapping[str, float], words: str) -> tuple[str, ...]:
    numbers = "; ".join(
        f"{number.name}: {number.low:g}{'' if number.low == number.high else f' to {number.high:g}'} {number.unit}"
        for number in item.numbers
    )
    when = in_words(item.when, upper_limits)
    return f"`{item.id}`", title, when, words, numbers, _source(item.provenance), item.provenance.confidence
