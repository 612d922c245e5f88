"""Guidelines as frozen data, the shape that the files under ``knowledge/guidelines`` are loaded into."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from hepb.criteria import Criterion
from hepb.points import Points


@dataclass(frozen=True, slots=True)
class Provenance:
    """Where a rule comes from: keys of ``sources.yaml``, the place as the fact sheet states it, and how sure it is.

    ``confidence``: ``P`` guideline text, ``R`` review, ``T`` tertiary, ``unverified`` not yet seen by us. The loader
    makes it no surer than the settings and the upper limits that the criterion beside it uses.
    ``note``: what is open or was decided here, for the clinician who reviews it.
    """

    source: tuple[str, ...]
    place: str
    confidence: str
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Rule:
    """If ``when`` holds, the guideline's answer is ``decision``, said with ``strength``."""

    id: str
    decision: str
    strength: str | None
    when: Criterion
    provenance: Provenance


@dataclass(frozen=True, slots=True)
class Group:
    """The rules for one group of people; the first that holds decides, else ``otherwise``."""

    id: str
    people: Criterion
    rules: tuple[Rule, ...]
    otherwise: Rule


@dataclass(frozen=True, slots=True)
class PhaseRule:
    """A phase as one document defines it. ``between`` names the neighbours of a grey zone.

    ``advice``: what the document says about treatment for everybody in this phase, None where it does not.
    """

    id: str
    phase: str
    when: Criterion
    provenance: Provenance
    between: tuple[str, str] | None = None
    advice: str | None = None


@dataclass(frozen=True, slots=True)
class FollowUp:
    """A schedule: tests every ``every_months`` or ``every_weeks`` (shortest, longest), as the document counts.

    ``first_year``: the months of the first year, where they differ.
    ``reason``: what a scan is advised for, in surveillance. ``strength``: ``conditional`` where it is only considered.
    """

    id: str
    when: Criterion
    every_months: tuple[int, int] | None
    every_weeks: tuple[int, int] | None
    tests: tuple[str, ...]
    provenance: Provenance
    first_year: tuple[int, int] | None = None
    reason: str | None = None
    strength: str | None = None


@dataclass(frozen=True, slots=True)
class Band:
    """One reading of a number: of a score, or of a scan by one guideline. The first band that holds is the reading.

    ``guidelines``: ids of those that use this limit of a score.
    """

    id: str
    reading: str
    when: Criterion
    provenance: Provenance
    guidelines: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Score:
    """A score made from a person's values (``formula`` in words, computed in :mod:`hepb.scores`). ``title``: its name.

    ``inputs``: markers and items in the unit of the formula. ``shown_with``: shown when one of these is known.
    ``constants``: numbers of the formula. ``bands``: what a value means. ``limits``: what to hold against it.
    """

    id: str
    title: str
    formula: str
    inputs: tuple[str, ...]
    shown_with: tuple[str, ...]
    constants: Mapping[str, float]
    points: Points | None
    bands: tuple[Band, ...]
    limits: tuple[Notice, ...]
    provenance: Provenance


@dataclass(frozen=True, slots=True)
class Guideline:
    """One guideline document. ``upper_limits``: ALT limit in U/L by sex. ``status``: counted, dated or superseded.

    ``limits_of_laboratory``: it goes by the laboratory's own limit, so a clinic may set it.
    ``no_surveillance``: for whom it says that no regular scans are needed. ``stiffness``: how it reads a scan in kPa.
    ``falls_back_on``: id of the older document that still stands where this one is silent, None where there is none.
    ``after_hbsag_loss``: where it says that scans for liver cancer go on for some whose HBsAg is lost, else None.
    ``behind_source_text``: the text that the phase model comes from takes the view of this document.
    """

    id: str
    title: str
    citation: str
    year: int
    region: str
    status: str
    doi: str | None
    upper_limits: Mapping[str, float]
    limits_provenance: Provenance
    groups: tuple[Group, ...]
    outside: Rule
    phases: tuple[PhaseRule, ...]
    monitoring: tuple[FollowUp, ...]
    surveillance: tuple[FollowUp, ...]
    no_surveillance: tuple[Notice, ...]
    stiffness: tuple[Band, ...]
    not_modelled: tuple[str, ...]
    limits_of_laboratory: bool = False
    falls_back_on: str | None = None
    behind_source_text: bool = False
    after_hbsag_loss: Provenance | None = None

    def rules(self) -> Iterator[Rule]:
        """Every rule in the order in which it is tried, defaults included."""
        for group in self.groups:
            yield from group.rules
            yield group.otherwise
        yield self.outside


@dataclass(frozen=True, slots=True)
class Gate:
    """What comes before any phase or guideline. ``phase``/``decision`` are None where the gate leaves them open."""

    id: str
    when: Criterion
    phase: str | None
    decision: str | None
    provenance: Provenance


@dataclass(frozen=True, slots=True)
class Notice:
    """A warning, a next step or an alarm: an id that holds when its criterion does.

    ``with_sign``: id of an urgent sign (``lexicon/urgent.*.yaml``) that the person must have told of as well.
    ``unless``: as in :class:`Statement`.
    """

    id: str
    when: Criterion
    provenance: Provenance
    with_sign: str | None = None
    unless: Criterion | None = None


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number that a statement prints, from ``low`` to ``high`` (equal when it is one number) in ``unit``."""

    name: str
    low: float
    high: float
    unit: str


@dataclass(frozen=True, slots=True)
class Statement:
    """One piece of advice for one situation. ``says``: which sentence it is; statements that say the same share it.

    ``guideline``: the guideline that says so, None where it is common advice. It is said where ``when`` holds (what
    nobody mentioned being absent), except where ``unless`` is known to hold; with ``while_unknown`` only as long as at
    least one of these subjects of criteria is not known.
    """

    id: str
    says: str
    guideline: str | None
    when: Criterion
    numbers: tuple[Quantity, ...]
    provenance: Provenance
    unless: Criterion | None = None
    while_unknown: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Pathway:
    """What a situation asks for besides the decision to treat, statement by statement.

    ``when`` and ``unless`` as in :class:`Statement`. ``asks``: items that the person can tell and that bring more
    advice; the chat says so while they are missing. ``at_once``: hours count, so nothing is asked before it is said.
    """

    id: str
    when: Criterion
    statements: tuple[Statement, ...]
    unless: Criterion | None = None
    asks: tuple[str, ...] = ()
    at_once: bool = False
