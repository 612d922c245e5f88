"""The core's tests share helpers under ``support``; test folders are no packages, so it is put on the path here."""

import io
import json
import sys
from pathlib import Path

import fastjsonschema
import pytest

from hepb import cli
from hepb.record import schema

sys.path.insert(0, str(Path(__file__).parent / "support"))


@pytest.fixture(scope="session")
def valid_result():
    """Give the JSON form of a result, as it is printed, after checking it against the schema."""
    validate = fastjsonschema.compile(schema("result"), detailed_exceptions=True)

    def check(result):
        printed = json.loads(json.dumps(result.to_dict(), allow_nan=False))
        validate(printed)
        return printed

    return check


@pytest.fixture
def run(monkeypatch, capsys):
    """Run ``hepb assess`` in this process: status, rows on standard output, text on standard error."""

    def call(text=None, *arguments):
        monkeypatch.setattr(sys, "stdin", io.StringIO(text or ""))
        status = cli.assess(arguments)
        out, err = capsys.readouterr()
        return status, [json.loads(line, parse_constant=pytest.fail) for line in out.splitlines()], err

    return call
