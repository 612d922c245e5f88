"""Fast tests stay fast: none may bring in Rasa, whose import alone takes as long as all of them together."""

import atexit
import gc
import io
import json
import os
import sys
import traceback
from pathlib import Path

import pytest

from hepb import cli

HERE = Path(__file__).parent
SLOW = {"rasa", "tensorflow"}
READERS = {"actions", "evaluation", "nlu", "reading", "safety", "slips"}
"""Folders whose tests read text: one worker runs them all, so that only one loads spaCy's pipeline and word lists."""

gc.disable()  # until everything is collected: what is imported stays

if "PYTEST_XDIST_WORKER" in os.environ:
    # A worker that ends has reported everything; to take its word lists apart object by object takes it a second.
    atexit.register(os._exit, 0)


@pytest.fixture(scope="session", autouse=True)
def _no_slow_import(request):
    yield
    # Together with live tests, those import Rasa rightly.
    if all(item.path.is_relative_to(HERE) for item in request.session.items):
        assert SLOW.intersection(sys.modules) == set()


def pytest_collection_finish():
    """What is imported stays until the end: the garbage collector need not look through it again for every test.

    And it may come seldom: word lists are built of a hundred thousand parts, all of which stay.
    """
    gc.freeze()
    gc.set_threshold(50_000, 20, 100)
    gc.enable()


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config, log):
    """The tests that read text go to one worker, others by the file (the core's one by one) to whichever is free."""
    from xdist.scheduler import LoadScopeScheduling

    class ReadersTogether(LoadScopeScheduling):
        def _split_scope(self, nodeid):
            file = Path(nodeid.split("::")[0])
            if file.parent.name in READERS:
                return "readers"
            return nodeid if file.parent.name == "core" else str(file)

    return ReadersTogether(config, log)


@pytest.fixture(scope="session")
def every():
    """Check many cases, given as pairs of name and case, in one test, and fail with the name of each that fails.

    For cases that take a few milliseconds: a test for each would cost more than the case itself.
    """

    def hold(cases, check):
        named = list(cases)
        assert named, "no cases"
        failed = [f"{name}\n{problem}" for name, case in named if (problem := problem_of(check, case))]
        if failed:
            pytest.fail(f"{len(failed)} of {len(named)} cases fail\n\n" + "\n\n".join(failed), pytrace=False)

    return hold


def problem_of(check, case):
    """What is wrong with one case; empty when it holds."""
    try:
        check(case)
    except AssertionError as error:
        place = traceback.extract_tb(error.__traceback__)[-1]
        return f"{error or 'assertion failed'}\n  {Path(place.filename).name}:{place.lineno}: {place.line}"
    except Exception:  # noqa: BLE001 (a case that breaks must not hide the cases after it)
        return traceback.format_exc()
    return ""


@pytest.fixture
def run(monkeypatch, capsys):
    """Run ``hepb assess`` in this process: status, rows on standard output, text on standard error."""

    def call(text=None, *arguments):
        monkeypatch.setattr(sys, "stdin", io.StringIO(text or ""))
        status = cli.assess(arguments)
        out, err = capsys.readouterr()
        return status, [json.loads(line, parse_constant=pytest.fail) for line in out.splitlines()], err

    return call
