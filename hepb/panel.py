"""The serology panel as frozen data, the shape that ``knowledge/serology.yaml`` is loaded into."""

from __future__ import annotations

from dataclasses import dataclass

from hepb.criteria import Criterion
from hepb.guideline import Provenance


@dataclass(frozen=True, slots=True)
class Together:
    """Serology results that stand together in a way that needs a word. ``markers``: the tests concerned.

    ``weight``: ``contradictory`` (they do not fit), ``repeat`` (better tested again) or ``possible`` (only said).
    """

    id: str
    weight: str
    markers: tuple[str, ...]
    when: Criterion
    provenance: Provenance


@dataclass(frozen=True, slots=True)
class PanelReading:
    """What a serology panel says where ``when`` holds. ``asks``: what would settle a reading that is still open.

    ``hbsag_lost``: it holds only where HBsAg was positive before.
    """

    id: str
    reading: str
    when: Criterion
    asks: tuple[str, ...]
    provenance: Provenance
    hbsag_lost: bool = False


@dataclass(frozen=True, slots=True)
class Panel:
    """How the serology panel is read: the first of ``readings`` that holds, else ``otherwise``.

    ``passing``: tests of which a result is no longer known when it is old beside the newest of the panel.
    """

    passing: tuple[str, ...]
    together: tuple[Together, ...]
    readings: tuple[PanelReading, ...]
    otherwise: PanelReading
