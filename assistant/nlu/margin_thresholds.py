"""Measure what the margins of config.yml cost and save: ``python -m assistant.nlu.margin_thresholds`` (minutes).

Five-fold cross-validation. Urgent: on ``data/urgent``, which the rules were mended with, so the rules look better here
than on new messages. Refused: on the training questions in scope, and on the examples of the refusing intents.
"""

from __future__ import annotations

import itertools
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from statistics import fmean

import numpy as np
from sklearn.model_selection import StratifiedKFold

from assistant.nlu.encoder import shared_encoder
from assistant.nlu.examples import read_examples
from assistant.nlu.guessing import IntentModel
from assistant.nlu.margins import ORDINARY, REFUSED, MarginModel, described, label_of, margin_examples
from assistant.nlu.offers import OfferLimits
from assistant.nlu.routing import FALLBACK, URGENT_INTENTS, Heard, Thresholds, route
from assistant.nlu.topics import is_answerable
from assistant.weights import ENCODER_DIR
from hepb.safety.urgent import find_urgent

_FOLDS, _SEED, _WIDTH, _MAX_TOKENS, _RANKING = 5, 1, 1.0, 96, 10
_OPTIONS = (30.0, 0.4, _SEED)
_STRENGTH_OF_MARGINS, _SUBJECTS = 10.0, 0.4
_TAKEN = Thresholds(0.25, 0.45, 0.0, 0.7, -1.2, -0.85, 0.6, OfferLimits(0.6, 0.08, 0.40))
_URGENT, _DESPITE, _ORDINARY = (-0.2, 0.0, 0.2), (0.7, 9.0), (-9.0, -1.2)
_CONFIDENCES, _REFUSED = (0.2, 0.25, 0.3), (-1.0, -0.9, -0.85, -0.8, 9.0)

Measured = tuple[str, Heard]
"""The label that is right and what is heard."""


def main() -> int:
    """Print one line for each set of thresholds."""
    heard = list(_cross_validate())
    urgent = [row for row in heard if row[0] in {*URGENT_INTENTS, ORDINARY}]
    print("urgent despite ordinary | recall, false alarms")
    for limit, despite, ordinary in itertools.product(_URGENT, _DESPITE, _ORDINARY):
        limits = replace(_TAKEN, urgent=limit, despite=despite, ordinary=ordinary)
        found, alarms = (_alarms(urgent, limits, is_urgent=is_urgent) for is_urgent in (True, False))
        print(f"{limit:6.1f} {despite:7.1f} {ordinary:8.1f} | {found:.3f} {alarms:.3f}")
    print("confidence refused | in scope, refused; out of scope, refused")
    for confidence, refused in itertools.product(_CONFIDENCES, _REFUSED):
        limits = replace(_TAKEN, confidence=confidence, refused=refused)
        inside, outside = (_refusals(heard, label, limits) for label in ("asked", REFUSED))
        print(f"{confidence:10.2f} {refused:7.1f} | {inside:.3f} {outside:.3f}")
    return 0


def _cross_validate() -> Iterator[Measured]:
    """Every urgent, ordinary and refused message and every question, heard by models that never saw it."""
    texts, intents = zip(*read_examples(), strict=True)
    more, others = zip(*((text, label) for label, text in margin_examples()), strict=True)
    encoder = shared_encoder(ENCODER_DIR, _MAX_TOKENS)
    vectors = encoder.encode_many([*texts, *more])
    labels = np.array([*map(label_of, intents), *others])
    names = np.array([*intents, *[""] * len(more)])
    everything = [*texts, *more]
    written = np.array(everything)
    rows_of_machines = described(vectors, everything, _SUBJECTS)
    for train, test in StratifiedKFold(_FOLDS, shuffle=True, random_state=_SEED).split(vectors, labels):
        known = train[names[train] != ""]
        model = IntentModel.train((vectors[known], written[known], names[known]), *_OPTIONS)
        machines = MarginModel.train(rows_of_machines[train], labels[train], _STRENGTH_OF_MARGINS, _WIDTH)
        guesses = model.guess(vectors[test], written[test], _RANKING)
        rows = zip(test, guesses, machines.margins(rows_of_machines[test]), strict=True)
        for index, guess, margins in rows:
            if names[index] and labels[index] == "asked" and not is_answerable(names[index]):
                continue
            signs = find_urgent(everything[index]) if labels[index] in {*URGENT_INTENTS, ORDINARY} else ()
            text, kind = everything[index], signs[0].kind if signs else None
            yield str(labels[index]), Heard(text, [text], guess, [guess], [margins, margins], (), kind)


def _alarms(heard: Sequence[Measured], limits: Thresholds, *, is_urgent: bool) -> float:
    return fmean(
        route(message, limits).urgent == label if is_urgent else route(message, limits).urgent is not None
        for label, message in heard
        if (label != ORDINARY) is is_urgent
    )


def _refusals(heard: Sequence[Measured], label: str, limits: Thresholds) -> float:
    return fmean(_is_refused(message, limits) for name, message in heard if name == label)


def _is_refused(message: Heard, limits: Thresholds) -> bool:
    decision = route(replace(message, urgent=None, margins=[_calm(row) for row in message.margins]), limits)
    return decision.intent == FALLBACK or label_of(decision.intent) == REFUSED


def _calm(margins: Mapping[str, float]) -> Mapping[str, float]:
    return {**margins, **dict.fromkeys(URGENT_INTENTS, -9.0)}


if __name__ == "__main__":
    sys.exit(main())
