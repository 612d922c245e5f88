"""Responses by their own words, so that no test holds a sentence of the assistant."""

import re

from assistant.responses import all_responses

RESPONSES = all_responses()


def words_of(response):
    """A pattern for the words of a response, whatever stands at its placeholders and wherever its lines break."""
    variation = RESPONSES[response][0]
    custom = variation.get("custom")
    text = f"{custom['label']}: {custom['value']}" if custom else variation["text"]
    parts = [r"\s+".join(re.escape(word) for word in part.split()) for part in re.split(r"{\w+}", text)]
    return re.compile(r"\s*.*?\s*".join(parts), re.DOTALL)
