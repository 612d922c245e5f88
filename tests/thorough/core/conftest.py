"""These tests share the helpers of the fast ones; test folders are no packages, so they are put on the path here."""

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[2] / "fast" / "core" / "support"))


@pytest.fixture(scope="session")
def valid_result():
    """Give the JSON form of a result, as it is printed, after checking it against the schema."""
    from validity import valid

    return valid
