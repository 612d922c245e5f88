"""Our macro F1 beside that of scikit-learn, whose import alone takes longer than most folders of fast tests."""

import pytest
from sklearn.metrics import f1_score

from assistant.evaluation.scores import macro_f1


def test_macro_f1_agrees_with_scikit_learn():
    pairs = [("a", "a"), ("a", "b"), ("b", "b"), ("c", "a"), ("c", "c"), ("c", "c"), ("b", "d")]
    right, given = zip(*pairs, strict=True)
    assert macro_f1(pairs) == pytest.approx(f1_score(right, given, average="macro", labels=["a", "b", "c"]))
