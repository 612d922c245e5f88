"""A real process that is to serve a clinic whose file has a fault."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[3]


def test_clinic_file_with_a_fault_stops_the_start_of_the_servers(tmp_path):
    file = tmp_path / "clinic.yml"
    file.write_text("leading_guideline: who-1924", "utf8")
    environment = {**os.environ, "CLINIC_FILE": str(file), "PYTHONPATH": str(ROOT)}
    script = "import sys; from assistant.cli import main; sys.exit(main(['serve']))"
    done = subprocess.run(
        [sys.executable, "-c", script], env=environment, capture_output=True, text=True, check=False, cwd=tmp_path
    )
    assert done.returncode == 2
    assert "who-1924" in done.stderr
    assert done.stdout == ""
