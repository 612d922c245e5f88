"""The fixture that holds many cases in one test hides none of them."""

import pytest


def holds(number):
    assert number < 3, f"{number} is too much"


def test_every_names_each_case_that_fails_or_breaks(every):
    cases = [("one", 1), ("two", 2), ("three", 3), ("four", 4), ("text", "5")]
    with pytest.raises(pytest.fail.Exception) as failed:
        every(cases, holds)
    message = str(failed.value)
    assert message.startswith("3 of 5 cases fail")
    assert [name for name, _ in cases if f"\n{name}\n" in message] == ["three", "four", "text"]
    assert "3 is too much" in message
    assert "test_every.py:7: assert number < 3" in message
    assert "TypeError" in message


def test_every_passes_when_all_hold_and_refuses_to_check_nothing(every):
    every([("one", 1), ("two", 2)], holds)
    with pytest.raises(AssertionError, match="no cases"):
        every([], holds)
