"""The report of ``hepb eval`` as Markdown. Pure functions on the figures that ``docs/evaluation.json`` holds."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from assistant.evaluation.floors import figure_at, floors
from assistant.measurements import NONE, occasion, table

TEMPLATE = Path(__file__).with_name("report.template.md")
HEADLINES = {
    "reading, F1 on texts looked at while building": "reading.built_with.f1",
    "reading, F1 on texts nobody looked at": "reading.fresh.f1",
    "reading, units that no text gives (texts looked at)": "reading.built_with.invented_units",
    "reading, units that no text gives (texts nobody looked at)": "reading.fresh.invented_units",
    "reading, F1 on hand-written messages (development half)": "reading.messy.development.f1",
    "reading, F1 on hand-written messages (held-out half)": "reading.messy.held_out.f1",
    "reading, F1 on hand-written messages (later ones)": "reading.messy.later.f1",
    "reading, older results and other people's kept apart (held-out half)": "reading.messy.held_out.others_f1",
    "reading, conditions (held-out half)": "reading.messy.held_out.conditions_f1",
    "reading, units that no message gives (development half)": "reading.messy.development.invented_units",
    "reading, units that no message gives (held-out half)": "reading.messy.held_out.invented_units",
    "reading, units that no message gives (later ones)": "reading.messy.later.invented_units",
    "situations in people's own words, heard (development half)": "reading.situations.development.recall",
    "situations in people's own words, heard (held-out half)": "reading.situations.held_out.recall",
    "messages with a situation set wrongly (development half)": "reading.situations.development.messages_wrongly_set",
    "messages with a situation set wrongly (held-out half)": "reading.situations.held_out.messages_wrongly_set",
    "questions, right intent": "questions.accuracy",
    "questions, right intent, or among the topics of a message with results": "questions.accuracy_with_topics",
    "questions, right topic": "questions.right_topic",
    "questions, the right one is answered or on a button": "questions.right_or_offered",
    "questions, with buttons beside or in place of the answer": "questions.offering",
    "questions, macro-F1 over all intents": "questions.macro_f1",
    "questions, macro-F1, with topics": "questions.macro_f1_with_topics",
    "later questions, answered on their subject (half looked at)": "later.looked_at.on_subject",
    "later questions, answered on their subject (half only measured)": "later.held_out.on_subject",
    "out of scope, refused": "questions.refused",
    "out of scope, near (other illnesses, doses ...), refused": "questions.refused_near",
    "out of scope, far, refused": "questions.refused_far",
    "fresh near questions, topics trained on: refused": "near.seen_topics.refused",
    "fresh near questions, topics never trained on: refused": "near.unseen_topics.refused",
    "makes no sense, refused": "questions.refused_unclear",
    "in scope, wrongly refused": "questions.wrongly_refused",
    "in scope, wrongly refused and the right question not offered": "questions.refused_without_offer",
    "urgent, held out: recall": "urgent.held_out.recall",
    "urgent, held out: false alarms": "urgent.held_out.false_alarms",
    "urgent, everyday: recall": "urgent.everyday.recall",
    "urgent, everyday: false alarms": "urgent.everyday.false_alarms",
    "urgent, rules alone, mended with these: recall": "rules.seen.recall",
    "urgent, rules alone, mended with these: false alarms": "rules.seen.false_alarms",
    "urgent, rules alone, held out: recall": "rules.held_out.recall",
    "urgent, rules alone, held out: false alarms": "rules.held_out.false_alarms",
    "urgent, rules alone, everyday: recall": "rules.everyday.recall",
    "urgent, rules alone, everyday: false alarms": "rules.everyday.false_alarms",
    "answers, hardest reading grade": "wording.hardest",
    "answers, longest (words)": "wording.longest",
    "one message, median (ms)": "questions.median_ms",
    "one message, 95th percentile (ms)": "questions.p95_ms",
    "one message, processor time (ms)": "questions.cpu_ms",
}
"""What the first table names, and where its figure stands."""


def markdown(figures: Mapping[str, Any]) -> str:
    """Return the report, from the template beside this module."""
    questions = figures["questions"]
    return TEMPLATE.read_text(encoding="utf-8").format(
        **occasion(figures),
        busy=figures["cores_busy_with_others"],
        headlines=headlines(figures),
        texts=figures["reading"]["fresh"]["texts"],
        markers=_markers(figures["reading"]),
        messy=_messy(figures["reading"]["messy"]),
        situations=_situations(figures["reading"]["situations"]),
        questions=questions["count"],
        intents=questions["intents"],
        confusions=_confusions(questions["confusions"]),
        looked_at=figures["later"]["looked_at"]["count"],
        only_measured=figures["later"]["held_out"]["count"],
        near_seen=figures["near"]["seen_topics"]["count"],
        near_unseen=figures["near"]["unseen_topics"]["count"],
        seen_urgent=figures["rules"]["seen"]["urgent"],
        seen_ordinary=figures["rules"]["seen"]["ordinary"],
        held_out_urgent=figures["urgent"]["held_out"]["urgent"],
        held_out_ordinary=figures["urgent"]["held_out"]["ordinary"],
        everyday_urgent=figures["urgent"]["everyday"]["urgent"],
        everyday_ordinary=figures["urgent"]["everyday"]["ordinary"],
        wording=_wording(figures["wording"]["topics"]),
    )


def headlines(figures: Mapping[str, Any]) -> str:
    """Return the first table: each figure beside its floor, if it has one."""
    return table(
        ("figure", "measured", "floor", "held"),
        [_headline(name, path, figure_at(figures, path)) for name, path in HEADLINES.items()],
    )


def number(value: float | None) -> str:
    """Return a share or F1 with three decimals, a time or grade with one, a count as it is, nothing as a dash."""
    if value is None:
        return NONE
    if isinstance(value, int):
        return str(value)
    return f"{value:.3f}" if value <= 1 else f"{value:.1f}"


def _headline(name: str, path: str, value: float | None) -> tuple[str, ...]:
    floor = floors().get(path)
    held = NONE if floor is None else ("yes" if floor.is_held(value) else "NO")
    return name, number(value), NONE if floor is None else str(floor), held


def _markers(reading: Mapping[str, Any]) -> str:
    built, fresh = reading["built_with"]["markers"], reading["fresh"]["markers"]
    rows = [
        (
            name,
            number(figure_at(built, f"{name}.f1")),
            number(scores["f1"]),
            number(scores["precision"]),
            number(scores["recall"]),
            str(scores["results"]),
        )
        for name, scores in fresh.items()
    ]
    return table(("marker", "F1, looked at", "F1, fresh", "precision, fresh", "recall, fresh", "results, fresh"), rows)


def _messy(parts: Mapping[str, Any]) -> str:
    names = ("development", "held_out", "later")
    rows = [("all", *(_messy_cell(parts[name]) for name in names))]
    classes = sorted({found for name in names for found in parts[name]["classes"]})
    rows += [(one, *(_messy_cell(parts[name]["classes"].get(one)) for name in names)) for one in classes]
    return table(("class", "development half", "held-out half", "later"), rows)


def _messy_cell(scores: Mapping[str, Any] | None) -> str:
    if scores is None:
        return NONE
    return f"{number(scores['f1'])}, {number(scores['all_right'])} of {scores['messages']}"


def _situations(parts: Mapping[str, Any]) -> str:
    headings, cells = ["group"], [["all"], *([group] for group in parts["development"]["groups"])]
    for name, part in parts.items():
        headings += [f"{name.replace('_', '-')}: messages", "told", "heard", "set wrongly", "all right"]
        for row in cells:
            scores = part if row[0] == "all" else part["groups"].get(row[0], {})
            keys = ("messages", "told", "recall", "wrongly_set", "all_right")
            row += [number(scores.get(key)) for key in keys]
    return table(headings, cells)


def _confusions(confusions: Iterable[Mapping[str, Any]]) -> str:
    return table(
        ("right", "taken for", "times"), [(row["right"], row["taken_for"], str(row["count"])) for row in confusions]
    )


def _wording(topics: Mapping[str, Mapping[str, Any]]) -> str:
    headings = ("topic file", "responses", "grade of all", "hardest", "longest (words)")
    names = ("responses", "grade", "hardest", "longest")
    return table(headings, [(topic, *(number(row[name]) for name in names)) for topic, row in topics.items()])
