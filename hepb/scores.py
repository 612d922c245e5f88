"""Scores from a person's own values, as interval arithmetic: values may be ranges, censored or open.

Pure functions. Values are in the units that ``knowledge/scores.yaml`` names; a value that is not known may be
anything. A score is a set of intervals too, and one that nothing can be said of is empty.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from itertools import product
from math import inf

from hepb.criteria import tests_in
from hepb.guideline import Score
from hepb.interval import Interval
from hepb.points import Points

Levels = tuple[Interval, ...]
_PERCENT = 100
_DECIMALS = 2
_NOISE = 9
"""Digits that are kept: what lies behind them is the noise of conversions, not a difference."""
_TIE = 1e-10
"""A value halfway between two is printed as the higher one, as by hand."""


class Inputs:
    """What is known for a score. ``levels``: per marker (and ``age``) what it can be. ``sex``: None when not known.

    ``known``: inputs of which something is known. ``exact``: those known as one number (or one sex).
    """

    __slots__ = ("exact", "known", "levels", "sex")

    def __init__(self, levels: Mapping[str, Levels], sex: str | None) -> None:
        self.levels = levels
        self.sex = sex
        of_sex = {"sex"} if sex is not None else set()
        self.known = of_sex | {name for name, found in levels.items() if found}
        self.exact = of_sex | {name for name, found in levels.items() if len(found) == 1 and found[0].is_point}


def apri(ast: Interval, platelets: Interval, ast_upper_limit: float) -> Interval:
    """APRI from AST and its upper limit (U/L) and platelets (10^9/L), as a ratio."""
    return ast.quotient(platelets).scaled(_PERCENT / ast_upper_limit).rounded(_NOISE)


def fib4(age: Interval, ast: Interval, alt: Interval, platelets: Interval) -> Interval:
    """FIB-4 from age (years), AST and ALT (U/L) and platelets (10^9/L), as a ratio."""
    return age.product(ast).quotient(platelets.product(alt.square_root())).rounded(_NOISE)


def page_b(age: Levels, sex: str | None, platelets: Levels, points: Points) -> Levels:
    """Every sum of points that age (years), sex and platelets (10^9/L) leave possible.

    Empty for an age under the first of the table.
    """
    of_age, of_platelets = points.age.touched(age), points.platelets.touched(platelets)
    of_sex = points.sex.values() if sex is None else (points.sex[sex],)
    sums = {first + second + third for first in of_age for second in of_sex for third in of_platelets}
    return tuple(map(Interval.point, sorted(sums)))


def _apri(score: Score, given: Inputs) -> Levels:
    upper = score.constants["ast_upper_limit"]
    levels = given.levels
    return tuple(apri(*values, upper) for values in product(levels["AST"], levels["platelets"]))


def _fib4(score: Score, given: Inputs) -> Levels:
    return tuple(fib4(*values) for values in product(*(given.levels[name] for name in score.inputs)))


def _page_b(score: Score, given: Inputs) -> Levels:
    if score.points is None:
        return ()
    return page_b(given.levels.get("age", ()), given.sex, given.levels.get("platelets", ()), score.points)


FORMULAS: Mapping[str, Callable[[Score, Inputs], Levels]] = {"APRI": _apri, "FIB4": _fib4, "PAGE_B": _page_b}
"""By the id of a score."""


def score_levels(score: Score, given: Inputs) -> Levels:
    """What a score can be. Empty where nothing can be said: a ratio with an unknown part can be anything."""
    if given.known.isdisjoint(score.inputs) or (score.points is None and not given.known.issuperset(score.inputs)):
        return ()
    return FORMULAS[score.id](score, given)


def printed(score: Score, value: float) -> float | None:
    """A score as it is printed: two decimals, or as many as keep it on its side of every limit. None: no bound."""
    if value == inf:
        return None
    limits = [test.value for band in score.bands for test in tests_in(band.when) if test.subject == score.id]
    for digits in range(_DECIMALS, _NOISE):
        rounded = round(value + _TIE, digits)
        if all((rounded > limit, rounded < limit) == (value > limit, value < limit) for limit in limits):
            return rounded
    return value


def printed_value(score: Score, levels: Levels) -> float | None:
    """A score that is one number as it is printed, else None."""
    return printed(score, levels[0].low) if len(levels) == 1 and levels[0].is_point else None
