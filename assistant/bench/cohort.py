"""Records of made-up people as clinics send them: some things missing, some printed as words, histories with dates."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import timedelta
from itertools import islice, takewhile
from typing import Any

from assistant.bench.people import AS_OF, Person, make_people

SEED = 7
KNOWN, KNOWN_CONDITION, HISTORY = 0.75, 0.5, 0.4
"""How often a result or a condition is in a record, and how often a record goes on with one more older result."""
YEARS_BACK = 8
DAYS_OF_A_YEAR = 365
IU_TO_COPIES, UKAT_TO_U = 5, 60
CHANGING = ("ALT", "HBV_DNA", "AST", "platelets", "HBeAg")


def generate_records(count: int, observations: int | None = None) -> list[dict[str, Any]]:
    """Return ``count`` valid records, the same each time. ``observations``: so many in each, None for as they come."""
    source = random.Random(SEED)  # noqa: S311 - no secret: the records must be the same in each run
    return [_record(source, person, observations) for person in make_people(count, SEED)]


def _record(source: random.Random, person: Person, observations: int | None) -> dict[str, Any]:
    known = {item for item in person.values if source.random() < _likelihood(item)} - {"HBV_DNA_unit"}
    record = person.record(known | {"HBsAg"})
    first = [_printed(source, item) for item in record["observations"]]
    if observations is None:
        record["observations"] = first + list(takewhile(lambda _: source.random() < HISTORY, _history(source, person)))
    else:
        record["observations"] = (first + list(islice(_history(source, person), observations)))[:observations]
    return record


def _likelihood(item: str) -> float:
    return KNOWN if item in {*CHANGING, "age", "sex"} else KNOWN_CONDITION


def _history(source: random.Random, person: Person) -> Iterator[dict[str, Any]]:
    """Older results of the person without an end."""
    while True:
        marker = source.choice(CHANGING)
        day = AS_OF - timedelta(days=source.randint(1, YEARS_BACK * DAYS_OF_A_YEAR))
        value = person.values[marker]
        if isinstance(value, int):
            value = max(1, round(value * source.lognormvariate(0, 0.5)))
        unit = {"ALT": "U/L", "AST": "U/L", "platelets": "10^9/L", "HBV_DNA": "IU/mL"}.get(marker)
        yield _printed(source, {"marker": marker, "value": value, "unit": unit, "date": day.isoformat()})


def _printed(source: random.Random, item: dict[str, Any]) -> dict[str, Any]:
    """The same result as another laboratory might print it."""
    value, unit = item["value"], item.get("unit")
    if not isinstance(value, int) or source.random() < KNOWN:
        return item
    if item["marker"] == "HBV_DNA" and unit:
        return {
            **item,
            **source.choice(({"value": f"{value:.3E}"}, {"value": value * IU_TO_COPIES, "unit": "copies/mL"})),
        }
    if item["marker"] in {"ALT", "AST"}:
        return {**item, **source.choice(({"value": round(value / UKAT_TO_U, 2), "unit": "ukat/L"}, {"unit": "IU/L"}))}
    return {**item, "value": str(value)}
