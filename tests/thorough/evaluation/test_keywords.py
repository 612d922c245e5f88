"""The baseline of keyword search; it brings in scikit-learn, which no fast test does."""

import math

import pytest

from assistant.evaluation.baselines.keywords import KeywordSearch, answer_documents

DOCUMENTS = [
    ("can I drink beer or wine", "ask_alcohol"),
    ("can I eat eggs", "ask_diet"),
    ("can I eat meat and fish and rice", "ask_diet"),
]


@pytest.mark.parametrize(
    ("text", "intent"),
    [("is beer bad?", "ask_alcohol"), ("eat eggs", "ask_diet"), ("BEER!", "ask_alcohol"), ("", "nlu_fallback")],
)
def test_keyword_search_finds_the_document_with_the_rarest_words(text, intent):
    assert KeywordSearch.over(DOCUMENTS)(text).intent == intent


def test_keyword_search_scores_as_bm25_does():
    """By hand: three documents of 6, 4 and 8 words ("I" counts); "eggs" stands in the second alone."""
    search = KeywordSearch.over(DOCUMENTS)
    idf = math.log(1 + (3 - 1 + 0.5) / (1 + 0.5))
    expected = idf * 2.5 / (1 + 1.5 * (0.25 + 0.75 * 4 / 6))
    assert search.weights[1, search.words.vocabulary_["eggs"]] == pytest.approx(expected)


def test_answer_documents_belong_to_intents():
    intents = {intent for _, intent in answer_documents()}
    assert {"ask_alcohol", "ask_what_is_alt", "out_of_scope"} <= intents
