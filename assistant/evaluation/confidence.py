"""What each answering threshold costs a patient: ``python -m assistant.evaluation.confidence`` (a minute or two).

On the frozen questions and the near ones, none of them trained on: how many are answered on their topic, answered on
another topic, refused, and refused without the right question on a button. Trains as the pipeline does, without Rasa,
with the other thresholds of config.yml; urgent signs are left out.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import yaml

from assistant.evaluation import questions, sets
from assistant.nlu.encoder import shared_encoder
from assistant.nlu.examples import read_examples
from assistant.nlu.guessing import IntentModel
from assistant.nlu.margins import MarginModel, described, label_of, margin_examples
from assistant.nlu.message_router import thresholds_of
from assistant.nlu.routing import URGENT_INTENTS, Heard, Thresholds, route
from assistant.nlu.sentences import split_sentences
from assistant.settings import ROOT
from assistant.weights import ENCODER_DIR
from hepb.reading import read_text

_CONFIDENCES = (0.0, 0.1, 0.15, 0.2, 0.22, 0.25, 0.28, 0.3, 0.35)
_RANKING = 10


class _Ears:
    """Hears a text as the trained pipeline does, before it is routed."""

    def __init__(self, settings: Mapping[str, Mapping[str, Any]]) -> None:
        encoder, classifier, margins = (
            settings[name] for name in ("SentenceEncoder", "IntentClassifier", "MarginClassifier")
        )
        texts, intents = zip(*read_examples(), strict=True)
        labels, more = zip(*margin_examples(), strict=True)
        self._encoder = shared_encoder(ENCODER_DIR, encoder["max_tokens"])
        self._sentences, self._subjects = encoder["max_sentences"], margins["subjects"]
        vectors = self._encoder.encode_many([*texts, *more])
        options = (classifier[name] for name in ("strength", "say_of_words", "random_seed"))
        self._intents = IntentModel.train((vectors[: len(texts)], texts, intents), *options)
        rows = described(vectors, [*texts, *more], self._subjects)
        labels = [*map(label_of, intents), *labels]
        self._margins = MarginModel.train(rows, labels, margins["strength"], margins["width"])

    def hear(self, text: str) -> Heard:
        parts = split_sentences(text, self._sentences)
        sentences = parts if len(parts) > 1 else (text,)
        vectors = self._encoder.encode([text, *sentences])
        whole, *guesses = self._intents.guess(vectors, [text, *sentences], _RANKING)
        margins = self._margins.margins(described(vectors, [text, *sentences], self._subjects))
        calm = [{**row, **dict.fromkeys(URGENT_INTENTS, -9.0)} for row in margins]
        return Heard(text, sentences, whole, guesses, calm, [f.to_dict() for f in read_text(text).findings])


def main() -> int:
    """Print one line for each confidence."""
    pipeline = yaml.safe_load((ROOT / "config.yml").read_text("utf8"))["pipeline"]
    settings = {component["name"].rpartition(".")[2]: component for component in pipeline}
    limits = thresholds_of(settings["MessageRouter"])
    near = [sets.near_questions(name) for name in ("seen_topics", "unseen_topics")]
    ears = _Ears(settings)
    heard = {text: ears.hear(text) for text in (*(t for _, t in sets.frozen_questions()), *near[0], *near[1])}
    print("confidence | right topic, other topic, refused, without offer | refused: near, trained and untrained topics")
    for confidence in _CONFIDENCES:
        print(f"{confidence:10.2f} |", _line(heard, near, replace(limits, confidence=confidence)))
    return 0


def _line(heard: Mapping[str, Heard], near: Sequence[Sequence[str]], limits: Thresholds) -> str:
    def understand(text: str) -> questions.Understood:
        decision = route(heard[text], limits)
        return questions.Understood(decision.intent, decision.topics, decision.offers)

    found = questions.figures(questions.judge(understand, sets.frozen_questions()))
    right, refused = found["right_topic"], found["wrongly_refused"]
    outside = [questions.refused(understand, texts)["refused"] for texts in near]
    inside = (right, 1 - right - refused, refused, found["refused_without_offer"])
    return " | ".join(
        " ".join(f"{value:.3f}" for value in values) for values in (inside, (found["refused_near"], *outside))
    )


if __name__ == "__main__":
    sys.exit(main())
