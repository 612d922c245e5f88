"""What nobody mentioned: the cells that stay possible, and those that count where silence means absence."""

from __future__ import annotations

from functools import lru_cache
from math import inf

from hepb.assays import assays
from hepb.diagram import Cube
from hepb.interval import Interval
from hepb.record import Record
from hepb.space import Axis, Months, Space

FOUND_ONLY = ("fibrosis_stage", "inflammation_grade", "stiffness_kpa", "APRI", "FIB4", "bilirubin", "INR")
"""Numbers that count as harmless (lowest cell) in ``Facts.so_far`` where nothing is known of them."""


def absent(axis: Axis, mask: int) -> int:
    """The cells of ``axis`` if what nobody mentioned is absent."""
    subject = axis.subject
    if subject in {"alt_cause_excluded", "sex", "HBsAg", "HBeAg"} or isinstance(subject, Months):
        return mask
    if axis.choices:
        if mask & mask - 1 == 0:
            return mask
        order = {"infection_over_6_months": ("true",)}.get(subject, ("none", "false", "negative"))
        absent = next((axis.choice_mask([word]) for word in order if word in axis.choices), mask)
        return absent & mask or mask & -mask
    if subject in FOUND_ONLY and (mask == axis.everything or subject == "fibrosis_stage"):
        return mask & -mask
    if subject == "age" and mask == axis.everything:
        return axis.number_mask([Interval(assays().adult_from_years, inf)])
    return mask


@lru_cache
def everything(space: Space) -> Cube:
    """The cube of someone of whom nothing is known."""
    return tuple(axis.everything for axis in space.axes)


@lru_cache
def silence(space: Space) -> Cube:
    """The same person if what nobody mentioned is absent."""
    return tuple(absent(axis, axis.everything) for axis in space.axes)


def may_be_pregnant(record: Record) -> bool:
    """Whether sex and age leave it possible."""
    return record.sex != "male" and (
        record.age is None or assays().child_below_years <= record.age < assays().pregnancy_below_years
    )
