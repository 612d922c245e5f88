"""Test folders are no packages, so what these tests share is put on the path here."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent / "support"))
