"""Descriptions of pictures that are hard to draw: long names, many days, limits close together, nothing known."""

from datetime import date, timedelta
from itertools import pairwise

LONG = "Guideline of the very large society for a very long name that does not want to end"
ONE_WORD = "Leberentzündungsbehandlungsrichtlinienkommission-2031"


def point(day, low, high=None, *, value="", unit="", form="", dated=True):
    return {"date": day, "dated": dated, "low": low, "high": high, "value": value, "unit": unit, "form": form}


def exactly(day, value, **more):
    return point(day, value, value, value=f"{value:,g}", unit="U/L", **more)


def days(count, first=date(2019, 3, 5), apart=61):
    return [(first + timedelta(days=apart * place)).isoformat() for place in range(count)]


def series(marker, points, *limits):
    unit = {"ALT": "U/L", "HBV_DNA": "IU/mL"}[marker]
    return {"marker": marker, "unit": unit, "points": points, "limits": [{"value": v, "whose": w} for v, w in limits]}


def chart(*parts):
    return {"kind": "chart", "series": list(parts)}


def row(title, answer, *, so_far=False, counted=True):
    return {"title": title, "answer": answer, "so_far": so_far, "counted": counted}


PHASES = ("immune_tolerant", "immune_active_hbeag_positive", "inactive_carrier", "immune_active_hbeag_negative")
MAPS = {
    **{f"map {name}": {"kind": "phase_map", "phase": name, "between": None} for name in (*PHASES, "unknown")},
    **{
        f"map {first} {second}": {"kind": "phase_map", "phase": "indeterminate", "between": [first, second]}
        for first, second in pairwise(PHASES)
    },
}
STRIPS = {
    "strip one": {"kind": "guidelines", "rows": [row("WHO 2024", "treat")]},
    "strip all answers": {
        "kind": "guidelines",
        "rows": [
            row("WHO 2024", "treat"),
            row(LONG, "consider", so_far=True),
            row(ONE_WORD, "monitor"),
            row("EASL 2025", "unknown"),
            row("China 2022", "not_applicable", counted=False),
            row(LONG[::-1], "monitor", so_far=True, counted=False),
        ],
    },
    "strip many": {"kind": "guidelines", "rows": [row(f"Guideline {n}", "monitor", so_far=True) for n in range(14)]},
}
CHARTS = {
    "chart two and one": chart(
        series("ALT", [exactly("2026-05-01", 64), exactly("2026-10-01", 70)]),
        series("HBV_DNA", [exactly("2026-10-01", 25000)]),
    ),
    "chart two days": chart(series("ALT", [exactly("2024-01-02", 96), exactly("2024-01-03", 91)])),
    "chart many days": chart(
        series(
            "ALT",
            [exactly(day, 20 + 17 * (n % 9)) for n, day in enumerate(days(40))],
            *((float(limit), ["phases", LONG]) for limit in (30, 31, 35, 40)),
        ),
        series(
            "HBV_DNA",
            [exactly(day, 10.0 ** (n % 9)) for n, day in enumerate(days(40))],
            *((float(limit), [ONE_WORD]) for limit in (2000, 2001, 20000, 10000000)),
        ),
    ),
    "chart bounds": chart(
        series(
            "HBV_DNA",
            [
                point("2020-01-01", 1.7e8, value="> 170,000,000", unit="IU/mL"),
                point("2021-01-01", 8e4, 2e5, value="500,000", unit="copies/mL"),
                point("2022-01-01", 0.0, 20.0, value="< 20", unit="IU/mL"),
                point("2023-01-01", None, value="4,000", form="no_unit"),
                point("2024-01-01", None, form="detected"),
                point("2025-01-01", 0.0, 0.0, form="undetectable", dated=False),
            ],
            (2000.0, ["phases"]),
        )
    ),
    "chart nothing but none": chart(
        series("HBV_DNA", [point(day, 0.0, 0.0, form="undetectable") for day in days(2)], (2000.0, ["phases"]))
    ),
    "chart very high": chart(
        series(
            "ALT",
            [exactly("2024-01-02", 4200), point("2024-06-02", 0.0, 5.0, value="< 5", unit="U/L")],
            (35.0, ["phases"]),
        ),
        series("HBV_DNA", [exactly("2024-01-02", 9.9e11), exactly("2024-01-02", 3.0)]),
    ),
}
CASES = {**MAPS, **STRIPS, **CHARTS}
