"""What words are learned from the training examples."""

import numpy as np

from assistant.nlu.examples import read_examples
from assistant.nlu.word_model import WordModel


def test_word_model_learns_which_word_speaks_for_which_intent():
    texts, intents = zip(*read_examples(), strict=True)
    model = WordModel.train(texts, intents, 1.0)
    names = sorted(set(intents))
    best = [names[place] for place in model.scores(["booster", "mosquito", "bleach"]).argmax(axis=1)]
    assert best == ["ask_booster_needed", "ask_insects", "ask_blood_spill"]
    assert not np.any(WordModel.train(texts, intents, 0.0).scores(["booster"]))
