"""From the names of responses to their words, without Rasa: the same responses as in the conversation."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from actions.another import of_another
from actions.dialogue import SELF
from actions.saying import Say, filled
from assistant.responses import Responses

SECTION = "handout"


@dataclass(frozen=True, slots=True)
class Speaker:
    """Says responses in a language. ``responses``: all that there are."""

    responses: Responses
    language: str | None = None
    person: str = SELF

    def text(self, say: Say) -> str:
        """The words of a message, those for another person where ``person`` is not the one who typed."""
        say = say if self.person == SELF else of_another(say)
        return self._variation(say.response)["text"].format_map(filled(say, self.language)).strip()

    def named(self, response: str, **values: str) -> str:
        """The words of a response of the hand-out itself."""
        return self.text(Say(response, SECTION, values))

    def row(self, say: Say) -> tuple[str, str, str]:
        """What a row of results says: the name, the value, and when it was so (empty when that is not known)."""
        card, values = self._variation(say.response)["custom"], filled(say, self.language)
        label, value, when = (str(card[key]).format_map(values).strip() for key in ("label", "value", "when"))
        return label, value, when

    def _variation(self, response: str) -> Mapping[str, Any]:
        """The variation for the language, else the one that has no condition."""
        fitting = [item for item in self.responses[response] if self._fits(item.get("condition") or ())]
        return max(fitting, key=lambda item: bool(item.get("condition")))

    def _fits(self, conditions: Sequence[Mapping[str, Any]]) -> bool:
        return all(item.get("name") == "language" and item.get("value") == self.language for item in conditions)
