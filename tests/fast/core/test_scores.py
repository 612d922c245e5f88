"""Scores by hand, as intervals, and what the loader of ``scores.yaml`` refuses."""

from __future__ import annotations

import copy
from math import inf, sqrt

import pytest
import yaml
from generated import AS_OF, examples
from hypothesis import given
from hypothesis import strategies as st

from hepb.assays import assays
from hepb.assess import assess
from hepb.compiler import compile_knowledge, compiled
from hepb.errors import KnowledgeError
from hepb.interval import ANY, Interval
from hepb.loader import load_knowledge
from hepb.record import parse_record
from hepb.score_file import load_scores
from hepb.scores import Inputs, apri, fib4, page_b, printed, score_levels
from hepb.yaml_files import knowledge_folder, parse_yaml

KNOWLEDGE = compiled().knowledge
POINTS = KNOWLEDGE.score("PAGE_B").points
MANY = examples(60)
values = st.floats(0.5, 3000)
spans = st.tuples(values, values).map(lambda ends: Interval(min(ends), max(ends)))


def exact(value):
    return Interval.point(float(value))


def result(observations, **record):
    results = [{"marker": "HBsAg", "value": "positive"}, *observations]
    return assess(parse_record({"as_of": AS_OF.isoformat(), "observations": results, **record})).to_dict()


def lab(marker, value, **more):
    units = {"AST": "U/L", "ALT": "U/L", "platelets": "10^9/L"}
    return {"marker": marker, "value": value, "unit": units[marker], **more}


def score_of(found, name):
    return next((score for score in found["scores"] if score["score"] == name), None)


# --- by hand --------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("ast", "platelets", "by_hand"),
    [(50, 250, 0.5), (51, 250, 0.51), (100, 250, 1.0), (101, 250, 1.01), (50, 120, 1.041666667), (40, 100, 1.0),
     (120, 150, 2.0), (0, 100, 0.0)],
)  # fmt: skip
def test_apri_by_hand(ast, platelets, by_hand):
    assert apri(exact(ast), exact(platelets), 40) == exact(by_hand)


@pytest.mark.parametrize(
    ("age", "ast", "alt", "platelets", "by_hand"),
    [(29, 50, 25, 200, 1.45), (65, 50, 25, 200, 3.25), (45, 50, 60, 120, round(2250 / (120 * sqrt(60)), 9)),
     (40, 40, 40, 250, 1.011928851), (0, 50, 25, 200, 0.0)],
)  # fmt: skip
def test_fib4_by_hand(age, ast, alt, platelets, by_hand):
    assert fib4(exact(age), exact(ast), exact(alt), exact(platelets)) == exact(by_hand)


@pytest.mark.parametrize(
    ("age", "sex", "platelets", "by_hand"),
    [
        (20, "female", 250, 0), (29.9, "female", 250, 0), (30, "female", 250, 2), (39, "male", 250, 8),
        (40, "male", 250, 10), (49, "female", 199, 10), (20, "female", 99, 9), (65, "female", 99, 17),
        (50, "male", 100, 18), (59, "male", 200, 12), (60, "male", 200, 14), (70, "male", 99, 25),
        (69, "male", 199.9, 20), (80, "female", 300, 10),
    ],
)  # fmt: skip
def test_page_b_by_hand(age, sex, platelets, by_hand):
    assert page_b((exact(age),), sex, (exact(platelets),), POINTS) == (exact(by_hand),)


def test_page_b_of_a_child_is_nothing():
    assert page_b((exact(10),), "male", (exact(250),), POINTS) == ()


def test_page_b_without_platelets_lists_every_sum():
    assert page_b((exact(55),), "male", (), POINTS) == (exact(12), exact(18), exact(21))
    assert page_b((exact(55),), None, (Interval(200, 300),), POINTS) == (exact(6), exact(12))
    assert page_b((), "female", (Interval(0, 100, high_open=True),), POINTS)[0] == exact(9)


def test_ratio_of_an_open_value_leaves_the_limit_out():
    assert apri(Interval(50, inf, low_open=True), exact(250), 40) == Interval(0.5, inf, low_open=True)
    assert apri(exact(50), Interval(0, 250, high_open=True), 40) == Interval(0.5, inf, low_open=True)
    assert apri(exact(50), exact(0), 40) == exact(inf)


