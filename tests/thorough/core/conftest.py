"""These tests share the helpers of the fast ones; test folders are no packages, so they are put on the path here."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2] / "fast" / "core" / "support"))
