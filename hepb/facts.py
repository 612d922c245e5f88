"""What a record says, as the cells of the space that are still possible: from values to cubes.

Four readings of one record are built:

``strict``     what nobody mentioned is open
``so_far``     every condition that nobody mentioned is absent, and someone without an age is an adult
``as_shown``   ``so_far`` for the phase: ALT raised only as long as shown, other causes not excluded
``confirmed``  as ``as_shown``, had the raised ALT been confirmed over time and other causes been excluded
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from math import inf
from operator import attrgetter

from hepb.assays import assays
from hepb.diagram import Cube
from hepb.guideline import Score
from hepb.interval import Interval
from hepb.loader import knowledge
from hepb.printed_result import RESULT_FIELDS, SEROLOGY, SIGNS, PrintedResult, read_result
from hepb.record import COINFECTIONS, CONDITIONS, Observation, Record
from hepb.scores import Inputs, score_levels
from hepb.silence import absent, everything, may_be_pregnant, silence
from hepb.space import Space, mask_of
from hepb.timeline import (
    alt_days,
    combined_levels,
    is_lost,
    is_order_open,
    months_above,
    months_between,
    newest,
    positive_for,
)

CIRRHOSIS_STAGE = 4  # METAVIR F4 is cirrhosis by definition
MONTHS_OF_A_YEAR = 12
NUMERIC_MARKERS = ("HBV_DNA", "ALT", "bilirubin", "INR")


@dataclass(frozen=True)
class Facts:
    """A record as cubes, with what is needed to speak about it; what a cohort's decisions do not need is built late.

    ``current``: per marker the newest observations (several when they carry the same date).
    ``value_notes``: warnings about the values themselves (assumed unit, conflict).
    ``scores``: those that were computed.
    ``shown_months``: per axis of :class:`Months`, how long ALT has shown itself raised.
    ``hbsag_lost``: HBsAg is negative after it was positive.
    """

    record: Record
    space: Space
    strict: Cube
    so_far: Cube
    current: Mapping[str, tuple[Observation, ...]]
    value_notes: tuple[str, ...]
    scores: tuple[Score, ...]
    shown_months: Mapping[int, float]
    hbsag_lost: bool = False

    @cached_property
    def as_shown(self) -> Cube:
        """See the head of this module."""
        shown = {index: Interval.point(months) for index, months in self.shown_months.items()}
        return self._for_phase(shown, "false")

    @cached_property
    def confirmed(self) -> Cube:
        """See the head of this module."""
        return self._for_phase(dict.fromkeys(self.shown_months, Interval.point(inf)), "true")

    def _for_phase(self, months: Mapping[int, Interval], alt_cause_excluded: str) -> Cube:
        cube = list(self.so_far)
        for index, lasted in months.items():
            cube[index] = self.space.axes[index].number_mask([lasted])
        excluded = self.space.axis("alt_cause_excluded")
        index = self.space.index["alt_cause_excluded"]
        if cube[index] == excluded.everything:
            cube[index] = excluded.choice_mask([alt_cause_excluded])
        return tuple(cube)

    @cached_property
    def items(self) -> Mapping[object, tuple[str, ...]]:
        """Per axis subject the items to ask for, where they are not named like the subject."""
        given = score_inputs(self.record, self.current)
        items: dict[object, tuple[str, ...]] = dict.fromkeys(COINFECTIONS, ("coinfection",))
        for score in self.scores:
            items[score.id] = tuple(name for name in score.inputs if name not in given.exact)
        for marker, latest in self.current.items():
            if len(latest) > 1 and is_order_open(latest):
                items[marker] = (f"dates:{marker}",)
        without_unit = [item for item in self.current.get("HBV_DNA", ()) if item.reading.note == "unit_unknown"]
        if any(self._unit_tells_more(item) for item in without_unit):
            items["HBV_DNA"] = (*items.get("HBV_DNA", ()), "HBV_DNA_unit")
        return items

    def _unit_tells_more(self, item: Observation) -> bool:
        """Whether knowing the unit of a viral load can narrow it (it cannot for a bare ``<20``)."""
        printed = {name: getattr(item, name) for name in RESULT_FIELDS}
        unit = assays().canonical["HBV_DNA"]
        unit = f"log10 {unit}" if assays().is_logarithm(item.unit or "") else unit
        known = read_result(PrintedResult(**{**printed, "unit": unit}), item.marker)
        mask = self.space.axis("HBV_DNA").number_mask(known.levels or ())
        return mask != self.strict[self.space.index["HBV_DNA"]]

    @cached_property
    def notes(self) -> tuple[str, ...]:
        """Warnings about the values themselves: assumed unit, conflict, values far apart, old result."""
        limit, as_of = assays().old_result_months, self.record.as_of
        given = score_inputs(self.record, self.current)
        apart = [f"values_apart:{score.id}" for score in self.scores if self._apart(score, given)]
        days = {marker: items[0].date for marker, items in self.current.items() if items}
        old = [f"old_result:{marker}" for marker, day in days.items() if day and months_between(day, as_of) > limit]
        return tuple(dict.fromkeys((*self.value_notes, *apart, *old)))

    def _apart(self, score: Score, given: Inputs) -> bool:
        """Whether a score rests on results that are further apart than one result may be old."""
        if not given.known.issuperset(score.inputs):
            return False
        days = {self.current[name][0].date or self.record.as_of for name in score.inputs if name in self.current}
        return len(days) > 1 and months_between(min(days), max(days)) > assays().old_result_months


class _Builder:
    def __init__(self, record: Record, space: Space, scores: tuple[Score, ...]) -> None:
        self.record = record
        self.space = space
        self.scores = scores
        self.by_marker: dict[str, list[Observation]] = {}
        for item in record.observations:
            self.by_marker.setdefault(item.marker, []).append(item)
        self.current = {marker: newest(items, record.as_of) for marker, items in self.by_marker.items()}
        self.notes: list[str] = []
        self.masks: dict[object, int] = {}
        self.lost = is_lost(self.by_marker.get("HBsAg", ()), record.as_of)

    def build(self) -> Facts:
        self._markers()
        self._scores()
        self._conditions()
        self._implied()
        strict, so_far = list(everything(self.space)), list(silence(self.space))
        for subject, mask in self.masks.items():
            index = self.space.index[subject]
            strict[index] = mask
            so_far[index] = mask if mask & mask - 1 == 0 else absent(self.space.axes[index], mask)
        days = alt_days(self.by_marker.get("ALT", ()), self.record.as_of)
        shown = {index: months_above(key.op, key.limit, days) for index, key in self.space.months}
        for index, months in shown.items():
            if months:
                strict[index] = so_far[index] = self.space.axes[index].number_mask([Interval(months, inf)])
        return Facts(
            self.record,
            self.space,
            tuple(strict),
            tuple(so_far),
            self.current,
            tuple(self.notes),
            self.scores,
            shown,
            self.lost,
        )

    def _markers(self) -> None:
        for marker, items in self.current.items():
            if marker in SEROLOGY:
                signs = SIGNS.intersection(*(item.reading.signs or SIGNS for item in items))
                if not signs:
                    self.notes.append(f"conflict:{marker}")
                elif len(signs) > 1 and any(item.reading.note == "index_without_flag" for item in items):
                    self.notes.append(f"index_without_flag:{marker}")
                self.masks[marker] = self.space.axis(marker).choice_mask(signs or SIGNS)
            elif marker in NUMERIC_MARKERS:
                self._number(marker, marker, items)
            for item in items:
                if item.reading.note == "unit_assumed":
                    self.notes.append(f"assumed_unit:{marker}")
        if levels := self.current.get("HBsAg"):
            self._number("HBsAg_level", "HBsAg", levels)

    def _number(self, subject: str, marker: str, items: tuple[Observation, ...]) -> None:
        levels, conflict = combined_levels(items)
        if conflict or any(item.reading.note == "contradicts_itself" for item in items):
            self.notes.append(f"conflict:{marker}")
        if levels:
            self.masks[subject] = self.space.axis(subject).number_mask(levels)

    def _scores(self) -> None:
        if not self.scores:
            return
        given = score_inputs(self.record, self.current)
        for score in self.scores:
            if levels := score_levels(score, given):
                self.masks[score.id] = self.space.axis(score.id).number_mask(levels)

    def _conditions(self) -> None:
        given = self.record.conditions
        for name, value in zip(CONDITIONS, _values(given), strict=True):
            if value is not None and name != "coinfection":
                self.masks[name] = mask_of(self.space, name, value)
        if given.coinfection is not None:
            for virus in COINFECTIONS:
                self.masks[virus] = mask_of(self.space, virus, virus in given.coinfection)
        if given.alt_cause_excluded is not True:
            self.masks.pop("alt_cause_excluded", None)  # "not excluded" leaves it as open as silence
        if self.record.age is not None:
            self.masks["age"] = self.space.axis("age").number_mask([Interval.point(self.record.age)])
        if self.record.sex is not None:
            self.masks["sex"] = mask_of(self.space, "sex", self.record.sex)

    def _implied(self) -> None:
        """What follows from what was said, where nobody said it."""
        given = self.record.conditions
        if given.infection_over_6_months is None and (lasts := self._hbsag_lasts()) is not None:
            self._imply("infection_over_6_months", ["true" if lasts else "false"])
        self._implied_by_pregnancy()
        if given.alcohol is None and self.record.age is not None and self.record.age < assays().child_below_years:
            self._imply("alcohol", ["false"])
        if given.immunosuppression is None and given.immunosuppression_type is not None:
            self._imply("immunosuppression", ["planned", "current"])
        if given.on_treatment is None and (given.missed_doses or given.wishes_to_stop):
            self._imply("on_treatment", ["true"])
        if given.dna_test_unavailable is None and self.current.get("HBV_DNA"):
            self._imply("dna_test_unavailable", ["false"])
        self._implied_core_antibody()
        self._implied_by_scarring()

    def _implied_core_antibody(self) -> None:
        """Anti-HBc comes with every infection, before anti-HBe and with IgM; a young child may have the mother's."""
        core = self.space.axis("anti_HBc")
        if self._may_be_the_mothers() and self.masks.get("anti_HBc") == core.choice_mask(["positive"]):
            self.masks["anti_HBc"] = core.everything
            self.notes.append("maternal_antibody:anti_HBc")
        igm = self.space.axis("anti_HBc_IgM").choice_mask(["positive"])
        later = self.masks.get("anti_HBe") == self.space.axis("anti_HBe").choice_mask(["positive"])
        infected = self.lost or self.masks.get("anti_HBc_IgM") == igm or (later and not self._may_be_the_mothers())
        if infected and self.masks.get("anti_HBc", core.everything) == core.everything:
            self._imply("anti_HBc", ["positive"])

    def _may_be_the_mothers(self) -> bool:
        age, negative = self.record.age, self.space.axis("HBsAg").choice_mask(["negative"])
        young = age is not None and age * MONTHS_OF_A_YEAR < assays().mothers_antibody_below_months
        return young and self.masks.get("HBsAg") == negative and not self.lost

    def _implied_by_pregnancy(self) -> None:
        given = self.record.conditions
        if given.pregnant is None and not may_be_pregnant(self.record):
            self._imply("pregnant", ["false"])
        expecting = given.pregnancy_week is not None or bool(given.birth_near)
        if given.pregnant is None and expecting:
            self._imply("pregnant", ["true"])
        if (given.pregnant or given.postpartum or expecting) and self.record.sex is None:
            self._imply("sex", ["female"])

    def _implied_by_scarring(self) -> None:
        given = self.record.conditions
        stage = self.space.axis("fibrosis_stage")
        if given.fibrosis_stage is None and given.cirrhosis is not None:
            below = given.cirrhosis == "none"
            self.masks["fibrosis_stage"] = stage.number_mask(
                [Interval(0, CIRRHOSIS_STAGE - 1) if below else Interval.point(CIRRHOSIS_STAGE)]
            )
        scarred = given.fibrosis_stage == CIRRHOSIS_STAGE
        if given.cirrhosis == "none" and scarred:
            self.notes.append("cirrhosis_stage_conflict")
        if (given.cirrhosis is None and given.fibrosis_stage is not None) or (given.cirrhosis == "none" and scarred):
            self._imply("cirrhosis", ["compensated", "decompensated"] if scarred else ["none"])

    def _imply(self, subject: str, values: list[str]) -> None:
        self.masks[subject] = self.space.axis(subject).choice_mask(values)

    def _hbsag_lasts(self) -> bool | None:
        """Whether HBsAg has been positive for as long as makes an infection chronic; None where that is open."""
        if self.masks.get("HBsAg") != self.space.axis("HBsAg").choice_mask(["positive"]):
            return None
        return positive_for(self.by_marker["HBsAg"], self.record.as_of, assays().chronic_after_months)


_values = attrgetter(*CONDITIONS)


def score_inputs(record: Record, current: Mapping[str, tuple[Observation, ...]]) -> Inputs:
    """What the record tells of the inputs of scores: the newest results, age and sex."""
    levels = {marker: combined_levels(current.get(marker, ()))[0] for marker in ("AST", "ALT", "platelets")}
    levels["age"] = () if record.age is None else (Interval.point(record.age),)
    return Inputs(levels, record.sex)


def build_facts(record: Record, space: Space, scores: tuple[Score, ...] | None = None) -> Facts:
    """The facts of one record in ``space``. ``scores``: those of the knowledge that ships where none are given."""
    return _Builder(record, space, knowledge().scores if scores is None else scores).build()
