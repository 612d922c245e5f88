import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.bench.figures import percentile, times_of, window_medians

TIMES = st.lists(st.floats(0.001, 100), min_size=1)
QUICK = settings(max_examples=30, deadline=None)


def test_times_of_gives_milliseconds():
    times = times_of([0.010, 0.020, 0.030])
    assert (times.count, times.median_ms, times.p95_ms) == (3, 20, pytest.approx(29))


@pytest.mark.parametrize(("percent", "expected"), [(0, 1), (50, 3), (95, 4.8), (100, 5)])
def test_percentile_interpolates_between_neighbours(percent, expected):
    assert percentile([5, 3, 1, 4, 2], percent) == pytest.approx(expected)


def test_percentile_refuses_no_values():
    with pytest.raises(ValueError, match="no values"):
        percentile([], 95)


@QUICK
@given(TIMES, st.floats(0, 100))
def test_percentile_lies_among_the_values(values, percent):
    assert min(values) <= percentile(values, percent) <= max(values)


@QUICK
@given(TIMES)
def test_percentile_of_half_is_the_median(values):
    assert percentile(values, 50) * 1000 == pytest.approx(times_of(values).median_ms)


def test_window_medians_takes_turns_of_all_conversations_that_got_there():
    short, long = [1.0, 2.0, 3.0], [5.0, 5.0, 5.0, 7.0, 9.0]
    assert window_medians([short, long], {2: (1, 3), 4: (4, 5), 6: (5, 7)}) == {2: 4000.0, 4: 8000.0, 6: None}
