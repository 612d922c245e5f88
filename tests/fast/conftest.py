"""Fast tests stay fast: none may bring in Rasa, whose import alone takes as long as all of them together."""

import gc
import sys
from pathlib import Path

import pytest

HERE = Path(__file__).parent
SLOW = {"rasa", "tensorflow"}


@pytest.fixture(scope="session", autouse=True)
def _no_slow_import(request):
    yield
    # Together with live tests, those import Rasa rightly.
    if all(item.path.is_relative_to(HERE) for item in request.session.items):
        assert SLOW.intersection(sys.modules) == set()


def pytest_collection_finish():
    """What is imported stays until the end: the garbage collector need not look through it again for every test."""
    gc.collect()
    gc.freeze()