def test_nothing_times_anything_is_nothing():
    assert exact(0).product(ANY) == exact(0)
    assert exact(0).quotient(Interval(0, 5, low_open=True, high_open=True)) == exact(0)
    assert not exact(0).product(Interval(0, 5, high_open=True)).is_empty


# --- as intervals ---------------------------------------------------------------------------------------------------
def inside(interval, value):
    return interval.low <= value <= interval.high


@MANY
@given(spans, spans, spans, spans, st.data())
def test_interval_holds_the_score_of_every_value_in_it(age, ast, alt, platelets, data):
    a, b, c, d = (data.draw(st.floats(span.low, span.high)) for span in (age, ast, alt, platelets))
    assert inside(apri(ast, platelets, 40), apri(exact(b), exact(d), 40).low)
    whole = fib4(age, ast, alt, platelets)
    assert inside(whole, fib4(exact(a), exact(b), exact(c), exact(d)).low)


@MANY
@given(values, values, values, values, st.floats(1.01, 5))
def test_scores_rise_with_ast_and_fall_with_platelets(age, ast, alt, platelets, more):
    def both(ast, platelets):
        return apri(exact(ast), exact(platelets), 40).low, fib4(
            exact(age), exact(ast), exact(alt), exact(platelets)
        ).low

    before, with_ast, with_platelets = both(ast, platelets), both(ast * more, platelets), both(ast, platelets * more)
    assert all(low <= high for low, high in zip(before, with_ast, strict=True))
    assert all(low <= high for low, high in zip(with_platelets, before, strict=True))


@MANY
@given(st.floats(16, 100), st.floats(0, 500), st.floats(0, 500), st.sampled_from(["male", "female", None]))
def test_page_b_falls_with_platelets_and_is_held_by_what_is_open(age, first, second, sex):
    few, many = (page_b((exact(age),), sex, (exact(v),), POINTS) for v in sorted((first, second)))
    assert max(level.low for level in many) <= max(level.low for level in few)
    assert set(few) | set(many) <= set(page_b((), None, (), POINTS))


@MANY
@given(st.floats(0, 5, allow_subnormal=False), st.sampled_from(["APRI", "FIB4"]))
def test_printed_score_lies_on_the_same_side_of_every_limit(value, name):
    score = KNOWLEDGE.score(name)
    shown = printed(score, value)
    assert abs(shown - value) <= 0.005 + 1e-12
    for limit in {"APRI": (0.5, 1, 2), "FIB4": (1.45, 3.25)}[name]:
        assert (shown > limit, shown < limit) == (value > limit, value < limit)


# --- in the result --------------------------------------------------------------------------------------------------
def test_score_without_any_of_its_own_results_is_not_listed():
    assert result([lab("ALT", 60)], age=45, sex="male")["scores"] == []


def test_score_that_lacks_a_part_says_which(valid_result):
    found = result([lab("AST", 50)], age=45, sex="male")
    assert score_of(found, "APRI") | {"limits": []} == {
        "score": "APRI", "value": None, "low": None, "high": None, "unit": "ratio", "reading": None, "rule": None,
        "guidelines": [], "source": ["unverified"], "confidence": "unverified", "limits": [], "missing": ["platelets"],
    }  # fmt: skip
    assert score_of(found, "FIB4")["missing"] == ["ALT", "platelets"]
    assert score_of(found, "PAGE_B") is None


def test_score_of_a_range_is_a_range_and_read_when_it_lies_in_one_band():
    found = score_of(result([lab("AST", ">60"), lab("platelets", 200)]), "APRI")
    assert (found["value"], found["low"], found["high"], found["reading"]) == (None, 0.75, None, None)
    sure = score_of(result([lab("AST", [60, 70]), lab("platelets", 200)]), "APRI")
    assert (sure["low"], sure["high"], sure["reading"]) == (0.75, 0.88, "significant_fibrosis")
    assert sure["missing"] == ["AST"]


@pytest.mark.parametrize(("day", "warned"), [("2025-11-21", True), ("2025-11-22", False)])
def test_values_far_apart_are_said(day, warned):
    found = result([lab("AST", 50, date=day), lab("platelets", 120)])
    assert ("values_apart:APRI" in found["warnings"]) is warned
    assert not any(warning == "values_apart:FIB4" for warning in found["warnings"])


