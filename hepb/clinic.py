"""What a clinic sets in ``clinic.yml``: who leads, which guidelines count, its laboratory's limits, whom to call.

The file is checked against ``schemas/clinic.schema.json``. Without one, and for every key that is absent or null,
the defaults of the knowledge hold.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path

from hepb.errors import KnowledgeError
from hepb.guideline import Guideline
from hepb.whole_knowledge import Knowledge
from hepb.yaml_files import check_knowledge, parse_yaml

FILE_VARIABLE = "CLINIC_FILE"
_BESIDE_THE_PACKAGE = Path(__file__).resolve().parents[1] / "clinic.yml"


@dataclass(frozen=True, slots=True)
class Contact:
    """Whom a patient can call. ``hours``: when somebody answers, None when that is not said."""

    name: str
    telephone: str
    hours: str | None = None


@dataclass(frozen=True, slots=True)
class Clinic:
    """The settings of one clinic. ``contacts`` by ``clinic``, ``emergency``, ``crisis_line``.

    ``alt_limits``: the laboratory's own upper limit of ALT in U/L by sex, None when it is not set.
    ``leading`` and ``counted`` are ids of guidelines, None when the clinic leaves them to the knowledge.
    ``file``: its name, for errors.
    """

    name: str | None = None
    contacts: Mapping[str, Contact] = field(default_factory=dict)
    leading: str | None = None
    counted: tuple[str, ...] | None = None
    alt_limits: Mapping[str, float] | None = None
    file: str = "clinic.yml"


def read_clinic(text: str, name: str) -> Clinic:
    """The settings written in ``text``; ``name`` names the file in errors. Raises :class:`KnowledgeError`."""
    data = parse_yaml(text, name) or {}
    check_knowledge(data, name, "clinic", ())
    limits = (data.get("upper_limits") or {}).get("ALT")
    counted = data.get("counted_guidelines")
    return Clinic(
        name=data.get("name"),
        contacts={kind: Contact(**item) for kind, item in (data.get("contacts") or {}).items() if item},
        leading=data.get("leading_guideline"),
        counted=tuple(counted) if counted else None,
        alt_limits={sex: float(limits[sex]) for sex in ("male", "female")} if limits else None,
        file=name,
    )


def with_clinic(knowledge: Knowledge, clinic: Clinic) -> Knowledge:
    """``knowledge`` as the clinic sets it. Raises :class:`KnowledgeError` (K005) for a guideline that is not there.

    What changes an answer changes the digest, so that a result says by which settings it was made.
    """
    known = {guideline.id for guideline in knowledge.guidelines}
    for key, names in (("leading_guideline", (clinic.leading,)), ("counted_guidelines", clinic.counted or ())):
        for name in names:
            if name is not None and name not in known:
                raise KnowledgeError("K005", file=clinic.file, key=key, value=name, allowed=", ".join(sorted(known)))
    settings = (clinic.leading, clinic.counted, clinic.alt_limits)
    if not any(settings):
        return knowledge
    limits = clinic.alt_limits
    guidelines = knowledge.guidelines
    if limits:
        guidelines = tuple(_with_limits(guideline, limits) for guideline in guidelines)
    digest = hashlib.sha256(f"{knowledge.sha256}{settings!r}".encode()).hexdigest()
    counted = clinic.counted or knowledge.counted
    return replace(knowledge, guidelines=guidelines, counted=counted, leading=clinic.leading, sha256=digest)


def _with_limits(guideline: Guideline, limits: Mapping[str, float]) -> Guideline:
    return replace(guideline, upper_limits=limits) if guideline.limits_of_laboratory else guideline


@cache
def clinic() -> Clinic:
    """The settings of this installation, read once: the file named by ``CLINIC_FILE``, else the one beside the package.

    Raises :class:`KnowledgeError` (K012) when the file that the environment names cannot be read.
    """
    named = os.environ.get(FILE_VARIABLE)
    path = Path(named) if named else _BESIDE_THE_PACKAGE
    if not named and not path.is_file():
        return Clinic()
    try:
        text = path.read_text("utf8")
    except (OSError, UnicodeDecodeError):
        raise KnowledgeError("K012", file=path, variable=FILE_VARIABLE) from None
    return read_clinic(text, path.name)
