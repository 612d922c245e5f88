"""Facts about assays and units from ``knowledge/assays.yaml``, ready for use."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

from hepb.yaml_files import check_knowledge, read_knowledge


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit of one marker. ``low`` and ``high`` are the factors to the canonical unit (equal when exact)."""

    name: str
    low: float
    high: float
    log10: bool


@dataclass(frozen=True, slots=True)
class Sign:
    """How a number of one marker and unit becomes positive or negative where the report prints no sign."""

    marker: str
    unit: str
    positive_from: float
    negative_below: float


@dataclass(frozen=True)
class Assays:
    """Everything that ``assays.yaml`` says; see there for meaning and sources."""

    canonical: dict[str, str]
    units: dict[str, dict[str, Unit]]
    plausible: dict[str, tuple[tuple[float, float, float], ...]]  # low, high, factor to the canonical unit
    spellings: dict[str, frozenset[str]]
    incomplete: dict[str, frozenset[str]]
    logarithms: frozenset[str]
    spoken: dict[str, dict[str, str]]
    printed: dict[str, str]
    signs: tuple[Sign, ...]
    thousands_point: frozenset[str]  # markers in which "25.000" may mean 25 thousand
    laboratory_limits: dict[str, tuple[float, float]]
    about: float
    log_scale_below: float
    old_result_months: int
    chronic_after_months: int
    adult_from_years: int
    pregnancy_below_years: int
    mothers_antibody_below_months: int
    child_below_years: int
    low_filtration: int  # mL/min (per 1.73 m2): below it the kidneys count as ill

    def unit(self, marker: str, text: str) -> Unit | None:
        """The unit that ``text`` means for ``marker``, in any case and spacing; None when it is none of them."""
        known = self.units.get(marker, {})
        plain = "".join(text.split()).replace("μ", "u").replace("µ", "u").replace("×", "x")
        if plain in known:
            return known[plain]
        for name, unit in known.items():
            if plain.lower() in self.spellings[name]:
                return unit
        return None

    def is_incomplete(self, marker: str, text: str) -> bool:
        """Whether ``text`` is the beginning of a unit that does not settle it, such as ``IU`` for a viral load."""
        return "".join(text.split()).lower() in self.incomplete.get(marker, ())

    def is_logarithm(self, text: str) -> bool:
        """Whether ``text`` says that a number is a logarithm, but not of IU/mL or of copies/mL."""
        return "".join(text.split()).lower() in self.logarithms

    def spoken_unit(self, marker: str, text: str) -> str:
        """The unit that a patient means by ``text``, which may be its beginning ("IU"); else ``text`` itself."""
        return self.spoken.get(marker, {}).get("".join(text.split()).lower(), text)

    def assumed_unit(self, marker: str, number: float) -> str:
        """The unit in which a number of ``marker`` is read that has none: the one it is believable in."""
        factor = next((factor for low, high, factor in self.plausible.get(marker, ()) if low <= number <= high), None)
        units = self.units.get(marker, {}).values()
        return next((unit.name for unit in units if unit.low == factor), self.canonical[marker])

    def is_index(self, text: str) -> bool:
        """Whether a unit is that of an index (S/CO, COI ...)."""
        return "".join(text.split()).lower() in self.spellings["index"]


@cache
def assays() -> Assays:
    """The facts about assays, read once. Raises :class:`hepb.errors.KnowledgeError` on a broken file."""
    data = read_knowledge("assays.yaml")
    check_knowledge(data, "assays.yaml", "assays", read_knowledge("sources.yaml"))
    units: dict[str, dict[str, Unit]] = {}
    canonical: dict[str, str] = {}
    plausible: dict[str, tuple[tuple[float, float, float], ...]] = {}
    for marker, entry in data["units"].items():
        canonical[marker] = entry["canonical"]
        units[marker] = {item["unit"]: _unit(item) for item in entry["known"]}
        bands = [entry[key] for key in ("plausible", "plausible_as") if key in entry]
        plausible[marker] = tuple((band["low"], band["high"], units[marker][band["unit"]].low) for band in bands)
    return Assays(
        canonical=canonical,
        units=units,
        plausible=plausible,
        spellings={name: frozenset(words) for name, words in data["spellings"].items()},
        incomplete={marker: frozenset(words) for marker, words in data["incomplete"].items()},
        logarithms=frozenset(data["logarithms"]),
        spoken=data["spoken"],
        printed={str(word): meaning for meaning, words in data["printed"].items() for word in words},
        signs=tuple(
            Sign(item["marker"], item["unit"], item["positive_from"], item["negative_below"]) for item in data["signs"]
        ),
        thousands_point=frozenset(data["thousands_point"]),
        laboratory_limits={m: (band["low"], band["high"]) for m, band in data["laboratory_limits"].items()},
        about=data["about"]["value"],
        log_scale_below=data["units"]["HBV_DNA"]["log_scale_below"]["value"],
        old_result_months=data["old_result"]["value"],
        chronic_after_months=data["chronic_after"]["value"],
        adult_from_years=data["adult_from"]["value"],
        pregnancy_below_years=data["pregnancy_below"]["value"],
        mothers_antibody_below_months=data["mothers_antibody_below"]["value"],
        child_below_years=data["child_below"]["value"],
        low_filtration=data["low_filtration"]["value"],
    )


def _unit(item: dict[str, Any]) -> Unit:
    factor = item["factor"]
    low, high = factor if isinstance(factor, list) else (factor, factor)
    return Unit(item["unit"], float(low), float(high), item.get("log10", False))
