"""All figures of ``hepb eval``, in one process with one load of the model."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from assistant.evaluation import questions, sets
from assistant.evaluation.messy import measure_messy
from assistant.evaluation.pipeline import loaded, understanding, urgent_kinds
from assistant.evaluation.reading import BUILT_WITH_SEED, FRESH_SEED, measure_reading
from assistant.evaluation.situations import measure_situations
from assistant.evaluation.urgency import measure_urgency, rule_kinds
from assistant.evaluation.wording import measure_wording

URGENT = {"held_out": sets.urgent_held_out, "everyday": sets.urgent_everyday}
NEAR = ("seen_topics", "unseen_topics")
LATER = ("looked_at", "held_out")


def measure_all(model: Path, tell: Callable[[str], None]) -> dict[str, Any]:
    """Measure everything and return it as JSON, in the structure that ``floors.yaml`` points into."""
    tell("reading")
    reading = {
        "built_with": measure_reading(BUILT_WITH_SEED).figures(),
        "fresh": measure_reading(FRESH_SEED).figures(),
        "messy": measure_messy(),
        "situations": measure_situations(),
    }
    wording = measure_wording()
    with loaded(model) as parse:
        tell("questions")
        understand = understanding(parse)
        understood = questions.figures(questions.judge(understand, sets.frozen_questions()))
        halves = zip(LATER, sets.later_questions(), strict=True)
        later = {name: questions.answered(understand, rows) for name, rows in halves}
        near = {name: questions.refused(understand, sets.near_questions(name)) for name in NEAR}
        tell("urgent messages")
        urgent = {name: measure_urgency(urgent_kinds(parse), read()).figures() for name, read in URGENT.items()}
    return {
        "reading": reading,
        "questions": understood,
        "later": later,
        "near": near,
        "urgent": urgent,
        "rules": {
            "seen": measure_urgency(rule_kinds, sets.urgent_seen()).figures(),
            **{name: measure_urgency(rule_kinds, read()).figures() for name, read in URGENT.items()},
        },
        "wording": wording,
    }
