"""Test folders are no packages, so what these tests share is put on the path here."""

import sys
from pathlib import Path

sys.path += [str(Path(__file__).parent / "support"), str(Path(__file__).parents[2] / "support")]
