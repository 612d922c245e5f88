"""Rasa's rule policy compares every rule with every turn, one by one, three times a turn.

Defect: ``RulePolicy`` parses and compares all rules, two for each intent, at each prediction, although which rules
fit a state of the dialogue depends on nothing but that state; states that hold the patient's words are compared too
when no rule has words in it.
Repair: which rules fit a state is kept for the states without words (intents and actions: there are few), and states
with words are not compared when no rule holds words.
"""

from __future__ import annotations

import json
from functools import lru_cache
from typing import Any

from rasa.core.policies.rule_policy import RulePolicy
from rasa.shared.nlu.constants import TEXT

States = list[dict[str, Any]]
KEPT_STATES = 4096
USER = "user"

possible_keys = RulePolicy._get_possible_keys  # noqa: SLF001 - the method that is repaired


def kept_possible_keys(self: RulePolicy, lookup: dict[str, str], states: States) -> set[str]:
    """Return the keys of the rules that fit these states: what Rasa's own method returns."""
    if not states or self.lookup is None or lookup is not self.lookup.get("rules"):
        return possible_keys(self, lookup, states)
    if any(TEXT in state.get(USER, {}) for state in states):
        return possible_keys(self, lookup, states) if _holds_words(tuple(lookup)) else set()
    kept: dict[str, set[str]] = self.__dict__.setdefault("_kept_keys", {})
    state = json.dumps(states, sort_keys=True)
    if state not in kept:
        if len(kept) >= KEPT_STATES:
            kept.clear()
        kept[state] = possible_keys(self, lookup, states)
    return set(kept[state])


@lru_cache(1)
def _holds_words(rules: tuple[str, ...]) -> bool:
    return any(TEXT in state.get(USER, {}) for rule in rules for state in json.loads(rule))


def apply() -> None:
    """Make the rule policy look its rules up."""
    RulePolicy._get_possible_keys = kept_possible_keys  # noqa: SLF001 - as above
