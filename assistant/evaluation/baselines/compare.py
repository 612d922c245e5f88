"""This assistant's understanding of the frozen questions beside the baselines'."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from assistant.evaluation import questions, sets
from assistant.evaluation.baselines import diet
from assistant.evaluation.baselines.keywords import KeywordSearch, answer_documents
from assistant.evaluation.pipeline import loaded, understanding
from assistant.evaluation.questions import Understand
from assistant.evaluation.report import number
from assistant.measurements import occasion, table
from assistant.nlu.examples import read_examples

TEMPLATE = Path(__file__).with_name("baselines.template.md")
ROWS = {
    "right intent": "accuracy",
    "right intent, or among the topics": "accuracy_with_topics",
    "macro-F1": "macro_f1",
    "near out of scope, refused": "refused_near",
    "far out of scope, refused": "refused_far",
    "makes no sense, refused": "refused_unclear",
    "in scope, wrongly refused": "wrongly_refused",
    "one message, median (ms)": "median_ms",
    "one message, 95th percentile (ms)": "p95_ms",
    "training (s)": "training_seconds",
}


def compare(model: Path, epochs: int | None, tell: Callable[[str], None]) -> dict[str, Any]:
    """Measure all systems one after the other; ``epochs`` None trains DIET as Rasa would, which takes minutes."""
    tell("this assistant")
    with loaded(model) as parse:
        systems = {"this assistant": _measure(understanding(parse))}
    tell("keyword search")
    systems["BM25, example questions"] = _measure(KeywordSearch.over(read_examples()))
    systems["BM25, answers"] = _measure(KeywordSearch.over(answer_documents()))
    tell("DIET")
    with tempfile.TemporaryDirectory(prefix="hepb-diet-") as folder:
        trained, seconds = diet.train(Path(folder), epochs)
        with loaded(trained) as parse:
            systems["Rasa's default, DIET"] = {**_measure(understanding(parse)), "training_seconds": seconds}
    used = next(part["epochs"] for part in diet.default_config(epochs)["pipeline"] if "epochs" in part)
    return {"epochs": used, "systems": systems}


def markdown(figures: Mapping[str, Any]) -> str:
    """Return the comparison, from the template beside this module."""
    systems = figures["systems"]
    rows = [(name, *(number(system.get(key)) for system in systems.values())) for name, key in ROWS.items()]
    return TEMPLATE.read_text(encoding="utf-8").format(
        **occasion(figures),
        epochs=figures["epochs"],
        busy=figures["cores_busy_with_others"],
        questions=next(iter(systems.values()))["count"],
        table=table(("figure", *systems), rows),
    )


def _measure(understand: Understand) -> dict[str, Any]:
    return questions.figures(questions.judge(understand, sets.frozen_questions()))
