"""All figures of ``hepb eval``, in one process with one load of the model."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from assistant.evaluation import questions, sets
from assistant.evaluation.messy import measure_messy
from assistant.evaluation.pipeline import loaded, understanding, urgent_kinds
from assistant.evaluation.reading import BUILT_WITH_SEED, FRESH_SEED, measure_reading
from assistant.evaluation.urgency import Detect, measure_urgency, rule_kinds
from assistant.evaluation.wording import measure_wording


def measure_all(model: Path, tell: Callable[[str], None]) -> dict[str, Any]:
    """Measure everything and return it as JSON, in the structure that ``floors.yaml`` points into."""
    tell("reading")
    reading = {
        "built_with": measure_reading(BUILT_WITH_SEED).figures(),
        "fresh": measure_reading(FRESH_SEED).figures(),
        "messy": measure_messy(),
    }
    wording = measure_wording()
    with loaded(model) as parse:
        tell("questions")
        understood = questions.figures(questions.judge(understanding(parse), sets.frozen_questions()))
        tell("urgent messages")
        urgent = _urgency(urgent_kinds(parse))
    return {
        "reading": reading,
        "questions": understood,
        "urgent": urgent,
        "rules": _urgency(rule_kinds),
        "wording": wording,
    }


def _urgency(detect: Detect) -> dict[str, Any]:
    return {
        "seen": measure_urgency(detect, sets.urgent_seen()).figures(),
        "held_out": measure_urgency(detect, sets.urgent_held_out()).figures(),
    }
