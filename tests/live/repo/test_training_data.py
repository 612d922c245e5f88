"""Rasa's own validator, which `hepb train` leaves out for speed."""

import subprocess
import sys

import pytest

from assistant.settings import ROOT

FROM_RASA, WARNING = "rasa/shared/utils/io.py", "UserWarning: "
# Actions choose responses by name, buttons name their intent: the validator sees neither.
HARMLESS = ("is not used in any story or rule", "The intent 'choose' is listed in the domain file")


@pytest.mark.live
def test_training_data_passes_rasas_validator():
    command = [sys.executable, "-m", "rasa", "data", "validate"]
    run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    warnings = [line for line in run.stderr.splitlines() if FROM_RASA in line and WARNING in line]
    harmful = [line.partition(WARNING)[2] for line in warnings if not any(words in line for words in HARMLESS)]
    assert (run.returncode, harmful) == (0, [])
