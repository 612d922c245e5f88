"""``hepb read`` and ``hepb assess``: JSON Lines on standard output and nothing else there."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from hepb.errors import RecordError

EXIT_BAD_INPUT = 2
EXIT_SOME_ROWS_BAD = 1


def read(arguments: Sequence[str]) -> int:
    """``hepb read``: print what each text says. Exit status 2 when a row is no JSON object with a text."""
    parser = argparse.ArgumentParser("hepb read", description="Print the test results that a text holds.")
    source = parser.add_mutually_exclusive_group(required=True)
    source.add_argument("text", nargs="?", metavar="TEXT", help="the text of one person")
    source.add_argument("--jsonl", type=Path, metavar="FILE", help='rows of {"id", "text"}')
    options = parser.parse_args(arguments)
    from hepb.reading import read_row  # noqa: PLC0415 (spaCy takes a second to import; assess does not need it)

    if options.jsonl is None:
        _print(read_row(options.text))
        return 0
    try:
        for number, line in _lines(options.jsonl):
            try:
                row = json.loads(line)
                text, row_id = str(row["text"]), row.get("id")
            except (ValueError, KeyError, TypeError, AttributeError):
                return _refuse(f'{options.jsonl}: line {number}: not a JSON object with "text"')
            _print(read_row(text, row_id))
    except (OSError, UnicodeDecodeError) as error:
        return _refuse(f"{options.jsonl}: {error}")
    return 0


def assess(arguments: Sequence[str]) -> int:
    """``hepb assess``: print results. Exit status 2: bad record on standard input; 1: some rows of a file were bad."""
    parser = argparse.ArgumentParser("hepb assess", description="Print phase and treatment decisions of records.")
    parser.add_argument("--jsonl", type=Path, metavar="FILE", help="one record per line; default: one record on stdin")
    parser.add_argument("--decisions-only", action="store_true", help="only what each guideline decides")
    options = parser.parse_args(arguments)
    if options.jsonl is None:
        try:
            _print(_result(sys.stdin.read(), decisions_only=options.decisions_only))
        except (RecordError, UnicodeDecodeError) as error:
            return _refuse(str(error))
        return 0
    status = 0
    try:
        for number, line in _with_progress(_lines(options.jsonl)):
            try:
                _print(_result(line, decisions_only=options.decisions_only))
            except RecordError as error:  # noqa: PERF203 (a bad row is answered in its place)
                _print({"line": number, "error": str(error)})
                status = EXIT_SOME_ROWS_BAD
    except (OSError, UnicodeDecodeError) as error:
        return _refuse(f"{options.jsonl}: {error}")
    return status


def _result(text: str, *, decisions_only: bool) -> dict[str, Any]:
    from hepb import assess as core  # noqa: PLC0415 (reading texts does not need it)
    from hepb.record import parse_record  # noqa: PLC0415 (as above)

    try:
        data = json.loads(text, parse_constant=_no_constant)
    except ValueError:
        raise RecordError("R002", value=text.strip()[:60]) from None
    record = parse_record(data)
    if not decisions_only:
        return core.assess(record).to_dict()
    decisions = core.decisions_only(record)
    consensus = core.consensus_of(decisions)
    return {
        "decisions": {key: {"decision": item.decision, "so_far": item.so_far} for key, item in decisions.items()},
        "consensus": {"decision": consensus.decision, "so_far": consensus.so_far, "counts": dict(consensus.counts)},
    }


def _no_constant(name: str) -> None:
    raise ValueError(name)


def _lines(path: Path) -> Iterator[tuple[int, str]]:
    with path.open(encoding="utf8") as file:
        for number, line in enumerate(file, 1):
            if line.strip():
                yield number, line


def _with_progress(rows: Iterator[tuple[int, str]]) -> Iterator[tuple[int, str]]:
    """The rows, with a progress bar when a person watches standard error and not standard output."""
    if not sys.stderr.isatty() or sys.stdout.isatty():
        return rows
    from tqdm import tqdm  # noqa: PLC0415 (only on a terminal)

    return iter(tqdm(rows, unit=" records"))


def _print(row: dict[str, Any]) -> None:
    sys.stdout.write(json.dumps(row, ensure_ascii=False) + "\n")


def _refuse(message: str) -> int:
    sys.stderr.write(message.replace("\n", " ") + "\n")
    return EXIT_BAD_INPUT
