"""``docs/guidelines.md``: every rule in plain words, with its criteria, source and confidence."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from assistant.documents.other_rules import READING, everything_else, reading
from assistant.documents.plain import as_written, in_words, phrase
from assistant.documents.tables import source_of, span, table
from hepb.criteria import ALWAYS
from hepb.guideline import FollowUp, Gate, Guideline, PhaseRule, Rule
from hepb.whole_knowledge import Knowledge

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
_SCHEDULE = ("Id", "For whom", "Every", "Tests", "Source", "Confidence")


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
    lines += everything_else(what, responses)
    return "\n".join(lines).rstrip() + "\n"


def _anchor(guideline: Guideline) -> str:
    kept = "".join(c for c in guideline.title.lower() if c.isalnum() or c in " -")
    return kept.replace(" ", "-")


def _guideline(guideline: Guideline) -> Iterator[str]:
    limits = guideline.limits_provenance
    yield from (f"## {guideline.title}", "")
    yield from (f"{guideline.citation.strip()}{f' DOI {guideline.doi}.' if guideline.doi else ''}", "")
    own = ", or the laboratory's own" if guideline.limits_of_laboratory else ""
    men, women = guideline.upper_limits["male"], guideline.upper_limits["female"]
    yield (
        f"Status: {guideline.status}. Upper limit of ALT: {men:g} U/L in men, {women:g} in women{own} "
        f"({source_of(limits)}; {limits.confidence})."
    )
    yield ""
    for group in guideline.groups:
        yield from (f"### {group.id}: {in_words(group.people, guideline.upper_limits)}", "")
        yield from table(_RULE, (_rule(rule, guideline) for rule in (*group.rules, group.otherwise)))
    yield from (f"### {phrase('outside').capitalize()}", "")
    yield from table(_RULE, [_rule(guideline.outside, guideline)])
    phases = table(_PHASE, (_phase(rule, guideline.upper_limits) for rule in guideline.phases))
    yield from ("### Its own phases", "", *phases) if phases else ()
    for title, schedules in (
        ("Tests without treatment", guideline.monitoring),
        ("Liver cancer", guideline.surveillance),
    ):
        found = table(_SCHEDULE, (_schedule(item, guideline.upper_limits) for item in schedules))
        yield from (f"### {title}", "", *found) if found else ()
    for title, rows in (
        ("For whom it wants no regular scans", guideline.no_surveillance),
        ("How it reads a scan of the liver", guideline.stiffness),
    ):
        found = table(READING, (reading(item, guideline.upper_limits) for item in rows))
        yield from (f"### {title}", "", *found) if found else ()
    if guideline.not_modelled:
        yield from ("Not modelled:", "", *(f"- {item}" for item in guideline.not_modelled), "")


def _rule(rule: Rule, guideline: Guideline) -> tuple[str, ...]:
    words, source = who(rule, guideline), source_of(rule.provenance)
    return f"`{rule.id}`", words, _code(as_written(rule.when)), answer_of(rule), source, rule.provenance.confidence


def who(rule: Rule, guideline: Guideline) -> str:
    """For whom a rule holds, in plain words."""
    if rule is guideline.outside:
        return phrase("outside")
    return phrase("otherwise") if rule.when == ALWAYS else in_words(rule.when, guideline.upper_limits)


def answer_of(rule: Rule) -> str:
    """What a rule answers, with the strength in which the guideline says it."""
    strength = f" ({rule.strength.replace('_', ' ')})" if rule.strength else ""
    return rule.decision.replace("_", " ") + strength


def _code(text: str) -> str:
    return "–" if text == "–" else f"`{text}`"


def _phase(rule: PhaseRule | Gate, upper_limits: Mapping[str, float]) -> tuple[str, ...]:
    between = getattr(rule, "between", None)
    phase = (rule.phase or "as the guidelines say") + (f" (between {between[0]} and {between[1]})" if between else "")
    source = source_of(rule.provenance)
    return f"`{rule.id}`", in_words(rule.when, upper_limits), phase, source, rule.provenance.confidence


def every_of(item: FollowUp) -> str:
    """How often, in the unit that the document counts in."""
    if item.every_months:
        return span(*item.every_months, "months")
    return span(*(item.every_weeks or (0, 0)), "weeks")


def _schedule(item: FollowUp, upper_limits: Mapping[str, float]) -> tuple[str, ...]:
    every = every_of(item)
    first = f"; {span(*item.first_year, 'months')} in the first year" if item.first_year else ""
    considered = " (considered)" if item.strength == "conditional" else ""
    words = in_words(item.when, upper_limits) + considered
    tests = ", ".join(item.tests)
    return f"`{item.id}`", words, every + first, tests, source_of(item.provenance), item.provenance.confidence
