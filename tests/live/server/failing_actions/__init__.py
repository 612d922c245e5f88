"""An action server whose every action fails, with what the patient wrote in the exception, as careless code does."""

from pathlib import Path

import yaml
from rasa_sdk import Action

DOMAIN = Path(__file__).resolve().parents[4] / "domain.yml"


def _failing(name: str) -> type[Action]:
    class Failing(Action):
        def name(self) -> str:
            return name

        def run(self, dispatcher, tracker, domain):  # noqa: ARG002 - rasa-sdk's signature
            typed = tracker.latest_message["text"]
            raise ValueError(typed)

    return Failing


FAILING = [_failing(name) for name in yaml.safe_load(DOMAIN.read_text(encoding="utf-8"))["actions"]]
