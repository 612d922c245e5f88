"""An answer opens with a statement: what begins with "Yes" says the opposite to who asked the other way round."""

import re

from assistant.evaluation.wording import response_files
from hepb.yaml_files import parse_yaml

BARE = re.compile(
    r"\W*(yes|yeah|yep|no|nope|perhaps|maybe|sure|of course|certainly|absolutely|not at this time|not really)"
    r"(\W*$|\s*[,.:;!?–-]|\s+(it|you|they|that|this|he|she|we)\b)",
    re.IGNORECASE,
)
WORDS_OF_BUTTONS = frozenset({"utter_consent_yes", "utter_consent_no"})
IN_A_LIST = frozenset({"utter_situation_pregnancy_start_open"})
"""Stands under its question in a list of times."""


def texts():
    for path in response_files():
        for name, variations in parse_yaml(path.read_text("utf8"), path.name)["responses"].items():
            for variation in variations:
                yield name, variation.get("text", "")


def test_responses_open_with_a_statement_and_no_bare_yes_or_no():
    bare = [name for name, text in texts() if BARE.match(text)]
    assert sorted(set(bare) - WORDS_OF_BUTTONS - IN_A_LIST) == []


def test_openings_find_what_is_bare():
    bare = ("Yes, mothers can breastfeed.", "No. It does not.", "Yes you can travel.", "Not at this time. All", "No")
    assert all(BARE.match(text) for text in bare)
    whole = ("No herb has been proven to work.", "Mothers can breastfeed.", "Nobody knows yet.")
    assert not any(BARE.match(text) for text in whole)
