"""Measuring finds what is wrong: a score that cannot fall would be worth nothing."""

import itertools

import pytest

from assistant.evaluation import questions
from assistant.evaluation.generated.maker import Maker
from assistant.evaluation.generated.parts import Sample
from assistant.evaluation.measure import URGENT
from assistant.evaluation.questions import Understood
from assistant.evaluation.reading import score_reading
from assistant.evaluation.sets import UrgentSet, later_questions, urgent_seen
from assistant.evaluation.urgency import measure_urgency

ROWS = [
    ("ask_alcohol", "beer?"),
    ("ask_how_spread", "ALT 40, does it spread?"),
    ("out_of_scope", "weather"),
    ("ask_other_disease", "flu"),
    ("nlu_fallback", "bla"),
]


def test_generated_texts_are_the_same_for_the_same_seed():
    assert Maker(1).make(30) == Maker(1).make(30) != Maker(2).make(30)


@pytest.mark.parametrize(
    ("truth", "right", "invented"),
    [
        ((45.0, "U/L", None, None), 1, 0),
        ((46.0, "U/L", None, None), 0, 0),
        ((45.0, None, None, None), 0, 1),
        ((45.0, "U/L", "<", None), 0, 0),
    ],
)
def test_reading_score_wants_every_part_of_a_result(truth, right, invented):
    score = score_reading([Sample("one", "My ALT is 45 U/L", {"ALT": truth})])
    assert (score.markers["ALT"].right, score.invented_units, len(score.missed)) == (right, invented, 1 - right)


def test_reading_score_counts_what_is_missed_and_what_is_made_up():
    score = score_reading([Sample("one", "My ALT is 45 U/L", {"AST": (45.0, None, None, None)})])
    assert (score.markers["AST"].recall, score.markers["ALT"].precision, score.all_markers.f1) == (0, 0, 0)


def understand(text):
    return {
        "beer?": Understood("ask_diet"),
        "ALT 40, does it spread?": Understood("provide_results", ("ask_how_spread",)),
        "weather": Understood("nlu_fallback"),
        "flu": Understood("ask_symptoms"),
        "bla": Understood("nlu_fallback"),
    }[text]


def test_question_figures_tell_strict_from_topics_and_near_from_far():
    judged = questions.judge(understand, ROWS)
    figures = questions.figures(judged)
    shares = ("accuracy", "accuracy_with_topics", "refused_near", "refused_far", "refused_unclear", "wrongly_refused")
    assert [figures[name] for name in shares] == [0, 0.5, 0, 1, 1, 0]
    assert figures["in_scope"] == 2
    assert questions.wrong_in_scope(judged) == [("ask_alcohol", "ask_diet", "beer?")]


def test_question_figures_count_buttons_and_topics():
    """Alcohol and smoking are one topic; a button holds the right question, or does not."""
    given = {
        "right": Understood("ask_alcohol", ("ask_alcohol",), ("ask_coffee_tea",)),
        "on a button": Understood("ask_coffee_tea", ("ask_coffee_tea",), ("ask_alcohol",)),
        "topic only": Understood("ask_smoking", ("ask_smoking",)),
        "with results": Understood("provide_results", ("ask_kissing", "ask_smoking")),
        "offered": Understood("nlu_fallback", (), ("ask_alcohol",)),
        "refused": Understood("nlu_fallback"),
    }
    figures = questions.figures(questions.judge(given.__getitem__, [("ask_alcohol", text) for text in given]))
    names = ("accuracy", "right_or_offered", "right_topic", "offering", "wrongly_refused", "refused_without_offer")
    assert [round(figures[name] * 6) for name in names] == [1, 3, 3, 3, 2, 1]


def test_question_figures_count_an_answer_on_the_subject_only_where_it_comes_first():
    given = {
        "one of two": Understood("ask_bite", ("ask_bite",)),
        "behind another": Understood("ask_kissing", ("ask_kissing", "ask_bite")),
        "with results": Understood("provide_results", ("ask_splash",)),
        "not understood": Understood("nlu_fallback", (), ("ask_bite",)),
    }
    rows = [(frozenset({"ask_bite", "ask_splash"}), text) for text in given]
    assert questions.answered(given.__getitem__, rows) == {"count": 4, "on_subject": 0.5}


def test_later_questions_stand_in_one_half_each():
    first, second = later_questions()
    assert not {text for _, text in first} & {text for _, text in second}
    assert abs(len(first) - len(second)) <= 1


def test_urgency_score_counts_misses_of_the_right_kind_and_alarms():
    messages = UrgentSet((("self_harm", "a"), ("urgent_symptom", "b")), ("c", "d"))
    score = measure_urgency(
        lambda text: {"a": ["urgent_symptom"], "b": ["urgent_symptom"], "c": ["x"]}.get(text, []), messages
    )
    assert score.figures() == {"urgent": 2, "recall": 0.5, "ordinary": 2, "false_alarms": 0.5}
    assert (score.missed, score.alarms) == ((("self_harm", "a"),), ("c",))


def test_urgent_sets_share_no_message():
    groups = [urgent_seen(), *(read() for read in URGENT.values())]
    for first, second in itertools.combinations(groups, 2):
        assert not {text for _, text in first.urgent} & {text for _, text in second.urgent}
        assert not set(first.ordinary) & set(second.ordinary)