def test_score_that_is_not_computed_is_not_said_to_rest_on_old_values():
    found = result([lab("AST", 50, date="2020-01-01"), lab("ALT", 30)])
    assert not any(warning.startswith("values_apart") for warning in found["warnings"])


def test_ast_limit_is_that_of_the_knowledge(change):
    folder = change("scores.yaml", "ast_upper_limit: {value: 40,", "ast_upper_limit: {value: 50,")
    what = compile_knowledge(load_knowledge(folder))
    record = parse_record({"age": 40, "observations": [lab("AST", 50), lab("platelets", 200)]}, AS_OF)
    assert assess(record, what).scores[0].value == 0.5
    assert assess(record).scores[0].value == 0.63
    assert what.knowledge.sha256 != KNOWLEDGE.sha256


def test_inputs_stand_in_the_units_that_the_core_computes_in():
    assert {assays().canonical[name] for name in ("AST", "ALT")} == {"U/L"}
    assert assays().canonical["platelets"] == "10^9/L"
    assert score_levels(KNOWLEDGE.score("FIB4"), Inputs({"AST": (exact(50),)}, None)) == ()


# --- the file -------------------------------------------------------------------------------------------------------
FILE = parse_yaml(knowledge_folder().joinpath("scores.yaml").read_text("utf8"), "scores.yaml")


def load(data):
    return load_scores("scores.yaml", yaml.dump(data, Dumper=yaml.CSafeDumper, sort_keys=False), KNOWLEDGE.sources)


def test_whole_file_is_accepted():
    assert [score.id for score in load(FILE)[0]] == ["APRI", "FIB4", "PAGE_B"]


def changed(path, value):
    data = copy.deepcopy(FILE)
    *way, last = path
    inner = data
    for key in way:
        inner = inner[key]
    if value is None:
        del inner[last]
    else:
        inner[last] = value
    return data


@pytest.mark.parametrize(
    ("path", "value", "code"),
    [
        (("scores", 0, "source"), None, "K003"),
        (("scores", 0, "id"), "MELD", "K005"),
        (("scores", 0, "inputs", 0, "unit"), None, "K004"),
        (("scores", 0, "inputs", 0, "unit"), "ukat/L", "K005"),
        (("scores", 0, "shown_with"), ["ALT"], "K005"),
        (("scores", 0, "constants", "ast_upper_limit", "unit"), None, "K004"),
        (("scores", 0, "constants", "ast_upper_limit", "source"), None, "K003"),
        (("scores", 0, "bands", 1, "when"), "APRI > 2", "K004"),
        (("scores", 0, "bands", 1, "source"), ["NOBODY"], "K006"),
        (("scores", 0, "bands", 1, "meaning"), "x", "K001"),
        (("scores", 0, "limits", 0, "confidence"), None, "K003"),
        (("scores", 2, "points", "unit"), None, "K004"),
        (("scores", 2, "points", "source"), None, "K003"),
        (("scores", 2, "points", "age", "unit"), None, "K004"),
        (("scores", 2, "points", "age", "from"), {16: 0, 40: "four"}, "K005"),
        (("scores", 2, "points", "platelets", "from"), {}, "K005"),
        (("scores", 2, "points", "platelets", "from"), {200: 0, 100: 6}, "K005"),
        (("scores", 2, "points", "platelets", "from"), {"many": 0}, "K005"),
        (("scores", 2, "points", "sex", "female"), None, "K003"),
        (("stiffness_limits",), "none", "K005"),
    ],
)
def test_broken_file_is_refused(path, value, code):
    with pytest.raises(KnowledgeError) as refused:
        load(changed(path, value))
    assert refused.value.code == code
    assert "scores.yaml" in str(refused.value)


def test_guideline_that_does_not_exist_is_refused(change):
    folder = change("scores.yaml", "guidelines: [who-2024]", "guidelines: [who-1999]")
    with pytest.raises(KnowledgeError, match=r"K005.*scores\.yaml.*who-1999"):
        load_knowledge(folder)


def test_decisions_rest_on_apri_alone():
    """The others need not be computed for a cohort; a rule that uses one changes this by itself."""
    assert [score.id for score in compiled().deciding_scores] == ["APRI"]
