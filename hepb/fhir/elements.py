"""Parts of a FHIR resource with their places. What is read has the type that FHIR gives it, or is an error."""

from __future__ import annotations

from dataclasses import dataclass
from math import isfinite
from typing import Any

from hepb.errors import FhirError

_SHOWN = 60
_KINDS = {dict: "an object", list: "a list", str: "a text", bool: "true or false", int: "a number", float: "a number"}


@dataclass(frozen=True)
class Element:
    """An object within a resource. ``place`` is its path, such as ``Bundle.entry[3].resource``.

    Every reader gives None (or nothing) for a key that is absent or null, and raises :class:`FhirError` (F003) for a
    value of another type.
    """

    data: dict[str, Any]
    place: str

    def has(self, key: str) -> bool:
        """Whether the key is there with a value."""
        return self.data.get(key) is not None

    def element(self, key: str) -> Element | None:
        """The object under ``key``."""
        value = self._typed(key, dict, "an object")
        return None if value is None else Element(value, f"{self.place}.{key}")

    def elements(self, key: str) -> tuple[Element, ...]:
        """The objects in the list under ``key``."""
        items = self._typed(key, list, "a list") or ()
        for index, item in enumerate(items):
            if not isinstance(item, dict):
                raise _wrong(f"{self.place}.{key}[{index}]", item, "an object")
        return tuple(Element(item, f"{self.place}.{key}[{index}]") for index, item in enumerate(items))

    def text(self, key: str) -> str | None:
        """The text under ``key``."""
        return self._typed(key, str, "a text")

    def truth(self, key: str) -> bool | None:
        """True or false under ``key``."""
        return self._typed(key, bool, "true or false")

    def number(self, key: str) -> float | None:
        """The number under ``key``; 1e999 and a number of hundreds of digits are none."""
        value = self.data.get(key)
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, int | float) or not _is_finite(value):
            raise _wrong(f"{self.place}.{key}", value, "a number")
        return value

    @property
    def kind(self) -> str:
        """The type of the resource; empty where none is named."""
        return self.text("resourceType") or ""

    def _typed(self, key: str, kind: type, allowed: str) -> Any:
        value = self.data.get(key)
        if value is not None and not isinstance(value, kind):
            raise _wrong(f"{self.place}.{key}", value, allowed)
        return value


def short(text: str) -> str:
    """A text of the resource, short enough for a note of one line."""
    plain = " ".join(text[: 2 * _SHOWN].split())
    return plain if len(plain) <= _SHOWN else f"{plain[:_SHOWN]}..."


def _is_finite(value: float) -> bool:
    try:
        return isfinite(value)
    except OverflowError:
        return False


def _wrong(place: str, value: object, allowed: str) -> FhirError:
    """Names the type and never the value, which may be a patient's."""
    return FhirError("F003", place=place, value=_KINDS.get(type(value), "this"), allowed=allowed)
