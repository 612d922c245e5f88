import os
import subprocess
import sys

import pytest

from assistant.bench.training_time import Training, import_seconds, process_count, process_start_seconds

REPORT = """import time: self [us] | cumulative | imported package
import time:       200 |        200 |   one
2026-01-01 import time: 5 | is not a report
import time:      1300 |       1500 | two
training ...
import time: self [us] | cumulative | imported package
import time:       500 |        500 | three
"""


def test_import_seconds_adds_up_each_modules_own_time():
    assert import_seconds(REPORT) == pytest.approx(0.002)


def test_process_count_counts_the_headers():
    assert process_count(REPORT) == 2


def test_import_seconds_understands_what_this_python_writes():
    program = "import time; time.sleep(0); import json, xml.dom"
    environment = {**os.environ, "PYTHONPROFILEIMPORTTIME": "1"}
    run = subprocess.run([sys.executable, "-c", program], env=environment, capture_output=True, text=True, check=True)
    assert process_count(run.stderr) == 1
    assert 0 < import_seconds(run.stderr) < 5


def test_process_start_seconds_is_short():
    assert 0 < process_start_seconds() < 2


def test_training_takes_imports_and_starts_off():
    assert Training(whole_seconds=20, import_seconds=8, start_seconds=0.5).own_seconds == 11.5
