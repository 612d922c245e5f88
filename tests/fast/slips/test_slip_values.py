"""What stands on a slip becomes values in words that mean exactly the same as a message."""

from __future__ import annotations

import sys
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

sys.path.insert(0, str(Path(__file__).parent))
from printed import CASES, TODAY, lines_of_case

from assistant.slips.columns import rows_of
from assistant.slips.days import days_of, sample_days
from assistant.slips.lines import Word, lines_of
from assistant.slips.values import dated, values_of
from hepb.reading import read_text


def test_values_are_those_of_the_slip(every):
    def holds(case):
        rows = list(rows_of(lines_of_case(case)))
        values = values_of(rows)
        assert [value.words for value in values if value.words] == case["read"]
        assert [value.name for value in values if not value.words] == case.get("type", [])
        if "dates" in case:
            used = [value.written for value in values if value.written is not None]
            assert used == case["written"]
            days = {day.written: [one.isoformat() for one in day.days] for day in sample_days(rows, used, TODAY)}
            assert days == case["dates"]
        else:
            assert {value.written for value in values} <= {"", None}
            assert [day.isoformat() for day in days_of(rows, TODAY)] == case.get("days", [])
        assert [value.name for value in values if value.is_doubtful] == case.get("doubtful", [])

    every([(case["says"], case) for case in CASES], holds)


WORDS = sorted({words for case in CASES for words in case["read"] if not words.startswith("sex")})


def told(findings):
    return sorted(
        (f.name, str(f.value), str(f.unit), str(f.comparator), str(f.interpretation), str(f.date)) for f in findings
    )


@settings(max_examples=25, deadline=None, derandomize=True)
@given(st.lists(st.sampled_from(WORDS), min_size=1, unique_by=lambda words: words.split()[0]), st.booleans())
def test_values_mean_together_what_each_means_alone(chosen, with_day):
    """A message made of several values must not read one into another."""
    day = "2026-10-05"
    lines = [dated(words, day) if with_day else words for words in chosen]
    together = read_text("\n".join(lines), TODAY).findings
    alone = [finding for line in lines for finding in read_text(line, TODAY).findings]
    assert told(together) == told(alone)


def test_lines_join_raised_digits_to_their_power():
    """As a PDF writes 3.2 x 10^4 IU/mL: a small 4, raised, right behind the 10."""
    words = [Word("HBV", 1, 0, 20, 100, 110), Word("DNA:", 1, 24, 50, 100, 110), Word("3.2", 1, 54, 75, 100, 110),
             Word("x", 1, 78, 83, 100, 110), Word("10", 1, 86, 97, 100, 110), Word("4", 1, 97.2, 101, 99, 105),
             Word("IU/mL", 1, 104, 130, 100, 110)]  # fmt: skip
    [line] = lines_of(words)
    assert line.text == "HBV DNA: 3.2 x 10^4 IU/mL"


def test_lines_keep_pages_and_columns_apart():
    words = [Word("ALT", 2, 0, 20, 100, 110), Word("45", 2, 60, 72, 101, 111), Word("HBsAg", 1, 0, 30, 100, 110)]
    assert [line.text for line in lines_of(words)] == ["HBsAg", "ALT\t45"]
