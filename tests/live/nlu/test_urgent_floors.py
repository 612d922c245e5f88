"""Recall and false alarms of the urgent rules on all messages they were made with: seconds long, so not a fast test."""

from assistant.evaluation.floors import broken
from assistant.evaluation.sets import urgent_seen
from assistant.evaluation.urgency import measure_urgency, rule_kinds

LEAST_MESSAGES = 400
LEAST_ORDINARY = 300


def test_urgent_holds_its_floors_on_the_messages_it_was_made_with():
    messages = urgent_seen()
    assert len(messages.urgent) >= LEAST_MESSAGES
    assert len(messages.ordinary) >= LEAST_ORDINARY
    score = measure_urgency(rule_kinds, messages)
    assert broken({"rules": {"seen": score.figures()}}, "rules.seen") == {}, (score.missed, score.alarms)
