import pytest

from assistant.evaluation.scores import Tally, confusions, macro_f1, share


def test_tally_gives_precision_recall_and_f1():
    tally = Tally(wanted=4, said=2, right=1) + Tally(wanted=0, said=2, right=0)
    assert (tally.precision, tally.recall, tally.f1) == (0.25, 0.25, 0.25)


def test_scores_of_nothing_are_none():
    assert (Tally().precision, Tally().recall, Tally().f1, share([]), macro_f1([])) == (None,) * 5


def test_macro_f1_counts_rare_labels_like_frequent_ones():
    pairs = [("often", "often")] * 98 + [("seldom", "often")] * 2
    assert macro_f1(pairs) == pytest.approx((2 * 98 / (98 + 100) + 0) / 2)


def test_confusions_name_the_most_frequent_mistakes_first():
    pairs = [("a", "a"), ("b", "a"), ("c", "a"), ("c", "a"), ("a", "b")]
    assert confusions(pairs, 2) == [("c", "a", 2), ("a", "b", 1)]
