"""What is written under data/responses, read once for the tests of this folder."""

from pathlib import Path

from assistant.responses import all_responses, response_files

ROOT = Path(__file__).parents[4]
FILES = response_files()
RESPONSES = all_responses()
