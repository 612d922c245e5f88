"""What the detectors of all languages return."""

from __future__ import annotations

from dataclasses import dataclass

from hepb.safety.lexicon import Kind


@dataclass(frozen=True)
class UrgentSign:
    """A sign in a message: what it is and where (``start``, ``end`` count characters).

    ``context`` is None for a sign that counts, else why it does not: ``negated``, ``past``, ``resolved``,
    ``knowledge``, ``hypothetical``, ``idiom`` or another id of the lexicon's contexts.
    """

    kind: Kind
    id: str
    start: int
    end: int
    context: str | None = None
