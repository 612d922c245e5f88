"""``hepb read`` and ``hepb assess``: JSON Lines on standard output and nothing else there."""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from io import TextIOWrapper
from pathlib import Path
from typing import Any

from hepb.errors import FhirError, RecordError
from hepb.rows import Progress, parse_json, parse_row, print_json, read_rows, take_id

EXIT_BAD_INPUT = 2
EXIT_SOME_ROWS_BAD = 1


def read(arguments: Sequence[str]) -> int:
    """``hepb read``: print what each text says. Exit status 2 when a row is no JSON object with a text."""
    parser = argparse.ArgumentParser("hepb read", description="Print the test results that a text holds.")
    source = parser.add_mutually_exclusive_group(required=True)
    source.add_argument("text", nargs="?", metavar="TEXT", help="the text of one person")
    source.add_argument("--jsonl", type=Path, metavar="FILE", help='rows of {"id", "text"}')
    options = parser.parse_args(arguments)
    _speak_utf8()
    from hepb.reading import read_row  # noqa: PLC0415 (spaCy takes a second to import; assess does not need it)

    if options.jsonl is None:
        print_json(read_row(options.text), sys.stdout)
        return 0
    try:
        for number, line in _lines(options.jsonl):
            try:
                row = json.loads(line)
                text, row_id = str(row["text"]), row.get("id")
            except (ValueError, KeyError, TypeError, AttributeError):
                return _refuse(f'{options.jsonl}: line {number}: not a JSON object with "text"')
            print_json(read_row(text, row_id), sys.stdout)
        sys.stdout.flush()
    except BrokenPipeError:
        _say_no_more()
    except (OSError, UnicodeDecodeError) as error:
        return _refuse(f"{options.jsonl}: {error}")
    return 0


def assess(arguments: Sequence[str]) -> int:
    """``hepb assess``: print results. Exit status 2: bad record or FHIR file; 1: some rows of a file were bad."""
    parser = argparse.ArgumentParser("hepb assess", description="Print phase and treatment decisions of records.")
    source = parser.add_mutually_exclusive_group()
    source.add_argument("--jsonl", type=Path, metavar="FILE", help="one record per line; default: one record on stdin")
    source.add_argument(
        "--fhir", type=Path, metavar="FILE", help="a FHIR R4 Bundle, report or Observation of one person"
    )
    parser.add_argument("--as-of", type=date.fromisoformat, metavar="DATE", help="with --fhir: the day, default today")
    parser.add_argument("--decisions-only", action="store_true", help="only what each guideline decides")
    options = parser.parse_args(arguments)
    _speak_utf8()
    answer = _decisions if options.decisions_only else _result
    if options.jsonl is not None:
        return _assess_rows(options.jsonl, answer)
    if options.fhir is not None:
        return _assess_fhir(options.fhir, options.as_of or date.today(), answer)  # noqa: DTZ011 (the day where the person is)
    try:
        print_json(answer(parse_json(sys.stdin.read())), sys.stdout)
    except (RecordError, UnicodeDecodeError) as error:
        return _refuse(str(error))
    return 0


def _assess_fhir(path: Path, as_of: date, answer: Callable[[object], dict[str, Any]]) -> int:
    """Print the result of a FHIR file, with the record that was read and what was not used under ``fhir``."""
    from hepb.fhir.reading import LARGEST_FILE, parse_fhir, read_fhir  # noqa: PLC0415 (records do not need it)

    try:
        with path.open("rb") as file:
            reading = read_fhir(parse_fhir(file.read(LARGEST_FILE + 1)), as_of)
        print_json({**answer(reading.record), "fhir": reading.to_dict()}, sys.stdout)
    except (FhirError, RecordError) as error:
        return _refuse(f"{path}: {error}")
    except OSError as error:
        return _refuse(f"{path}: {error.strerror}")
    return 0


def _assess_rows(path: Path, answer: Callable[[object], dict[str, Any]]) -> int:
    """Answer every row in its place. A reader that has enough, such as ``head``, ends it without a word."""
    try:
        file = path.open("rb")
    except OSError as error:
        return _refuse(f"{path}: {error}")
    status = 0
    with file, _progress(os.fstat(file.fileno()).st_size) as progress:
        try:
            for number, line in read_rows(file):
                row_id: dict[str, Any] = {}
                try:
                    record = parse_row(line)
                    row_id = take_id(record)
                    row = answer(record)
                except RecordError as error:
                    row = {"line": number, "error": str(error)}
                    status = EXIT_SOME_ROWS_BAD
                print_json({**row_id, **row}, sys.stdout)
                if progress:
                    progress.advance(line)
            sys.stdout.flush()
        except BrokenPipeError:
            _say_no_more()
        except OSError as error:
            return _refuse(f"{path}: {error}")
    return status


def _result(data: object) -> dict[str, Any]:
    from hepb.assess import assess as assess_record  # noqa: PLC0415 (reading texts does not need it)
    from hepb.record import parse_record  # noqa: PLC0415 (as above)

    return assess_record(parse_record(data)).to_dict()


def _decisions(data: object) -> dict[str, Any]:
    from hepb.assess import consensus_of, decisions_only  # noqa: PLC0415 (as above)
    from hepb.record import parse_record  # noqa: PLC0415 (as above)

    decisions = decisions_only(parse_record(data))
    consensus = consensus_of(decisions)
    return {
        "decisions": {key: {"decision": item.decision, "so_far": item.so_far} for key, item in decisions.items()},
        "consensus": {"decision": consensus.decision, "so_far": consensus.so_far, "counts": dict(consensus.counts)},
    }


@contextmanager
def _progress(size: int) -> Iterator[Progress | None]:
    """A bar when a person watches standard error while the results go elsewhere."""
    if not sys.stderr.isatty() or sys.stdout.isatty():
        yield None
        return
    progress = Progress(sys.stderr, size)
    try:
        yield progress
    finally:
        progress.end()


def _lines(path: Path) -> Iterator[tuple[int, str]]:
    with path.open(encoding="utf8") as file:
        for number, line in enumerate(file, 1):
            if line.strip():
                yield number, line


def _speak_utf8() -> None:
    """Print UTF-8 whatever the locale; half a character that a text may hold becomes its JSON escape."""
    if isinstance(sys.stdout, TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8", errors="backslashreplace")


def _say_no_more() -> None:
    """The reader of standard output has gone: what is still to be written, at the end of Python too, is dropped."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _refuse(message: str) -> int:
    sys.stderr.write(message.replace("\n", " ") + "\n")
    return EXIT_BAD_INPUT
