"""What the words of a text say for each intent."""

import numpy as np
import pytest

from assistant.nlu.guessing import IntentModel
from assistant.nlu.word_model import WordModel, terms

PLACES = {"booster": 0, "needed": 1, "booster needed": 2}
WORDS = WordModel(
    PLACES,
    np.array([3.0, 1.0, 4.0], dtype=np.float32),
    np.array([[-1.0, -4.0], [-2.0, -2.0], [-1.0, -5.0]], dtype=np.float16),
)


def test_terms_are_words_in_full_and_pairs_of_neighbours():
    assert terms("Is HBV bad?") == ["is", "hepatitis", "bad", "is hepatitis", "hepatitis bad"]
    assert terms("?!") == []


def test_word_model_weighs_rare_words_more_and_long_texts_no_more():
    both, one, none = WORDS.scores(["needed booster", "booster! booster", "hello there"])
    assert one == pytest.approx([-1.0, -4.0])
    assert both == pytest.approx([-5.0 / 10**0.5, -14.0 / 10**0.5], rel=1e-3)
    assert none == pytest.approx([0.0, 0.0])


def test_word_model_is_read_as_it_was_written(tmp_path):
    WORDS.save(tmp_path)
    again = WordModel.load(tmp_path)
    assert dict(again.places) == PLACES
    assert again.scores(["booster needed"]) == pytest.approx(WORDS.scores(["booster needed"]))


def test_guess_turns_on_a_word_where_the_vector_leaves_it_open():
    plain = np.zeros((2, 3), dtype=np.float32)
    model = IntentModel(("ask_booster_needed", "ask_alcohol"), plain, np.zeros(2), np.eye(3, dtype=np.float32), WORDS)
    sure, open_one = model.guess(np.eye(3, dtype=np.float32)[:2], ["booster", "hm"], 2)
    assert sure.intent == "ask_booster_needed"
    assert sure.confidence > 0.9
    assert open_one.confidence == pytest.approx(0.5)
